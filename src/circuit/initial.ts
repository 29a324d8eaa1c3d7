import type { Directive, Equation } from "../syntax/ast.js";
import { constantOf } from "./constant-scope.js";
import type { Environment } from "./environment.js";
import type { Placed } from "./expand.js";
import { didYouMean, nearName, written } from "./readings.js";
import { textOf } from "./words.js";

/** `.ic v(a)=1` and `.nodeset v(a)=1`, once all nodes are known. */
export function readInitials(cards: readonly Placed[]): void {
  for (const { card, place } of cards) {
    if (card.kind !== "directive" || (card.name !== ".ic" && card.name !== ".nodeset")) continue;
    place.elaboration.later(() => readCard(card, place));
  }
}

function readCard(card: Directive, place: Environment): void {
  const { complaints } = place.elaboration;
  const form = `\`${card.name} v(node)=value\``;
  if (card.items.length === 0)
    complaints.error("missing-value", `\`${card.name}\` needs voltages: ${form}.`, card.span);
  for (const item of card.items) {
    if (item.kind === "equation") readEquation(card.name, item, place);
    else complaints.error("expected-equation", `Expected ${form}, found \`${written(item.span)}\`.`, item.span);
  }
}

function readEquation(card: string, { left, right, span }: Equation, place: Environment): void {
  const { complaints, network } = place.elaboration;
  const value = constantOf(right, place);
  if (left.kind === "probe" && left.names.length === 1 && left.quantity === "v") {
    const [word] = left.names;
    const name = textOf(word!, place);
    const node = network.findNode(name, place);
    if (node === undefined) {
      const near = nearName(name, network.nodeNames(place));
      complaints.error("unknown-node", `There is no node \`${name}\` here.`, word!.span, didYouMean(near));
    } else if (node === 0) {
      if (value !== 0) complaints.error("ground-voltage", "Ground is at 0 V always.", span);
    } else (card === ".ic" ? network.initial : network.guesses).push({ node, value, span });
    return;
  }
  if (left.kind === "probe" && left.names.length === 1 && left.quantity === "i" && card === ".ic") {
    const part = network.find(textOf(left.names[0]!, place), place)?.part;
    if (part?.element === "l") {
      part.initial = value;
      return;
    }
    complaints.error("no-initial-current", "Only inductors keep a current that a start value can be given for.", span);
    return;
  }
  complaints.error("expected-equation", `\`${card}\` gives voltages of nodes: \`${card} v(node)=value\`.`, left.span);
}
