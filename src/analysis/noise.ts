import type { NoiseCard, Quantity, Signal } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import type { Fluctuation } from "../equations/fluctuations.js";
import { oneByOne, type RowReader } from "../equations/signal-rows.js";
import { evaluate } from "../expressions/evaluate.js";
import type { Column, Result, Table } from "../result/result.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { formatQuantity } from "../units/quantity.js";
import { explainSingular } from "./explain.js";
import { pointAtRest } from "./initial-point.js";
import { powerOver } from "./noise-power.js";
import { drive, outputOf, SmallOscillations } from "./phasors.js";
import { Recorder } from "./recorder.js";

export interface NoiseFound {
  readonly columns: readonly Column[];
  readonly axes: number;
  readonly ended: Result["ended"];
  readonly statistics: Result["statistics"];
  readonly diagnostics: readonly Diagnostic[];
  readonly tables: readonly Table[];
}

const frequency = { name: "frequency", unit: "Hz" } as const;

/**
 * `.noise`: the spectral density of a voltage about the operating point, as the noise currents of all devices make it, and
 * that of the input which would make the same. Memristors keep their states. The adjoint problem, solved once a frequency,
 * gives what each current does to the output (R. Rohrer, L. Nagel, R. Meyer & L. Weber, IEEE J. Solid-State Circuits 6, 204
 * (1971)).
 */
export function* noise(
  system: CompiledSystem,
  card: NoiseCard,
  signals: readonly Signal[],
  interrupted: () => boolean,
): Generator<number, NoiseFound> {
  const cost = { iterations: 0, factorizations: 0 };
  const point = pointAtRest(system, card.span, cost);
  const x = point.outcome === "found" ? point.x : system.start();
  const spectrum = new Spectrum(system, card, x);
  const all = [...signals, ...spectrum.totalled.filter(({ name }) => signals.every((it) => it.name !== name))];
  const recorder = new Recorder(spectrum, [frequency], all, card.frequencies.length, "with gaps");
  const found = (ended: Result["ended"], ...problems: readonly Diagnostic[]): NoiseFound => {
    const verdict = recorder.verdict(ended, card.span);
    const columns = recorder.columns();
    return {
      columns: columns.slice(0, 1 + signals.length),
      axes: 1,
      ...verdict,
      diagnostics: [...problems, ...verdict.diagnostics],
      statistics: { method: "adjoint", points: recorder.points, steps: 0, rejected: 0, ...cost },
      tables: [totals(columns, spectrum.totalled)],
    };
  };
  if (point.outcome !== "found") return found("failed", point.problem);
  for (const [k, f] of card.frequencies.entries()) {
    if (interrupted()) return found("interrupted");
    cost.factorizations++;
    const undetermined = spectrum.at(f);
    if (undetermined !== undefined)
      return found("failed", explainSingular(undetermined, system, `at ${formatQuantity(f, "Hz")}`, card.span));
    recorder.keep([f], f, x);
    if (recorder.full) return found("failed");
    if (k % 64 === 0) yield k / card.frequencies.length;
  }
  return found("complete");
}

/** What the densities add up to over all frequencies: a table of one row. */
function totals(columns: readonly Column[], totalled: readonly Signal[]): Table {
  const f = columns[0]!.values;
  const ofSignal = ({ name, unit }: Signal): Column => {
    const density = columns.find((column) => column.name === name)!.values;
    const value = Math.sqrt(powerOver(f, density));
    return { name, unit: unit === "A/√Hz" ? "A" : "V", values: Float64Array.of(value) };
  };
  return { name: "totals", columns: totalled.map(ofSignal) };
}

/** Densities of noise at one frequency after the other. */
class Spectrum {
  readonly #adjoint: SmallOscillations;
  readonly #sources: readonly Fluctuation[];
  readonly #output: Float64Array; // size 2n: the output's slopes by the unknowns, in the places of real parts
  readonly #quadrature: Float64Array; // size 2n: the same in those of imaginary parts
  readonly #input: Float64Array; // size 2n: what the input drives
  /** A²·Ω² = V² in 1 Hz at the output, by instance. */
  readonly #byInstance = new Map<number, number>();
  #gain = 0;
  /** The densities of which the totals are told: of all, and of each device that has noise. */
  readonly totalled: readonly Signal[];

  constructor(
    readonly system: CompiledSystem,
    readonly card: NoiseCard,
    x: Float64Array,
  ) {
    this.#adjoint = new SmallOscillations(system, x, true);
    this.#sources = system.fluctuations(x);
    const { output, input } = card;
    const slopes = outputOf(system, output);
    [this.#output, this.#quadrature] = [0, 1].map((part) => {
      const b = this.#adjoint.none();
      for (const { place, slope } of slopes) if (place >= 0) b[2 * place + part]! += slope;
      return b;
    }) as [Float64Array, Float64Array];
    this.#input = this.#adjoint.none();
    drive(system, input, [1, 0], this.#input);
    this.totalled = noiseSignals(system.circuit, card);
  }

  /** Makes ready for a frequency, Hz; gives the place of an unknown that nothing determines. */
  at(f: number): number | undefined {
    const undetermined = this.#adjoint.at(2 * Math.PI * f);
    if (undetermined !== undefined) return undetermined;
    const [re, im] = [this.#output.slice(), this.#quadrature.slice()];
    this.#adjoint.solve(re);
    this.#adjoint.solve(im);
    // Of a real b the output's real part is re·b, its imaginary part im·b.
    this.#byInstance.clear();
    for (const { instance, density, rows } of this.#sources) {
      let [real, imaginary] = [0, 0];
      for (const [place, share] of rows) {
        real += share * re[2 * place]!;
        imaginary += share * im[2 * place]!;
      }
      const part = density * (real * real + imaginary * imaginary);
      this.#byInstance.set(instance, (this.#byInstance.get(instance) ?? 0) + part);
    }
    const product = (z: Float64Array): number => z.reduce((sum, value, k) => sum + value * this.#input[k]!, 0);
    this.#gain = Math.hypot(product(re), product(im));
    return undefined;
  }

  reader(signals: readonly Signal[]): RowReader {
    const valueAt = ({ formula, inputs }: Signal): number =>
      evaluate(
        formula,
        0,
        Float64Array.from(inputs, (input) => this.#value(input)),
      );
    return oneByOne(signals.map((signal) => () => valueAt(signal)));
  }

  #value(quantity: Quantity): number {
    if (quantity.kind !== "noise") return Number.NaN;
    const { of, instance } = quantity;
    if (of === "gain") return this.#gain;
    const parts = this.#byInstance;
    const power = instance === undefined ? [...parts.values()].reduce((a, b) => a + b, 0) : (parts.get(instance) ?? 0);
    return Math.sqrt(power) / (of === "inoise" ? this.#gain : 1);
  }
}

/** The densities that `.noise` shows by itself: at the output, referred to the input, and at the output by device. */
export function noiseSignals({ instances }: CompiledSystem["circuit"], { input, span }: NoiseCard): readonly Signal[] {
  const signal = (name: string, quantity: Extract<Quantity, { kind: "noise" }>): Signal => ({
    name,
    unit: quantity.unit,
    formula: { kind: "input", index: 0 },
    inputs: [quantity],
    span,
  });
  const unit = instances[input]!.element === "i" ? "A/√Hz" : "V/√Hz";
  return [
    signal("onoise", { kind: "noise", of: "onoise", unit: "V/√Hz" }),
    signal("inoise", { kind: "noise", of: "inoise", unit }),
    ...instances.flatMap(({ device, name }, instance) =>
      device.noise === undefined
        ? []
        : [signal(`onoise(${name})`, { kind: "noise", of: "onoise", instance, unit: "V/√Hz" })],
    ),
  ];
}
