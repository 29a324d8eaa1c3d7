import type { Directive, Netlist, Statement } from "../syntax/ast.js";
import { parseNetlist } from "../syntax/parse.js";
import { type Diagnostic, NetlistError } from "../text/diagnostic.js";
import type { ReadFile } from "../text/read.js";
import { Source } from "../text/source.js";
import { readAnalyses } from "./analyses.js";
import { readElements } from "./cards.js";
import { checkCircuit } from "./checks.js";
import type { Circuit, Options } from "./circuit.js";
import { Elaboration } from "./elaboration.js";
import { Environment } from "./environment.js";
import { expand, type Placed } from "./expand.js";
import { noteFirstBranch } from "./first-branch.js";
import { Includes } from "./includes.js";
import { readInitials } from "./initial.js";
import type { Network } from "./network.js";
import { readOptions } from "./options.js";
import { readOutputs } from "./outputs.js";
import { besideCircuit } from "./quantum/beside-circuit.js";
import { checkRuns } from "./quantum/check-runs.js";
import { blockCalls, observableCalls } from "./quantum/observable-calls.js";
import { readBlock } from "./quantum/read-block.js";
import { nearName } from "./readings.js";
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
  /** Further `.plot` cards, without the leading `.plot`. */
  readonly plots?: readonly string[];
  /** What those who run a circuit have to say of one that is sound, before anything is run. */
  readonly examine?: ((circuit: Circuit) => readonly Diagnostic[]) | undefined;
}

/** A circuit and what is to be said of its netlist: warnings and notes. */
export interface Elaborated {
  readonly circuit: Circuit;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes a circuit of a netlist: files are read, loops unrolled, subcircuits written out, names resolved, numbers
 * computed. Everything that is wrong is found before it throws: `NetlistError` carries all of it, in the order of the text.
 */
export function elaborate(netlist: Netlist, context: ElaborateContext = {}): Elaborated {
  const elaboration = new Elaboration(context.read);
  const { complaints, network } = elaboration;
  for (const diagnostic of context.found ?? []) complaints.add(diagnostic);
  complaints.lack(netlist.gaps);
  const top = new Environment(elaboration);
  const cards = readDeck(netlist, context, top);
  const options = settle(elaboration, cards, context.seed);
  readBody(cards);
  const read = elaboration.blocks.all.map(readBlock);
  elaboration.catchUp();
  network.checkDotted();
  let sound = !complaints.failed;
  const analyses = readAnalyses(cards, options, read);
  const blocks = besideCircuit(read, elaboration.blocks.all, analyses, complaints);
  sound &&= isFilled(elaboration, netlist, context.source);
  if (sound) {
    const { errors } = complaints;
    checkCircuit(network, seeksSteadyState(analyses));
    sound = complaints.errors === errors;
    checkStarts(network, analyses);
    noteStaticFilms(network, analyses);
    noteTrainingOnly(network, analyses);
  }
  const outputs = readOutputs(cards, analyses);
  if (!complaints.lacking) checkRuns({ blocks, analyses, outputs }, top);
  noteFirstBranch(outputs.measures, analyses, complaints);
  if (!complaints.lacking) warnOfUndrawn(cards, { outputs, analyses }, complaints);
  noteSignedPowers(elaboration);
  if (!complaints.lacking) {
    noteUnused(elaboration, mainSource(netlist, context.source));
    top.evaluateAll(mainSource(netlist, context.source));
  }
  const circuit = sound ? circuitOf(network, { title: netlist.title, options, blocks, analyses, outputs }) : undefined;
  for (const diagnostic of (circuit && context.examine?.(circuit)) ?? []) complaints.add(diagnostic);
  complaints.sort();
  if (complaints.failed || circuit === undefined) throw new NetlistError(complaints.all);
  return { circuit, diagnostics: complaints.all };
}

type OfCards = Pick<Circuit, "title" | "options" | "blocks" | "analyses" | "outputs">;

function circuitOf(network: Network, ofCards: OfCards): Circuit {
  const { nodes, initial, held, guesses } = network;
  return { ...ofCards, nodes, instances: network.instances(), initial, held, guesses };
}

/** The cards of the main circuit, libraries first, and whatever the caller adds. */
function readDeck(netlist: Netlist, context: ElaborateContext, top: Environment): readonly Placed[] {
  const { elaboration } = top;
  const includes = new Includes(elaboration);
  elaboration.blocks.answer = observableCalls;
  elaboration.blocks.calls = blockCalls;
  elaboration.readBody = (statements, place) => {
    const cards = expand(statements, place, includes);
    readBody(cards);
    complainOfMisplaced(cards);
  };
  setParameters(top, context.set ?? {});
  const libraries = (context.libraries ?? []).flatMap((file) => includes.library(file));
  const cards = expand([...libraries, ...netlist.statements], top, includes);
  complainOfUnset(top);
  return [...cards, ...(context.plots ?? []).flatMap((text) => plotCard(text, top))];
}

/** Elements and start values, of the main circuit or of a subcircuit. */
function readBody(cards: readonly Placed[]): void {
  readElements(cards);
  readInitials(cards);
}

/** Whether any analysis looks for a state without change; one that only starts from given values does not. */
const seeksSteadyState = (analyses: Circuit["analyses"]): boolean =>
  analyses.length === 0 || analyses.some((card) => card.kind !== "tran" || !card.uic);

/** A deck that is marked as ngspice's is told where a power means something else here. */
function noteSignedPowers({ dialect, signedPowers, complaints }: Elaboration): void {
  if (dialect !== "ngspice" || signedPowers.span === undefined) return;
  const message = "This power is the mathematical one, x^y, also where x is negative; ngspice takes |x|^y.";
  const help = "for ngspice's value write `pwr(x,y)`. Only the first such power is told of.";
  complaints.note("signed-power", message, signedPowers.span, { help });
}

const mainSource = (netlist: Netlist, source: Source | undefined): Source | undefined =>
  source ?? netlist.statements[0]?.span.source;

function isFilled({ network, blocks, complaints }: Elaboration, netlist: Netlist, given: Source | undefined): boolean {
  if (network.parts.length > 0 || blocks.all.length > 0) return true;
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

function complainOfMisplaced(cards: readonly Placed[]): void {
  for (const { card, place } of cards) {
    if (card.kind !== "directive" || local.includes(card.name)) continue;
    const message = `\`${card.name}\` cannot stand in a subcircuit: put it into the main circuit.`;
    place.elaboration.complaints.error("misplaced-card", message, card.nameSpan);
  }
}

/** Finds the options, and what of them the elements need to know. */
function settle(elaboration: Elaboration, cards: readonly Placed[], seed: number | undefined): Options {
  const options = readOptions(cards, seed);
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

/** `--set name=value`: an expression that goes before what the deck says. */
function setParameters(top: Environment, set: Readonly<Record<string, string>>): void {
  const { complaints } = top.elaboration;
  top.overrides = new Map();
  for (const [name, text] of Object.entries(set)) {
    const source = new Source("--set", `.param ${name}=${text}`);
    for (const statement of parseNetlist(source, { main: false }, complaints).statements) {
      if (statement.kind === "param")
        for (const it of statement.assignments) top.overrides.set(it.name.toLowerCase(), it);
    }
  }
}

function complainOfUnset(top: Environment): void {
  for (const [name, { nameSpan: span }] of top.overrides ?? []) {
    if (top.has(name)) continue;
    const near = nearName(name, top.names());
    const help = near
      ? `did you mean \`${near}\`?`
      : "only parameters that a `.param` of the main circuit defines can be set.";
    top.elaboration.complaints.error("unknown-parameter", `There is no parameter \`${name}\` to set.`, span, { help });
  }
}

function plotCard(text: string, place: Environment): readonly Placed[] {
  const source = new Source("--plot", `.plot ${text}`);
  const { statements } = parseNetlist(source, { main: false }, place.elaboration.complaints);
  return statements.flatMap((card: Statement) => (card.kind === "directive" ? [{ card, place }] : []));
}

/** Models and parameters of the main file that nothing uses: perhaps a slip of the hand. */
function noteUnused({ complaints, declared, used }: Elaboration, main: Source | undefined): void {
  for (const [key, { title, span }] of declared) {
    if (used.has(key) || span.source !== main) continue;
    complaints.note("unused", `${title} is not used.`, span);
  }
}
