import type { ParameterTable } from "../../devices/parameter.js";
import type { Activation } from "../../devices/perceptrons/activation.js";
import { byLaw, hp, hpDifferential, isFilm, plainActivations } from "../../devices/perceptrons/activations.js";
import type { Formula } from "../../expressions/formula.js";
import { resolve } from "../../expressions/resolve.js";
import { ConstantScope } from "../constant-scope.js";
import { readValue } from "../device-values.js";
import { givenBy, type Model } from "../models.js";
import { nearName, written } from "../readings.js";
import { nameOf } from "../words.js";

const names = [...plainActivations.map(({ name }) => name), "hp", "hp_differential"];

/** An activation, and whether its second argument counts. */
export interface Chosen {
  readonly activation: Activation;
  readonly readsBias: boolean;
}

const chosen = new WeakMap<Model, Chosen | undefined>();

/** The activation that a model names or writes out; undefined after having complained. */
export function activationOf(model: Model): Chosen | undefined {
  if (!chosen.has(model)) chosen.set(model, choose(model));
  return chosen.get(model);
}

function choose(model: Model): Chosen | undefined {
  const given = givenBy(model).find(({ name }) => name === "activation");
  const { complaints } = model.place.elaboration;
  const list = `${names.map((name) => `\`${name}\``).join(", ")}, or an expression of u and b in braces`;
  if (given === undefined) {
    const message = "The model of a neuron needs its `activation`.";
    complaints.error("missing-parameter", message, model.span, { help: `it can be ${list}.` });
    return undefined;
  }
  if (given.value.kind === "expression") return written_(model, given.value.expression);
  const word = given.value.kind === "word" ? nameOf(given.value, given.place) : "";
  if (word === "hp" || word === "hp_differential") return { activation: filmOf(model, word), readsBias: true };
  const plain = plainActivations.find(({ name }) => name === word);
  if (plain !== undefined) return { activation: plain, readsBias: false };
  const near = nearName(word, names);
  const message = `There is no activation \`${written(given.value.span)}\`.`;
  complaints.error("unknown-word", message, given.value.span, {
    help: near ? `did you mean \`${near}\`?` : `it can be ${list}.`,
  });
  return undefined;
}

/** What the film of an HP node is told by its model. */
export const filmTable = {
  w: { meaning: "W: the state of the film lies in [-W, W]", unit: "1", default: 4, range: [1e-12, 1e12] },
  r: { meaning: "ron/roff of the film", unit: "1", default: 0.01, range: [0, 1] },
} as const satisfies ParameterTable;

function filmOf(model: Model, word: "hp" | "hp_differential"): Activation {
  const given = givenBy(model);
  const number = (name: "w" | "r"): number => {
    const found = given.find((it) => it.name === name);
    return found === undefined ? filmTable[name].default : readValue(name, filmTable[name], found);
  };
  return word === "hp" ? hp(number("w"), number("r")) : hpDifferential(number("w"));
}

/** What names mean in an activation that is written out: u and b, and the parameters. */
class ActivationScope extends ConstantScope {
  readsBias = false;

  override name(name: string): Formula | undefined {
    if (name === "u") return { kind: "input", index: 0 };
    if (name !== "b") return this.place.name(name);
    this.readsBias = true;
    return { kind: "input", index: 1 };
  }

  override *names(): Iterable<string> {
    yield* ["u", "b"];
    yield* super.names();
  }
}

function written_(model: Model, expression: Parameters<typeof resolve>[0]): Chosen | undefined {
  const { complaints, programs } = model.place.elaboration;
  const before = complaints.errors;
  const scope = new ActivationScope(model.place);
  const formula = resolve(expression, scope, complaints);
  if (complaints.errors > before) return undefined;
  return { activation: byLaw(programs.compile(formula, 2)), readsBias: scope.readsBias };
}

/** The words of a model that are about its film; none for other activations. */
export const filmWords = ({ activation }: Chosen): readonly string[] =>
  isFilm(activation) ? Object.keys(filmTable) : [];
