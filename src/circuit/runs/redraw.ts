import type { Circuit, Instance } from "../circuit.js";
import type { Environment } from "../environment.js";
import type { Part } from "../part.js";
import { changed, PlainDevice } from "../plain-device.js";
import { setStepped } from "./overrides.js";
import { stepValues } from "./run-cards.js";
import type { RunPoint } from "./runs.js";

/** The circuit of another run of the same axes, which differs in what it draws and in values that are stepped; undefined if it may not. */
export type Redraw = (run: RunPoint) => Circuit | undefined;

/**
 * How another run of a deck is had from one that was elaborated: its draws made anew, the cards of elements that they and what is
 * stepped decide read anew, all else as it is. Undefined where these decide anything else: a condition, the number of turns of a
 * loop, an analysis, a measure, what a subcircuit is given.
 *
 * @param asked how often the elaboration asked for what they decide, before it looked at what nothing asked for
 * @param drawn how much it had drawn by then
 */
export function redraw(top: Environment, circuit: Circuit, asked: number, drawn: number): Redraw | undefined {
  const { elaboration } = top;
  const { draws, network } = elaboration;
  if (circuit.blocks.length > 0 || circuit.channels.length > 0) return undefined;
  if (elaboration.datasets.any || elaboration.drawn.touches !== asked || draws.made.length !== drawn) return undefined;
  if ((asked === 0 && draws.stream) || network.made().some(({ element }) => element === "k")) return undefined;
  const options = (run: RunPoint): Circuit["options"] =>
    run.seed === undefined ? circuit.options : { ...circuit.options, seed: run.seed };
  let isSound = true;
  return (run) => {
    if (!isSound) return undefined;
    draws.restart(run.stream);
    setStepped(top, run);
    isSound = elaboration.drawn.readAnew() && draws.made.length === drawn;
    if (!isSound) return undefined;
    const instances = circuit.instances.map((it, k) =>
      it instanceof PlainDevice ? it : withValues(it, network.part(k)),
    );
    return {
      ...circuit,
      options: options(run),
      instances: stepValues(instances, circuit.runs, run.values),
      draws: draws.made,
    };
  };
}

const withValues = (instance: Instance, { values }: Part): Instance =>
  values === instance.values ? instance : changed(instance, { values });
