import type { Column } from "../result/result.js";
import type { Unit } from "../units/unit.js";
import { drawCurve } from "./curve.js";
import type { Entry } from "./legend.js";
import type { Polyline } from "./polyline.js";
import { isDrawable, type Scale } from "./scale.js";
import type { Panel } from "./stack.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, lineStyle } from "./theme.js";

/** How the curves of signals over one x are drawn. */
export interface CurveWish {
  readonly label: string | undefined;
  readonly logy: boolean;
  /** The pieces of a signal's curve, in pixels. */
  pieces(column: Column, x: Scale, y: Scale): readonly Polyline[];
  /** What is drawn on top of a curve. */
  decorate?(into: SvgSelection, pieces: readonly Polyline[], colour: string): void;
  readonly extra: readonly Entry[];
}

/** One panel for each unit among the signals; those for the right take the right axis of a panel each. */
export function panelsOf(left: readonly Column[], right: readonly Column[], wish: CurveWish): readonly Panel[] {
  const [leftGroups, rightGroups] = [byUnit(left), byUnit(right)];
  const count = Math.max(leftGroups.length, rightGroups.length);
  let traces = 0;
  return Array.from({ length: count }, (_, k) => {
    const onLeft = leftGroups[k] ?? rightGroups[k]!;
    const onRight = leftGroups[k] ? (rightGroups[k] ?? []) : [];
    const first = traces;
    traces += onLeft.length + onRight.length;
    return panelOf(onLeft, onRight, first, wish, count === 1);
  });
}

function byUnit(columns: readonly Column[]): readonly (readonly Column[])[] {
  const groups = new Map<Unit, Column[]>();
  for (const column of columns) groups.set(column.unit, [...(groups.get(column.unit) ?? []), column]);
  return [...groups.values()];
}

/** `first` counts the traces of the panels above: colours go on through a picture, dashes start anew in each frame. */
function panelOf(
  left: readonly Column[],
  right: readonly Column[],
  first: number,
  wish: CurveWish,
  alone: boolean,
): Panel {
  const all = [...left, ...right];
  const styles = all.map((_, k) => ({ colour: lineStyle(first + k).colour, dash: lineStyle(k).dash }));
  const axis = (columns: readonly Column[], label: string | undefined) =>
    ({ columns, label, log: wish.logy, margin: 0.05 }) as const;
  const side = (k: number): string => (k < left.length ? "" : " (right)");
  const entries = all.map(
    (column, k): Entry => ({
      kind: "line",
      name: `${column.name}${side(k)}${remark(column, wish.logy)}`,
      style: styles[k]!,
    }),
  );
  return {
    left: axis(left, alone ? wish.label : undefined),
    right: right.length === 0 ? undefined : axis(right, undefined),
    colours: {
      left: left.length === 1 ? styles[0]!.colour : ink,
      right: right.length === 1 ? styles.at(-1)!.colour : ink,
    },
    legend: [...(all.length > 1 || (alone && wish.label !== undefined) ? entries : []), ...wish.extra],
    draw(into, x, leftScale, rightScale) {
      all.forEach((column, k) => {
        const y = k < left.length ? leftScale : rightScale;
        if (y === undefined) return;
        const pieces = wish.pieces(column, x, y);
        drawCurve(into, pieces, styles[k]!);
        wish.decorate?.(into, pieces, styles[k]!.colour);
      });
    },
  };
}

const remark = ({ values }: Column, log: boolean): string =>
  values.some((value) => isDrawable(value, log)) ? "" : " (no data)";
