import { formatQuantity } from "../units/quantity.js";
import { now } from "./clock.js";
import type { Terminal } from "./terminal.js";

/** Why a run was told to stop. */
export type Stop = "interrupt" | "time" | "memory";

/** What may end a run early: Ctrl-C, a limit of time (s), a limit of memory (MB). */
export interface Limits {
  readonly maxTime?: number | undefined;
  readonly maxMemory?: number | undefined;
}

/** How long a run may keep the process to itself, ms: Ctrl-C waits at most so long. */
const patience = 50;

/**
 * Watches over a command. A run calls `pause` between its steps; it lets the process answer events now and then, and
 * tells the run to stop, by `signal`, where a limit is passed. Ctrl-C ends the process as usual until the first pause
 * or the writing of results: before it there is nothing to keep.
 */
export class Watch {
  /** Why the run was stopped; undefined while it may go on. */
  stopped: Stop | undefined;
  readonly #abort = new AbortController();
  readonly #begin = now();
  #rested = this.#begin;
  #release: (() => void) | undefined;

  constructor(
    readonly limits: Limits,
    readonly terminal: Terminal,
  ) {}

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  readonly pause = (): Promise<void> | undefined => {
    this.listen();
    const time = now();
    if (time - this.#rested < patience) return undefined;
    this.#check(time);
    return new Promise((resume) => {
      setImmediate(() => {
        this.#rested = now();
        resume();
      });
    });
  };

  /** From here on Ctrl-C does not end the process where it stands: there is something to keep, or to write whole. */
  listen(): void {
    this.#release ??= this.terminal.onInterrupt(() => this.#stop("interrupt"));
  }

  /** Gives Ctrl-C back to the shell. */
  end(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** Why it was stopped, in a sentence. */
  get reason(): { readonly message: string; readonly help?: string } {
    if (this.stopped === "interrupt") return { message: "Interrupted." };
    const { maxTime = 0, maxMemory = 0 } = this.limits;
    return this.stopped === "time"
      ? { message: `The limit of ${formatQuantity(maxTime, "s")} is reached.`, help: "`--max-time` sets it." }
      : { message: `The limit of ${maxMemory} MB of memory is reached.`, help: "`--max-memory` sets it." };
  }

  #check(time: number): void {
    const { maxTime = Infinity, maxMemory = Infinity } = this.limits;
    if (time - this.#begin > 1000 * maxTime) this.#stop("time");
    else if (maxMemory < Infinity && process.memoryUsage.rss() > 1e6 * maxMemory) this.#stop("memory");
  }

  #stop(why: Stop): void {
    this.stopped ??= why;
    this.#abort.abort();
  }
}
