import type { ParameterTable, Values } from "../parameter.js";
import type { ModePart } from "./joint-modes.js";

// How the node of a film answers in time. It rests; it is read, for `tread`, during which its input drives the film and
// its output is silent; it holds what the film came to; it is put back. Either a `reset` line says when (v(reset) > 0.5:
// at rest; its fall starts a reading), or the node itself: a reading starts when an input sets in and the node is
// put back when the input is gone. A layer that times itself so waits for the one before it.

export const phase = { rest: 0, reading: 1, held: 2 } as const;

/** Where a film's states stand in x, and what drives it. */
export interface FilmPlaces {
  /** The film's state; how long it has been read, s (`tread`: it is not); what the node holds. */
  readonly z: number;
  readonly elapsed: number;
  readonly held: number;
  /** The node of the reset line; undefined: the node times itself. */
  readonly reset: number | undefined;
  /** The input u, the state at rest, and the answer with the film at z. */
  input(x: Float64Array, values: Values<ParameterTable>): number;
  rest(x: Float64Array): number;
  answer(x: Float64Array, values: Values<ParameterTable>): number;
}

/** Half a volt parts the two levels of a reset line and of a clock. */
export const logicLevel = 0.5; // V

/** The phases of reading as modes. */
export function readingPart({ z, elapsed, held, reset, input, rest, answer }: FilmPlaces): ModePart<ParameterTable> {
  /** Above 0 where the node is to be at rest. */
  const idle = (x: Float64Array, values: Values<ParameterTable>): number =>
    reset === undefined ? values["uth"]! - Math.abs(input(x, values)) : x[reset]! - logicLevel;
  return {
    count: 3,
    initial: () => phase.rest,
    guard(x, values, mode) {
      if (mode === phase.rest) return idle(x, values);
      if (mode === phase.held) return -idle(x, values);
      const left = values["tread"]! - x[elapsed]!;
      return reset === undefined ? left : Math.min(left, -idle(x, values));
    },
    next(mode, x, values) {
      if (mode === phase.rest) return phase.reading;
      if (mode === phase.held) return phase.rest;
      return reset !== undefined && idle(x, values) > 0 ? phase.rest : phase.held;
    },
    enter(_t, x, before, values, mode) {
      x[elapsed] = mode === phase.reading ? 0 : values["tread"]!;
      if (mode === phase.held) x[held] = answer(before, values);
      else x[held] = 0;
      if (mode !== phase.held) x[z] = rest(x);
    },
  };
}
