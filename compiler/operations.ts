import { added, type Code, double, multiplied, subtracted, vector } from "../src/numerics/lanes/assembler.js";

/** Whole numbers of 32 bits, doubles, and those of two lanes. A truth is a whole number, 0 or 1. */
export type ValueType = "int" | "double" | "pair";

export interface Value {
  readonly code: Code;
  readonly type: ValueType;
  /** Its number, if that is written there: a whole one serves as a double as well. */
  readonly literal?: number;
  /** Of a double in memory: puts it into both lanes. */
  readonly twice?: Code;
}

/** The instructions of an operator on the doubles of two lanes. */
const ofPairs: Readonly<Record<string, Code>> = {
  "+": added,
  "-": subtracted,
  "*": multiplied,
  "/": vector(0xf3),
};

/** The instructions of a function: for a double, for two. */
export const functions: Readonly<Record<string, readonly [double: Code, pair: Code]>> = {
  "-": [[0x9a], vector(0xed)],
  "Math.abs": [[0x99], vector(0xec)],
  "Math.floor": [[0x9c], vector(0x75)],
  "Math.sqrt": [[0x9f], vector(0xef)],
  "Math.min": [[0xa4], vector(0xf4)],
  "Math.max": [[0xa5], vector(0xf5)],
};

/** The instructions of an operator: for whole numbers, for doubles. */
const instructions = {
  "+": [0x6a, 0xa0],
  "-": [0x6b, 0xa1],
  "*": [0x6c, 0xa2],
  "/": [undefined, 0xa3], // what would be left over of whole numbers is left to nobody
  "%": [0x6f, undefined],
  "<<": [0x74, undefined],
  ">>": [0x75, undefined],
  ">>>": [0x76, undefined], // by 1 at least: what has the sign's bit is a number below 0 here
  "^": [0x73, undefined],
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

/** Two values under an operator: doubles if one of them is, of two lanes if one of them is of two. */
export function binary(operator: Arithmetic, left: Value, right: Value): Value {
  if (left.type === "pair" || right.type === "pair") {
    const instruction = ofPairs[operator];
    if (instruction === undefined) throw new Error(`A kernel knows no \`${operator}\` of values of type pair.`);
    return { code: [...converted(left, "pair"), ...converted(right, "pair"), ...instruction], type: "pair" };
  }
  // As in JavaScript `| 0` cuts off what is behind the point; kernels do so below 2³¹ alone, where nothing else is cut off.
  if (operator === "|" && left.type === "double" && right.literal === 0)
    return { code: [...left.code, 0xfc, 2], type: "int" };
  const isDouble = left.type === "double" || right.type === "double" || operator === "/";
  const type = isDouble ? "double" : "int";
  const instruction = instructions[operator]?.[isDouble ? 1 : 0];
  if (instruction === undefined) throw new Error(`A kernel knows no \`${operator}\` of values of type ${type}.`);
  const code = [...converted(left, type), ...converted(right, type), instruction];
  return { code, type: compares.includes(operator) ? "int" : type };
}

/** The same value as one of another type. */
export function converted(value: Value, wanted: ValueType): Code {
  const { code, type, literal, twice } = value;
  if (type === wanted) return code;
  if (wanted === "int") throw new Error("A kernel takes no double for a whole number.");
  if (type === "pair") throw new Error("A kernel takes no doubles of two lanes for one.");
  if (wanted === "double") return literal === undefined ? [...code, 0xb7] : double(literal);
  if (literal !== undefined) return [...vector(12), ...double(literal).slice(1), ...double(literal).slice(1)];
  return twice ?? [...converted(value, "double"), ...vector(20)];
}
