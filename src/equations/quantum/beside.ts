import type { LcCircuit, PhotonicMemristor, QuantumBlock } from "../../circuit/quantum/block.js";
import { DampingMap } from "../../quantum/damping-map.js";
import { copyOf, type DensityMatrix } from "../../quantum/density-matrix.js";
import type { Dynamics } from "../../quantum/dynamics.js";
import { FeedbackWindow, follow } from "../../quantum/feedback-window.js";
import type { LcMemristor } from "../../quantum/lc-memristor.js";
import type { FollowedMode } from "../../quantum/propagators/followed.js";
import { NegativeRate, UnknownRate } from "../../quantum/rates.js";
import { lawOf, type ReadingsOf } from "./operators.js";

/** What is told of beside the register's state. */
export interface Beside {
  /** Of the block's photonic memristors. */
  readonly windows: readonly Window[];
  /** The unknowns of the block's LC circuits at a time of the output. */
  readonly circuits: readonly ((t: number) => Float64Array)[];
  /** ∫dy of the block's monitors, at present. */
  readonly records: Float64Array;
}

/** What tells R. */
export interface Window {
  reflectivity(t: number): number;
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
export const followedModes = (block: QuantumBlock, windows: readonly Window[]): readonly FollowedMode[] =>
  ofModes(block, windows).flatMap(({ window, system }) =>
    window instanceof FeedbackWindow ? [{ window, system }] : [],
  );

const ofModes = ({ photonics }: QuantumBlock, windows: readonly Window[]) =>
  photonics.flatMap(({ input }, k) => (input.kind === "mode" ? [{ window: windows[k]!, system: input.system }] : []));

/** Corners of the inputs, and where they leave the windows: there R bends. */
export const cornersOfWindows = ({ photonics }: QuantumBlock): readonly number[] =>
  photonics.flatMap(({ input, window }) => {
    const corners = input.kind === "drive" && input.nin.kind === "law" ? input.nin.law.breakpoints : [];
    return corners.flatMap((t) => [t, t + window]);
  });

/** What leaves the beam splitters of a register's state: each mode damped by 1 − R, each photon lost with probability R. */
export function behindSplitters(block: QuantumBlock, dynamics: Dynamics, windows: readonly Window[]) {
  const maps = ofModes(block, windows).map(({ window, system }) => ({
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
export function photonsInto(
  { input }: PhotonicMemristor,
  photons: (system: number, rho: DensityMatrix) => number,
  readings?: ReadingsOf,
) {
  if (input.kind === "mode") return (_t: number, rho: DensityMatrix) => photons(input.system, rho);
  const law = lawOf(input.nin, readings);
  return (t: number): number => (typeof law === "number" ? law : law(t));
}

/** The equation's numbers of an LC circuit; its rate must not turn negative. */
export function lcMemristorOf(it: LcCircuit, hbar: number, readings?: ReadingsOf): LcMemristor {
  const rate = memoryRate(it, readings);
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

/** γ(µ, t). */
export function memoryRate({ rate }: LcCircuit, readings?: ReadingsOf): (memory: number, t: number) => number {
  let present = 0;
  const inputs = rate.kind === "number" ? [] : rate.inputs;
  const own = inputs.flatMap(({ kind }, k) => (kind === "memory" ? [k] : []));
  const law = lawOf(rate, () => {
    const others = readings?.(rate);
    return (t, u) => {
      others?.(t, u);
      for (const k of own) u[k] = present;
    };
  });
  return (memory, t) => {
    present = memory;
    return typeof law === "number" ? law : law(t);
  };
}
