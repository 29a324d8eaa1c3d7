import { trainedRun } from "./analysis/gates/trained-run.js";
import { type Progress, type Simulation, simulateCircuit, type Word } from "./analysis/simulation.js";
import type { Circuit } from "./circuit/circuit.js";
import type { Elaborated } from "./circuit/elaborate.js";
import { elaborateRuns } from "./circuit/elaborate-runs.js";
import type { RunPoint } from "./circuit/runs/runs.js";
import { simulateElsewhere } from "./ensemble/elsewhere.js";
import type { Executor, Job, JobDone, PlainDeck } from "./ensemble/executor.js";
import { doJob } from "./ensemble/job.js";
import { filesOf, plainFiles, sharedSources } from "./ensemble/plain-files.js";
import { countOf, modelPoints, theOnly } from "./ensemble/plan.js";
import { further, simulateRuns } from "./ensemble/run.js";
import { channelProblems } from "./equations/channels/problems.js";
import { compile } from "./equations/compile.js";
import { stateProblems } from "./equations/quantum/state-problems.js";
import { recognisedNotes } from "./equations/recognised/note.js";
import { NetworkLearner, trainingProblems } from "./learning/learner.js";
import type { Picture } from "./result/picture.js";
import { parseNetlist } from "./syntax/parse.js";
import { Complaints, type Diagnostic, NetlistError } from "./text/diagnostic.js";
import { FilesRead, type ReadFile } from "./text/read.js";
import { Source } from "./text/source.js";
import { draw } from "./views/draw.js";
import { qasmLines } from "./views/qasm.js";
import type { SvgSelection } from "./views/svg-selection.js";

export type { Progress, Simulation } from "./analysis/simulation.js";
export type { Executor, Job, JobDone, PlainDeck, Workers } from "./ensemble/executor.js";
export type { Picture } from "./result/picture.js";
export type { Column, Measured, Printed, Result, Statistics } from "./result/result.js";
export { type Diagnostic, NetlistError, render } from "./text/diagnostic.js";
export type { ReadFile } from "./text/read.js";
export { Source, type Span } from "./text/source.js";
export { resultSchema } from "./views/result-schema.js";
export type { SvgSelection } from "./views/svg-selection.js";

export interface SimulateOptions {
  /** What messages call the netlist; default `netlist`. */
  readonly name?: string;
  /** Gives the text of included files; without it an `.include` is an error. */
  readonly read?: ReadFile;
  /** Libraries read before the netlist. */
  readonly include?: readonly string[];
  /** Overrides of `.param`, as expressions. */
  readonly set?: Readonly<Record<string, string>>;
  readonly seed?: number;
  /** Further `.plot` cards, without the leading `.plot`. */
  readonly plots?: readonly string[];
  /** False leaves out the pictures. */
  readonly pictures?: boolean;
  /** Makes the runs of `.step` and `.mc`; undefined: they are made here, one after the other. Results are the same. */
  readonly executor?: Executor;
  /** What trainings go on from, by their names: the `checkpoints` of a simulation that was stopped. */
  readonly resume?: ReadonlyMap<string, unknown>;
  /** Aborting ends the run early; what is done is kept. */
  readonly signal?: AbortSignal;
  /** Called as the first analysis begins, and now and then from there on. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called between steps; where it gives a promise, the run waits for it (so that a host can answer events). */
  readonly pause?: () => Promise<void> | undefined;
}

/** Reads a netlist, runs its analyses, and gives their results. Throws `NetlistError` for a faulty netlist. */
export async function simulate(text: string, options: SimulateOptions = {}): Promise<Simulation> {
  const { circuit, diagnostics, ...reading } = readied(text, options);
  if (circuit.runs && options.resume) throw new NetlistError([...diagnostics, resumedRuns]);
  try {
    const simulation =
      options.executor && countOf(circuit) > 1
        ? await elsewhere(circuit, reading, options.executor, options)
        : await pump(running(circuit, reading.prepare, options), circuit.analyses.length, options);
    return { ...simulation, diagnostics: [...diagnostics, ...simulation.diagnostics] };
  } catch (error) {
    throw withEarlier(diagnostics, error);
  }
}

function running(circuit: Circuit, prepare: Reading["prepare"], { pictures = true, resume }: SimulateOptions) {
  const learner = () => new NetworkLearner(resume);
  return circuit.runs
    ? simulateRuns(circuit, prepare, { pictures, learner })
    : simulateCircuit(circuit, learner(), { pictures, anew: (...at) => prepare(further(theOnly, ...at)).circuit });
}

function elsewhere(circuit: Circuit, { source, files }: Reading, executor: Executor, options: SimulateOptions) {
  const { include = [], set = {}, seed, plots = [], pictures = true, signal, onProgress, pause } = options;
  const found = files.all;
  const plain = options.read && plainFiles(found);
  const deck = { name: source.name, text: source.text, files: plain, include, set, seed, plots, pictures };
  return simulateElsewhere(circuit, deck, sharedSources(source, found), executor, { signal, onProgress, pause });
}

/**
 * What a worker of an `Executor` does: reads the deck, and gives what makes those of its runs that it is asked for. `read`
 * gives files that the deck names in some of its runs only.
 */
export function runsOf({ name, text, files, ...deck }: PlainDeck, read: ReadFile): (job: Job) => JobDone {
  const known = filesOf(files ?? []);
  const found = new FilesRead(files && read, known);
  const { source, prepare } = reading(text, { ...given(deck), name }, found);
  const { circuit } = prepare();
  const wanted = { pictures: deck.pictures, learner: () => new NetworkLearner() };
  return (job) => doJob(job, circuit, prepare, wanted, sharedSources(source, known));
}

/** Reads a netlist and gives everything there is to say about it; errors included, nothing is run. */
export function check(text: string, options: SimulateOptions = {}): readonly Diagnostic[] {
  let said: readonly Diagnostic[] = [];
  try {
    const { circuit, diagnostics } = readied(text, options);
    said = diagnostics;
    compile(circuit);
    return said;
  } catch (error) {
    if (error instanceof NetlistError) return [...said, ...error.diagnostics];
    throw error;
  }
}

/** Draws a picture of a simulation into a d3 selection of an empty `<svg>`, and sets its size. */
export function plot(picture: Picture, svg: SvgSelection): void {
  draw(svg, picture);
}

export interface QasmOptions extends SimulateOptions {
  /** Whose digital run, where several blocks have one. */
  readonly block?: string;
  /** So many of its steps; default all. */
  readonly steps?: number;
  /** What is measured at the end; default `z`. */
  readonly measure?: "x" | "y" | "z" | "none";
}

export interface Qasm {
  /** The program; lines end with a line feed. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The digital run of a quantum block as a program of OpenQASM 3. The trainings before it are run first, so that it is what was
 * learned; nothing else is. Throws `NetlistError` where there is none.
 */
export function qasm(text: string, options: QasmOptions = {}): Qasm {
  const { circuit, diagnostics } = reading(text, options).prepare();
  const found = trainedRun(circuit, options.block, new NetworkLearner(), options.onProgress);
  const said = [...diagnostics, ...found.diagnostics];
  if ("problem" in found) throw new NetlistError([...said, found.problem]);
  const { steps, measure = "z" } = options;
  const axis = measure === "none" ? undefined : measure;
  const wish = { title: circuit.title, learned: found.learned, axis, ...given({ steps }) };
  return { text: [...qasmLines(found.circuit, wish), ""].join("\n"), diagnostics: said };
}

/**
 * Reads a netlist, and once more as its first run or sweep has it where these give a model other numbers: what they have
 * to say wrong is then said before anything runs.
 */
function readied(text: string, options: SimulateOptions) {
  const read = reading(text, options);
  const ready = read.prepare();
  for (const point of modelPoints(ready.circuit)) read.prepare(point);
  return { ...read, ...ready };
}

/** A netlist that was read. */
interface Reading {
  readonly source: Source;
  readonly files: FilesRead;
  /** Elaborates it as it stands, or for one of its runs. */
  prepare(run?: RunPoint): Elaborated;
}

function reading(
  text: string,
  { name = "netlist", read, include, set, seed, plots }: SimulateOptions,
  files = new FilesRead(read),
): Reading {
  const complaints = new Complaints();
  const source = new Source(name, text);
  const netlist = parseNetlist(source, { main: true }, complaints);
  const context = given({ source, found: complaints.all, read: files.read, libraries: include, set, seed, plots });
  const ways = { ...context, examine, examineChannels: channelProblems };
  return { source, files, prepare: elaborateRuns(netlist, ways) };
}

/** What only shows when the circuit stands as a whole. */
const examine = (circuit: Circuit): readonly Diagnostic[] => [
  ...trainingProblems(circuit),
  ...stateProblems(circuit),
  ...recognisedNotes(circuit),
];

const resumedRuns: Diagnostic = {
  severity: "error",
  code: "not-supported-yet",
  message:
    "A netlist with `.step` or `.mc` cannot be taken up where it stopped: `--resume` takes up trainings of a single run.",
};

/** What an earlier stage had to say is not lost where a later one refuses. */
const withEarlier = (said: readonly Diagnostic[], error: unknown): unknown =>
  error instanceof NetlistError ? new NetlistError([...said, ...error.diagnostics]) : error;

/** The entries that have a value. */
const given = <Entries extends object>(entries: Entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Entries]?: Exclude<Entries[Name], undefined>;
  };

/** After so many steps a run that may be aborted lets its host answer events, if the host does not choose when. */
const stepsBetweenRests = 64;

async function pump(
  run: Generator<Progress, Simulation, Word>,
  of: number,
  { signal, onProgress, pause = signal && resting(stepsBetweenRests) }: SimulateOptions,
): Promise<Simulation> {
  onProgress?.({ analysis: 0, of, fraction: 0 });
  let step = run.next("go on");
  while (!step.done) {
    onProgress?.(step.value);
    const rest = pause?.();
    if (rest) await rest;
    step = run.next(signal?.aborted ? "stop" : "go on");
  }
  return step.value;
}

function resting(every: number): () => Promise<void> | undefined {
  let steps = 0;
  return () => (++steps % every === 0 ? new Promise((resume) => setTimeout(resume, 0)) : undefined);
}
