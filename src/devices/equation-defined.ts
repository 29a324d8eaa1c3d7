import type { Unit } from "../units/unit.js";
import { addSlopes, type Bound, type BoundLaw, bound, evaluate, gather, type Places, valueAt } from "./bound-law.js";
import { type Claims, type Device, device, type Entry, type OwnUnknown, type Slopes } from "./device.js";
import { sourceOf } from "./law.js";
import type { ParameterTable } from "./parameter.js";

export type { BoundLaw, Read } from "./bound-law.js";

/** A number that follows from the parameters alone. */
export type FromValues = (values: Readonly<Record<string, number>>) => number;

/** A `.device`: everything about it but its place in a circuit. */
export interface Definition {
  readonly type: string;
  readonly title: string;
  readonly reference: string;
  readonly equations: readonly string[];
  readonly terminals: readonly string[];
  readonly parameters: ParameterTable;
  /** dx/dt = rate, x between min and max. */
  readonly states: readonly {
    readonly name: string;
    readonly initial: FromValues;
    readonly min?: FromValues;
    readonly max?: FromValues;
    readonly rate: BoundLaw;
    /** The size below which differences do not matter. Default 1e-6. */
    readonly negligible?: number;
  }[];
  /** Branches between two terminals: `current` i(p,n) = law, `voltage` v(p,n) = law with i an own unknown. */
  readonly branches: readonly {
    readonly name: string;
    readonly p: number;
    readonly n: number;
    readonly gives: "current" | "voltage";
    readonly law: BoundLaw;
  }[];
  /** `.out`. */
  readonly outputs: readonly { readonly name: string; readonly unit: Unit; readonly law: BoundLaw }[];
  /** `.when`: located when they change their sign. */
  readonly events: readonly BoundLaw[];
  readonly claims: Claims;
}

/**
 * The device of a `.device` block. Rows: the terminals; then a row `dx/dt − rate = 0` for each state; then a row
 * `v(p,n) − law = 0` for each branch that is given by its voltage, its current being the unknown.
 *
 * Own unknowns stand in this order; a branch given by its current has none. All instances of one definition share the
 * device: the laws read the parameters as inputs.
 */
export function equationDefined(definition: Definition): Device {
  const { terminals, states, branches } = definition;
  const place = places(definition);
  const columns = terminals.length + states.length + place.currents.filter((at) => at >= 0).length;
  const bind = (it: BoundLaw): Bound => bound(it, place);
  const rates = states.map(({ rate }) => bind(rate));
  const lines = branches.map((line, k): Line => ({ ...line, own: place.currents[k]!, at: bind(line.law) }));
  const jumping = [...rates, ...lines.map(({ at }) => at), ...definition.events.map(bind)];
  const laws = jumping.map(({ law }) => law);
  const first = terminals.length;
  return device({
    type: definition.type,
    title: definition.title,
    reference: definition.reference,
    equations: definition.equations,
    terminals,
    parameters: definition.parameters,
    own: [...states.map(ownState), ...lines.filter(({ own }) => own >= 0).map(ownCurrent)],
    controls: 0,
    claims: definition.claims,
    isWritten: true,
    ...(definition.claims.pinched && { noise: "thermal" as const }),
    smooth: laws.every(({ smooth }) => smooth),
    slopes: slopesOf(rates, lines, first),
    ...sourceOf(laws),
    ...switchingOf(jumping),
    observables: definition.outputs.map(({ name, unit, law }) => {
      const at = bind(law);
      return { name, unit, meaning: name, of: (x, values, t) => valueAt(at, t, x, values) };
    }),
    load(t, x, values, { q, f, q_x, f_x }) {
      for (let k = 0; k < rates.length; k++) {
        const row = first + k;
        evaluate(rates[k]!, t, x, values);
        q[row] = x[row]!;
        q_x[row * columns + row] = 1;
        f[row] = -rates[k]!.y[0]!;
        addSlopes(rates[k]!, -1, f_x, row * columns);
      }
      for (let k = 0; k < lines.length; k++) loadLine(lines[k]!, columns, t, x, values, f, f_x);
    },
  });
}

interface Line {
  readonly name: string;
  readonly p: number;
  readonly n: number;
  /** The place of its current among the unknowns; −1 where the law gives the current. */
  readonly own: number;
  readonly at: Bound;
}

function places({ terminals, states, branches }: Definition): Places {
  let next = terminals.length + states.length;
  return {
    states: terminals.length,
    currents: branches.map(({ gives }) => (gives === "voltage" ? next++ : -1)),
  };
}

function loadLine(
  { p, n, own, at }: Line,
  columns: number,
  t: number,
  x: Float64Array,
  values: Readonly<Record<string, number>>,
  f: Float64Array,
  f_x: Float64Array,
): void {
  evaluate(at, t, x, values);
  const i = own < 0 ? at.y[0]! : x[own]!;
  f[p]! += i;
  f[n]! -= i;
  if (own < 0) {
    addSlopes(at, 1, f_x, p * columns);
    addSlopes(at, -1, f_x, n * columns);
    return;
  }
  f[own] = x[p]! - x[n]! - at.y[0]!;
  f_x[p * columns + own]! += 1;
  f_x[n * columns + own]! -= 1;
  f_x[own * columns + p]! += 1;
  f_x[own * columns + n]! -= 1;
  addSlopes(at, -1, f_x, own * columns);
}

function slopesOf(rates: readonly Bound[], lines: readonly Line[], first: number): Slopes {
  const f: Entry[] = [];
  const add = (row: number, at: Bound) => {
    for (const column of at.column) if (column >= 0) f.push([row, column]);
  };
  for (const [k, at] of rates.entries()) add(first + k, at);
  for (const { p, n, own, at } of lines) {
    if (own < 0) {
      add(p, at);
      add(n, at);
    } else {
      f.push([p, own], [n, own], [own, p], [own, n]);
      add(own, at);
    }
  }
  return { q: rates.map((_, k) => [first + k, first + k]), f: distinct(f), fixed: "q" };
}

const distinct = (entries: readonly Entry[]): Entry[] => [
  ...new Map(entries.map((entry) => [entry.join(), entry])).values(),
];

function switchingOf(jumping: readonly Bound[]) {
  const those = jumping.filter(({ law }) => law.guards > 0);
  const count = those.reduce((sum, { law }) => sum + law.guards, 0);
  if (count === 0) return {};
  const part = new Float64Array(Math.max(...those.map(({ law }) => law.guards)));
  const guard = (t: number, x: Float64Array, values: Readonly<Record<string, number>>, out: Float64Array): void => {
    let k = 0;
    for (const at of those) {
      gather(at, x, values);
      at.law.guard(t, at.u, part);
      for (let j = 0; j < at.law.guards; j++) out[k++] = part[j]!;
    }
  };
  return { switching: { count, guard } };
}

const ownState = ({ name, initial, min, max, negligible }: Definition["states"][number]): OwnUnknown => ({
  name,
  meaning: "state",
  unit: "1",
  role: "state",
  initial,
  negligible: negligible ?? 1e-6,
  ...((min ?? max) && {
    walls: (values) => [min?.(values) ?? Number.NEGATIVE_INFINITY, max?.(values) ?? Number.POSITIVE_INFINITY] as const,
  }),
});

/** The current of a branch; that of a device with one branch is plainly `i`. */
const ownCurrent = ({ name }: Line): OwnUnknown => ({
  name,
  meaning: "current of a branch",
  unit: "A",
  role: "branch",
  initial: () => 0,
  negligible: 1e-12,
});
