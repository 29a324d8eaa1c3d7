import type { Item } from "../../syntax/ast.js";
import type { ChannelCard } from "../channels/card.js";
import { written } from "../readings.js";
import { nameOf } from "../words.js";
import type { Channel } from "./block.js";
import type { Line } from "./line.js";

/** Complex entries that the Kraus operators of a channel may have on all that it acts on: 128 MB. */
const mostEntries = 2 ** 23;

/** A channel of the circuit, by its place. */
interface Found {
  readonly card: ChannelCard;
  readonly index: number;
}

/** One end of a channel in a register. */
interface Side {
  /** Places of systems, as they are named; the first is the slow part of the channel's basis. */
  readonly systems: readonly number[];
  readonly names: readonly string[];
  readonly levels: number;
}

/** `(a,b) -> o`: what a channel takes, and what it gives to; without the arrow the same. Undefined after having complained. */
export function mapOf(found: Found | undefined, line: Line): Pick<Channel, "systems" | "map"> | undefined {
  const from = sideOf("takes", line);
  const isSame = line.next() === undefined; // else it was the arrow
  const to = isSame ? from : from && sideOf("gives to", line);
  if (to !== undefined) line.end();
  if (found === undefined || from === undefined || to === undefined) return undefined;
  const { name, input, output, count } = found.card;
  if (isSame && input !== output && from.levels === input) {
    const message = `\`${name}\` makes ${output} levels of ${input}: nothing says where they go.`;
    const help = `write \`apply ${name} ${listOf(from)} -> \` and what it gives to.`;
    line.error("unlike-dimensions", message, line.span, help);
    return undefined;
  }
  const fits = [
    checkLevels(`\`${name}\` takes a state of ${input} levels`, input, from, line),
    isSame || checkLevels(`\`${name}\` gives a state of ${output} levels`, output, to, line),
  ];
  if (fits.includes(false)) return undefined;
  const systems = [...from.systems, ...to.systems.filter((system) => !from.systems.includes(system))];
  const all = systems.reduce((product, system) => product * line.block.dimensions()[system]!.dimension, 1);
  if ((count * all ** 3) / from.levels > mostEntries) {
    const message = `\`${name}\` has ${count} Kraus operators, of ${all} × ${all} entries on all that it acts on: too many.`;
    const help = "take a channel of fewer operators (`.compress`), or let it give to systems that it takes.";
    line.error("too-large", message, line.span, help);
    return undefined;
  }
  const map = { kind: "named", channel: found.index, from: from.systems, to: to.systems } as const;
  return { systems, map };
}

function sideOf(what: "takes" | "gives to", line: Line): Side | undefined {
  const items = namesOf(what, line);
  const found = items?.map((item) => line.systemOf(item)).filter((it) => it !== undefined) ?? [];
  if (items === undefined || found.length < items.length) return undefined;
  const systems = found.map(({ index }) => index);
  const twin = systems.findIndex((system, k) => systems.indexOf(system) < k);
  if (twin >= 0) {
    const message = `A channel ${what} each system once, but \`${found[twin]!.name}\` is named twice.`;
    line.error("duplicate-name", message, items[twin]!.span);
    return undefined;
  }
  const dimensions = line.block.dimensions();
  const levels = systems.reduce((product, system) => product * dimensions[system]!.dimension, 1);
  return { systems, names: found.map(({ name }) => name), levels };
}

const listOf = ({ names }: Side): string => (names.length === 1 ? names[0]! : `(${names.join(",")})`);

/** Complains where systems have other levels in all than a channel takes or gives; whether they fit. */
function checkLevels(what: string, wanted: number, side: Side, line: Line): boolean {
  if (side.levels === wanted) return true;
  const verb = side.names.length === 1 ? "has" : "have together";
  const qubits = Math.log2(wanted);
  const help = Number.isInteger(qubits) ? `name ${qubits === 1 ? "one qubit" : `${qubits} qubits`}.` : undefined;
  line.error("unlike-dimensions", `${what}, but \`${listOf(side)}\` ${verb} ${side.levels}.`, line.span, help);
  return false;
}

/** The words up to the arrow or the line's end, in parentheses or not. */
function namesOf(what: "takes" | "gives to", line: Line): readonly Item[] | undefined {
  const items: Item[] = [];
  for (let item = line.peek(); item !== undefined && textOf(item, line) !== "->"; item = line.peek()) {
    if (textOf(item, line).includes("->")) {
      const message = `\`${written(item.span)}\` needs blanks around its arrow: \`-> o\`.`;
      line.error("expected-name", message, item.span);
      return undefined;
    }
    items.push(...(item.kind === "group" ? item.items : [item]));
    line.next();
  }
  if (items.length > 0) return items;
  const [name, example] = line.card === "apply" ? ["apply c", "(a,b) -> o"] : ["channel K1", "(a,b) channel=c"];
  const message = `\`${line.card}\` needs the systems that its channel ${what}: \`${name} ${example}\`.`;
  line.error("missing-name", message);
  return undefined;
}

const textOf = (item: Item, { place }: Line): string => (item.kind === "word" ? nameOf(item, place) : "");
