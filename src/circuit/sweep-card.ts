import type { Directive, Item } from "../syntax/ast.js";
import type { AnalysisCard, Sweep } from "./circuit.js";
import type { Environment } from "./environment.js";
import { Items } from "./items.js";
import { namedTarget, takeTarget } from "./runs/stepped-target.js";
import { takeSpacing, takeValues } from "./runs/stepped-values.js";
import { readNumberTable } from "./tables.js";
import { nameOf } from "./words.js";

/**
 * `.dc src a b step [src2 …]` and `.dc data="inputs.csv"`. A source is what `.step` takes: `[param] r`, `temp`, `v1`, `r1`,
 * `nmos m1(vto)`; its values as well, `list …`, `dec a b n`, `oct a b n`.
 */
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
  const targets = table.header.map((name) => columnTarget(name, setting.value.span, place));
  if (targets.some((target) => target === undefined)) return undefined;
  return [{ targets: targets as Sweep["targets"][number][], points: table.rows }];
}

function columnTarget(name: string, span: Item["span"], place: Environment): Sweep["targets"][number] | undefined {
  const target = namedTarget(name, span, place, "swept");
  if (target === undefined || target.sets.kind === "value") return target;
  const message = `\`${name}\` cannot be swept by a file: its columns are sources and resistors.`;
  const help = `\`.dc ${name} list …\` sweeps it alone.`;
  place.elaboration.complaints.error("cannot-sweep", message, span, { help });
  return undefined;
}

function fromSteps(card: Directive, place: Environment): readonly Sweep[] | undefined {
  const items = new Items(card.items, place, card.span);
  const sweeps: Sweep[] = [];
  while (items.left > 0) {
    const spacing = takeSpacing(items);
    const before = items.peek();
    const target = takeTarget(items, "swept");
    if (target === undefined && (before?.kind !== "word" || items.left <= 0)) return undefined;
    const values = takeValues(items, spacing, "swept");
    if (target === undefined || values === undefined) return undefined;
    if (sweeps.some(({ targets: [known] }) => known?.name === target.name)) {
      const message = `\`${target.name}\` is swept twice: a value can follow one sweep only.`;
      items.error("duplicate-name", message, before!.span);
      return undefined;
    }
    sweeps.push({ targets: [target], points: values.map((value) => [value]) });
    items.take("sweep"); // HSPICE's word in front of the outer one
  }
  if (sweeps.length > 0) return sweeps;
  items.error("missing-value", "`.dc` needs a source and three numbers: `.dc V1 0 5 0.1`.", card.span);
  return undefined;
}
