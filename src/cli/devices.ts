import type { Device } from "../devices/device.js";
import { pieceParameters } from "../devices/imperfections.js";
import { devices as all, memristors } from "../devices/index.js";
import type { Parameter } from "../devices/parameter.js";
import { perceptronDevices } from "../devices/perceptrons/index.js";
import { neuronKind, perceptronKind, synapseKind } from "../devices/perceptrons/recognise.js";
import { waveforms } from "../devices/sources/waveforms/index.js";
import { similar } from "../text/similar.js";
import { formatQuantity } from "../units/quantity.js";
import { type ExitCode, exitCode, UsageError } from "./exit-code.js";
import { table } from "./table.js";
import type { Terminal } from "./terminal.js";

/** What a page of the manual can be about: a device, or the waveform of a source. */
interface Page extends Pick<Device, "title" | "equations" | "parameters"> {
  readonly name: string;
  readonly group: string;
  readonly device?: Device;
  /** How a netlist writes it, if not by its name. */
  readonly card?: string;
}

/** How a netlist writes the devices that are not called by their type. A device that stands for a variant has none. */
const cards: Readonly<Record<string, string>> = {
  resistor: "Rname a b value",
  capacitor: "Cname a b value",
  inductor: "Lname a b value",
  coupling: "Kname L1 L2 k",
  vcvs: "Ename a b c d gain",
  cccs: "Fname a b vsource gain",
  vccs: "Gname a b c d gain",
  ccvs: "Hname a b vsource gain",
  sw: "Sname a b c d model",
  sw_smooth: "Sname a b c d model",
  csw: "Wname a b vsource model",
  csw_smooth: "Wname a b vsource model",
  d: "Dname a k model",
  mos1: "Mname d g s b model [w= l= ad= as= pd= ps= nrd= nrs= m=]",
  synapse_port: "YSYNAPSE name pre post model [w=] [prog=(p,q)]",
  synapse_port_tuned: "YSYNAPSE name pre post model [w=] [prog=(p,q)]",
  synapse_pair: "YSYNAPSE name row (col+,col-) model [w=]",
  neuron_sigmoid_additive_port: "YNEURON name in out model [b=] [prog=(p,q)]",
  neuron_hp_gain_port_reset: "YNEURON name in out model [b=] [prog=(p,q)] [reset=node]",
  neuron_hp_differential_additive: "YNEURON name in out model [b=] [prog=(p,q)] [reset=node]",
  perceptron_2_sigmoid_port: "YPERCEPTRON name (x1,x2) out model [w1= w2= b=] [prog=(p,q)]",
  integrator_reset: "YINTEGRATOR name in out [reset=node] [k=1]",
  hold: "YHOLD name in out clk [x0=0]",
  isource_learn: "Iname p n learn(s={…} ith= width= clk=node [rise=0])",
};

/** What a page is called, where a device is one of many that a model makes. */
const pageNames: Readonly<Record<string, string>> = {
  synapse_port: "synapse",
  synapse_port_tuned: "synapse_tuned",
  neuron_sigmoid_additive_port: "neuron",
  neuron_hp_gain_port_reset: "neuron_hp",
  neuron_hp_differential_additive: "neuron_hp_differential",
  perceptron_2_sigmoid_port: "perceptron",
  integrator_reset: "integrator",
  isource_learn: "learn",
};

/** Where the device that stands for all its variants is named after one of them. */
const titles: Readonly<Record<string, string>> = { d: "Junction diode" };

/** Lists the devices and models; with a name, shows all there is to know about one. */
export function devices(name: string | undefined, terminal: Terminal): ExitCode {
  const pages = allPages();
  terminal.out(name === undefined ? listOf(pages) : find(pages, name).map(pageOf).join("\n"));
  return exitCode.well;
}

const memristorGroup = "Memristors: YMEMRISTOR name n+ n- model, with .model model memristor(kind=…)";

function allPages(): readonly Page[] {
  return [
    ...memristors.map((device) => deviceAs(memristorGroup, device)),
    ...all
      .filter(({ type }) => cards[type] !== undefined)
      .map((device) => deviceAs(perceptronDevices.includes(device) ? "Perceptrons" : "Elements", device)),
    ...waveforms.map((it) => ({ ...it, name: it.kind, group: "Waveforms of V and I" })),
  ];
}

function deviceAs(group: string, device: Device): Page {
  const { type, title, equations, parameters } = device;
  const card = cards[type];
  return {
    name: pageNames[type] ?? type,
    title: titles[type] ?? title,
    equations,
    parameters,
    group,
    device,
    ...(card !== undefined && { card }),
  };
}

function listOf(pages: readonly Page[]): string {
  const groups = [...new Set(pages.map(({ group }) => group))];
  const width = Math.max(...pages.map(({ name }) => name.length));
  const parts = groups.map((group) => {
    const rows = pages
      .filter((page) => page.group === group)
      .map(({ name, card, title }) => [name.padEnd(width), ...(card ? [card] : []), title]);
    return `${group}\n${table(rows)}\n`;
  });
  return `${parts.join("\n")}
\`pinched devices NAME\` shows one with its parameters, equations and source.
A device of your own is written with \`.device\`: \`pinched new device\` shows how.
`;
}

/** The page of a name; for the letter of an element all of its pages. */
function find(pages: readonly Page[], name: string): readonly Page[] {
  const wanted = name.toLowerCase();
  const found = pages.filter((page) => page.name === wanted || page.card?.charAt(0).toLowerCase() === wanted);
  if (found.length > 0) return found;
  if (["y", "ymemristor", "memristor"].includes(wanted)) return pages.filter(({ group }) => group === memristorGroup);
  const owner = pages.find(({ parameters }) => parameterOf(parameters, wanted) !== undefined);
  if (owner !== undefined) {
    const what = `\`${name}\` is no device, but belongs to the parameter \`${parameterOf(owner.parameters, wanted)}\` of \`${owner.name}\`.`;
    throw new UsageError(what, `\`pinched devices ${owner.name}\` shows it.`);
  }
  const names = pages.map((page) => page.name);
  const near =
    similar(name, names) ?? names.find((it) => it.length > 2 && (wanted.startsWith(it) || it.startsWith(wanted)));
  const help = near ? `did you mean \`${near}\`?` : "`pinched devices` lists them all.";
  throw new UsageError(`There is no device or model called \`${name}\`.`, help);
}

/** The parameter that is called so, also by another name, or can be this word. */
const parameterOf = (parameters: Page["parameters"], word: string): string | undefined =>
  Object.entries(parameters).find(([name, { aliases = [], words = [] }]) =>
    [name, ...aliases, ...words].includes(word),
  )?.[0];

function pageOf(page: Page): string {
  const { name, title, equations, device, card } = page;
  const { terminals = [], own = [], observables = [], claims = {}, reference = "" } = device ?? {};
  const claimed = Object.entries(claims).flatMap(([claim, holds]) => (holds ? [claim] : []));
  const sections: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ["Card", card === undefined ? [] : [[card]]],
    ["Terminals", terminals.length > 0 ? [[terminals.join(" ")]] : []],
    ["Parameters", parameterRows(page)],
    ["Imperfections", parameterRows({ parameters: imperfectionsOf(device) })],
    ["Presets, preset=…", presetRows(page)],
    [
      "States",
      own
        .filter(({ role }) => role === "state")
        .map(({ name: state, meaning, unit }) => [state, meaning, unitText(unit)]),
    ],
    ["Quantities", observables.map(({ name: quantity, meaning, unit }) => [quantity, meaning, unitText(unit)])],
    ["Equations", equations.map((equation) => [equation])],
    ["Claims, kept by its tests", claimed.length > 0 ? [[claimed.join(", ")]] : []],
    ["Source", reference === "" ? [] : reference.split("; ").map((line) => [line])],
  ];
  const shown = sections.filter(([, rows]) => rows.length > 0).map(([head, rows]) => `${head}\n${table(rows)}\n`);
  return `${name}: ${title}\n\n${shown.join("\n")}`;
}

/** What real pieces of a device can be given beside its parameters: noise is of what trainings write and read. */
function imperfectionsOf(device: Device | undefined): Page["parameters"] {
  if (device?.pieces === undefined) return {};
  const { thresholds } = device.pieces;
  const isMeant = (name: string): boolean =>
    (thresholds || name !== "spread_ith") && (isWeight(device) || !name.endsWith("_noise"));
  return Object.fromEntries(Object.entries(pieceParameters).filter(([name]) => isMeant(name)));
}

/** Whether a device keeps weights. */
const isWeight = (device: Device | undefined): boolean =>
  device !== undefined && (synapseKind(device) ?? neuronKind(device) ?? perceptronKind(device)) !== undefined;

function parameterRows({ parameters }: Pick<Page, "parameters">): readonly (readonly string[])[] {
  const rows = Object.entries(parameters).map(([name, it]) => [
    name,
    it.meaning,
    defaultOf(it),
    rangeOf(it),
    it.aliases ? `also ${it.aliases.join(", ")}` : "",
  ]);
  return rows.length === 0 ? [] : [["name", "meaning", "default", "range", ""], ...rows];
}

function presetRows({ device, parameters }: Page): readonly (readonly string[])[] {
  return (device?.presets ?? []).flatMap(({ name, reference, threshold, values }) => {
    const list = Object.entries(values).map(([key, value]) => `${key} = ${quantity(value!, parameters[key]!.unit)}`);
    return [
      [name, list.join(", ")],
      ["", `threshold: ${threshold}`],
      ["", reference],
    ];
  });
}

function defaultOf({ default: value, words, unit }: Parameter): string {
  if (value === undefined) return unit === "1" ? "must be given" : `must be given, ${unit}`;
  return words?.[value] ?? quantity(value, unit);
}

function rangeOf({ range: [min, max], words, unit }: Parameter): string {
  return words ? words.join(" | ") : `${end(min, unit)} … ${end(max, unit)}`;
}

/** Bounds so far out that they only keep nonsense off are none to a reader. */
function end(value: number, unit: Parameter["unit"]): string {
  if (Math.abs(value) >= 1e30) return `${value < 0 ? "-" : ""}∞`;
  return value === 0 ? "0" : quantity(value, unit);
}

/** As people write it; a number without prefix and of many digits by its power of ten. */
function quantity(value: number, unit: Parameter["unit"]): string {
  const text = formatQuantity(value, unit);
  return /^-?\d{6}/.test(text) ? text.replace(/^\S+/, value.toExponential().replace("+", "")) : text;
}

const unitText = (unit: Parameter["unit"]): string => (unit === "1" ? "" : unit);
