import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { deck, inFolderOfItsOwn, isBuilt, type Outcome, pinched, program, rowsOf } from "./command-line.js";

// Disks, rights, files and streams as nobody wants them: an error that says so, or a result; nothing is lost, nothing
// is half-written.

inFolderOfItsOwn();

const divider = "Divider\nV1 in 0 1\nR1 in out 1k\nR2 out 0 3k\n.op\n.end\n";
/** Its table is too large for a small disk, its measure and its picture are not. */
const sine = "Sine\nV1 a 0 sin(0 1 1)\nR1 a 0 1\n.tran 1m 10\n.measure tran top max v(a)\n.end\n";
/** Enough work for seconds. */
const long = "Long\nV1 a 0 sin(0 1 1.4k)\nR1 a b 1k\nC1 b 0 1u\n.tran 1m 1000\n.options maxsteps=1000000000\n.end\n";

const asNobody = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;

/** The installed program; without the rights of root where those are in the way. */
function installed(words: readonly string[], rights: object = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: "utf8", ...rights });
  return { code: status ?? -1, out: stdout, err: stderr };
}
const inShell = (line: string): Outcome => {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", line], {
    encoding: "utf8",
    env: { ...process.env, PINCHED: `${process.execPath} ${program}` },
  });
  return { code: status ?? -1, out: stdout, err: stderr };
};
const canBeNobody = isBuilt && (!isRoot || installed(["--version"], asNobody).code === 0);
const rights = isRoot ? asNobody : {};
const temporary = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith(".tmp"));

describe.skipIf(!isBuilt || process.platform === "win32")("a place that takes no more", () => {
  test("what has room is kept, what has none is named, and no half of a file stays", () => {
    deck("sine.cir", sine);
    // Blocks of 512 bytes: a file of 100 kB has no place.
    const { code, err } = inShell("ulimit -f 100; $PINCHED run sine.cir");
    expect(code).toBe(1);
    expect(err).toContain(
      "`sine.out/sine.tran.csv` cannot be written: it would be larger than the file system allows.",
    );
    expect(err).toContain("top = 1 V");
    expect(readdirSync("sine.out").sort()).toEqual(["sine.measure.json", "sine.tran-1.svg"]);
  });

  test("an old result stays where the new one has no place", () => {
    deck("sine.cir", sine);
    deck("old.raw", "old");
    const { code } = inShell("ulimit -f 100; $PINCHED -b sine.cir -r old.raw");
    expect(code).toBe(1);
    expect(readFileSync("old.raw", "utf8")).toBe("old");
    expect(readdirSync(".").sort()).toEqual(["old.raw", "sine.cir"]);
  });

  test("a folder in which nothing found room is not left behind", () => {
    deck("divider.cir", divider);
    const { code, err } = inShell("ulimit -f 0; $PINCHED run divider.cir");
    expect(code).toBe(1);
    expect(err).toContain("cannot be written");
    expect(existsSync("divider.out")).toBe(false);
  });

  test.skipIf(!existsSync("/dev/full"))("a full standard output is told, a full standard error is borne", () => {
    deck("divider.cir", divider);
    const { code, err } = inShell("$PINCHED run divider.cir --json --quiet >/dev/full");
    expect(code).toBe(1);
    expect(err).toBe("error[file]: Standard output cannot be written: the disk is full.\n");
    expect(existsSync("divider.out/divider.op.csv")).toBe(true);
    expect(inShell("$PINCHED run divider.cir 2>/dev/full").code).toBe(0);
  });

  test("a pipe that is closed early ends nothing early", () => {
    deck("sine.cir", sine);
    const { out } = inShell("{ $PINCHED run sine.cir --json --quiet; echo $? >code; } | head -c 20");
    expect(out).toBe('{"schemaVersion":1,"');
    expect(readFileSync("code", "utf8")).toBe("0\n");
    expect(rowsOf("sine.out/sine.tran.csv")).toHaveLength(10_002);
  });

  test("a pipe that others have told not to wait is given all", () => {
    deck("sine.cir", sine);
    const others = `${process.execPath} -e "process.stdout; setTimeout(() => 0, 2500)"`;
    const { out } = inShell(`{ ${others} & sleep 0.5; $PINCHED run sine.cir --json --quiet; } | { sleep 2; cat; }`);
    expect(JSON.parse(out).results[0].columns[0].values).toHaveLength(10_001);
  });
});

describe.skipIf(!canBeNobody)("a user without rights", () => {
  test("learns it before the work", () => {
    deck("long.cir", long);
    mkdirSync("shut");
    chmodSync("shut", 0o555);
    chmodSync(".", 0o755);
    const { code, err } = installed(["run", "long.cir", "-o", "shut/deeper"], rights);
    expect(code).toBe(1);
    expect(err).toBe("error[file]: `shut/deeper` cannot be written: this user has no right to.\n\n");
  });

  test("is shown the line that includes what must not be read", () => {
    chmodSync(".", 0o777);
    chmodSync(deck("secret.lib", ".param r=1\n"), 0);
    deck("divider.cir", divider.replace(".op", ".include secret.lib\n.op"));
    const { code, err } = installed(["run", "divider.cir"], rights);
    expect(code).toBe(2);
    expect(err).toContain("error[unreadable-file]: The file `secret.lib` cannot be read: this user has no right to.");
    expect(err).toContain("divider.cir:5:10");
    expect(installed(["run", "secret.lib"], rights)).toMatchObject({ code: 2 });
  });
});

describe("results never replace what they were made of", () => {
  test("the netlist, by its name or by a link", async () => {
    deck("divider.cir", divider);
    symlinkSync("divider.cir", "link");
    for (const name of ["divider.cir", "./divider.cir", "link"]) {
      const { code, err } = await pinched(["-b", "divider.cir", "-r", name]);
      expect(code).toBe(1);
      expect(err).toContain(`\`${name}\` cannot be written: this run reads it, and would lose it.`);
    }
    expect(readFileSync("divider.cir", "utf8")).toBe(divider);
  });

  test("the netlist and its libraries, by a `.print` into the folder they stand in; the other results are kept", async () => {
    const library = ".param r=1k\n";
    const text = divider.replace(
      ".op",
      '.include a.lib\n.op\n.print op v(in) file="a.lib"\n.print op v(in) file="d.cir"',
    );
    deck("a.lib", library);
    deck("d.cir", text);
    const { code, err } = await pinched(["run", "d.cir", "-o", "."]);
    expect(code).toBe(1);
    expect(err.match(/this run reads it/g)).toHaveLength(2);
    expect([readFileSync("a.lib", "utf8"), readFileSync("d.cir", "utf8")]).toEqual([library, text]);
    expect(existsSync("d.op.csv")).toBe(true);
  });

  test("the table that a picture is drawn of", async () => {
    deck("t.csv", "time,v(a)\n0,0\n1,1\n");
    expect((await pinched(["plot", "t.csv", "-o", "t.csv"])).code).toBe(1);
    expect(readFileSync("t.csv", "utf8")).toContain("time");
  });
});

describe("a path that leads nowhere good", () => {
  test.each([
    [["run", "."], "`.` cannot be read: it is a folder."],
    [["run", "file/x.cir"], "a part of its path is a file, not a folder."],
    [["run", "divder.cir"], "did you mean `divider.cir`?"],
    [["plot", "fil"], "did you mean `file`?"],
    [["run", "divider"], "did you mean `divider.cir`?"],
    [["run", "divider.cir", "-o", ""], "It is empty."],
    [["run", "file", "--include", "divider.ci"], "did you mean `divider.cir`?"],
  ])("%j ends with 2", async (words, sentence) => {
    deck("file", "x\n");
    deck("divider.cir", divider);
    const { code, err } = await pinched(words);
    expect(err).toContain(sentence);
    expect(code).toBe(2);
  });

  test.each([
    [["run", "divider.cir", "-o", "file"], "`file` cannot be written: it is a file, not a folder."],
    [["run", "divider.cir", "-o", "file/deep"], "a part of its path is a file, not a folder."],
    [["-b", "divider.cir", "-r", "."], "`.` cannot be written: it is a folder."],
    [["run", "divider.cir", "-o", "n".repeat(300)], "its name is too long."],
  ])("%j ends with 1", async (words, sentence) => {
    deck("file", "");
    deck("divider.cir", divider);
    const { code, err } = await pinched(words);
    expect(err).toContain(sentence);
    expect(code).toBe(1);
    expect(readdirSync(".").sort()).toEqual(["divider.cir", "file"]);
  });
});

describe("includes", () => {
  const around = (line: string): string => divider.replace(".op", `${line}\n.op`);

  test.each([
    [".include models", "error[unreadable-file]: The file `models` cannot be read: it is a folder."],
    [".include modles/d.lib", "error[missing-file]: The file `modles/d.lib` was not found."],
    [".include models/e.lib", "did you mean `models/d.lib`?"],
    [".include d.cir", "error[include-cycle]: `d.cir` includes itself."],
    [".include b.inc", "These files include each other: `d.cir` includes `b.inc` includes `d.cir`."],
  ])("%s", async (line, sentence) => {
    mkdirSync("models");
    deck("models/d.lib", ".param r=1\n");
    deck("b.inc", ".include d.cir\n");
    const { code, err } = await pinched(["check", deck("d.cir", around(line))]);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(err).toMatch(/(d\.cir:5|b\.inc:1):10/);
    expect(err).toContain(": 1 error.");
  });

  test("files within files within files: as deep as anyone builds them, and no deeper", async () => {
    for (let k = 0; k < 3000; k++) deck(`i${k}.inc`, `.include i${k + 1}.inc\n`);
    expect((await pinched(["check", deck("all.cir", around(".include i0.inc"))])).err).toContain(
      "error[include-depth]",
    );
    deck("i3000.inc", ".param deepest=1\n");
    expect((await pinched(["check", deck("some.cir", around(".include i2901.inc"))])).code).toBe(0);
  });
});

describe("text that is none, or odd", () => {
  const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");

  test.each([
    ["a program", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 3, 0]), "it is not text."],
    ["UTF-16 without its mark", utf16(divider), "it is text in UTF-16 without a byte order mark; save it as UTF-8."],
    ["the same from the other end", utf16(divider).swap16(), "save it as UTF-8."],
    ["one wrong character", Buffer.from(divider.replace("1k", "1k\0")), "A character that cannot be seen (U+0000)"],
    ["a result", Buffer.from("time,v(a)\r\n0,-1e-3\r\n1,2\r\n"), "to draw them: `pinched plot d.cir`."],
    ["a raw file", Buffer.from("Title: t\nDate: d\nPlotname: Operating Point\n\0\0\0\0\0\0"), "holds results"],
    ["nothing at all", Buffer.from(""), "The netlist has no elements."],
  ])("%s is refused", async (_, bytes, sentence) => {
    const { code, err } = await pinched(["run", deck("d.cir", bytes)]);
    expect(err).toContain(sentence);
    expect(err.match(/^error/gm)).toHaveLength(1);
    expect(code).toBe(2);
  });

  test.each([
    ["UTF-16", utf16(`\ufeff${divider}`)],
    ["UTF-16, big end first", utf16(`\ufeff${divider}`).swap16()],
    ["UTF-8 with a mark and the line ends of Windows", Buffer.from(`\ufeff${divider.replaceAll("\n", "\r\n")}`)],
    ["a byte of an older encoding", Buffer.from(divider.replace("Divider", "Teiler \xfcber 0"), "latin1")],
  ])("%s is read", async (_, bytes) => {
    expect((await pinched(["run", deck("d.cir", bytes)])).code).toBe(0);
  });

  test("a line of 100 MB is refused at once, by its number", async () => {
    deck("wide.cir", Buffer.concat([Buffer.from(`${divider.replace(".end\n", "")}R3 in 0 `), Buffer.alloc(1e8, "1")]));
    const { code, err } = await pinched(["run", "wide.cir"]);
    expect(code).toBe(2);
    expect(err).toContain("error[line-too-long]: Line 6 has 100000008 characters");
    expect(err.length).toBeLessThan(1000);
  });
});

describe("a deck of 50 000 cards", () => {
  const cards = 50_000;
  const ladder = (card: (k: number) => string): string =>
    `Ladder\nV1 n0 0 1\n${Array.from({ length: cards }, (_, k) => card(k)).join("\n")}\nRl n${cards} 0 1k\n.op\n.end\n`;

  test("is simulated: the middle of a ladder of equal resistors has half the voltage", async () => {
    await pinched([
      "run",
      deck(
        "ladder.cir",
        ladder((k) => `R${k} n${k} n${k + 1} 1k`),
      ),
      "--no-plots",
    ]);
    const [names, values] = rowsOf("ladder.out/ladder.op.csv").map((row) => row.split(","));
    const at = (node: number): number => Number(values![names!.indexOf(`v(n${node})`)]);
    expect(at(25_000)).toBeCloseTo(25_001 / 50_001, 9);
  }, 30_000);

  test("is told all of its errors", async () => {
    const { code, err } = await pinched([
      "check",
      deck(
        "wrong.cir",
        ladder((k) => `R${k} n${k}`),
      ),
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(/wrong\.cir:50002:1\n[\s\S]*50000 errors\.\n$/);
  }, 30_000);
});

describe.skipIf(!isBuilt || process.platform === "win32")("a request to end", () => {
  test("by SIGTERM is met as Ctrl-C is: what is done is kept", async () => {
    deck("long.cir", long);
    const child = spawn(process.execPath, [program, "run", "long.cir", "--progress", "json"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    let isAsked = false;
    child.stderr.on("data", (text) => {
      said += text;
      if (!isAsked && said.split("\n{").length > 2) isAsked = child.kill("SIGTERM");
    });
    expect(await new Promise((done) => child.on("close", done))).toBe(130);
    expect(rowsOf("long.out/long.tran.csv").length).toBeGreaterThan(2);
    expect(temporary("long.out")).toEqual([]);
  });

  // The numbers of 60 000 runs take seconds to be written: the system ends what is asked twice, whatever it does.
  test("that comes twice ends at once, while what is done is written too", async () => {
    deck(
      "many.cir",
      "t\n.channel c in=4 out=2 kraus=8\n.train t rule=stiefel channel=c gate=xor step=warm runs=60000 iterations=400\n.end\n",
    );
    const child = spawn(process.execPath, [program, "run", "many.cir", "--progress", "json", "--no-plots"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    let first = 0;
    let second = 0;
    child.stderr.on("data", (text) => {
      said += text;
      if (first > 0 || said.split("\n{").length <= 2) return;
      child.kill("SIGTERM");
      first = performance.now();
      setTimeout(() => {
        second = performance.now();
        child.kill("SIGTERM");
      }, 500);
    });
    const how = await new Promise((done) => child.on("close", (_, signal) => done(signal)));
    expect(how).toBe("SIGTERM");
    expect(performance.now() - second).toBeLessThan(1000);
  }, 30_000);

  test("while several netlists wait: those that were not run are named", async () => {
    const decks = ["first.cir", "second.cir"].map((name) => deck(name, long));
    const { code, err } = await pinched(["run", ...decks], {
      onInterrupt(stop) {
        const timer = setTimeout(stop, 100);
        return () => clearTimeout(timer);
      },
    });
    expect(code).toBe(130);
    expect(err).toContain("The netlists behind `first.cir` were not run.");
    expect([existsSync("first.out"), existsSync("second.out")]).toEqual([true, false]);
  });
});
