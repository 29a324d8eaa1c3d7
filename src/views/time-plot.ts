import type { WavesPicture } from "../result/picture.js";
import type { Column } from "../result/result.js";
import { formatQuantity } from "../units/quantity.js";
import { type Branch, branchesOf } from "./branches.js";
import { eventEntries, withEvents } from "./event-marks.js";
import { panelsOf } from "./panels.js";
import { type Polyline, polylinesOf } from "./polyline.js";
import type { Scale } from "./scale.js";
import { drawStack } from "./stack.js";
import type { SvgSelection } from "./svg-selection.js";
import { pictureWidth } from "./theme.js";

/** Draws signals over time or a swept value; those of unlike units in panels one above the other. */
export function drawWaves(svg: SvgSelection, picture: WavesPicture): void {
  const { logx, logy } = picture;
  const x = divided(picture.x, picture.xunit);
  const branches = branchesOf(picture.outer ?? []);
  const starts = branches.length > 0 ? [] : passes(x.values);
  const panels = panelsOf(picture.left, picture.right, {
    label: picture.ylabel,
    logy,
    branches,
    pieces: (column, xScale, yScale, branch) =>
      pieces(x, column, xScale, yScale, branch ? [branch.from] : starts, branch),
    extra: eventEntries(picture),
  });
  drawStack(svg, {
    title: picture.title,
    width: pictureWidth,
    frameHeight: frameHeight(panels.length),
    x: { columns: [x], label: picture.xlabel ?? nameOfDivided(picture), log: logx, margin: 0 },
    panels: panels.map((panel) => withEvents(panel, picture)),
    crossed: false,
  });
}

/** A pure number, where x has a unit of its own. */
const divided = (x: Column, xunit: number | undefined): Column =>
  xunit === undefined ? x : { ...x, unit: "1", values: x.values.map((value) => value / xunit) };

/** `Time / 1 µs`, as physicists write a quantity that is divided by another. */
function nameOfDivided({ x, xunit }: WavesPicture): string | undefined {
  if (xunit === undefined) return undefined;
  return `${x.name === "time" ? "Time" : x.name} / ${formatQuantity(xunit, x.unit)}`;
}

/** Pixels; several panels share the page. */
export function frameHeight(panels: number): number {
  return [300, 300, 190][panels] ?? 150;
}

function pieces(
  x: Column,
  y: Column,
  xScale: Scale,
  yScale: Scale,
  starts: readonly number[],
  branch: Branch | undefined,
): readonly Polyline[] {
  return starts.flatMap((from, k) => {
    const to = Math.min(starts[k + 1] ?? branch?.to ?? x.values.length, y.values.length);
    return polylinesOf(x.values, y.values, xScale, yScale, from, to);
  });
}

/**
 * Where the runs of a nested sweep start: x jumps back by more than half its range there, and no line may join the end
 * of a run with the start of the next. A sweep that merely turns round is one run.
 */
function passes(x: Float64Array): readonly number[] {
  const half = (x.reduce((a, b) => Math.max(a, b), -Infinity) - x.reduce((a, b) => Math.min(a, b), Infinity)) / 2;
  const starts = [0];
  for (let i = 2; i < x.length; i++) {
    const [before, step] = [x[i - 1]! - x[i - 2]!, x[i]! - x[i - 1]!];
    if (before * step < 0 && Math.abs(step) > half && i - starts.at(-1)! > 1) starts.push(i);
  }
  return starts;
}
