// Part of the build: bundles the command in pieces. What the run of a first netlist calls lies in one, what a second one calls
// beside that in another, and so on; functions of other pieces are stood for until they are called.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { isLater, laterImport, laterOf, modulesFrom, piecesOf } from "./pieces.js";
import { type Runs, seenIn } from "./seen.js";

const main = "dist/src/cli/main.js";

/** The pieces that hold most of the command by their names, and the netlists whose runs call what lies in them. */
const runs: Runs = {
  main: ["compiler/netlists/resistors.cir"],
  memristors: ["compiler/netlists/memristor.cir"],
  circuits: [
    "netlists/basics/divider.cir",
    "netlists/basics/diode-rectifier.cir",
    "netlists/memristors/hp-loop.cir",
    "netlists/memristors/equation-defined.cir",
    "netlists/crossbars/four-by-four.cir",
    "netlists/crossbars/published-cells.cir",
  ],
  ensembles: ["netlists/basics/tolerances.cir"],
  perceptrons: ["netlists/perceptrons/xor-by-pulses.cir"],
  channels: [
    "compiler/netlists/channel.cir",
    "compiler/netlists/channel-tree.cir",
    "netlists/learning/channel-learns-xor.cir",
  ],
  quantum: ["netlists/quantum/pair.cir"],
  gates: ["netlists/learning/xor-circuit.cir"],
  reservoirs: ["compiler/netlists/reservoir.cir", "netlists/learning/timer.cir"],
};

const options: BuildOptions = {
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  logLevel: "warning",
  tsconfigRaw: {},
  define: { "import.meta.url": "here" },
  alias: { "node:child_process": "./bin/no-programs.js" },
  external: ["d3-node", "piscina"],
  banner: { js: "(function (require, module, here, piece) {" },
  footer: { js: "})" },
};
const written: BuildOptions = { ...options, sourcemap: true, minifyWhitespace: true, lineLimit: 160 };

rmSync("dist/bin", { recursive: true, force: true });
const modules = modulesFrom(main);
const seen = await seenIn(modules, runs, options);
const names = [...Object.keys(runs), "rest"];
const pieceOf = piecesOf(modules, seen, names.length - 1);
for (const [path, piece] of pieceOf) names[piece] ??= path.replace(/^.*\/|\.js$/g, "");

/** What a piece takes of a module of another. */
interface Link {
  readonly names: Set<string>;
  /** Whether it waits until it is called: never where it is there already. */
  isLater: boolean;
}
/** By the number of the piece, links by the paths of modules. */
const links = names.map(() => new Map<string, Link>());
for (const [path, imports] of modules.imports) {
  const piece = pieceOf.get(path)!;
  for (const { of, names: taken } of imports) {
    if (pieceOf.get(of) === piece) continue;
    const link: Link = links[piece]!.get(of) ?? { names: new Set(), isLater: true };
    links[piece]!.set(of, link);
    for (const name of taken === "all" ? seen.names.get(of)! : taken) link.names.add(name);
    if (pieceOf.get(of) === 0 || !isLater(of, taken, seen)) link.isLater = false;
  }
}

for (const [piece, name] of names.entries()) {
  const stdin = { contents: entryOf(piece), resolveDir: "." };
  await build({ ...written, stdin, outfile: `dist/bin/${name}.cjs`, plugins: [linking(piece)] });
}
const commands = [main, "dist/src/cli/commands.js"].flatMap((path) => laterOf(path).map(([, from]) => from!));
await build({
  ...written,
  entryPoints: [main],
  outfile: "dist/bin/help.cjs",
  external: [...options.external!, ...commands],
});
const { status } = spawnSync(process.execPath, ["bin/keep-code.js", ...Object.values(runs).flat()], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;

/** What a piece takes of another: modules and names, in the order in which it is given. */
function takenOf(giver: number, taker: number): (readonly [path: string, name: string])[] {
  const found = [...links[taker]!].filter(([path]) => pieceOf.get(path) === giver);
  return found.flatMap(([path, link]) => [...link.names].map((name) => [path, name] as const));
}

/** The text of a piece's first module: what it gives each other one, as a list, and modules that are imported where they are called for. */
function entryOf(piece: number): string {
  const lists = names.map((_, taker) => (taker === piece ? [] : takenOf(piece, taker)));
  const given = new Map(lists.flat().map((one) => [one.join(), one]));
  const local = new Map([...given.keys()].map((key, k) => [key, `given${k}`]));
  const called = [...modules.imports.keys()].flatMap((path) =>
    laterOf(path).map(([, from]) => join(dirname(path), from!)),
  );
  const own = [...new Set(called)].filter((path) => pieceOf.get(path) === piece);
  const listsText = lists.map((list, taker) => `${names[taker]}: () => [${list.map((one) => local.get(one.join()))}]`);
  return [
    ...[...given].map(([key, [path, name]]) => `import { ${name} as ${local.get(key)} } from "./${path}";`),
    ...own.map((path, k) => `import * as module${k} from "./${path}";`),
    `export const given = { ${listsText.join(", ")} };`,
    `export const modules = { ${own.map((path, k) => `"${path}": module${k}`).join(", ")} };`,
    ...(piece === 0 ? [`export * from "./${main}";`] : []),
  ].join("\n");
}

/** Puts in the place of other pieces' modules what is taken of them. */
function linking(piece: number): Plugin {
  return {
    name: "pieces",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const found = relative(".", resolve(resolveDir, path));
        const other = pieceOf.get(found);
        return other === undefined || other === piece ? undefined : { path: found, namespace: "link" };
      });
      onLoad({ filter: /./, namespace: "link" }, ({ path }) => ({ contents: linkTo(path, piece) }));
      onLoad({ filter: /dist\/src\/cli\/[^/]*\.js$/ }, ({ path }) => ({ contents: withoutImports(path) }));
    },
  };
}

/** The text of what stands for a module of another piece. */
function linkTo(path: string, taker: number): string {
  const giver = pieceOf.get(path)!;
  const taken = takenOf(giver, taker).map((one) => one.join());
  const { isLater, names: all } = links[taker]!.get(path)!;
  const place = (name: string) => taken.indexOf([path, name].join());
  const given = `piece("${names[giver]}")`;
  return isLater
    ? [...all]
        .map((name) => `export let ${name} = (...all) => (${name} = ${given}[${place(name)}])(...all);`)
        .join("\n")
    : [`const given = ${given};`, ...[...all].map((name) => `export const ${name} = given[${place(name)}];`)].join(
        "\n",
      );
}

/** The text of a module, without imports that esbuild would wrap all of a piece for. */
function withoutImports(path: string): string {
  return readFileSync(path, "utf8").replaceAll(laterImport, (_, from) => {
    const wanted = relative(".", join(dirname(path), from));
    return `Promise.resolve(piece.module("${names[pieceOf.get(wanted)!]}", "${wanted}"))`;
  });
}
