import type { Circuit } from "../circuit/circuit.js";

/** The analyses of a circuit by where their cards stand, and which of several from there it is (loops write a card again). */
export function cardNames({ analyses }: Pick<Circuit, "analyses">): readonly string[] {
  const known = named.get(analyses);
  if (known !== undefined) return known;
  const names = namesOf(analyses);
  named.set(analyses, names);
  return names;
}

/** Runs that differ in what they draw alone have their cards in common. */
const named = new WeakMap<Circuit["analyses"], readonly string[]>();

function namesOf(analyses: Circuit["analyses"]): readonly string[] {
  const met = new Map<string, number>();
  return analyses.map(({ span: { source, start } }) => {
    const place = `${source.name}:${start}`;
    const before = met.get(place) ?? 0;
    met.set(place, before + 1);
    return `${place}:${before}`;
  });
}
