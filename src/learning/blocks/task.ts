import type { Circuit } from "../../circuit/circuit.js";
import type { BlockTrainCard } from "../../circuit/training/cards.js";
import { isOfModes, modelProblems } from "../../equations/quantum/block-model.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import { prepared } from "../prepared-data.js";
import type { Descent } from "./descend.js";

/** The training of a block that a card asks for. */
export function descentOf({ blocks, options }: Circuit, card: BlockTrainCard): Descent {
  const block = blocks[card.block]!;
  const seed = card.seed ?? options.seed;
  const weights = block.numbers.flatMap(({ kind }, k) => (kind === "weight" ? [k] : []));
  return { card, block, seed, weights, data: card.data && prepared(card.data, card.rule, seed) };
}

/** Why a block cannot be trained as a card asks. */
export function descentProblems(
  { blocks }: Circuit,
  { block: of, slopes, observables, span }: BlockTrainCard,
): readonly Diagnostic[] {
  const block = blocks[of]!;
  const problems = modelProblems(block, observables).map((problem): Diagnostic => ({ severity: "error", ...problem }));
  const ofModes = isOfModes(block);
  if (slopes === "adjoint" || (block.thermal === undefined && !ofModes)) return problems;
  const message = ofModes
    ? "`slopes=shift` turns gates of qubits by half turns, which those of oscillators do not have."
    : "`slopes=shift` turns gates, of which a thermal state has none.";
  return [...problems, { severity: "error", code: "no-effect", message, span }];
}
