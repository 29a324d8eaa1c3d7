import type { Step } from "./circuit-steps.js";
import { type GateKind, gateMatrix } from "./gates.js";

// One file, for the kernels share their pairs and are read side by side. Each kind has its own `apply` and `undo`, alike as they are:
// with one for all in a base class V8 finds four ways to turn at one call, and a training takes a tenth longer.

/** Two planes of amplitudes, size D. */
export interface Amplitudes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * A step of a circuit in the form in which it is done, on pairs (i, i + target) of amplitudes, the target's |e⟩ = |1⟩ first,
 * where the control is |1⟩. One loop for each kind: most of a training is spent here, and a turn about y or z takes half of
 * what a complex matrix takes.
 */
export interface Kernel {
  /** The gate that it is of; fixed gates that were put together have the first one's. */
  readonly gate: number;
  /** For the shifts of a controlled turn. */
  readonly isControlled: boolean;
  /** Keeps an angle, rad; those of gates without one are not looked at. */
  turn(angle: number): void;
  apply(psi: Amplitudes): void;
  /** U†. */
  undo(psi: Amplitudes): void;
  /** 2 Re⟨λ|dU/dθ|ψ⟩, of both behind the gate: dU/dθ is a constant times U. */
  slope(psi: Amplitudes, lambda: Amplitudes): number;
}

const diagonals: readonly GateKind[] = ["z", "s", "sdg", "t", "tdg"];

/** The kernels of steps, in their order; what is diagonal and follows no angle is one table as long as nothing else comes between. */
export function kernelsOf(steps: readonly Step[], size: number): readonly Kernel[] {
  const kernels: Kernel[] = [];
  for (const step of steps) {
    const last = kernels.at(-1);
    if (!diagonals.includes(step.type)) kernels.push(kernelOf(step, size));
    else if (last instanceof Table) last.take(step);
    else kernels.push(new Table(step, size));
  }
  return kernels;
}

function kernelOf(step: Step, size: number): Kernel {
  switch (step.type) {
    case "rx":
      return new TurnX(step, size);
    case "ry":
      return new TurnY(step, size);
    case "rz":
      return new TurnZ(step, size);
    case "p":
      return new Phase(step, size);
    default:
      return new Fixed(step, size);
  }
}

/** Where a kernel's pairs are. */
class Pairs {
  readonly gate: number;
  readonly isControlled: boolean;
  /** The first of each pair. */
  protected readonly first: Int32Array;
  protected readonly target: number;
  protected c = 1;
  protected s = 0;

  constructor({ gate, target, control }: Step, size: number) {
    this.gate = gate;
    this.isControlled = control !== 0;
    this.target = target;
    this.first = Int32Array.from({ length: size }, (_, i) => i).filter(
      (i) => (i & target) === 0 && (i & control) === 0,
    );
  }

  turn(angle: number): void {
    this.c = Math.cos(angle / 2);
    this.s = Math.sin(angle / 2);
  }
}

/** e ← c·e + s·g, g ← c·g − s·e. */
class TurnY extends Pairs implements Kernel {
  apply(psi: Amplitudes): void {
    this.#rotate(psi, this.s);
  }

  undo(psi: Amplitudes): void {
    this.#rotate(psi, -this.s);
  }

  #rotate({ re, im }: Amplitudes, s: number): void {
    const { first, target, c } = this;
    for (let k = 0; k < first.length; k++) {
      const i = first[k]!;
      const j = i + target;
      const x = re[i]!;
      const y = im[i]!;
      const u = re[j]!;
      const v = im[j]!;
      re[i] = c * x + s * u;
      im[i] = c * y + s * v;
      re[j] = c * u - s * x;
      im[j] = c * v - s * y;
    }
  }

  slope({ re, im }: Amplitudes, lambda: Amplitudes): number {
    const { first, target } = this;
    let sum = 0;
    for (let k = 0; k < first.length; k++) {
      const i = first[k]!;
      const j = i + target;
      sum += lambda.re[i]! * re[j]! + lambda.im[i]! * im[j]! - lambda.re[j]! * re[i]! - lambda.im[j]! * im[i]!;
    }
    return sum;
  }
}

/** e ← c·e − is·g, g ← c·g − is·e. */
class TurnX extends Pairs implements Kernel {
  apply(psi: Amplitudes): void {
    this.#rotate(psi, this.s);
  }

  undo(psi: Amplitudes): void {
    this.#rotate(psi, -this.s);
  }

  #rotate({ re, im }: Amplitudes, s: number): void {
    const { first, target, c } = this;
    for (let k = 0; k < first.length; k++) {
      const i = first[k]!;
      const j = i + target;
      const x = re[i]!;
      const y = im[i]!;
      const u = re[j]!;
      const v = im[j]!;
      re[i] = c * x + s * v;
      im[i] = c * y - s * u;
      re[j] = c * u + s * y;
      im[j] = c * v - s * x;
    }
  }

  slope({ re, im }: Amplitudes, lambda: Amplitudes): number {
    const { first, target } = this;
    let sum = 0;
    for (let k = 0; k < first.length; k++) {
      const i = first[k]!;
      const j = i + target;
      sum += lambda.re[i]! * im[j]! - lambda.im[i]! * re[j]! + lambda.re[j]! * im[i]! - lambda.im[j]! * re[i]!;
    }
    return sum;
  }
}

/** e ← (c + is)·e, g ← (c − is)·g. */
class TurnZ extends Pairs implements Kernel {
  apply(psi: Amplitudes): void {
    this.#rotate(psi, this.s);
  }

  undo(psi: Amplitudes): void {
    this.#rotate(psi, -this.s);
  }

  #rotate({ re, im }: Amplitudes, s: number): void {
    const { first, target, c } = this;
    for (let k = 0; k < first.length; k++) {
      const i = first[k]!;
      const j = i + target;
      const x = re[i]!;
      const y = im[i]!;
      const u = re[j]!;
      const v = im[j]!;
      re[i] = c * x - s * y;
      im[i] = c * y + s * x;
      re[j] = c * u + s * v;
      im[j] = c * v - s * u;
    }
  }

  slope({ re, im }: Amplitudes, lambda: Amplitudes): number {
    const { first, target } = this;
    let sum = 0;
    for (let k = 0; k < first.length; k++) {
      const i = first[k]!;
      const j = i + target;
      sum += lambda.im[i]! * re[i]! - lambda.re[i]! * im[i]! + lambda.re[j]! * im[j]! - lambda.im[j]! * re[j]!;
    }
    return sum;
  }
}

/** e ← e^{iθ}·e. */
class Phase extends Pairs implements Kernel {
  override turn(angle: number): void {
    super.turn(2 * angle);
  }

  apply(psi: Amplitudes): void {
    this.#rotate(psi, this.s);
  }

  undo(psi: Amplitudes): void {
    this.#rotate(psi, -this.s);
  }

  #rotate({ re, im }: Amplitudes, s: number): void {
    const { first, c } = this;
    for (let k = 0; k < first.length; k++) {
      const i = first[k]!;
      const x = re[i]!;
      const y = im[i]!;
      re[i] = c * x - s * y;
      im[i] = c * y + s * x;
    }
  }

  slope({ re, im }: Amplitudes, lambda: Amplitudes): number {
    const { first } = this;
    let sum = 0;
    for (let k = 0; k < first.length; k++) {
      const i = first[k]!;
      sum += lambda.im[i]! * re[i]! - lambda.re[i]! * im[i]!;
    }
    return 2 * sum;
  }
}

/** A gate without an angle that is its own inverse: H, X, Y. */
class Fixed extends Pairs implements Kernel {
  readonly #m: Float64Array; // ee, eg, ge, gg, each re, im

  constructor(step: Step, size: number) {
    super(step, size);
    const { re, im } = gateMatrix(step.type);
    this.#m = Float64Array.from({ length: 8 }, (_, k) => (k % 2 === 0 ? re[k >> 1]! : im[k >> 1]!));
  }

  override turn(): void {}

  apply({ re, im }: Amplitudes): void {
    const { first, target } = this;
    const m = this.#m;
    const [ar, ai, br, bi] = [m[0]!, m[1]!, m[2]!, m[3]!];
    const [cr, ci, dr, di] = [m[4]!, m[5]!, m[6]!, m[7]!];
    for (let k = 0; k < first.length; k++) {
      const i = first[k]!;
      const j = i + target;
      const x = re[i]!;
      const y = im[i]!;
      const u = re[j]!;
      const v = im[j]!;
      re[i] = ar * x - ai * y + br * u - bi * v;
      im[i] = ar * y + ai * x + br * v + bi * u;
      re[j] = cr * x - ci * y + dr * u - di * v;
      im[j] = cr * y + ci * x + dr * v + di * u;
    }
  }

  undo(psi: Amplitudes): void {
    this.apply(psi);
  }

  slope(): number {
    return 0;
  }
}

/** Gates that are diagonal and follow no angle, one behind the other: their product. */
class Table implements Kernel {
  readonly gate: number;
  readonly isControlled = false;
  readonly #re: Float64Array; // size D
  readonly #im: Float64Array; // size D
  #isReal = true;

  constructor(step: Step, size: number) {
    this.gate = step.gate;
    this.#re = new Float64Array(size).fill(1);
    this.#im = new Float64Array(size);
    this.take(step);
  }

  /** Puts one more behind the others. */
  take({ type, target, control }: Step): void {
    const { re, im } = gateMatrix(type);
    for (let k = 0; k < this.#re.length; k++) {
      if ((k & control) !== 0) continue;
      const level = (k & target) === 0 ? 0 : 3;
      const [x, y] = [this.#re[k]!, this.#im[k]!];
      this.#re[k] = re[level]! * x - im[level]! * y;
      this.#im[k] = re[level]! * y + im[level]! * x;
    }
    if (type !== "z") this.#isReal = false;
    else if (this.#isReal) this.#round();
  }

  /** Products of Z and CZ are signs: what their phases leave of rounding goes. */
  #round(): void {
    for (let k = 0; k < this.#re.length; k++) this.#re[k] = Math.round(this.#re[k]!);
    this.#im.fill(0);
  }

  turn(): void {}

  apply(psi: Amplitudes): void {
    this.#multiply(psi, 1);
  }

  undo(psi: Amplitudes): void {
    this.#multiply(psi, -1);
  }

  #multiply({ re, im }: Amplitudes, way: 1 | -1): void {
    const [c, s] = [this.#re, this.#im];
    if (this.#isReal) {
      for (let k = 0; k < c.length; k++) {
        re[k]! *= c[k]!;
        im[k]! *= c[k]!;
      }
      return;
    }
    for (let k = 0; k < c.length; k++) {
      const x = re[k]!;
      const y = im[k]!;
      re[k] = c[k]! * x - way * s[k]! * y;
      im[k] = c[k]! * y + way * s[k]! * x;
    }
  }

  slope(): number {
    return 0;
  }
}
