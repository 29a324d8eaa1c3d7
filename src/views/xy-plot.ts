import type { XyPicture } from "../result/picture.js";
import { branchesOf } from "./branches.js";
import { panelsOf } from "./panels.js";
import { polylinesOf } from "./polyline.js";
import { drawStack } from "./stack.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, pictureWidth } from "./theme.js";
import { isMonotone } from "./thin.js";
import { drawFirstArrows, markStart } from "./time-order.js";
import { frameHeight } from "./time-plot.js";

/** More curves than this carry no arrows: they would hide more than they tell. */
const mostWithArrows = 3;

/** Draws quantities over any other, in the order in which they were computed. */
export function drawXy(svg: SvgSelection, picture: XyPicture): void {
  const { x, y, logx, logy } = picture;
  const branches = branchesOf(picture.outer ?? []);
  const ordered = branches.length === 0 && !isMonotone(x.values) && y.length <= mostWithArrows;
  const panels = panelsOf(y, [], {
    label: picture.ylabel,
    logy,
    branches,
    pieces: (column, xScale, yScale, branch) =>
      polylinesOf(x.values, column.values, xScale, yScale, branch?.from, branch?.to),
    decorate(into, pieces, colour) {
      if (!ordered) return;
      for (const piece of pieces) drawFirstArrows(into, piece, y.length > 1 ? colour : ink);
      markStart(into, pieces);
    },
    extra: ordered ? [{ kind: "start", name: "start" }] : [],
  });
  drawStack(svg, {
    title: picture.title,
    width: pictureWidth,
    frameHeight: panels.length === 1 ? 360 : frameHeight(panels.length),
    x: { columns: [x], label: picture.xlabel, log: logx, margin: 0.04 },
    panels,
    crossed: true,
  });
}
