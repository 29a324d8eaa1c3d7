import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { goldenFigures, goldenFiles, keeps } from "./golden.js";
import { folders, galleryFile, lessons, subjects } from "./lesson.js";
import { galleryPage } from "./page.js";

test("the gallery shows every lesson as it is", () => {
  const page = galleryPage(goldenFigures);
  if (keeps) writeFileSync(galleryFile, page);
  expect(readFileSync(galleryFile, "utf8"), "`npm run gallery` makes it anew").toBe(page);
});

test("every folder of netlists is a subject, and every golden file is of a lesson", () => {
  expect([...folders].sort()).toEqual([...subjects].sort());
  for (const subject of subjects) {
    const folder = lessons.find((lesson) => lesson.subject === subject)!.golden;
    const wanted = lessons.filter((lesson) => lesson.subject === subject).flatMap(goldenFiles);
    const others = readdirSync(folder).filter((name) => !wanted.includes(name) && !name.endsWith(".actual.svg"));
    if (keeps) for (const name of others) rmSync(join(folder, name));
    else expect(others).toEqual([]);
  }
});
