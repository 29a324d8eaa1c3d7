import type { Instance } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Tie } from "./static-system.js";

/** A capacitor with `ic=`. */
export type Charged = Instance & { readonly initial: number };

/** A capacitor as it is seen from one of its nodes. */
interface Way {
  readonly to: number;
  /** v(to) − v(here), V. */
  readonly rise: number;
  readonly capacitor: Charged;
}

/** Two start values are the same if they differ by no more than this part of them. */
const same = 1e-9;

/**
 * Ties the nodes of capacitors with `ic=` to each other where none of them is known: in each group that hangs together
 * one node, the root, keeps Kirchhoff's law for all of them, and the others lie above it by what the capacitors say. A
 * node that is held already is the root of its group. In the order from the root outward.
 */
export function chargedTies(system: CompiledSystem, charged: readonly Charged[]): readonly Tie[] | Diagnostic {
  const holding = new Set(system.circuit.held.map(({ span }) => span));
  // A capacitor that holds a node for want of anything else has its tie by that (`heldTies`).
  const ways = waysOf(charged.filter(({ span }) => !holding.has(span)));
  const held = new Set(system.circuit.held.map(({ node }) => node));
  const level = new Map<number, number>(); // V above the root of the group
  const ties: Tie[] = [];
  const place = (node: number): number => system.place({ kind: "node", node });
  const roots = [...held, ...charged.map(({ terminals }) => terminals[1]!)];
  for (const root of roots) {
    if (level.has(root) || !ways.has(root)) continue;
    level.set(root, 0);
    const reached = [root];
    for (const here of reached) {
      for (const { to, rise, capacitor } of ways.get(here)!) {
        const value = level.get(here)! + rise;
        const before = level.get(to);
        if (before === undefined) {
          level.set(to, value);
          reached.push(to);
          if (held.has(to)) continue; // its row says where it is
          ties.push({ place: place(to), from: place(here), value: rise, into: held.has(root) ? -1 : place(root) });
        } else if (Math.abs(before - value) > same * Math.max(Math.abs(before), Math.abs(value), Math.abs(rise))) {
          return contradiction(capacitor);
        }
      }
    }
  }
  return ties;
}

function waysOf(charged: readonly Charged[]): ReadonlyMap<number, readonly Way[]> {
  const ways = new Map<number, Way[]>();
  const add = (from: number, to: number, rise: number, capacitor: Charged): void => {
    if (!ways.has(from)) ways.set(from, []);
    ways.get(from)!.push({ to, rise, capacitor });
  };
  for (const capacitor of charged) {
    const [p, n] = [capacitor.terminals[0]!, capacitor.terminals[1]!];
    add(p, n, -capacitor.initial, capacitor);
    add(n, p, capacitor.initial, capacitor);
  }
  return ways;
}

const contradiction = ({ name, span }: Charged): Diagnostic => ({
  severity: "error",
  code: "contradictory-start",
  message: `\`ic=\` of \`${name}\` contradicts the start values of the capacitors that it makes a loop with.`,
  span,
  help: "round a loop the voltages must add up to 0: leave out the `ic=` of one of them.",
});
