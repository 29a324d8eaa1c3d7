import type { ColumnsCard, Outputs } from "../circuit/circuit.js";
import type { Printed, Result } from "../result/result.js";
import { distinct } from "./output.js";
import type { Traces } from "./traces.js";

interface Drawn {
  readonly result: Result;
  readonly traces: Traces;
}

/** The data files that `.print` cards with `format=` or `file=` ask for, by analysis and card. */
export function printed({ columns }: Outputs, drawn: readonly Drawn[]): readonly Printed[] {
  const cards = columns.filter(({ data }) => data !== undefined);
  return drawn.flatMap((one) =>
    cards
      .filter(({ analysis }) => analysis === undefined || analysis === one.result.analysis)
      .map((card) => printedBy(card, one)),
  );
}

function printedBy({ signals, data }: ColumnsCard, { result, traces }: Drawn): Printed {
  if (data!.file === undefined) return { result, ...data! };
  const axes = result.columns.slice(0, result.axes);
  const own = distinct(signals).map((signal) => ({ ...traces.of(signal), name: signal.name }));
  return { result: { ...result, columns: [...axes, ...own] }, ...data! };
}
