/**
 * How alike two SVG drawings are: tags, words and styles must be the same, places on the sheet may differ by half a
 * pixel. Curves are compared as curves, for which of their points a line is thinned to may hang on a rounding error.
 */

/** Pixels. */
const tolerance = 0.5;

/** The first difference between two drawings, in words; undefined where they are alike. */
export function unlikeness(known: string, found: string): string | undefined {
  const [a, b] = [partsOf(known), partsOf(found)];
  for (let k = 0; k < Math.max(a.length, b.length); k++) {
    const [was, is] = [a[k], b[k]];
    if (was === is) continue;
    if (was === undefined || is === undefined || !isAlike(was, is)) return `\`${cut(was)}\` became \`${cut(is)}\``;
  }
  return undefined;
}

/** Tags and the words between them. */
const partsOf = (svg: string): readonly string[] => svg.match(/<[^>]+>|[^<]+/g) ?? [];

const cut = (part: string | undefined): string => (part === undefined ? "nothing" : part.slice(0, 200));

function isAlike(a: string, b: string): boolean {
  if (!a.startsWith("<") || !b.startsWith("<")) return false;
  const [were, are] = [attributesOf(a), attributesOf(b)];
  if (withoutValues(a) !== withoutValues(b)) return false;
  return were.every(([name, was], k) => {
    const is = are[k]![1];
    if (was === is) return true;
    if (name === "d") return areAlikePaths(was, is);
    return /^(x|y|x1|x2|y1|y2|cx|cy|width|height|viewBox|transform|points)$/.test(name) && areNear(was, is);
  });
}

const attributesOf = (tag: string): readonly (readonly [string, string])[] =>
  [...tag.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]);

const withoutValues = (tag: string): string => tag.replace(/="[^"]*"/g, "");

const numeral = /-?\d+(?:\.\d+)?(?:e-?\d+)?/g;

/** The same text but for numbers that are near to each other. */
function areNear(a: string, b: string): boolean {
  if (a.replace(numeral, "#") !== b.replace(numeral, "#")) return false;
  const numbers = (b.match(numeral) ?? []).map(Number);
  return (a.match(numeral) ?? []).every((text, k) => Math.abs(Number(text) - numbers[k]!) <= tolerance);
}

type Point = readonly [number, number];
type Line = readonly Point[];

function areAlikePaths(a: string, b: string): boolean {
  if (areNear(a, b)) return true;
  const [were, are] = [linesOf(a), linesOf(b)];
  if (were === undefined || are === undefined || were.length !== are.length) return false;
  return were.every((was, k) => {
    const is = are[k]!;
    return isNear(was[0]!, [is[0]!]) && isNear(was.at(-1)!, [is.at(-1)!]) && follows(was, is) && follows(is, was);
  });
}

/** The polylines of a path that knows nothing but "move to" and "line to". */
function linesOf(path: string): readonly Line[] | undefined {
  if (!/^(M[-\d.]+,[-\d.]+(L[-\d.]+,[-\d.]+)*)+$/.test(path)) return undefined;
  return path
    .slice(1)
    .split("M")
    .map((line) => line.split("L").map((pair) => pair.split(",").map(Number) as unknown as Point));
}

const follows = (line: Line, other: Line): boolean => line.every((point) => isNear(point, other));

/** Is a point near to a polyline? */
function isNear([px, py]: Point, line: Line): boolean {
  return line.some(([bx, by], k) => {
    const [ax, ay] = line[Math.max(0, k - 1)]!;
    const [dx, dy] = [bx - ax, by - ay];
    const square = dx * dx + dy * dy;
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / square));
    return Math.hypot(px - ax - along * dx, py - ay - along * dy) <= tolerance;
  });
}
