import type { Directive, Netlist, Statement } from "../syntax/ast.js";
import { parseNetlist } from "../syntax/parse.js";
import { type Diagnostic, NetlistError } from "../text/diagnostic.js";
import type { ReadFile } from "../text/read.js";
import { Source } from "../text/source.js";
import { checkSmallSignals } from "./ac-card.js";
import { readAnalyses } from "./analyses.js";
import { readElement, readElements } from "./cards.js";
import type { ChannelCard } from "./channels/card.js";
import { ChannelCards } from "./channels/channel-cards.js";
import { checkCircuit } from "./checks.js";
import type { Circuit, Options } from "./circuit.js";
import { noteNominal, noteUnused } from "./closing-notes.js";
import { Elaboration } from "./elaboration.js";
import { Environment } from "./environment.js";
import { type Body, expand, isPlain, type Placed, whole } from "./expand.js";
import { noteFirstBranch } from "./first-branch.js";
import type { FormulaPrograms } from "./formula-programs.js";
import { tellHabits } from "./habits.js";
import { Includes } from "./includes.js";
import { readInitials } from "./initial.js";
import type { Network } from "./network.js";
import { checkNoise } from "./noise-card.js";
import { readOptions } from "./options.js";
import { readOutputs } from "./outputs.js";
import { besideCircuit } from "./quantum/beside-circuit.js";
import { blockCalls } from "./quantum/block-calls.js";
import { checkRuns } from "./quantum/check-runs.js";
import { observableCalls } from "./quantum/observable-calls.js";
import { readBlock } from "./quantum/read-block.js";
import { complainOfUnset, setParameters, setStepped } from "./runs/overrides.js";
import { type Redraw, redraw } from "./runs/redraw.js";
import { complainOfUnasked, defineStepped, readRuns, stepValues } from "./runs/run-cards.js";
import type { RunPoint } from "./runs/runs.js";
import { checkSweptAnew } from "./runs/swept-anew.js";
import { checkStarts } from "./starts.js";
import { noteStaticFilms } from "./static-films.js";
import { noteTrainingOnly } from "./training-only.js";
import { readTransient } from "./transient-card.js";
import { warnOfUndrawn } from "./undrawn.js";

/** What elaboration needs beside the netlist. */
export interface ElaborateContext {
  /** The main file: what a complaint points at where the netlist is empty. */
  readonly source?: Source;
  /** What reading the netlist had to say; errors too, for those of the elaboration are to be told beside them. */
  readonly found?: readonly Diagnostic[];
  /** Gives the text of files that the netlist names; without it every such name is an error. */
  readonly read?: ReadFile;
  /** Files that are read before the netlist. */
  readonly libraries?: readonly string[];
  /** Values for `.param`s, as expressions. */
  readonly set?: Readonly<Record<string, string>>;
  /** Goes before `.options seed`. */
  readonly seed?: number;
  /** What formulas were compiled for other runs of the netlist. */
  readonly programs?: FormulaPrograms;
  /** Which of the runs of `.step` and `.mc` it is; undefined: the deck as it stands, which says what runs there are. */
  readonly run?: RunPoint | undefined;
  /** Further `.plot` cards, without the leading `.plot`. */
  readonly plots?: readonly string[];
  /** What those who run a circuit have to say of one that is sound, before anything is run. */
  readonly examine?: ((circuit: Circuit) => readonly Diagnostic[]) | undefined;
  /** What they have to say of its channels, of whatever circuit: one that has a fault of its own is undefined. */
  readonly examineChannels?: ((declared: DeclaredChannels) => readonly Diagnostic[]) | undefined;
}

export interface DeclaredChannels {
  readonly channels: readonly (ChannelCard | undefined)[];
  readonly options: Options;
}

/** A circuit and what is to be said of its netlist: warnings and notes. */
export interface Elaborated {
  readonly circuit: Circuit;
  readonly diagnostics: readonly Diagnostic[];
  readonly redraw?: Redraw | undefined;
}

/**
 * Makes a circuit of a netlist: files are read, loops unrolled, subcircuits written out, names resolved, numbers
 * computed. Everything that is wrong is found before it throws: `NetlistError` carries all of it, in the order of the text.
 */
export function elaborate(netlist: Netlist, context: ElaborateContext = {}): Elaborated {
  const elaboration = new Elaboration(context.read, context.programs);
  const { complaints, network } = elaboration;
  for (const diagnostic of context.found ?? []) complaints.add(diagnostic);
  complaints.lack(netlist.gaps);
  const top = new Environment(elaboration);
  defineStepped(netlist.statements, top);
  const body = readDeck(netlist, context, top);
  const { cards } = body;
  elaboration.datasets.declare(cards);
  const options = settle(elaboration, cards, context);
  readBody(body);
  elaboration.channels = new ChannelCards(cards);
  const channels = elaboration.channels.readAll();
  const read = elaboration.blocks.all.map(readBlock);
  elaboration.catchUp();
  network.checkDotted();
  let sound = !complaints.failed;
  const analyses = readAnalyses(cards, elaboration, options, read);
  const blocks = besideCircuit(read, elaboration.blocks.all, analyses, complaints);
  sound &&= isFilled(elaboration, netlist, context.source);
  if (sound) {
    const { errors } = complaints;
    checkCircuit(network, seeksSteadyState(analyses), elaboration.blocks.nodesRead);
    sound = complaints.errors === errors;
    checkStarts(network, analyses);
    checkSmallSignals(network, analyses);
    checkNoise(network, analyses);
    sound &&= complaints.errors === errors;
    noteStaticFilms(network, analyses);
    noteTrainingOnly(network, analyses);
  }
  const outputs = readOutputs(cards, analyses);
  const runs = readRuns(cards, top);
  checkSweptAnew(analyses, runs, complaints);
  if (!complaints.lacking) checkRuns({ blocks, analyses, outputs }, top);
  noteFirstBranch(outputs.measures, analyses, complaints);
  if (!complaints.lacking) warnOfUndrawn(cards, { outputs, analyses }, complaints);
  tellHabits(elaboration);
  noteNominal(elaboration, runs);
  const { touched: asked } = elaboration.draws;
  const drawn = elaboration.draws.made.length;
  if (!complaints.lacking) {
    noteUnused(elaboration, mainSource(netlist, context.source));
    top.evaluateAll(mainSource(netlist, context.source));
    complainOfUnasked(top);
  }
  const ofCards = {
    title: netlist.title,
    options,
    blocks,
    analyses,
    outputs,
    runs,
    draws: elaboration.draws.made,
  };
  const isWhole = sound && channels.every((it) => it !== undefined);
  const circuit = isWhole ? circuitOf(network, { ...ofCards, channels }, context.run) : undefined;
  for (const diagnostic of context.examineChannels?.({ channels, options }) ?? []) complaints.add(diagnostic);
  for (const diagnostic of (circuit && context.examine?.(circuit)) ?? []) complaints.add(diagnostic);
  complaints.sort();
  if (complaints.failed || circuit === undefined) throw new NetlistError(complaints.all);
  const anew = context.run && redraw(top, circuit, asked, drawn);
  // A copy: what cards complain of that are read anew for another run is told when that run is read as a whole.
  return { circuit, diagnostics: [...complaints.all], redraw: anew };
}

type OfCards = Pick<Circuit, "title" | "options" | "blocks" | "channels" | "analyses" | "outputs" | "runs" | "draws">;

function circuitOf(network: Network, ofCards: OfCards, run: RunPoint | undefined): Circuit {
  const { nodes, initial, held, guesses } = network;
  const instances = stepValues(network.instances(), ofCards.runs, run?.values);
  return { ...ofCards, nodes, instances, initial, held, guesses };
}

/** The cards of the main circuit, libraries first, and whatever the caller adds. */
function readDeck(netlist: Netlist, context: ElaborateContext, top: Environment): Body {
  const { elaboration } = top;
  const includes = new Includes(elaboration);
  elaboration.blocks.answer = observableCalls;
  elaboration.blocks.calls = blockCalls;
  elaboration.readBody = (statements, place) => {
    if (isPlain(statements)) {
      for (const card of statements) readElement(card, place);
      return;
    }
    const body = expand(statements, place, includes);
    readBody(body);
    complainOfMisplaced(body.cards);
  };
  elaboration.readCard = (card, place) => readElement(whole(card, place), place);
  setParameters(top, context.set ?? {});
  setStepped(top, context.run);
  const libraries = (context.libraries ?? []).flatMap((file) => includes.library(file));
  const { elements, cards } = expand([...libraries, ...netlist.statements], top, includes);
  complainOfUnset(top);
  return { elements, cards: [...cards, ...(context.plots ?? []).flatMap((text) => plotCard(text, top))] };
}

/** Elements and start values, of the main circuit or of a subcircuit. */
function readBody({ elements, cards }: Body): void {
  readElements(elements);
  readInitials(cards);
}

/** Whether any analysis looks for a state without change; one that only starts from given values does not. */
const seeksSteadyState = (analyses: Circuit["analyses"]): boolean =>
  analyses.length === 0 || analyses.some((card) => card.kind !== "tran" || !card.uic);

const mainSource = (netlist: Netlist, source: Source | undefined): Source | undefined =>
  source ?? netlist.statements[0]?.span.source;

function isFilled(
  { network, blocks, channels, datasets, complaints }: Elaboration,
  netlist: Netlist,
  given: Source | undefined,
): boolean {
  if (network.count > 0 || blocks.all.length > 0 || channels.any || datasets.any) return true;
  const source = mainSource(netlist, given);
  const help = "the first line of a netlist is its title; elements stand below it.";
  complaints.error(
    "empty-circuit",
    "The netlist has no elements.",
    source && { source, start: 0, end: Math.min(1, source.text.length) },
    { help },
  );
  return false;
}

/** What a body of a subcircuit may hold beside elements. */
const local = [".ic", ".nodeset", ".data", ".global"];

function complainOfMisplaced(cards: readonly Placed<Directive>[]): void {
  for (const { card, place } of cards) {
    if (local.includes(card.name)) continue;
    const message = `\`${card.name}\` cannot stand in a subcircuit: put it into the main circuit.`;
    place.elaboration.complaints.error("misplaced-card", message, card.nameSpan);
  }
}

/** Finds the options, and what of them the elements need to know. */
function settle(elaboration: Elaboration, cards: readonly Placed[], { seed, run }: ElaborateContext): Options {
  const at = run?.axes.findIndex(({ sets }) => sets.kind === "temperature") ?? -1;
  const options = {
    ...readOptions(cards, seed),
    ...(at >= 0 && { temp: run!.values[at]! }),
    ...(run?.seed !== undefined && { seed: run.seed }),
  };
  elaboration.temperature = options.temp;
  elaboration.nominalTemperature = options.tnom;
  elaboration.gmin = options.gmin;
  elaboration.dialect = options.dialect;
  if (options.dialect === "ngspice") {
    const first = cards.find(({ card }) => card.kind === "directive" && card.name === ".tran") as
      | Placed<Directive>
      | undefined;
    elaboration.outputStep = first && readTransient(first.card, first.place, options)?.step;
  }
  return options;
}

function plotCard(text: string, place: Environment): readonly Placed<Directive>[] {
  const source = new Source("--plot", `.plot ${text}`);
  const { statements } = parseNetlist(source, { main: false }, place.elaboration.complaints);
  return statements.flatMap((card: Statement) => (card.kind === "directive" ? [{ card, place }] : []));
}
