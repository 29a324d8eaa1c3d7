import type { Directive, Item } from "../syntax/ast.js";
import type { AnalysisCard, Sweep } from "./circuit.js";
import type { Environment } from "./environment.js";
import { Items } from "./items.js";
import { stepped } from "./points.js";
import { numberOf } from "./readings.js";
import { targetOf } from "./sweep-target.js";
import { readNumberTable } from "./tables.js";
import { nameOf, textOf } from "./words.js";

/** `.dc src a b step [src2 …]` and `.dc data="inputs.csv"`. */
export function readSweep(card: Directive, place: Environment): AnalysisCard | undefined {
  const data = card.items.find((item) => item.kind === "setting");
  const sweeps = data ? fromData(card, data, place) : fromSteps(card, place);
  return sweeps && { kind: "dc", sweeps, span: card.span };
}

type Setting = Extract<Item, { kind: "setting" }>;

function fromData(card: Directive, setting: Setting, place: Environment): readonly Sweep[] | undefined {
  const { complaints } = place.elaboration;
  const extra = card.items.find((item) => item !== setting);
  if (extra !== undefined) new Items([extra], place, card.span).end();
  if (nameOf(setting.name, place) !== "data" || setting.value.kind !== "quoted") {
    complaints.error("unexpected-text", 'A sweep by a file is `.dc data="inputs.csv"`.', setting.span);
    return undefined;
  }
  const table = readNumberTable(setting.value.text, setting.value.span, place.elaboration);
  if (table === undefined) return undefined;
  if (table.header === undefined || table.rows.length === 0) {
    const message = `\`${setting.value.text}\` needs a first row with the names of sources, and rows of numbers below.`;
    complaints.error("bad-table", message, setting.value.span);
    return undefined;
  }
  const short = table.rows.find((row) => row.length !== table.header!.length);
  if (short !== undefined) {
    const message = `\`${setting.value.text}\` has ${table.header.length} columns, but a row of ${short.length} numbers.`;
    complaints.error("bad-table", message, setting.value.span);
    return undefined;
  }
  const targets = table.header.map((name) => targetOf(name, setting.value.span, place));
  if (targets.some((target) => target === undefined)) return undefined;
  return [{ targets: targets as Sweep["targets"][number][], points: table.rows }];
}

function fromSteps(card: Directive, place: Environment): readonly Sweep[] | undefined {
  const { complaints } = place.elaboration;
  const sweeps: Sweep[] = [];
  for (let k = 0; k < card.items.length; k += 4) {
    const [name, ...range] = card.items.slice(k, k + 4);
    const shown = name?.kind === "word" ? textOf(name, place) : undefined;
    const word = shown?.toLowerCase();
    if (shown === undefined || word === undefined || range.length < 3) {
      const help = "a sweep is a source and three numbers: `.dc V1 0 5 0.1`.";
      complaints.error("missing-value", "`.dc` ends before its sweep is complete.", name?.span ?? card.span, { help });
      return undefined;
    }
    if (word === "dec" || word === "oct" || word === "lin" || word === "list") {
      complaints.error("not-supported-yet", `\`.dc ${word}\` is not supported yet.`, name!.span);
      return undefined;
    }
    if (word === "temp" || word === "temper" || word === "param") {
      complainOfGlobalSweep(word, card.items[k + 1]!, name!.span, place);
      return undefined;
    }
    const target = targetOf(shown, name!.span, place);
    const twice = sweeps.some(({ targets: [before] }) => before?.instance === target?.instance);
    if (target !== undefined && twice) {
      const message = `\`${shown}\` is swept twice: a value can follow one sweep only.`;
      complaints.error("duplicate-name", message, name!.span);
      return undefined;
    }
    const [from, to, step] = range.map((item) => numberOf(item, place, "a number")) as [number, number, number];
    const points = stepped(from, to, step, range[2]!.span, place.elaboration.complaints);
    if (target === undefined || points === undefined) return undefined;
    sweeps.push({ targets: [target], points: points.map((value) => [value]) });
  }
  if (sweeps.length > 0) return sweeps;
  complaints.error("missing-value", "`.dc` needs a source and three numbers: `.dc V1 0 5 0.1`.", card.span);
  return undefined;
}

/** Temperature and parameters are known before the circuit is: no analysis can change them, a run for each value can. */
function complainOfGlobalSweep(word: "temp" | "temper" | "param", next: Item, span: Item["span"], place: Environment) {
  const shown = next.kind === "word" ? textOf(next, place) : "name";
  const [what, how] =
    word === "param"
      ? [`the parameter \`${shown}\``, `write \`.op\` and \`.step param ${shown} 1 5 1\``]
      : ["the temperature", "write `.op` and `.step temp -40 125 5`"];
  const message = `A sweep of ${what} is not supported yet: \`.dc\` sweeps sources and resistors.`;
  place.elaboration.complaints.error("not-supported-yet", message, span, { help: `${how}.` });
}
