import type { Unit } from "../units/unit.js";

const byName: readonly (readonly [RegExp, Unit])[] = [
  [/^time$/i, "s"],
  [/^freq(uency)?$/i, "Hz"],
  [/^v\(/i, "V"],
  [/^i\(/i, "A"],
];

/** The unit of a column of a data file that states none, guessed from a name such as `v(out)`; `"1"` if nothing fits. */
export function unitOfName(name: string): Unit {
  return byName.find(([pattern]) => pattern.test(name))?.[1] ?? "1";
}
