import type { Formula } from "../expressions/formula.js";
import type { Part } from "./part.js";
import type { Reader } from "./probes.js";

/** The current into the first terminal of a device and out of its second. */
type CurrentOf = (part: Part, reader: Reader) => Formula;

/**
 * `v`, `i`, `r` or `p` of a subcircuit seen from outside, by its first two terminals; undefined where there is none. Further
 * ones are for looking, as the state that published memristors lead out: nothing outside may be at them. What a device
 * reads must be an unknown, and a sum of currents is none. A grounded first terminal has no current of its own: devices
 * inside may be at ground, too, by its name `0`.
 */
export function portQuantity(name: string, quantity: string, reader: Reader, current: CurrentOf): Formula | undefined {
  const { place } = reader;
  const ports = place.elaboration.network.find(name, place)?.ports;
  const [p, n, ...others] = ports?.values() ?? [];
  const path = `${place.path}${name.toLowerCase()}.`;
  if (reader.unknownsOnly || p === undefined || n === undefined || p === 0) return undefined;
  if (others.length > 0 && isAtAny(others, path, reader)) return undefined;
  const v = () => call("-", reader.input({ kind: "node", node: p }), reader.input({ kind: "node", node: n }));
  const i = () => currentInto(p, path, reader, current);
  if (quantity === "v") return v();
  if (quantity === "i") return i();
  if (quantity === "r") return call("/", v(), i());
  return quantity === "p" ? call("*", v(), i()) : undefined;
}

/** Whether a device outside of the subcircuit is at one of these nodes, or one of them is ground. */
const isAtAny = (nodes: readonly number[], path: string, { place }: Reader): boolean =>
  nodes.includes(0) ||
  place.elaboration.network.parts.some(
    ({ name, terminals }) => !name.startsWith(path) && terminals.some((node) => nodes.includes(node)),
  );

/** By Kirchhoff's law the current into a node of a subcircuit is the sum over the devices inside that are at it. */
function currentInto(node: number, path: string, reader: Reader, current: CurrentOf): Formula {
  const inside = reader.place.elaboration.network.parts.filter(({ name }) => name.startsWith(path));
  const terms = inside.flatMap((part) => {
    const [first, second, ...others] = part.terminals;
    const looksOnly = part.device?.terminals[2] === "cp";
    if (others.includes(node) && !looksOnly) return [current(part, reader)]; // has no single current: says so
    if (first === second || (first !== node && second !== node)) return [];
    return first === node ? [current(part, reader)] : [call("-", zero, current(part, reader))];
  });
  return sum(terms);
}

const zero: Formula = { kind: "number", value: 0 };
const call = (name: "+" | "-" | "*" | "/", ...parts: readonly Formula[]): Formula => ({
  kind: "call",
  name,
  arguments: parts,
});

/** A sum in halves: a node of a crossbar has many devices, and a chain of them would be a deep formula. */
function sum(terms: readonly Formula[]): Formula {
  const half = terms.length >> 1;
  return half === 0 ? (terms[0] ?? zero) : call("+", sum(terms.slice(0, half)), sum(terms.slice(half)));
}
