import type { Result } from "../result/result.js";
import type { Simulated } from "./ran.js";

/**
 * Runs whose results have the same `card` if they are of the same card: that of the deck as it stands, and beyond its last
 * one where only a run has it. Conditions may follow what is stepped, so that a run may have cards which others have not.
 */
export function aligned(ran: readonly Simulated[], cards: readonly string[]): readonly Simulated[] {
  const places = new Map(cards.map((name, place) => [name, place]));
  return ran.map((run) => {
    const { simulation } = run;
    if (isSame(simulation.cards, cards)) return run;
    const placed = (result: Result): Result => {
      const name = simulation.cards[result.card]!;
      const place = places.get(name) ?? places.size;
      places.set(name, place);
      return { ...result, card: place };
    };
    const moved = new Map(simulation.results.map((result) => [result, placed(result)]));
    const printed = simulation.printed.map((it) => ({ ...it, result: moved.get(it.result) ?? placed(it.result) }));
    return { ...run, simulation: { ...simulation, results: [...moved.values()], printed } };
  });
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((name, k) => name === b[k]));
