import type { AcCard, Signal } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import { oneByOne } from "../equations/signal-rows.js";
import type { Phasor } from "../expressions/phasor.js";
import type { Column, Result } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { formatQuantity } from "../units/quantity.js";
import { explainSingular } from "./explain.js";
import { pointAtRest } from "./initial-point.js";
import { drive, phasorReader, SmallOscillations } from "./phasors.js";
import { Recorder } from "./recorder.js";

export interface SmallSignalFound {
  readonly columns: readonly Column[];
  readonly axes: number;
  readonly ended: Result["ended"];
  readonly statistics: Result["statistics"];
  readonly diagnostics: readonly Diagnostic[];
}

const frequency = { name: "frequency", unit: "Hz" } as const;

/**
 * `.ac`: the circuit's answer to small oscillations of its sources about its operating point. Memristors keep the states
 * that they have there: what is asked for is how they conduct, not how they drift.
 */
export function* smallSignal(
  system: CompiledSystem,
  card: AcCard,
  signals: readonly Signal[],
  interrupted: () => boolean,
): Generator<number, SmallSignalFound> {
  const cost = { iterations: 0, factorizations: 0 };
  const point = pointAtRest(system, card.span, cost);
  const x = point.outcome === "found" ? point.x : system.start();
  const evaluator = (signal: Signal) => {
    const read = phasorReader(system, x, signal);
    return (_t: number, amplitudes: Float64Array) => read(amplitudes)[0];
  };
  const reader = (all: readonly Signal[]) => oneByOne(all.map(evaluator));
  const recorder = new Recorder({ reader }, [frequency], signals, card.frequencies.length, "with gaps");
  const found = (ended: Result["ended"], ...problems: readonly Diagnostic[]): SmallSignalFound => {
    const verdict = recorder.verdict(ended, card.span);
    const statistics = { method: "small signals", points: recorder.points, steps: 0, rejected: 0, ...cost };
    return {
      columns: recorder.columns(),
      axes: 1,
      ...verdict,
      diagnostics: [...problems, ...verdict.diagnostics],
      statistics,
    };
  };
  if (point.outcome !== "found") return found("failed", point.problem);
  const oscillations = new SmallOscillations(system, x);
  const sources = oscillations.none();
  for (const [k, { smallSignal: ac }] of system.circuit.instances.entries())
    if (ac !== undefined) drive(system, k, amplitudeOf(ac), sources);
  for (const [k, f] of card.frequencies.entries()) {
    if (interrupted()) return found("interrupted");
    const undetermined = oscillations.at(2 * Math.PI * f);
    cost.factorizations++;
    if (undetermined !== undefined)
      return found("failed", explainSingular(undetermined, system, `at ${formatQuantity(f, "Hz")}`, card.span));
    const amplitudes = sources.slice();
    oscillations.solve(amplitudes);
    recorder.keep([f], f, amplitudes);
    if (recorder.full) return found("failed");
    if (k % 64 === 0) yield k / card.frequencies.length;
  }
  return found("complete");
}

const amplitudeOf = ({ magnitude, phase }: { readonly magnitude: number; readonly phase: number }): Phasor => {
  // Quarters of a turn are exact.
  const quarter = phase / 90;
  const [cos, sin] = Number.isInteger(quarter)
    ? [[1, 0, -1, 0][((quarter % 4) + 4) % 4]!, [0, 1, 0, -1][((quarter % 4) + 4) % 4]!]
    : [Math.cos((phase * Math.PI) / 180), Math.sin((phase * Math.PI) / 180)];
  return [magnitude * cos, magnitude * sin];
};
