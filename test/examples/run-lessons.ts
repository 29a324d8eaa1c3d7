import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { svgOf } from "../../src/cli/svg.js";
import { fileReader } from "../../src/files/read.js";
import { type Picture, simulate } from "../../src/index.js";
import { differences, type Figures, figuresOf } from "./figures.js";
import { figuresFile, goldenFigures, keeps } from "./golden.js";
import { type Lesson, lessons, type Subject } from "./lesson.js";
import { unlikeness } from "./likeness.js";

// Every netlist of `netlists/` is a lesson: it runs without a complaint, what it asserts is true, and its pictures are
// those that the gallery shows. `npm run gallery` keeps what has changed; look at the pictures before you commit them.

/** The lessons of some subjects as tests. Those of circuits are quick; those that learn, and quantum ones, are among the slow. */
export function testLessons(...subjects: readonly Subject[]): void {
  const chosen = lessons.filter(({ subject }) => subjects.includes(subject));
  describe("lessons", () => {
    test.each(chosen.map((lesson) => [lesson.file, lesson] as const))("%s", async (_, lesson) => {
      const simulation = await simulate(lesson.text, { name: lesson.file, read: fileReader(() => {}) });
      const { results, diagnostics, failedAsserts, pictures, circuit } = simulation;
      expect(diagnostics.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
      expect(failedAsserts.map(({ message }) => message)).toEqual([]);
      expect(results.map(({ ended }) => ended)).toEqual(results.map(() => "complete"));
      expect(lesson.teaches, "a comment below the title says what it teaches").not.toBe("");
      expect(circuit.outputs.asserts.length, "it says what is true, and is held to it").toBeGreaterThan(0);
      expect(pictures.length).toBeGreaterThan(0);
      if (keeps) mkdirSync(lesson.golden, { recursive: true });
      expect(changesOf(lesson, figuresOf(simulation))).toEqual([]);
      expect(pictures.flatMap((picture) => changeOf(lesson, picture))).toEqual([]);
    });
  });
}

/** What has changed in the figures of a lesson. Figures that agree stay as they are on file, to the last digit. */
function changesOf(lesson: Lesson, found: Figures): readonly string[] {
  const file = figuresFile(lesson);
  const changes = existsSync(file) ? differences(goldenFigures(lesson), found) : ["there are no golden figures yet"];
  if (changes.length === 0 || !keeps) return changes;
  writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
  return [];
}

/** What has changed in a picture; the changed one is written beside the golden one. */
function changeOf({ golden, stem }: Lesson, picture: Picture): readonly string[] {
  const file = join(golden, `${stem}.${picture.name}.svg`);
  const actual = file.replace(/\.svg$/, ".actual.svg");
  const svg = svgOf(picture);
  const change = existsSync(file) ? unlikeness(readFileSync(file, "utf8"), svg) : "there is no golden picture yet";
  rmSync(actual, { force: true });
  if (change === undefined) return [];
  writeFileSync(keeps ? file : actual, svg);
  return keeps ? [] : [`${file}: ${change}; compare ${actual}`];
}
