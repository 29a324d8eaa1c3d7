import type { Directive, Item } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Environment } from "../environment.js";
import { numberOf } from "../readings.js";
import { Settings } from "../settings.js";
import { currentEstimates, type QtranCard, type QuantumBlock } from "./block.js";
import { blockNamed } from "./block-named.js";

const settings = ["block", "method", "steps_per_period", "dt", "shots", "runs", "seed", "current", "reltol", "steps"];
type Method = QtranCard["method"];

/** `.qtran [tstep] tstop [tstart] [block=] [method=] [steps_per_period= | dt=] [shots=] [current=] [runs=] [seed=] [reltol=]`. */
export function readQtran(card: Directive, place: Environment, blocks: readonly QuantumBlock[]): QtranCard | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const options = card.items.filter(({ kind }) => kind === "setting");
  const given = new Settings(".qtran", options, place, card.span, settings);
  const times = timesOf(card, given);
  complainOfSteps(given);
  const block = blockNamed(given, blocks, "`.qtran` evolves a `.quantum` block");
  if (block === undefined) return undefined;
  const method = methodOf(given);
  const dt = stepOf(given, method, blocks[block]!);
  const shots = given.count("shots", undefined);
  complainOfForeign(given, method, shots);
  if (method !== "digital") complainOfSteppers(blocks[block]!, place);
  checkSize(blocks[block]!, method, card.nameSpan, place);
  complainOfPoints(times.stop, dt ?? times.step, given);
  const read = {
    kind: "qtran",
    block,
    ...times,
    method,
    dt,
    shots,
    current: given.word("current", currentEstimates) ?? "identity",
    runs: given.count("runs", method === "trajectories" ? 100 : 1),
    seed: given.count("seed", undefined, 0),
    reltol: given.number("reltol", 1e-10, [1e-14, 0.1]),
    span: card.span,
  } as const;
  return complaints.errors > before ? undefined : read;
}

function timesOf(card: Directive, given: Settings): Pick<QtranCard, "step" | "stop" | "start"> {
  const items: readonly Item[] = card.items.filter(({ kind }) => kind !== "setting");
  const times = items.slice(0, 3).map((item) => ({ value: numberOf(item, given.place, "a time"), span: item.span }));
  if (items.length === 0)
    given.error("missing-value", "`.qtran` needs the time at which it stops: `.qtran {20*2*pi}`.");
  if (items.length > 3)
    given.error("text-behind-card", "`.qtran` takes three times at most: tstep, tstop and tstart.", items[3]!.span);
  const [first, second, third] = times;
  const stop = second ?? first;
  complainOfTimes(times, stop, third, second === undefined ? undefined : first, given);
  const step = second === undefined || first?.value === 0 ? undefined : first?.value;
  return { step, stop: stop?.value ?? Number.NaN, start: third?.value ?? 0 };
}

/** Points of the output, which are kept all at once. */
const mostPoints = 1e6;

function complainOfPoints(stop: number, step: number | undefined, given: Settings): void {
  if (step === undefined || !(stop / step > mostPoints)) return;
  const points = (stop / step).toPrecision(3);
  const message = `\`.qtran\` would have ${points} points, and at most ${mostPoints} are kept.`;
  given.error("too-many-points", message, given.span, "write a longer step, or none for 1000 points.");
}

interface Time {
  readonly value: number;
  readonly span: Span;
}

function complainOfTimes(
  times: readonly Time[],
  stop: Time | undefined,
  start: Time | undefined,
  step: Time | undefined,
  given: Settings,
): void {
  if (stop === undefined || times.some(({ value }) => Number.isNaN(value))) return;
  const negative = times.find(({ value }) => value < 0) ?? (stop.value === 0 ? stop : undefined);
  if (negative !== undefined) {
    const message = "The times of `.qtran` must not be negative, and it must stop behind 0.";
    given.error("bad-time", message, negative.span);
  } else if (start !== undefined && start.value >= stop.value) {
    given.error("bad-time", "`.qtran` starts to keep results only when it has stopped.", start.span);
  } else if (step !== undefined && step.value > stop.value) {
    const help = "write the step first and the stop behind it: `.qtran tstep tstop`.";
    given.error("bad-time", "The step of `.qtran` is longer than the whole run.", step.span, help);
  }
}

/** `steps=30`: of a period, or of the whole run? */
function complainOfSteps(given: Settings): void {
  if (given.value("steps") === undefined) return;
  const message = "`steps` could be the steps of a period or of the whole run.";
  const help = "write `steps_per_period=30`, or the length of a step, `dt={tstop/600}`.";
  given.error("two-meanings", message, given.at("steps"), help);
}

const methods: readonly Method[] = ["lindblad", "digital", "trajectories"];

function methodOf(given: Settings): Method {
  const steps = ["steps_per_period", "dt", "shots", "current"].some((name) => given.value(name) !== undefined);
  return given.word("method", methods) ?? (steps ? "digital" : "lindblad");
}

/** The length of a digital step. */
function stepOf(given: Settings, method: Method, block: QuantumBlock): number | undefined {
  const [per, dt] = [given.count("steps_per_period", undefined), given.number("dt", undefined)];
  if (per !== undefined && dt !== undefined)
    given.error("two-values", "`steps_per_period=` and `dt=` both say how long a step is: give one.", given.at("dt"));
  if (dt !== undefined && !(dt > 0) && !Number.isNaN(dt))
    given.error("parameter-range", `\`dt\` is ${dt}, but must be longer than 0.`, given.at("dt"));
  if (dt === undefined && per === undefined && method === "digital") {
    const message = "`method=digital` needs a step: `steps_per_period=30`, or its length, `dt=`.";
    given.error("missing-value", message, given.at("method"));
  }
  if (dt !== undefined || per === undefined) return dt;
  const [first] = block.memristors;
  const omega = first === undefined ? 0 : (block.systems[first.system]?.omega ?? 0);
  if (omega > 0) return (2 * Math.PI) / omega / per;
  const message = "A period is 2π/ω of the block's first memristor, and it has none: give the step by `dt=`.";
  given.error("missing-value", message, given.at("steps_per_period"));
  return undefined;
}

/** Settings that this method has no use for. */
function complainOfForeign(given: Settings, method: Method, shots: number | undefined): void {
  const foreign: readonly (readonly [string, boolean, string])[] = [
    ["steps_per_period", method === "lindblad", "`method=digital`"],
    ["dt", method === "lindblad", "`method=digital`"],
    ["current", method !== "digital", "`method=digital`"],
    ["shots", method !== "digital", "`method=digital`"],
    [
      "runs",
      method === "lindblad" || (method === "digital" && shots === undefined),
      "`shots=` and `method=trajectories`",
    ],
    [
      "seed",
      method === "lindblad" || (method === "digital" && shots === undefined),
      "`shots=` and `method=trajectories`",
    ],
  ];
  for (const [name, isForeign, owner] of foreign) {
    if (!isForeign || given.value(name) === undefined) continue;
    given.error("no-effect", `\`${name}=\` says nothing here: it belongs to ${owner}.`, given.at(name));
  }
}

/** What acts once a digital step, in a run without one. */
function complainOfSteppers({ operations }: QuantumBlock, { elaboration }: Environment): void {
  for (const it of operations) {
    const isStepped = it.kind === "coupling" ? it.strength.kind === "delta" : it.when.kind === "step";
    if (!isStepped) continue;
    const [what, help] =
      it.kind === "coupling"
        ? ["`delta=`", "write `g={delta/dt}` to put it into the Hamiltonian, or give `.qtran` `steps_per_period=`."]
        : ["`each=step`", "give `.qtran` `steps_per_period=` or `dt=`."];
    const message = `${what} acts once a digital step, but \`.qtran\` has no digital step.`;
    elaboration.complaints.error("no-digital-step", message, it.span, { help });
  }
}

/** Bytes that a run may take. */
const mostBytes = 8 * 2 ** 30;
/** How many states a run of density matrices or kets holds beside each other. */
const statesHeld = 8;

function checkSize({ systems, name }: QuantumBlock, method: Method, span: Span, { elaboration }: Environment): void {
  const dimension = systems.reduce((product, system) => product * system.dimension, 1);
  const entries = method === "trajectories" ? dimension : dimension ** 2;
  const bytes = statesHeld * 16 * entries;
  if (!(bytes > mostBytes)) return;
  const what = method === "trajectories" ? "its ket" : "its density matrix";
  const message = `The register of \`${name}\` has ${dimension} levels: ${what} alone takes ${size(16 * entries)}, a run about ${size(bytes)}, and at most ${size(mostBytes)} are used.`;
  const smaller = "fewer qubits, or fewer `levels=` of its oscillators, make it smaller";
  const help =
    method === "trajectories"
      ? `${smaller}.`
      : `\`method=trajectories\` needs ${size(statesHeld * 16 * dimension)}; ${smaller}.`;
  elaboration.complaints.error("register-too-large", message, span, { help });
}

function size(bytes: number): string {
  const step = Math.min(8, Math.floor(Math.log(bytes) / Math.log(1024)));
  const unit = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"][step]!;
  return `${Number((bytes / 1024 ** step).toPrecision(3))} ${unit}`;
}
