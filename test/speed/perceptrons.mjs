// node test/speed/perceptrons.mjs [--quick]: times trainings of 100 realisations over 1000 epochs of 100 samples, by
// `pinched run` (cold processes, one thread, with all that they write but pictures) and by Python, one after the other in
// the same run. CPU seconds of whole processes; Python's training alone, without its imports. Needs a build, python3, and
// NumPy for the second column.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { perceptron } from "./decks.mjs";
import { timedOutput } from "./timed.mjs";

const quick = process.argv.includes("--quick");
const repeats = quick ? 1 : 5;
const [runs, epochs] = [100, quick ? 100 : 1000];
const here = import.meta.dirname;
const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const program = resolve(here, "../../bin/pinched.js");
const folder = mkdtempSync(join(tmpdir(), "pinched-perceptrons-"));

function ours(kind, gate) {
  const deck = join(folder, `${kind}-${gate}.cir`);
  writeFileSync(deck, perceptron(kind, gate, runs, epochs));
  const args = [program, "run", deck, "--no-plots", "--json", "--progress", "off", "-o", join(folder, "out")];
  const { seconds, output } = timedOutput(process.execPath, args);
  return { cpu: seconds, error: JSON.parse(output).measures.find(({ name }) => name === "last").value };
}

const python = (kind, how, count, gate) =>
  JSON.parse(
    execFileSync("python3", [join(here, "perceptron.py"), kind, how, count, epochs, gate].map(String), {
      encoding: "utf8",
    }),
  );

console.log(
  "| training | here | plain Python | | NumPy over realisations | | mean error at the end: here, Python, NumPy |",
);
console.log("|---|---|---|---|---|---|---|");
const gates = quick ? ["xor"] : ["or", "and", "xor"];
for (const [kind, gate] of ["slp", "mlp"].flatMap((kind) => gates.map((gate) => [kind, gate]))) {
  const found = { ours: [], loop: [], numpy: [] };
  for (let k = 0; k < repeats; k++) {
    found.ours.push(ours(kind, gate));
    found.loop.push(python(kind, "loop", 2, gate)); // two realisations stand for a hundred: it takes minutes
    if (hasNumpy) found.numpy.push(python(kind, "numpy", runs, gate));
  }
  const mine = median(found.ours.map((it) => it.cpu));
  const loop = (median(found.loop.map((it) => it.cpu)) * runs) / 2;
  const numpy = hasNumpy ? median(found.numpy.map((it) => it.cpu)) : undefined;
  const times = (other) => (other === undefined ? "–" : `${(other / mine).toPrecision(3)} ×`);
  const seconds = (value) => (value === undefined ? "–" : `${value.toPrecision(3)} s`);
  const errors = [found.ours, found.loop, found.numpy].map((list) => list[0]?.error.toPrecision(3) ?? "–").join(", ");
  const cells = [seconds(mine), seconds(loop), times(loop), seconds(numpy), times(numpy), errors];
  console.log(`| ${kind} ${gate} | ${cells.join(" | ")} |`);
}
rmSync(folder, { recursive: true });
