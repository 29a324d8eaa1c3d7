import type { Circuit } from "../circuit/circuit.js";
import { captionOf } from "../result/caption.js";
import type { Picture } from "../result/picture.js";
import type { Result } from "../result/result.js";

/** The most curves that a picture has unless the netlist asks for it. */
const mostCurves = 8;

/** Operating points over what was stepped, of a deck that asks for no pictures: of the innermost `.step` on the axis. */
export function pointPictures({ runs, title, outputs }: Circuit, results: readonly Result[]): readonly Picture[] {
  const axes = runs?.axes ?? [];
  if (axes.length === 0 || runs?.draws !== undefined || outputs.plots.length > 0) return [];
  const points = results.filter(({ analysis, columns }) => analysis === "op" && columns[0]!.values.length > 1);
  return points.map(({ columns }, k) => {
    const steps = columns.slice(1, 1 + axes.length);
    return {
      kind: "waves",
      ...captionOf({}, `op-${k + 1}`, title),
      x: steps.at(-1)!,
      outer: steps.slice(0, -1),
      left: columns.slice(1 + axes.length, 1 + axes.length + mostCurves),
      right: [],
    };
  });
}
