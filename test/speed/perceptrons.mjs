// node test/speed/perceptrons.mjs [-- --quick]: times trainings of 100 realisations over 1000 epochs of 100 samples, by
// this library (cold processes, one thread) and by Python, one after the other in the same run. CPU seconds of whole
// processes; NumPy's training alone, without its import. Needs a build, python3, and NumPy for the second column.
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

const quick = process.argv.includes("--quick");
const repeats = quick ? 1 : 5;
const [runs, epochs] = [100, 1000];
const here = import.meta.dirname;
const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const run = (command, args) => JSON.parse(execFileSync(command, args, { encoding: "utf8" }));

const ours = (kind, gate) =>
  run(process.execPath, [join(here, "perceptron.mjs"), kind, runs, epochs, gate].map(String));
const python = (kind, how, count, gate) =>
  run("python3", [join(here, "perceptron.py"), kind, how, count, epochs, gate].map(String));

console.log(
  "| training | here | plain Python | | NumPy over realisations | | mean error at the end: here, Python, NumPy |",
);
console.log("|---|---|---|---|---|---|---|");
for (const [kind, gate] of ["slp", "mlp"].flatMap((kind) => ["or", "and", "xor"].map((gate) => [kind, gate]))) {
  const found = { ours: [], loop: [], numpy: [] };
  for (let k = 0; k < repeats; k++) {
    found.ours.push(ours(kind, gate));
    found.loop.push(python(kind, "loop", 2, gate)); // two realisations stand for a hundred: it takes minutes
    if (hasNumpy) found.numpy.push(python(kind, "numpy", runs, gate));
  }
  const mine = median(found.ours.map((it) => it.process));
  const loop = (median(found.loop.map((it) => it.cpu)) * runs) / 2;
  const numpy = hasNumpy ? median(found.numpy.map((it) => it.cpu)) : undefined;
  const times = (other) => (other === undefined ? "–" : `${(other / mine).toPrecision(3)} ×`);
  const seconds = (value) => (value === undefined ? "–" : `${value.toPrecision(3)} s`);
  const errors = [found.ours, found.loop, found.numpy].map((list) => list[0]?.error.toPrecision(3) ?? "–").join(", ");
  const cells = [seconds(mine), seconds(loop), times(loop), seconds(numpy), times(numpy), errors];
  console.log(`| ${kind} ${gate} | ${cells.join(" | ")} |`);
}
