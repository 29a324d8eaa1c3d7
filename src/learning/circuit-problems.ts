import { chargesOf, StateMotion } from "../analysis/state-motion.js";
import type { StillCircuit } from "../analysis/still-circuit.js";
import type { TrainCard } from "../circuit/training/cards.js";
import { perceptronKind, synapseKind } from "../devices/perceptrons/recognise.js";
import { AnalysisError, type Diagnostic, NetlistError } from "../text/diagnostic.js";

import { switchesPlainly } from "./cells.js";
import type { Network } from "./network.js";
import type { ReadCircuit } from "./read-circuit.js";

const help = "write `pulses=ideal`, which takes the closed form of the devices, or take them out of the circuit.";

/** @throws NetlistError where weights are kept by devices that pulses of this kind, or their scatter, do not suit */
export function checkWeights({ weights }: Network, { circuit, weights: places }: ReadCircuit): void {
  const problems = weights.flatMap((weight, index): Diagnostic[] => {
    const { device, name, span } = circuit.instances[places[index]!.instance]!;
    const isPair = synapseKind(device)?.kind === "pair";
    const problem = (message: string, help: string): Diagnostic[] => [
      { severity: "error", code: "cannot-integrate", message, span, help },
    ];
    if (isPair && weight.law.min === 0)
      return problem(
        `The memristors of \`${name}\` may come to \`gmin\` = 0, where no current can be driven through them.`,
        "give the model a `gmin` above 0, or write `pulses=ideal`.",
      );
    if (switchesPlainly(weight) || (!isPair && perceptronKind(device) === undefined)) return [];
    const shared = isPair ? "memristors share one" : "states share one memristor and its";
    return problem(
      `\`${weight.name}\` has a scattered threshold, but \`${name}\` is one device: its ${shared} \`ith\`.`,
      "write `pulses=ideal`, or take `spread_ith` out of the model.",
    );
  });
  if (problems.length > 0) throw new NetlistError(problems);
}

/**
 * How the states of a circuit move.
 *
 * @throws NetlistError where something else takes time as well, or changes with the time
 */
export function checkMotion(
  system: StillCircuit["system"],
  clock: "runs" | "stands",
  { name, span }: TrainCard,
): StateMotion {
  const problem = (message: string, at = span): Diagnostic => ({
    severity: "error",
    code: "cannot-integrate",
    message,
    span: at,
    help,
  });
  const charged = chargesOf(system).map((instance) =>
    problem(
      `\`${instance.name}\` stores a charge or a flux at a place that the pulses of \`${name}\` drive: \`pulses=circuit\` integrates the states of devices alone.`,
      instance.span,
    ),
  );
  const { instances } = system.circuit;
  const timed = instances.filter(({ device, values }) => Number.isFinite(device.source?.period(values) ?? Infinity));
  const moving = timed.map((instance) =>
    problem(
      `\`${instance.name}\` changes with the time: \`pulses=circuit\` integrates each pulse by itself, and knows no time between them.`,
      instance.span,
    ),
  );
  if (charged.length + moving.length > 0) throw new NetlistError([...charged, ...moving]);
  const motion = StateMotion.of(system, clock);
  if (motion !== undefined) return motion;
  throw new NetlistError([
    problem(
      `What the pulses of \`${name}\` drive does not come down to an ordinary differential equation of its states.`,
    ),
  ]);
}

/** A training that cannot go on; `beside`: memristors lie beside the one that is written, and carry a part of its pulse. */
export const stuckProblem = (
  { name, span }: TrainCard,
  when: string,
  why: string,
  { beside = false }: { readonly beside?: boolean } = {},
): AnalysisError =>
  new AnalysisError([
    {
      severity: "error",
      code: "training-failed",
      message: `The circuit of \`${name}\` could not be solved while ${when}: ${why}`,
      span,
      help: beside
        ? "memristors beside the one that is written carry g/2g_written of its pulse: bring `gmin` and `gmax` nearer to each other, since conductances that differ by more than 2:1 reach their windows, or write `pulses=ideal`, which takes the closed form."
        : "where weights grow without bound, take a smaller `rate`; `pulses=ideal` takes the closed form.",
    },
  ]);
