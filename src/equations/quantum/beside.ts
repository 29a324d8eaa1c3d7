import type { LcCircuit, PhotonicMemristor, QuantumBlock } from "../../circuit/quantum/block.js";
import { DampingMap } from "../../quantum/damping-map.js";
import { copyOf, type DensityMatrix } from "../../quantum/density-matrix.js";
import type { Dynamics } from "../../quantum/dynamics.js";
import { FeedbackWindow, follow } from "../../quantum/feedback-window.js";
import type { LcMemristor } from "../../quantum/lc-memristor.js";
import type { FollowedMode } from "../../quantum/propagators/followed.js";
import { NegativeRate, UnknownRate } from "../../quantum/rates.js";
import { lawOf } from "./operators.js";

/** What is told of beside the register's state. */
export interface Beside {
  /** Of the block's photonic memristors. */
  readonly windows: readonly FeedbackWindow[];
  /** The unknowns of the block's LC circuits at a time of the output. */
  readonly circuits: readonly ((t: number) => Float64Array)[];
  /** ∫dy of the block's monitors, at present. */
  readonly records: Float64Array;
}

/** The window of a photonic memristor, with no past yet. */
export const windowOf = ({ window: T, history }: PhotonicMemristor): FeedbackWindow =>
  new FeedbackWindow(T, history === "periodic" ? -T : 0);

/** Takes an input that is a law of time into its window, up to a time; does nothing for a mode, which the run itself follows. */
export function* followInput(
  window: FeedbackWindow,
  { input }: PhotonicMemristor,
  until: number,
): Generator<undefined, void, undefined> {
  if (input.kind === "mode") return;
  const law = lawOf(input.nin);
  const corners = input.nin.kind === "law" ? input.nin.law.breakpoints : [];
  yield* follow(window, typeof law === "number" ? () => law : law, until, corners);
}

/** Windows that the run itself feeds. */
export const followedModes = (block: QuantumBlock, windows: readonly FeedbackWindow[]): readonly FollowedMode[] =>
  block.photonics.flatMap(({ input }, k) =>
    input.kind === "mode" ? [{ window: windows[k]!, system: input.system }] : [],
  );

/** Corners of the inputs, and where they leave the windows: there R bends. */
export const cornersOfWindows = ({ photonics }: QuantumBlock): readonly number[] =>
  photonics.flatMap(({ input, window }) => {
    const corners = input.kind === "drive" && input.nin.kind === "law" ? input.nin.law.breakpoints : [];
    return corners.flatMap((t) => [t, t + window]);
  });

/** What leaves the beam splitters of a register's state: each mode damped by 1 − R, each photon lost with probability R. */
export function behindSplitters(block: QuantumBlock, dynamics: Dynamics, windows: readonly FeedbackWindow[]) {
  const maps = followedModes(block, windows).map(({ window, system }) => ({
    window,
    map: new DampingMap(dynamics, system),
  }));
  return (t: number, rho: DensityMatrix): DensityMatrix => {
    if (maps.length === 0) return rho;
    const left = copyOf(rho);
    for (const { map, window } of maps) map.apply(left, -Math.log1p(-window.reflectivity(t)), 0);
    return left;
  };
}

/** n_in of a photonic memristor. */
export function photonsInto({ input }: PhotonicMemristor, photons: (system: number, rho: DensityMatrix) => number) {
  if (input.kind === "mode") return (_t: number, rho: DensityMatrix) => photons(input.system, rho);
  const law = lawOf(input.nin);
  return (t: number): number => (typeof law === "number" ? law : law(t));
}

/** The equation's numbers of an LC circuit; its rate must not turn negative. */
export function lcMemristorOf(it: LcCircuit, hbar: number): LcMemristor {
  const rate = rateOf(it);
  return {
    capacitance: it.capacitance,
    inductance: it.inductance,
    hbar,
    strength: it.strength,
    diffusion: it.diffusion,
    rate(memory, t) {
      const value = rate(memory, t);
      if (!Number.isFinite(value)) throw new UnknownRate(t);
      if (value < 0) throw new NegativeRate(t, value);
      return value;
    },
  };
}

function rateOf({ rate }: LcCircuit): (memory: number, t: number) => number {
  let present = 0;
  const law = lawOf(rate, () => (_t, u) => u.fill(present)); // it reads its memory, and nothing else
  return (memory, t) => {
    present = memory;
    return typeof law === "number" ? law : law(t);
  };
}
