import type { QuantumBlock } from "../../circuit/quantum/block.js";
import { observed, type Read, type Sought } from "../../equations/quantum/observables.js";
import { adjoint, combined } from "../../numerics/linear/complex-matrix.js";
import type { Dynamics } from "../../quantum/dynamics.js";
import { InjectedRegister } from "../../quantum/injected-register.js";
import { freeHamiltonian } from "../../quantum/motion.js";
import { denseOf, isSteady, unitaryOf } from "../../quantum/unitary.js";
import type { Sampling } from "../sampling.js";

/** Larger registers have no functionals of all their states. */
const mostStates = 64;

/**
 * The run of a closed register whose one input is the state of a qubit, where mean values of constant operators alone are
 * asked for; undefined for all others.
 */
export function injectedRun(
  block: QuantumBlock,
  dynamics: Dynamics,
  sought: readonly Sought[],
  read: Read,
  { rows, parts, period, episode }: Sampling,
): { readonly name: string; go(found: readonly Float64Array[]): Generator<number, undefined> } | undefined {
  const [input, more] = block.inputs;
  const { space } = dynamics;
  const hamiltonian = [...freeHamiltonian(dynamics), ...dynamics.hamiltonian];
  if (input?.kind !== "state" || more !== undefined || space.size > mostStates || space.size < 4) return undefined;
  if (dynamics.dampings.length + dynamics.jumps.length > 0 || !isSteady(hamiltonian)) return undefined;
  const observables = sought.map((of) => meanOf(of, read));
  if (!observables.every((it) => it !== undefined)) return undefined;
  const { system, values } = input;
  return {
    name: "injected",
    *go(found) {
      const U = unitaryOf(space, hamiltonian, period / parts);
      const register = new InjectedRegister(read.start, system, U, parts, observables);
      let seen = 0;
      const write = (means: Float64Array): void => {
        for (const [k, column] of found.entries())
          for (let part = 0; part < parts; part++) column[seen * parts + part] = means[part * found.length + k]!;
        seen++;
      };
      for (let row = 0; row < rows; row++) {
        if (episode !== undefined && row % episode === 0) register.restart(read.start);
        if ((episode === undefined || (row + 1) % episode === 0) && register.keep(values[row]!)) {
          register.read(write);
          yield seen;
        }
        register.advance(values[row]!);
      }
      register.read(write);
      yield seen;
      return undefined;
    },
  };
}

/** The Hermitian matrix whose mean value an observable is; undefined if it is none, or follows time. */
function meanOf(of: Sought, read: Read) {
  const seen = observed(of, read);
  const [part, more] = seen.kind === "means" ? seen.parts : [];
  if (part === undefined || more !== undefined || part.part !== "re" || !isSteady(part.operator)) return undefined;
  const matrix = denseOf(read.dynamics.space, part.operator);
  return combined(0.5, matrix, 0.5, adjoint(matrix));
}
