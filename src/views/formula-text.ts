import { textWidth } from "./lettering.js";
import { hundredths } from "./polyline.js";
import type { SvgSelection } from "./svg-selection.js";
import { formulaFamily, ink } from "./theme.js";

/** A piece of a formula: in its line, or raised or lowered from it. */
interface Run {
  readonly text: string;
  readonly level: -1 | 0 | 1;
  readonly italic: boolean;
}

/** Names of letters as TeX has them. */
const letters: Readonly<Record<string, string>> = {
  ...{ alpha: "α", delta: "δ", Delta: "Δ", theta: "θ", pi: "π", rho: "ρ", sigma: "σ", phi: "φ", psi: "ψ", omega: "ω" },
  ...{ langle: "⟨", rangle: "⟩", dagger: "†", dots: "…" },
};

/** `R_{y}(\theta_{i})`: letters by name, `_{…}` lowered, `^{…}` raised; letters lean, digits and brackets stand. */
function runsOf(formula: string): readonly Run[] {
  const named = formula.replaceAll(
    /\\([A-Za-z]+)(?: (?=[A-Za-z\\]))?/g,
    (whole, name: string) => letters[name] ?? whole,
  );
  const parts = named.matchAll(/([_^])\{([^}]*)\}|([^_^]+|[_^])/g);
  return [...parts].flatMap(([, sign, inner, plain]): readonly Run[] => {
    const level = sign === undefined ? 0 : sign === "_" ? -1 : 1;
    const pieces = (inner ?? plain ?? "").match(
      /\p{Script=Greek}|\p{Script=Latin}+|[^\p{Script=Greek}\p{Script=Latin}]+/gu,
    );
    // Words stand upright, as `arccos` does; letters lean, by themselves or two together as in `dt`.
    return (pieces ?? []).map((text) => ({ text, level, italic: /^\p{L}{1,2}$/u.test(text) }));
  });
}

/** How much smaller what is raised or lowered is. */
const small = 0.72;

/** How wide a blank is. */
const blank = 0.27;

/** The width of a formula in pixels, estimated on the safe side. */
export const formulaWidth = (formula: string, size: number): number =>
  runsOf(formula).reduce((sum, { text, level }) => sum + textWidth(text, level === 0 ? size : small * size), 0) * 0.92;

export interface FormulaLettering {
  readonly size: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly colour?: string;
}

/** Writes a formula whose baseline is at (x, y). */
export function writeFormula(
  into: SvgSelection,
  formula: string,
  x: number,
  y: number,
  { size, anchor = "start", colour = ink }: FormulaLettering,
): void {
  const text = into.append("text").attr("x", hundredths(x)).attr("y", hundredths(y));
  text.attr("font-family", formulaFamily).attr("font-size", size).attr("fill", colour);
  if (anchor !== "start") text.attr("text-anchor", anchor);
  let height = 0; // pixels below the line, of what was written last
  let gap = 0; // pixels that go before what is written next
  for (const run of runsOf(formula)) {
    if (run.text.trim() === "") {
      gap += run.text.length * blank * size;
      continue;
    }
    const wanted = (run.level < 0 ? 0.22 : -0.36 * run.level) * size;
    const piece = text.append("tspan");
    if (wanted !== height) piece.attr("dy", hundredths(wanted - height));
    if (run.level !== 0) piece.attr("font-size", hundredths(small * size));
    if (run.italic) piece.attr("font-style", "italic");
    // A blank at the edge of a piece would be lost: it is a distance.
    const [, before, words, after] = /^( *)(.*?)( *)$/.exec(run.text)!;
    gap += before!.length * blank * size;
    if (gap > 0) piece.attr("dx", hundredths(gap));
    piece.text(words!);
    gap = after!.length * blank * size;
    height = wanted;
  }
}
