import type { Directive, Item, Statement } from "../../syntax/ast.js";
import { readQuantity } from "../../units/quantity.js";
import type { Circuit } from "../circuit.js";
import { constantOf } from "../constant-scope.js";
import type { Environment } from "../environment.js";
import type { Placed } from "../expand.js";
import { changed } from "../plain-device.js";
import { didYouMean, nearName, written } from "../readings.js";
import { textOf } from "../words.js";
import { readMonteCarlo } from "./mc-card.js";
import type { RunAxis, Runs } from "./runs.js";
import { readStep } from "./step-card.js";

/** More runs than this are a slip. */
const mostRuns = 1e6;

/** What `.step` and `.mc` ask for; undefined where the deck has neither. The first `.step` goes round fastest. */
export function readRuns(cards: readonly Placed[], place: Environment): Runs | undefined {
  const directives = cards.filter((it): it is Placed<Directive> => it.card.kind === "directive");
  const steps = directives.filter(({ card }) => card.name === ".step");
  const [mc, second] = directives.filter(({ card }) => card.name === ".mc");
  const { complaints } = place.elaboration;
  if (second !== undefined)
    complaints.error("duplicate-card", "A netlist has one `.mc`: this is the second.", second.card.span);
  if (steps.length === 0 && mc === undefined) return undefined;
  const axes = steps.flatMap((it) => readStep(it.card, it.place) ?? []).reverse();
  complainOfTwins(axes, place);
  const draws = mc && readMonteCarlo(mc.card, mc.place);
  const count = axes.reduce((product, { values }) => product * values.length, draws?.count ?? 1);
  if (count > mostRuns) {
    const message = `This makes ${count} runs of the netlist; at most ${mostRuns} are allowed.`;
    complaints.error("too-many-runs", message, steps[0]?.card.span ?? mc?.card.span);
  }
  return { axes, draws };
}

function complainOfTwins(axes: readonly RunAxis[], { elaboration }: Environment): void {
  for (const [k, { name, span }] of axes.entries()) {
    const first = axes.slice(k + 1).find((other) => other.name === name);
    if (first === undefined) continue;
    const notes = [{ message: "it is stepped here first", span: first.span }];
    elaboration.complaints.error(
      "duplicate-name",
      `\`${name}\` is stepped twice: a value can follow one \`.step\` only.`,
      span,
      { notes },
    );
  }
}

/**
 * `.step param r …` may itself be what defines r, as in LTspice: where no `.param` does, r means its first value, and in
 * each run its value there.
 */
export function defineStepped(statements: readonly Statement[], top: Environment): void {
  for (const statement of statements) {
    if (statement.kind !== "directive" || statement.name !== ".step") continue;
    const { items } = statement;
    const at = items.findIndex((item) => item.kind === "word" && textOf(item, top).toLowerCase() === "param");
    const name = items[at + 1];
    if (at < 0 || name?.kind !== "word") continue;
    const values = items.slice(at + 2);
    const first = values.find((item) => !(item.kind === "word" && spacings.includes(textOf(item, top).toLowerCase())));
    top.elaboration.stepped.define(textOf(name, top).toLowerCase(), name.span, () => firstValue(first, top));
  }
}

const spacings = ["lin", "dec", "oct", "list"];

/** Faults are told where the card is read. */
function firstValue(item: Item | undefined, place: Environment): number {
  if (item?.kind === "expression") return constantOf(item.expression, place);
  if (item?.kind !== "word") return 1;
  const reading = readQuantity(textOf(item, place));
  return "error" in reading ? (place.parameter(textOf(item, place).toLowerCase()) ?? 1) : reading.value;
}

/** A `.step param` of a name that no `.param` defines and nothing asks for is a slip of the hand. */
export function complainOfUnasked(top: Environment): void {
  for (const { name, span } of top.elaboration.stepped.unasked()) {
    if (top.has(name)) continue;
    const near = nearName(name, top.names());
    const message = `Nothing uses the parameter \`${written(span)}\` that is stepped.`;
    top.elaboration.complaints.error("unknown-parameter", message, span, didYouMean(near));
  }
}

/** The deck as the point of a run has it: sources and resistors that are stepped. Parameters were set before. */
export function stepValues(
  values: Circuit["instances"],
  runs: Runs | undefined,
  at: readonly number[] | undefined,
): Circuit["instances"] {
  if (runs === undefined) return values;
  return runs.axes.reduce((instances, { sets, values: all }, k) => {
    const value = at?.[k] ?? all[0]!;
    if (sets.kind !== "value") return instances;
    const instance = instances[sets.instance]!;
    const values = { ...instance.values, [sets.setting]: value };
    return instances.with(sets.instance, changed(instance, { values }));
  }, values);
}
