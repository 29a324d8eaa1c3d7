import type { AcCard, AnalysisCard, NoiseCard, PlotStyle } from "../circuit/circuit.js";

/** Whether the axis of an analysis is the frequency. */
export const ofFrequency = (of: AnalysisCard): of is AcCard | NoiseCard => of.kind === "ac" || of.kind === "noise";

/** Over decades or octaves the frequency has a logarithmic scale; so has noise. */
export const scalesOf = (of: AnalysisCard, style: Partial<PlotStyle>): Pick<PlotStyle, "logx" | "logy"> => ({
  logx: style.logx === true || (ofFrequency(of) && of.spacing !== "lin"),
  logy: style.logy === true || of.kind === "noise",
});
