import type { Device, Preset } from "../../devices/device.js";
import { imperfectionParameters } from "../../devices/imperfections.js";
import { memristors } from "../../devices/index.js";
import { pershin } from "../../devices/memristors/pershin.js";
import type { ParameterTable } from "../../devices/parameter.js";
import type { Span } from "../../text/source.js";
import { formatQuantity } from "../../units/quantity.js";
import type { Card } from "../card.js";
import { type Given, type Owner, parameterName, RedrawnValues, readGiven } from "../device-values.js";
import type { Environment } from "../environment.js";
import { givenBy, type Model, onceAModel, takeModel } from "../models.js";
import { nearName, written } from "../readings.js";
import { nameOf } from "../words.js";
import { checkImperfections, isImperfection, meant, percentAsNumber, type Unmeant } from "./imperfections.js";
import { checkStart, complainOfTwoStarts, isResistance, isState, stateOf } from "./memristor-start.js";
import { withTables } from "./memristor-tables.js";
import { levelMeaning, ofLevelCard, type XyceNames } from "./xyce-levels.js";

/** °C. */
const absoluteZero = -273.15;

/** A model with its kind's device; `given` is what it sets, over what its preset sets. */
interface Chosen {
  readonly device: Device;
  readonly preset: Preset["values"];
  readonly given: readonly Given[];
  /** Of a model by its `level=`. */
  readonly names?: XyceNames;
}

/** `YMEMRISTOR m1 a b model [x0=] [rinit=]`. */
export function readMemristor(card: Card): void {
  const terminals = card.nodes("+", "-");
  if (terminals === undefined) return;
  const model = takeModel(card, ["memristor"], "a memristor");
  const own = [...card.settings].map(([name, { value, span }]): Given => ({ name, value, span, place: card.place }));
  for (const { name } of own) card.setting(name);
  card.end();
  if (model === undefined) return;
  const { draws } = card.elaboration;
  const { touched } = draws;
  const chosen = chosenBy(model);
  const isSettled = draws.touched === touched;
  if (chosen === undefined) return;
  const given = chosen.names ? own.map(ofLevelCard) : own;
  const part = card.add("ymemristor", terminals, {
    ...madeOf(card, model, chosen, given),
    ...(chosen.names && { xyce: chosen.names }),
  });
  if (isSettled) part.anew = () => madeOf(card, model, chosen, given);
}

function madeOf(card: Card, model: Model, chosen: Chosen, own: readonly Given[]) {
  const values = valuesOf(card, model, chosen, own);
  return { device: chosen.device.suited?.(values) ?? chosen.device, values };
}

function chosenBy(model: Model): Chosen | undefined {
  const { draws } = model.place.elaboration;
  if (known.has(model)) draws.ask(model.definition);
  if (known.has(model)) return known.get(model);
  const chosen = draws.keep(
    model.definition, // what its numbers follow is kept under the model
    () => choose(model),
    () => known.delete(model),
  );
  known.set(model, chosen);
  return chosen;
}

const known = new WeakMap<Model, Chosen | undefined>();

function choose(model: Model): Chosen | undefined {
  const given = givenBy(model);
  const { complaints } = model.place.elaboration;
  const find = (name: string) => given.find((it) => it.name === name);
  const level = find("level");
  const kind = find("kind");
  if (level !== undefined && kind === undefined && find("preset") === undefined)
    return levelMeaning(level, given, model);
  if (level !== undefined) {
    const message = "`level=` is Xyce's word for a kind, which this model names already.";
    complaints.error("duplicate-setting", message, level.span, { help: "leave one of them out." });
    return undefined;
  }
  const preset = find("preset");
  if (kind === undefined && preset === undefined && given.some(({ name }) => name === "rmin" || name === "rmax"))
    return codeModel(given, model);
  if (kind === undefined && preset !== undefined) return byPreset(preset, given);
  if (kind === undefined) {
    const help = `write \`kind=\` with one of: ${kindList()}, or \`preset=\` with one of: ${presetList(memristors)}.`;
    complaints.error("missing-parameter", "A memristor model needs its `kind`.", model.span, { help });
    return undefined;
  }
  const word = kind.value.kind === "word" ? nameOf(kind.value, model.place) : "";
  const device = memristors.find(({ type }) => type === word);
  if (device !== undefined && preset !== undefined) return byPreset(preset, given, device);
  if (device !== undefined) {
    const plain = given.filter(({ name }) => name !== "kind");
    const made = withTables({ device, given: plain }, model);
    return made && { ...made, preset: {} };
  }
  const near = nearName(
    word,
    memristors.map(({ type }) => type),
  );
  const help = near ? `did you mean \`${near}\`?` : `there is ${kindList()}, and any law by \`.device\`.`;
  complaints.error("unknown-kind", `There is no memristor kind \`${word}\`.`, kind.value.span, { help });
  return undefined;
}

/** ngspice's own memristor, which says `rmin`, `rmax` and no kind; it starts with 7 kΩ where nothing is said. */
function codeModel(given: readonly Given[], { span, place }: Model): Chosen {
  const value = { kind: "expression", expression: { kind: "number", value: 7e3, span }, lone: true, span } as const;
  const starts = given.some((it) => isResistance(it) || isState(it));
  return { device: pershin, preset: {}, given: starts ? given : [...given, { name: "rinit", value, span, place }] };
}

/** The kind that has the preset, and the preset's values under those that are given beside it. */
function byPreset(preset: Given, given: readonly Given[], kind?: Device): Chosen | undefined {
  const kinds = kind === undefined ? memristors : [kind];
  const word = preset.value.kind === "word" ? nameOf(preset.value, preset.place) : "";
  for (const device of kinds) {
    const found = device.presets?.find(({ name }) => name === word);
    if (found === undefined) continue;
    return { device, preset: found.values, given: given.filter(({ name }) => name !== "kind" && name !== "preset") };
  }
  const near = nearName(word, presetNames(kinds));
  const help = near ? `did you mean \`${near}\`?` : `there is ${presetList(kinds) || "none of this kind"}.`;
  const message = `There is no preset \`${written(preset.value.span)}\`${kind ? ` of kind \`${kind.type}\`` : ""}.`;
  preset.place.elaboration.complaints.error("unknown-preset", message, preset.value.span, { help });
  return undefined;
}

const presetNames = (kinds: readonly Device[]) => kinds.flatMap(({ presets = [] }) => presets.map(({ name }) => name));
const presetList = (kinds: readonly Device[]): string =>
  presetNames(kinds)
    .map((name) => `\`${name}\``)
    .join(", ");

const kindList = (): string => memristors.map(({ type }) => `\`${type}\``).join(", ");

/** The model's values, the card's own before them; a resistance at the start becomes the state that has it. */
function valuesOf(card: Card, model: Model, chosen: Chosen, own: readonly Given[]) {
  const { device, given } = chosen;
  const base = modelBase(model, chosen);
  const values: Record<string, number> = { ...base };
  const settings = imperfect(
    own.filter((it) => !isResistance(it)),
    device,
  );
  complainOfTwoStarts(own);
  if (settings.length > 0) {
    const owner = { title: `\`${card.shown}\` (${device.type})`, span: card.span, place: card.place };
    const isPlain = arePlain(settings, device); // then the model has settled all else
    const numbers = isPlain
      ? readGiven(device.parameters, settings, owner)
      : numbersOf(device, base, settings, owner)();
    Object.assign(values, numbers);
    if (settings.some(({ name }) => name === "ron" || name === "roff")) warnOfOrder(values, card.span, card.place);
  }
  const start = own.find(isResistance) ?? (settings.some(isState) ? undefined : given.find(isResistance));
  if (start !== undefined) values["x0"] = stateOf(start, device, values);
  else if (chosen.names?.startsByVoltage && ![...settings, ...given].some(isState)) noteStart(card);
  checkStart(card, device, values);
  remark(card, device, values);
  return values;
}

function noteStart(card: Card): void {
  const message = `\`${card.shown}\` starts at x = 0; Xyce would start at 1 if its voltage in the operating point is above 0.`;
  card.elaboration.complaints.note("xyce-start", message, card.span, { help: "say it: `xo=0` or `xo=1`." });
}

type Numbers = Readonly<Record<string, number>>;

const bases = new WeakMap<Model, Numbers>();

/** A table whose defaults are what the model, or its preset, sets; made once for all cards of a model. */
function withDefaults(table: ParameterTable, values: Preset["values"]): ParameterTable {
  const known = defaulted.get(values)?.get(table);
  if (known !== undefined) return known;
  const made: ParameterTable = Object.fromEntries(
    Object.entries(table).map(([name, it]) => [name, { ...it, default: values[name] ?? it.default }]),
  );
  defaulted.set(values, (defaulted.get(values) ?? new WeakMap()).set(table, made));
  return made;
}

const defaulted = new WeakMap<Preset["values"], WeakMap<ParameterTable, ParameterTable>>();

const modelBase = (model: Model, chosen: Chosen): Numbers => onceAModel(bases, model, () => readBase(model, chosen));

function readBase(model: Model, chosen: Chosen): Numbers {
  const reader = readers.get(chosen) ?? readerOf(model, chosen);
  readers.set(chosen, reader);
  const values = reader();
  warnOfOrder(values, model.span, model.place);
  return values;
}

const readers = new WeakMap<Chosen, () => Numbers>();

/** How the numbers of a model are read, for one run after the other. */
function readerOf(model: Model, { device, preset, given }: Chosen): () => Numbers {
  const plain = imperfect(
    given.filter((it) => !isResistance(it)),
    device,
  );
  complainOfTwoStarts(given);
  const owner = { title: `Memristor kind \`${device.type}\``, span: model.span, place: model.place };
  return numbersOf(device, { ...ambient(device, model.place), ...preset }, plain, owner);
}

/** A kind that knows a temperature has that of the circuit, where its model says nothing else. */
const ambient = ({ parameters }: Device, { elaboration }: Environment): Preset["values"] =>
  Object.hasOwn(parameters, "temp") ? { temp: elaboration.temperature - absoluteZero } : {};

/** A state lies between its walls, whatever they are. */
const walls = [0, 1] as const;

/** Trainings write and read synapses: what befalls those writes and readings cannot befall a memristor. */
const unwritten = "it acts where a training writes and reads, and that does so with models `synapse`";

/** The settings of a memristor that mean something of its kind, those in percent as numbers. */
function imperfect(given: readonly Given[], { type, pieces }: Device): readonly Given[] {
  const unmeant: Unmeant = {
    write_noise: unwritten,
    read_noise: unwritten,
    ...(!pieces?.thresholds && { spread_ith: `the kind \`${type}\` has no threshold` }),
  };
  return meant(given, unmeant).map((it) => (isImperfection(it) ? percentAsNumber(it) : it));
}

/** Numbers for all parameters of a kind, `base` where none is given; those of pieces only where something asks for them. */
function numbersOf(device: Device, base: Preset["values"], given: readonly Given[], owner: Owner): () => Numbers {
  const { parameters } = device;
  const isPlain = arePlain(given, device);
  const table = isPlain ? parameters : { ...parameters, ...imperfectionParameters };
  const values = new RedrawnValues(withDefaults(table, base), given, owner);
  if (isPlain) return () => values.read();
  return () => {
    const read = values.read();
    checkImperfections(read, walls, owner);
    return read;
  };
}

/** Whether settings are all of the kind's own parameters. */
const arePlain = (given: readonly Given[], { parameters }: Device): boolean =>
  given.every(({ name }) => parameterName(parameters, name) !== undefined);

/** With ron above roff the device conducts less the more it is doped: the two are probably exchanged. */
function warnOfOrder({ ron, roff }: Numbers, span: Span, { elaboration }: Environment): void {
  if (ron === undefined || roff === undefined || !(ron >= roff)) return;
  const [on, off] = [ron, roff].map((r) => formatQuantity(r, "Ω"));
  const message = `\`ron\` is ${on}, which is not below \`roff\`, ${off}.`;
  elaboration.complaints.warning("ron-above-roff", message, span, { help: "exchange them, unless this is meant." });
}

/** What the kind itself says of values that do not go together. */
function remark(card: Card, device: Device, values: Numbers): void {
  if (device.remarks === undefined || Object.values(values).some(Number.isNaN)) return;
  for (const { severity, code, message, help } of device.remarks(values)) {
    card.elaboration.complaints[severity](code, `\`${card.shown}\` ${message}`, card.span, { help });
  }
}
