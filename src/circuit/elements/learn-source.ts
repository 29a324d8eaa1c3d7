import { learnParameters, learnSource } from "../../devices/perceptrons/learn-source.js";
import type { Item, Setting } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Card } from "../card.js";
import { type Given, readValues } from "../device-values.js";
import { nearName, nodeOf } from "../readings.js";
import { signalLaw } from "../signal-scope.js";
import { nameOf } from "../words.js";
import { expressionOf } from "./behavioural.js";

const names = ["s", "clk", ...Object.keys(learnParameters)];

/** `Ip p n learn(s={…} ith=20 width=1 clk=clk [rise=0])`; the card stands behind the word `learn`. */
export function readLearnSource(card: Card, terminals: readonly number[], span: Span): void {
  const group = card.peek()?.kind === "group" ? (card.next() as Extract<Item, { kind: "group" }>) : undefined;
  const settings = new Map<string, Setting>();
  for (const item of group?.items ?? []) {
    if (item.kind === "setting") settings.set(nameOf(item.name, card.place), item);
    else card.error("expected-setting", "`learn(…)` takes settings: `s={…} ith= width= clk=`.", item.span);
  }
  const [s, clk] = [take(card, settings, "s", span), take(card, settings, "clk", span)];
  const given = [...settings].map(
    ([name, { value, span: at }]): Given => ({ name, value, span: at, place: card.place }),
  );
  const unknown = given.filter(({ name }) => !Object.hasOwn(learnParameters, name));
  for (const { name, span: at } of unknown) {
    const near = nearName(name, names);
    const help = near ? `did you mean \`${near}\`?` : "it takes `s`, `ith`, `width`, `clk` and `rise`.";
    card.error("unknown-parameter", `\`learn\` has no parameter \`${name}\`.`, at, undefined, help);
  }
  const owner = { title: `\`learn\` of \`${card.shown}\``, span, place: card.place };
  const values = readValues(
    learnParameters,
    given.filter((it) => !unknown.includes(it)),
    owner,
  );
  card.end();
  const clock = clk && nodeOf(clk.value, card.place);
  const expression = s && expressionOf(card, s.value);
  if (clock === undefined || expression === undefined) return;
  const part = card.add("i", terminals);
  card.elaboration.later(() => {
    const found = signalLaw(expression, card.place, part.name);
    const { programs } = card.elaboration;
    const law = found.kind === "number" ? programs.compile(found, 0) : found.law;
    const read = found.kind === "number" ? [] : found.controls;
    part.become({ device: learnSource(law), values, controls: [{ kind: "node", node: clock }, ...read] });
  });
}

function take(card: Card, settings: Map<string, Setting>, name: string, span: Span): Setting | undefined {
  const setting = settings.get(name);
  settings.delete(name);
  if (setting !== undefined) return setting;
  const meaning = name === "s" ? "the change that is wanted, an expression" : "the node of its clock";
  card.error("missing-parameter", `\`learn\` of \`${card.shown}\` needs \`${name}=\` (${meaning}).`, span);
  return undefined;
}
