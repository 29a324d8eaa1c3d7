import { actionsOf } from "../../equations/quantum/actions.js";
import { initialKets } from "../../equations/quantum/initial-state.js";
import { type Observed, observed } from "../../equations/quantum/observables.js";
import { Random } from "../../numerics/random.js";
import { type DensityMatrix, densityMatrix } from "../../quantum/density-matrix.js";
import type { Ket } from "../../quantum/ket.js";
import { partOfKet } from "../../quantum/partial-trace.js";
import { type Carried, type Carrier, caught } from "../../quantum/propagators/propagator.js";
import { type JumpEvent, Trajectories } from "../../quantum/propagators/trajectories.js";
import { partOf, type Space } from "../../quantum/space.js";
import { expectationInKet, sparse } from "../../quantum/sparse-operator.js";
import type { Table } from "../../result/result.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import { type BlockRun, type Ending, endingOf, type Ran, timeUnit } from "./block-run.js";
import { evolve } from "./evolution.js";
import type { Found } from "./questions.js";

/** Trajectories are summed up in so many groups, of which the standard error is told. */
const mostGroups = 25;
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
  const { space } = read.dynamics;
  const sums = Array.from({ length: groups }, () => new Sums(seen, space, times.length));
  const jumps: (JumpEvent & { readonly run: number })[] = [];
  const trajectories = new Trajectories(read.dynamics);
  let ending: Ending = { ended: "complete", method: "trajectories", steps: 0, diagnostics: [] };
  for (let k = 0; k < card.runs && ending.ended === "complete"; k++) {
    const own: JumpEvent[] = [];
    const one = trajectory(run, trajectories, k, own, sums[k % groups]!);
    for (const event of own) jumps.push({ ...event, run: k + 1 });
    ending = { ...one, steps: ending.steps + one.steps };
    yield (k + 1) / card.runs;
    if (run.interrupted() && k + 1 < card.runs) ending = { ...ending, ended: "interrupted" };
  }
  return {
    ...ending,
    ...concluded(
      run,
      sums.filter(({ runs, broken }) => runs > 0 && !broken),
    ),
    tables: [jumpsTable(jumps, run)],
  };
}

/** One trajectory from a ket of the start, added to the sums where it reached the end. */
function trajectory(run: BlockRun, trajectories: Trajectories, number: number, jumps: JumpEvent[], sums: Sums): Ending {
  const { block, read, times, seed } = run;
  const random = new Random("trajectory", seed, number);
  const actions = actionsOf(block, read.dynamics.space).map(({ time, actOn }) => ({
    time,
    act: (ket: Ket) => actOn(ket, random),
  }));
  const carrier = carrierOf(run, trajectories, random, jumps);
  let row = 0;
  const running = evolve(carrier, initialKets(block)(random), actions, times, false, (t, ket) => {
    sums.add(row++, t, ket);
  });
  for (;;) {
    const next = running.next();
    if (!next.done) continue;
    if (next.value.outcome === "reached") sums.runs++;
    else sums.broken = true;
    return endingOf(next.value, "trajectories", run);
  }
}

function carrierOf(
  { card: { reltol }, maxSteps }: BlockRun,
  trajectories: Trajectories,
  random: Random,
  jumps: JumpEvent[],
): Carrier<Ket> {
  return {
    carry: (ket, t0, times, observe) =>
      caught(
        (function* (): Generator<undefined, Carried<Ket>, undefined> {
          let last = ket;
          const accuracy = { relative: reltol, maxSteps };
          const ran = trajectories.run(ket, t0, times, random, accuracy, (t, now) => {
            last = now;
            observe(t, now);
          });
          if (ran.outcome !== "reached") return ran;
          for (const jump of ran.jumps) jumps.push(jump);
          return { outcome: "reached", rho: last, steps: ran.jumps.length };
        })(),
      ),
  };
}

/** What the trajectories of a group sum up to, a row for each point of the grid. */
class Sums {
  runs = 0;
  /** A trajectory of the group ended early. */
  broken = false;
  readonly #space: Space;
  readonly #adders: readonly {
    add(row: number, t: number, ket: Ket): void;
    readonly size: number;
    readonly values: Float64Array;
  }[];

  constructor(
    readonly seen: readonly Observed[],
    space: Space,
    readonly points: number,
  ) {
    this.#space = space;
    this.#adders = seen.map((of) => adder(of, space, points));
  }

  add(row: number, t: number, ket: Ket): void {
    for (const one of this.#adders) one.add(row, t, ket);
  }

  /** The observables of the mean state of several groups. */
  static mean(groups: readonly Sums[], time: Float64Array): Found {
    const [first] = groups;
    const runs = groups.reduce((sum, group) => sum + group.runs, 0);
    return first!.seen.map((of, k) => {
      if (of.kind === "time") return time.map((t) => of.at(t));
      const { size } = first!.#adders[k]!;
      const whole = new Float64Array(size * time.length);
      for (const group of groups)
        group.#adders[k]!.values.forEach((x, at) => {
          whole[at]! += x / runs;
        });
      if (of.kind === "means") return whole;
      const part = partOf(first!.#space, systemsOf(of, first!.#space));
      return time.map((_, row) => of.of(stateAt(whole, row, part)));
    });
  }
}

const systemsOf = ({ systems }: Extract<Observed, { kind: "state" }>, { dimensions }: Space): readonly number[] =>
  systems.length > 0 ? systems : [...dimensions.keys()];

function adder(of: Observed, space: Space, points: number) {
  if (of.kind === "time") return { add: () => undefined, size: 0, values: new Float64Array(0) };
  if (of.kind === "means") {
    const values = new Float64Array(points);
    const parts = of.parts.map(({ operator, part, weight }) => ({ laid: sparse(space, operator), part, weight }));
    const add = (row: number, t: number, ket: Ket): void => {
      for (const { laid, part, weight } of parts) values[row]! += weight(t) * expectationInKet(laid, ket, t)[part];
    };
    return { add, size: 1, values };
  }
  const systems = systemsOf(of, space);
  const n = partOf(space, systems).size;
  const size = 2 * n * n;
  const values = new Float64Array(points * size);
  const add = (row: number, _t: number, ket: Ket): void => {
    const { re, im } = partOfKet(ket, systems);
    for (let k = 0; k < n * n; k++) {
      values[row * size + k]! += re[k]!;
      values[row * size + n * n + k]! += im[k]!;
    }
  };
  return { add, size, values };
}

function stateAt(values: Float64Array, row: number, space: Space): DensityMatrix {
  const rho = densityMatrix(space);
  const n2 = rho.re.length;
  rho.re.set(values.subarray(2 * row * n2, (2 * row + 1) * n2));
  rho.im.set(values.subarray((2 * row + 1) * n2, (2 * row + 2) * n2));
  return rho;
}

function concluded(
  { questions, times }: BlockRun,
  groups: readonly Sums[],
): Pick<Ran, "rows" | "found" | "answers" | "spread"> {
  const time = groups.length === 0 ? times.subarray(0, 0) : times;
  const found = groups.length === 0 ? questions.sought.map(() => time) : Sums.mean(groups, time);
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
const jumpsTable = (jumps: readonly (JumpEvent & { readonly run: number })[], { block }: BlockRun): Table => ({
  name: "jumps",
  columns: [
    { name: "run", unit: "1", values: Float64Array.from(jumps, ({ run }) => run) },
    { name: "time", unit: timeUnit(block), values: Float64Array.from(jumps, ({ time }) => time) },
    { name: "jump", unit: "1", values: Float64Array.from(jumps, ({ jump }) => jump + 1) },
  ],
});

function stateBytes(of: Observed, { read: { dynamics }, times }: BlockRun, groups: number): number {
  if (of.kind !== "state") return 0;
  return 16 * partOf(dynamics.space, systemsOf(of, dynamics.space)).size ** 2 * times.length * (groups + 1);
}

function refused(run: BlockRun, of: Observed, groups: number): Ran {
  const { card, questions } = run;
  const size = `${Number((stateBytes(of, run, groups) / 2 ** 30).toPrecision(3))} GiB`;
  const message = `A signal is of the state of so many systems that its mean over trajectories would take ${size}.`;
  const help = "name fewer systems in `purity`, `entropy`, `negativity` or `fidelity`, or ask for fewer points.";
  const problem: Diagnostic = { severity: "error", code: "register-too-large", message, span: card.span, help };
  const answers = { signals: questions.signals.map(() => new Float64Array(0)), loops: [] };
  const found = questions.sought.map(() => new Float64Array(0));
  return { ended: "failed", method: "none", steps: 0, diagnostics: [problem], rows: 0, answers, found };
}
