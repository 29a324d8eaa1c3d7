/** Gates of n inputs: what they give for the inputs, as 0 or 1. */
const gates: Readonly<Record<string, (inputs: readonly number[]) => number>> = {
  and: (x) => Number(x.every((bit) => bit === 1)),
  or: (x) => Number(x.includes(1)),
  xor: (x) => ones(x) % 2,
  parity: (x) => ones(x) % 2,
  nand: (x) => Number(!x.every((bit) => bit === 1)),
  nor: (x) => Number(!x.includes(1)),
  xnor: (x) => 1 - (ones(x) % 2),
};

const ones = (x: readonly number[]): number => x.reduce((sum, bit) => sum + bit, 0);

export const gateNames: readonly string[] = Object.keys(gates);

/** The rows of a gate: bits, then its answer; the first input is the most significant bit. */
export const gateTable = (gate: string, inputs: number): readonly (readonly number[])[] =>
  bitRows(inputs).map((bits) => [...bits, gates[gate]!(bits)]);

/** The rows of a truth table written as its answers: `0110` is XOR. */
export const truthTable = (answers: string, inputs: number): readonly (readonly number[])[] =>
  bitRows(inputs).map((bits, k) => [...bits, Number(answers[k])]);

const bitRows = (inputs: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** inputs }, (_, k) => Array.from({ length: inputs }, (_, j) => (k >> (inputs - 1 - j)) & 1));
