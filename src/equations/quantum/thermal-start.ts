import type { QuantumBlock, QuantumSystem } from "../../circuit/quantum/block.js";
import { type ComplexMatrix, zeroMatrix } from "../../numerics/linear/complex-matrix.js";
import { numberOperator, sz } from "../../quantum/local-operators.js";
import { lawAt, type Operator, operator } from "../../quantum/operator.js";
import { type Space, spaceOf } from "../../quantum/space.js";
import { sparse } from "../../quantum/sparse-operator.js";
import { type Thermal, thermal } from "../../quantum/thermal.js";
import { dynamicsOf } from "./dynamics.js";

/** The thermal state that a block starts in, of its Hamiltonian at t = 0; undefined: it starts in another one. */
export function thermalStart(block: QuantumBlock): Thermal | undefined {
  if (block.thermal === undefined) return undefined;
  const space = spaceOf(...block.systems.map(({ dimension }) => dimension));
  return thermal(space, hamiltonianOf(block, space), block.thermal.beta);
}

/** H/ħ at t = 0, free systems and all. */
export const hamiltonianOf = (block: QuantumBlock, space: Space): ComplexMatrix =>
  denseOn(space, [...block.systems.flatMap(freeHamiltonian), ...dynamicsOf(block).hamiltonian]);

/** ω/2·sz of a qubit, ω·num of an oscillator. */
function freeHamiltonian({ kind, omega, dimension }: QuantumSystem, system: number): Operator {
  if (omega === 0) return [];
  return kind === "qubit" ? operator(omega / 2, [system, sz]) : operator(omega, [system, numberOperator(dimension)]);
}

/** All entries of an operator at t = 0. */
function denseOn(space: Space, of: Operator): ComplexMatrix {
  const matrix = zeroMatrix(space.size);
  for (const { coefficient, row, column, re, im } of sparse(space, of)) {
    const [cr, ci] = [lawAt(coefficient.re, 0), lawAt(coefficient.im, 0)];
    for (let k = 0; k < row.length; k++) {
      const at = row[k]! * space.size + column[k]!;
      matrix.re[at]! += cr * re[k]! - ci * im[k]!;
      matrix.im[at]! += cr * im[k]! + ci * re[k]!;
    }
  }
  return matrix;
}
