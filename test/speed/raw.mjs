// Reads raw files of either side, and compares them.
import { readFileSync } from "node:fs";

/** A binary raw file with one plot of real numbers: names and columns, the axis first. */
export function readRaw(file) {
  const bytes = readFileSync(file);
  const mark = bytes.indexOf("Binary:\n");
  if (mark < 0) throw new Error(`${file} is not a binary raw file`);
  const header = bytes.subarray(0, mark).toString("latin1");
  const points = Number(/No\. Points: *(\d+)/.exec(header)[1]);
  const names = [...header.matchAll(/^\t\d+\t(\S+)\t/gm)].map((match) => match[1].toLowerCase());
  const view = new DataView(bytes.buffer, bytes.byteOffset + mark + 8);
  const columns = names.map((_, v) =>
    Float64Array.from({ length: points }, (_, p) => view.getFloat64(8 * (p * names.length + v), true)),
  );
  return { names, columns };
}

/** A column at other times: cubic Lagrange through the four points around each. */
export function resample(t, y, at) {
  let left = 0;
  return Float64Array.from(at, (when) => {
    while (left < t.length - 2 && t[left + 1] < when) left++;
    const from = Math.max(0, Math.min(t.length - 4, left - 1));
    const points = [from, from + 1, from + 2, from + 3].filter((k) => k < t.length);
    return points.reduce((sum, i) => {
      const weight = points.reduce((product, j) => (j === i ? product : (product * (when - t[j])) / (t[i] - t[j])), 1);
      return sum + weight * y[i];
    }, 0);
  });
}

/** The largest difference of the columns that both have, at the reference's times, over the largest reference value. */
export function deviation(run, reference) {
  let largest = 0;
  let scale = 0;
  const t = reference.columns[0];
  for (const [k, name] of reference.names.entries()) {
    const other = run.names.indexOf(name);
    if (k === 0 || other < 0) continue;
    const values = resample(run.columns[0], run.columns[other], t);
    for (let p = 0; p < t.length; p++) {
      largest = Math.max(largest, Math.abs(values[p] - reference.columns[k][p]));
      scale = Math.max(scale, Math.abs(reference.columns[k][p]));
    }
  }
  return largest / scale;
}
