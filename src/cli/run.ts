import type { Simulation } from "../analysis/simulation.js";
import { fileReader } from "../files/read.js";
import { realPath } from "../files/real-path.js";
import { type SimulateOptions, simulate } from "../index.js";
import { type Diagnostic, NetlistError } from "../text/diagnostic.js";
import type { Source } from "../text/source.js";
import type { Provenance, Report } from "../views/json.js";
import { readCheckpoints } from "./checkpoints.js";
import { type Deck, decksOf, partedByEnding, readDeck } from "./decks.js";
import { type ExitCode, exitCode, gravest, UsageError } from "./exit-code.js";
import { Watch } from "./limits.js";
import type { Format } from "./option-values.js";
import { checkDestination, type Destination, writeResults } from "./outputs.js";
import { type ProgressStyle, progressView } from "./progress.js";
import { dateOf, provenanceOf } from "./provenance.js";
import { explainRefusal, refusalsExplained } from "./refusal.js";
import { Stopwatch } from "./stopwatch.js";
import { summary } from "./summary.js";
import type { Terminal } from "./terminal.js";
import type { Asker } from "./threads.js";
import { type Voice, voice } from "./voice.js";

/** The options of `run`, as the command line gives them. */
export interface RunOptions {
  readonly out?: string;
  /** All results into this raw file instead of a folder. */
  readonly rawfile?: string;
  readonly format: readonly Format[];
  readonly plots: boolean;
  readonly plot: readonly string[];
  readonly include: readonly string[];
  readonly resume?: boolean;
  readonly set: Readonly<Record<string, string>>;
  readonly seed?: number;
  /** How many runs of `.step` and `.mc` are made at a time. */
  readonly threads?: number | "auto";
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly progress: ProgressStyle;
  readonly maxTime?: number;
  readonly maxMemory?: number;
}

const defaults: RunOptions = {
  format: ["csv"],
  plots: true,
  plot: [],
  include: [],
  set: {},
  color: true,
  progress: "auto",
};

/** Simulates the decks one after the other; the code is that of the one that ended worst. */
export async function run(named: readonly string[], given: Partial<RunOptions>, terminal: Terminal): Promise<ExitCode> {
  const { decks: paths, libraries } = partedByEnding(named);
  const options = { ...defaults, ...given, include: [...(given.include ?? []), ...libraries] };
  checkUsage(paths, options);
  const speak = voice(terminal, options);
  const watch = new Watch(options, terminal);
  const date = dateOf(terminal);
  const decks = decksOf(paths);
  const codes: ExitCode[] = [];
  try {
    for (const [k, deck] of decks.entries()) {
      codes.push(await runDeck(deck, { options, date, terminal, speak, watch }));
      if (!watch.stopped || k === decks.length - 1) continue;
      speak.error("stopped", `${watch.reason.message} The netlists behind \`${deck.path}\` were not run.`);
      codes.push(codeOfStop(watch));
      break;
    }
  } finally {
    watch.end();
  }
  return gravest(codes);
}

function checkUsage(paths: readonly string[], { rawfile, json }: RunOptions): void {
  if (rawfile !== undefined && paths.length > 1) throw new UsageError("`-r` takes the results of one netlist only.");
  if (json && paths.length > 1) throw new UsageError("`--json` prints the document of one netlist only.");
}

/** What a run of one deck needs beside it. */
interface Setting {
  readonly options: RunOptions;
  readonly date: Date;
  readonly terminal: Terminal;
  readonly speak: Voice;
  readonly watch: Watch;
}

/** Where the results of a deck go, and the real paths of what it reads. */
interface Paths {
  readonly place: Destination;
  readonly inputs: Set<string>;
}

const runDeck = (deck: Deck, setting: Setting): Promise<ExitCode> =>
  refusalsExplained(setting.speak, () => {
    const source = readDeck(deck.path, setting.terminal, setting.speak.diagnostic);
    const place = destination(deck, setting.options);
    const inputs = new Set([realPath(deck.path)]);
    checkDestination(place, inputs);
    return simulateDeck(deck, source, { place, inputs }, setting);
  });

async function simulateDeck(deck: Deck, source: Source, paths: Paths, setting: Setting): Promise<ExitCode> {
  const { options, date, terminal, speak, watch } = setting;
  const progress = progressView(options.progress, source.name, terminal);
  const stopwatch = new Stopwatch();
  const running = simulate(source.text, {
    name: source.name,
    read: fileReader(speak.diagnostic, paths.inputs),
    include: options.include,
    set: options.set,
    plots: options.plot,
    pictures: options.plots,
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.resume && { resume: readCheckpoints(paths.place.path, deck.stem) }),
    ...(await executorFor(options, { inputs: paths.inputs, note: speak.diagnostic })),
    signal: watch.signal,
    pause: watch.pause,
    onProgress: (at) => {
      stopwatch.see(at);
      progress.show(at);
    },
  });
  const simulation = await running
    .then((it) => withWork(it, source))
    .finally(progress.clear)
    .catch(async (error: unknown) => {
      if (options.json && error instanceof NetlistError) {
        await printDocument(
          { results: [], diagnostics: error.diagnostics },
          provenanceOf(source, undefined, options, date),
          terminal,
        );
      }
      throw error;
    });
  stopwatch.stop();
  const provenance = provenanceOf(source, simulation, options, date);
  for (const diagnostic of [...simulation.diagnostics, ...unusedThreads(options, simulation)])
    speak.diagnostic(diagnostic);
  watch.listen();
  const { files, failures } = await writeResults(deck, simulation, { ...options, ...paths, provenance });
  for (const line of summary(source.name, simulation, stopwatch, files)) speak.line(line);
  for (const failed of simulation.failedAsserts) speak.diagnostic(failed);
  if (options.json) await printDocument({ ...simulation, cpu: stopwatch.cpu }, provenance, terminal);
  const codes = failures.map((failure) => explainRefusal(failure, speak) ?? exitCode.failed);
  return gravest([...codes, codeOf(simulation, watch, speak)]);
}

/** Threads, where they are asked for: one thread has nothing to load for them. */
async function executorFor({ threads = 1 }: RunOptions, asker: Asker): Promise<Pick<SimulateOptions, "executor">> {
  const count = threads === "auto" ? (await import("node:os")).availableParallelism() : threads;
  return count > 1 ? { executor: (await import("./threads.js")).threadsFor(count, asker) } : {};
}

/** Whoever asks for threads by number should know where there is nothing to share out. */
const unusedThreads = ({ threads = 1 }: RunOptions, { runs }: Simulation): readonly Diagnostic[] =>
  runs !== undefined || threads === "auto" || threads === 1
    ? []
    : [
        {
          severity: "note",
          code: "threads-unused",
          message: `One run is made by one thread: \`--threads ${threads}\` shares out those of \`.step\` and \`.mc\`, which this netlist does not have.`,
        },
      ];

/** The simulation, if the netlist asked for one. */
function withWork(simulation: Simulation, source: Source): Simulation {
  const { analyses, outputs } = simulation.circuit;
  if (analyses.length > 0 || outputs.measures.some(({ analysis }) => analysis === "channel")) return simulation;
  throw new NetlistError([
    ...simulation.diagnostics,
    {
      severity: "error",
      code: "no-analysis",
      message: "The netlist does not say what to simulate: it has no `.op`, `.dc`, `.tran` or `.train`.",
      span: { source, start: 0, end: source.line(1).length },
      help: "add `.op`, or `.tran` with the distance of the output points and the end, such as `.tran 10u 10m`.",
    },
  ]);
}

const destination = ({ stem }: Deck, { out, rawfile }: RunOptions): Destination =>
  rawfile === undefined ? { kind: "folder", path: out ?? `${stem}.out` } : { kind: "raw", path: rawfile };

async function printDocument(report: Report, provenance: Provenance, terminal: Terminal): Promise<void> {
  const { jsonChunks } = await import("../views/json.js");
  for (const chunk of jsonChunks(report, provenance)) terminal.out(chunk);
}

function codeOf(simulation: Simulation, watch: Watch, speak: Voice): ExitCode {
  const { results, begun, circuit, diagnostics, failedAsserts } = simulation;
  const whole = begun === circuit.analyses.length && results.every(({ ended }) => ended === "complete");
  if (!whole && watch.stopped) {
    const { message, help } = watch.reason;
    speak.error("stopped", `${message} What was done by then is kept.`, help);
    return codeOfStop(watch);
  }
  const failed = !whole || diagnostics.some(({ severity }) => severity === "error");
  if (failed) return exitCode.failed;
  return failedAsserts.length > 0 ? exitCode.assertFailed : exitCode.well;
}

const codeOfStop = ({ stopped }: Watch): ExitCode => (stopped === "interrupt" ? exitCode.interrupted : exitCode.failed);
