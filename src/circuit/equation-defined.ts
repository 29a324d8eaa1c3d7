import type { Device } from "../devices/device.js";
import { equationDefined, type FromValues } from "../devices/equation-defined.js";
import type { Span } from "../text/source.js";
import type { Card } from "./card.js";
import { DeviceBlock } from "./device-block.js";
import { type Defined, Environment } from "./environment.js";
import { nearName, numberOf, written } from "./readings.js";
import { textOf } from "./words.js";

/** A `.device` made ready: its equations compiled, its conditions on parameters as functions. */
interface Made {
  readonly device: Device;
  readonly checks: readonly { readonly holds: FromValues; readonly message: string; readonly span: Span }[];
}

const made = new WeakMap<Defined<"device">, Made | undefined>();

/** Puts a use of a `.device` into the circuit: `X1 a b hp ron=200`. */
export function addEquationDefined(card: Card, defined: Defined<"device">, terminals: readonly number[]): void {
  if (!made.has(defined)) made.set(defined, make(defined));
  const it = made.get(defined);
  const values = valuesOf(card, defined);
  card.end();
  if (it === undefined) return;
  const element = `y${it.device.type}`;
  card.add(element, terminals, { device: it.device, values });
  for (const { holds, message, span } of it.checks) {
    const value = holds(values);
    if (value !== 0 || Number.isNaN(value)) continue;
    card.error("device-check", `\`${card.shown}\`: ${message}`, card.span, [span, "the condition that does not hold"]);
  }
  for (const [k, own] of it.device.own.entries())
    checkStart(card, defined, own.initial(values), own.walls?.(values), k);
}

/** A state starts between its walls. */
function checkStart(
  card: Card,
  { definition }: Defined<"device">,
  start: number,
  walls: readonly [number, number] | undefined,
  k: number,
): void {
  if (walls === undefined) return;
  const [min, max] = walls;
  const state = definition.states[k]!;
  if (min > max) {
    card.error(
      "walls",
      `The walls of \`${state.name}\` of \`${card.shown}\` are ${min} and ${max}: min must not be above max.`,
    );
  } else if (start < min || start > max) {
    const message = `\`${state.name}\` of \`${card.shown}\` starts at ${start}, but must lie between ${min} and ${max}.`;
    card.error("parameter-range", message, card.span, [state.initial.span, "its start"]);
  }
}

/** The parameters of one use: what the card gives, else the defaults, which may speak of each other. */
function valuesOf(card: Card, { definition, place }: Defined<"device">): Readonly<Record<string, number>> {
  const inside = new Environment(card.elaboration, { around: place });
  const known = new Map(definition.parameters.map((parameter) => [parameter.name.toLowerCase(), parameter]));
  const names = [...known.keys()];
  for (const [name, setting] of [...card.settings]) {
    card.setting(name);
    if (known.has(name)) {
      const value = numberOf(setting.value, card.place, `a number behind \`${written(setting.name.span)}=\``);
      inside.set(name, value, setting.span);
      known.delete(name);
      continue;
    }
    const near = nearName(name, names);
    const list = names.map((it) => `\`${it}\``).join(", ");
    const help = near
      ? `did you mean \`${near}\`?`
      : names.length > 0
        ? `it takes ${list}.`
        : "it takes no parameters.";
    const message = `Device \`${textOf(definition.name, place)}\` has no parameter \`${name}\`.`;
    card.error("unknown-parameter", message, setting.span, [definition.name.span, "it is defined here"], help);
  }
  for (const parameter of known.values()) inside.defineParameter(parameter, true);
  return Object.fromEntries(names.map((name) => [name, inside.parameter(name) ?? Number.NaN]));
}

function make(defined: Defined<"device">): Made | undefined {
  const { definition, place } = defined;
  const before = place.elaboration.complaints.errors;
  const maker = new DeviceBlock(definition, place);
  const parts = maker.definition();
  const checks = definition.checks.map(({ condition, message, span }) => ({
    holds: maker.fromValues(condition),
    message,
    span,
  }));
  return place.elaboration.complaints.errors > before ? undefined : { device: equationDefined(parts), checks };
}
