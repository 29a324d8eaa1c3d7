import type { Channel, Coupling, Gate, Operation, QuantumBlock } from "../../circuit/quantum/block.js";
import type { Random } from "../../numerics/random.js";
import { type AppliedChannel, appliedChannel, type ChannelSide } from "../../quantum/applied-channel.js";
import { krausOperators } from "../../quantum/channel-kinds.js";
import { couplingGate, couplingOperator } from "../../quantum/couplings.js";
import { type DensityMatrix, trace } from "../../quantum/density-matrix.js";
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
import type { BuiltChannels } from "../channels/built.js";
import { modeAction } from "./mode-action.js";

/** Something that acts at once, at a time: 0 is the start. */
export interface Action {
  readonly time: number;
  act(rho: DensityMatrix): DensityMatrix;
  /** On a ket: of a channel one of its Kraus operators acts, as probable as it leaves |Aψ|². */
  actOn(ket: Ket, random: Random): Ket;
}

/** Gates and channels that act once, by time; at one time in the order of their cards. */
export function actionsOf(block: QuantumBlock, space: Space, channels: BuiltChannels): readonly Action[] {
  const once = block.operations.flatMap((it) => {
    if (it.kind === "coupling" || it.when.kind === "step") return [];
    const { systems, kraus: matrices } = it.kind === "mode" ? modeAction(it, block) : krausOf(it, block, channels);
    const kraus = matrices.map((matrix) => new LocalAction(space, systems, matrix));
    const time = it.when.kind === "at" ? it.when.time : 0;
    const through = (rho: DensityMatrix) => throughChannel(kraus, rho);
    const act = it.kind === "mode" ? (rho: DensityMatrix) => wholeAgain(through(rho)) : through;
    return [{ time, act, actOn: (ket: Ket, random: Random) => oneOf(kraus, ket, random) }];
  });
  return once.sort((a, b) => a.time - b.time);
}

/** Divided by its trace: what a gate leads above the highest level is lost, as of a state that is cut there. */
function wholeAgain(rho: DensityMatrix): DensityMatrix {
  const left = trace(rho);
  return { ...rho, re: rho.re.map((value) => value / left), im: rho.im.map((value) => value / left) };
}

function oneOf(kraus: readonly LocalAction[], ket: Ket, random: Random): Ket {
  const results = kraus.map((one) => one.on(ket));
  let rest = results.length === 1 ? 0 : random.uniform() * results.reduce((sum, it) => sum + norm2(it), 0);
  return normalized(results.find((it) => (rest -= norm2(it)) < 0) ?? results.at(-1)!);
}

/** What acts behind each digital step, in the order of the cards. */
export const kicksOf = (block: QuantumBlock, channels: BuiltChannels): readonly Kick[] =>
  block.operations.flatMap((it): readonly Kick[] => {
    if (it.kind === "coupling") {
      const delta = deltaOf(it);
      if (delta === undefined) return [];
      return [{ systems: it.systems, kraus: [couplingGate(it.type, delta)], frame: it.frame }];
    }
    return it.kind !== "mode" && it.when.kind === "step"
      ? [{ ...krausOf(it, block, channels), frame: "laboratory" }]
      : [];
  });

/** What acts behind each step of length h, as the motion that does the same over a step: what it adds to a memristor's current. */
export const motionBehind = (block: QuantumBlock, h: number): Pick<Dynamics, "hamiltonian" | "jumps"> => ({
  hamiltonian: block.operations.flatMap((it) =>
    it.kind === "coupling" || it.kind === "gate" ? hamiltonianOf(it, block, h) : [],
  ),
  jumps: block.operations.flatMap((it) => {
    if (it.kind !== "channel" || it.when.kind !== "step" || it.map.kind === "named") return [];
    const jumps = channelMotion(it.map.type, it.map.p, it.systems[0]!) ?? [];
    return jumps.map(({ operator, rate }) => ({ operator, rate: constantRate(rate / h) }));
  }),
});

function hamiltonianOf(
  it: Extract<Operation, { kind: "coupling" | "gate" }>,
  { systems }: QuantumBlock,
  h: number,
): Operator {
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

function krausOf(
  it: Extract<Operation, Gate | Channel>,
  { systems: all }: QuantumBlock,
  channels: BuiltChannels,
): AppliedChannel {
  const { systems } = it;
  if (it.kind === "gate") return { systems, kraus: [gateMatrix(it.type, it.angle)] };
  if (it.map.kind === "standard") return { systems, kraus: krausOperators(it.map.type, it.map.p) };
  const side = (system: number): ChannelSide => {
    const { kind, dimension: levels } = all[system]!;
    return { system, levels, isReversed: kind === "qubit" };
  };
  const { channel } = channels.at(it.map.channel)!; // those that cannot be made are errors of the netlist
  return appliedChannel(channel, it.map.from.map(side), it.map.to.map(side));
}
