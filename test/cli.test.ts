import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { templates } from "../src/cli/templates/index.js";
import { deck, inFolderOfItsOwn, isBuilt, pinched, program, rowsOf } from "./command-line.js";

inFolderOfItsOwn();

const divider = `Divider
V1 in 0 1
R1 in out 1k
R2 out 0 3k
.op
.end
`;
const charging = `Charging
.param r=1k
V1 in 0 1
R1 in out {r}
C1 out 0 1u ic=0
.tran 10u 5m uic
.measure tran v_tau find v(out) at=1m
.end
`;
/** Enough work for seconds. */
// The output stands at no whole number of periods: no cycle can be skipped.
const long = `Long
V1 in 0 sin(0 1 1.4k)
R1 in out 1k
C1 out 0 1u
.tran 1m 1000
.options maxsteps=1000000000
.print tran v(out)
.end
`;
describe("a library beside a deck", () => {
  const library = "* a comment and no title\n.subckt half a b\nR1 a b 1k\nR2 b 0 1k\n.ends\n";
  const bench = "Bench\nV1 in 0 1\nX1 in out half\n.op\n.print op v(out)\n.end\n";

  test("is known by its ending, wherever it stands", async () => {
    writeFileSync("half.sub", library);
    writeFileSync("bench.cir", bench);
    expect((await pinched(["run", "half.sub", "bench.cir", "--no-plots"])).code).toBe(0);
    expect(rowsOf("bench.out/bench.op.csv")[1]).toBe("0.5");
    expect(existsSync("half.out")).toBe(false);
    expect((await pinched(["check", "bench.cir", "half.sub"])).code).toBe(0);
    expect((await pinched(["check", "bench.cir"])).code).toBe(2);
  });
});

describe("help", () => {
  test("alone, it names the three commands that a newcomer needs", async () => {
    const { code, out } = await pinched([]);
    expect(code).toBe(0);
    for (const command of ["pinched new", "pinched run", "pinched devices"]) expect(out).toContain(command);
  });

  test("--help lists the commands, --version says the version", async () => {
    const { code, out } = await pinched(["--help"]);
    expect(code).toBe(0);
    for (const command of ["run", "check", "plot", "devices", "new"])
      expect(out).toMatch(new RegExp(`^  ${command}`, "m"));
    expect((await pinched(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("a wrong command line ends with 2 and names what was meant", () => {
  test.each([
    [["rum", "x.cir"], "did you mean `run`"],
    [["run", "x.cir", "--fromat", "raw"], "did you mean `--format`"],
    [["run", "x.cir", "--format", "cvs"], "csv"],
    [["run", "x.cir", "--seed", "-1"], "whole number"],
    [["run", "x.cir", "--seed", "1.5"], "whole number"],
    [["run", "x.cir", "--set", "r"], "NAME=VALUE"],
    [["run", "x.cir", "--threads", "0"], "a whole number from 1 to 1024, or auto"],
    [["run", "x.cir", "--threads", "1.5"], "a whole number from 1 to 1024, or auto"],
    [["run", "x.cir", "--threads", "all"], "a whole number from 1 to 1024, or auto"],
    [["run", "x.cir", "--max-time", "soon"], "above 0"],
    [["run", "x.cir", "--progress", "loud"], "auto, off, json"],
    [["run"], "netlist"],
    [["loop.cir"], "pinched run loop.cir"],
    [["run", "a/x.cir", "b/x.cir"], "`x`"],
    [["devices", "linear-drift"], "did you mean `linear_drift`"],
    [["devices", "sinus"], "did you mean `sin`"],
    [["devices", "joglekar"], "belongs to the parameter `window` of `linear_drift`"],
    [["new", "memristr"], "did you mean `memristor`"],
    [["new", "rc", "--rows", "3"], "crossbar"],
    [["-b", "x.cir", "y.cir", "-r", "z.raw"], "one netlist"],
  ])("%j", async (words, hint) => {
    const { code, out, err } = await pinched(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(hint);
    expect(err).toMatch(/^error\[/);
  });

  test("a netlist that is not there", async () => {
    const { code, err } = await pinched(["run", "none.cir"]);
    expect(code).toBe(2);
    expect(err).toContain("`none.cir` cannot be read: there is no such file or folder.");
  });
});

describe("run", () => {
  test("writes data by the names that are promised, and a summary on standard error", async () => {
    const { code, out, err } = await pinched(["run", deck("charging.cir", charging), "--no-plots"]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(readdirSync("charging.out").sort()).toEqual(["charging.measure.json", "charging.tran.csv"]);
    const [header, ...rows] = rowsOf("charging.out/charging.tran.csv");
    expect(header!.split(",")).toEqual(expect.arrayContaining(["time", "v(in)", "v(out)"]));
    const column = header!.split(",").indexOf("v(out)");
    const last = rows.at(-1)!.split(",").map(Number);
    expect(last[0]).toBe(5e-3);
    expect(last[column]).toBeCloseTo(1 - Math.exp(-5), 4);
    expect(err).toContain("charging.out/charging.tran.csv");
    expect(err).toMatch(/v_tau = 632\.\d mV/);
  });

  test("--set, --format, -o and --plot do what they say", async () => {
    const words = ["run", deck("charging.cir", charging), "-o", "deep/er", "--format", "raw,json", "--set", "r=2k"];
    const { code, err } = await pinched([...words, "--plot", "tran v(out)"]);
    expect(err).not.toContain("error");
    expect(code).toBe(0);
    const files = readdirSync("deep/er").sort();
    expect(files).toEqual(expect.arrayContaining(["charging.tran.json", "charging.tran.raw"]));
    expect(files.filter((name) => name.endsWith(".svg"))).toHaveLength(1);
    const { measures, set } = JSON.parse(readFileSync("deep/er/charging.measure.json", "utf8"));
    expect(measures[0].value).toBeCloseTo(1 - Math.exp(-0.5), 4);
    expect(set).toEqual({ r: "2k" });
  });

  test("a .print with a file has its own, one with a format alone adds it", async () => {
    const prints =
      '.print tran file="a/half.csv" {v(out)/2}\n.print tran v(out) format=json\n.print op file=op.raw v(in)\n.op';
    await pinched(["run", deck("prints.cir", charging.replace(".end", prints)), "--no-plots"]);
    const files = ["half.csv", "op.raw", "prints.measure.json", "prints.op.csv", "prints.tran.csv", "prints.tran.json"];
    expect(readdirSync("prints.out").sort()).toEqual(files);
    const [header, ...rows] = rowsOf("prints.out/half.csv");
    expect(header!.split(",")).toEqual(["time", "{v(out)/2}"]);
    const whole = rowsOf("prints.out/prints.tran.csv")
      .slice(1)
      .map((row) => row.split(",").map(Number));
    const names = rowsOf("prints.out/prints.tran.csv")[0]!.split(",");
    expect(rows.map((row) => row.split(",").map(Number))).toEqual(
      whole.map((row) => [row[0], row[names.indexOf("v(out)")]! / 2]),
    );
    expect(readFileSync("prints.out/op.raw", "latin1")).toContain("No. Points: 1");
  });

  test("a second analysis of a kind gets .2", async () => {
    await pinched(["run", deck("two.cir", divider.replace(".op", ".op\n.op")), "--no-plots"]);
    expect(readdirSync("two.out").sort()).toEqual(["two.op.2.csv", "two.op.csv"]);
  });

  test("reads standard input", async () => {
    const { code } = await pinched(["run", "-"], { input: () => Buffer.from(divider) });
    expect(code).toBe(0);
    const [header, values] = rowsOf("stdin.out/stdin.op.csv");
    expect(Number(values!.split(",")[header!.split(",").indexOf("v(out)")])).toBeCloseTo(0.75, 12);
  });

  test("the same command gives the same bytes", async () => {
    const words = ["run", deck("charging.cir", charging), "--format", "csv,raw,json"];
    const env = { SOURCE_DATE_EPOCH: "1000000000" };
    const bytes = (): string[] =>
      readdirSync("charging.out").map((name) => readFileSync(`charging.out/${name}`, "latin1"));
    await pinched(words, { env });
    const first = bytes();
    rmSync("charging.out", { recursive: true });
    await pinched(words, { env });
    expect(bytes()).toEqual(first);
    expect(first.join()).toContain("2001-09-09T01:46:40.000Z");
  });

  test("--json prints one document, faults included", async () => {
    const right = await pinched(["run", deck("divider.cir", divider), "--json", "--quiet"]);
    const { results, sha256, version } = JSON.parse(right.out);
    expect(results[0].columns.map(({ name }: { name: string }) => name)).toContain("v(out)");
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(version).toMatch(/^\d/);
    expect(right.err).toBe("");
    const wrong = await pinched(["run", deck("wrong.cir", divider.replace("1k", "")), "--json"]);
    expect(wrong.code).toBe(2);
    expect(JSON.parse(wrong.out).diagnostics[0]).toMatchObject({ severity: "error", file: "wrong.cir", line: 3 });
  });

  test("a faulty deck leaves no folder, and does not keep others from being run", async () => {
    const decks = [deck("wrong.cir", divider.replace("3k", "3kk4")), deck("right.cir", divider)];
    const { code, err } = await pinched(["run", ...decks]);
    expect(code).toBe(2);
    expect(err).toMatch(/wrong\.cir:4:\d+/);
    expect([existsSync("wrong.out"), existsSync("right.out")]).toEqual([false, true]);
  });

  test("a false assertion ends with 3, and the data is there", async () => {
    const asserting = charging.replace(".end", '.assert {v_tau>0.9} "charged by then"\n.end');
    const { code, err } = await pinched(["run", deck("asserting.cir", asserting)]);
    expect(code).toBe(3);
    expect(err).toContain("charged by then");
    expect(existsSync("asserting.out/asserting.tran.csv")).toBe(true);
  });

  test("a deck that asks for nothing is told so", async () => {
    const { code, err } = await pinched(["run", deck("idle.cir", divider.replace(".op\n", ""))]);
    expect(code).toBe(2);
    expect(err).toContain("error[no-analysis]");
    expect(existsSync("idle.out")).toBe(false);
  });

  test("a place that cannot be written to is told before the work", async () => {
    deck("file", "");
    const { code, err } = await pinched(["run", deck("long.cir", long), "-o", "file"]);
    expect(code).toBe(1);
    expect(err).toContain("`file` cannot be written");
  });

  test("in ngspice's words, everything goes to one raw file", async () => {
    const { code } = await pinched([
      "-b",
      deck("charging.cir", `${charging.replace(".tran", ".op\n.tran")}`),
      "-r",
      "out.raw",
    ]);
    expect(code).toBe(0);
    const raw = readFileSync("out.raw", "latin1");
    expect(raw.match(/^Plotname: .*$/gm)).toEqual(["Plotname: Operating Point", "Plotname: Transient Analysis"]);
    expect(existsSync("charging.out")).toBe(false);
  });

  test("--quiet says nothing, colours come only where they are wanted", async () => {
    expect((await pinched(["run", deck("divider.cir", divider), "--quiet"])).err).toBe("");
    deck("wrong.cir", divider.replace("1k", ""));
    const screen = { columns: 80 };
    const colour = "\u001b[";
    expect((await pinched(["run", "wrong.cir"], { screen })).err).toContain(colour);
    expect((await pinched(["run", "wrong.cir", "--no-color"], { screen })).err).not.toContain(colour);
    expect((await pinched(["run", "wrong.cir"], { screen, env: { NO_COLOR: "1" } })).err).not.toContain(colour);
    expect((await pinched(["run", "wrong.cir"])).err).not.toContain(colour);
  });
});

describe("a run is ended early", () => {
  test("by Ctrl-C: what is done is kept, and the code is 130", async () => {
    const { code, err } = await pinched(["run", deck("long.cir", long)], {
      onInterrupt(stop) {
        const timer = setTimeout(stop, 200);
        return () => clearTimeout(timer);
      },
    });
    expect(code).toBe(130);
    expect(err).toContain("Interrupted.");
    const rows = rowsOf("long.out/long.tran.csv");
    expect(rows.length).toBeGreaterThan(2);
    expect(Number(rows.at(-1)!.split(",")[0])).toBeLessThan(1000);
  });

  test("by --max-time", async () => {
    const { code, err } = await pinched(["run", deck("long.cir", long), "--max-time", "0.2"]);
    expect(code).toBe(1);
    expect(err).toContain("200 ms");
    expect(existsSync("long.out/long.tran.csv")).toBe(true);
  });

  test("by --max-memory", async () => {
    const { code, err } = await pinched(["run", deck("long.cir", long), "--max-memory", "1"]);
    expect(code).toBe(1);
    expect(err).toContain("1 MB");
  });

  test("with --progress json, its progress can be followed", async () => {
    const { err } = await pinched(["run", deck("long.cir", long), "--max-time", "0.3", "--progress", "json"]);
    const lines = err.split("\n").filter((line) => line.startsWith("{"));
    expect(lines.map((line) => JSON.parse(line))[0]).toMatchObject({ netlist: "long.cir", analysis: 0, of: 1 });
  });
});

describe("check", () => {
  test("says what is wrong and runs nothing", async () => {
    const right = await pinched(["check", deck("long.cir", long)]);
    expect([right.code, right.err]).toEqual([0, "long.cir: no errors.\n"]);
    const wrong = await pinched(["check", deck("wrong.cir", divider.replace("1k", "").replace("3k", "3x"))]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/wrong\.cir:3:\d+[\s\S]*wrong\.cir:4:\d+[\s\S]*2 errors\./);
    expect(readdirSync(".").sort()).toEqual(["long.cir", "wrong.cir"]);
  });

  test("--json prints the faults as data", async () => {
    const { code, out } = await pinched(["check", deck("wrong.cir", divider.replace("1k", "")), "--json", "--quiet"]);
    expect(code).toBe(2);
    expect(JSON.parse(out).diagnostics[0]).toMatchObject({ severity: "error", file: "wrong.cir", line: 3 });
  });
});

describe("new", () => {
  test("alone, it lists what there is", async () => {
    const { out } = await pinched(["new"]);
    for (const { name } of templates) expect(out).toContain(name);
  });

  test("writes a file, and never over another", async () => {
    expect((await pinched(["new", "rc", "-o", "a/first.cir"])).code).toBe(0);
    const before = readFileSync("a/first.cir", "utf8");
    const { code, err } = await pinched(["new", "diode", "-o", "a/first.cir"]);
    expect(code).toBe(2);
    expect(err).toContain("is there already");
    expect(readFileSync("a/first.cir", "utf8")).toBe(before);
  });

  test.each(templates.map(({ name }) => name))("%s runs without a word of complaint", async (name) => {
    await pinched(["new", name, "-o", `${name}.cir`]);
    const { code, err } = await pinched(["run", `${name}.cir`, "--no-plots"]);
    expect(err).not.toMatch(/^(error|warning|note)/m);
    expect(code).toBe(0);
  });

  test("channel answers as the parameters ask, when it has learned", async () => {
    await pinched(["new", "channel", "-o", "xor.cir"]);
    for (const [a, b] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      await pinched(["run", "xor.cir", "--no-plots", "--set", `a=${a}`, "--set", `b=${b}`, "-o", "xor"]);
      const { measures } = JSON.parse(readFileSync("xor/xor.measure.json", "utf8"));
      expect(Math.round(measures.find((it: { name: string }) => it.name === "answer").value)).toBe(a ^ b);
    }
  });

  test.each([
    ["--rows", "1", "--cols", "1"],
    ["--rows", "1", "--cols", "5"],
    ["--rows", "7", "--cols", "1"],
  ])("crossbar %s %s %s %s runs", async (...size) => {
    await pinched(["new", "crossbar", ...size, "-o", "xb.cir"]);
    expect((await pinched(["run", "xb.cir", "--no-plots"])).code).toBe(0);
  });

  test.each([
    [["--inputs", "3"]],
    [["--inputs", "4", "--hidden", "6,5", "--outputs", "3"]],
    [["--inputs", "12", "--outputs", "1"]],
    [["--inputs", "20", "--hidden", "10", "--outputs", "10", "--rule", "backprop"]],
    [["--rule", "delta"]],
  ])("perceptron %j runs and learns something", async (size) => {
    await pinched(["new", "perceptron", ...size, "-o", "p.cir"]);
    const { code, err } = await pinched(["run", "p.cir", "--no-plots"]);
    expect(err).not.toMatch(/^(error|warning)/m);
    expect(code).toBe(0);
    const errors = rowsOf("p.out/p.train.t.csv").map((row) => Number(row.split(",")[1]));
    expect(errors.at(-1)).toBeLessThan(0.5 * errors[1]!);
  });

  test.each([
    [["perceptron", "--rule", "delta", "--hidden", "3"], "single layer"],
    [["perceptron", "--inputs", "2", "--outputs", "9"], "at most 3"],
    [["rc", "--hidden", "3"], "belongs to `perceptron`"],
  ])("%j is refused", async (words, why) => {
    const { code, err } = await pinched(["new", ...words]);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });
});

describe("devices", () => {
  test("lists the devices; shows one with parameters, units, ranges, equations and source", async () => {
    expect((await pinched(["devices"])).out).toContain("linear_drift");
    const { out } = await pinched(["devices", "linear_drift"]);
    for (const part of ["ron", "16 kΩ", "joglekar", "dx/dt", "Strukov", "hp2008", "threshold: none"])
      expect(out).toContain(part);
    expect((await pinched(["devices", "R"])).out).toContain("resistance");
    expect((await pinched(["devices", "memristor"])).out).toContain("linear_drift");
  });
});

describe("plot", () => {
  test("--iv draws the loops of all runs of stepped data, and says so where it cannot", async () => {
    const netlist =
      "Loops\n.param f=1\n.step param f list 1 2 4\nV1 a 0 sin(0 1 {f})\nYMEMRISTOR m1 a 0 hp x0=0.1\n.model hp memristor(kind=linear_drift)\n.tran {0.01/f} {1/f}\n.print tran v(m1) i(m1)\n.end\n";
    await pinched(["run", deck("loops.cir", netlist), "--format", "csv,raw", "--no-plots"]);
    const all = await pinched(["plot", "loops.out/loops.tran.csv", "--iv", "m1", "-o", "-"]);
    for (const name of ["f = 1", "f = 2", "f = 4"]) expect(all.out).toContain(name);
    const raw = await pinched(["plot", "loops.out/loops.tran.raw", "--iv", "m1", "-o", "raw.svg"]);
    expect(raw.code).toBe(0);
    expect(raw.err).toContain("holds 3 runs; the first is drawn");
  });

  test("tells, in words and in the picture, of runs and columns that it leaves out", async () => {
    const runs = Array.from({ length: 10 }, (_, k) => `${k + 1},0,0,0\n${k + 1},1,1,${k}\n`);
    const loops = await pinched(["plot", deck("ten.csv", `run,time,v(m1),i(m1)\n${runs.join("")}`), "--iv", "m1"]);
    expect(loops.err).toContain("The picture shows the first 8 of 10 runs.");
    expect(readFileSync("ten.svg", "utf8")).toContain("the first 8 of 10 runs");
    const many = Array.from({ length: 9 }, (_, k) => `v(n${k})`);
    const wide = deck("wide.csv", `time,${many.join(",")}\n${[0, 1].map((t) => `${t}${",1".repeat(9)}`).join("\n")}\n`);
    const curves = await pinched(["plot", wide]);
    expect(curves.err).toContain("The picture shows the first 8 of 9 columns; `--y` chooses others.");
    expect(readFileSync("wide.svg", "utf8")).toContain("the first 8 of 9 columns");
  });

  test("says what else a file is", async () => {
    const netlist = await pinched(["plot", deck("charging.cir", charging)]);
    expect(netlist.code).toBe(2);
    expect(netlist.err).toContain("`charging.cir` is a netlist.");
    expect(netlist.err).toContain("`pinched run charging.cir`");
    writeFileSync("table.csv", "t;v(a)\n0;1,5\n1;2\n");
    const table = await pinched(["plot", "table.csv"]);
    expect(table.code).toBe(2);
    expect(table.err).toContain("commas must part them, and the decimal mark is a point");
  });

  const table = "time,v(in),i(m1)\n0,0,0\n1,1,0.1\n2,0,0\n3,-1,-0.2\n";

  test.each([
    ["waves of all columns", []],
    ["chosen curves", ["--y", "v(in)", "--y", "I(M1)"]],
    ["one against another", ["--x", "v(in)", "--y", "i(m1)"]],
    ["a loop", ["--iv", "m1"]],
  ])("%s", async (_, words) => {
    const { code, err } = await pinched(["plot", deck("data.csv", table), ...words, "-o", "p.svg"]);
    expect([code, err]).toEqual([0, "Wrote p.svg.\n"]);
    expect(readFileSync("p.svg", "utf8")).toMatch(/<svg[\s\S]*<path/);
  });

  test("the document of `run --json`, with the branches of its sweep", async () => {
    const netlist = "two sweeps\nv1 a 0 0\nv2 b 0 0\nr1 a b 1k\n.dc v1 0 1 0.5 v2 0 1 0.5\n.print dc i(v1)\n.end\n";
    const { out } = await pinched(["run", deck("sweeps.cir", netlist), "--json", "--no-plots"]);
    const { code } = await pinched(["plot", deck("sweeps.json", out), "--x", "v1", "-o", "p.svg"]);
    expect(code).toBe(0);
    expect(readFileSync("p.svg", "utf8")).toContain("v2 = 0.5 V");
  });

  test("what comes through a pipe, in every format that `run` writes", async () => {
    await pinched(["run", deck("charging.cir", charging), "--format", "csv,json,raw", "--no-plots"]);
    for (const ending of ["csv", "json", "raw"]) {
      const input = () => readFileSync(`charging.out/charging.tran.${ending}`);
      const { code, err } = await pinched(["plot", "-", "--y", "v(out)"], { input });
      expect([code, err], ending).toEqual([0, "Wrote stdin.svg.\n"]);
      expect(readFileSync("stdin.svg", "utf8")).toMatch(/<svg[\s\S]*v\(out\)/);
      const { out } = await pinched(["plot", "-", "--x", "v(in)", "--y", "v(out)", "-o", "-"], { input });
      expect(out, ending).toMatch(/<svg[\s\S]*<\/svg>\s*$/);
    }
  });

  test("nothing through a pipe is told of", async () => {
    const { code, err } = await pinched(["plot", "-"]);
    expect(code).toBe(2);
    expect(err).not.toBe("");
  });

  test.skipIf(!isBuilt)("a pipe into the program itself", () => {
    const svg = execFileSync("node", [program, "plot", "-", "--iv", "m1", "-o", "-"], {
      input: table,
      encoding: "utf8",
    });
    expect(svg).toMatch(/<svg[\s\S]*Current through m1/);
  });

  test("a raw file says what would make it again, as the JSON does", async () => {
    await pinched(["run", deck("charging.cir", charging), "--format", "json,raw", "--no-plots", "--seed", "5"]);
    const { sha256 } = JSON.parse(readFileSync("charging.out/charging.tran.json", "utf8")) as { sha256: string };
    const raw = readFileSync("charging.out/charging.tran.raw", "latin1");
    expect(raw).toMatch(new RegExp(`\\nCommand: .* seed=5 sha256=${sha256} .*reltol=0.0001.*\\n`));
  });

  test("a column that is not there", async () => {
    const { code, err } = await pinched(["plot", deck("data.csv", table), "--y", "v(on)"]);
    expect(code).toBe(2);
    expect(err).toContain("did you mean `v(in)`?");
  });

  test("a file that is no table", async () => {
    const { code, err } = await pinched(["plot", deck("data.csv", "time,v(in)\n0,zero\n")]);
    expect(code).toBe(2);
    expect(err).toContain("Line 2");
  });
});

describe.skipIf(!isBuilt)("the process", () => {
  test("gives its exit code to the shell and survives a closed pipe", () => {
    const piped = execFileSync("sh", ["-c", `node ${program} devices | head -n 1; node ${program} run none; echo $?`], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(piped).toMatch(/^Memristors.*\n2\n$/);
  });

  test("Ctrl-C once keeps what is done", async () => {
    deck("long.cir", long);
    const child = spawn(process.execPath, [program, "run", "long.cir", "--progress", "json"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    let isAsked = false;
    child.stderr.on("data", (text) => {
      said += text;
      // The first line of progress comes before the run can be stopped, the second while it runs. Asked once: a
      // second Ctrl-C ends at once.
      if (isAsked || said.split("\n{").length <= 2) return;
      isAsked = child.kill("SIGINT");
    });
    const code = await new Promise((done) => child.on("close", done));
    expect(code).toBe(130);
    expect(rowsOf("long.out/long.tran.csv").length).toBeGreaterThan(2);
    expect(readdirSync("long.out").filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
