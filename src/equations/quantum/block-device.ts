import type { Circuit, Instance, Unknown } from "../../circuit/circuit.js";
import type { DecayRate, QuantumBlock } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import type { DriveInput } from "../../circuit/quantum/operator.js";
import { type Coefficient, drivenLinear, type LinearPart } from "../../devices/behavioural/driven-linear.js";
import type { OwnUnknown } from "../../devices/device.js";
import type { Law } from "../../devices/law.js";
import { type DensityMatrix, densityMatrix } from "../../quantum/density-matrix.js";
import { noSteps } from "../../quantum/memristor.js";
import { fromRealForm, laboratoryRate, realForm, realNames } from "../../quantum/real-form.js";
import { channelsOf, type Declared } from "../channels/built.js";
import { actionsOf } from "./actions.js";
import { askedWithNumbers, type Driven, drivesOf, type Setting, withNumbers } from "./drives.js";
import { decayOf, dynamicsOf } from "./dynamics.js";
import { initialState } from "./initial-state.js";
import { readerOf } from "./readers.js";
import { clockOf, scaleOf, unitOf } from "./scales.js";

const reference =
  "Gorini, Kossakowski & Sudarshan, Journal of Mathematical Physics 17, 821 (1976); Lindblad, Communications in Mathematical Physics 48, 119 (1976)";

/** Differences of an element of ρ below this do not matter. */
const negligible = 1e-9;
/** What of a matrix entry is rounding. */
const rounding = 1e-14;

/**
 * A block as a device of the circuit: the D² real numbers of ρ are its states, what the circuit reads of it its outputs.
 * The master equation is linear in ρ, and linear in what drives it (laws, rates, voltages of ports), so that it is a sum of
 * constant matrices, each times one of these: they are found by setting one to 1 and all others to 0.
 */
export function blockInstance(block: QuantumBlock, index: number, circuit: Circuit): Instance {
  const drives = drivesOf(block, block.outputs);
  const controls = distinctControls(drives);
  const coefficients = drives.map((drive) => coefficientOf(drive, block, controls, circuit));
  const start = startOf(block, circuit);
  const clock = clockOf(block.units);
  const periods = block.systems.flatMap(({ omega }) => (omega === 0 ? [] : [(2 * Math.PI) / Math.abs(omega * clock)]));
  const device = drivenLinear({
    title: "A quantum block",
    reference,
    states: statesOf(start),
    outputs: block.outputs.map(outputOf),
    parts: partsOf(block, drives, coefficients, start),
    controls: controls.length,
    clock,
    period: Math.min(Number.POSITIVE_INFINITY, ...periods),
  });
  const { name, span } = block;
  return { name, element: "quantum", device, values: {}, terminals: [], controls, block: index, span };
}

/** ρ at the start, behind the gates and channels that act there. */
export function startOf(block: QuantumBlock, circuit: Declared): DensityMatrix {
  const start = initialState(block);
  return actionsOf(block, start.space, channelsOf(circuit)).reduce(
    (rho, { time, act }) => (time > 0 ? rho : act(rho)),
    start,
  );
}

const statesOf = (start: DensityMatrix): readonly OwnUnknown[] => {
  const values = realForm(start);
  return realNames(start.size).map((name, k) => ({
    name,
    meaning: "a part of an entry of the density matrix",
    unit: "1",
    role: "state",
    initial: () => values[k]!,
    negligible,
  }));
};

export function outputOf(of: QuantumObservable, k: number): OwnUnknown {
  const unit = of.kind === "voltage" ? "V" : of.kind === "current" || of.kind === "port" ? "A" : "1";
  return {
    name: `${of.kind}${k}`,
    meaning: "what the circuit reads of the block",
    unit,
    role: "branch",
    initial: () => 0,
    negligible: unit === "1" ? negligible : 1e-12,
  };
}

/** The matrices: that without any drive, and for each drive what it adds. */
function partsOf(
  block: QuantumBlock,
  drives: readonly Driven[],
  coefficients: readonly Coefficient[],
  start: DensityMatrix,
): readonly LinearPart[] {
  const at = (chosen: Driven | undefined) => matrixOf(block, (drive) => (drive === chosen ? 1 : 0), start);
  const alone = at(undefined);
  const rest = drives.map((drive, k): LinearPart => {
    const whole = at(drive);
    const entries = whole.map((value, place) => value - alone[place]!);
    return { coefficient: coefficients[k], entries: nonZero(entries, start, whole) };
  });
  return [{ coefficient: undefined, entries: nonZero(alone, start) }, ...rest].filter(
    ({ entries }) => entries.length > 0,
  );
}

/** Row-major, (D² + outputs) × D²: what each basis matrix gives, drives being numbers. Time is the circuit's, in s. */
function matrixOf(block: QuantumBlock, set: Setting, { space }: DensityMatrix): Float64Array {
  const still = withNumbers(block, set);
  const dynamics = dynamicsOf(still);
  const rate = laboratoryRate(dynamics);
  const zero = densityMatrix(space);
  const outputs = block.outputs.map((of) => {
    const read = readerOf(askedWithNumbers(of, set), { block: still, dynamics, start: zero, behind: noSteps });
    const unit = unitOf(of, block.units);
    return (rho: DensityMatrix) => unit * read(0, rho);
  });
  const n = space.size ** 2;
  const clock = clockOf(block.units);
  const matrix = new Float64Array((n + outputs.length) * n);
  for (let k = 0; k < n; k++) {
    const unit = new Float64Array(n);
    unit[k] = 1;
    const rho = densityMatrix(space);
    fromRealForm(unit, 0, rho);
    const moved = realForm(rate(0, rho));
    for (let row = 0; row < n; row++) matrix[row * n + k] = clock * moved[row]!;
    // A rate is of no state: Γ = Γ·Tr ρ.
    const isDiagonal = k % (space.size + 1) === 0;
    for (const [j, read] of outputs.entries())
      if (block.outputs[j]!.kind !== "rate" || isDiagonal) matrix[(n + j) * n + k] = read(rho);
  }
  return matrix;
}

/** The entries that are more than rounding beside the largest of their row, of `whole`: rows have units of their own. */
function nonZero(
  matrix: Float64Array,
  { size }: DensityMatrix,
  whole = matrix,
): readonly (readonly [number, number, number])[] {
  const n = size ** 2;
  const found: [number, number, number][] = [];
  for (let row = 0; row * n < matrix.length; row++) {
    const largest = whole.subarray(row * n, (row + 1) * n).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (let k = 0; k < n; k++) {
      const value = matrix[row * n + k]!;
      if (Math.abs(value) > rounding * largest) found.push([row, k, value]);
    }
  }
  return found;
}

/** What the drives read, each once. */
export function distinctControls(drives: readonly Driven[]): readonly Unknown[] {
  const all = drives.flatMap((drive) => (drive.kind === "law" ? drive.inputs.map(asUnknown) : []));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** Only what the circuit knows stands beside one: elaboration has refused all else. */
export function asUnknown(input: DriveInput): Unknown {
  if (input.kind === "record" || input.kind === "memory" || input.kind === "number")
    throw new Error("a law of a block in a circuit reads what its run does not give");
  return input;
}

export function coefficientOf(
  drive: Driven,
  block: QuantumBlock,
  controls: readonly Unknown[],
  circuit: Circuit,
): Coefficient {
  if (drive.kind !== "law") return { law: lawOfRate(drive as DecayRate, block), reads: [] };
  const reads = drive.inputs.map((input) => ({
    control: controls.findIndex((one) => JSON.stringify(one) === JSON.stringify(input)),
    scale: scaleOf(input, block.units, circuit),
  }));
  return { law: drive.law, reads };
}

/** A rate that is no law of the netlist, as a law of time. */
function lawOfRate(rate: DecayRate, { memristors, systems }: QuantumBlock): Law {
  const memristor = memristors.find((it) => it.rate === rate);
  if (memristor === undefined) throw new Error("a rate is of no memristor");
  const { at, breakpoints } = decayOf(memristor, systems[memristor.system]!);
  return {
    inputs: 0,
    value: (t) => at(t),
    load: (t, _u, out) => {
      out[0] = at(t);
    },
    smooth: true,
    guards: 0,
    guard: () => {},
    breakpoints,
  };
}
