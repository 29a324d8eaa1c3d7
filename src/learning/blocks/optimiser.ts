/** What moves weights against a slope; it may remember earlier slopes. */
export interface Optimiser {
  /** w −= what the slope says. */
  step(w: Float64Array, slope: Float64Array): void;
  /** What it remembers, to go on from. */
  readonly memory: readonly number[];
}

class Descent implements Optimiser {
  readonly memory: readonly number[] = [];

  constructor(readonly rate: number) {}

  step(w: Float64Array, slope: Float64Array): void {
    for (let k = 0; k < w.length; k++) w[k]! -= this.rate * slope[k]!;
  }
}

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];

/** D. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015, with its own numbers. */
class Adam implements Optimiser {
  readonly #mean: Float64Array;
  readonly #square: Float64Array;
  #steps = 0;

  constructor(
    readonly rate: number,
    size: number,
    memory: readonly number[],
  ) {
    this.#steps = memory[0] ?? 0;
    this.#mean = Float64Array.from({ length: size }, (_, k) => memory[1 + k] ?? 0);
    this.#square = Float64Array.from({ length: size }, (_, k) => memory[1 + size + k] ?? 0);
  }

  get memory(): readonly number[] {
    return [this.#steps, ...this.#mean, ...this.#square];
  }

  step(w: Float64Array, slope: Float64Array): void {
    this.#steps++;
    const [whole1, whole2] = [1 - beta1 ** this.#steps, 1 - beta2 ** this.#steps];
    for (let k = 0; k < w.length; k++) {
      const g = slope[k]!;
      this.#mean[k] = beta1 * this.#mean[k]! + (1 - beta1) * g;
      this.#square[k] = beta2 * this.#square[k]! + (1 - beta2) * g * g;
      w[k]! -= (this.rate * (this.#mean[k]! / whole1)) / (Math.sqrt(this.#square[k]! / whole2) + epsilon);
    }
  }
}

export const optimiserOf = (kind: "descent" | "adam", rate: number, size: number, memory: readonly number[] = []) =>
  kind === "adam" ? new Adam(rate, size, memory) : new Descent(rate);
