import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { type Modules, piecesOf, type Seen } from "../compiler/pieces.js";
import { deck, inFolderOfItsOwn, isBuilt } from "./command-line.js";

// What a start loads: the pieces that the build makes of the command, and the code that it keeps for them.

inFolderOfItsOwn();

const root = resolve(import.meta.dirname, "..");
const pieces = (): string[] =>
  readdirSync(resolve(root, "dist/bin")).flatMap((name) => /^(.*)\.cjs$/.exec(name)?.[1] ?? []);
const divider = "Divider\nV1 in 0 1\nR1 in out 1k\nR2 out 0 3k\n.op\n.end\n";

describe("a module lies in the piece of the first run that calls it", () => {
  const modules = (
    imports: Record<string, Modules["imports"] extends ReadonlyMap<string, infer All> ? All : never>,
  ) => ({
    imports: new Map(Object.entries(imports)),
    packages: new Map(Object.keys(imports).map((path) => [path, path.endsWith("heavy.js") ? ["d3-node"] : []])),
    sizes: new Map(Object.keys(imports).map((path) => [path, path.includes("large") ? 1000 : 10])),
  });
  const seen: Seen = {
    ran: [
      { piece: 0, calls: new Set(["dist/src/main.js"]) },
      { piece: 1, calls: new Set(["dist/src/second.js"]) },
    ],
    plain: new Map([
      ["dist/src/main.js", new Set<string>()],
      ["dist/src/second.js", new Set(["run"])],
      ["dist/src/uncalled.js", new Set(["run"])],
      ["dist/src/numerics/solve.js", new Set(["solve"])],
      ["dist/src/heavy.js", new Set(["draw"])],
    ]),
  };
  const all = (names: readonly string[]) =>
    piecesOf(
      modules({
        "dist/src/main.js": [
          { of: "dist/src/second.js", names },
          { of: "dist/src/numerics/solve.js", names: ["solve"] },
          { of: "dist/src/heavy.js", names: ["draw"] },
        ],
        "dist/src/second.js": [{ of: "dist/src/uncalled.js", names: ["run"] }],
        "dist/src/uncalled.js": [],
        "dist/src/numerics/solve.js": [],
        "dist/src/heavy.js": [],
      }),
      seen,
      2,
    );

  test("but for what loops call, which is beside them, and what takes long to load, which is alone", () => {
    expect([...all(["run"]).values()]).toEqual([0, 1, 2, 0, 3]);
  });

  test("or of the first module that takes of it what is no function", () => {
    expect(all(["run", "Class"]).get("dist/src/second.js")).toBe(0);
    expect(all(["run", "Class"]).get("dist/src/uncalled.js")).toBe(2);
  });

  test("or in the first, where a later run would load a whole piece for it and little else", () => {
    const first = ["dist/src/large.js", "dist/src/small.js", "dist/src/constant.js"];
    const imports = Object.fromEntries(first.map((path) => [path, []]));
    const pieces = (calls: readonly string[]) => {
      const ran = [new Set<string>(), new Set(first), new Set([...calls, "dist/src/later.js"])];
      const takes = [{ of: "dist/src/constant.js", names: ["constant"] }];
      const plain = new Map(first.map((path) => [path, new Set(["run"])]));
      const seen = { ran: ran.map((calls, piece) => ({ piece, calls })), plain };
      return piecesOf(modules({ ...imports, "dist/src/later.js": takes }), seen, 3);
    };
    expect([...pieces(["dist/src/small.js"]).values()]).toEqual([1, 0, 0, 2]);
    expect([...pieces(["dist/src/small.js", "dist/src/large.js"]).values()]).toEqual([1, 1, 1, 2]);
  });
});

describe.skipIf(!isBuilt)("the pieces", () => {
  /** Runs a deck in a process of its own, and gives which pieces it loads and whether V8 takes the code that was kept for them. */
  function loadedBy(words: readonly string[]) {
    const watching = `
      const vm = require("node:vm");
      const found = {};
      vm.Script = class extends vm.Script {
        constructor(text, options) {
          super(text, options);
          found[/([^/\\\\]+)\\.cjs$/.exec(options.filename)[1]] = this.cachedDataRejected;
        }
      };
      process.on("exit", () => console.log(JSON.stringify(found)));
      process.argv.splice(1, 0, "pinched");
      require(${JSON.stringify(resolve(root, "bin/pinched.js"))});`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", watching, ...words], { encoding: "utf8" });
    expect(stderr).toBe("");
    return JSON.parse(stdout) as Record<string, boolean | undefined>;
  }

  test("a plain netlist needs one, and what it kept is taken", () => {
    deck("divider.cir", divider);
    expect(loadedBy(["run", "divider.cir", "--no-plots", "--quiet"])).toEqual({ main: false });
  });

  test.each(["channel.cir", "channel-tree.cir"])(
    "channels that learn need theirs beside it, and none of circuits: %s",
    (name) => {
      const netlist = resolve(root, "compiler/netlists", name);
      const loaded = loadedBy(["run", netlist, "--no-plots", "--quiet", "-o", "out"]);
      expect(Object.keys(loaded)).toEqual(["main", "channels", "sha256"]);
    },
  );

  test("what is kept for others is taken as well, though V8 was told to optimise later meanwhile", () => {
    const loaded = loadedBy([
      "run",
      resolve(root, "netlists/learning/timer.cir"),
      "--no-plots",
      "--quiet",
      "-o",
      "out",
    ]);
    expect(Object.keys(loaded)).toContain("reservoirs");
    expect(Object.values(loaded)).not.toContain(true);
  });

  test("each opens by itself", () => {
    const { load } = createRequire(import.meta.url)("../bin/load.js");
    for (const piece of pieces().filter((name) => name !== "help"))
      expect(load().opened(piece)).toHaveProperty("given");
  });

  test("none holds a letter that V8 would take two bytes for", () => {
    for (const piece of pieces()) {
      const text = readFileSync(resolve(root, `dist/bin/${piece}.cjs`));
      expect(text.every((byte) => byte < 0x80)).toBe(true);
    }
  });

  test("without the code that was kept, or with what is none of this V8, a run does the same", () => {
    cpSync(resolve(root, "package.json"), "package.json");
    cpSync(resolve(root, "bin"), "bin", { recursive: true });
    mkdirSync("dist/bin", { recursive: true });
    for (const piece of pieces()) cpSync(resolve(root, `dist/bin/${piece}.cjs`), `dist/bin/${piece}.cjs`);
    deck("divider.cir", divider);
    for (const kept of [undefined, "no code"]) {
      if (kept !== undefined) writeFileSync(`dist/bin/main-${process.version}-${process.arch}.code`, kept);
      const { status } = spawnSync(process.execPath, ["bin/pinched.js", "run", "divider.cir", "--no-plots", "--quiet"]);
      expect(status).toBe(0);
      expect(readFileSync("divider.out/divider.op.csv", "utf8")).toContain("0.75");
    }
  });
});
