import type { QtranCard, QuantumBlock, QuantumSystem } from "../../circuit/quantum/block.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import type { Span } from "../../text/source.js";
import type { Ran } from "./block-run.js";
import type { Questions } from "./questions.js";

/** A population of the highest level above which what lies beyond is felt. */
const felt = 1e-6;

/**
 * Warns of oscillators whose highest level is populated, in a run where what lies beyond it would matter: the state was
 * cut there at the start, or something drives it upwards. A number state that only decays needs no level above.
 */
export function fullLevels(
  block: QuantumBlock,
  card: QtranCard,
  questions: Questions,
  { found, rows }: Pick<Ran, "found" | "rows">,
): readonly Diagnostic[] {
  if (rows === 0) return [];
  const topOf = (system: number): number =>
    questions.column({ kind: "top", system }, found).reduce((a, b) => Math.max(a, b), 0);
  return levelsTooFew(block, card.span, topOf);
}

/** @param topOf the greatest population that the highest level of an oscillator had */
export function levelsTooFew(
  block: QuantumBlock,
  span: Span,
  topOf: (system: number) => number,
): readonly Diagnostic[] {
  return block.systems.flatMap((system, index): readonly Diagnostic[] => {
    if (system.kind !== "oscillator" || !(isCut(system) || isDriven(index, block) || isRaised(index, block))) return [];
    const most = topOf(index);
    if (!(most > felt)) return [];
    const path = `${block.name}.${system.name}`;
    const message = `The highest of the ${system.dimension} levels of \`${path}\` holds up to ${Number(most.toPrecision(3))} of its population: what lies above is missing.`;
    const help = `give it more \`levels=\`; \`top(${path})\` shows how many it needs.`;
    return [{ severity: "warning", code: "levels-too-few", message, span, help }];
  });
}

/** Its state at the start has no highest level by itself. */
const isCut = ({ state }: Extract<QuantumSystem, { kind: "oscillator" }>): boolean =>
  state.kind === "coherent" || state.kind === "squeezed" || state.kind === "thermal";

/** A gate leads out of its highest level. */
const isRaised = (index: number, { operations }: QuantumBlock): boolean =>
  operations.some((it) => it.kind === "mode" && raising.includes(it.type) && it.systems.includes(index));

const raising: readonly string[] = ["displace", "kick", "squeeze", "beamsplitter"];

/** Something leads out of its highest level: a drive, or a position or momentum. An exchange with others keeps what there is. */
const isDriven = (index: number, { hamiltonian, jumps, monitors }: QuantumBlock): boolean =>
  [...hamiltonian, ...[...jumps, ...monitors].map(({ operator }) => operator)].some((operator) =>
    operator.some(({ factors }) =>
      factors.some((it) => it.system === index && raises(it.product, factors.length === 1)),
    ),
  );

function raises(product: readonly { readonly name: string }[], isAlone: boolean): boolean {
  const count = (...names: readonly string[]): number => product.filter(({ name }) => names.includes(name)).length;
  return count("pos", "mom") > 0 || (isAlone && count("cre") > count("ann"));
}
