import type { Circuit, TransientCard } from "../../circuit/circuit.js";
import { Equations } from "../equations.js";
import { asMade } from "../pieces.js";
import { isLearning, type Wanted } from "../simulation.js";
import type { TransientFound } from "../transient.js";
import { wantedSignals } from "../wanted-signals.js";
import { abreast, areAlike, canRunAbreast, type Lane } from "./abreast.js";

/** Circuits with more devices are not tried: what a step costs beside them is little. */
const mostDevices = 60;

/** Whether transients of a circuit may be lanes beside those of others like it; the places of their cards. */
export function lanesIn(circuit: Circuit): readonly number[] {
  const places = known.get(circuit) ?? placesIn(circuit);
  known.set(circuit, places);
  return places;
}

/** Each batch of runs asks. */
const known = new WeakMap<Circuit, readonly number[]>();

function placesIn(circuit: Circuit): readonly number[] {
  const { instances, blocks, analyses } = circuit;
  if (instances.length > mostDevices || blocks.length > 0 || analyses.some(isLearning)) return [];
  const transients = [...analyses.entries()].filter(([, { kind }]) => kind === "tran");
  if (transients.length === 0) return [];
  const { system } = new Equations(asMade(circuit));
  return transients.flatMap(([place, card]) => (canRunAbreast(system, card as TransientCard) ? [place] : []));
}

/**
 * Transients of circuits that differ in values alone, as lanes of one: for each circuit what it may be simulated with as
 * `solved`. What cannot be solved so is missing there, and solved by each alone; so is what fewer than `fewest` could share.
 *
 * @param places of the cards, as `lanesIn` gives them of a circuit like these
 */
export function* solveAbreast(
  circuits: readonly Circuit[],
  places: readonly number[],
  fewest: number,
  wanted: Pick<Wanted, "pictures">,
  interrupted: () => boolean,
): Generator<number, readonly ReadonlyMap<number, TransientFound>[]> {
  const solved = circuits.map(() => new Map<number, TransientFound>());
  const made = circuits.map(asMade);
  for (const place of places) {
    const lanes = made.flatMap((circuit, k): (Lane & { readonly k: number })[] => {
      const card = circuit.analyses[place];
      return card?.kind === "tran" ? [{ k, circuit, card, signals: wantedSignals(circuit, card, wanted).signals }] : [];
    });
    for (const group of alike(lanes)) {
      if (group.length < fewest) continue;
      const found = yield* abreast(group, interrupted);
      for (const [k, one] of found?.entries() ?? []) solved[group[k]!.k]!.set(place, one);
    }
  }
  return solved;
}

/** Lanes that may share steps, each list in their order. */
function alike<Of extends Lane>(lanes: readonly Of[]): readonly (readonly Of[])[] {
  const groups: Of[][] = [];
  for (const lane of lanes) {
    const group = groups.find(([first]) => areAlike(first!, lane));
    if (group === undefined) groups.push([lane]);
    else group.push(lane);
  }
  return groups;
}
