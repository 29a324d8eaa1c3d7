import type { ComplexMatrix } from "../../numerics/linear/complex-matrix.js";
import { copyOf, type DensityMatrix } from "../density-matrix.js";
import type { Dynamics } from "../dynamics.js";
import { LocalAction, throughChannel } from "../local-action.js";
import { offsetsOf } from "../space.js";
import { freeMaps } from "./exact.js";
import { type Carried, type Carrier, caught, type Observer, type Tally } from "./propagator.js";
import { exactLimit, Watch } from "./watch.js";

/** What acts at once behind each step: a unitary matrix, or the Kraus operators of a channel. */
export interface Kick {
  /** In the order of the matrices' Kronecker factors. */
  readonly systems: readonly number[];
  readonly kraus: readonly ComplexMatrix[];
  /** `laboratory`: it acts on ρ. `rotating`: on what ρ is without free motion, as if all turned with the systems. */
  readonly frame: "laboratory" | "rotating";
}

/**
 * The digital simulation of coupled memristors: step by step the exact free motion and damping of each system, then the
 * kicks in their order, ρ ← Σ A ρ A†. The times that are asked for are the ends of the steps.
 *
 * Y.-M. Guo, F. Albarrán-Arriagada, H. Alaeian, E. Solano and G. Alvarado Barrios, Physical Review Applied 18, 024082
 * (2022). It does not print the frame of the coupling: the laboratory's gives its figures, the rotating one does not.
 */
export function digital(dynamics: Dynamics, kicks: readonly Kick[]): Carrier {
  const move = freeMaps(dynamics);
  const kick = kicks.map((one) => kicker(dynamics, one));
  return { carry: (rho, t0, times, observe, tally) => caught(carry(move, kick, rho, t0, times, observe, tally)) };
}

type Kicker = (rho: DensityMatrix, t: number) => DensityMatrix;

function* carry(
  move: ReturnType<typeof freeMaps>,
  kick: readonly Kicker[],
  start: DensityMatrix,
  t0: number,
  times: Float64Array,
  observe: Observer,
  tally: Tally = { steps: 0 },
): Generator<undefined, Carried, undefined> {
  let rho = copyOf(start);
  const watch = new Watch(rho.size, times.length, exactLimit);
  let t = t0;
  for (const next of times) {
    if (next > t) {
      move(rho, t, next);
      for (const act of kick) rho = act(rho, next);
      tally.steps++;
    }
    watch.look(next, rho);
    observe(next, rho);
    t = next;
    yield;
  }
  return { outcome: "reached", rho };
}

function kicker(dynamics: Dynamics, { systems, kraus, frame }: Kick): Kicker {
  const action = (matrix: ComplexMatrix) => new LocalAction(dynamics.space, systems, matrix);
  if (frame === "laboratory") {
    const actions = kraus.map(action);
    return (rho) => (actions.length === 1 ? actions[0]!.onBothSides(rho) : throughChannel(actions, rho));
  }
  const energy = localEnergies(dynamics, systems);
  return (rho, t) =>
    throughChannel(
      kraus.map((matrix) => action(turned(matrix, energy, t))),
      rho,
    );
}

/** H₀ of some systems, which is diagonal: size of their matrices. */
function localEnergies({ space, systems: all }: Dynamics, systems: readonly number[]): Float64Array {
  const index = offsetsOf(space, systems);
  return Float64Array.from(index, (at) =>
    systems.reduce((sum, k) => {
      const level = Math.floor(at / space.strides[k]!) % space.dimensions[k]!;
      const { kind, omega } = all[k]!;
      return sum + omega * (kind === "qubit" ? 0.5 - level : level);
    }, 0),
  );
}

/** e^{−iH₀t} A e^{iH₀t}. */
export function turned({ size, re, im }: ComplexMatrix, energy: Float64Array, t: number): ComplexMatrix {
  const result = { size, re: new Float64Array(size * size), im: new Float64Array(size * size) };
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      const angle = (energy[j]! - energy[i]!) * t;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      result.re[at] = re[at]! * c - im[at]! * s;
      result.im[at] = re[at]! * s + im[at]! * c;
    }
  }
  return result;
}
