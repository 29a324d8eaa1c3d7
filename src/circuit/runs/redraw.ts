import type { Circuit } from "../circuit.js";
import type { Elaboration } from "../elaboration.js";
import { stepValues } from "./run-cards.js";
import type { RunPoint } from "./runs.js";

/** The circuit of another run at the same point of all axes, which differs in what it draws alone; undefined if it may not. */
export type Redraw = (run: RunPoint) => Circuit | undefined;

/**
 * How another run of a deck is had from one that was elaborated: its draws made anew, the cards of elements that they decide read
 * anew, all else as it is. Undefined where draws decide anything else: a condition, the number of turns of a loop, an
 * analysis, a measure, what a subcircuit is given.
 *
 * @param asked how often the elaboration asked for what draws decide, before it looked at what nothing asked for
 * @param drawn how much it had drawn by then
 */
export function redraw(elaboration: Elaboration, circuit: Circuit, asked: number, drawn: number): Redraw | undefined {
  const { draws, network } = elaboration;
  if (draws.stream === undefined || circuit.blocks.length > 0 || circuit.channels.length > 0) return undefined;
  if (elaboration.datasets.any || elaboration.drawn.touches !== asked || draws.made.length !== drawn) return undefined;
  if (asked === 0 || network.parts.some(({ element }) => element === "k")) return undefined;
  const options = (run: RunPoint): Circuit["options"] =>
    run.seed === undefined ? circuit.options : { ...circuit.options, seed: run.seed };
  let isSound = true;
  return (run) => {
    if (!isSound || run.stream === undefined) return undefined;
    draws.restart(run.stream);
    isSound = elaboration.drawn.readAnew() && draws.made.length === drawn;
    if (!isSound) return undefined;
    const instances = stepValues(network.instances(circuit.instances), circuit.runs, run.values);
    return { ...circuit, options: options(run), instances, draws: draws.made };
  };
}
