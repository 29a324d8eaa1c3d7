import type { TrainCard } from "../circuit/training/cards.js";
import type { Diagnostic } from "../text/diagnostic.js";
import type { Imperfections, Network } from "./network.js";

/** What a netlist calls imperfections that act on pulses, and on readings between them. */
const ofPulses: readonly (readonly [name: string, of: (imperfections: Imperfections) => boolean])[] = [
  ["spread_ith", ({ spreadThreshold }) => spreadThreshold > 0],
  ["write_noise", ({ writeNoise }) => writeNoise > 0],
  ["read_noise", ({ readNoise }) => readNoise > 0],
  ["asym", ({ asymmetry }) => asymmetry !== 0],
  ["retention", ({ retention }) => retention < Number.POSITIVE_INFINITY],
];

/** What pieces differ in: a rule that computes with ideal devices meets it as its weights are written. */
const ofPieces: typeof ofPulses = [
  ["spread_g", ({ spreadWeight }) => spreadWeight > 0],
  ["levels", ({ levels }) => levels !== undefined],
  ["stuck_on", ({ stuckOn }) => stuckOn > 0],
  ["stuck_off", ({ stuckOff }) => stuckOff > 0],
];

/** Warns of imperfections under a rule without pulses: `ridge` sees what is written and read, `stochastic` nothing. */
export function withoutPulses({ weights }: Network, { rule, span }: TrainCard): readonly Diagnostic[] {
  const lost = rule === "ridge" ? ofPulses : [...ofPulses, ...ofPieces];
  const names = lost.filter(([, of]) => weights.some(({ law }) => of(law.imperfections)));
  if (names.length === 0) return [];
  const list = names.map(([name]) => `\`${name}\``).join(", ");
  const what = rule === "ridge" ? "writes each weight once, exactly" : "trains ideal devices";
  const message = `\`rule=${rule}\` ${what}: ${list} ${names.length === 1 ? "does" : "do"} not act in it.`;
  const help = "the weights come into real devices as they are kept: `.test` and other analyses compute with those.";
  return [{ severity: "warning", code: "no-effect", message, span, help }];
}
