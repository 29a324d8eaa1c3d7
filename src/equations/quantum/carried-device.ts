import type { Circuit, Instance } from "../../circuit/circuit.js";
import { mostNumbers } from "../../circuit/quantum/beside-circuit.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { Drive, Operator } from "../../circuit/quantum/operator.js";
import { type CoursePart, drivenCourses } from "../../devices/behavioural/driven-courses.js";
import type { Device } from "../../devices/device.js";
import { densityMatrix } from "../../quantum/density-matrix.js";
import { noSteps } from "../../quantum/memristor.js";
import { spaceOf } from "../../quantum/space.js";
import { coefficientOf, distinctControls, outputOf } from "./block-device.js";
import { CarriedBlock, type Functional } from "./carried-block.js";
import { askedWithNumbers, drivesOf, type Setting, withNumbers } from "./drives.js";
import { dynamicsOf } from "./dynamics.js";
import { lenient } from "./lenient.js";
import { readerOf, type StateReader } from "./readers.js";
import { clockOf, unitOf } from "./scales.js";

/** A device whose outputs are of a block with a propagator of its own. */
export interface CarriedDevice extends Device {
  readonly carried: CarriedBlock;
}

export const carriedBy = (device: Device): CarriedBlock | undefined =>
  "carried" in device ? (device as CarriedDevice).carried : undefined;

/**
 * Whether a block keeps its own propagator beside a circuit: it is too large for the unknowns, acts at once in the middle of
 * a run, couples in a frame that turns, or its equations are not linear in what drives them.
 */
export const isCarried = (block: QuantumBlock): boolean =>
  block.systems.reduce((size, { dimension }) => size * dimension, 1) ** 2 > mostNumbers ||
  block.operations.some((it) => (it.kind === "coupling" ? it.frame === "rotating" : it.when.kind === "at")) ||
  [...block.jumps, ...block.ports].some(({ operator }) => varies(operator, () => true));

const varies = (operator: Operator, isMeant: (drive: Drive) => boolean): boolean =>
  operator.some(({ coefficient: { re, im } }) => [re, im].some((drive) => drive.kind === "law" && isMeant(drive)));

const readsCircuit = (drive: Drive): boolean => drive.kind === "law" && drive.inputs.length > 0;

/**
 * A block as a device that is carried apart: its outputs are Σ c(t, u)·(mean value), c being each law that reads the circuit, so
 * that the circuit knows how they answer to it at once; what changes only as the state does, is exchanged in windows. Where
 * jumps or ports have operators that read the circuit, outputs are not linear in laws, and all of them is exchanged.
 */
export function carriedInstance(block: QuantumBlock, index: number, circuit: Circuit): Instance {
  const drives = drivesOf(block, block.outputs).filter(
    (drive): drive is Drive => drive.kind === "law" && readsCircuit(drive),
  );
  const controls = distinctControls(drives);
  const carried = new CarriedBlock(index, block, drives, controls, circuit);
  const isLinear = ![...block.jumps, ...block.ports].some(({ operator }) => varies(operator, readsCircuit));
  const parts = isLinear ? splitOutputs(block, drives) : wholeOutputs(block, carried);
  const courses = carried.courses(parts.map(({ functional }) => functional));
  const laws = drives.map((drive) => coefficientOf(drive, block, controls, circuit));
  const clock = clockOf(block.units);
  const periods = block.systems.flatMap(({ omega }) => (omega === 0 ? [] : [(2 * Math.PI) / Math.abs(omega * clock)]));
  const device: CarriedDevice = {
    ...drivenCourses({
      title: "A quantum block with a propagator of its own",
      reference: "G. Lindblad, Communications in Mathematical Physics 48, 119 (1976)",
      outputs: block.outputs.map(outputOf),
      parts: parts.map(
        ({ output, drive }, k): CoursePart => ({
          output,
          coefficient: drive && laws[drives.indexOf(drive)]!,
          course: courses[k]!,
        }),
      ),
      laws,
      controls: controls.length,
      clock,
      corners: carried.corners(),
      period: block.outputs.length > 0 ? periods.reduce((least, one) => Math.min(least, one), Infinity) : Infinity,
    }),
    carried,
  };
  const { name, span } = block;
  return { name, element: "quantum", device, values: {}, terminals: [], controls, block: index, span };
}

/** What of an output belongs to a drive; to none: what is left with all of them at 0. */
interface OutputPart {
  readonly output: number;
  readonly drive: Drive | undefined;
  readonly functional: Functional;
}

function splitOutputs(block: QuantumBlock, drives: readonly Drive[]): readonly OutputPart[] {
  const readersWith = (chosen: Drive | undefined): readonly StateReader[] => {
    const set: Setting = (drive) =>
      drive.kind === "law" && readsCircuit(drive) ? (drive === chosen ? 1 : 0) : undefined;
    const still = withNumbers(block, set);
    const dynamics = dynamicsOf(still);
    const start = densityMatrix(dynamics.space);
    return block.outputs.map((of) =>
      readerOf(askedWithNumbers(of, set), { block: still, dynamics, start, behind: noSteps }),
    );
  };
  const alone = readersWith(undefined);
  const sample = sampleState(block);
  const rest = drives.flatMap((drive) =>
    readersWith(drive).flatMap((whole, output): readonly OutputPart[] => {
      const least = alone[output]!;
      const [a, b] = [whole(0, sample), least(0, sample)];
      if (Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b))) return [];
      const unit = unitOf(block.outputs[output]!, block.units);
      return [{ output, drive, functional: { read: (t, rho) => whole(t, rho) - least(t, rho), unit } }];
    }),
  );
  const first = alone.map((read, output): OutputPart => {
    const unit = unitOf(block.outputs[output]!, block.units);
    return { output, drive: undefined, functional: { read, unit } };
  });
  return [...first, ...rest];
}

function wholeOutputs(block: QuantumBlock, { dynamics, start, readings }: CarriedBlock): readonly OutputPart[] {
  return block.outputs.map((of, output) => ({
    output,
    drive: undefined,
    functional: {
      read: readerOf(of, { block: lenient(block), dynamics, start, behind: noSteps, readings }),
      unit: unitOf(of, block.units),
    },
  }));
}

/** A Hermitian matrix without a symmetry that a mean value could vanish by. */
function sampleState({ systems }: QuantumBlock) {
  const rho = densityMatrix(spaceOf(...systems.map(({ dimension }) => dimension)));
  const D = rho.size;
  for (let a = 0; a < D; a++) {
    for (let b = a; b < D; b++) {
      const [x, y] = [Math.sin(1 + a + 1.7 * b), a === b ? 0 : Math.cos(2 + 1.3 * a + b)];
      rho.re[a * D + b] = rho.re[b * D + a] = x;
      rho.im[a * D + b] = y;
      rho.im[b * D + a] = -y;
    }
  }
  return rho;
}
