import { imperfectionParameters } from "../../devices/imperfections.js";
import type { Span } from "../../text/source.js";
import type { Given } from "../device-values.js";
import type { Environment } from "../environment.js";
import { percentOf } from "../percent.js";

/** For imperfections that mean nothing of a device: why. */
export type Unmeant = Readonly<Record<string, string>>;

/** Every imperfection means nothing, for one reason. */
export const allUnmeant = (why: string): Unmeant =>
  Object.fromEntries(Object.keys(imperfectionParameters).map((name) => [name, why]));

/** Whether a setting is an imperfection. */
export const isImperfection = ({ name }: Given): boolean => Object.hasOwn(imperfectionParameters, name);

/** `2%` is 0.02. */
export function percentAsNumber(given: Given): Given {
  const { value, place } = given;
  const share = percentOf(value, place);
  if (share === undefined) return given;
  const { span } = value;
  const expression = { kind: "number", value: share, span } as const;
  return { ...given, value: { kind: "expression", expression, lone: false, span } };
}

/** The settings without those that mean nothing, of which it complains. */
export function meant(given: readonly Given[], unmeant: Unmeant): readonly Given[] {
  for (const { name, span, place } of given) {
    const why = unmeant[name];
    if (why === undefined) continue;
    place.elaboration.complaints.error("no-effect", `\`${name}\` has no effect here: ${why}.`, span);
  }
  return given.filter(({ name }) => unmeant[name] === undefined);
}

/** Whose imperfections are checked: "`s1`", "Model `s`". */
interface Owner {
  readonly title: string;
  readonly span: Span;
  readonly place: Environment;
}

/** Complains of imperfections that cannot be together, or that need walls where there are none. */
export function checkImperfections(
  values: Readonly<Record<string, number>>,
  [min, max]: readonly [number, number],
  { title, span, place }: Owner,
): void {
  const { complaints } = place.elaboration;
  const { levels = 0, stuck_on = 0, stuck_off = 0, read_noise = 0 } = values;
  if (levels === 1 || (levels > 0 && !Number.isInteger(levels))) {
    const message = `${title} has \`levels\` = ${levels}, which must be a whole number from 2 on, or 0 for any value.`;
    complaints.error("parameter-range", message, span);
  }
  if (stuck_on <= 1 && stuck_off <= 1 && stuck_on + stuck_off > 1) {
    const message = `${title} has \`stuck_on\` = ${stuck_on} and \`stuck_off\` = ${stuck_off}: together more than all devices.`;
    complaints.error("parameter-range", message, span);
  }
  const lacks = (wall: number, name: string): string[] => (Number.isFinite(wall) ? [] : [name]);
  const [low, high] = [lacks(min, "wmin"), lacks(max, "wmax")];
  const needs: readonly (readonly [
    name: keyof typeof imperfectionParameters,
    value: number,
    walls: readonly string[],
  ])[] = [
    ["levels", levels, [...low, ...high]],
    ["read_noise", read_noise, [...low, ...high]],
    ["stuck_on", stuck_on, high],
    ["stuck_off", stuck_off, low],
  ];
  for (const [name, value, walls] of needs) {
    const [least, most] = imperfectionParameters[name].range;
    if (!(value > least && value <= most) || walls.length === 0) continue;
    const list = walls.map((it) => `\`${it}\``).join(" and ");
    const message = `${title} has \`${name}\`, which means nothing without ${list}: its weight has no wall there.`;
    complaints.error("unbounded-range", message, span, { help: `give it ${list}.` });
  }
}
