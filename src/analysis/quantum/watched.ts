import type { Circuit, Signal } from "../../circuit/circuit.js";
import type { QtranCard } from "../../circuit/quantum/block.js";
import { actionsOf } from "../../equations/quantum/actions.js";
import { dynamicsOf } from "../../equations/quantum/dynamics.js";
import { initialState } from "../../equations/quantum/initial-state.js";
import { operatorOn, type ReadingsOf } from "../../equations/quantum/operators.js";
import { Random } from "../../numerics/random.js";
import { exact } from "../../quantum/propagators/exact.js";
import { lindblad } from "../../quantum/propagators/lindblad.js";
import type { Carried } from "../../quantum/propagators/propagator.js";
import { WeakMeasurement } from "../../quantum/weak-measurement.js";
import { besideOf } from "./beside-run.js";
import { explainCarried } from "./explain-carried.js";
import { monitored } from "./monitored.js";
import { type Found, Rows, refused } from "./rows.js";

/** Runs of a block whose measurements are read, each with noise of its own; signals are means over them. */
export function* watched(
  circuit: Circuit,
  card: QtranCard,
  signals: readonly Signal[],
  times: Float64Array,
  interrupted: () => boolean,
): Generator<number, Found> {
  const block = circuit.blocks[card.block]!;
  const records = new Float64Array(block.monitors.length);
  const readings = recordsFor(records);
  const dynamics = dynamicsOf({ ...block, monitors: [] }, readings);
  const start = initialState(block);
  const propagator = exact.refuses(dynamics) === undefined ? exact : lindblad;
  // Steps are those of the measurements: no carrier needs shorter ones but for its accuracy.
  const control = { relative: card.reltol, maxSteps: circuit.options.maxsteps };
  const carrier = propagator.prepare(dynamics, { ...control, maxStep: times.at(-1)! });
  const measurements = block.monitors.map(
    ({ operator, strength }) =>
      new WeakMeasurement(dynamics.space, operatorOn(operator, block.systems, block.units.hbar), strength),
  );
  const run = { carrier, measurements, records, actions: actionsOf(block, dynamics.space) };
  const seed = card.seed ?? circuit.options.seed;
  let rows: Rows | undefined;
  let seen = 0;
  for (let k = 0; k < card.runs; k++) {
    const random = (what: string) => new Random("qtran", seed, block.name, what, k);
    const found = besideOf(block, times, control, (name) => random(name));
    if ("stopped" in found) return refused(explainCarried(found.stopped, block, card.span), signals);
    const beside = { ...found.beside, records };
    const read = { block, dynamics: dynamicsOf(block, readings), start, kicks: [], beside };
    if (rows === undefined) rows = new Rows(times, card.start, signals, read);
    else rows.again(read);
    const kept = rows;
    const running = monitored(run, start, times, random("monitors"), (t, rho) => kept.keep(t, rho));
    let carried: Carried | undefined;
    for (let next = running.next(); carried === undefined; next = running.next()) {
      if (next.done) carried = next.value;
      else if (++seen % breath === 0) yield (k + 0.5) / card.runs;
      if (interrupted()) return { ...rows.found(block, "measured", 0, "interrupted"), diagnostics: [] };
    }
    if (carried.outcome !== "reached") {
      const problem = explainCarried(carried, block, card.span);
      return { ...rows.found(block, "measured", 0, "failed"), diagnostics: [problem] };
    }
    yield (k + 1) / card.runs;
  }
  return { ...rows!.found(block, "measured", card.runs * (times.length - 1), "complete"), diagnostics: [] };
}

/** Steps between two looks at the clock. */
const breath = 100;

/** What laws read of records at present. */
const recordsFor =
  (records: Float64Array): ReadingsOf =>
  (drive) => {
    const read = drive.kind === "law" ? drive.inputs.map((it) => (it.kind === "record" ? it.monitor : -1)) : [];
    return (_t, u) => {
      for (const [k, monitor] of read.entries()) u[k] = monitor < 0 ? Number.NaN : records[monitor]!;
    };
  };
