import { motionEquation } from "../imperfections.js";
import { isFilm } from "./activations.js";
import { gateEquation } from "./gate.js";
import type { NeuronKind } from "./recognise.js";

/** The name of a neuron's device. */
export const typeOf = ({ activation, bias, differential, port, reset }: NeuronKind): string =>
  [
    "neuron",
    activation.name,
    bias,
    ...(differential ? ["differential"] : []),
    ...(port ? ["port"] : []),
    ...(reset ? ["reset"] : []),
  ].join("_");

export const filmReference = "Strukov, Snider, Stewart & Williams, Nature 453, 80 (2008)";

export const titles: Readonly<Record<string, string>> = {
  sigmoid: "logistic function",
  tanh: "hyperbolic tangent",
  linear: "the input itself",
  hp: "an HP memristor that the input drives",
  hp_differential: "two HP memristors, one driven, and the difference of their voltages",
  expression: "an expression of u and b",
};

const formulas: Readonly<Record<string, readonly string[]>> = {
  sigmoid: ["phi = 1/(1 + exp(-u))"],
  tanh: ["phi = tanh(u)"],
  linear: ["phi = u"],
  hp: ["phi = M·u,  M = (1 - r)·(1 - z/W) + 2r,  W = w, r = ron/roff"],
  hp_differential: ["phi = u·(z - z0)/W,  W = w;  within the walls u²/W"],
  expression: ["phi(u, b) as the netlist says"],
};

/** The equations of a neuron as text. */
export function equationsOf({ activation, bias, differential, port }: NeuronKind): readonly string[] {
  const current = differential ? "(i(in) - i(minus))" : "i(in)";
  const sum = {
    additive: `u = ${current}/iu + b`,
    gain: `u = ${current}/iu; b is the other argument of phi`,
    none: `u = ${current}/iu`,
  };
  return [
    "v(in) = rin·i(in);  v(out) = vu·phi",
    ...(differential ? ["v(minus) = rin·i(minus)"] : []),
    sum[bias],
    ...formulas[activation.name]!,
    ...(isFilm(activation)
      ? [
          "in time: dz/dt = u/tread, -W <= z <= W, for tread from z0 on (z0 = b for bias=gain, else 0); then phi is held",
          "in static analyses: z = z0 + u within the walls, at once",
        ]
      : []),
    ...(port
      ? ["v(p,q) = b·i(p,q)", gateEquation.replaceAll("w", "b").replace("bmin <= b <= bmax", "wmin <= b <= wmax")]
      : []),
    ...(bias === "none" ? [] : [motionEquation("b", "0, or the wall next to it")]),
  ];
}
