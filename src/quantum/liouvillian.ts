import { type ComplexMatrix, identityMatrix } from "../numerics/linear/complex-matrix.js";
import type { LinearSystem } from "../numerics/system.js";
import type { Dynamics } from "./dynamics.js";
import { Expansion, squaredSpace } from "./expansion.js";
import { constant, isConstantCoefficient, isFree } from "./generator.js";
import { onCoefficients } from "./hermitian-basis.js";
import { type LocalPart, LocalSum } from "./local-sum.js";
import { allJumps, freeHamiltonian, type Motion } from "./motion.js";
import { adjoint, type Operator, product, type Term } from "./operator.js";
import { partOf, type Space } from "./space.js";
import { type SparseOperator, sparse } from "./sparse-operator.js";

/**
 * The master equation of what never changes, dr/dt = Ar on the coefficients of `Expansion`: a sparse real matrix. A product
 * of Paulis in the Hamiltonian has one entry in every second row, a damped qubit about one a row; of D² × D² numbers there
 * are no more than that. In the rotating frame if nothing changes in it either, else in the laboratory's.
 */
export class Liouvillian implements LinearSystem {
  readonly size: number;
  readonly centre: number;
  readonly coordinates: Expansion;
  readonly #matrix: LocalSum;

  /** @param dynamics constant */
  constructor(dynamics: Dynamics, motion: Motion) {
    const { space } = dynamics;
    const rotates = fastest(motion) === 0;
    const all = [...freeHamiltonian(dynamics), ...dynamics.hamiltonian];
    const laid = sparse(space, all);
    const hamiltonian = all.filter((_, k) => !rotates || !isFree(laid[k]!));
    this.coordinates = new Expansion(space, rotates ? motion.energy : new Float64Array(space.size));
    this.size = this.coordinates.size;
    this.#matrix = new LocalSum(squaredSpace(space), [
      ...hamiltonian.map((term) => turning(space, term)),
      ...allJumps(dynamics).flatMap(({ operator, rate }) => jumping(space, operator, rate.constant as number)),
    ]);
    this.centre = Math.min(0, this.#matrix.leastOfDiagonal()) / 2;
  }

  apply(factor: number, y: Float64Array, plus: Float64Array | undefined, out: Float64Array): void {
    this.#matrix.apply(factor, this.centre, y, plus, out);
  }
}

/** −iHρ + iρH: on real coefficients twice the imaginary part of Hρ. */
function turning(space: Space, { coefficient, factors }: Term): LocalPart {
  const { re, im } = constant(coefficient);
  const left = factors.map(({ system, matrix }) => ({
    system,
    matrix: onCoefficients(matrix, identityMatrix(matrix.size)),
  }));
  return localPart(space, left, 2 * im, 2 * re);
}

/** γ(LρL† − ½L†Lρ − ½ρL†L). */
function jumping(space: Space, L: Operator, gamma: number): LocalPart[] {
  const lost = product(adjoint(L), L).map(({ coefficient, factors }) => {
    const { re, im } = constant(coefficient);
    const left = factors.map(({ system, matrix }) => ({
      system,
      matrix: onCoefficients(matrix, identityMatrix(matrix.size)),
    }));
    return localPart(space, left, -gamma * re, gamma * im);
  });
  const gained = L.flatMap((one) =>
    L.map((other) => {
      const [a, b] = [constant(one.coefficient), constant(other.coefficient)];
      const re = a.re * b.re + a.im * b.im;
      const im = a.im * b.re - a.re * b.im;
      return localPart(space, between(space, one, other), gamma * re, -gamma * im);
    }),
  );
  return [...lost, ...gained];
}

/** AρB†, system by system. */
function between(space: Space, one: Term, other: Term): Factors {
  const systems = [...new Set([...one.factors, ...other.factors].map(({ system }) => system))].sort((p, q) => p - q);
  return systems.map((system) => {
    const of = ({ factors }: Term) =>
      factors.find((factor) => factor.system === system)?.matrix ?? identityMatrix(space.dimensions[system]!);
    return { system, matrix: onCoefficients(of(one), of(other)) };
  });
}

type Factors = readonly { readonly system: number; readonly matrix: ComplexMatrix }[];

/** fr·Re M + fi·Im M of a product M of maps of coefficients. */
function localPart(space: Space, factors: Factors, fr: number, fi: number): LocalPart {
  const systems = factors.map(({ system }) => system).sort((a, b) => a - b);
  const own = factors.map(({ system, matrix }) => ({ system: systems.indexOf(system), matrix }));
  const local = squaredSpace(partOf(space, systems));
  const [{ row, column, re, im }] = sparse(local, [{ coefficient: { re: 1, im: 0 }, factors: own }]) as [
    SparseOperator[number],
  ];
  return { systems, row, column, value: re.map((x, k) => fr * x + fi * im[k]!) };
}

/** Whether neither a coefficient nor a rate changes in time. */
export const isConstant = ({ hamiltonian, jumps }: Motion): boolean =>
  jumps.every(({ rate, L }) => rate.constant !== undefined && L.every(isSteady)) && hamiltonian.every(isSteady);

const isSteady = ({ coefficient }: SparseOperator[number]): boolean => isConstantCoefficient(coefficient);

/**
 * The fastest turning of what is constant in the laboratory, seen from the rotating frame: 0 if it is constant there too.
 * Entries of a jump that turn alike do nothing.
 */
function fastest({ energy, hamiltonian, jumps }: Motion): number {
  const turns = (a: SparseOperator) =>
    a.flatMap(({ row, column }) => Array.from(row, (i, k) => energy[i]! - energy[column[k]!]!));
  const largest = turns(hamiltonian).reduce((most, omega) => Math.max(most, Math.abs(omega)), 0);
  const found = jumps.reduce((most, { L }) => {
    const omegas = turns(L);
    return omegas.reduce((more, omega) => Math.max(more, Math.abs(omega - omegas[0]!)), most);
  }, largest);
  return found > 1e-12 * spread(energy) ? found : 0;
}

const spread = (energy: Float64Array): number =>
  energy.reduce((most, e) => Math.max(most, e), Number.NEGATIVE_INFINITY) -
  energy.reduce((least, e) => Math.min(least, e), Number.POSITIVE_INFINITY);

/** A product for the exponential is dearer the farther energies lie apart, a step in the rotating frame is not. */
const breakEven = 16;

/** Systems of more levels mix too many coefficients. */
const mostLevels = 5;

/** Whether the exponential costs less than steps in the rotating frame. */
export function suitsExponential({ space }: Dynamics, motion: Motion): boolean {
  if (space.dimensions.some((d) => d > mostLevels)) return false;
  const omega = fastest(motion);
  return omega === 0 || spread(motion.energy) <= breakEven * omega;
}
