import type { TransientCard } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import { linearization } from "../numerics/system.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { formatQuantity } from "../units/quantity.js";
import type { Grid } from "./grid.js";
import type { Rows } from "./recorder.js";

/** Phases of a cycle, and cycles ahead, at which it is looked whether the drive is the same. */
const looks = { phases: 24, cycles: 12 };
/** A drive that differs by no more than this part of its size is the same: a time of a million cycles has ten digits left. */
const same = 1e-7;
/** What is smaller than so many times what is negligible in a step counts as that: voltages pass through 0 at a cycle's end. */
const floor = { state: 100, else: 1e6 };

/**
 * Endurance: a run over very many cycles of a periodic drive, of which output is wanted at whole cycles only. Where a cycle
 * changes no unknown by more than would add up to `reltol` by the end of the run, the cycles that follow are that cycle
 * again, and need not be integrated one by one. It is looked for behind the cycles 2, 4, 8, …; what still changes by more
 * is integrated to the end.
 */
export class Cycles {
  readonly #period: number; // s; Infinity where cycles are not watched
  readonly #before: Float64Array; // size n: the solution a cycle ago
  #next = 2; // the cycle behind which the solution is kept, to be compared a cycle later
  #since: number | undefined; // the cycle at which it was kept

  /** What is to be said of it. */
  readonly remarks: Diagnostic[] = [];

  constructor(
    readonly system: CompiledSystem,
    readonly card: TransientCard,
    readonly grid: Grid,
    readonly recorder: Pick<Rows, "keep">,
  ) {
    this.#period = cycleOf(system, card);
    this.#before = new Float64Array(system.pattern.size);
  }

  /** Whether output stands at whole cycles alone: corners within them are no output times. */
  get thins(): boolean {
    return Number.isFinite(this.#period);
  }

  /** The end of the cycle that is watched, behind t; Infinity if none is. */
  end(t: number): number {
    if (!this.thins) return Infinity;
    const number = this.#since === undefined ? this.#next : this.#since + 1;
    const place = number * this.#period;
    return place > t && place < this.card.stop ? place : Infinity;
  }

  /**
   * Looks at the solution at t, before a corner there; gives the time at which to go on, which is t unless all cycles from
   * there on are alike. The outputs that are passed over are kept: they are the solution at the ends of these cycles.
   */
  leap(t: number, x: Float64Array): number {
    const left = this.#cyclesAhead(t, x);
    if (left === 0) return t;
    const number = Math.round(t / this.#period);
    const end = (number + left) * this.#period;
    for (let at = this.grid.take(end); at !== undefined; at = this.grid.take(end)) this.recorder.keep([at], at, x);
    this.remarks.push(this.#remark(number, left));
    return end;
  }

  /** How many cycles from t on are that which ends there; the last of the run is always integrated. */
  #cyclesAhead(t: number, x: Float64Array): number {
    const number = Math.round(t / this.#period);
    if (!this.thins || t !== number * this.#period) return 0;
    if (this.#since === undefined) {
      if (number === this.#next) this.#keep(number, x);
      return 0;
    }
    if (number !== this.#since + 1) return 0;
    this.#since = undefined;
    this.#next *= 2;
    const left = Math.floor(this.card.stop / this.#period - number - 1e-9) - 1;
    return left >= 1 && this.#isSettled(x, left) && this.#isPeriodic(t, x, left) ? left : 0;
  }

  #keep(number: number, x: Float64Array): void {
    this.#before.set(x);
    this.#since = number;
  }

  /** Whether the changes of a cycle, `left` times over, stay within the error that the run is allowed. */
  #isSettled(x: Float64Array, left: number): boolean {
    const { negligible, circuit, unknowns } = this.system;
    return x.every((value, k) => {
      const least = (unknowns[k]!.role === "state" ? floor.state : floor.else) * negligible[k]!;
      const allowed = circuit.options.reltol * Math.max(Math.abs(value), least);
      return left * Math.abs(value - this.#before[k]!) <= allowed;
    });
  }

  /** Whether what drives the circuit is, in the cycles ahead, what it is in this one. */
  #isPeriodic(t: number, x: Float64Array, left: number): boolean {
    const phases = Array.from({ length: looks.phases }, (_, k) => t + ((k + 0.37) / looks.phases) * this.#period);
    const ahead = Array.from({ length: looks.cycles }, (_, k) =>
      Math.max(1, Math.round(((k + 1) * left) / looks.cycles)),
    );
    const courses = phases.map((at) => this.#driveAt(at, x));
    const sizes = x.map((_, i) => courses.reduce((most, f) => Math.max(most, Math.abs(f[i]!)), 0));
    return phases.every((at, k) =>
      ahead.every((cycles) => {
        const later = at + cycles * this.#period;
        return (
          this.#driveAt(later, x).every((f, i) => Math.abs(f - courses[k]![i]!) <= same * sizes[i]!) &&
          this.#isCornerAlike(at, later)
        );
      }),
    );
  }

  /** f(t, x), which follows the time where something drives. */
  #driveAt(t: number, x: Float64Array): Float64Array {
    const at = linearization(this.system);
    this.system.load(t, x, at);
    return at.f;
  }

  #isCornerAlike(t: number, later: number): boolean {
    const [one, other] = [this.system.nextBreak(t) - t, this.system.nextBreak(later) - later];
    return one === other || Math.abs(one - other) <= same * this.#period;
  }

  #remark(number: number, left: number): Diagnostic {
    const { span } = this.card;
    const message = `Behind cycle ${number} of ${formatQuantity(this.#period, "s")} nothing changes by more than adds up to \`reltol\` by the end of the run: the next ${left} cycles are taken for that one, and the rest is integrated.`;
    return { severity: "note", code: "cycles-alike", message, span };
  }
}

/** Of fewer cycles than this each is integrated. */
const fewest = 50;

/** The length of a cycle, s, where the output stands at whole cycles, many of them; Infinity else. */
export function cycleOf(system: CompiledSystem, { step, start, stop, grid }: TransientCard): number {
  const { instances } = system.circuit;
  const hasOwnTime = system.lookBack !== undefined || system.carried.length > 0 || system.blockWatch !== undefined;
  const isRandom = instances.some(({ device }) => device.modes !== undefined || device.pieces?.random);
  const periods = instances
    .flatMap(({ device, values }) => device.source?.period(values) ?? [])
    .filter(Number.isFinite);
  const longest = periods.reduce((most, period) => Math.max(most, period), 0);
  if (!grid || start > 0 || hasOwnTime || isRandom || longest === 0) return Infinity;
  const isWhole = (ratio: number): boolean => ratio >= 1 - same && Math.abs(ratio - Math.round(ratio)) <= same * ratio;
  if (!periods.every((period) => isWhole(longest / period)) || !isWhole(step / longest)) return Infinity;
  return stop / longest >= fewest ? longest : Infinity;
}

/**
 * The part of the tolerance that each step has of so many cycles: errors of a memory add up from cycle to cycle, and a cycle is
 * only seen to be the one before if its own error is far below what it changes.
 */
export const partOfTolerance = (system: CompiledSystem, card: TransientCard): number => {
  const period = cycleOf(system, card);
  return Number.isFinite(period) ? Math.sqrt(period / card.stop) : 1;
};
