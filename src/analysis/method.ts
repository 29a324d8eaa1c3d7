import type { Instance, Signal, TransientCard } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import { type Reduced, reduce } from "../equations/reduce.js";
import { reduceLinear } from "../equations/reduce-linear.js";
import type { Failed, Integrator, Observer, Reads, StepControl, Stretch } from "../numerics/integrator.js";
import { consistent, type Start } from "../numerics/integrators/consistent.js";
import { dop853 } from "../numerics/integrators/dop853.js";
import { extrapolation } from "../numerics/integrators/extrapolation.js";
import { gear, ndf, trapezoidal } from "../numerics/integrators/index.js";
import { interior } from "../numerics/interior.js";
import type { ExplicitSystem, System } from "../numerics/system.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { partOfTolerance } from "./cycles.js";
import { whileStiff } from "./while-stiff.js";
import { WholeStep } from "./whole-step.js";

/** A way to carry a circuit over a stretch of time. */
export interface Method {
  /** Of what it has done so far. */
  readonly name: string;
  /** The solution right after t: what cannot jump (charges, fluxes, states) is as in x0, all else is solved for. */
  begin(t: number, x0: Float64Array, end: number): Begun;
  integrate(
    t: number,
    x: Float64Array,
    end: number,
    maxSteps: number,
    observe: Observer,
  ): Generator<undefined, Stretch>;
  /** What takes over where this method gives up because the circuit is stiff. */
  fallback(): Method;
}

export type Begun = { readonly outcome: "begun"; readonly x: Float64Array } | Failed;

/** The largest circuits that `auto` gives to the smooth methods: unknowns of the ODE, and of the whole circuit. */
const most = { states: 16, unknowns: 60 };

/**
 * The local error that is tolerated, as a part of `reltol`, which aims at the error of the whole run: local errors add
 * up over some hundred steps, or over a thousand periods, which the smooth methods are made for.
 */
const local = { implicit: 1e-2, smooth: 1e-4 };

/** A step is no longer than this part of the shortest period of a source. */
const parts = { implicit: 20, smooth: 8 };

/** Picks the integrator: the one named by `.options method=`, or the one that suits the circuit. */
export function chooseMethod(
  system: CompiledSystem,
  card: TransientCard,
  signals: readonly Signal[],
): Method | Diagnostic {
  const { method } = system.circuit.options;
  const implicit = (integrator: Integrator<System>) =>
    implicitly(system, card, integrator, readsOf(system, card, signals));
  if (method === "trap") return implicit(trapezoidal);
  if (method === "gear") return implicit(gear);
  if (method === "ndf") return implicit(ndf);
  const reduced = method === "auto" ? smallAndSmooth(system) : reduce(system);
  if (method !== "auto" && reduced === undefined) return unfit(card, method);
  if (method === "odex" && reduced) return smooth(system, card, reduced, extrapolation);
  if (reduced) return smooth(system, card, reduced);
  const general = implicit(ndf);
  return system.isLinear === true && method === "auto" ? whileStiff(general, card, explicitOf(system, card)) : general;
}

/** The explicit method of a linear circuit, once it is known that its steps are as long as rows and as it takes. */
const explicitOf = (system: CompiledSystem, card: TransientCard) => () => {
  const reduced = reduceLinear(system);
  return reduced && { fastest: reduced.fastest(), method: smooth(system, card, reduced, dop853, false) };
};

/** A circuit as the ordinary differential equation that `auto` gives to the smooth methods; undefined where it does not. */
export function smallAndSmooth(system: CompiledSystem): Reduced | undefined {
  const reduced = system.smooth && system.pattern.size <= most.unknowns ? reduce(system) : undefined;
  return reduced && reduced.explicit.size <= most.states ? reduced : undefined;
}

const unfit = (card: TransientCard, method: string): Diagnostic => ({
  severity: "error",
  code: "method-unfit",
  message: `\`method=${method}\` was asked for, but the circuit does not reduce to a smooth ordinary differential equation.`,
  span: card.span,
  help: "leave `method=` out: `auto` takes it where it fits; `method=ndf` serves every circuit.",
});

/** The last step of a stretch may be longer than the others, by a tenth: it must not reach beyond what is remembered. */
const partOfDelay = 0.9;

/** Between rows a circuit may come to rest; no step need be shorter than a row for a clock's sake, whose edges are corners. */
const inRows = (system: CompiledSystem, { step }: TransientCard, partsOfPeriod: number): number =>
  Math.min(step, system.shortestWave / partsOfPeriod);

/**
 * The largest step: a fiftieth of the run, and a part of the shortest period of a source, unless the card says; never
 * longer than a delay.
 */
function maxStep(system: CompiledSystem, card: TransientCard, partsOfPeriod: number): number {
  const bound = card.inRows === true ? inRows(system, card, partsOfPeriod) : system.shortestPeriod / partsOfPeriod;
  const wanted = card.maxStep ?? Math.min(card.stop / 50, bound);
  return system.lookBack ? Math.min(wanted, partOfDelay * system.lookBack.shortest) : wanted;
}

/** Whether a solution is looked at on the grid of the card alone: guards, delays and quantum blocks look at each step. */
const isLookedAtInRows = (system: CompiledSystem, card: TransientCard): boolean =>
  card.grid &&
  system.guards === 0 &&
  system.lookBack === undefined &&
  system.blockWatch === undefined &&
  system.carried.length === 0;

/**
 * Whether steps may go from row to row: nothing looks between, and no cycles are compared. A law that is written out may have no value between two reads, which
 * must not pass in silence; and it is junctions in chains that turn on one after the other.
 */
const isReadOnGrid = (system: CompiledSystem, card: TransientCard): boolean =>
  isLookedAtInRows(system, card) &&
  system.junctions !== undefined &&
  system.circuit.instances.every(({ law }) => law === undefined) &&
  partOfTolerance(system, card) === 1;

/** Where a solution is looked at, if on the grid alone. */
function readsOf(system: CompiledSystem, card: TransientCard, signals: readonly Signal[]): Reads | undefined {
  if (!isReadOnGrid(system, card)) return undefined;
  const places = placesRead(system, signals);
  return { from: card.start, step: card.step, ...(places && { places }) };
}

/**
 * The places in x that these signals look at, and those that sources lay down, which nothing may jump over. Undefined where a
 * signal is more than an unknown: a small difference of two, or a current by an exponential, is not as accurate as they are.
 */
function placesRead(system: CompiledSystem, signals: readonly Signal[]): Int32Array | undefined {
  const plain = signals.every(
    ({ formula, inputs: [quantity] }) =>
      formula.kind === "input" && (quantity?.kind === "node" || quantity?.kind === "own"),
  );
  if (!plain) return undefined;
  const read = new Set(system.readBy(signals));
  for (const [place, isLaidDown] of system.laidDown().entries()) if (isLaidDown === 1) read.add(place);
  return Int32Array.from(read);
}

function implicitly(
  system: CompiledSystem,
  card: TransientCard,
  integrator: Integrator<System>,
  reads?: Reads,
): Method {
  const control: Omit<StepControl, "maxSteps"> = {
    relative: local.implicit * system.circuit.options.reltol * partOfTolerance(system, card),
    maxStep: maxStep(system, card, parts.implicit),
    highestOrder: Math.floor(system.circuit.options.maxord),
    // What does not move at all needs one step for a row, and what does tells by its error how many.
    ...(card.inRows === true ? { firstStep: Infinity } : {}),
    ...(reads && { reads }),
    kept: { matrices: [] },
  };
  // What is found for the analysis need not be found again for the method; but a delay or a carried block may have
  // changed the equations in between.
  const stays = system.lookBack === undefined && system.carried.length === 0;
  let last: { readonly t: number; readonly end: number; readonly start: Start } | undefined;
  const self: Method = {
    name: integrator.name,
    begin(t, x0, end) {
      const start = consistent(system, t, x0, end, control);
      last = stays && start.outcome === "begun" ? { t, end, start } : undefined;
      return start;
    },
    integrate(t, x, end, maxSteps, observe) {
      const isKnown = last !== undefined && last.t === t && last.end === end && last.start.x === x;
      const start = isKnown ? last?.start : undefined;
      last = undefined;
      return integrator.integrate(system, t, x, end, { ...control, maxSteps, ...(start && { start }) }, observe);
    },
    fallback: () => self,
  };
  return self;
}

/**
 * The longest step of the smooth methods, s. Where all that follows the time is periodic, or straight between corners, the
 * period is bound enough, as it is in a run of a hundred of them: a stage stands in each hundredth of it, and no peak
 * falls between two steps. A fiftieth of the run is for what nobody knows of: a law of the time, a single pulse that bends.
 */
export function longestStep(system: CompiledSystem, card: TransientCard): number {
  const bound = maxStep(system, card, parts.smooth);
  const isKnown = card.grid && card.maxStep === undefined && card.inRows !== true && system.lookBack === undefined;
  if (!isKnown || !Number.isFinite(system.shortestPeriod) || !system.circuit.instances.every(followsKnownTimes))
    return bound;
  // In a run of a few periods the disturbance that tells separation would begin in the midst of one, and be said to grow.
  return card.stop > system.shortestPeriod ? bound : Math.max(bound, card.stop / parts.smooth);
}

const followsKnownTimes = ({ device, law, values }: Instance): boolean =>
  law === undefined &&
  device.isWritten !== true &&
  (device.source === undefined || device.source.isStraight === true || Number.isFinite(device.source.period(values)));

/**
 * The smooth methods: `dop853`, or another for the same equations.
 *
 * @param mayBeStiff false where it is known that no motion is so fast that stability alone would keep steps short of rows
 */
export function smooth(
  system: CompiledSystem,
  card: TransientCard,
  reduced: Reduced,
  integrator: Integrator<ExplicitSystem> = dop853,
  mayBeStiff = true,
): Method {
  const { explicit, expand, states } = reduced;
  const control: Omit<StepControl, "maxSteps"> = {
    relative: Math.max(1e-13, local.smooth * system.circuit.options.reltol * partOfTolerance(system, card)),
    maxStep: longestStep(system, card),
    tellsStiff: mayBeStiff,
    ...(isLookedAtInRows(system, card) && { inSeries: true, reads: { from: card.start, step: card.step } }),
  };
  const trial = new Float64Array(system.pattern.size);
  return {
    name: integrator.name,
    begin: (t, x0, end) => consistentStart(system, control, t, x0, end),
    *integrate(t, x0, end, maxSteps, observe) {
      const inside = interior(t, end);
      const whole = new WholeStep(reduced, inside, system.pattern.size);
      const see: Observer = (step) => observe(whole.of(step));
      const stretch = yield* integrator.integrate(explicit, t, states(x0), end, { ...control, maxSteps }, see);
      expand(inside(stretch.t), stretch.x, trial);
      return { ...stretch, x: trial.slice() };
    },
    fallback: () => implicitly(system, card, ndf),
  };
}

function consistentStart(
  system: CompiledSystem,
  control: Omit<StepControl, "maxSteps">,
  t: number,
  x0: Float64Array,
  end: number,
): Begun {
  return consistent(system, t, x0, end, control);
}
