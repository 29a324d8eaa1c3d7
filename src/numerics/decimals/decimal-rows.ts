import { roomWith } from "../kernel-room.js";
import { plainKernels } from "./kernels/index.js";
import { powersKnown } from "./kernels/shortest.js";
import { compiledKernels, kernelsTake } from "./kernels.wasm.js";

/** What a field takes at most: seventeen digits behind `-0.00000`, and a comma. */
const fieldBytes = 26;
/** What is written behind a number before zeros are cut off. */
const margin = 32;
const set = { plain: plainKernels, compiled: compiledKernels, take: kernelsTake };

/**
 * Rows of numbers as text: commas between them, CRLF behind a row, each number as `String` writes it, zero without a sign. A column that ends sooner has
 * empty fields. Digits are found with twice the precision of a double, and where that does not decide, as `String` finds them.
 *
 * @param most so many rows at once
 * @returns the text of rows from one to before another, which is of use until the next is asked for
 */
export function decimalRows(columns: readonly Float64Array[], most: number): (from: number, to: number) => Uint8Array {
  const { arrays, kernels } = roomWith(set, 0, (room) => ({
    values: room.doubles(columns.length * most),
    powers: room.doubles(5 * powersKnown),
    text: room.bytes(most * (columns.length * fieldBytes + 2) + margin),
    at: room.ints(4),
  }));
  const { values, text, at } = arrays;
  kernels.fillPowers(arrays.powers);
  return (from, to) => {
    for (const [k, column] of columns.entries()) {
      const part = column.subarray(from, to);
      values.set(part, k * most);
      values.fill(Number.NaN, k * most + part.length, k * most + to - from);
    }
    at.fill(0, 0, 3);
    while (kernels.writeRows(arrays, to - from, columns.length, most) > 0) {
      const value = columns[at[1]!]![from + at[0]!];
      at[2] = letters(value === undefined ? "" : String(value), text, at[2]!);
      at[1]!++;
    }
    return text.subarray(0, at[2]);
  };
}

/** Writes what has letters of one byte each; gives the place behind them. */
function letters(word: string, text: Uint8Array, place: number): number {
  for (let k = 0; k < word.length; k++) text[place + k] = word.charCodeAt(k);
  return place + word.length;
}
