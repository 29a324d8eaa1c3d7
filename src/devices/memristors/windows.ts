import { kvatinsky } from "./laws/windows.js";

/** The windows in the order of their numbers in `laws/`: a value of a `window` parameter is an index into it. */
export const windows = ["none", "strukov", "joglekar", "biolek", "prodromakis", "zha"] as const;

/** The same, and that of a device that knows its film in metres: `evaluateEdges`. */
export const filmWindows = [...windows, "kvatinsky"] as const;

/** Those that are x(1 − x) times something that is never 0: f = s·g(s) with s = x(1 − x). */
const closing: readonly number[] = ["strukov", "joglekar", "prodromakis"].map((name) =>
  windows.indexOf(name as (typeof windows)[number]),
);

/** The window closes at both walls: no state that is inside ever gets there. */
export const closesAtBoth = (window: number): boolean => closing.includes(window);

/** Those that depend on the direction of the drift: their slopes jump where it turns. */
const directed: readonly number[] = [windows.indexOf("biolek"), windows.indexOf("zha"), kvatinsky];

/** The window has continuous slopes wherever it is. */
export const isSmooth = (window: number): boolean => !directed.includes(window);
