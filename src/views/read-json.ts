import type { Column } from "../result/result.js";
import type { Unit } from "../units/unit.js";
import { DataError } from "./data-error.js";
import { schemaVersion } from "./json.js";
import type { One } from "./read-table.js";

/**
 * Reads the results of a document that `jsonChunks` wrote; `null` becomes NaN. Throws `DataError` for text that is no
 * JSON, and for a document of another kind or version.
 */
export function readJson(text: string): readonly One[] {
  const document = parsed(text);
  const { results, schemaVersion: version } = isRecord(document) ? document : {};
  if (!Array.isArray(results))
    throw new DataError("The JSON holds no `results`: it is not what `--format json` or `run --json` wrote.");
  if (version !== schemaVersion)
    throw new DataError(`The document has the schema version \`${version}\`; this program reads ${schemaVersion}.`);
  if (results.length === 0) throw new DataError("The document holds no result: `results` is empty.");
  return results.map(tableOf);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataError(`The file begins like JSON but is not: ${(error as Error).message}.`);
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function tableOf(result: unknown, index: number): One {
  const { columns, axes } = isRecord(result) ? result : {};
  if (!Array.isArray(columns) || typeof axes !== "number")
    throw new DataError(`Result ${index + 1} lacks \`columns\` or \`axes\`.`);
  return { columns: columns.map((column, k) => columnOf(column, `Result ${index + 1}, column ${k + 1}`)), axes };
}

function columnOf(column: unknown, place: string): Column {
  const { name, unit, values } = isRecord(column) ? column : {};
  if (typeof name !== "string" || typeof unit !== "string" || !Array.isArray(values))
    throw new DataError(`${place} lacks \`name\`, \`unit\` or \`values\`.`);
  const odd = values.find((value) => value !== null && typeof value !== "number");
  if (odd !== undefined)
    throw new DataError(`${place} (\`${name}\`): \`${String(odd).slice(0, 40)}\` is not a number.`);
  return { name, unit: unit as Unit, values: Float64Array.from(values, (value: number | null) => value ?? Number.NaN) };
}
