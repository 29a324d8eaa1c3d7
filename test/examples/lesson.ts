import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** A netlist of `netlists/`: what it teaches stands in its first comment. */
export interface Lesson {
  /** From the project's root: `netlists/memristors/hp-loop.cir`. */
  readonly file: string;
  readonly subject: Subject;
  /** `hp-loop`: what its results are called by. */
  readonly stem: string;
  readonly title: string;
  readonly text: string;
  /** The comment below the title, as one paragraph. */
  readonly teaches: string;
  /** The folder of its golden files. */
  readonly golden: string;
}

/** Subjects in the order in which one learns them. */
export const subjects = ["basics", "memristors", "crossbars", "perceptrons", "quantum", "learning"] as const;

export type Subject = (typeof subjects)[number];

/** Every netlist, subject by subject, in the order of their names. */
export const lessons: readonly Lesson[] = subjects.flatMap((subject) =>
  readdirSync(join(root, "netlists", subject))
    .filter((name) => name.endsWith(".cir"))
    .sort()
    .map((name) => lesson(subject, name)),
);

export const folders: readonly string[] = readdirSync(join(root, "netlists"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export const galleryFile = join(root, "netlists/README.md");

function lesson(subject: Subject, name: string): Lesson {
  const file = `netlists/${subject}/${name}`;
  const text = readFileSync(join(root, file), "utf8");
  const [title = "", ...rest] = text.split("\n");
  const end = rest.findIndex((line) => !line.startsWith("*"));
  const teaches = rest
    .slice(0, end)
    .map((line) => line.replace(/^\*\s*/, ""))
    .join(" ");
  const golden = join(root, "test/golden", subject);
  return { file, subject, stem: name.replace(/\.cir$/, ""), title, text, teaches, golden };
}
