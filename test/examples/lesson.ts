import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../netlists");

/** A netlist of `netlists/`: what it teaches stands in its first comment. */
export interface Lesson {
  /** `memristors/hp-loop.cir`. */
  readonly file: string;
  readonly path: string;
  readonly folder: string;
  /** `hp-loop`: what its results are called by. */
  readonly stem: string;
  readonly title: string;
  readonly text: string;
  /** The comment below the title, as one paragraph. */
  readonly teaches: string;
}

/** Subjects in the order in which one learns them; the lessons of each by name. */
const folders = ["basics", "memristors", "crossbars"];

export const lessons: readonly Lesson[] = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".cir"))
    .sort()
    .map((name) => lesson(folder, name)),
);

export const gallery = {
  readme: join(root, "README.md"),
  pictures: join(root, "pictures"),
} as const;

function lesson(folder: string, name: string): Lesson {
  const path = join(root, folder, name);
  const text = readFileSync(path, "utf8");
  const [title = "", ...rest] = text.split("\n");
  const comment = rest.slice(
    0,
    rest.findIndex((line) => !line.startsWith("*")),
  );
  const teaches = comment.map((line) => line.replace(/^\*\s*/, "")).join(" ");
  return { file: `${folder}/${name}`, path, folder, stem: name.replace(/\.cir$/, ""), title, text, teaches };
}
