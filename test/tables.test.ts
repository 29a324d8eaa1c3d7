import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Column, Measured, Result } from "../src/result/result.js";
import { csvChunks } from "../src/views/csv.js";
import { DataError } from "../src/views/data-error.js";
import { jsonChunks, measuresText, type Provenance } from "../src/views/json.js";
import { readCsv } from "../src/views/read-csv.js";
import { readTable } from "../src/views/read-table.js";
import { resultSchema } from "../src/views/result-schema.js";

// A piece of bytes is of use until the next is asked for.
const csvPieces = (columns: readonly Column[]): string[] =>
  Array.from(csvChunks(columns), (piece) => (typeof piece === "string" ? piece : new TextDecoder().decode(piece)));
const csv = (columns: readonly Column[]): string => csvPieces(columns).join("");
const column = (name: string, values: readonly number[]): Column => ({
  name,
  unit: name === "time" ? "s" : name.startsWith("v(") ? "V" : name.startsWith("i(") ? "A" : "1",
  values: Float64Array.from(values),
});

describe("CSV", () => {
  test("has a header of names, a row a point, numbers that are shortest", () => {
    const text = csv([column("time", [0, 1e-9]), column("v(out)", [0.1, -1 / 3]), column("i(m1)", [-0, 1e21])]);
    expect(text).toBe("time,v(out),i(m1)\r\n0,0.1,0\r\n1e-9,-0.3333333333333333,1e+21\r\n");
  });

  test("quotes names that hold commas and quotes (RFC 4180)", () => {
    expect(csv([column("v(a,b)", [1]), column('x"y', [2])])).toBe('"v(a,b)","x""y"\r\n1,2\r\n');
  });

  test("comes in chunks of 20 000 rows", () => {
    const values = Array.from({ length: 45_000 }, (_, k) => k);
    expect(csvPieces([column("time", values)]).map((chunk) => chunk.split("\r\n").length - 1)).toEqual([
      1, 20_000, 20_000, 5_000,
    ]);
  });

  test("reads back bit for bit, but for the sign of zero, whatever the names and numbers", () => {
    const name = fc.string({ minLength: 1 }).filter((each) => each.trim() === each && Number.isNaN(Number(each)));
    const table = fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).chain((names) =>
      fc
        .array(fc.array(fc.double(), { minLength: names.length, maxLength: names.length }), { minLength: 1 })
        .map((rows) =>
          names.map((each, k) =>
            column(
              each,
              rows.map((row) => row[k]!),
            ),
          ),
        ),
    );
    fc.assert(
      fc.property(table, (columns) => {
        const read = readCsv(csv(columns));
        expect(read.map((each) => each.name)).toEqual(columns.map((each) => each.name));
        expect(read.map(({ values }) => values)).toEqual(columns.map(({ values }) => values.map((x) => x + 0)));
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test("is read with lone line feeds, quoted fields, a byte-order mark and empty fields", () => {
    const [time, voltage] = readCsv('\uFEFFtime,"v(a,b)"\n0,"1.5"\n\n1,\n');
    expect([time!.name, time!.unit, voltage!.name, voltage!.unit]).toEqual(["time", "s", "v(a,b)", "V"]);
    expect([...time!.values, ...voltage!.values]).toEqual([0, 1, 1.5, Number.NaN]);
  });

  test.each([
    ["", "The file is empty"],
    ["time,v(a)\n0,1\n1,x2\n", "Line 3, column `v(a)`: `x2` is not a number."],
    ["time,v(a)\n0\n", "Line 2 has 1 fields; the header names 2 columns."],
    ["0,1\n2,3\n", "Line 1 holds the number `0` where the names"],
    ["a,a\n", "names the column `a` twice"],
    ['a,"b\n1,2\n', "Line 1 has a quoted field that does not end"],
  ])("%j is refused", (text, message) => {
    expect(() => readCsv(text)).toThrow(DataError);
    expect(() => readCsv(text)).toThrow(message);
  });

  test("is told from files that are neither CSV nor raw", () => {
    const read = (...bytes: number[]) => readTable(Uint8Array.from(bytes), "x.bin");
    expect(() => read(0x89, 0x50, 0x4e, 0x47)).toThrow("x.bin: The file is neither CSV");
    expect(() => read(0x54, 0, 0x69, 0)).toThrow("x.bin: The file is neither CSV");
  });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a table to draw", () => {
  test("is read from the document of a run, with the units that it states", () => {
    const sweep: Result = {
      ...result,
      analysis: "dc",
      columns: [column("r1", [1, 2]), { ...column("{1}", [3, 4]), unit: "Ω" }],
    };
    const point: Result = { ...result, analysis: "op", axes: 0, columns: [column("v(a)", [1])] };
    const document = bytes([...jsonChunks({ results: [point, result, sweep] }, provenance)].join(""));
    expect(readTable(document, "x.json")).toEqual({ columns: result.columns, axes: 1, alike: 1 });
    expect(readTable(document, "x.json", ["{1}"])).toEqual({ columns: sweep.columns, axes: 1, alike: 1 });
  });

  test.each([
    ['{"results":', "begins like JSON"],
    ['{"measures":[]}', "holds no `results`"],
    ['{"schemaVersion":99,"results":[]}', "schema version `99`"],
    ['{"schemaVersion":1,"results":[]}', "`results` is empty"],
    [
      '{"schemaVersion":1,"results":[{"axes":1,"columns":[{"name":"a","unit":"V","values":["x"]}]}]}',
      "is not a number",
    ],
  ])("%s is refused", (text, message) => {
    expect(() => readTable(bytes(text), "x.json")).toThrow(message);
  });

  test("has as many axes as its sweeps, where the file does not say so", () => {
    const axes = (text: string): number => readTable(bytes(text), "x.csv").axes;
    expect(axes("v2,v1,i\n0,0,1\n0,1,2\n1,0,3\n1,1,4\n2,0,5\n")).toBe(2);
    expect(axes("time,v,i\n0,0,1\n1,1,2\n2,0,3\n3,1,4\n")).toBe(1);
    expect(axes("time,v,i\n0,0,1\n0,1,2\n1,0,3\n1,2,4\n")).toBe(1);
    expect(axes("v2,v1\n0,0\n0,1\n1,0\n1,1\n")).toBe(1);
  });
});

const provenance: Provenance = {
  title: 'A "title"',
  netlist: "rc.cir",
  sha256: "ab".repeat(32),
  date: "2026-11-21T00:00:00.000Z",
  version: "0.1.0",
  node: "v20.20.0",
  seed: 1,
  options: { reltol: 1e-3 },
  include: ["lib.sub"],
  set: { r: "1k" },
};
const result: Result = {
  analysis: "tran",
  card: 0,
  title: "rc",
  axes: 1,
  ended: "complete",
  columns: [column("time", [0, 1e-9]), column("v(out)", [0.1, Number.NaN])],
  statistics: { method: "ndf", points: 2, steps: 1, rejected: 0, iterations: 2, factorizations: 1 },
};
const measures: readonly Measured[] = [
  { name: "rise", analysis: "tran", value: 2.2e-3, unit: "s" },
  { name: "never", analysis: "tran", value: null, unit: "V" },
];
const warning = {
  severity: "warning",
  code: "one-connection",
  message: "Node `a` has one connection.",
  help: "connect it.",
  span: { start: 4, end: 5, source: { name: "rc.cir", locate: () => ({ line: 2, column: 3 }) } },
};

describe("the JSON document", () => {
  const text = [
    ...jsonChunks({ results: [result, result], measures, diagnostics: [warning], failedAsserts: [] }, provenance),
  ].join("");

  test("holds the results, what made them, and what was said", () => {
    const read = JSON.parse(text);
    expect(read).toMatchObject({ schemaVersion: 1, ...provenance, measures });
    expect(read.results).toHaveLength(2);
    expect(read.results[0].columns).toEqual([
      { name: "time", unit: "s", values: [0, 1e-9] },
      { name: "v(out)", unit: "V", values: [0.1, null] },
    ]);
    const { span, ...rest } = warning;
    expect(read.diagnostics).toEqual([{ ...rest, file: span.source.name, line: 2, column: 3 }]);
  });

  test("keeps to its schema", () => {
    expect(faults(JSON.parse(text), resultSchema, "$")).toEqual([]);
    expect(faults(JSON.parse([...jsonChunks({ results: [] }, provenance)].join("")), resultSchema, "$")).toEqual([]);
    expect(faults({ ...JSON.parse(text), seed: "one", more: 1 }, resultSchema, "$")).toEqual(["$.more", "$.seed"]);
  });

  test("of many values comes in pieces and stays whole", () => {
    const values = Array.from({ length: 45_000 }, (_, k) => k / 7);
    const chunks = [...jsonChunks({ results: [{ ...result, columns: [column("time", values)] }] }, provenance)];
    expect(chunks.length).toBeGreaterThan(6);
    expect(JSON.parse(chunks.join("")).results[0].columns[0].values).toEqual(values);
  });

  test("of the measures alone has the same frame", () => {
    expect(JSON.parse(measuresText(measures, provenance))).toEqual({ schemaVersion: 1, ...provenance, measures });
  });
});

interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

/** Where a value breaks a schema: as much of JSON Schema as ours uses. */
function faults(value: unknown, schema: Schema, path: string): readonly string[] {
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const wanted = [schema.type ?? type].flat();
  const fits = wanted.includes(type) || (wanted.includes("integer") && Number.isInteger(value));
  const sound =
    (schema.const === undefined || value === schema.const) &&
    (schema.enum?.includes(value) ?? true) &&
    (schema.pattern === undefined || new RegExp(schema.pattern).test(String(value))) &&
    (schema.minimum === undefined || (value as number) >= schema.minimum);
  if (!fits || !sound) return [path];
  if (Array.isArray(value)) return value.flatMap((item, k) => faults(item, schema.items ?? {}, `${path}[${k}]`));
  if (type !== "object") return [];
  const members = value as Readonly<Record<string, unknown>>;
  const { properties = {}, additionalProperties = true } = schema;
  const missing = (schema.required ?? []).filter((name) => !(name in members)).map((name) => `${path}.${name}`);
  const others = Object.keys(members).filter((name) => !(name in properties));
  const beyond = typeof additionalProperties === "object" ? additionalProperties : {};
  return [
    ...missing,
    ...others.flatMap((name) =>
      additionalProperties === false ? [`${path}.${name}`] : faults(members[name], beyond, `${path}.${name}`),
    ),
    ...Object.entries(properties).flatMap(([name, each]) =>
      name in members ? faults(members[name], each, `${path}.${name}`) : [],
    ),
  ];
}
