// node test/speed/stiefel.mjs [--quick]: times channels that learn on a Stiefel manifold, by `pinched run` (cold processes, one
// thread, with all that they write but pictures) and by NumPy, one after the other in the same run: one start at a time as
// the equations stand, and all starts in stacked matrices. CPU seconds of whole processes, medians; NumPy's training alone
// in brackets. Then parity on trees: what an iteration takes, and how it grows. Needs a build, python3 and NumPy.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { timedOutput } from "./timed.mjs";

const quick = process.argv.includes("--quick"); // once, and what takes seconds alone
const repeats = quick ? 1 : 5;
const here = import.meta.dirname;
const program = resolve(here, "../../bin/pinched.js");
const folder = mkdtempSync(join(tmpdir(), "pinched-stiefel-"));
const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const seconds = (value) => (value === undefined ? "–" : `${value.toPrecision(3)} s`);
const times = (other, mine) => (other === undefined ? "–" : `${(other / mine).toPrecision(3)} ×`);

function ran(lines) {
  const deck = join(folder, "deck.cir");
  writeFileSync(deck, ["t", ...lines, ".end", ""].join("\n"));
  const args = [program, "run", deck, "--no-plots", "--json", "--progress", "off", "-o", join(folder, "out")];
  const { seconds, output } = timedOutput(process.execPath, args);
  return { cpu: seconds, document: JSON.parse(output) };
}

function ours(truths, starts) {
  const lines = truths.flatMap((truth) => [
    `.train t${truth} rule=stiefel channel=c truth=${truth} iterations=20 runs=${starts}`,
    `.measure train m${truth} find t${truth}.error.median`,
  ]);
  const { cpu, document } = ran([".channel c in=4 out=2 kraus=8", ...lines]);
  return { cpu, ends: document.measures.map(({ value }) => value) };
}

const one = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
function numpy(how, truths, starts) {
  const args = [join(here, "stiefel.py"), how, String(starts), "20", ...truths];
  const { cpu, process: whole, ends } = JSON.parse(execFileSync("python3", args, { encoding: "utf8", env: one }));
  return { cpu: whole, inside: cpu, ends: ends.map(({ median }) => median) };
}

/** Starts differ, so that medians agree to what a thousand of them leave open. */
function checkAgreement(name, mine, theirs) {
  for (const [k, value] of theirs.ends.entries()) {
    if (Math.abs(value / mine.ends[k] - 1) > 0.1) throw new Error(`${name}: ${mine.ends[k]} here, ${value} in NumPy`);
  }
}

const all = Array.from({ length: 16 }, (_, k) => k.toString(2).padStart(4, "0"));
console.log("| 20 iterations | here | NumPy, one by one | | NumPy, stacked | | median at the end: here, NumPy |");
console.log("|---|---|---|---|---|---|---|");
const xor = ["XOR, 1000 starts", ["0110"], 1000];
const longer = [
  ["XOR, 10 000 starts", ["0110"], 10_000],
  ["all sixteen gates, 1000 starts each", all, 1000],
];
for (const [name, truths, starts] of quick ? [xor] : [xor, ...longer]) {
  const found = { ours: [], loop: [], batch: [] };
  for (let k = 0; k < repeats; k++) {
    found.ours.push(ours(truths, starts));
    if (!hasNumpy) continue;
    if (k === 0 || starts * truths.length === 1000) found.loop.push(numpy("loop", truths, starts)); // others take up to a minute
    found.batch.push(numpy("batch", truths, starts));
  }
  const mine = median(found.ours.map(({ cpu }) => cpu));
  const cells = [seconds(mine)];
  for (const list of [found.loop, found.batch]) {
    for (const theirs of list) checkAgreement(name, found.ours[0], theirs);
    const cpu = list.length > 0 ? median(list.map(({ cpu }) => cpu)) : undefined;
    const inside = list.length > 0 ? median(list.map(({ inside }) => inside)) : undefined;
    cells.push(`${seconds(cpu)} (${seconds(inside)})`, times(cpu, mine));
  }
  const ends = [found.ours, found.batch].map((list) => list[0]?.ends[0].toExponential(2) ?? "–").join(", ");
  console.log(`| ${name} | ${cells.join(" | ")} | ${ends} |`);
}

const training = ".train t rule=stiefel channel=net gate=parity";

/** The CPU time of an iteration: of a run with many of them, less one with few. */
function iteration(cards, runs, [few, many]) {
  const cpu = (iterations) =>
    median(
      Array.from({ length: repeats }, () => ran([...cards, `${training} runs=${runs} iterations=${iterations}`]).cpu),
    );
  return (cpu(many) - cpu(few)) / (many - few) / runs;
}

const tree = (bits) => [
  ...Array.from({ length: bits - 1 }, (_, k) => `.channel c${k + 1} in=4 out=2 kraus=2`),
  `.channel net = ${Array.from({ length: bits - 2 }).reduce((inner, _, k) => `c${k + 2}(${inner},x${k + 3})`, "c1(x1,x2)")}`,
];
const whole = (bits) => [`.channel net in=${2 ** bits} out=2 kraus=${2 ** bits}`];

console.log(
  "\n| parity of | numbers of a tree | of one channel | iteration of the tree | | iteration of the channel | |",
);
console.log("|---|---|---|---|---|---|---|");
let before;
for (const bits of quick ? [3, 4, 5] : [3, 4, 5, 6]) {
  const nodes = iteration(tree(bits), 20, [5, 105]);
  const large = iteration(whole(bits), 20, [5, 55]);
  const growth = (value, last) => (last === undefined ? "" : `× ${(value / last).toPrecision(2)}`);
  const micro = (value) => `${(value * 1e6).toPrecision(3)} µs`;
  const numbers = [(bits - 1) * 2 * 4 * 4, 2 * 2 * 4 ** bits];
  const cells = [micro(nodes), growth(nodes, before?.nodes), micro(large), growth(large, before?.large)];
  console.log(`| ${bits} bits | ${numbers.join(" | ")} | ${cells.join(" | ")} |`);
  before = { nodes, large };
}
rmSync(folder, { recursive: true });
