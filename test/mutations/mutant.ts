import { Random } from "../../src/numerics/random.js";
import { mutate } from "./mutate.js";
import { originals } from "./originals.js";

/** A netlist with slips of the hand, and how closely it is looked at. */
export interface Mutant {
  /** Whose it is, and which of them. */
  readonly name: string;
  readonly text: string;
  /** Pauses after which it is let go if it simulates well. */
  readonly pauses: number;
  readonly drawn: boolean;
}

/** One in so many goes on for longer, but not for seconds. */
const enough = { mostly: 40, rarely: 1000, every: 10 };
/** Pictures are drawn of one mutant in so many: a drawing costs more than most simulations. */
const drawnEvery = 20;

/**
 * Mutant number `seed`, taken from the originals in turn. Mutant k of an original depends on its name, its text and k alone, so
 * that an original more leaves all other mutants as they are.
 */
export function mutantOf(seed: number): Mutant {
  const { name, text } = originals[seed % originals.length]!;
  const k = Math.floor(seed / originals.length);
  const draws = new Random("mutant", name, k);
  const next = (): number => draws.uniform();
  const pauses = next() * enough.every < 1 ? enough.rarely : enough.mostly;
  const drawn = next() * drawnEvery < 1;
  return { name: `${k} of ${name}`, text: mutate(text, next), pauses, drawn };
}
