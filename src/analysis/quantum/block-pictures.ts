import type { AnalysisCard, Circuit, PlotCard, QuantumPlot, Signal } from "../../circuit/circuit.js";
import type { Caption } from "../../result/caption.js";
import type { BlochPath, QuantumPicture, RhoPicture } from "../../result/quantum-pictures.js";
import { isDigital } from "../gates/circuit.js";
import { circuitOfRun } from "../gates/run.js";
import { Curve } from "../interpolation.js";
import { placeOn } from "../map-picture.js";
import type { Traces } from "../traces.js";
import { ownPeriod } from "./block-signals.js";

/** Whether a `.plot` is one of those that only quantum blocks have. */
export const isOfBlock = (card: PlotCard): card is QuantumPlot =>
  card.kind === "circuit" || card.kind === "bloch" || card.kind === "rho";

/** Whether an analysis has what such a picture shows; its signals are known to be of the analysis. */
export const fitsBlock = (card: QuantumPlot, of: AnalysisCard): boolean =>
  card.kind === "circuit"
    ? of.kind === "qtran" && of.block === card.block && isDigital(of)
    : of.kind === "qtran" || of.kind === "tran";

/** A picture of a block; undefined where a run that ended early has none. */
export function blockPicture(
  card: QuantumPlot,
  caption: Caption,
  circuit: Circuit,
  run: AnalysisCard,
  traces: Traces,
): QuantumPicture | undefined {
  if (card.kind === "rho") return { kind: "rho", ...caption, ...rhoOf(card, traces) };
  if (card.kind === "bloch") {
    const paths = card.spheres.map(({ name, axes }): BlochPath => {
      const [x, y, z] = axes.map((signal) => traces.of(signal).values) as [Float64Array, Float64Array, Float64Array];
      return { name, x, y, z, period: ownPeriod(axes[0], circuit) };
    });
    return { kind: "bloch", ...caption, time: traces.axis!, paths };
  }
  const found = run.kind === "qtran" && isDigital(run) ? circuitOfRun(circuit, run) : undefined;
  return found !== undefined && "circuit" in found
    ? { kind: "circuit", ...caption, circuit: found.circuit }
    : undefined;
}

type Values = Pick<RhoPicture, "matrix" | "basis" | "re" | "im" | "parts" | "at">;

/** The matrix at its time, the lower triangle being the upper one's conjugate. */
function rhoOf(
  { name, basis, real, imaginary, parts, at }: Extract<QuantumPlot, { kind: "rho" }>,
  traces: Traces,
): Values {
  const axis = traces.axis!;
  const place = placeOn(axis, at);
  const t = place.values[0]!;
  const readOff = (signal: Signal): number => new Curve(axis.values, traces.of(signal).values).at(t);
  const [n, upper, beside] = [basis.length, real.map(readOff), imaginary.map(readOff)];
  const [re, im] = [new Float64Array(n * n), new Float64Array(n * n)];
  let [k, l] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      re[i * n + j] = re[j * n + i] = upper[k++]!;
      if (j === i) continue;
      im[i * n + j] = beside[l++]!;
      im[j * n + i] = -im[i * n + j]!;
    }
  }
  return { matrix: name, basis, re, im, parts, at: place };
}
