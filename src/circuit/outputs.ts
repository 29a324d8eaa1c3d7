import type { Directive } from "../syntax/ast.js";
import { isChannelPrint } from "./channels/print-card.js";
import type { Circuit, Outputs, Signal } from "./circuit.js";
import type { Environment } from "./environment.js";
import type { Placed } from "./expand.js";
import { checkRunsPlots } from "./figure-plots.js";
import { readFour } from "./four-card.js";
import { Items } from "./items.js";
import { readMeasures } from "./measures.js";
import { checkPhasors } from "./phasor-calls.js";
import { readPlot } from "./plots.js";
import { DataReader } from "./print-data.js";
import { takeKind } from "./result-kind.js";
import { signalsOf } from "./signals.js";
import { isLearningPlot, readLearningPlot } from "./training/learning-plot.js";
import { isReadoutPlot, readReadoutPlot } from "./training/readout-plot.js";

/** What the netlist wants to see: `.print .save .plot .measure .assert`. */
export function readOutputs(cards: readonly Placed[], analyses: Circuit["analyses"]): Outputs {
  const directives = cards.filter((it): it is Placed<Directive> => it.card.kind === "directive");
  const of = (...names: readonly string[]) => directives.filter(({ card }) => names.includes(card.name));
  // A content that is met again takes the name that its column has.
  const columns = of(".print", ".save").flatMap(({ card, place }) =>
    isChannelPrint(card, place) ? [] : readColumns(card, place),
  );
  const plots = of(".plot").flatMap(({ card, place }) =>
    isLearningPlot(card, place) || isReadoutPlot(card, place) ? [] : (readPlot(card, place) ?? []),
  );
  const outputs = {
    columns,
    plots,
    learning: of(".plot").flatMap(({ card, place }) =>
      isLearningPlot(card, place) ? (readLearningPlot(card, place, analyses) ?? []) : [],
    ),
    readouts: of(".plot").flatMap(({ card, place }) =>
      isReadoutPlot(card, place) ? (readReadoutPlot(card, place, analyses) ?? []) : [],
    ),
    fourier: of(".four").flatMap(({ card, place }) => readFour(card, place) ?? []),
    ...readMeasures(of(".measure", ".assert"), analyses),
  };
  const complaints = directives[0]?.place.elaboration.complaints;
  // A measure that is faulty is missing for that reason.
  const isWhole = outputs.measures.length >= of(".measure").length;
  if (complaints !== undefined && isWhole) checkRunsPlots(plots, outputs.measures, complaints);
  return outputs;
}

/** `.print [tran] [format=] [file=] signals…` and `.save signals…`. */
function readColumns(card: Directive, place: Environment): Outputs["columns"] {
  const items = new Items(card.items, place, card.span);
  const analysis = card.name === ".print" ? takeKind(items) : undefined;
  const data = new DataReader(items, card.name);
  const signals: Signal[] = [];
  const began = items.left;
  while (items.left > 0) {
    if (data.take()) continue;
    for (const signal of signalsOf(items.next()!, place)) signals.push(signal);
  }
  for (const signal of signals) checkPhasors(signal, analysis, items);
  if (began > 0) return [{ analysis, signals, ...data.wanted() }];
  items.error(
    "missing-value",
    `\`${card.name}\` needs signals: \`${card.name}${card.name === ".print" ? " tran" : ""} v(out) i(v1)\`.`,
    card.span,
  );
  return [];
}
