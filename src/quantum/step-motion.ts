import type { ChannelKind } from "./channel-kinds.js";
import type { GateKind } from "./gates.js";
import { projector, sm, sx, sy, sz } from "./local-operators.js";
import { type Operator, operator, scaled } from "./operator.js";

// What acts at once behind each step, as the motion that would do the same over a step: gates by their Hamiltonians, channels by
// jumps. In gates |e⟩ is |1⟩, so that their Y and Z are −σy and −σz.

const excited = projector(2, 0);

/** K with exp(−iθK) the gate. */
const rotations: Partial<Record<GateKind, (a: number, b: number) => Operator>> = {
  rx: (a) => operator(0.5, [a, sx]),
  ry: (a) => operator(-0.5, [a, sy]),
  rz: (a) => operator(-0.5, [a, sz]),
  p: (a) => operator(-1, [a, excited]),
  rxx: (a, b) => operator(0.5, [a, sx], [b, sx]),
  ryy: (a, b) => operator(0.5, [a, sy], [b, sy]),
  rzz: (a, b) => operator(0.5, [a, sz], [b, sz]),
  crx: (a, b) => operator(0.5, [a, excited], [b, sx]),
  cry: (a, b) => operator(-0.5, [a, excited], [b, sy]),
  crz: (a, b) => operator(-0.5, [a, excited], [b, sz]),
};

const { PI } = Math;
/** H with exp(−iH) the gate, but for a phase of no effect. Half a turn has no direction: those that are one have no place here. */
const fixed: Partial<Record<GateKind, (a: number, b: number) => Operator>> = {
  y: (a) => operator(PI / 2, [a, sy]),
  s: (a) => operator(-PI / 2, [a, excited]),
  sdg: (a) => operator(PI / 2, [a, excited]),
  t: (a) => operator(-PI / 4, [a, excited]),
  tdg: (a) => operator(PI / 4, [a, excited]),
  iswap: (a, b) => [...operator(-PI / 4, [a, sx], [b, sx]), ...operator(-PI / 4, [a, sy], [b, sy])],
};

/** The Hamiltonian, times the length of a step, that is a gate; undefined where the gate is half a turn. */
export function gateMotion(kind: GateKind, angle: number, a: number, b: number): Operator | undefined {
  const rotation = rotations[kind];
  return rotation === undefined ? fixed[kind]?.(a, b) : scaled(rotation(a, b), angle);
}

/** Jumps and what their rates are, times the length of a step; undefined where no decay over a finite time is the channel. */
export function channelMotion(
  kind: ChannelKind,
  p: number,
  system: number,
): readonly { readonly operator: Operator; readonly rate: number }[] | undefined {
  const flips = kind === "bitflip" || kind === "phaseflip";
  const left = flips ? 1 - 2 * p : 1 - p;
  if (!(left > 0)) return undefined;
  const rate = -Math.log(left);
  const by = (part: number, ...matrices: readonly (typeof sx)[]) =>
    matrices.map((matrix) => ({ operator: operator(1, [system, matrix]), rate: rate * part }));
  switch (kind) {
    case "damping":
      return by(1, sm);
    case "dephasing":
      return by(1 / 4, sz);
    case "depolarizing":
      return by(1 / 4, sx, sy, sz);
    case "bitflip":
      return by(1 / 2, sx);
    case "phaseflip":
      return by(1 / 2, sz);
  }
}
