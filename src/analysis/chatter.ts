import type { TransientCard } from "../circuit/circuit.js";
import type { Diagnostic } from "../text/diagnostic.js";

/** Events closer than this part of the run, one after the other, are chattering. */
const close = 1e-13;
/** Where the same guard falls again within this part of the run, it goes to and fro though a little time passes: 10¹⁰ events would be left. */
const near = 1e-10;
/** So many of them in a row end the run. */
const most = 200;
/** After so many, and so many more, it is asked whether rounding alone is behind them. */
const many = 40;

/** Counts events that follow each other without time passing between them. */
export class Chatter {
  #inARow = 0;
  /** By guard: when it fell last, and how often near to the time before. */
  readonly #fallen = new Map<number, { t: number; times: number }>();

  constructor(readonly card: TransientCard) {}

  /** Whether no time has passed since the event before. */
  get isInARow(): boolean {
    return this.#inARow > 0;
  }

  /** Whether so many have followed each other that rounding alone may be behind them. */
  get isRattling(): boolean {
    return this.isInARow && this.#inARow % many === 0;
  }

  /** Guards fell at t, `since` seconds after the event before or a corner; whether that comes to no end. */
  see(t: number, since: number, crossed: readonly number[]): boolean {
    this.#inARow = since < close * this.card.stop ? this.#inARow + 1 : 0;
    let often = 0;
    for (const k of crossed) {
      const { t: last, times } = this.#fallen.get(k) ?? { t: Number.NEGATIVE_INFINITY, times: 0 };
      const again = t - last < near * this.card.stop ? times + 1 : 0;
      this.#fallen.set(k, { t, times: again });
      often = Math.max(often, again);
    }
    return this.#inARow >= most || often >= most;
  }

  /** What ends the run, at t, by a condition of the device of that name. */
  problem(t: number, name: string): Diagnostic {
    return {
      severity: "error",
      code: "chattering",
      message: `A condition of \`${name}\` goes to and fro without end at t = ${t} s: each side drives the circuit back to the other.`,
      span: this.card.span,
      help: "give the switch or the condition some hysteresis, or a smooth transition.",
    };
  }
}
