import type { Circuit } from "../../circuit/circuit.js";
import type { QuantumBlock, QuantumSystem } from "../../circuit/quantum/block.js";
import type { Operator } from "../../circuit/quantum/operator.js";
import type { BlockTrainCard } from "../../circuit/training/cards.js";
import { isOfModes, modelProblems } from "../../equations/quantum/block-model.js";
import { isQuadratic } from "../../equations/quantum/quadratic-form.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import type { Span } from "../../text/source.js";
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
  const problems = modelProblems(block).map((problem): Diagnostic => ({ severity: "error", ...problem }));
  const ofModes = isOfModes(block);
  if (ofModes && !observables.every(isQuadratic)) problems.push(notQuadratic(span));
  for (const { name } of ofModes ? withoutUnit(block, observables) : []) problems.push(noUnit(name, span));
  if (slopes === "adjoint" || (block.thermal === undefined && !ofModes)) return problems;
  const message = ofModes
    ? "`slopes=shift` turns gates of qubits by half turns, which those of oscillators do not have."
    : "`slopes=shift` turns gates, of which a thermal state has none.";
  return [...problems, { severity: "error", code: "no-effect", message, span }];
}

/** A Gaussian state's moments say the mean of what is of second order at most. */
const notQuadratic = (span: Span): Diagnostic => ({
  severity: "error",
  code: "not-quadratic",
  message:
    "A training of oscillators follows means and covariances, which do not say what an output of higher order is.",
  span,
  help: "an output is a sum of `num`, `pos`, `mom` and products of two of `pos mom ann cre`.",
});

/** Oscillators whose `pos` or `mom` stands in an output, and which have no frequency to say what its unit is. */
const withoutUnit = ({ systems }: QuantumBlock, observables: readonly Operator[]): readonly QuantumSystem[] =>
  systems.filter(({ omega }, system) => {
    const factors = observables.flatMap((it) => it.flatMap((term) => term.factors));
    const names = factors.flatMap((it) => (it.system === system ? it.product.map(({ name }) => name) : []));
    return !(omega > 0) && (names.includes("pos") || names.includes("mom"));
  });

const noUnit = (name: string, span: Span): Diagnostic => ({
  severity: "error",
  code: "parameter-range",
  message: `The unit of \`pos\` is √(ħ/mω), of \`mom\` √(mħω), but \`${name}\` has no \`omega=\` above 0.`,
  span,
  help: `with \`omega=1\` at \`${name}\` the vacuum's variances are both ½.`,
});
