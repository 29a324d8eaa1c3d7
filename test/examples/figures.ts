import type { Simulation } from "../../src/index.js";

/**
 * What a lesson gave when somebody last looked at it. These figures guard against change; that they are true is said by
 * the `.assert` cards of the lesson, which hold them to closed forms and laws.
 */
export interface Figures {
  readonly note: string;
  readonly pictures: readonly { readonly name: string; readonly title: string }[];
  readonly measures: Readonly<Record<string, { readonly value: number | null; readonly unit: string }>>;
  /** For each analysis in its order, the columns with their extremes and last values. */
  readonly results: readonly {
    readonly analysis: string;
    readonly columns: Readonly<Record<string, ColumnFigures>>;
  }[];
}

interface ColumnFigures {
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly last: number;
}

export function figuresOf({ pictures, measures, results }: Simulation): Figures {
  return {
    note: "Regression guards, made by `npm run gallery`; truth is held by the .assert cards of the netlist.",
    pictures: pictures.map(({ name, title }) => ({ name, title })),
    measures: Object.fromEntries(
      measures.map(({ name, value, unit, run }) => [
        run === undefined ? name : `${name}, run ${run}`,
        { value: value === null ? null : short(value), unit },
      ]),
    ),
    results: results.map(({ analysis, columns }) => ({
      analysis,
      columns: Object.fromEntries(
        columns.map(({ name, unit, values }) => {
          // A loop has no figures before its end, and a difference no value without a neighbour.
          const known = values.filter((value) => !Number.isNaN(value));
          return [
            name,
            {
              unit,
              least: short(known.reduce((a, b) => Math.min(a, b), Infinity)),
              most: short(known.reduce((a, b) => Math.max(a, b), -Infinity)),
              last: short(known.at(-1)!),
            },
          ];
        }),
      ),
    })),
  };
}

const short = (value: number): number => Number(value.toPrecision(8));

/** Relative, for what another processor's rounding and a better solver may change. */
const tolerance = 1e-4;
/** In SI: below it lies what rounding leaves of a zero. */
const nothing = 1e-12;
/**
 * Of a measure beside the largest in its unit: what two curves differ by that should be one is the solver's error, which any
 * change of its steps changes. An `.assert` holds it small; that it stays below this part is all that is kept of it.
 */
const leftover = 1e-6;

/** Where two sets of figures differ, in sentences; empty where they agree. */
export function differences(known: Figures, found: Figures): readonly string[] {
  const [a, b] = [flat(known), flat(found)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((place) => {
    const [was, is] = [a.get(place), b.get(place)];
    return same(was, is) ? [] : [`${place}: ${shown(was)} became ${shown(is)}`];
  });
}

interface Leaf {
  readonly value: unknown;
  /** What a difference is small against. */
  readonly scale: number;
  /** Values up to this are all alike. */
  readonly alike?: number;
}

const shown = (leaf: Leaf | undefined): string => (leaf === undefined ? "nothing" : String(leaf.value));

function same(a: Leaf | undefined, b: Leaf | undefined): boolean {
  if (typeof a?.value !== "number" || typeof b?.value !== "number") return a?.value === b?.value;
  if (Math.max(Math.abs(a.value), Math.abs(b.value)) <= Math.min(a.alike ?? 0, b.alike ?? 0)) return true;
  return Math.abs(a.value - b.value) <= tolerance * Math.max(a.scale, b.scale) + nothing;
}

/** Every figure under the path that leads to it; the figures of a column are judged by the largest among them. */
function flat(figures: Figures): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const walk = (path: string, value: unknown): void => {
    if (typeof value !== "object" || value === null) {
      leaves.set(path, { value, scale: typeof value === "number" ? Math.abs(value) : 0 });
      return;
    }
    for (const [key, inner] of Object.entries(value)) walk(path === "" ? key : `${path} ${key}`, inner);
    if (!("least" in value && "most" in value)) return;
    const scale = Math.max(Math.abs(Number(value.least)), Math.abs(Number(value.most)));
    for (const key of ["least", "most", "last"]) {
      leaves.set(`${path} ${key}`, { ...leaves.get(`${path} ${key}`)!, scale });
    }
  };
  walk("", figures);
  for (const [name, { value, unit }] of Object.entries(figures.measures)) {
    if (value === null) continue;
    const path = `measures ${name} value`;
    leaves.set(path, { ...leaves.get(path)!, alike: leftover * largest(figures, unit) });
  }
  return leaves;
}

/** The largest measure in a unit. */
const largest = ({ measures }: Figures, wanted: string): number =>
  Object.values(measures).reduce(
    (most, { value, unit }) => (unit === wanted ? Math.max(most, Math.abs(value ?? 0)) : most),
    0,
  );
