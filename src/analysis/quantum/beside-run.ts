import type { LcCircuit, PhotonicMemristor, QuantumBlock } from "../../circuit/quantum/block.js";
import { type Beside, followInput, lcMemristorOf, windowOf } from "../../equations/quantum/beside.js";
import type { Random } from "../../numerics/random.js";
import { type FeedbackWindow, NoPhotonNumber, PastTooLong } from "../../quantum/feedback-window.js";
import { lcVacuum } from "../../quantum/lc-memristor.js";
import type { Span } from "../../text/source.js";
import { type Course, lcCourse, type Stopped as StoppedCourse } from "./lc-course.js";

/** What moves beside a block's register. */
export interface BesideRun {
  readonly beside: Beside;
  /** How many of the times it reaches: all, unless something stops it. */
  readonly rows: number;
  readonly stopped?: Stopped;
}

/** Why what stands beside a register could not go on, and whose line it is. */
export type Stopped = (
  | StoppedCourse
  | { readonly outcome: "no photon number"; readonly time: number; readonly value: number }
  | { readonly outcome: "past too long"; readonly time: number }
) & { readonly part: { readonly name: string; readonly span: Span } };

interface Control {
  readonly relative: number;
  readonly maxSteps: number;
}

/** What of a block moves beside its register and asks nothing of it, over a grid of times, as far as it can. */
export function* besideOf(
  block: QuantumBlock,
  times: Float64Array,
  control: Control,
  /** Noise of each LC circuit's record; undefined: it has none. */
  noise?: (circuit: string) => Random,
): Generator<undefined, BesideRun, undefined> {
  const windows = block.photonics.map(windowOf);
  const stops: Stopped[] = [];
  for (const [k, it] of block.photonics.entries()) {
    const stopped = yield* windowStop(windows[k]!, it, times.at(-1)!);
    if (stopped !== undefined) stops.push(stopped);
  }
  const circuits: Course[] = [];
  for (const it of block.circuits) {
    const { course, stopped } = yield* courseOf(it, block, times, control, noise?.(it.name));
    circuits.push(course);
    if (stopped !== undefined) stops.push({ ...stopped, part: it });
  }
  const beside = { windows, circuits, records: new Float64Array(block.monitors.length) };
  const first = stops.reduce<Stopped | undefined>((a, b) => (a === undefined || b.time < a.time ? b : a), undefined);
  if (first === undefined) return { beside, rows: times.length };
  const behind = times.findIndex((t) => t >= first.time);
  return { beside, rows: behind < 0 ? times.length : behind, stopped: first };
}

function* windowStop(
  window: FeedbackWindow,
  part: PhotonicMemristor,
  until: number,
): Generator<undefined, Stopped | undefined, undefined> {
  try {
    yield* followInput(window, part, until);
    return undefined;
  } catch (error) {
    if (error instanceof NoPhotonNumber)
      return { outcome: "no photon number", time: error.time, value: error.value, part };
    if (error instanceof PastTooLong) return { outcome: "past too long", time: error.time, part };
    throw error;
  }
}

function courseOf(
  it: LcCircuit,
  block: QuantumBlock,
  times: Float64Array,
  control: Control,
  random: Random | undefined,
): ReturnType<typeof lcCourse> {
  const memristor = lcMemristorOf(it, block.units.hbar);
  const start = lcVacuum(memristor, it.charge, it.flux, it.memory);
  const corners = it.rate.kind === "law" ? it.rate.law.breakpoints : [];
  return lcCourse(memristor, start, times, { ...control, corners }, random);
}
