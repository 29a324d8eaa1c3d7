import type { ModeAction, OscillatorState, QuantumBlock } from "../../circuit/quantum/block.js";
import type { Operator } from "../../circuit/quantum/operator.js";
import { zeroMatrix } from "../../numerics/linear/complex-matrix.js";
import { type GaussianKind, gaussianMap, type Moments, mapMoments, pullBack, slopeOf } from "../../quantum/gaussian.js";
import { operator as operatorOfOne } from "../../quantum/operator.js";
import { spaceOf } from "../../quantum/space.js";
import { type Watched, WatchedOperator } from "../../quantum/watched.js";
import type { Span } from "../../text/source.js";
import { type AngleLaw, addByChain, angleLaws, idleWeight, readsWeight, setAngles } from "./angle-laws.js";
import type { BlockModel, ModelProblem } from "./block-model.js";
import { quadraticForm } from "./quadratic-form.js";

type Placed = Pick<ModeAction, "systems" | "law" | "angle"> & { readonly type: GaussianKind };

/**
 * The gates that act on oscillators at a block's start as functions of its weights and features, without levels: what they
 * make of means and covariances. Slopes are carried back through the gates once, as O is (`pullBack`).
 */
export class GaussianModel implements BlockModel {
  readonly #gates: readonly Placed[];
  readonly #start: Moments;
  readonly #laws: readonly AngleLaw[];
  /** The law of each gate that follows a weight. */
  readonly #moved: readonly (AngleLaw | undefined)[];
  readonly #angles: Float64Array;
  /** Moments behind each gate. */
  readonly #behind: readonly Moments[];
  #last: Moments;

  /** @param block one that `isGaussianBlock`, and of which `gaussianProblems` has nothing to say */
  constructor(readonly block: QuantumBlock) {
    this.#gates = actionsAtStart(block).flatMap((it) => (isGaussian(it.type) ? [{ ...it, type: it.type }] : []));
    this.#start = momentsOf(block);
    this.#laws = angleLaws(this.#gates);
    this.#moved = this.#gates.map((it, k) =>
      readsWeight(it, block) ? this.#laws.find(({ gate }) => gate === k) : undefined,
    );
    this.#angles = Float64Array.from(this.#gates, ({ angle }) => angle);
    this.#behind = this.#gates.map(() => this.#start.slice());
    this.#last = this.#start;
  }

  run(numbers: Float64Array): void {
    setAngles(this.#laws, numbers, this.#angles);
    let M = this.#start;
    for (const [k, { type, systems }] of this.#gates.entries()) {
      this.#behind[k]!.set(M);
      M = this.#behind[k]!;
      mapMoments(M, gaussianMap(type, systems, this.#angles[k]!));
    }
    this.#last = M;
  }

  mean(watched: Watched): number {
    return watched.valueIn(asMatrix(this.#last));
  }

  probabilities(): void {
    throw new Error(`the block ${this.block.name} has no qubits that could be measured`);
  }

  addSlopes(watched: Watched, _: "adjoint" | "shift", out: Float64Array): void {
    const form = zeroMatrix(Math.sqrt(this.#start.length));
    watched.addTo(form, 1);
    const O = form.re;
    for (let k = this.#gates.length - 1; k >= 0; k--) {
      const gate = this.#gates[k]!;
      const law = this.#moved[k];
      if (law !== undefined && gate.type !== "loss")
        addByChain(law, slopeOf(gate.type, gate.systems, this.#behind[k]!, O), out);
      pullBack(O, gaussianMap(gate.type, gate.systems, this.#angles[k]!));
    }
  }

  /** As a matrix whose trace with the moments is its mean. */
  watched(operator: Operator): WatchedOperator {
    const { systems, units } = this.block;
    const form = quadraticForm(operator, systems, units.hbar);
    return new WatchedOperator(spaceOf(form.size), operatorOfOne(1, [0, form]));
  }
}

const asMatrix = (M: Moments) => ({ size: Math.sqrt(M.length), re: M, im: new Float64Array(M.length) });

const isGaussian = (type: ModeAction["type"]): type is GaussianKind => type !== "kerr";

export const actionsAtStart = ({ operations }: QuantumBlock): readonly ModeAction[] =>
  operations.flatMap((it) => (it.kind === "mode" && it.when.kind === "start" ? [it] : []));

/** The moments that a block's oscillators start with. */
function momentsOf({ systems }: QuantumBlock): Moments {
  const size = 2 * systems.length + 1;
  const M = new Float64Array(size * size);
  M[0] = 1;
  for (const [k, { state }] of systems.entries()) {
    const { mean, variance } = "kind" in state ? ofState(state) : vacuum;
    for (const [i, value] of mean.entries()) {
      const place = 1 + 2 * k + i;
      M[place] = value;
      M[place * size] = value;
      M[place * (size + 1)] = variance[i]!;
      for (const [j, other] of mean.entries()) M[place * size + 1 + 2 * k + j]! += value * other;
      for (let before = 1; before < 1 + 2 * k; before++)
        M[place * size + before] = M[before * size + place] = value * M[before]!;
    }
  }
  return M;
}

interface Spread {
  readonly mean: readonly [x: number, p: number];
  readonly variance: readonly [xx: number, pp: number];
}

const vacuum: Spread = { mean: [0, 0], variance: [0.5, 0.5] };

function ofState(state: OscillatorState): Spread {
  switch (state.kind) {
    case "coherent":
      return { ...vacuum, mean: [Math.SQRT2 * state.re, Math.SQRT2 * state.im] };
    case "squeezed":
      return { ...vacuum, variance: [Math.exp(-2 * state.r) / 2, Math.exp(2 * state.r) / 2] };
    case "thermal":
      return { ...vacuum, variance: [state.mean + 0.5, state.mean + 0.5] };
    default:
      return vacuum; // of others it is not `isGaussianBlock`
  }
}

const startsGaussian = (state: OscillatorState): boolean =>
  (state.kind === "coherent" && state.cat === undefined) ||
  (state.kind === "fock" && state.level === 0) ||
  state.kind === "squeezed" ||
  state.kind === "thermal";

/** Whether means and covariances say all of what a block of oscillators does at its start. */
export const isGaussianBlock = ({ systems, joint, operations }: QuantumBlock): boolean =>
  joint.length === 0 &&
  systems.every((it) => it.kind === "oscillator" && startsGaussian(it.state)) &&
  operations.every((it) => it.kind !== "mode" || it.when.kind !== "start" || it.type !== "kerr");

/** Why a training cannot follow a block of oscillators by their means and covariances. */
export function gaussianProblems(block: QuantumBlock): readonly ModelProblem[] {
  const found: ModelProblem[] = [];
  const add = (code: string, message: string, span: Span, help?: string) =>
    found.push({ code, message, span, ...(help !== undefined && { help }) });
  for (const it of block.operations) {
    if (it.kind === "coupling" || it.when.kind === "step") continue;
    if (it.kind === "mode" && it.law !== undefined && it.when.kind !== "start")
      add(
        "no-effect",
        "A training follows the gates at the start, not one that acts later.",
        it.span,
        "take `at=` away.",
      );
    if (it.kind === "channel" && it.when.kind === "start")
      add(
        "not-gaussian",
        `A training of oscillators follows Gaussian states, not through the channel \`${it.name}\`.`,
        it.span,
      );
  }
  const idle = idleWeight(block, actionsAtStart(block));
  if (idle !== undefined && found.length === 0)
    add("no-effect", `No gate at the start follows the weight \`${idle.name}\`: a training cannot move it.`, idle.span);
  return found;
}
