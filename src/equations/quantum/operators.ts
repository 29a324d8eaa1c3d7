import type { QuantumSystem } from "../../circuit/quantum/block.js";
import type { Operator as Described, Drive, ElementaryOperator } from "../../circuit/quantum/operator.js";
import { type ComplexMatrix, identityMatrix, multiplied } from "../../numerics/linear/complex-matrix.js";
import {
  annihilation,
  creation,
  momentum,
  numberOperator,
  position,
  projector,
  sm,
  sp,
  sx,
  sy,
  sz,
} from "../../quantum/local-operators.js";
import type { Law, Operator } from "../../quantum/operator.js";

/** What a law of a block reads beside time, at a time, written into `u`. */
export type Readings = (t: number, u: Float64Array) => void;

/** Gives the readings of a drive. */
export type ReadingsOf = (drive: Drive) => Readings;

/** A drive of a block as a law of time. `readings` gives what it reads of the circuit and of monitors. */
export function lawOf(drive: Drive, readings: ReadingsOf = alone): Law {
  if (drive.kind === "number") return drive.value;
  const { law, inputs } = drive;
  const u = new Float64Array(inputs.length);
  if (inputs.length === 0) return (t) => law.value(t, u);
  const read = readings(drive);
  return (t) => {
    read(t, u);
    return law.value(t, u);
  };
}

/** A block by itself reads nothing: who lets it read what is not there has made a mistake. */
const alone = (): Readings => {
  throw new Error("a law of a block reads what its run does not give");
};

/** An operator of a block with the matrices of its systems. ħ is the block's: `pos` and `mom` have units. */
export const operatorOn = (
  operator: Described,
  systems: readonly QuantumSystem[],
  hbar: number,
  readings?: ReadingsOf,
): Operator =>
  operator.map(({ coefficient, factors }) => ({
    coefficient: { re: lawOf(coefficient.re, readings), im: lawOf(coefficient.im, readings) },
    factors: factors.map(({ system, product }) => ({ system, matrix: localMatrix(product, systems[system]!, hbar) })),
  }));

function localMatrix(product: readonly ElementaryOperator[], system: QuantumSystem, hbar: number): ComplexMatrix {
  return product.reduce(
    (matrix, it) => multiplied(matrix, elementary(it, system, hbar)),
    identityMatrix(system.dimension),
  );
}

function elementary(it: ElementaryOperator, { dimension, mass, omega }: QuantumSystem, hbar: number): ComplexMatrix {
  switch (it.name) {
    case "sx":
      return sx;
    case "sy":
      return sy;
    case "sz":
      return sz;
    case "sp":
      return sp;
    case "sm":
      return sm;
    case "ann":
      return annihilation(dimension);
    case "cre":
      return creation(dimension);
    case "num":
      return numberOperator(dimension);
    case "pos":
      return scaled(position(dimension), Math.sqrt(hbar / (mass * omega)));
    case "mom":
      return scaled(momentum(dimension), Math.sqrt(mass * hbar * omega));
    case "proj":
      return projector(dimension, it.level);
  }
}

const scaled = ({ size, re, im }: ComplexMatrix, by: number): ComplexMatrix => ({
  size,
  re: re.map((value) => by * value),
  im: im.map((value) => by * value),
});
