import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { svgOf } from "../../src/cli/svg.js";
import { simulate } from "../../src/index.js";
import { gallery, type Lesson, lessons } from "./lesson.js";

// Every netlist of `netlists/` is a lesson: it runs without a complaint, what it asserts is true, and its pictures are
// those that the gallery shows. `npm run gallery` draws the gallery anew; look at the pictures before you keep them.

const drawAnew = process.env["UPDATE_GALLERY"] === "1";
if (drawAnew) {
  rmSync(gallery.pictures, { recursive: true, force: true });
  mkdirSync(gallery.pictures, { recursive: true });
}

const shown = new Map<Lesson, readonly string[]>();

describe("lessons", () => {
  test.each(lessons.map((lesson) => [lesson.file, lesson] as const))("%s", async (_, lesson) => {
    const { results, diagnostics, failedAsserts, pictures } = await simulate(lesson.text, { name: lesson.path });
    expect(diagnostics.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
    expect(failedAsserts.map(({ message }) => message)).toEqual([]);
    expect(results.map(({ ended }) => ended)).toEqual(results.map(() => "complete"));
    expect(lesson.teaches, "a comment below the title says what it teaches").not.toBe("");
    expect(pictures.length).toBeGreaterThan(0);
    const names = pictures.map(({ name, named }) => (named ? name : `${lesson.stem}.${name}.svg`));
    shown.set(lesson, names);
    for (const [k, picture] of pictures.entries()) compare(names[k]!, svgOf(picture));
  });
});

test("the gallery shows every lesson, and no picture of none", () => {
  const text = page();
  if (drawAnew) writeFileSync(gallery.readme, text);
  expect(readFileSync(gallery.readme, "utf8")).toBe(text);
  expect(readdirSync(gallery.pictures).sort()).toEqual([...shown.values()].flat().sort());
});

function compare(name: string, svg: string): void {
  const file = join(gallery.pictures, name);
  if (drawAnew) writeFileSync(file, svg);
  const known = features(readFileSync(file, "utf8"));
  const found = features(svg);
  expect(found.frame, name).toEqual(known.frame);
  for (const [k, box] of found.boxes.entries()) {
    for (const [edge, value] of box.entries()) {
      expect(Math.abs(value - known.boxes[k]![edge]!), `${name}, curve ${k + 1}`).toBeLessThan(tolerance);
    }
  }
}

/** Of a place on the sheet, in its pixels: what another processor's rounding may change. */
const tolerance = 1.5;

/**
 * What an eye compares: everything but the curves word by word (axes, ticks, legends), and the box in which each curve
 * lies. How a curve is cut into pieces may differ by a rounding error, so that is not compared.
 */
function features(svg: string): { frame: string; boxes: readonly (readonly number[])[] } {
  const boxes: number[][] = [];
  const frame = svg.replace(/ d="([^"]*)"/g, (_, path: string) => {
    const numbers = [...path.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g)].map(([number]) => Number(number));
    if (/[HVhvaAcC]/.test(path) || numbers.length < 40) return ` d="${path}"`;
    const x = numbers.filter((_number, k) => k % 2 === 0);
    const y = numbers.filter((_number, k) => k % 2 === 1);
    boxes.push([Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)]);
    return "";
  });
  return { frame, boxes };
}

function page(): string {
  const folders = [...new Set(lessons.map(({ folder }) => folder))];
  return `# Gallery

Each netlist is a lesson: read its comments, run it (\`pinched run netlists/basics/rc.cir\`), change a number, run it again.
This page and its pictures are made by \`npm run gallery\`.
${folders.map(section).join("")}`;
}

const section = (folder: string): string => `
## ${folder.charAt(0).toUpperCase()}${folder.slice(1)}
${lessons
  .filter((lesson) => lesson.folder === folder)
  .map(entry)
  .join("")}`;

const entry = (lesson: Lesson): string => `
### [${lesson.title}](${lesson.file})
${lesson.teaches.replaceAll(/[*_]/g, "\\$&")}

${(shown.get(lesson) ?? []).map((name) => `![${name.replace(/\.svg$/, "")}](pictures/${name})`).join("\n")}
`;
