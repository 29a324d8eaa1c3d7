import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { BlockInput, BlockUnitary } from "../../circuit/quantum/inputs.js";
import type { ComplexMatrix } from "../../numerics/linear/complex-matrix.js";
import { Conjugation } from "../../quantum/conjugation.js";
import { type DensityMatrix, densityMatrix } from "../../quantum/density-matrix.js";
import type { Dynamics } from "../../quantum/dynamics.js";
import { inject } from "../../quantum/injection.js";
import { freeHamiltonian } from "../../quantum/motion.js";
import { scaled } from "../../quantum/operator.js";
import type { Space } from "../../quantum/space.js";
import { isSteady, unitaryOf } from "../../quantum/unitary.js";
import { dynamicsOf } from "./dynamics.js";
import { operatorOn } from "./operators.js";

/** A block that takes in rows of a data set: what it moves by, and what a row does to its state. */
export interface FedBlock {
  readonly dynamics: Dynamics;
  /** Takes in row k: the state changes, and what drives the block has the row's value from there on. */
  take(row: number, rho: DensityMatrix): DensityMatrix;
  /** What drives the block in row k, where it stands still within every row; undefined where something follows the time. */
  readonly drives: ((row: number) => readonly number[]) | undefined;
}

/** @param start σ of `mix` */
export function fedBlock(block: QuantumBlock, start: DensityMatrix): FedBlock {
  let row = 0;
  const own = dynamicsOf(block);
  const drives = block.inputs.flatMap((input) => (input.kind === "drive" ? [input] : []));
  const operators = drives.map(({ operator }) => operatorOn(operator, block.systems, block.units.hbar));
  const driven = drives.flatMap(({ values }, k) => scaled(operators[k]!, () => values[row]!));
  const isStill = [freeHamiltonian(own), own.hamiltonian, ...operators].every(isSteady);
  const steps = block.inputs.flatMap((input) =>
    input.kind === "drive" ? [] : [stepOf(input, block, own.space, start)],
  );
  return {
    dynamics: { ...own, hamiltonian: [...own.hamiltonian, ...driven] },
    take(k, rho) {
      row = k;
      return steps.reduce((state, step) => step(k, state), rho);
    },
    drives: isStill ? (k) => drives.map(({ values }) => values[k]!) : undefined,
  };
}

type Step = (row: number, rho: DensityMatrix) => DensityMatrix;

function stepOf(
  input: Exclude<BlockInput, { kind: "drive" }>,
  block: QuantumBlock,
  space: Space,
  start: DensityMatrix,
): Step {
  if (input.kind === "state")
    return (row, rho) => {
      inject(rho, input.system, input.values[row]!);
      return rho;
    };
  const [first, second] = [unitaryIn(input.first, block, space), unitaryIn(input.second, block, space)];
  const conjugation = new Conjugation(space.size);
  let other = densityMatrix(space);
  return (row, rho) => {
    const p = input.values[row]!;
    const { share } = input;
    const next = other;
    for (let k = 0; k < next.re.length; k++) [next.re[k], next.im[k]] = [share * start.re[k]!, share * start.im[k]!];
    conjugation.add((1 - share) * p, first, rho, next);
    conjugation.add((1 - share) * (1 - p), second, rho, next);
    other = rho;
    return next;
  };
}

/** exp(−iH) of the whole register. */
export const unitaryIn = ({ generator }: BlockUnitary, { systems, units }: QuantumBlock, space: Space): ComplexMatrix =>
  unitaryOf(space, operatorOn(generator, systems, units.hbar));
