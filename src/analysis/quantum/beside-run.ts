import type { QuantumBlock } from "../../circuit/quantum/block.js";
import { type Beside, lcMemristorOf, windowsOf } from "../../equations/quantum/beside.js";
import type { Random } from "../../numerics/random.js";
import { NoPhotonNumber } from "../../quantum/feedback-window.js";
import { DiffusionTooSmall, lcVacuum } from "../../quantum/lc-memristor.js";
import { NegativeRate, UnknownRate } from "../../quantum/rates.js";
import { type Course, lcCourse } from "./lc-course.js";

/** What of a block moves beside its register and asks nothing of it, over a grid of times; or why it cannot. */
export function besideOf(
  block: QuantumBlock,
  times: Float64Array,
  control: { readonly relative: number; readonly maxSteps: number },
  /** Noise of each LC circuit's record; undefined: it has none. */
  noise?: (circuit: string) => Random,
): { readonly beside: Beside } | { readonly stopped: Stopped } {
  try {
    const windows = windowsOf(block, times.at(-1)!);
    const circuits: Course[] = [];
    for (const it of block.circuits) {
      const memristor = lcMemristorOf(it, block.units.hbar);
      const start = lcVacuum(memristor, it.charge, it.flux, it.memory);
      const corners = it.rate.kind === "law" ? it.rate.law.breakpoints : [];
      const run = lcCourse(memristor, start, times, { ...control, corners }, noise?.(it.name));
      if ("stopped" in run) return run;
      circuits.push(run.course);
    }
    return { beside: { windows, circuits, records: new Float64Array(block.monitors.length) } };
  } catch (error) {
    return { stopped: stoppedBy(error) };
  }
}

/** Why what stands beside a register could not go on. */
export type Stopped =
  | { readonly outcome: "negative rate" | "no photon number"; readonly time: number; readonly value: number }
  | { readonly outcome: "too little diffusion"; readonly time: number; readonly value: number; readonly least: number }
  | { readonly outcome: "no rate" | "diverged" | "too many steps" | "step too small" | "stiff"; readonly time: number };

/** What a law has thrown, as what stopped a run; throws again what is none of theirs. */
export function stoppedBy(error: unknown): Stopped {
  if (error instanceof NegativeRate) return { outcome: "negative rate", time: error.time, value: error.value };
  if (error instanceof UnknownRate) return { outcome: "no rate", time: error.time };
  if (error instanceof NoPhotonNumber) return { outcome: "no photon number", time: error.time, value: error.value };
  if (error instanceof DiffusionTooSmall)
    return { outcome: "too little diffusion", time: error.time, value: error.diffusion, least: error.least };
  throw error;
}
