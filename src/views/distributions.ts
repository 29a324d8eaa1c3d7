import type { Distribution } from "../result/learning-pictures.js";
import type { Column } from "../result/result.js";

/** The series as they are drawn: a median only where one of several runs is alone, for it would fill the gaps of others' dashes. */
export function drawnSeries<T extends Distribution & { readonly runs: number | undefined }>(
  series: readonly T[],
): readonly T[] {
  const alone = series.length === 1 && series[0]!.runs !== 1;
  return alone ? series : series.map((each) => ({ ...each, median: undefined }));
}

/** What a line of means is: of one run it is the run itself. */
export const meanOf = (many: string): string => (many === "1 run" ? "one run" : `mean of ${many}`);

/** The columns that become lines. */
export function linesOf(series: readonly Distribution[]): readonly Column[] {
  return series.flatMap(({ mean, median }) => (median ? [mean, median] : [mean]));
}

/** The columns that become bands or bars. */
export function edgesOf(series: readonly Distribution[]): readonly Column[] {
  return series.flatMap(({ low, high }) => [low, high]);
}

/** `100 runs`, where every series has as many. */
export function runsOf(series: readonly { readonly runs: number | undefined }[]): string | undefined {
  const [first, ...others] = series;
  if (first?.runs === undefined || others.some(({ runs }) => runs !== first.runs)) return;
  return `${first.runs} ${first.runs === 1 ? "run" : "runs"}`;
}
