import type { AnalysisCard, Circuit, ColumnsCard } from "../circuit/circuit.js";
import { type Printed, type Result, withSpread } from "../result/result.js";
import { printedSignals } from "./output.js";
import type { Traces } from "./traces.js";

interface Drawn {
  readonly result: Result;
  readonly traces: Traces;
}

/** The data files that `.print` cards with `format=` or `file=` ask for, by analysis and card. */
export function printed({ outputs, analyses }: Circuit, drawn: readonly Drawn[]): readonly Printed[] {
  const cards = outputs.columns.filter(({ data }) => data !== undefined);
  return drawn.flatMap((one) =>
    cards
      .filter(({ analysis }) => analysis === undefined || analysis === one.result.analysis)
      .map((card) => printedBy(card, one, analyses[one.result.card] as AnalysisCard)),
  );
}

function printedBy({ signals, data }: ColumnsCard, { result, traces }: Drawn, of: AnalysisCard): Printed {
  if (data!.file === undefined) return { result, ...data! };
  const axes = result.columns.slice(0, result.axes);
  const told = printedSignals(of, signals);
  const own = told.map((signal) => traces.of(signal));
  return { result: { ...result, columns: [...axes, ...withSpread(own)] }, ...data! };
}
