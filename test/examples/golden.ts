import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Figures } from "./figures.js";
import type { Lesson } from "./lesson.js";

/** Whether golden files are made anew instead of compared with. */
export const keeps = process.env["UPDATE_GALLERY"] === "1";

export const figuresFile = ({ golden, stem }: Lesson): string => join(golden, `${stem}.json`);

export const goldenFigures = (lesson: Lesson): Figures =>
  JSON.parse(readFileSync(figuresFile(lesson), "utf8")) as Figures;

export const goldenFiles = (lesson: Lesson): readonly string[] => [
  `${lesson.stem}.json`,
  ...goldenFigures(lesson).pictures.map(({ name }) => `${lesson.stem}.${name}.svg`),
];
