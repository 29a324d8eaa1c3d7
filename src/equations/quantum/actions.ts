import type { Channel, Coupling, Gate, Operation, QuantumBlock } from "../../circuit/quantum/block.js";
import type { ComplexMatrix } from "../../numerics/linear/complex-matrix.js";
import type { Random } from "../../numerics/random.js";
import { krausOperators } from "../../quantum/channel-kinds.js";
import { couplingGate, couplingOperator } from "../../quantum/couplings.js";
import type { DensityMatrix } from "../../quantum/density-matrix.js";
import type { Dynamics } from "../../quantum/dynamics.js";
import { gateMatrix } from "../../quantum/gates.js";
import { type Ket, norm2, normalized } from "../../quantum/ket.js";
import { LocalAction, throughChannel } from "../../quantum/local-action.js";
import { type Operator, scaled } from "../../quantum/operator.js";
import type { Kick } from "../../quantum/propagators/digital.js";
import { constantRate } from "../../quantum/rates.js";
import type { Space } from "../../quantum/space.js";
import { channelMotion, gateMotion } from "../../quantum/step-motion.js";
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

/** What acts behind each step of length h, as the motion that does the same over a step: what it adds to a memristor's current. */
export const motionBehind = (block: QuantumBlock, h: number): Pick<Dynamics, "hamiltonian" | "jumps"> => ({
  hamiltonian: block.operations.flatMap((it) => (it.kind === "channel" ? [] : hamiltonianOf(it, block, h))),
  jumps: block.operations.flatMap((it) => {
    if (it.kind !== "channel" || it.when.kind !== "step") return [];
    const jumps = channelMotion(it.type, it.p, it.systems[0]!) ?? [];
    return jumps.map(({ operator, rate }) => ({ operator, rate: constantRate(rate / h) }));
  }),
});

function hamiltonianOf(it: Exclude<Operation, { kind: "channel" }>, { systems }: QuantumBlock, h: number): Operator {
  if (it.kind === "gate") {
    const [a = 0, b = a] = it.systems;
    const whole = it.when.kind === "step" ? gateMotion(it.type, it.angle ?? 0, a, b) : undefined;
    return whole === undefined ? [] : scaled(whole, 1 / h);
  }
  const delta = deltaOf(it);
  const kick = delta === undefined ? [] : scaled(couplingOperator(it.type, ...it.systems), delta / h);
  if (it.frame === "laboratory") return kick;
  return turning(
    kick,
    systems.map(({ omega }) => omega),
  );
}

const deltaOf = ({ strength }: Coupling): number | undefined =>
  strength.kind === "delta" ? strength.delta : undefined;

const krausOf = (it: Extract<Operation, Gate | Channel>): readonly ComplexMatrix[] =>
  it.kind === "gate" ? [gateMatrix(it.type, it.angle)] : krausOperators(it.type, it.p);
