import type { Quantity, Unknown } from "../../circuit/circuit.js";
import { Inputs, keyOf } from "../../circuit/inputs.js";
import { affineIn, difference, isZero, sum } from "../../expressions/affine.js";
import { call, type Formula, number } from "../../expressions/formula.js";
import { substitute } from "../../expressions/substitute.js";
import { FoundAlike, Likeness } from "./likeness.js";
import { isCurrent, isResistor, isVoltage, type Lawful, type Surroundings } from "./surroundings.js";

/**
 * The resistive port of a device that is written as a subcircuit: a source by an expression, in series with a resistor or
 * a source of 0 V behind a node that nothing else touches, or alone. Its current can be told by the voltage across all
 * of it, so that neither the node between nor the branch's current need be solved for.
 */
export interface Branch {
  readonly source: number;
  /** The resistor or the source of 0 V in series with it. */
  readonly series: number | undefined;
  /** From `plus` through the branch to `minus`. */
  readonly plus: number;
  readonly minus: number;
  /** The current from plus to minus; input k is reads[k]. */
  readonly current: Formula;
  readonly reads: readonly Unknown[];
  /** What is known by the current i: each quantity, and its formula by i and by what `voltage` gives of a node. */
  readonly known: readonly (readonly [of: Quantity, is: (i: Formula, voltage: (node: number) => Formula) => Formula])[];
}

interface Series {
  readonly instance: number | undefined;
  readonly middle: number | undefined;
  readonly end: number;
  /** v(middle) − v(end) = r·i */
  readonly r: number;
  /** 1 where the current enters it by its first terminal. */
  readonly sign: number;
}

/** The branches of laws that look at one of these nodes. */
export function branchesOf(around: Surroundings, states: ReadonlySet<number>): readonly Branch[] {
  const currents: Currents = new FoundAlike();
  const found = around.circuit.instances.flatMap((it, k) => {
    if (it.law === undefined || !(isCurrent(it) || isVoltage(it)) || it.terminals.some((node) => states.has(node)))
      return [];
    const looks = it.controls.some((unknown) => unknown.kind === "node" && states.has(unknown.node));
    return looks ? (branchOf(it, k, around, currents) ?? []) : [];
  });
  return withoutEachOther(found, around);
}

/** The current of a branch, which branches that are alike share, and which of the quantities at hand it reads. */
interface Current {
  readonly formula: Formula;
  readonly reads: readonly number[];
}

type Currents = FoundAlike<Current | "none">;

function branchOf(it: Lawful, source: number, around: Surroundings, currents: Currents): Branch | undefined {
  const [p, n] = it.terminals as readonly [number, number];
  const behind = seriesAt(n, source, around);
  // The current i goes from plus through the source first: by its own first terminal, unless what is in series lies there.
  const before = behind.instance === undefined ? seriesAt(p, source, around) : undefined;
  const turned = before?.instance !== undefined;
  // A current that is written out by what others are is one by one voltage already.
  if (isCurrent(it) && it.device.own.length === 0 && behind.instance === undefined && !turned) return undefined;
  const [plus, series] = turned ? [n, before] : [p, behind];
  if (plus === series.end) return undefined;
  const own: Unknown = { kind: "own", instance: source, index: 0 };
  const alike = new Likeness(`${isVoltage(it) ? "v" : "i"} ${turned} ${series.r} ${series.sign}`);
  alike.meet(own);
  for (const node of [plus, series.end, series.middle]) if (node !== undefined) alike.meet({ kind: "node", node });
  alike.say(series.instance === undefined ? " alone" : " in series");
  for (const read of it.controls) alike.meet(read);
  const current = currents.of(it.law.formula, alike.text, () => {
    const made = currentOf(it, own, { turned, plus, series });
    return made === undefined ? "none" : { formula: made.formula, reads: alike.placesOf(made.reads) };
  });
  if (current === "none") return undefined;
  return {
    source,
    series: series.instance,
    plus,
    minus: series.end,
    current: current.formula,
    reads: alike.at(current.reads) as readonly Unknown[],
    known: knownOf(source, turned, series),
  };
}

/** The current from plus to minus; undefined where it cannot be solved for. */
function currentOf(
  it: Lawful,
  own: Unknown,
  { turned, plus, series }: { readonly turned: boolean; readonly plus: number; readonly series: Series },
) {
  const inputs = new Inputs<Unknown>();
  const i = inputs.of(own);
  const voltage = (node: number): Formula => inputs.of({ kind: "node", node });
  const middle = sum([voltage(series.end), ...(series.r === 0 ? [] : [call("*", number(series.r), i)])]);
  const signed = turned ? call("neg", i) : i;
  const law = substitute(it.law.formula, (k) => {
    const read = it.controls[k]!;
    if (keyOf(read) === keyOf(own)) return signed;
    return read.kind === "node" && read.node === series.middle ? middle : inputs.of(read);
  });
  const across =
    series.middle === undefined ? difference(voltage(plus), voltage(series.end)) : difference(voltage(plus), middle);
  const residual = isVoltage(it) ? difference(turned ? call("neg", across) : across, law) : difference(law, signed);
  const affine = affineIn(residual, 0);
  if (affine === undefined || isZero(affine.slope)) return undefined;
  const opposite = { kind: "number", value: -1 } as const;
  const current = call("*", opposite, call("/", affine.constant, affine.slope));
  const left = new Inputs<Unknown>(); // without the current itself
  return { formula: substitute(current, (k) => left.of(inputs.all[k]!)), reads: left.all };
}

function knownOf(source: number, turned: boolean, { instance, middle, end, r, sign }: Series): Branch["known"] {
  const along = (factor: number) => (i: Formula) => (factor < 0 ? call("neg", i) : i);
  const currents = (of: number, factor: number): Branch["known"] => [
    [{ kind: "own", instance: of, index: 0 }, along(factor)],
    [{ kind: "current", instance: of, terminal: 0 }, along(factor)],
    [{ kind: "current", instance: of, terminal: 1 }, along(-factor)],
  ];
  return [
    ...currents(source, turned ? -1 : 1),
    ...(instance === undefined ? [] : currents(instance, sign)),
    ...(middle === undefined
      ? []
      : [
          [
            { kind: "node", node: middle },
            (i: Formula, voltage: (node: number) => Formula) =>
              r === 0 ? voltage(end) : call("+", voltage(end), call("*", number(r), i)),
          ] as const,
        ]),
  ];
}

/** What stands in series with an instance behind one of its nodes; nothing where others touch the node too. */
function seriesAt(node: number, source: number, around: Surroundings): Series {
  const alone: Series = { instance: undefined, middle: undefined, end: node, r: 0, sign: 1 };
  if (node === 0 || around.count(node) !== 2 || around.isGiven(node)) return alone;
  const other = around.at(node).find(({ instance }) => instance !== source);
  if (other === undefined) return alone;
  const it = around.instance(other.instance);
  const isShort = it.device.type === "vsource_dc" && it.values["dc"] === 0 && it.smallSignal === undefined;
  if (!(isResistor(it) || isShort)) return alone;
  const end = it.terminals[1 - other.terminal]!;
  const r = isShort ? 0 : it.values["r"]!;
  return { instance: other.instance, middle: node, end, r, sign: other.terminal === 0 ? 1 : -1 };
}

/** Those whose currents others may be told by: no law of one speaks of another, nor any device that cannot be written anew. */
function withoutEachOther(found: readonly Branch[], around: Surroundings): readonly Branch[] {
  const owner = new Map<number | string, Branch>();
  for (const branch of found) for (const [of] of branch.known) owner.set(keyOf(of), branch);
  const refused = new Set<Branch>();
  for (const branch of found) {
    for (const read of branch.reads) {
      const other = owner.get(keyOf(read));
      if (other !== undefined && other !== branch) refused.add(branch);
    }
  }
  for (const { law, controls } of around.circuit.instances) {
    if (law !== undefined) continue;
    for (const read of controls) {
      const branch = owner.get(keyOf(read));
      if (branch !== undefined) refused.add(branch);
    }
  }
  return found.filter((branch) => !refused.has(branch));
}
