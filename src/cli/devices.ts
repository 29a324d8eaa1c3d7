import type { Device } from "../devices/device.js";
import { devices as all, memristors, waveforms } from "../devices/index.js";
import type { Parameter } from "../devices/parameter.js";
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
}

/** How a netlist writes the devices that are not called by their type. */
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
  d_rs: "Dname a k model",
};

/** Lists the devices and models; with a name, shows all there is to know about one. */
export function devices(name: string | undefined, terminal: Terminal): ExitCode {
  const pages = allPages();
  terminal.out(name === undefined ? listOf(pages) : pageOf(find(pages, name)));
  return exitCode.well;
}

function allPages(): readonly Page[] {
  const known = new Set<Device>(memristors);
  const ofSources = /^[vi]source_/; // one for each waveform: the waveforms have the pages
  return [
    ...memristors.map((it) => deviceAs("Memristors: YMEMRISTOR name n+ n- model, .model model memristor(kind=…)", it)),
    ...all.filter((it) => !known.has(it) && !ofSources.test(it.type)).map((it) => deviceAs("Elements", it)),
    ...waveforms.map((it) => ({ ...it, name: it.kind, group: "Waveforms of V and I" })),
  ];
}

const deviceAs = (group: string, device: Device): Page => ({ ...device, name: device.type, group, device });

function listOf(pages: readonly Page[]): string {
  const groups = [...new Set(pages.map(({ group }) => group))];
  const width = Math.max(...pages.map(({ name }) => name.length));
  const parts = groups.map((group) => {
    const rows = pages
      .filter((page) => page.group === group)
      .map(({ name, title }) => [name.padEnd(width), cards[name] ?? "", title]);
    return `${group}\n${table(rows)}\n`;
  });
  return `${parts.join("\n")}\n\`pinched devices NAME\` shows one with its parameters, equations and source.
A device of your own is written with \`.device\`: \`pinched new device\` shows how.\n`;
}

function find(pages: readonly Page[], name: string): Page {
  const wanted = name.toLowerCase();
  const found = pages.find((page) => page.name === wanted) ?? pages.find((page) => letterOf(page) === wanted);
  if (found) return found;
  const near = similar(
    name,
    pages.map((page) => page.name),
  );
  const help = near ? `did you mean \`${near}\`?` : "`pinched devices` lists them all.";
  throw new UsageError(`There is no device or model called \`${name}\`.`, help);
}

/** The letter that the card of an element starts with. */
const letterOf = ({ name }: Page): string | undefined => cards[name]?.charAt(0).toLowerCase();

function pageOf(page: Page): string {
  const { name, title, equations, device } = page;
  const { terminals = [], own = [], observables = [], claims = {}, reference = "" } = device ?? {};
  const claimed = Object.entries(claims).flatMap(([claim, holds]) => (holds ? [claim] : []));
  const sections: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ["Card", cards[name] === undefined ? [] : [[cards[name]]]],
    ["Terminals", terminals.length > 0 ? [[terminals.join(" ")]] : []],
    ["Parameters", parameterRows(page)],
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

function parameterRows({ parameters }: Page): readonly (readonly string[])[] {
  const rows = Object.entries(parameters).map(([name, it]) => [
    name,
    it.meaning,
    defaultOf(it),
    rangeOf(it),
    it.aliases ? `also ${it.aliases.join(", ")}` : "",
  ]);
  return rows.length === 0 ? [] : [["name", "meaning", "default", "range", ""], ...rows];
}

function defaultOf({ default: value, words, unit }: Parameter): string {
  if (value === undefined) return unit === "1" ? "must be given" : `must be given, ${unit}`;
  return words?.[value] ?? formatQuantity(value, unit);
}

function rangeOf({ range: [min, max], words, unit }: Parameter): string {
  return words ? words.join(" | ") : `${end(min, unit)} … ${end(max, unit)}`;
}

/** Bounds so far out that they only keep nonsense off are none to a reader. */
const end = (value: number, unit: Parameter["unit"]): string =>
  Math.abs(value) >= 1e30 ? `${value < 0 ? "-" : ""}∞` : formatQuantity(value, unit);

const unitText = (unit: Parameter["unit"]): string => (unit === "1" ? "" : unit);
