import type { Circuit } from "../../circuit/circuit.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import type { Drive } from "../../circuit/quantum/operator.js";
import { type DensityMatrix, densityMatrix } from "../../quantum/density-matrix.js";
import { noSteps } from "../../quantum/memristor.js";
import { fromRealForm } from "../../quantum/real-form.js";
import { spaceOf } from "../../quantum/space.js";
import { type Numbering, placeOf } from "../unknowns.js";
import type { Beside } from "./beside.js";
import { asUnknown, startOf } from "./block-device.js";
import { carriedBy } from "./carried-device.js";
import { dynamicsOf } from "./dynamics.js";
import { lcStates } from "./lc-device.js";
import { lenient } from "./lenient.js";
import type { ReadingsOf } from "./operators.js";
import { photonic } from "./photonic-device.js";
import { readerOf } from "./readers.js";
import { clockOf, scaleOf, unitOf } from "./scales.js";

/** Something of a block as a function of the circuit's time and unknowns, in V, A, 1/s. */
export function blockReader(
  of: QuantumObservable,
  index: number,
  circuit: Circuit,
  numbering: Numbering,
): (t: number, x: Float64Array) => number {
  const block = circuit.blocks[index]!;
  const stateAt = stateReader(index, circuit, numbering);
  const start = startOf(block, circuit);
  let now: Float64Array = new Float64Array(0);
  const readings = readingsOf(block, circuit, numbering, () => now);
  // That a rate is negative is told by the analysis; here it is looked at.
  const looked = lenient(block);
  const read = readerOf(of, {
    block: looked,
    dynamics: dynamicsOf(looked, readings),
    start,
    behind: noSteps,
    beside: besideAt(index, circuit, numbering, () => now),
    readings,
  });
  const unit = unitOf(of, block.units);
  const clock = clockOf(block.units);
  return (t, x) => {
    now = x;
    return unit * read(t === Number.NEGATIVE_INFINITY ? 0 : clock * t, stateAt(t, x));
  };
}

/** ρ of a block at (t, x): among the unknowns, or with the propagator that carries it. */
export function stateReader(
  index: number,
  circuit: Circuit,
  numbering: Numbering,
): (t: number, x: Float64Array) => DensityMatrix {
  const instance = circuit.instances.find(({ block }) => block === index)!;
  const carried = carriedBy(instance.device);
  if (carried !== undefined) return (t) => (t === Number.NEGATIVE_INFINITY ? carried.start : carried.state(t));
  const first = firstState(index, circuit, numbering);
  const rho = densityMatrix(spaceOf(...circuit.blocks[index]!.systems.map(({ dimension }) => dimension)));
  return (_t, x) => {
    fromRealForm(x, first, rho);
    return rho;
  };
}

/** What stands beside a block's register, as x has it. */
export function besideAt(index: number, circuit: Circuit, numbering: Numbering, x: () => Float64Array): Beside {
  const { photonics, circuits, monitors } = circuit.blocks[index]!;
  const placeOfPart = (kind: "photonic" | "lc", of: number): number =>
    numbering.firstOwn[
      circuit.instances.findIndex(
        ({ beside }) => beside?.block === index && beside.kind === kind && beside.index === of,
      )
    ]!;
  return {
    windows: photonics.map((_, k) => {
      const place = placeOfPart("photonic", k) + photonic.reflectivity;
      // Before the first point is known it is ½, as at the start.
      return { reflectivity: () => Math.min(1, Math.max(0, x()[place] ?? 0.5)) };
    }),
    circuits: circuits.map((_, k) => {
      const place = placeOfPart("lc", k);
      return () => x().subarray(place, place + lcStates);
    }),
    records: new Float64Array(monitors.length),
  };
}

/** The place of a block's ρ in x. */
const firstState = (block: number, { instances }: Circuit, { firstOwn }: Numbering): number =>
  firstOwn[instances.findIndex((instance) => instance.block === block)]!;

/** What the laws of a block read of x, in the block's units. */
export function readingsOf(
  { units }: QuantumBlock,
  circuit: Circuit,
  numbering: Numbering,
  x: () => Float64Array,
): ReadingsOf {
  return (drive: Drive) => {
    const inputs = drive.kind === "number" ? [] : drive.inputs;
    // The memory of an LC circuit is set by who knows it.
    const scales = inputs.map((input) => (input.kind === "memory" ? 0 : scaleOf(input, units, circuit)));
    const places = inputs.map((input) => (input.kind === "memory" ? -1 : placeOf(numbering, asUnknown(input))));
    return (_t, u) => {
      const now = x();
      for (let k = 0; k < places.length; k++) u[k] = places[k]! < 0 ? 0 : scales[k]! * now[places[k]!]!;
    };
  };
}
