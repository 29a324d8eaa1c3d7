import type { Device } from "../../devices/device.js";
import { memristors } from "../../devices/index.js";
import { pershin } from "../../devices/memristors/pershin.js";
import type { Card } from "../card.js";
import { type Given, readGiven } from "../device-values.js";
import { givenBy, type Model, takeModel } from "../models.js";
import { nearName, written } from "../readings.js";
import { nameOf } from "../words.js";
import {
  arePlain,
  type Chosen,
  imperfect,
  modelBase,
  type Numbers,
  numbersOf,
  warnOfOrder,
} from "./memristor-numbers.js";
import { checkStart, complainOfTwoStarts, isResistance, isState, stateOf } from "./memristor-start.js";
import { withTables } from "./memristor-tables.js";
import { levelMeaning, ofLevelCard } from "./xyce-levels.js";

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

/** What the kind itself says of values that do not go together. */
function remark(card: Card, device: Device, values: Numbers): void {
  if (device.remarks === undefined || Object.values(values).some(Number.isNaN)) return;
  for (const { severity, code, message, help } of device.remarks(values)) {
    card.elaboration.complaints[severity](code, `\`${card.shown}\` ${message}`, card.span, { help });
  }
}
