import { formatQuantity } from "../../src/units/quantity.js";
import type { Unit } from "../../src/units/unit.js";
import type { Figures } from "./figures.js";
import { type Lesson, lessons, subjects } from "./lesson.js";

/** `netlists/README.md`, the gallery: of every lesson what it teaches, its pictures and its measures. */
export function galleryPage(figuresOf: (lesson: Lesson) => Figures): string {
  const sections = subjects.map((subject) => {
    const entries = lessons.filter((lesson) => lesson.subject === subject);
    return `## ${subject[0]!.toUpperCase()}${subject.slice(1)}\n\n${entries
      .map((lesson) => entry(lesson, figuresOf(lesson)))
      .join("\n")}`;
  });
  return `# Gallery

Each netlist is a lesson: read its comments, run it, change a number, run it again. Each is a test as well: what its
\`.assert\` cards say holds, against closed forms and laws, and its pictures are those below. \`npm run gallery\` makes this
page.

${sections.join("\n")}`;
}

const entry = (
  lesson: Lesson,
  { pictures, measures }: Figures,
): string => `### [${lesson.title}](${lesson.file.replace("netlists/", "")})

${lesson.teaches.replaceAll(/[*_]/g, "\\$&")}

${pictures.map(({ name, title }) => `![${title}](../test/golden/${lesson.subject}/${lesson.stem}.${name}.svg)`).join("\n")}

\`\`\`sh
pinched run ${lesson.file}
\`\`\`

${tableOf(measures)}`;

/** Of several runs measures have a table of their own, which the run prints. */
const tableOf = (measures: Figures["measures"]): string =>
  Object.keys(measures).some((name) => name.includes(", run ")) ? "" : table(measures);

const table = (measures: Figures["measures"]): string => `| measure | |
|---|---|
${Object.entries(measures)
  .map(([name, { value, unit }]) => `| \`${name}\` | ${value === null ? "–" : formatQuantity(value, unit as Unit)} |`)
  .join("\n")}
`;
