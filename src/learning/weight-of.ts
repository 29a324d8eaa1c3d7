import { scatterOf } from "../analysis/pieces.js";
import type { Instance } from "../circuit/circuit.js";
import { neuronKind, perceptronKind } from "../devices/perceptrons/recognise.js";
import type { Imperfections, Weight, WeightLaw } from "./network.js";

/** Where in the circuit a weight is kept: an instance, and the name of its value there. */
export interface WeightPlace {
  readonly instance: number;
  readonly value: string;
  /** What of that value a weight of 1 is; undefined: 1. */
  readonly unit?: number;
}

type Values = Instance["values"];

/** The weight of an ideal synapse. */
export const synapseWeight = ({ name, values }: Instance): Weight => ({
  name,
  initial: values["w"],
  trained: true,
  law: lawOf(values),
});

/**
 * The two memristors of a pair, each a weight of its own: a conductance in units of gunit, from a row to a column. They
 * start about the middle of their range, so that w = (gp − gm)/gunit.
 */
export function pairWeights({ name, values }: Instance) {
  const { gunit, gmin, gmax } = values as { readonly gunit: number; readonly gmin: number; readonly gmax: number };
  const middle = (gmin + gmax) / 2 / gunit;
  const law = { ...lawOf(values), min: gmin / gunit, max: gmax / gunit };
  const w = values["w"];
  return (["gp", "gm"] as const).map((value, k) => {
    const initial =
      given(values[value]) ?? (w === undefined ? undefined : (middle + ((k === 0 ? 1 : -1) * w) / 2) * gunit);
    const weight: Weight = {
      name: `${name}:${value}`,
      initial: initial === undefined ? undefined : initial / gunit,
      trained: true,
      middle,
      conductance: gunit,
      law,
    };
    return { value, column: k === 0 ? "plus" : "minus", weight, gunit };
  });
}

const given = (g: number | undefined): number | undefined => (g === undefined || g < 0 ? undefined : g);

/** The bias that a neuron's own memristor keeps, or a perceptron's last state; undefined if it has none. */
export function biasOf(
  instance: Instance,
): { readonly kind: "additive" | "gain"; readonly weight: Weight } | undefined {
  const { name, values, device } = instance;
  const perceptron = perceptronKind(device);
  const kind = perceptron === undefined ? neuronKind(device)!.bias : "additive";
  if (kind === "none") return undefined;
  const law = perceptron === undefined ? lawOf(values) : stateLaw(values, perceptron.inputs);
  const shared = perceptron !== undefined;
  const weight: Weight = { name: `${name}:b`, initial: values["b"], trained: values["train_bias"] !== 0, shared, law };
  return { kind, weight };
}

/** The thresholds of a perceptron's states stand `spacing` apart. */
const stateLaw = (values: Values, place: number): WeightLaw => ({
  ...lawOf(values),
  ith: values["ith"]! + place * values["spacing"]!,
});

/** The n weights of a perceptron in one memristor, each with the terminal that it reads. */
export function perceptronWeights({ name, values, device }: Instance) {
  const { inputs } = perceptronKind(device)!;
  return Array.from({ length: inputs }, (_, k) => {
    const value = `w${k + 1}`;
    const law = stateLaw(values, k);
    const weight: Weight = { name: `${name}:${value}`, initial: values[value], trained: true, shared: true, law };
    return { value, input: `x${k + 1}`, weight };
  });
}

function lawOf(values: Values): WeightLaw {
  return {
    ith: values["ith"]!,
    a: values["a"]!,
    rate: values["rate"]!,
    min: values["wmin"] ?? -Infinity,
    max: values["wmax"] ?? Infinity,
    imperfections: imperfectionsOf(values),
  };
}

/** Values that a model without imperfections does not have are those of an ideal device. */
const imperfectionsOf = (values: Values): Imperfections => ({
  ...scatterOf(values),
  levels: values["levels"] || undefined,
  writeNoise: values["write_noise"] ?? 0,
  readNoise: values["read_noise"] ?? 0,
  asymmetry: values["asym"] ?? 0,
  retention: values["retention"] || Infinity,
});
