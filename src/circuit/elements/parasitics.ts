import { capacitor } from "../../devices/linear/capacitor.js";
import { resistor } from "../../devices/linear/resistor.js";
import type { Card } from "../card.js";
import type { Made } from "../part.js";

type Parasitic = "rser" | "rpar" | "cpar";

/** What LTspice writes of a part that was chosen from its list: it has no effect. */
export const ratings = ["v", "irms", "ipk", "mfg", "pn", "type", "tol", "pwr"] as const;

/**
 * LTspice's parts of an element beside itself: `rser=` in series, `rpar=` and `cpar=` across both. Puts them into the
 * circuit under names that no netlist can write, and gives the terminals that are left for the element itself.
 */
export function withParasitics(card: Card, terminals: readonly number[], ...names: readonly Parasitic[]) {
  const [p, n] = terminals as readonly [number, number];
  const values = new Map(names.map((name) => [name, card.settingNumber(name) ?? 0]));
  const add = (name: Parasitic, nodes: readonly number[], made: Made): void => {
    card.elaboration.network.add(`${card.path}#${name}`, name.charAt(0), nodes, card.span, made);
  };
  const [rser, rpar, cpar] = (["rser", "rpar", "cpar"] as const).map((name) => values.get(name) ?? 0);
  if (rpar !== 0) add("rpar", [p, n], { device: resistor, values: { r: rpar! } });
  if (cpar !== 0) add("cpar", [p, n], { device: capacitor, values: { c: cpar! } });
  if (rser === 0) return terminals;
  const inner = card.elaboration.network.node(`${card.shown}#rser`, card.place, card.span);
  add("rser", [p, inner], { device: resistor, values: { r: rser! } });
  return [inner, n];
}
