import { type Code, double } from "../src/numerics/lanes/assembler.js";

/** Whole numbers of 32 bits, and doubles. A truth is a whole number, 0 or 1. */
export type ValueType = "int" | "double";

export interface Value {
  readonly code: Code;
  readonly type: ValueType;
  /** Its number, if that is written there: a whole one serves as a double as well. */
  readonly literal?: number;
}

/** The instructions of an operator: for whole numbers, for doubles. */
const instructions = {
  "+": [0x6a, 0xa0],
  "-": [0x6b, 0xa1],
  "*": [0x6c, 0xa2],
  "/": [undefined, 0xa3], // what would be left over of whole numbers is left to nobody
  "%": [0x6f, undefined],
  "<<": [0x74, undefined],
  ">>": [0x75, undefined],
  "&": [0x71, undefined],
  "|": [0x72, undefined],
  "===": [0x46, 0x61],
  "!==": [0x47, 0x62],
  "<": [0x48, 0x63],
  ">": [0x4a, 0x64],
  "<=": [0x4c, 0x65],
  ">=": [0x4e, 0x66],
} as const;

export type Arithmetic = keyof typeof instructions;

const compares: readonly string[] = ["===", "!==", "<", ">", "<=", ">="];

/** Two values under an operator: doubles if one of them is. */
export function binary(operator: Arithmetic, left: Value, right: Value): Value {
  const isDouble = left.type === "double" || right.type === "double" || operator === "/";
  const type = isDouble ? "double" : "int";
  const instruction = instructions[operator]?.[isDouble ? 1 : 0];
  if (instruction === undefined) throw new Error(`A kernel knows no \`${operator}\` of values of type ${type}.`);
  const code = [...converted(left, type), ...converted(right, type), instruction];
  return { code, type: compares.includes(operator) ? "int" : type };
}

/** The same value as one of another type. */
export function converted({ code, type, literal }: Value, wanted: ValueType): Code {
  if (type === wanted) return code;
  if (wanted === "int") throw new Error("A kernel takes no double for a whole number.");
  return literal === undefined ? [...code, 0xb7] : double(literal);
}
