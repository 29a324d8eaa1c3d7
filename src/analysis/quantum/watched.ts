import type { Circuit, Signal } from "../../circuit/circuit.js";
import type { QtranCard } from "../../circuit/quantum/block.js";
import { channelsOf } from "../../equations/channels/built.js";
import { actionsOf } from "../../equations/quantum/actions.js";
import type { Beside } from "../../equations/quantum/beside.js";
import { dynamicsOf } from "../../equations/quantum/dynamics.js";
import { initialState } from "../../equations/quantum/initial-state.js";
import type { Read } from "../../equations/quantum/observables.js";
import { operatorOn, type ReadingsOf } from "../../equations/quantum/operators.js";
import { Random } from "../../numerics/random.js";
import { noSteps } from "../../quantum/memristor.js";
import { exact } from "../../quantum/propagators/exact.js";
import { lindblad } from "../../quantum/propagators/lindblad.js";
import { WeakMeasurement } from "../../quantum/weak-measurement.js";
import { besideOf } from "./beside-run.js";
import { explainCarried } from "./explain-carried.js";
import { monitored } from "./monitored.js";
import { type Found, nothing, Rows } from "./rows.js";
import { unlessInterrupted } from "./unless-interrupted.js";

/** Runs of a block whose measurements are read, each with noise of its own; signals are means over them. */
export function* watched(
  circuit: Circuit,
  card: QtranCard,
  signals: readonly Signal[],
  times: Float64Array,
  interrupted: () => boolean,
): Generator<number, Found> {
  const block = circuit.blocks[card.block]!;
  const laboratory = laboratoryOf(circuit, card, times);
  const tally = { steps: 0 };
  let rows: Rows | undefined;
  for (let k = 0; k < card.runs; k++) {
    const random = (what: string) => new Random("qtran", card.seed ?? circuit.options.seed, block.name, what, k);
    const found = yield* unlessInterrupted(
      besideOf(block, times, laboratory.control, random),
      k / card.runs,
      interrupted,
    );
    if (found === undefined)
      return rows?.found(block, "measured", tally, "interrupted") ?? nothing(signals, "interrupted");
    const read = laboratory.readAs(found.beside);
    if (rows === undefined) rows = new Rows(times, card.start, signals, read);
    else rows.again(read);
    const kept = rows;
    const reached = times.subarray(0, found.rows);
    const running = monitored(
      laboratory,
      read.start,
      reached,
      random("monitors"),
      (t, rho) => kept.keep(t, rho),
      tally,
    );
    const carried = yield* unlessInterrupted(running, (k + 0.5) / card.runs, interrupted, breaths);
    if (carried === undefined) return rows.found(block, "measured", tally, "interrupted");
    const fault = carried.outcome === "reached" ? found.stopped : carried;
    if (fault !== undefined)
      return rows.found(block, "measured", tally, "failed", [explainCarried(fault, block, card.span)]);
    yield (k + 1) / card.runs;
  }
  return rows!.found(block, "measured", tally, "complete");
}

/** Each step of a measured run draws several. */
const breaths = 100;

/** What all runs have in common; records are written into one place, which laws read. */
function laboratoryOf(circuit: Circuit, card: QtranCard, times: Float64Array) {
  const block = circuit.blocks[card.block]!;
  const records = new Float64Array(block.monitors.length);
  const readings = recordsFor(records);
  const dynamics = dynamicsOf({ ...block, monitors: [] }, readings);
  const start = initialState(block);
  const propagator = exact.refuses(dynamics) === undefined ? exact : lindblad;
  const control = { relative: card.reltol, maxSteps: circuit.options.maxsteps };
  // Steps are those of the measurements: no carrier needs shorter ones but for its accuracy.
  const carrier = propagator.prepare(dynamics, { ...control, maxStep: times.at(-1)! });
  const measurements = block.monitors.map(
    ({ operator, strength }) =>
      new WeakMeasurement(dynamics.space, operatorOn(operator, block.systems, block.units.hbar), strength),
  );
  const readAs = (beside: Beside): Read => ({
    ...{ block, dynamics: dynamicsOf(block, readings), start, behind: noSteps },
    beside: { ...beside, records },
  });
  return {
    control,
    carrier,
    measurements,
    records,
    actions: actionsOf(block, dynamics.space, channelsOf(circuit)),
    readAs,
  };
}

/** What laws read of records at present. */
const recordsFor =
  (records: Float64Array): ReadingsOf =>
  (drive) => {
    const read = drive.kind === "law" ? drive.inputs.map((it) => (it.kind === "record" ? it.monitor : -1)) : [];
    return (_t, u) => {
      for (const [k, monitor] of read.entries()) u[k] = monitor < 0 ? Number.NaN : records[monitor]!;
    };
  };
