import { resolve } from "../../expressions/resolve.js";
import type { Expression } from "../../syntax/ast.js";
import { Inputs } from "../inputs.js";
import { written } from "../readings.js";
import type { BlockNames, SystemMember } from "./block-names.js";
import { DriveScope } from "./drives.js";
import { complainOfUnknownSystem } from "./line.js";

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

const levelsByLetter: ReadonlyMap<string, 0 | 1> = new Map([
  ["e", 0],
  ["g", 1],
]);

/** `e` or `g`, which are 0 and 1 in the order of the basis; undefined: neither. */
export const lettered = (level: Expression): 0 | 1 | undefined =>
  level.kind === "name" ? levelsByLetter.get(level.name) : undefined;

/**
 * A level of an oscillator by its number, of a qubit `e` or `g`; undefined after having complained. A qubit has no numbers: its |1⟩ in
 * gates is the first state of the basis here, so that 1 could mean either.
 */
export function levelOf(
  level: Expression,
  kind: SystemMember["kind"],
  block: BlockNames,
  place = block.place,
): number | undefined {
  const { complaints } = place.elaboration;
  if (kind === "qubit") {
    const letter = lettered(level);
    const message = `A level of a qubit is \`e\` or \`g\`, found \`${written(level.span)}\`.`;
    const help = "`e` is |1⟩ of gates, `g` is |0⟩.";
    if (letter === undefined) complaints.error("expected-number", message, level.span, { help });
    return letter;
  }
  return placeOf(level, "A level of an oscillator", block, place);
}

/** A whole number from 0; undefined after having complained. @param what it is, to begin a sentence with */
export function placeOf(level: Expression, what: string, block: BlockNames, place = block.place): number | undefined {
  const formula = resolve(level, new DriveScope(block, new Inputs(), place), place.elaboration.complaints);
  const value = formula.kind === "number" ? formula.value : Number.NaN;
  if (Number.isInteger(value) && value >= 0) return value;
  const message = `${what} is a whole number from 0, found \`${written(level.span)}\`.`;
  if (!(formula.kind === "number" && Number.isNaN(value)))
    place.elaboration.complaints.error("expected-number", message, level.span);
  return undefined;
}
