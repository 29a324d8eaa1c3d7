import { resolve } from "../../expressions/resolve.js";
import type { Expression } from "../../syntax/ast.js";
import { Inputs } from "../inputs.js";
import { written } from "../readings.js";
import type { BlockNames, SystemMember } from "./block-names.js";
import { DriveScope } from "./drives.js";
import { aOr, complainOfUnknownSystem } from "./line.js";

/** The system that an argument names; undefined after having complained. */
export function systemOf(argument: Expression, block: BlockNames): SystemMember | undefined {
  if (argument.kind !== "name") {
    const { complaints } = block.place.elaboration;
    const message = `Expected the name of a system, found \`${written(argument.span)}\`.`;
    complaints.error("expected-name", message, argument.span);
    return undefined;
  }
  const name = block.local(argument.name);
  const found = block.system(name);
  if (found === undefined) complainOfUnknownSystem(name, block, argument.span);
  return found;
}

/** A level by its number, or `e`, `g` of a qubit, which are 0 and 1; undefined after having complained. */
export function levelOf(
  level: Expression,
  kind: SystemMember["kind"],
  block: BlockNames,
  place = block.place,
): number | undefined {
  if (kind === "qubit" && level.kind === "name" && (level.name === "e" || level.name === "g"))
    return level.name === "e" ? 0 : 1;
  const formula = resolve(level, new DriveScope(block, new Inputs(), place), place.elaboration.complaints);
  const value = formula.kind === "number" ? formula.value : Number.NaN;
  if (Number.isInteger(value) && value >= 0) return value;
  const what = kind === "qubit" ? "`e` or `g`" : "a whole number from 0";
  const message = `A level of ${aOr(kind)} is ${what}, found \`${written(level.span)}\`.`;
  if (!(formula.kind === "number" && Number.isNaN(value)))
    place.elaboration.complaints.error("expected-number", message, level.span);
  return undefined;
}
