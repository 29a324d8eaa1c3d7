import type { WavesPicture } from "../result/picture.js";
import type { Entry } from "./legend.js";
import { drawMark, type MarkStyle } from "./marks.js";
import { rule } from "./pen.js";
import { place } from "./scale.js";
import type { Panel } from "./stack.js";
import { faintInk, ink } from "./theme.js";

type Kind = NonNullable<WavesPicture["events"]>[number]["kind"];

/** A full square where entanglement ends, an open circle where it begins. */
const marks: Readonly<Record<Kind, MarkStyle>> = {
  death: { outline: 1, filled: true, colour: ink },
  birth: { outline: 0, filled: false, colour: ink },
};
const names: Readonly<Record<Kind, string>> = { death: "sudden death", birth: "sudden birth" };

/** What the marks mean, as far as there are some. */
export const eventEntries = ({ events = [] }: WavesPicture): readonly Entry[] =>
  (["death", "birth"] as const).flatMap((kind) =>
    events.some((event) => event.kind === kind) ? [{ kind: "mark", name: names[kind], style: marks[kind] }] : [],
  );

/** Events nearer to each other than this, px, would hide one another: of those in between neither line nor mark is drawn. */
const nearest = 11;

/**
 * The events that are drawn: of a flicker, a run of events each of which is near the next, the first and the last, so that
 * one sees where it begins and how it ends.
 *
 * @param at places on the sheet, ascending
 */
export function shownEvents(at: readonly number[]): readonly number[] {
  const near = (k: number): boolean => k > 0 && k < at.length && at[k]! - at[k - 1]! < nearest;
  return [...at.keys()].filter((k) => !(near(k) && near(k + 1)));
}

/** A panel with a line through each event below its curves, and the event's mark on the line of zero above them. */
export function withEvents(panel: Panel, { events = [], xunit = 1 }: WavesPicture): Panel {
  if (events.length === 0) return panel;
  return {
    ...panel,
    draw(into, x, left, right) {
      const y = left ?? right;
      const ends = y && ([y.from, y.to] as const);
      const places = events.map((event) => place(x, event.at / xunit));
      const shown = shownEvents(places);
      const at = shown.map((k) => places[k]!);
      if (ends) rule(into, at.map((px) => [px, ends[0], px, ends[1]] as const), faintInk, 0.7); // biome-ignore format: one thought
      panel.draw(into, x, left, right);
      if (y === undefined) return;
      const zero = y.domain.log ? y.from : place(y, Math.max(y.domain.low, 0));
      for (const k of shown) drawMark(into, places[k]!, zero, marks[events[k]!.kind]);
    },
  };
}
