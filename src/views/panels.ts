import type { Column } from "../result/result.js";
import type { Unit } from "../units/unit.js";
import { type Branch, branchEntries, branchStyle } from "./branches.js";
import { drawCurve, drawPoints, reduced } from "./curve.js";
import { leftOut } from "./left-out.js";
import type { Entry } from "./legend.js";
import { shownName } from "./lettering.js";
import type { Polyline } from "./polyline.js";
import { isDrawable, type Scale } from "./scale.js";
import type { Panel } from "./stack.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, type LineStyle, lineStyle } from "./theme.js";

/** How the curves of signals over one x are drawn. */
export interface CurveWish {
  readonly label: string | undefined;
  readonly logy: boolean;
  /** Of a nested sweep: each signal has a curve for each of them. */
  readonly branches: readonly Branch[];
  /** The pieces of a signal's curve with all of their points, in pixels; of one branch, where there are any. */
  pieces(column: Column, x: Scale, y: Scale, branch: Branch | undefined): readonly Polyline[];
  /** What is drawn on top of a curve. */
  decorate?(into: SvgSelection, pieces: readonly Polyline[], colour: string): void;
  readonly extra: readonly Entry[];
}

/** One panel for each unit among the signals; those for the right take the right axis of a panel each. */
export function panelsOf(left: readonly Column[], right: readonly Column[], wish: CurveWish): readonly Panel[] {
  const [leftGroups, rightGroups] = [byUnit(left), byUnit(right)];
  const count = Math.max(leftGroups.length, rightGroups.length);
  const single = [...leftGroups, ...rightGroups].every((group) => group.length === 1) && rightGroups.length === 0;
  let traces = 0;
  return Array.from({ length: count }, (_, k) => {
    const onLeft = leftGroups[k] ?? rightGroups[k]!;
    const onRight = leftGroups[k] ? (rightGroups[k] ?? []) : [];
    const first = traces;
    traces += onLeft.length + onRight.length;
    return panelOf(onLeft, onRight, wish, { first, alone: count === 1, single });
  });
}

function byUnit(columns: readonly Column[]): readonly (readonly Column[])[] {
  const groups = new Map<Unit, Column[]>();
  for (const column of columns) groups.set(column.unit, [...(groups.get(column.unit) ?? []), column]);
  return [...groups.values()];
}

interface Place {
  /** The traces of the panels above: colours go on through a picture, dashes start anew in each frame. */
  readonly first: number;
  /** The picture has this panel only. */
  readonly alone: boolean;
  /** Each panel of the picture has one signal. */
  readonly single: boolean;
}

function panelOf(
  left: readonly Column[],
  right: readonly Column[],
  wish: CurveWish,
  { first, alone, single }: Place,
): Panel {
  const all = [...left, ...right];
  const styles = stylesOf(all.length, wish.branches.length, { first, single });
  const axis = (columns: readonly Column[], label: string | undefined) =>
    ({ columns, label, log: wish.logy, margin: 0.05 }) as const;
  const coloured = wish.branches.length === 0;
  return {
    left: axis(left, alone ? wish.label : undefined),
    right: right.length === 0 ? undefined : axis(right, undefined),
    colours: {
      left: coloured && left.length === 1 ? styles[0]![0]!.colour : ink,
      right: coloured && right.length === 1 ? styles.at(-1)![0]!.colour : ink,
    },
    legend: [
      ...signalEntries(left, right, styles, wish, alone),
      ...(wish.branches.length > 0 && first === 0 ? branchEntries(wish.branches, single) : []),
      ...notes(all, wish),
    ],
    draw(into, x, leftScale, rightScale) {
      all.forEach((column, k) => {
        const y = k < left.length ? leftScale : rightScale;
        if (y === undefined) return;
        for (const [branch, style] of styles[k]!.entries()) {
          const points = wish.pieces(column, x, y, wish.branches[branch]);
          const pieces = points.map(reduced);
          drawCurve(into, pieces, style);
          drawPoints(into, points, style);
          wish.decorate?.(into, pieces, style.colour);
        }
      });
    },
  };
}

/** For each signal of a frame the looks of its branches; of its one curve, where there are none. */
function stylesOf(
  signals: number,
  branches: number,
  { first, single }: Pick<Place, "first" | "single">,
): readonly (readonly LineStyle[])[] {
  return Array.from({ length: signals }, (_, k) => {
    if (branches === 0) return [{ colour: lineStyle(first + k).colour, dash: lineStyle(k).dash }];
    const signal = single ? undefined : k;
    return Array.from({ length: branches }, (_, branch) => branchStyle(branch, branches, signal));
  });
}

/** The names of the signals, where the axis does not say them; dashes in plain ink where colours tell branches. */
function signalEntries(
  left: readonly Column[],
  right: readonly Column[],
  styles: readonly (readonly LineStyle[])[],
  { label, logy, branches }: CurveWish,
  alone: boolean,
): readonly Entry[] {
  const all = [...left, ...right];
  if (all.length < 2 && !(alone && label !== undefined)) return [];
  return all.map((column, k): Entry => {
    const name = `${shownName(column.name)}${k < left.length ? "" : " (right)"}${remark(column, logy)}`;
    if (branches.length > 0 && all.length < 2) return { kind: "note", name };
    const { colour, dash } = styles[k]![0]!;
    return { kind: "line", name, style: { colour: branches.length > 0 ? ink : colour, dash } };
  });
}

const notes = (all: readonly Column[], { logy, extra }: CurveWish): readonly Entry[] => [
  ...extra,
  ...leftOut(all, logy),
];

const remark = ({ values }: Column, log: boolean): string =>
  values.some((value) => isDrawable(value, log)) ? "" : " (no data)";
