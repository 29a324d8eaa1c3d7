import type { Columns } from "../../numerics/linear/columns.js";
import { type Choi, choiOf, fillChangeOf, fillChoiOf } from "./choi.js";
import type { Cost } from "./cost.js";
import type { Stack } from "./stacked.js";
import type { CostKind } from "./table-cost.js";
import type { Part } from "./tree.js";

/**
 * The cost of a network of channels as a function of one of them: f = Σ_x q_x² or Σ_x q_x, q_x = Tr O_x N(σ_x), where σ_x is
 * what the channel is given for row x of the truth table and O_x what a wrong answer is of what it gives. With
 * X_x = O_x ⊗ σ_xᵀ that is q_x = Σ_a s_a† X_x s_a over the Kraus operators s_a, written as vectors, so that the gradient is
 * 2 (Σ_x f'(q_x) X_x) s_a.
 */
export class NodeCost implements Cost {
  readonly rows: number;
  readonly count: number;
  readonly #choi: Choi;
  readonly #slope: Choi;

  /** @param X of each row of the truth table */
  constructor(
    part: Part,
    readonly X: Stack,
    readonly kind: CostKind,
  ) {
    this.rows = part.output * part.kraus;
    this.count = part.input;
    this.#choi = choiOf(part.input, part.output);
    this.#slope = choiOf(part.input, part.output);
  }

  at(S: Columns): number {
    fillChoiOf(S, this.#choi);
    let sum = 0;
    for (let at = 0; at < this.X.re.length; at += this.#choi.re.length) {
      const q = this.#wrong(at);
      sum += this.kind === "square" ? q * q : q;
    }
    return sum;
  }

  gradient(S: Columns, G: Columns): number {
    const sum = this.#slopeAt(S);
    G.re.fill(0);
    G.im.fill(0);
    this.#addApplied(S, G);
    return sum;
  }

  /** 2 Σ_x f'(q_x) X_x η_a + 2 Σ_x f''(q_x) dq_x X_x s_a, where q_x changes by dq_x = 2 Re Σ_a s_a† X_x η_a. */
  curvature(S: Columns, eta: Columns, H: Columns): void {
    this.#slopeAt(S);
    H.re.fill(0);
    H.im.fill(0);
    this.#addApplied(eta, H);
    if (this.kind === "linear") return;
    fillChangeOf(S, eta, this.#choi);
    this.#clearSlope();
    for (let at = 0; at < this.X.re.length; at += this.#choi.re.length) this.#addToSlope(at, 4 * this.#mean(at));
    this.#addApplied(S, H);
  }

  /** M = 2 Σ_x f'(q_x) X_x; returns f. */
  #slopeAt(S: Columns): number {
    this.#clearSlope();
    fillChoiOf(S, this.#choi);
    let sum = 0;
    for (let at = 0; at < this.X.re.length; at += this.#choi.re.length) {
      const q = this.#wrong(at);
      sum += this.kind === "square" ? q * q : q;
      this.#addToSlope(at, this.kind === "square" ? 4 * q : 2);
    }
    return sum;
  }

  #clearSlope(): void {
    this.#slope.re.fill(0);
    this.#slope.im.fill(0);
  }

  #addToSlope(at: number, weight: number): void {
    const { re, im } = this.#slope;
    for (let k = 0; k < re.length; k++) {
      re[k]! += weight * this.X.re[at + k]!;
      im[k]! += weight * this.X.im[at + k]!;
    }
  }

  /** q of the row whose X stands at `at`. */
  #wrong(at: number): number {
    return Math.max(0, this.#mean(at)); // what is below 0 is rounding
  }

  /** Tr XJ of that row. */
  #mean(at: number): number {
    const { re, im } = this.#choi;
    let sum = 0;
    for (let k = 0; k < re.length; k++) sum += this.X.re[at + k]! * re[k]! + this.X.im[at + k]! * im[k]!;
    return sum;
  }

  /** G += M·s_a for each Kraus operator. */
  #addApplied(S: Columns, G: Columns): void {
    const { input, output, re, im } = this.#slope;
    const [D, kraus] = [input * output, this.rows / output];
    for (let p = 0; p < D; p++) {
      const to = (p % input) * this.rows + Math.floor(p / input) * kraus;
      for (let q = 0; q < D; q++) {
        const from = (q % input) * this.rows + Math.floor(q / input) * kraus;
        const [x, y] = [re[p * D + q]!, im[p * D + q]!];
        for (let a = 0; a < kraus; a++) {
          G.re[to + a]! += x * S.re[from + a]! - y * S.im[from + a]!;
          G.im[to + a]! += x * S.im[from + a]! + y * S.re[from + a]!;
        }
      }
    }
  }
}
