import type { Circuit } from "../../circuit/circuit.js";
import type { ReadoutPlot } from "../../circuit/training/cards.js";
import { type Caption, captionOf } from "../../result/caption.js";
import type { WavesPicture, XyPicture } from "../../result/picture.js";
import type { Column } from "../../result/result.js";
import { column, outputName, type Reading, rowsOf } from "./results.js";

/** The pictures of readouts that the netlist asks for; target and output of each where it asks for none. */
export function readoutPictures(
  { outputs, title }: Circuit,
  readings: ReadonlyMap<string, Reading>,
): readonly (WavesPicture | XyPicture)[] {
  if (outputs.readouts.length === 0)
    return [...readings].map(([name, reading]) => series([reading], { ...captionOf({}, `series-${name}`, title), byDefault: true }, undefined)); // biome-ignore format: one thought
  return outputs.readouts.flatMap((plot) => {
    const found = plot.readouts.flatMap(({ name }) => readings.get(name) ?? []);
    if (found.length === 0) return [];
    return [plot.kind === "series" ? series(found, caption(plot, title), plot.rows) : delays(found, plot.of, caption(plot, title))]; // biome-ignore format: one thought
  });
}

const caption = ({ kind, readouts, style }: ReadoutPlot, title: string): Caption =>
  captionOf(style, `${kind}-${readouts.map(({ name }) => name).join("-")}`, title);

/** Rows that a picture shows unless it is told. */
const usualRows = 100;

/** Targets, and what readouts of them make, over the first rows that they are judged by. */
function series(
  readings: readonly Reading[],
  look: Caption,
  wanted: readonly [number, number] | undefined,
): WavesPicture {
  // biome-ignore format: one thought
  const [first] = readings as [Reading, ...Reading[]];
  const [from, to] = wanted ?? [first.task.judged[0], Math.min(first.task.judged[1], first.task.judged[0] + usualRows) - 1]; // biome-ignore format: one thought
  const cut = ({ name, values }: Column): Column => column(name, values.subarray(from, to + 1));
  const several = readings.length > 1;
  const targets = first.task.targets.map((values, k) => column(`target ${first.task.targetNames[k]}`, values));
  const outputs = readings.flatMap(
    ({ task, fit }) =>
    fit.outputs.map((values, k) => column(several ? `${task.card.name}.${outputName(task.targetNames[k]!)}` : outputName(task.targetNames[k]!), values)), // biome-ignore format: one thought
  );
  return { kind: "waves", ...look, xlabel: look.xlabel ?? "row of the data", x: cut(rowsOf(first.task)), left: [...targets, ...outputs].map(cut), right: [] }; // biome-ignore format: one thought
}

const labelOf = (of: ReadoutPlot["of"]): string => (of === undefined ? "r²" : `r² of ${of === "mc" ? "memory" : of}`);

/** r² of readouts of what was fed so many rows before. */
function delays(readings: readonly Reading[], of: ReadoutPlot["of"], look: Caption): XyPicture {
  const found = readings.flatMap(({ task, figures }) =>
    figures.flatMap(
      ({ name, delays: own }) =>
      own === undefined || (of !== undefined && own.kind !== of) ? [] : [{ name: readings.length > 1 ? task.card.name : name, shares: own.shares }], // biome-ignore format: one thought
    ),
  );
  const most = found.reduce((longest, { shares }) => Math.max(longest, shares.length), 0);
  const delay = column(
    "delay",
    Array.from({ length: most }, (_, k) => k),
  );
  const y = found.map(({ name, shares }) => column(name, delay.values.map((k) => shares[k] ?? Number.NaN))); // biome-ignore format: one thought
  return {
    kind: "xy",
    ...look,
    xlabel: look.xlabel ?? "delay, rows",
    ylabel: look.ylabel ?? labelOf(of),
    x: delay,
    y,
  };
}
