// Part of the build: which modules of the command lie in which piece of it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a module takes of another: names, or all that it has. */
export interface Import {
  readonly of: string;
  readonly names: readonly string[] | "all";
}

/** The modules of the command by their paths, each with what it takes of the others and the packages that it takes. */
export interface Modules {
  readonly imports: ReadonlyMap<string, readonly Import[]>;
  readonly packages: ReadonlyMap<string, readonly string[]>;
  /** The lengths of their texts. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** The modules that a module leads to, by the text that tsc writes. */
export function modulesFrom(start: string): Modules {
  const imports = new Map<string, Import[]>();
  const packages = new Map<string, string[]>();
  const sizes = new Map<string, number>();
  const left = [start];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (imports.has(path)) continue;
    const text = readFileSync(path, "utf8");
    const taken = [...text.matchAll(/^(?:import|export)\s(?:([^;"]*?)\sfrom\s)?"([^"\n]+)";/gm)];
    const own = taken.filter(([, , from]) => from!.startsWith("."));
    const found = own.map(([, what = "", from]) => ({ of: join(dirname(path!), from!), names: namesIn(what) }));
    imports.set(path, found);
    sizes.set(path, text.length);
    packages.set(
      path,
      taken.map(([, , from]) => from!).filter((from) => !from.startsWith(".")),
    );
    left.push(...found.map(({ of }) => of), ...laterOf(path).map(([, from]) => join(dirname(path!), from!)));
  }
  return { imports, packages, sizes };
}

/** An import where it is called for, of a module of ours. */
export const laterImport = /\bimport\("(\.[^"\n]+)"\)/g;

/** Those of a module. */
export const laterOf = (path: string): RegExpMatchArray[] => [...readFileSync(path, "utf8").matchAll(laterImport)];

function namesIn(what: string): readonly string[] | "all" {
  const list = /\{([^}]*)\}/.exec(what)?.[1];
  if (list === undefined) return "all";
  const words = list.split(",").map((word) => word.trim());
  return words.filter((word) => word !== "").map((word) => word.split(/\s+as\s+/)[0]!);
}

/** What is known of the functions that a module has for others. */
export interface Seen {
  /** The names of those that can stand for others until they are called: neither classes nor called while modules are loaded. */
  readonly plain: ReadonlyMap<string, ReadonlySet<string>>;
  /** The modules that each netlist's run calls, in the order of the pieces that they are for. */
  readonly ran: readonly { readonly piece: number; readonly calls: ReadonlySet<string> }[];
}

/** Folders whose functions are called in loops, by which no detour may lead. */
const inner = /^dist\/src\/(numerics|devices)\//;
/** Packages that take so long to load that who takes them lies in a piece of its own. */
const heavy = ["d3-node", "piscina", "node:crypto", "node:worker_threads"];

/**
 * The piece of each module, by its number: the first whose runs call it, or that of the first module that takes of it what
 * cannot stand for itself until it is called; 0 where a later run would load a piece for little else. Behind the pieces of runs
 * stands one for the rest, then the heavy ones.
 */
export function piecesOf(modules: Modules, seen: Seen, runs: number): ReadonlyMap<string, number> {
  const first = (path: string): number => seen.ran.find(({ calls }) => calls.has(path))?.piece ?? runs;
  const few = fewOf(modules, seen, placed(modules, seen, runs, first), runs);
  return placed(modules, seen, runs, (path) => (few.has(path) ? 0 : first(path)));
}

/** The piece of each module, if it is not to lie behind the one that is given for it. */
function placed(
  { imports, packages }: Modules,
  seen: Seen,
  runs: number,
  wanted: (path: string) => number,
): ReadonlyMap<string, number> {
  const piece = new Map<string, number>();
  let heavier = runs;
  for (const [path, taken] of packages)
    piece.set(path, taken.some((name) => heavy.includes(name)) ? ++heavier : wanted(path));
  const together = new Map<string, number>(); // who take a package lie in one piece, for there is to be one of it
  for (let changes = 1; changes > 0; ) {
    changes = 0;
    const lower = (path: string, to: number): void => {
      if (to >= piece.get(path)! || piece.get(path)! > runs) return;
      piece.set(path, to);
      changes++;
    };
    for (const [path, taken] of imports) {
      const own = piece.get(path)!;
      for (const { of, names } of taken) if (own <= runs && !isLater(of, names, seen)) lower(of, own);
      for (const name of packages.get(path)!) {
        if (name.startsWith("node:") || heavy.includes(name)) continue;
        together.set(name, Math.min(together.get(name) ?? runs, own));
        lower(path, together.get(name)!);
      }
    }
  }
  return piece;
}

/** A run that calls less than a twelfth of an earlier piece is not to load it for that. */
const fewPart = 1 / 12;

/** Modules for a few of which a run would load a whole piece: they are better in the first, which all runs load. */
function fewOf(modules: Modules, seen: Seen, pieceOf: ReadonlyMap<string, number>, runs: number): ReadonlySet<string> {
  const { sizes } = modules;
  const few = new Set<string>();
  const sizeOf = (some: readonly string[]): number => some.reduce((sum, path) => sum + sizes.get(path)!, 0);
  const needed = seen.ran.map(({ calls }) => withDrawn(calls, modules, seen));
  for (let piece = 1; piece < runs; piece++) {
    const own = [...sizes.keys()].filter((path) => pieceOf.get(path) === piece);
    for (const [k, all] of needed.entries()) {
      if (seen.ran[k]!.piece <= piece) continue;
      const here = own.filter((path) => all.has(path));
      if (sizeOf(here) < fewPart * sizeOf(own)) for (const path of here) few.add(path);
    }
  }
  return few;
}

/** What a run calls, and what that draws along. */
function withDrawn(calls: ReadonlySet<string>, { imports }: Modules, seen: Seen): ReadonlySet<string> {
  const all = new Set(calls);
  for (const path of all) for (const { of, names } of imports.get(path)!) if (!isLater(of, names, seen)) all.add(of); // grows as it goes
  return all;
}

/** Whether what is taken of a module may wait until it is called. */
export const isLater = (of: string, names: Import["names"], { plain }: Seen): boolean =>
  names !== "all" && names.length > 0 && !inner.test(of) && names.every((name) => plain.get(of)!.has(name));
