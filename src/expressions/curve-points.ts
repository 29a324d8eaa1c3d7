import type { Formula } from "./formula.js";

/** What is wrong with the points x₁, y₁, x₂, y₂ … of `table` and its kin; `at` counts them from 0. */
export function curvePoints(name: string, points: readonly Formula[]): { message: string; at: number } | undefined {
  const at = points.findIndex(({ kind }) => kind !== "number");
  if (at >= 0) return { message: `The points of \`${name}\` must be numbers known before the analysis.`, at };
  const values = points.map((point) => (point.kind === "number" ? point.value : NaN));
  if (values.length < 2 || values.length % 2 === 1) {
    const message = `\`${name}\` takes x, then pairs x1, y1, x2, y2 …: found ${values.length} numbers for the pairs.`;
    return { message, at: values.length - 1 };
  }
  for (let k = 2; k < values.length; k += 2) {
    if (values[k]! <= values[k - 2]!) {
      return {
        message: `The x of the points of \`${name}\` must ascend: found ${values[k]} behind ${values[k - 2]}.`,
        at: k,
      };
    }
  }
  return undefined;
}
