import type { Signal } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import type { Failed } from "../numerics/integrator.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import { formatQuantity } from "../units/quantity.js";
import type { Unit } from "../units/unit.js";
import { flightAt } from "./flight.js";

/** Why a stretch of a transient failed, in the words of the circuit. */
export function explainStretch(failure: Failed, system: CompiledSystem, span: Span): Diagnostic {
  const when = formatQuantity(failure.t, "s");
  const pole = failure.outcome === "too many steps" ? undefined : explainPole(failure, system, span);
  if (pole !== undefined) return pole;
  if (failure.outcome === "singular") return explainSingular(failure.column, system, `at t = ${when}`, span);
  if (failure.outcome === "too many steps") {
    const help = "raise it with `.options maxsteps=…`, or loosen `reltol`.";
    return failed("too-many-steps", `The limit of steps is reached at t = ${when}.`, span, help);
  }
  const who = nameOf(failure.worst, system);
  if (who !== undefined && !Number.isFinite(failure.change))
    return explainNotFinite(failure.t, failure.worst, system, who.name, span);
  const flight = flightAt(failure.t, failure.x, system);
  if (flight !== undefined) {
    const message = `No step can be made at t = ${when}: \`${flight.name}\` moves so fast (by all of its range within ${flight.time}) that the digits of a time cannot tell its way.`;
    const help =
      "look at its rates, thresholds and exponents: what drives it may lie far beyond what they were made for.";
    return failed("too-fast", message, span, help);
  }
  const change =
    who === undefined ? "" : `: ${who.name} changes by ${formatQuantity(failure.change, who.unit)} an iteration`;
  const help =
    who === undefined
      ? "try `.options method=…`, or look at the elements that switch there."
      : `look at what is connected to ${who.name}, or try another \`.options method=…\`.`;
  return failed("no-convergence", `No convergence at t = ${when}${change}. Smallest step reached.`, span, help);
}

/** To so many digits a point is rounded to find what it runs against: steps get short well before a law has no value. */
const digits = [15, 12, 9, 6];

/** A device that has no finite value right ahead of where a run came to, as `1/(v(a)-1)` where v(a) passes 1 V. */
function explainPole({ t, x }: Failed, system: CompiledSystem, span: Span): Diagnostic | undefined {
  for (const count of digits) {
    const near = x.map((value) => Number(value.toPrecision(count)));
    const instance = system.withoutValue(t, near);
    if (instance === undefined) continue;
    const message = `No step can be made at t = ${formatQuantity(t, "s")}: ${noValue(system, instance, near, "there")}.`;
    const help = "say what it is there, such as `if(abs(x)<1n, 0, y/x)` for `y/x`.";
    return notFinite(system, instance, message, help, span);
  }
  return undefined;
}

/** A step that cannot be made because a device has no value there: a root of something negative, a division by zero. */
function explainNotFinite(t: number, worst: number, system: CompiledSystem, unknown: string, span: Span): Diagnostic {
  const when = formatQuantity(t, "s");
  const { instances } = system.circuit;
  const touches = (instance: number): boolean => {
    const { terminals, device } = instances[instance]!;
    const own = device.own.map((_, index) => system.place({ kind: "own", instance, index }));
    return [...terminals.map((node) => system.place({ kind: "node", node })), ...own].includes(worst);
  };
  // Laws that read the unknown first: those hold the expressions of the netlist.
  const readers = instances.filter(({ controls }) => controls.some((control) => system.place(control) === worst));
  const near = [...readers, ...instances.filter((one, k) => touches(k) && !readers.includes(one))];
  const message = `No step can be made at t = ${when}: the equations about ${unknown} have no finite value behind it.`;
  return {
    severity: "error",
    code: "not-finite",
    message,
    span,
    notes: near
      .slice(0, 3)
      .map((instance) => ({ message: `\`${instance.name}\` reads or drives it`, span: instance.span })),
    help: "look for a root or a fractional power of something that becomes negative, or a division by something that becomes 0.",
  };
}

/** Names the unknown that the equations do not determine. */
export function explainSingular(column: number, system: CompiledSystem, where: string, span: Span): Diagnostic {
  const who = nameOf(column, system);
  const what = who === undefined ? "the equations do not determine every unknown" : `nothing determines ${who.name}`;
  return failed(
    "singular",
    `The circuit has no solution ${where}: ${what}.`,
    span,
    "give every node a path of conductance to ground, and break loops of voltage sources.",
  );
}

/** An operating point that was not found. */
export function explainOperatingPoint(worst: number, change: number, system: CompiledSystem, span: Span): Diagnostic {
  const who = nameOf(worst, system);
  const tail =
    who === undefined || !Number.isFinite(change)
      ? ""
      : `: ${who.name} still changes by ${formatQuantity(change, who.unit)} an iteration`;
  return failed(
    "no-convergence",
    `No operating point was found by Newton's method, nor by stepping gmin, nor by stepping the sources${tail}.`,
    span,
    "give a guess with `.nodeset`, raise `.options itl1=…`, or start a transient with `uic`.",
  );
}

/** A device without a finite value at the point that a search begins with; undefined if all have one. */
export function explainNoValue(system: CompiledSystem, t: number, x: Float64Array, span: Span): Diagnostic | undefined {
  const instance = system.withoutValue(t, x);
  if (instance === undefined) return undefined;
  const message = `There is no operating point: ${noValue(system, instance, x, "where the search begins")}.`;
  const help =
    "look for a root or logarithm of something negative, or a division by 0; a guess elsewhere can be given with `.nodeset`.";
  return notFinite(system, instance, message, help, span);
}

/** That a device has no finite value, and what it reads. */
function noValue(system: CompiledSystem, instance: number, x: Float64Array, otherwise: string): string {
  const { name, controls } = system.circuit.instances[instance]!;
  const read = controls.flatMap((control) => {
    const at = system.place(control);
    const who = nameOf(at, system);
    return who === undefined ? [] : [`${who.name} = ${formatQuantity(x[at]!, who.unit)}`];
  });
  return `\`${name}\` has no finite value ${read.length === 0 ? otherwise : `at ${read.join(", ")}`}`;
}

function notFinite(system: CompiledSystem, instance: number, message: string, help: string, span: Span): Diagnostic {
  const notes = [{ message: "asked for by this analysis", span }];
  return {
    severity: "error",
    code: "not-finite",
    message,
    span: system.circuit.instances[instance]!.span,
    notes,
    help,
  };
}

/** Corners of a source that lie closer together than the digits of t can tell. */
export function explainCorners(t: number, span: Span): Diagnostic {
  return failed(
    "lost-time",
    `No step can be made at t = ${formatQuantity(t, "s")}: the corners of a source lie closer together than the digits of a time can tell.`,
    span,
    "give periodic sources a longer period, or a delay that is not so many periods away.",
  );
}

/** Switches that never come to rest. */
export function explainTurning(span: Span): Diagnostic {
  return failed(
    "no-convergence",
    "There is no operating point: a switch or a condition goes to and fro, each side driving the circuit to the other.",
    span,
    "give the switch some hysteresis, or look at it in a transient.",
  );
}

/** Trajectories that separate: a run whose end no tolerance makes right. */
export function explainSeparation(factor: number, span: Span): Diagnostic {
  return {
    severity: "note",
    code: "separating-trajectories",
    message: `Neighbouring trajectories separate by a factor of about ${factor.toExponential(0)} over this run: so much do small errors grow, whatever the tolerances.`,
    span,
    help: "trust the statistics of such a run, and its waveforms only as far as a tighter `reltol` leaves them unchanged.",
  };
}

/** A value of an axis: `t = 2 ms`. */
interface AxisValue {
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
}

const placeOf = (axes: readonly AxisValue[]): string =>
  axes.map(({ name, unit, value }) => `${name === "time" ? "t" : name} = ${formatQuantity(value, unit)}`).join(", ");

/** Points at which an expression has no value, where others have one. */
export function explainLeftOut({ name, span }: Signal, first: readonly AxisValue[], count: number): Diagnostic {
  const where = `at ${placeOf(first)}`;
  const others = count === 2 ? " and one other point" : count > 2 ? ` and ${count - 1} other points` : "";
  return {
    severity: "warning",
    code: "no-value",
    message: `\`${name}\` has no finite value ${where}${others}: ${count === 1 ? "the point is" : "these points are"} left out of the result.`,
    span,
    help: "say what it is there, such as `if(abs(x)<1n, 0, y/x)` for `y/x`.",
  };
}

/** An expression that has no value anywhere. */
export function explainAllLeftOut({ name, span }: Signal): Diagnostic {
  return failed(
    "no-value",
    `\`${name}\` has no finite value at any point, so there is no result.`,
    span,
    "look for a division by 0, a root or logarithm of a negative number, or numbers beyond 1e308.",
  );
}

/** More values than memory is given to. */
export function explainFull(points: number, signals: number, last: readonly AxisValue[], span: Span): Diagnostic {
  return failed(
    "result-too-large",
    `The result has outgrown the memory at ${placeOf(last)}: ${points} points of ${signals} signals are kept.`,
    span,
    "name fewer signals in `.print`, or take a longer output step.",
  );
}

/** A result so large that not all of it is kept. */
export function explainMany(values: number, kept: string, span: Span): Diagnostic {
  return {
    severity: "note",
    code: "many-values",
    message: `All voltages and source currents of this analysis would be ${values.toExponential(0)} values: only ${kept} are kept.`,
    span,
    help: "say what you want to see with `.save`, or ask for fewer points.",
  };
}

function failed(code: string, message: string, span: Span, help: string): Diagnostic {
  return { severity: "error", code, message, span, help };
}

function nameOf(index: number, system: CompiledSystem) {
  const found = system.unknowns[index];
  return found && { name: `\`${found.name}\``, unit: found.unit };
}
