import type { Circuit, Instance } from "../../circuit/circuit.js";
import type { LcCircuit, QuantumBlock } from "../../circuit/quantum/block.js";
import type { Moment } from "../../circuit/quantum/observable.js";
import { type Drive, steady } from "../../circuit/quantum/operator.js";
import { PlacedLaw } from "../../devices/behavioural/placed-law.js";
import { type Device, device, type Entry, type OwnUnknown } from "../../devices/device.js";
import {
  LcEquation,
  type LcMemristor,
  lc,
  lcEntries,
  lcFrequency,
  lcPurity,
  lcRates,
  lcSlopes,
  lcVacuum,
} from "../../quantum/lc-memristor.js";
import type { Unit } from "../../units/unit.js";
import { lcMemristorOf } from "./beside.js";
import { controlsOf, lawOfDrive, ownOutputs } from "./beside-device.js";
import { clockOf, scaleOf, unitOf } from "./scales.js";

const names = ["q", "phi", "mu", "qq", "ff", "qf"] as const;
const size = names.length;

/**
 * An LC circuit whose charge is measured, as a device of the circuit: its moments and its memory are states, in the block's
 * units. Its damping may follow the circuit. Its record has no noise here, as in each run that is no trajectory.
 */
export function lcInstance(block: QuantumBlock, index: number, of: number, circuit: Circuit): Instance {
  const it = block.circuits[of]!;
  const { units } = block;
  const outputs = ownOutputs(block, (one) => one.kind === "moment" && one.circuit === of);
  const asked = outputs
    .map((k) => block.outputs[k]!)
    .map((one) => ({
      of: (one as { of: Moment }).of,
      unit: unitOf(one, units),
    }));
  const controls = controlsOf(it.rate);
  const law = new PlacedLaw(lawOfDrive(it.rate), readsOf(it.rate, size + asked.length, block, circuit), clockOf(units));
  const made = lcDevice(it, block, asked, law, controls.length);
  const name = `${block.name}.${it.name}`;
  const beside = { block: index, kind: "lc", index: of } as const;
  return {
    name,
    element: "quantum",
    device: made,
    values: {},
    terminals: [],
    controls,
    beside,
    outputs,
    span: it.span,
  };
}

/** Where the rate's inputs stand: its memory among the states, the circuit's unknowns behind the outputs. */
function readsOf(rate: Drive, first: number, { units }: QuantumBlock, circuit: Circuit) {
  let next = first;
  const inputs = rate.kind === "number" ? [] : rate.inputs;
  return inputs.map((input) =>
    input.kind === "memory" ? { place: lc.mu, scale: 1 } : { place: next++, scale: scaleOf(input, units, circuit) },
  );
}

interface Asked {
  readonly of: Moment;
  /** What one of the block's units of it is. */
  readonly unit: number;
}

function lcDevice(
  it: LcCircuit,
  block: QuantumBlock,
  asked: readonly Asked[],
  gamma: PlacedLaw,
  controls: number,
): Device {
  const clock = clockOf(block.units);
  // γ is the law's; the rest is what the equation is made of.
  const of = lcMemristorOf({ ...it, rate: steady(0) }, block.units.hbar);
  const rows = size + asked.length;
  const columns = rows + controls;
  const rates = new Float64Array(size);
  const ofRate = gamma.reads.map(({ place }) => place);
  return device({
    type: "quantum_lc",
    title: "An LC circuit in a Gaussian state whose damping follows its record",
    reference: "P. Pfeiffer and others, Scientific Reports 6, 29507 (2016)",
    equations: ["⟨q⟩' = −⟨φ⟩/L − 2γ(µ)⟨q⟩,  ⟨φ⟩' = ⟨q⟩/C,  µ' = ⟨q⟩/C", "V' by the Gaussian closure"],
    terminals: [],
    parameters: {},
    controls,
    own: [...statesOf(of, it), ...asked.map(outputOf)],
    slopes: { q: names.map((_, k): Entry => [k, k]), f: entriesOf(asked, ofRate), fixed: "q" },
    ...gamma.about((2 * Math.PI) / lcFrequency(of) / clock),
    load(t, x, _values, { q, f, q_x, f_x }) {
      const slopes = gamma.load(t, x);
      const g = slopes[0]!;
      lcRates(of, x, g, rates);
      const [by, byRate] = lcSlopes(of, x, g);
      for (let k = 0; k < size; k++) {
        q[k] = x[k]!;
        q_x[k * columns + k] = 1;
        f[k] = -clock * rates[k]!;
        for (const [j, place] of ofRate.entries()) f_x[k * columns + place]! -= clock * byRate[k]! * slopes[1 + j]!;
      }
      for (const [k, [row, column]] of lcEntries.entries()) f_x[row * columns + column]! -= clock * by[k]!;
      for (const [k, { of: moment, unit }] of asked.entries()) {
        const row = size + k;
        const { value, by: slope, byRate: inRate } = momentOf(moment, of, x, g);
        f[row] = x[row]! - unit * value;
        f_x[row * columns + row] = 1;
        for (const [place, one] of slope) f_x[row * columns + place]! -= unit * one;
        for (const [j, place] of ofRate.entries()) f_x[row * columns + place]! -= unit * inRate * slopes[1 + j]!;
      }
    },
  });
}

function statesOf(of: LcMemristor, { charge, flux, memory }: LcCircuit): readonly OwnUnknown[] {
  const start = lcVacuum(of, charge, flux, memory);
  const { negligible } = new LcEquation(of);
  return names.map((name, k) => ({
    name,
    meaning: name === "mu" ? "the record's voltage, integrated" : "a moment of charge and flux",
    unit: "1",
    role: "state",
    initial: () => start[k]!,
    negligible: 1e-3 * negligible[k]!,
  }));
}

const unitNames: Partial<Record<Moment, Unit>> = { v: "V", i: "A" };

const outputOf = ({ of, unit }: Asked, k: number): OwnUnknown => ({
  name: `${of}${k}`,
  meaning: "what the circuit reads of the LC circuit",
  unit: unitNames[of] ?? "1",
  role: "branch",
  initial: () => 0,
  negligible: 1e-9 * unit,
});

/** Which slopes can be: the rate's inputs are felt wherever the rate is. */
function entriesOf(asked: readonly Asked[], ofRate: readonly number[]): readonly Entry[] {
  const states = names.flatMap((_, k) => ofRate.map((place): Entry => [k, place]));
  const outputs = asked.flatMap((_, k): Entry[] => {
    const row = size + k;
    return [[row, row], ...names.map((_name, j): Entry => [row, j]), ...ofRate.map((place): Entry => [row, place])];
  });
  const diagonal = names.map((_, k): Entry => [k, k]);
  return [...new Map([...diagonal, ...lcEntries, ...states, ...outputs].map((one) => [one.join(), one])).values()];
}

/** A quantity, its slopes in the states, and that in γ. */
function momentOf(of: Moment, it: LcMemristor, y: Float64Array, gamma: number) {
  const q = y[lc.q]!;
  const linear = (place: number, factor: number) => ({
    value: factor * y[place]!,
    by: [[place, factor]] as (readonly [number, number])[],
    byRate: 0,
  });
  switch (of) {
    case "v":
      return linear(lc.q, 1 / it.capacitance);
    case "i":
      return { ...linear(lc.q, 2 * gamma), byRate: 2 * q };
    case "rate":
      return { value: gamma, by: [], byRate: 1 };
    case "purity": {
      const value = lcPurity(y, it.hbar);
      const factor = value ** 3 / 2 / (it.hbar / 2) ** 2; // value/(2 det V)
      const [qq, ff, qf] = [y[lc.qq]!, y[lc.ff]!, y[lc.qf]!];
      const by = [[lc.qq, -factor * ff] as const, [lc.ff, -factor * qq] as const, [lc.qf, 2 * factor * qf] as const];
      return { value, by, byRate: 0 };
    }
    default:
      return linear(lc[of], 1);
  }
}

/** The states of an LC circuit, as its equations count them. */
export const lcStates = size;
