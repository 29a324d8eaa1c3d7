import type { Directive, Item } from "../syntax/ast.js";
import { formatQuantity } from "../units/quantity.js";
import type { Unit } from "../units/unit.js";
import type { Options } from "./circuit.js";
import type { Environment } from "./environment.js";
import type { Placed } from "./expand.js";
import { nearName, numberOf, written } from "./readings.js";
import { nameOf } from "./words.js";

interface NumberOption {
  readonly meaning: string;
  readonly unit: Unit;
  readonly default: number;
  readonly range: readonly [number, number];
}

const numbers = {
  reltol: { meaning: "relative error aimed at", unit: "1", default: 1e-4, range: [1e-12, 0.1] },
  abstol: { meaning: "currents below it do not matter", unit: "A", default: 1e-12, range: [1e-30, 1] },
  vntol: { meaning: "voltages below it do not matter", unit: "V", default: 1e-6, range: [1e-30, 1] },
  temp: { meaning: "temperature", unit: "°C", default: 27, range: [-273.15, 2000] },
  tnom: { meaning: "temperature that models are given for", unit: "°C", default: 27, range: [-273.15, 2000] },
  gmin: { meaning: "conductance beside every junction", unit: "S", default: 1e-12, range: [0, 1] },
  itl1: { meaning: "Newton iterations of an operating point", unit: "1", default: 100, range: [1, 1e9] },
  seed: { meaning: "seed of random numbers", unit: "1", default: 1, range: [0, Number.MAX_SAFE_INTEGER] },
  maxord: { meaning: "highest order of `ndf` and `gear`", unit: "1", default: 5, range: [1, 6] },
  maxsteps: { meaning: "most steps of a transient", unit: "1", default: 1e8, range: [1, 1e15] },
} as const satisfies Readonly<Record<string, NumberOption>>;

const words = {
  method: ["auto", "ndf", "trap", "gear", "dop853", "odex"],
  dialect: ["auto", "ngspice", "ltspice", "xyce"],
  /** Capacitors that hold a state: solved as states of devices, or as the nodes that they are. */
  recognise: ["yes", "no"],
} as const;

/** Xyce's numbers. */
const methodsOfXyce: Readonly<Record<string, string>> = { "7": "trap", "8": "gear" };

const aliases: Readonly<Record<string, string>> = { rseed: "seed", recognize: "recognise" };

/** Options of other simulators that are known to have no counterpart here; they change no result in a well-posed deck. */
const elsewhere = new Set(
  (
    "acct list nomod nopage node opts noinit noopiter noacct noprintdataset post probe ingold brief measdgt numdgt " +
    "itl2 itl3 itl4 itl5 itl6 pivtol pivrel trtol chgtol xmu interp autostop klu sparse keepopinfo savecurrents " +
    "plotwinsize numdgt minbreak ramptime srcsteps gminsteps cshunt rshunt warn maxstep delmax topologycheck lvltim " +
    "baudrate width cptime limtim limpts filetype initial_interval type relative"
  ).split(" "),
);

/** Options that are the command's here: they say how a run is made, not what it is of. */
const ofTheCommand: Readonly<Record<string, string>> = {
  threads: "pinched run --threads 4",
  num_threads: "pinched run --threads 4",
};

const names = [...Object.keys(numbers), ...Object.keys(words)];

/** The options of a deck: what its cards say, the last one where they say it twice; else the defaults. */
export function readOptions(cards: readonly Placed[], seed: number | undefined): Options {
  const values: Record<string, number | string> = Object.fromEntries(
    Object.entries(numbers).map(([name, option]) => [name, option.default]),
  );
  Object.assign(values, { method: "auto", dialect: "auto", recognise: "yes" });
  for (const { card, place } of cards) {
    if (card.kind !== "directive") continue;
    if (card.name === ".options") readCard(card, place, values);
    if (card.name === ".temp") readTemperature(card, place, values);
  }
  if (values["dialect"] === "auto") values["dialect"] = dialectOf(cards) ?? "auto";
  if (seed !== undefined) values["seed"] = seed;
  return values as unknown as Options;
}

function readCard(card: Directive, place: Environment, values: Record<string, number | string>): void {
  for (const item of card.items) {
    if (item.kind === "setting") readOption(nameOf(item.name, place), item.value, item, place, values);
    else if (item.kind === "word") readFlag(nameOf(item, place), item, place);
    else place.elaboration.complaints.error("unexpected-text", `\`${written(item.span)}\` is no option.`, item.span);
  }
}

/** A word without a value: Xyce's packages, and switches of other simulators. */
function readFlag(name: string, item: Item, place: Environment): void {
  if (packages.has(name)) return;
  if (names.includes(name)) {
    place.elaboration.complaints.error(
      "missing-value",
      `The option \`${name}\` needs a value: \`${name}=…\`.`,
      item.span,
    );
  } else warnOfUnknown(name, item, place);
}

/** Xyce groups its options; the first word of the card names the group. */
const packages: ReadonlySet<string> = new Set([
  "timeint",
  "nonlin",
  "device",
  "linsol",
  "output",
  "nonlin-tran",
  "parser",
]);

function readOption(
  written_: string,
  value: Extract<Item, { kind: "setting" }>["value"],
  item: Item,
  place: Environment,
  values: Record<string, number | string>,
): void {
  const name = aliases[written_] ?? written_;
  if (Object.hasOwn(words, name)) {
    const word = value.kind === "word" ? nameOf(value, place) : "";
    const choices: readonly string[] = words[name as keyof typeof words];
    if (choices.includes(word)) values[name] = word;
    else if (name === "method" && word.startsWith("trap")) values[name] = "trap";
    else if (name === "method" && methodsOfXyce[word] !== undefined) values[name] = methodsOfXyce[word];
    else complainOfWord(name, word, choices, value, place);
  } else if (Object.hasOwn(numbers, name)) {
    const option: NumberOption = numbers[name as keyof typeof numbers];
    const number = numberOf(value, place, `a number for \`${name}\` (${option.meaning})`);
    if (inRange(name, option, number, value, place)) values[name] = number;
  } else warnOfUnknown(name, item, place);
}

function inRange(
  name: string,
  { meaning, unit, range: [min, max] }: NumberOption,
  value: number,
  item: Item,
  place: Environment,
) {
  if (Number.isNaN(value)) return false;
  if (value >= min && value <= max) return true;
  const range = `${formatQuantity(min, unit)} and ${formatQuantity(max, unit)}`;
  const message = `\`${name}\` (${meaning}) is ${formatQuantity(value, unit)}, but must lie between ${range}.`;
  place.elaboration.complaints.error("parameter-range", message, item.span);
  return false;
}

function complainOfWord(name: string, word: string, choices: readonly string[], item: Item, place: Environment): void {
  const near = nearName(word, choices);
  const list = choices.map((choice) => `\`${choice}\``).join(", ");
  const help = near ? `did you mean \`${near}\`?` : `it can be ${list}.`;
  const message = `The option \`${name}\` cannot be \`${written(item.span)}\`.`;
  place.elaboration.complaints.error("unknown-word", message, item.span, { help });
}

function warnOfUnknown(name: string, item: Item, place: Environment): void {
  const { complaints } = place.elaboration;
  if (elsewhere.has(name)) {
    complaints.note(
      "option-elsewhere",
      `The option \`${name}\` is one of other simulators; it has no effect here.`,
      item.span,
    );
    return;
  }
  const near = nearName(name, names);
  const command = ofTheCommand[name] && `it is said behind the command: \`${ofTheCommand[name]}\`.`;
  const help =
    command ?? (near ? `did you mean \`${near}\`?` : `options are ${names.map((it) => `\`${it}\``).join(", ")}.`);
  complaints.warning("unknown-option", `There is no option \`${name}\`; it has no effect.`, item.span, { help });
}

function readTemperature(card: Directive, place: Environment, values: Record<string, number | string>): void {
  const [first, second] = card.items;
  const { complaints } = place.elaboration;
  if (first === undefined) {
    complaints.error("missing-value", "`.temp` needs a temperature in °C.", card.span);
    return;
  }
  if (second !== undefined) {
    complaints.error("not-supported-yet", "`.temp` with several temperatures is not supported yet.", second.span);
    return;
  }
  const number = numberOf(first, place, "a temperature in °C");
  if (inRange("temp", numbers.temp, number, first, place)) values["temp"] = number;
}

/** What the text itself decides: only Xyce writes these. */
function dialectOf(cards: readonly Placed[]): "xyce" | undefined {
  const isXyce = cards.some(({ card, place }) => {
    if (card.kind !== "directive") return false;
    if (card.name === ".preprocess") return true;
    const first = card.items[0];
    if (card.name === ".options") return first?.kind === "word" && nameOf(first, place) === "timeint";
    if (card.name !== ".print") return false;
    return card.items.some(
      (item) => item.kind === "setting" && nameOf(item.name, place) === "format" && isXyceFormat(item, place),
    );
  });
  return isXyce ? "xyce" : undefined;
}

/** `format=csv|raw|json` is this language's own; the others are Xyce's. */
function isXyceFormat({ value }: Extract<Item, { kind: "setting" }>, place: Environment): boolean {
  const word = value.kind === "word" ? nameOf(value, place) : "";
  return ["std", "noindex", "probe", "tecplot", "gnuplot", "splot"].includes(word);
}
