import type { Picture } from "../result/picture.js";

const kinds =
  "tran qtran dc ac noise xy map circuit bloch rho loop_area lobe_positive lobe_negative formfactor pinch".split(" ");
const counted: ReadonlySet<string> = new Set(kinds.map((kind) => `${kind}-`));

/** Pictures without a name of their own are counted by kind; a name that comes again gets `.2`, `.3` … */
export function numbered(all: readonly Picture[]): readonly Picture[] {
  const used = new Map<string, number>();
  return all.map((picture) => {
    const count = (used.get(picture.name) ?? 0) + 1;
    used.set(picture.name, count);
    if (counted.has(picture.name)) return { ...picture, name: `${picture.name}${count}` };
    return count === 1 ? picture : { ...picture, name: `${picture.name}.${count}` };
  });
}
