import type { Device, Preset } from "../../devices/device.js";
import { imperfectionParameters } from "../../devices/imperfections.js";
import type { ParameterTable } from "../../devices/parameter.js";
import type { Span } from "../../text/source.js";
import { formatQuantity } from "../../units/quantity.js";
import { type Given, type Owner, parameterName, RedrawnValues } from "../device-values.js";
import type { Environment } from "../environment.js";
import { type Model, onceAModel } from "../models.js";
import { checkImperfections, isImperfection, meant, percentAsNumber, type Unmeant } from "./imperfections.js";
import { complainOfTwoStarts, isResistance } from "./memristor-start.js";
import type { XyceNames } from "./xyce-levels.js";

/** °C. */
const absoluteZero = -273.15;

/** A model with its kind's device; `given` is what it sets, over what its preset sets. */
export interface Chosen {
  readonly device: Device;
  readonly preset: Preset["values"];
  readonly given: readonly Given[];
  /** Of a model by its `level=`. */
  readonly names?: XyceNames;
}

export type Numbers = Readonly<Record<string, number>>;

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

export const modelBase = (model: Model, chosen: Chosen): Numbers =>
  onceAModel(bases, model, () => readBase(model, chosen));

function readBase(model: Model, chosen: Chosen): Numbers {
  model.place.elaboration.draws.ask(model.definition);
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
export function imperfect(given: readonly Given[], { type, pieces }: Device): readonly Given[] {
  const unmeant: Unmeant = {
    write_noise: unwritten,
    read_noise: unwritten,
    ...(!pieces?.thresholds && { spread_ith: `the kind \`${type}\` has no threshold` }),
  };
  return meant(given, unmeant).map((it) => (isImperfection(it) ? percentAsNumber(it) : it));
}

/** Numbers for all parameters of a kind, `base` where none is given; those of pieces only where something asks for them. */
export function numbersOf(
  device: Device,
  base: Preset["values"],
  given: readonly Given[],
  owner: Owner,
): () => Numbers {
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
export const arePlain = (given: readonly Given[], { parameters }: Device): boolean =>
  given.every(({ name }) => parameterName(parameters, name) !== undefined);

/** With ron above roff the device conducts less the more it is doped: the two are probably exchanged. */
export function warnOfOrder({ ron, roff }: Numbers, span: Span, { elaboration }: Environment): void {
  if (ron === undefined || roff === undefined || !(ron >= roff)) return;
  const [on, off] = [ron, roff].map((r) => formatQuantity(r, "Ω"));
  const message = `\`ron\` is ${on}, which is not below \`roff\`, ${off}.`;
  elaboration.complaints.warning("ron-above-roff", message, span, { help: "exchange them, unless this is meant." });
}
