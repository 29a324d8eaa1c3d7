import type { Caption } from "../result/caption.js";
import type { BoundaryPicture } from "../result/learning-pictures.js";
import { answersOf, classOf } from "./answers.js";
import type { Dataset } from "./task.js";

/** What has learned a data set: a function of its inputs, which may overwrite what it gave before. */
export interface Learned {
  readonly data: Dataset;
  answer(inputs: ArrayLike<number>): Float64Array;
}

/** Points of the grid along each side. */
const gridPoints = 121;

/** What it says over two inputs, the others at the mean of the data: its output, or the largest of them. */
export function boundary(
  { data, answer }: Learned,
  [across, up]: readonly [number, number],
  look: Caption,
): BoundaryPicture {
  const answers = answersOf(data);
  const width = data.inputs.length + data.targets.length;
  const column = (k: number) => data.train.filter((_, place) => place % width === k);
  const [xs, ys] = [axis(column(across)), axis(column(up))];
  const inputs = data.inputs.map((_, k) => column(k).reduce((sum, value, _i, { length }) => sum + value / length, 0));
  const outputs = data.targets.map(() => new Float64Array(xs.length * ys.length));
  for (const [row, y] of ys.entries()) {
    for (const [place, x] of xs.entries()) {
      inputs[across] = x;
      inputs[up] = y;
      for (const [k, value] of answer(inputs).entries()) outputs[k]![row * xs.length + place] = value;
    }
  }
  const isOneOf = answers.kind === "largest";
  const largest = outputs[0]!.map((_, place) => Math.max(...outputs.map((values) => values[place]!)));
  const target = (k: number) => data.train.subarray(k * width + data.inputs.length, (k + 1) * width);
  const classes = isOneOf ? data.targets : sidesOf(column(data.inputs.length), answers.level);
  return {
    kind: "boundary",
    ...look,
    x: { name: data.inputs[across]!, unit: "1", values: xs },
    y: { name: data.inputs[up]!, unit: "1", values: ys },
    output: isOneOf
      ? { name: "largest output", unit: "1", values: largest }
      : { name: data.targets[0]!, unit: "1", values: outputs[0]! },
    level: answers.level,
    ...(isOneOf && { rivals: outputs }),
    samples: {
      x: column(across),
      y: column(up),
      class: Int32Array.from({ length: data.train.length / width }, (_, k) =>
        isOneOf ? classOf(answers, target(k)) : Number(target(k)[0]! > answers.level),
      ),
      classes,
    },
  };
}

/** What the two sides of a level are called: by their target, where all on that side have the same one. */
function sidesOf(targets: Float64Array, level: number): readonly [string, string] {
  const called = (side: Float64Array, otherwise: string): string =>
    side.length > 0 && side.every((value) => value === side[0]) ? `${side[0]}`.replace("-", "−") : otherwise;
  const [below, above] = [targets.filter((value) => value <= level), targets.filter((value) => value > level)];
  return [called(below, `≤ ${level}`), called(above, `> ${level}`)];
}

/** A grid over the values, a fifth of their range beyond them on both sides. */
function axis(values: Float64Array): Float64Array {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const margin = 0.2 * (high - low || 1);
  const step = (high - low + 2 * margin) / (gridPoints - 1);
  return Float64Array.from({ length: gridPoints }, (_, k) => low - margin + k * step);
}
