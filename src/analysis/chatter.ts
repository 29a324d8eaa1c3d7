import type { TransientCard } from "../circuit/circuit.js";
import type { Diagnostic } from "../text/diagnostic.js";

/** Events closer than this part of the run, one after the other, are chattering. */
const close = 1e-13;
/** So many of them in a row end the run. */
const most = 200;
/** After so many, and so many more, it is asked whether rounding alone is behind them. */
const many = 40;

/** Counts events that follow each other without time passing between them. */
export class Chatter {
  #inARow = 0;

  constructor(readonly card: TransientCard) {}

  /** Whether no time has passed since the event before. */
  get isInARow(): boolean {
    return this.#inARow > 0;
  }

  /** Whether so many have followed each other that rounding alone may be behind them. */
  get isRattling(): boolean {
    return this.isInARow && this.#inARow % many === 0;
  }

  /** An event at t, `since` seconds after the one before or a corner; what ends the run, if it does. */
  see(t: number, since: number): Diagnostic | undefined {
    this.#inARow = since < close * this.card.stop ? this.#inARow + 1 : 0;
    if (this.#inARow < most) return undefined;
    return {
      severity: "error",
      code: "chattering",
      message: `A condition goes to and fro without end at t = ${t} s: each side drives the circuit back to the other.`,
      span: this.card.span,
      help: "give the switch or the condition some hysteresis, or a smooth transition.",
    };
  }
}
