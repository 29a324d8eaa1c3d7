import { call, type Formula, number } from "../../expressions/formula.js";
import { isCapacitor, isCurrent, isResistor, type Lawful, type Surroundings, type Touch } from "./surroundings.js";

/**
 * A node that holds a state: a capacitor to ground, one source by an expression that charges it, resistors to ground that
 * leak, and nothing else. Everyone else only looks at its voltage.
 */
export interface StateNode {
  readonly node: number;
  /** The number of the source: the state takes its place. */
  readonly source: number;
  readonly capacitor: number;
  readonly resistors: readonly number[];
  /** Their conductance together, S. */
  readonly leak: number;
  /** What it starts with, V. */
  readonly initial: number;
  /** What `rate` is made of beside the law. */
  readonly numbers: string;
  /** dv/dt, where `law` is the source's expression and `v` the voltage of the node. */
  rate(law: Formula, v: Formula): Formula;
}

/** All of them. `fromZero`: a node of which nothing says where it starts, starts at 0 (`uic`). */
export function stateNodes(around: Surroundings, fromZero: boolean): readonly StateNode[] {
  const known = found[fromZero ? "fromZero" : "fromRest"];
  const before = known.get(around);
  if (before !== undefined) return before;
  const states: StateNode[] = [];
  for (const node of around.capacitive()) {
    const state = stateAt(node, around, fromZero);
    if (state !== undefined) states.push(state);
  }
  known.set(around, states);
  return states;
}

const found = {
  fromZero: new WeakMap<Surroundings, readonly StateNode[]>(),
  fromRest: new WeakMap<Surroundings, readonly StateNode[]>(),
};

function stateAt(node: number, around: Surroundings, fromZero: boolean): StateNode | undefined {
  if (around.count(node) < 2) return undefined;
  const touching = around.at(node);
  const to = (is: (it: ReturnType<Surroundings["instance"]>) => boolean): readonly Touch[] =>
    touching.filter(({ instance, terminal }) => {
      const it = around.instance(instance);
      return is(it) && it.terminals.length === 2 && it.terminals[1 - terminal] === 0;
    });
  const [capacitor, ...more] = to(isCapacitor);
  const [source, ...others] = to((it) => isCurrent(it) && it.device.own.length === 0);
  const resistors = to((it) => isResistor(it) && it.device.own.length === 0);
  if (capacitor === undefined || source === undefined || more.length + others.length > 0) return undefined;
  if (touching.length !== 2 + resistors.length) return undefined;
  const initial = startOf(node, capacitor, around) ?? (fromZero ? 0 : undefined);
  if (initial === undefined || !Number.isFinite(initial)) return undefined;
  const { c } = around.instance(capacitor.instance).values as { c: number };
  const leak = resistors.reduce((g, { instance }) => g + 1 / (around.instance(instance).values["r"] as number), 0);
  // The law of a source is the current from its first terminal through it to its second one.
  const sign = source.terminal === 1 ? 1 : -1;
  return {
    node,
    source: source.instance,
    capacitor: capacitor.instance,
    resistors: resistors.map(({ instance }) => instance),
    leak,
    initial,
    numbers: `${sign * c} ${leak}`,
    rate(law, v) {
      const charging = sign * c === 1 ? law : call("/", law, number(sign * c));
      return leak === 0 ? charging : call("-", charging, call("*", number(leak / c), v));
    },
  };
}

/** What the capacitor and the deck say of the start; undefined where they say nothing, or two things. */
function startOf(node: number, { instance, terminal }: Touch, around: Surroundings): number | undefined {
  const { initial } = around.instance(instance);
  const own = initial === undefined || terminal === 0 ? initial : -initial;
  const given = around.startOf(node);
  if (own !== undefined && given !== undefined && own !== given) return Number.NaN;
  return own ?? given;
}

/** The source that charges it. */
export const chargerOf = ({ source }: StateNode, around: Surroundings): Lawful => around.instance(source) as Lawful;
