import { schemaVersion } from "./json.js";

const text = { type: "string" } as const;
const count = { type: "integer", minimum: 0 } as const;
/** `null` stands for what JSON cannot hold: not a number, infinity. */
const number = { type: ["number", "null"] } as const;
const analysis = { enum: ["op", "dc", "tran", "ac", "noise", "qtran", "train", "test", "channel"] } as const;

const record = <Members extends Readonly<Record<string, object>>>(
  properties: Members,
  optional: readonly (keyof Members & string)[] = [],
) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const listOf = (items: object) => ({ type: "array", items });

const column = record({ name: text, unit: text, values: listOf(number) });

const statistics = record(
  {
    method: text,
    points: count,
    steps: count,
    rejected: count,
    iterations: count,
    factorizations: count,
    pulses: count,
    evaluations: count,
    products: count,
    kept: count,
  },
  ["pulses", "evaluations", "products", "kept"],
);

const result = record(
  {
    analysis,
    name: text,
    card: count,
    title: text,
    columns: listOf(column),
    axes: count,
    ended: { enum: ["complete", "failed", "interrupted"] },
    statistics,
    runs: record({
      leading: count,
      spans: listOf(record({ run: count, name: text, from: count, to: count })),
    }),
    tables: listOf(record({ name: text, columns: listOf(column) })),
  },
  ["name", "runs", "tables"],
);

const diagnostic = record(
  {
    severity: { enum: ["error", "warning", "note"] },
    code: text,
    message: text,
    file: text,
    line: { type: "integer", minimum: 1 },
    column: { type: "integer", minimum: 1 },
    help: text,
  },
  ["file", "line", "column", "help"],
);

/** What `jsonChunks` writes, as a JSON Schema (draft 2020-12). */
export const resultSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "What a run of pinched found",
  ...record(
    {
      schemaVersion: { const: schemaVersion },
      title: text,
      netlist: text,
      sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
      date: { type: "string", format: "date-time" },
      version: text,
      node: text,
      seed: { type: "number" },
      options: { type: "object" },
      include: listOf(text),
      set: { type: "object", additionalProperties: text },
      results: listOf(result),
      measures: listOf(record({ name: text, analysis, value: number, unit: text, run: count }, ["run"])),
      diagnostics: listOf(diagnostic),
      failedAsserts: listOf(diagnostic),
      cpu: record({ reading: number, solving: number, writing: number }),
    },
    ["cpu"],
  ),
};
