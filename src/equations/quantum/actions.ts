import type { Channel, Coupling, Gate, Operation, QuantumBlock } from "../../circuit/quantum/block.js";
import type { ComplexMatrix } from "../../numerics/linear/complex-matrix.js";
import type { Random } from "../../numerics/random.js";
import { couplingGate, couplingOperator } from "../../quantum/couplings.js";
import type { DensityMatrix } from "../../quantum/density-matrix.js";
import { gateMatrix, krausOperators } from "../../quantum/gates.js";
import { type Ket, norm2, normalized } from "../../quantum/ket.js";
import { LocalAction, throughChannel } from "../../quantum/local-action.js";
import { type Operator, scaled } from "../../quantum/operator.js";
import type { Kick } from "../../quantum/propagators/digital.js";
import type { Space } from "../../quantum/space.js";
import { turning } from "../../quantum/turning.js";

/** Something that acts at once, at a time: 0 is the start. */
export interface Action {
  readonly time: number;
  act(rho: DensityMatrix): DensityMatrix;
  /** On a ket: of a channel one of its Kraus operators acts, as probable as it leaves |Aψ|². */
  actOn(ket: Ket, random: Random): Ket;
}

/** Gates and channels that act once, by time; at one time in the order of their cards. */
export function actionsOf({ operations }: QuantumBlock, space: Space): readonly Action[] {
  const once = operations.flatMap((it) => {
    if (it.kind === "coupling" || it.when.kind === "step") return [];
    const kraus = krausOf(it).map((matrix) => new LocalAction(space, it.systems, matrix));
    const time = it.when.kind === "at" ? it.when.time : 0;
    const act = (rho: DensityMatrix) => throughChannel(kraus, rho);
    return [{ time, act, actOn: (ket: Ket, random: Random) => oneOf(kraus, ket, random) }];
  });
  return once.sort((a, b) => a.time - b.time);
}

function oneOf(kraus: readonly LocalAction[], ket: Ket, random: Random): Ket {
  const results = kraus.map((one) => one.on(ket));
  let rest = results.length === 1 ? 0 : random.uniform() * results.reduce((sum, it) => sum + norm2(it), 0);
  return normalized(results.find((it) => (rest -= norm2(it)) < 0) ?? results.at(-1)!);
}

/** What acts behind each digital step, in the order of the cards. */
export const kicksOf = ({ operations }: QuantumBlock): readonly Kick[] =>
  operations.flatMap((it): readonly Kick[] => {
    if (it.kind === "coupling") {
      const delta = deltaOf(it);
      if (delta === undefined) return [];
      return [{ systems: it.systems, kraus: [couplingGate(it.type, delta)], frame: it.frame }];
    }
    return it.when.kind === "step" ? [{ systems: it.systems, kraus: krausOf(it), frame: "laboratory" }] : [];
  });

/** Σ δK/h of the couplings behind each step of length h, as a Hamiltonian: what they add to a memristor's current. */
export const kickHamiltonian = ({ operations, systems }: QuantumBlock, h: number): Operator =>
  operations.flatMap((it) => {
    const delta = it.kind === "coupling" ? deltaOf(it) : undefined;
    if (it.kind !== "coupling" || delta === undefined) return [];
    const kick = scaled(couplingOperator(it.type, ...it.systems), delta / h);
    if (it.frame === "laboratory") return kick;
    return turning(
      kick,
      systems.map(({ omega }) => omega),
    );
  });

const deltaOf = ({ strength }: Coupling): number | undefined =>
  strength.kind === "delta" ? strength.delta : undefined;

const krausOf = (it: Extract<Operation, Gate | Channel>): readonly ComplexMatrix[] =>
  it.kind === "gate" ? [gateMatrix(it.type, it.angle)] : krausOperators(it.type, it.p);
