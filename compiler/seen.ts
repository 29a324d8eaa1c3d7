// Part of the build: which modules of the command are called by which runs.
import { mkdtempSync, rmSync } from "node:fs";
import { Session } from "node:inspector";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";
import { type BuildOptions, build } from "esbuild";
import type { Modules, Seen } from "./pieces.js";

/** Netlists by the names of pieces. */
export type Runs = Readonly<Record<string, readonly string[]>>;

/** What a netlist's run is called with. */
export const wordsOf = (netlist: string, out: string): string[] => [
  "node",
  "pinched",
  "run",
  netlist,
  "--no-plots",
  "--quiet",
  "--format=csv,raw",
  "--out",
  out,
];

/** Runs the netlists by the command as one bundle, and asks V8 which functions are called meanwhile. */
export async function seenIn(
  { imports }: Modules,
  runs: Runs,
  options: BuildOptions,
): Promise<Seen & { readonly names: ReadonlyMap<string, readonly string[]> }> {
  const paths = [...imports.keys()];
  const contents = [
    ...paths.map((path, k) => `import * as m${k} from "./${path}";`),
    `export const modules = { ${paths.map((path, k) => `"${path}": m${k}`).join(", ")} };`,
    'export { main } from "./dist/src/cli/main.js";',
  ].join("\n");
  const file = resolve("dist/bin/whole.cjs"); // as far from the package's root as the pieces
  const { outputFiles } = await build({
    ...options,
    stdin: { contents, resolveDir: "." },
    outfile: file,
    write: false,
  });
  const text = outputFiles![0]!.text;
  const watch = watching(file, text);
  const script = new Script(text, {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} as Whole };
  script.runInThisContext()(createRequire(file), module, pathToFileURL(file).href);
  const atTop = watch();
  const out = mkdtempSync(join(tmpdir(), "pinched-build-"));
  const ran: Seen["ran"][number][] = [];
  for (const [piece, netlists] of Object.values(runs).entries()) {
    for (const netlist of netlists) {
      const code = await module.exports.main(wordsOf(netlist, out));
      if (code !== 0) throw new Error(`${netlist} ended with ${code}`);
      ran.push({ piece, calls: new Set(watch().keys()) });
    }
  }
  rmSync(out, { recursive: true });
  const all = Object.entries(module.exports.modules);
  return {
    ran,
    names: new Map(all.map(([path, them]) => [path, Object.keys(them)])),
    plain: new Map(all.map(([path, them]) => [path, new Set(plainIn(them, atTop.get(path)))])),
  };
}

interface Whole {
  readonly modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  main(words: readonly string[]): Promise<number>;
}

/** The functions of a module that are no classes, and were not called while modules were loaded. */
const plainIn = (module: Readonly<Record<string, unknown>>, called = new Set<string>()): string[] =>
  Object.entries(module).flatMap(([name, it]) =>
    typeof it === "function" && !/^class\b/.test(String(it)) && !called.has(it.name) ? [name] : [],
  );

/** Gives what was called since it was asked last: modules, and the names of their functions. */
function watching(file: string, text: string) {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  // What belongs to a module stands behind a comment with its path.
  const starts = [...text.matchAll(/^\s*\/\/ (dist\/\S+\.js)$/gm)].map(({ index, 1: path }) => ({
    index,
    path: path!,
  }));
  return (): Map<string, Set<string>> => {
    const called = new Map<string, Set<string>>();
    session.post("Profiler.takePreciseCoverage", (error, { result }) => {
      if (error) throw error;
      const functions = result.find(({ url }) => url === pathToFileURL(file).href)?.functions ?? [];
      for (const { functionName, ranges } of functions) {
        const { startOffset, count } = ranges[0]!;
        const path = starts.findLast(({ index }) => index <= startOffset)?.path;
        if (count === 0 || path === undefined || functionName === path) continue;
        const names = called.get(path) ?? new Set();
        called.set(path, names.add(functionName));
      }
    });
    return called;
  };
}
