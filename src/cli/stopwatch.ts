import type { Progress } from "../analysis/simulation.js";
import type { CpuSeconds } from "../views/json.js";
import { now } from "./clock.js";

/** Times a run by what its progress tells. */
export class Stopwatch {
  readonly #begin = now();
  /** When analysis k was first seen, ms. */
  readonly #seen: number[] = [];
  #end = this.#begin;
  /** CPU seconds of the process by the time that the first analysis began, and that the last had ended. */
  #read = cpu();
  #solved = this.#read;

  see({ analysis }: Progress): void {
    if (this.#seen.length === 0) this.#read = cpu();
    this.#seen[analysis] ??= now();
  }

  stop(): void {
    this.#end = now();
    this.#solved = cpu();
  }

  /** s, with the reading of the netlist. */
  get total(): number {
    return (this.#end - this.#begin) / 1000;
  }

  /** How long analysis k took, s; undefined where it was too short to be seen. */
  of(k: number): number | undefined {
    const from = this.#seen[k];
    const next = this.#seen.slice(k + 1).find((at) => at !== undefined);
    return from === undefined ? undefined : ((next ?? this.#end) - from) / 1000;
  }

  /** What the process has spent until now. */
  get cpu(): CpuSeconds {
    return { reading: this.#read, solving: this.#solved - this.#read, writing: cpu() - this.#solved };
  }
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
