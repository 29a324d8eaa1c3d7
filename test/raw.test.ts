import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Result } from "../src/result/result.js";
import { DataError } from "../src/views/data-error.js";
import { type RawHeading, rawChunks } from "../src/views/raw.js";
import { readRaw } from "../src/views/read-raw.js";
import { readTable } from "../src/views/read-table.js";

const statistics = { method: "ndf", points: 4, steps: 3, rejected: 0, iterations: 6, factorizations: 1 };
const column = (name: string, unit: "s" | "V" | "A" | "1", values: readonly number[]) => ({
  name,
  unit,
  values: Float64Array.from(values),
});

const transient: Result = {
  card: 0,
  analysis: "tran",
  title: "An RC low pass",
  axes: 1,
  ended: "complete",
  statistics,
  columns: [
    column("time", "s", [0, 1e-9, 2e-9, 5e-9]),
    column("v(out)", "V", [0, 0.1, -1 / 3, 5e-324]),
    column("i(v1)", "A", [-0, 1e-300, 1e300, 2]),
    column("x(m1)", "1", [0.1, 0.2, 0.3, 0.4]),
  ],
};
const operatingPoint: Result = {
  ...transient,
  analysis: "op",
  axes: 0,
  columns: [column("v(out)", "V", [Math.PI]), column("i(v1)", "A", [-1e-3])],
};
const heading = {
  title: "An RC low pass",
  date: new Date("2026-11-21T01:02:03Z"),
  version: "0.1.0",
  seed: 7,
  sha256: "0123456789abcdef".repeat(4),
  options: { reltol: 1e-4, abstol: 1e-12, method: "auto", seed: 7 },
};

/** Pieces as they come: each is of use until the next is asked for. */
const copied = (chunks: Iterable<Uint8Array>): readonly Uint8Array[] => Array.from(chunks, (chunk) => chunk.slice());

const raw = (results: readonly Result[], more: Partial<RawHeading> = {}): Uint8Array =>
  Buffer.concat(copied(rawChunks(results, { ...heading, ...more })));

/** The header of the first plot, line by line. */
const headerOf = (bytes: Uint8Array): readonly string[] =>
  Buffer.from(bytes).toString("latin1").split("Binary:\n")[0]!.split("\n");

describe("a raw file", () => {
  test("has ngspice's header lines in ngspice's order", () => {
    expect(headerOf(raw([transient]))).toEqual([
      "Title: An RC low pass",
      "Date: Sat Nov 21 01:02:03  2026",
      "Plotname: Transient Analysis",
      "Flags: real",
      "No. Variables: 4",
      "No. Points: 4",
      `Command: set rawwriter = "pinched 0.1.0 (ngspice dialect) seed=7 sha256=${heading.sha256} reltol=0.0001 abstol=1e-12 method=auto"`,
      "Variables:",
      "\t0\ttime\ttime",
      "\t1\tv(out)\tvoltage",
      "\t2\ti(v1)\tcurrent",
      "\t3\tx(m1)\tnotype",
      "",
    ]);
  });

  test("holds the numbers point by point as little-endian doubles", () => {
    const bytes = Buffer.from(raw([operatingPoint]));
    const data = bytes.subarray(bytes.indexOf("Binary:\n") + 8);
    expect(data.length).toBe(16);
    expect([data.readDoubleLE(0), data.readDoubleLE(8)]).toEqual([Math.PI, -1e-3]);
  });

  test("reads back bit for bit, several plots in one file", () => {
    const plots = readRaw(raw([operatingPoint, transient]));
    expect(plots.map(({ plotName }) => plotName)).toEqual(["Operating Point", "Transient Analysis"]);
    expect(plots.map(({ columns }) => columns)).toEqual([operatingPoint.columns, transient.columns]);
    expect(Object.is(plots[1]!.columns[2]!.values[0], -0)).toBe(true);
  });

  test("of many points is written in chunks and stays whole", () => {
    const values = Array.from({ length: 45_000 }, (_, k) => Math.sin(k));
    const long: Result = { ...transient, columns: [column("time", "s", values), column("v(out)", "V", values)] };
    const chunks = copied(rawChunks([long], heading));
    expect(chunks.length).toBe(4);
    expect(readRaw(Buffer.concat(chunks))[0]!.columns).toEqual(long.columns);
  });

  test("never lets a netlist's text become a line of its own", () => {
    const title = `\nCommand: shell rm -rf ~\r\n${"x".repeat(497)}Command: quit`;
    const names = ["v(a b)", "v(ab)", `v(${"n".repeat(600)}1)`, `v(${"n".repeat(600)}2)`];
    const odd: Result = { ...operatingPoint, columns: names.map((name) => column(name, "V", [1])) };
    const options = Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`option${k}`, '1"; quit $x']));
    const header = headerOf(raw([odd], { title, version: '0"; quit', options: { reltol: 1, ...options } }));
    const commands = header.filter((line) => /^Command:/.test(line));
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(/^Command: set rawwriter = "pinched 0 quit \(ngspice dialect\) [\w =]*"$/);
    for (const line of header) expect(Buffer.byteLength(line)).toBeLessThan(511); // ngspice cuts lines there
    const read = readRaw(raw([odd], { title }))[0]!.columns.map(({ name }) => name);
    expect(new Set(read).size).toBe(4);
  });

  test("is known by its first bytes; the plot with a curve is taken", () => {
    expect(readTable(raw([operatingPoint, transient]), "x").columns).toEqual(transient.columns);
  });

  test("that is damaged is refused with a sentence", () => {
    const bytes = raw([transient]);
    const cut = () => readTable(bytes.subarray(0, bytes.length - 9), "cut.raw");
    expect(cut).toThrow(DataError);
    expect(cut).toThrow("cut.raw: The raw file announces 4 points but ends after 119 bytes of data");
    expect(() => readRaw(bytes.subarray(0, 60))).toThrow("ends within its header");
    const text = (from: string, to: string) => Buffer.from(Buffer.from(bytes).toString("latin1").replace(from, to));
    expect(() => readRaw(text("No. Points: 4", "No. Points: x"))).toThrow("lacks a sound `no. points:`");
    expect(() => readRaw(text("No. Variables: 4", "No. Variables: 5"))).toThrow("announces 5 variables and lists 4");
  });

  test("in ASCII is read, complex values as two columns", () => {
    const ascii = [
      "Title: ac",
      "Plotname: AC Analysis",
      "Flags: complex",
      "No. Variables: 2",
      "No. Points: 2",
      "Variables:",
      "\t0\tfrequency\tfrequency",
      "\t1\tv(out)\tvoltage",
      "Values:",
      " 0\t1.0e0,0.0",
      "\t1.5,-0.5",
      "",
      " 1\t1.0e1,0.0",
      "\t2.5,-1.5",
      "",
    ].join("\n");
    const [plot] = readRaw(Buffer.from(ascii));
    expect(plot!.columns.map(({ name, unit, values }) => [name, unit, ...values])).toEqual([
      ["frequency", "Hz", 1, 10],
      ["re(v(out))", "V", 1.5, 2.5],
      ["im(v(out))", "V", -0.5, -1.5],
    ]);
  });
});

const ngspice = spawnSync("ngspice", ["--version"]).status === 0;

describe.skipIf(!ngspice)("ngspice (skipped where it is not installed)", () => {
  const batch = (control: readonly string[]): { folder: string; output: string } => {
    const folder = mkdtempSync(join(tmpdir(), "pinched-raw-"));
    writeFileSync(join(folder, "ours.raw"), raw([transient, operatingPoint]));
    writeFileSync(join(folder, "deck.cir"), ["* deck", ".control", ...control, ".endc", ".end", ""].join("\n"));
    const { stdout, stderr } = spawnSync("ngspice", ["-b", "deck.cir"], { cwd: folder, encoding: "utf8" });
    return { folder, output: stdout + stderr };
  };

  test("loads our file without a complaint, with the right values", () => {
    const prints = ["print length(time)", "print v(out)[2]", "print i(v1)[3]", "print x(m1)[1]"];
    const control = [
      "load ours.raw",
      "display",
      "setplot tran1",
      "display",
      "set numdgt=15",
      "echo said: $rawwriter",
      ...prints,
    ];
    const { folder, output } = batch(control);
    rmSync(folder, { recursive: true });
    expect(output).not.toMatch(/error|warning|strange|abort|unknown/i);
    expect(output).toMatch(/\(Operating Point\)[^(]+[\s\S]*?v\(out\) +: voltage, real, 1 long/);
    expect(output).toMatch(/time +: time, real, 4 long/);
    expect(output).toContain(`said: pinched 0.1.0 (ngspice dialect) seed=7 sha256=${heading.sha256} reltol=0.0001`);
    expect(output).toMatch(/x\(m1\) +: notype, real, 4 long/);
    const printed = Array.from(output.matchAll(/^\S+ = (\S+)\s*$/gm), ([, value]) => Number(value));
    expect(printed).toHaveLength(4);
    [4, -1 / 3, 2, 0.2].forEach((value, k) => {
      expect(printed[k]).toBeCloseTo(value, 13);
    });
  });

  test.each(["binary", "ascii"])("writes a file that we read, %s", (type) => {
    const write = "write theirs.raw time v(out) i(v1) x(m1)";
    const { folder } = batch(["load ours.raw", "setplot tran1", `set filetype=${type}`, write]);
    const [plot] = readRaw(readFileSync(join(folder, "theirs.raw")));
    rmSync(folder, { recursive: true });
    expect(plot!.columns.map(({ name, unit }) => `${name} ${unit}`)).toEqual(
      transient.columns.map(({ name, unit }) => `${name} ${unit}`),
    );
    plot!.columns.forEach(({ values }, k) => {
      values.forEach((value, row) => {
        const ours = transient.columns[k]!.values[row]!;
        expect(Math.abs(value - ours)).toBeLessThanOrEqual(type === "binary" ? 0 : 1e-14 * Math.abs(ours));
      });
    });
  });
});
