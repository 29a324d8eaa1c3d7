import { actionsOf } from "../../equations/quantum/actions.js";
import { initialKets } from "../../equations/quantum/initial-state.js";
import { type Observed, observed } from "../../equations/quantum/observables.js";
import { Random } from "../../numerics/random.js";
import { type DensityMatrix, densityMatrix } from "../../quantum/density-matrix.js";
import type { Ket } from "../../quantum/ket.js";
import { partOfKet } from "../../quantum/partial-trace.js";
import { type JumpEvent, Trajectories } from "../../quantum/propagators/trajectories.js";
import { partOf, type Space } from "../../quantum/space.js";
import { expectationInKet, sparse } from "../../quantum/sparse-operator.js";
import type { Table } from "../../result/result.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import { type BlockRun, type Ending, endingOf, type Ran, timeUnit } from "./block-run.js";
import { evolve } from "./evolution.js";
import { type Found, nothingOf } from "./questions.js";

/** Trajectories are summed up in so many groups, of which the standard error is told. */
const mostGroups = 25;
/** A jump, and the number of its trajectory, from 1 on. */
type NumberedJump = JumpEvent & { readonly run: number };

/** Bytes that sums of states may take. */
const mostBytes = 2 ** 30;

/**
 * The mean of many quantum-jump trajectories, which is that of the master equation within its standard error. That is
 * the jackknife's: every signal again without one of the groups (B. Efron and C. Stein, Annals of Statistics 9, 586,
 * 1981), so that it holds for what is not a mean as well, such as concurrence, V/I or a form factor.
 */
export function* runEnsemble(run: BlockRun): Generator<number, Ran> {
  const { questions, read, times, card } = run;
  const groups = Math.min(card.runs, mostGroups);
  const seen = questions.sought.map((of) => observed(of, read));
  const tooLarge = seen.find((of) => stateBytes(of, run, groups) > mostBytes);
  if (tooLarge !== undefined) return refused(run, tooLarge, groups);
  const looks = seen.map((of) => lookOf(of, read.dynamics.space));
  const sums = Array.from({ length: groups }, () => new Sums(looks, times.length));
  const own = new Sums(looks, times.length);
  const jumps: NumberedJump[] = [];
  const trajectories = new Trajectories(read.dynamics);
  let ending: Ending = { ended: "complete", method: "trajectories", steps: 0, diagnostics: [] };
  let [kept, rows] = [0, 0];
  for (let k = 0; k < card.runs && ending.ended === "complete"; k++) {
    own.clear();
    const itsJumps: NumberedJump[] = [];
    const running = trajectory(run, trajectories, k, (event) => itsJumps.push({ ...event, run: k + 1 }), own);
    let next = running.next();
    for (; !next.done; next = running.next()) yield (k + next.value) / card.runs;
    const one = next.value;
    ending = { ...one, steps: ending.steps + one.steps };
    // A mean is of whole trajectories; where there is none, the one that was begun is shown as far as it came.
    if (one.ended === "complete" || k === 0) {
      for (const event of itsJumps) jumps.push(event);
      sums[k % groups]!.take(own);
      rows = own.rows;
      kept++;
    }
    yield (k + 1) / card.runs;
    if (run.interrupted() && k + 1 < card.runs) ending = { ...ending, ended: "interrupted" };
  }
  const answered = concluded(run, sums.slice(0, kept), times.subarray(0, rows));
  return { ...ending, ...answered, tables: [jumpsTable(jumps, run)] };
}

/** One trajectory from a ket of the start, into sums of its own. */
function* trajectory(
  run: BlockRun,
  trajectories: Trajectories,
  number: number,
  jumped: (event: JumpEvent) => void,
  sums: Sums,
): Generator<number, Ending> {
  const { block, channels, read, times, seed, card, maxSteps } = run;
  const random = new Random("trajectory", seed, number);
  const actions = actionsOf(block, read.dynamics.space, channels).map(({ time, actOn }) => ({
    time,
    act: (ket: Ket) => actOn(ket, random),
  }));
  const carrier = trajectories.carrier(random, { relative: card.reltol, maxSteps }, jumped);
  const tally = { steps: 0 };
  const keep = (t: number, ket: Ket): void => sums.add(t, ket);
  const running = evolve(carrier, initialKets(block)(random), actions, times, false, keep, tally);
  for (;;) {
    const next = running.next();
    if (next.done) return endingOf(next.value, "trajectories", tally, run);
    yield sums.rows / times.length;
    if (run.interrupted()) return { ended: "interrupted", method: "trajectories", ...tally, diagnostics: [] };
  }
}

/** What the trajectories of a group sum up to, a row for each point of the grid. */
class Sums {
  runs = 0;
  /** Rows that the last trajectory has filled. */
  rows = 0;
  readonly #values: readonly Float64Array[]; // of each observable: points × its size

  constructor(
    readonly looks: readonly Look[],
    points: number,
  ) {
    this.#values = looks.map(({ size }) => new Float64Array(points * size));
  }

  /** The next row of a trajectory. */
  add(t: number, ket: Ket): void {
    for (const [k, look] of this.looks.entries()) look.add(this.#values[k]!, this.rows, t, ket);
    this.rows++;
  }

  /** Takes in another trajectory, which others have summed. */
  take(one: Sums): void {
    for (const [k, values] of this.#values.entries()) one.#values[k]!.forEach((x, at) => void (values[at]! += x));
    this.runs++;
  }

  clear(): void {
    for (const values of this.#values) values.fill(0);
    this.rows = 0;
  }

  /** The observables of the mean state of several groups. */
  static mean(groups: readonly Sums[], time: Float64Array): Found {
    const runs = groups.reduce((sum, group) => sum + group.runs, 0);
    return groups[0]!.looks.map(({ size, conclude }, k) => {
      const whole = new Float64Array(size * time.length);
      for (const group of groups) {
        const values = group.#values[k]!;
        for (let at = 0; at < whole.length; at++) whole[at]! += values[at]! / runs;
      }
      return conclude(whole, time);
    });
  }
}

/** What is seen of each ket, and what that comes to in the mean. */
interface Look {
  /** Numbers a row. */
  readonly size: number;
  add(values: Float64Array, row: number, t: number, ket: Ket): void;
  /** The observable at each time, from means. */
  conclude(means: Float64Array, time: Float64Array): Float64Array;
}

function lookOf(of: Observed, space: Space): Look {
  if (of.kind === "time")
    return { size: 0, add: () => undefined, conclude: (_means, time) => time.map((t) => of.at(t)) };
  if (of.kind === "means") {
    const parts = of.parts.map(({ operator, part, weight }) => ({ laid: sparse(space, operator), part, weight }));
    const add: Look["add"] = (values, row, t, ket) => {
      for (const { laid, part, weight } of parts) values[row]! += weight(t) * expectationInKet(laid, ket, t)[part];
    };
    return { size: 1, add, conclude: (means) => means };
  }
  const systems = systemsOf(of, space);
  const part = partOf(space, systems);
  const n2 = part.size ** 2;
  const size = 2 * n2;
  const add: Look["add"] = (values, row, _t, ket) => {
    const { re, im } = partOfKet(ket, systems);
    for (let k = 0; k < n2; k++) {
      values[row * size + k]! += re[k]!;
      values[row * size + n2 + k]! += im[k]!;
    }
  };
  return { size, add, conclude: (means, time) => time.map((_, row) => of.of(stateAt(means, row, part))) };
}

const systemsOf = ({ systems }: Extract<Observed, { kind: "state" }>, { dimensions }: Space): readonly number[] =>
  systems.length > 0 ? systems : [...dimensions.keys()];

function stateAt(values: Float64Array, row: number, space: Space): DensityMatrix {
  const rho = densityMatrix(space);
  const n2 = rho.re.length;
  rho.re.set(values.subarray(2 * row * n2, (2 * row + 1) * n2));
  rho.im.set(values.subarray((2 * row + 1) * n2, (2 * row + 2) * n2));
  return rho;
}

function concluded(
  { questions }: BlockRun,
  groups: readonly Sums[],
  time: Float64Array,
): Pick<Ran, "rows" | "found" | "answers" | "spread"> {
  const found = Sums.mean(groups, time);
  const answers = questions.answer(found, time);
  if (groups.length < 2) return { rows: time.length, found, answers };
  const cuts = questions.cuts(found, time);
  const without = groups.map((left) => {
    const rest = Sums.mean(
      groups.filter((group) => group !== left),
      time,
    );
    return questions.answer(rest, time, cuts).signals;
  });
  const spread = answers.signals.map((_, k) => [{ ending: "se", values: jackknife(without.map((one) => one[k]!)) }]);
  return { rows: time.length, found, answers, spread };
}

/** √((G − 1)/G · Σ(θ_g − θ̄)²), θ_g being what comes out without group g. */
function jackknife(without: readonly Float64Array[]): Float64Array {
  const G = without.length;
  return without[0]!.map((_, row) => {
    const mean = without.reduce((sum, column) => sum + column[row]! / G, 0);
    return Math.sqrt(((G - 1) / G) * without.reduce((sum, column) => sum + (column[row]! - mean) ** 2, 0));
  });
}

/** A row a jump: run and jump from 1, memristors first, then `lindblad` lines and monitors. */
const jumpsTable = (jumps: readonly NumberedJump[], { block }: BlockRun): Table => ({
  name: "jumps",
  columns: [
    { name: "run", unit: "1", values: Float64Array.from(jumps, ({ run }) => run) },
    { name: "time", unit: timeUnit(block), values: Float64Array.from(jumps, ({ time }) => time) },
    { name: "jump", unit: "1", values: Float64Array.from(jumps, ({ jump }) => jump + 1) },
  ],
});

function stateBytes(of: Observed, { read: { dynamics }, times }: BlockRun, groups: number): number {
  if (of.kind !== "state") return 0;
  return 16 * partOf(dynamics.space, systemsOf(of, dynamics.space)).size ** 2 * times.length * (groups + 2);
}

function refused(run: BlockRun, of: Observed, groups: number): Ran {
  const { card, questions } = run;
  const size = `${Number((stateBytes(of, run, groups) / 2 ** 30).toPrecision(3))} GiB`;
  const message = `A signal is of the state of so many systems that its mean over trajectories would take ${size}.`;
  const help = "name fewer systems in `purity`, `entropy`, `negativity` or `fidelity`, or ask for fewer points.";
  const problem: Diagnostic = { severity: "error", code: "register-too-large", message, span: card.span, help };
  const answers = nothingOf(questions.signals);
  const found = questions.sought.map(() => new Float64Array(0));
  return { ended: "failed", method: "none", steps: 0, diagnostics: [problem], rows: 0, answers, found };
}
