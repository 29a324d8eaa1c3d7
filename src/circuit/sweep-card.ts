import type { Directive, Item } from "../syntax/ast.js";
import type { Unit } from "../units/unit.js";
import type { AnalysisCard, Sweep } from "./circuit.js";
import type { Environment } from "./environment.js";
import { Items } from "./items.js";
import type { Part } from "./network.js";
import { didYouMean, nearName, numberOf } from "./readings.js";
import { readNumberTable } from "./tables.js";
import { nameOf, textOf } from "./words.js";

/** More points than this are a slip. */
const mostSweepPoints = 1e8;

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
    const points = stepped(from, to, step, range[2]!, place);
    if (target === undefined || points === undefined) return undefined;
    sweeps.push({ targets: [target], points });
  }
  if (sweeps.length > 0) return sweeps;
  complaints.error("missing-value", "`.dc` needs a source and three numbers: `.dc V1 0 5 0.1`.", card.span);
  return undefined;
}

/** Temperature and parameters are known before the circuit is: no analysis can change them. */
function complainOfGlobalSweep(word: "temp" | "temper" | "param", next: Item, span: Item["span"], place: Environment) {
  const shown = next.kind === "word" ? textOf(next, place) : "name";
  const [what, how] =
    word === "param"
      ? [`the parameter \`${shown}\``, `run the netlist once for each value, with \`--set ${shown}=…\``]
      : ["the temperature", "run the netlist once for each temperature, with `.options temp={t}` and `--set t=…`"];
  const message = `A sweep of ${what} is not supported yet: \`.dc\` sweeps sources and resistors.`;
  place.elaboration.complaints.error("not-supported-yet", message, span, { help: `${how}.` });
}

/** The source that a sweep sets. */
function targetOf(name: string, span: Item["span"], place: Environment): Sweep["targets"][number] | undefined {
  const { complaints, network } = place.elaboration;
  const part = network.find(name, place)?.part;
  if (part?.failed) return undefined;
  if (part === undefined) {
    if (place.parameter(name.toLowerCase()) !== undefined) {
      const message = `A sweep of the parameter \`${name}\` is not supported yet: \`.dc\` sweeps sources and resistors.`;
      const help = `run the netlist once for each value, with \`--set ${name}=…\`.`;
      complaints.error("not-supported-yet", message, span, { help });
      return undefined;
    }
    const near = nearName(name, network.instanceNames(place));
    complaints.error("unknown-device", `There is no source \`${name}\` to sweep.`, span, didYouMean(near));
    return undefined;
  }
  const swept = sweptValue(part);
  if (swept !== undefined) return { instance: part.index, name: part.name, ...swept };
  complaints.error(
    "cannot-sweep",
    `\`${name}\` cannot be swept: a sweep sets independent sources and resistors.`,
    span,
  );
  return undefined;
}

function sweptValue({ element, values }: Part): { readonly setting: string; readonly unit: Unit } | undefined {
  if (element === "v" && "dc" in values) return { setting: "dc", unit: "V" };
  if (element === "i" && "dc" in values) return { setting: "dc", unit: "A" };
  if (element === "r" && "r" in values) return { setting: "r", unit: "Ω" };
  return undefined;
}

/** from, from + step, …, to; the last point is `to` itself where it lies on the grid but for rounding. */
function stepped(
  from: number,
  to: number,
  step: number,
  item: Item,
  place: Environment,
): readonly (readonly number[])[] | undefined {
  const { complaints } = place.elaboration;
  if ([from, to, step].some(Number.isNaN)) return undefined;
  if (step === 0 && from !== to) {
    complaints.error("bad-step", "The step of a sweep must not be 0.", item.span);
    return undefined;
  }
  const count = from === to ? 0 : (to - from) / step;
  if (count < 0) {
    const help = `write \`${-step}\`.`;
    complaints.error(
      "bad-step",
      `The sweep goes from ${from} to ${to}, but its step of ${step} leads away.`,
      item.span,
      { help },
    );
    return undefined;
  }
  if (count > mostSweepPoints) {
    complaints.error(
      "bad-step",
      `The sweep would have ${Math.round(count)} points; at most ${mostSweepPoints} are allowed.`,
      item.span,
    );
    return undefined;
  }
  const whole = Math.floor(count + 1e-9);
  return Array.from({ length: whole + 1 }, (_, k) => [
    k === whole && Math.abs(count - whole) < 1e-9 ? to : from + k * step,
  ]);
}
