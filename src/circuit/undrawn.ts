import type { Directive, Word } from "../syntax/ast.js";
import type { Complaints } from "../text/diagnostic.js";
import { formatQuantity } from "../units/quantity.js";
import type { Circuit, PlotCard } from "./circuit.js";
import type { Placed } from "./expand.js";

type MapCard = Extract<PlotCard, { readonly kind: "map" | "rho" }>;

/** Warns of pictures of an analysis that the deck does not ask for, and of maps at a place that none of them reaches. */
export function warnOfUndrawn(
  cards: readonly Placed[],
  { outputs, analyses }: Pick<Circuit, "outputs" | "analyses">,
  complaints: Complaints,
): void {
  const names = new Set(cards.map(({ card }) => (card.kind === "directive" ? card.name : "")));
  if (![...drawing, ".train"].some((name) => names.has(name))) return;
  for (const { card } of cards) if (card.kind === "directive") warnOfUnprinted(card, names, complaints);
  for (const plot of outputs.plots) {
    if (plot.kind === "runs" && !names.has(".step") && !names.has(".mc"))
      complaints.warning(
        "no-runs",
        "This picture is not drawn: it is of several runs, and the netlist has no `.step`.",
        plot.span,
      );
    const why = whyUndrawn(plot, names);
    const elsewhere = plot.kind === "map" || plot.kind === "rho" ? whyElsewhere(plot, analyses) : undefined;
    if (why !== undefined) complaints.warning("no-analysis", `This picture is not drawn: ${why}.`, plot.span);
    else if (elsewhere !== undefined) complaints.warning("map-elsewhere", elsewhere, plot.span);
  }
}

/** The cards whose results are drawn and printed. */
const drawing = [".op", ".dc", ".tran", ".ac", ".noise", ".qtran"];

/** `.print dc` in a deck without `.dc`. */
function warnOfUnprinted({ name, items, span }: Directive, names: ReadonlySet<string>, complaints: Complaints): void {
  if (name === ".four" && !names.has(".tran"))
    complaints.warning("no-analysis", "`.four` is of a transient, but the netlist has no `.tran`.", span);
  if (name !== ".print") return;
  const [first] = items;
  const analysis = first?.kind === "word" ? `.${plainText(first).toLowerCase()}` : "";
  if (!drawing.includes(analysis) || names.has(analysis)) return;
  complaints.warning("no-analysis", `Nothing is printed by this card: the netlist has no \`${analysis}\`.`, span);
}

/** Why no analysis among those asked for has this picture; undefined if one does. */
function whyUndrawn(plot: PlotCard, names: ReadonlySet<string>): string | undefined {
  const analysis = plot.kind === "waves" || plot.kind === "map" ? plot.analysis : undefined;
  if (analysis !== undefined && !names.has(`.${analysis}`)) return `the netlist has no \`.${analysis}\``;
  if (plot.kind === "map" || plot.kind === "runs") return undefined;
  if (plot.kind === "figures") return names.has(".tran") ? undefined : "it needs a `.tran`";
  if (plot.kind === "circuit") return undefined; // of which `checkCircuitPlot` tells
  if (plot.kind === "bloch" || plot.kind === "rho")
    return names.has(".qtran") || names.has(".tran") ? undefined : "it needs a `.qtran`";
  if (analysis === "op") return "an operating point is a single point";
  return drawing.slice(1).some((name) => names.has(name)) ? undefined : "it needs a `.tran` or a `.dc`";
}

/** Why a map cannot stand at the place that it asks for; undefined if it can. */
function whyElsewhere(plot: MapCard, analyses: Circuit["analyses"]): string | undefined {
  const { at } = plot;
  const analysis = plot.kind === "map" ? plot.analysis : "qtran";
  if (at === undefined || analyses.length === 0) return undefined;
  const ranges = analyses.flatMap((card) => {
    if (analysis !== undefined && card.kind !== analysis) return [];
    if (card.kind === "tran") return [{ low: card.start, high: card.stop, unit: "s" as const }];
    if (card.kind === "qtran") return [{ low: card.start, high: card.stop, unit: "1" as const }];
    if (card.kind === "ac" || card.kind === "noise")
      return [{ low: card.frequencies[0]!, high: card.frequencies.at(-1)!, unit: "Hz" as const }];
    if (card.kind !== "dc") return [];
    const { targets, points } = card.sweeps[0]!; // the innermost is the axis
    const values = points.map((point) => point.at(-1)!);
    return [{ low: min(values), high: max(values), unit: targets.at(-1)!.unit }];
  });
  if (ranges.length === 0) return "An operating point has one set of values: `at=` chooses nothing.";
  if (ranges.some(({ low, high }) => at >= low && at <= high)) return undefined;
  const { low, high, unit } = ranges[0]!;
  const [from, to] = [formatQuantity(low, unit), formatQuantity(high, unit)];
  return `\`at=\` is ${formatQuantity(at, unit)}, but there are values from ${from} to ${to} only: the nearer end is drawn.`;
}

const plainText = ({ parts }: Word): string => (typeof parts[0] === "string" && parts.length === 1 ? parts[0] : "");

const min = (values: readonly number[]): number => values.reduce((least, value) => Math.min(least, value), Infinity);
const max = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), -Infinity);
