import type { Device, Points } from "../../devices/device.js";
import type { Given } from "../device-values.js";
import type { Model } from "../models.js";
import { readTable } from "../tables.js";
import { textOf } from "../words.js";

/** A kind with what a model sets on it. */
interface Kind {
  readonly device: Device;
  readonly given: readonly Given[];
}

/** The kind with the tables that its model names; undefined after having complained. */
export function withTables({ device, given }: Kind, model: Model): Kind | undefined {
  if (device.tables === undefined) return { device, given };
  const { names, made } = device.tables;
  const curves = names.map((name) => curveOf(name, given, model));
  const rest = given.filter(({ name }) => !names.includes(name));
  return curves.every((curve) => curve !== undefined) ? { device: made(curves), given: rest } : undefined;
}

function curveOf(name: string, given: readonly Given[], { definition, place }: Model): Points | undefined {
  const { elaboration } = place;
  const setting = given.find((it) => it.name === name);
  if (setting === undefined) {
    const message = `This memristor model needs \`${name}\`, the file of points of its drift.`;
    const help = `write \`${name}="points.dat"\`: a file with a row for each point, x and f.`;
    elaboration.complaints.error("missing-parameter", message, definition.span, { help });
    return undefined;
  }
  const { value } = setting;
  const file = value.kind === "quoted" ? value.text : value.kind === "word" ? textOf(value, setting.place) : undefined;
  if (file === undefined) {
    elaboration.complaints.error("missing-file", "Expected the name of a file in quotes.", value.span);
    return undefined;
  }
  const points = readTable(file, value.span, elaboration);
  if (points === undefined) return undefined;
  const [x, y] = [0, 1].map((at) => Float64Array.from(points.filter((_, k) => k % 2 === at))) as [
    Float64Array,
    Float64Array,
  ];
  const fault = x.length < 2 ? "has one point, but a line needs two" : faultOf(x);
  if (fault === undefined) return { x, y };
  elaboration.complaints.error("bad-table", `\`${file}\` ${fault}.`, value.span);
  return undefined;
}

function faultOf(x: Float64Array): string | undefined {
  const at = x.findIndex((value, k) => k > 0 && value <= x[k - 1]!);
  return at < 0 ? undefined : `has x = ${x[at]} behind x = ${x[at - 1]}: its x must ascend`;
}
