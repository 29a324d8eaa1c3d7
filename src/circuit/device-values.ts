import type { Parameter, ParameterTable } from "../devices/parameter.js";
import type { Span } from "../text/source.js";
import { formatQuantity } from "../units/quantity.js";
import type { Unit } from "../units/unit.js";
import type { Environment } from "./environment.js";
import { nearName, numberOf, type ValueItem, written } from "./readings.js";
import { nameOf } from "./words.js";

/** A value that a netlist gives to a parameter. */
export interface Given {
  readonly name: string;
  readonly value: ValueItem;
  readonly span: Span;
  readonly place: Environment;
}

/** Whose parameters they are, for messages. */
export interface Owner {
  /** As a sentence begins with it: "Model type `d`", "`X1`". */
  readonly title: string;
  /** SPICE parameters that mean something elsewhere: a warning, not an error. */
  readonly notModelled?: readonly string[];
  readonly span: Span;
  readonly place: Environment;
}

/** Numbers for every parameter of a table: given, else default. Complains of unknown names and of bad values. */
export function readValues(
  table: ParameterTable,
  given: readonly Given[],
  owner: Owner,
): Readonly<Record<string, number>> {
  return withDefaults(table, readGiven(table, given, owner), owner);
}

/**
 * Numbers for every parameter of a table, to be read for one run after the other: where draws decide some of them these
 * alone are read anew.
 */
export class RedrawnValues {
  #first: Readonly<Record<string, number>> | undefined;
  readonly #drawn: Given[] = [];

  constructor(
    readonly table: ParameterTable,
    readonly given: readonly Given[],
    readonly owner: Owner,
  ) {}

  read(): Record<string, number> {
    const { table, given, owner } = this;
    if (this.#first !== undefined) return { ...this.#first, ...readGiven(table, this.#drawn, owner) };
    this.#first = withDefaults(table, readGiven(table, given, owner, this.#drawn), owner);
    return { ...this.#first };
  }
}

/** As `readValues`, of what is given alone; what of it draws decide goes behind `drawn`. */
export function readGiven(
  table: ParameterTable,
  given: readonly Given[],
  owner: Owner,
  drawn?: Given[],
): Record<string, number> {
  const values: Record<string, number> = {};
  const seen = new Map<string, Given>();
  for (const it of given) {
    const name = parameterName(table, it.name);
    if (name === undefined) {
      complainOfUnknown(table, it, owner);
      continue;
    }
    const before = seen.get(name);
    if (before !== undefined) {
      const notes = [{ message: "given here first", span: before.span }];
      const message = `\`${name}\` is given twice.`;
      it.place.elaboration.complaints.error("duplicate-setting", message, it.span, { notes });
    }
    seen.set(name, it);
    const { draws } = it.place.elaboration;
    const { touched } = draws;
    values[name] = readValue(name, table[name]!, it);
    if (draws.touched > touched) drawn?.push(it);
  }
  return values;
}

/** The name under which a table knows a parameter. */
export function parameterName(table: ParameterTable, name: string): string | undefined {
  if (Object.hasOwn(table, name)) return name;
  return Object.keys(table).find((key) => table[key]!.aliases?.includes(name));
}

/** A number (or one of a few words) for a parameter; NaN after having complained. */
export function readValue(name: string, parameter: Parameter, { value, place }: Given): number {
  const { words } = parameter;
  if (words !== undefined && value.kind === "word") {
    const index = words.indexOf(nameOf(value, place));
    if (index >= 0) return index;
    const near = nearName(nameOf(value, place), words);
    const list = words.map((word) => `\`${word}\``).join(", ");
    const help = near ? `did you mean \`${near}\`?` : `it can be ${list}.`;
    const message = `\`${name}\` (${parameter.meaning}) cannot be \`${written(value.span)}\`.`;
    place.elaboration.complaints.error("unknown-word", message, value.span, { help });
    return Number.NaN;
  }
  const read = () => numberOf(value, place, `a number for \`${name}\` (${meaningOf(parameter)})`);
  const number = place.elaboration.draws.within(name, read);
  checkRange(name, parameter, number, value.span, place);
  return number;
}

/** Complains of a value outside the range of its parameter. */
export function checkRange(name: string, parameter: Parameter, value: number, span: Span, place: Environment): void {
  const [min, max] = parameter.range;
  if (Number.isNaN(value) || (value >= min && value <= max)) return;
  const { unit, meaning } = parameter;
  place.elaboration.complaints.error(
    "parameter-range",
    `\`${name}\` (${meaning}) is ${formatQuantity(value, unit)}, but must ${rangeText(min, max, unit)}.`,
    span,
  );
}

/** "lie between 0 V and 5 V", in as few words as the range needs. */
function rangeText(min: number, max: number, unit: Unit): string {
  const low = formatQuantity(min, unit);
  const high = formatQuantity(max, unit);
  if (max > 1e300) return min === Number.MIN_VALUE ? "be greater than 0" : `not be below ${low}`;
  if (min < -1e300) return `not be above ${high}`;
  return `lie between ${low} and ${high}`;
}

const meaningOf = ({ meaning, unit }: Parameter): string => (unit === "1" ? meaning : `${meaning}, ${unit}`);

function complainOfUnknown(table: ParameterTable, { name, span, place }: Given, owner: Owner): void {
  const { complaints } = place.elaboration;
  if (owner.notModelled?.includes(name)) {
    const message = `\`${name}\` of ${lower(owner.title)} is known to SPICE but not modelled here; it has no effect.`;
    complaints.warning("not-modelled", message, span);
    return;
  }
  const names = Object.keys(table);
  const near = nearName(name, names);
  const list = names.map((key) => `\`${key}\``).join(", ");
  const help = near
    ? `did you mean \`${near}\` (${meaningOf(table[near]!)})?`
    : names.length > 0
      ? `it takes ${list}.`
      : "it takes no parameters.";
  const message = `${owner.title} has no parameter \`${name}\`.`;
  complaints.error("unknown-parameter", message, span, { help });
}

const lower = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

/** What a table says where nothing is given. */
interface Defaults {
  /** NaN of what has to be given. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly needed: readonly string[];
}

/** Numbers for all parameters; complains of those that must be given and are not. */
function withDefaults(table: ParameterTable, given: Record<string, number>, owner: Owner): Record<string, number> {
  const { numbers, needed } = defaults.get(table) ?? defaultsOf(table);
  for (const name of needed) {
    if (name in given) continue;
    const message = `${owner.title} needs \`${name}\` (${meaningOf(table[name]!)}).`;
    owner.place.elaboration.complaints.error("missing-parameter", message, owner.span);
  }
  // Objects that name by name is added to, one after the other, would each be a kind of object of its own to V8.
  return { ...numbers, ...given };
}

function defaultsOf(table: ParameterTable): Defaults {
  const entries = Object.entries(table);
  const made = {
    numbers: Object.fromEntries(entries.map(([name, it]) => [name, it.default ?? Number.NaN])),
    needed: entries.filter(([, it]) => it.default === undefined).map(([name]) => name),
  };
  defaults.set(table, made);
  return made;
}

const defaults = new WeakMap<ParameterTable, Defaults>();
