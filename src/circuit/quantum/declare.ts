import type { Instance, QuantumDefinition, Word } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import type { Body } from "../expand.js";
import { didYouMean, nearName, written } from "../readings.js";
import { nameOf, textOf } from "../words.js";
import { BlockNames, type Member } from "./block-names.js";
import { Line } from "./line.js";
import { statementSettings } from "./statement-settings.js";
import { blockStatements, isStatement } from "./statements.js";
import { levelsOf } from "./systems.js";

/** ħ in J·s, exact since the SI of 2019. */
export const reducedPlanck = 6.62607015e-34 / (2 * Math.PI);

/**
 * Enters a block and the names that its lines give, so that the circuit's sources and outputs can speak of them before
 * its laws are read. `place` is the block's own: it sees what is around it, and its own `.param`s.
 */
export function declareBlock(
  definition: QuantumDefinition,
  { elements, cards }: Body<Instance>,
  place: Environment,
): void {
  const { blocks, complaints } = place.elaboration;
  const local = nameOf(definition.name, place);
  const name = place.path + local;
  const block = new BlockNames(name, blocks.all.length, definition, place, elements, isSi(definition, place));
  if (!isName(local)) complainOfName(definition.name, "block", place);
  if (!blocks.add(block)) return;
  place.set("hbar", block.si ? reducedPlanck : 1, definition.span);
  for (const [k, card] of elements.cards.entries()) declareLine(card, elements.places[k]!, block);
  for (const { card } of cards) {
    const message = `\`${card.name}\` cannot stand between \`.quantum\` and \`.endquantum\`.`;
    complaints.error("card-in-quantum", message, card.nameSpan, { help: "put it in front of or behind the block." });
  }
}

const isSi = ({ settings }: QuantumDefinition, place: Environment): boolean =>
  settings.some(
    ({ name, value }) => nameOf(name, place) === "units" && value.kind === "word" && nameOf(value, place) === "si",
  );

/** Names of a block stand in expressions, so that they are made as a parameter's is. */
const isName = (text: string): boolean => /^[a-z_][a-z0-9_]*$/i.test(text);

function complainOfName(word: Word, what: string, { elaboration }: Environment): void {
  const message = `\`${written(word.span)}\` cannot be the name of a ${what}: names here are a letter, then letters, digits and \`_\`.`;
  elaboration.complaints.error("bad-name", message, word.span);
}

function declareLine(card: Instance, place: Environment, block: BlockNames): void {
  const word = nameOf(card.name, place);
  if (!isStatement(word)) {
    complainOfLine(card, word, place, block);
    return;
  }
  const { names } = blockStatements.get(word)!;
  if (names !== undefined) declareName(card, names, statementSettings[word], place, block);
}

function complainOfLine(card: Instance, word: string, place: Environment, block: BlockNames): void {
  block.torn = true;
  const { complaints } = place.elaboration;
  const { span } = card.name;
  const near = nearName(word, blockStatements.keys());
  const list = [...blockStatements.keys()].map((it) => `\`${it}\``).join(", ");
  const help = didYouMean(near).help ?? `a line begins with ${list}.`;
  const message = `\`${textOf(card.name, place)}\` begins no line of a quantum block.`;
  complaints.error("unknown-statement", message, span, { help });
}

function declareName(
  card: Instance,
  kind: Member["kind"],
  settings: readonly string[],
  place: Environment,
  block: BlockNames,
): void {
  const [first] = card.items;
  const shown = first?.kind === "word" ? textOf(first, place) : "";
  if (first?.kind !== "word") {
    block.torn = true;
    const message = `\`${nameOf(card.name, place)}\` needs a name behind it.`;
    place.elaboration.complaints.error("missing-name", message, first?.span ?? card.span);
    return;
  }
  if (!isName(shown)) complainOfName(first, kind === "other" ? "part of a block" : kind, place);
  block.add(shown, () => memberOf(kind, new Line(block, card, place, settings), shown), first.span);
}

function memberOf(kind: Member["kind"], line: Line, shown: string): Member {
  const index = line.block.count(kind);
  switch (kind) {
    case "qubit":
      return { kind, index, levels: 2 };
    case "oscillator":
      return { kind, index, levels: levelsOf(line, shown) };
    case "other":
      return { kind };
    default:
      return { kind, index };
  }
}
