import type { ParameterTable } from "../../devices/parameter.js";
import { currentSource, dcOf, voltageSource } from "../../devices/sources/independent.js";
import type { Waveform } from "../../devices/sources/waveform.js";
import { constant } from "../../devices/sources/waveforms/constant.js";
import { waveforms } from "../../devices/sources/waveforms/index.js";
import type { Item, Word } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import { readQuantity } from "../../units/quantity.js";
import type { Card } from "../card.js";
import { readValue } from "../device-values.js";
import type { Made } from "../part.js";
import { nearName, numberOf } from "../readings.js";
import { nameOf, textOf } from "../words.js";
import { argumentsOf } from "./arguments.js";
import { readFeed } from "./feed.js";
import { readLearnSource } from "./learn-source.js";
import { withParasitics } from "./parasitics.js";
import { readPieces, type Shaped } from "./piecewise.js";

const aliases: Readonly<Record<string, string>> = { sine: "sin" };
const later = ["trnoise", "trrandom", "external", "port"];
const names = [...waveforms.map(({ kind }) => kind), "pwl", "feed", "sine", "dc", "ac"];

/** `V1 a b [dc] 5 [ac 1 [0]] [sin(…)]`. */
export const readVoltageSource = (card: Card): void => readSource(card, "v", voltageSource);

/** `I1 a b …`: the current flows from the first node through the source to the second. */
export const readCurrentSource = (card: Card): void => readSource(card, "i", currentSource);

function readSource(card: Card, element: "v" | "i", make: typeof voltageSource): void {
  const nodes = card.nodes("+", "-");
  if (nodes === undefined) return;
  const terminals = element === "v" ? withParasitics(card, nodes, "rser", "cpar") : nodes;
  let dc = card.settingNumber("dc");
  let shaped: Shaped | undefined;
  let ac: SmallSignal | undefined;
  const began = card.left;
  while (card.left > 0) {
    const item = card.peek()!;
    const word = item.kind === "word" ? nameOf(item, card.place) : undefined;
    if (word === "dc") {
      card.next();
      dc = card.number("a DC value behind `dc`");
    } else if (word === "ac") {
      card.next();
      ac = smallSignalOf(card);
    } else if (word === "learn" && card.peek(1)?.kind === "group") {
      card.next();
      readLearningPulse(card, element, terminals, item.span);
      return;
    } else if (word !== undefined && elsewhere.includes(word)) {
      warnOfElsewhere(card, word);
    } else if (word !== undefined && !isNumber(card, item as Word)) {
      if (shaped !== undefined) {
        card.end();
        return;
      }
      shaped = readWaveform(card, item as Word, element);
      if (shaped === undefined) return;
    } else {
      if (dc !== undefined || item.kind === "group") break;
      dc = card.number("a DC value");
    }
  }
  const [magnitude, phase] = [card.settingNumber("ac", "acmag"), card.settingNumber("acphase")];
  if (magnitude !== undefined || phase !== undefined) ac = { magnitude: magnitude ?? 1, phase: phase ?? 0 };
  const copies = element === "i" ? copiesOf(card) : 1;
  card.end(
    ["dc", "ac", ...(element === "i" ? ["m"] : [])],
    ["r", "rser", "cpar", "m", "distof1", "distof2", "portnum", "z0", "pwr", "freq", "phase"],
  );
  if (began === 0 && dc === undefined && ac === undefined) {
    card.missingValue("a value or a waveform");
    return;
  }
  const waveform = shaped?.waveform ?? (constant as Waveform);
  const values = shaped?.values ?? {};
  const static_ = dc ?? dcOf(waveform, values);
  const device = make(copies === 1 ? waveform : times(waveform, copies));
  card.add(element, terminals, { device, values: { ...values, dc: static_ }, ...(ac && { smallSignal: ac }) });
}

/** The same waveform for the same number, so that its sources share a device. */
function times(waveform: Waveform, copies: number): Waveform {
  let all = multiples.get(waveform);
  if (all === undefined) multiples.set(waveform, (all = new Map()));
  let made = all.get(copies);
  if (made === undefined) all.set(copies, (made = { ...waveform, copies }));
  return made;
}

const multiples = new WeakMap<Waveform, Map<number, Waveform>>();

/** `m=`: so many current sources in parallel. */
function copiesOf(card: Card): number {
  const copies = card.settingNumber("m") ?? 1;
  if (copies <= 0) card.error("parameter-range", `\`m\` of \`${card.shown}\` must be greater than 0.`);
  return copies;
}

/** A learning pulse is a current. */
function readLearningPulse(card: Card, element: "v" | "i", terminals: readonly number[], span: Span): void {
  if (element === "i") readLearnSource(card, terminals, span);
  else
    card.error(
      "wrong-source",
      `\`${card.shown}\` is a voltage source: \`learn\` is a pulse of a current, \`I…\`.`,
      span,
    );
}

const isNumber = (card: Card, word: Word): boolean => {
  const text = textOf(word, card.place);
  return (
    !("error" in readQuantity(text)) || /^[-+.\d]/.test(text) || card.place.parameter(text.toLowerCase()) !== undefined
  );
};

/** What ngspice's sources take for distortion analysis and as ports; words, each with numbers behind. */
const elsewhere = ["distof1", "distof2", "portnum", "z0", "pwr", "freq", "phase"];

function warnOfElsewhere(card: Card, word: string): void {
  const message = `\`${word}\` of \`${card.shown}\` is known to SPICE but not modelled here; it has no effect.`;
  card.elaboration.complaints.warning("not-modelled", message, card.next()!.span);
  numbersBehind(card, "a number");
}

type SmallSignal = NonNullable<Made["smallSignal"]>;

/** `ac [magnitude [phase]]`: 1 and 0° where they are not given. */
function smallSignalOf(card: Card): SmallSignal {
  const [magnitude = 1, phase = 0] = numbersBehind(card, "a magnitude or a phase behind `ac`");
  return { magnitude, phase };
}

/** At most two numbers at the next places. */
function numbersBehind(card: Card, what: string): readonly number[] {
  const numbers: number[] = [];
  while (numbers.length < 2) {
    const item = card.peek();
    const numeric = item?.kind === "expression" || (item?.kind === "word" && isNumber(card, item));
    if (!numeric) break;
    numbers.push(card.number(what));
  }
  return numbers;
}

function readWaveform(card: Card, word: Word, element: "v" | "i"): Shaped | undefined {
  const name = nameOf(word, card.place);
  card.next();
  if (name === "pwl") return readPieces(card, word);
  if (name === "feed") return readFeed(card, word);
  const waveform = waveforms.find(({ kind }) => kind === (aliases[name] ?? name));
  if (waveform === undefined) {
    complainOfWaveform(card, word, name);
    return undefined;
  }
  return { waveform, values: readNumbers(card, waveform, argumentsOf(card), word.span, element) };
}

function complainOfWaveform(card: Card, word: Word, name: string): void {
  if (later.includes(name)) {
    card.error("not-supported-yet", `The waveform \`${name}\` is not supported yet.`, word.span);
    return;
  }
  const near = nearName(name, names);
  const help = near
    ? `did you mean \`${near}\`?`
    : `waveforms are ${waveforms.map(({ kind }) => `\`${kind}\``).join(", ")}, \`pwl\` and \`feed\`; a parameter stands in braces.`;
  const message = `Expected a value or a waveform for \`${card.shown}\`, found \`${textOf(word, card.place)}\`.`;
  card.error("unknown-waveform", message, word.span, undefined, help);
}

/** Parameters of a current source are in amperes where those of a voltage source are in volts. */
const parameterOf = (table: ParameterTable, name: string, element: "v" | "i") => {
  const parameter = table[name]!;
  return element === "i" && parameter.unit === "V" ? { ...parameter, unit: "A" as const } : parameter;
};

function readNumbers(card: Card, waveform: Waveform, items: readonly Item[], span: Span, element: "v" | "i") {
  const { parameters, kind } = waveform;
  const order = Object.keys(parameters);
  const values: Record<string, number> = {};
  for (const [k, name] of order.entries()) {
    const parameter = parameterOf(parameters, name, element);
    const item = items[k];
    if (item !== undefined && (item.kind === "word" || item.kind === "expression")) {
      values[name] = readValue(name, parameter, { name, value: item, span: item.span, place: card.place });
    } else if (item !== undefined) {
      values[name] = numberOf(item, card.place, `a number for \`${name}\` (${parameter.meaning})`);
    } else {
      if (parameter.default === undefined) complainOfMissing(card, kind, name, parameter.meaning, span);
      values[name] = parameter.default ?? Number.NaN;
    }
  }
  const extra = items[order.length];
  if (extra !== undefined && kind === "am" && items.length === order.length + 1) {
    const message = `The phase of \`am\` is known to SPICE but not modelled here; it has no effect.`;
    card.elaboration.complaints.warning("not-modelled", message, extra.span);
  } else if (extra !== undefined) {
    const message = `\`${kind}\` takes ${order.length} numbers at most: ${order.join(", ")}.`;
    card.error("text-behind-card", message, extra.span);
  }
  if (kind === "pulse") settleEdges(card, values, items.length, span);
  return values;
}

function complainOfMissing(card: Card, kind: string, name: string, meaning: string, span: Span): void {
  const message = `\`${kind}\` of \`${card.shown}\` needs \`${name}\` (${meaning}).`;
  card.error("missing-value", message, span, undefined, "nothing is filled in from the length of the run.");
}

/** A rise or fall in no time is a jump, unless the deck is one of ngspice's: there it takes one output step. */
function settleEdges(card: Card, values: Record<string, number>, given: number, span: Span): void {
  const { dialect, outputStep, complaints } = card.elaboration;
  const jumping = ["tr", "tf"].filter((name) => values[name] === 0);
  if (jumping.length > 0 && dialect === "ngspice" && outputStep !== undefined) {
    for (const name of jumping) values[name] = outputStep;
  } else if (jumping.length > 0 && (given > 2 || values["v1"] !== values["v2"])) {
    const which = jumping.length === 2 ? "rises and falls" : jumping[0] === "tr" ? "rises" : "falls";
    const help = "give rise and fall times behind the delay for ramps.";
    complaints.note("jump", `The pulse of \`${card.shown}\` ${which} in no time: it jumps.`, span, { help });
  }
  const { per = 0, tr = 0, pw = 0, tf = 0 } = values;
  if (per > 0 && Number.isFinite(pw) && tr + pw + tf > per * (1 + 1e-12)) {
    const message = `The pulse of \`${card.shown}\` is longer (tr + pw + tf) than its period, so it never comes back to its level at rest.`;
    complaints.warning("pulse-overlap", message, span);
  }
}
