// node test/speed/reservoirs.mjs [--quick]: times Fujii and Nakajima's reservoir of five qubits, by `pinched run` (cold processes, with
// all files that they write but pictures), by NumPy, which knows this one reservoir, and once by QuTiP, which knows registers as we
// do, one after the other in the same run. CPU seconds of whole processes; of Python also the work alone, without its imports.
// Needs a build, python3 and NumPy; QuTiP (python3-qutip) where it is installed, for up to 3000 rows: ten times as many would take minutes.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { timedOutput } from "./timed.mjs";

const quick = process.argv.includes("--quick");
const repeats = quick ? 1 : 5;
const here = import.meta.dirname;
const program = resolve(here, "../../bin/pinched.js");
const folder = mkdtempSync(join(tmpdir(), "pinched-reservoirs-"));
// One thread on either side; children take it from here. QuTiP has a number of its own, and its threads count while they wait for each other.
for (const name of ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "QUTIP_NUM_PROCESSES"])
  process.env[name] = "1";
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const deck = (task, rows, parts) => `Five qubits
.dataset ts task=${task === "timer" ? `timer length=${rows} at=200 delay=20` : `narma2 length=${rows} seed=12345`}
.quantum r
.for i = 0 to 4
qubit q{i} bloch=(0,0,0)
hamiltonian {-0.5*sz(q{i})}
.endfor
.for i = 0 to 3
.for j = i+1 to 4
hamiltonian {(lcg(7,4*i-i*(i-1)/2+j-i)-0.5)*sx(q{i})*sx(q{j})}
.endfor
.endfor
input q0 from=ts.u period=4
.endquantum
.train t rule=ridge data=ts features=(ex({-sz(q0)}) ex({-sz(q1)}) ex({-sz(q2)}) ex({-sz(q3)}) ex({-sz(q4)})) multiplex=${parts}
+ ${task === "timer" ? `washout=150 fit=${rows - 150} test=0 ridge=1e-9 metrics=(r2)` : `washout=200 fit=${rows - 1200} test=1000 ridge=1e-10 metrics=(nmse)`}
.measure train figure find t.${task === "timer" ? "r2" : "nmse.by_variance"}
.end
`;

function ours(task, rows, parts) {
  const file = join(folder, `${task}-${rows}.cir`);
  writeFileSync(file, deck(task, rows, parts));
  const out = join(folder, "out");
  const args = [program, "run", file, "--no-plots", "--progress", "off", "-o", out];
  const { seconds } = timedOutput(process.execPath, args);
  const { measures } = JSON.parse(readFileSync(join(out, `${task}-${rows}.measure.json`), "utf8"));
  return { whole: seconds, figure: measures.find(({ name }) => name === "figure").value };
}

function peer(python, script, task, rows, parts) {
  const { seconds, output } = timedOutput(
    python,
    [join(here, script), task, rows, parts, join(folder, "features.csv")].map(String),
  );
  return { whole: seconds, ...JSON.parse(output) };
}
const qutipPython = ["/usr/bin/python3", "python3"].find((one) => spawnSync(one, ["-c", "import qutip"]).status === 0);

console.log("| reservoir | here | NumPy | | NumPy without imports | | QuTiP | | figure: here, NumPy, QuTiP |");
console.log("|---|---|---|---|---|---|---|---|---|");
for (const [task, rows, parts] of [
  ["timer", 350, 10],
  ["narma2", 3000, 10],
  ...(quick ? [] : [["narma2", 30000, 10]]),
]) {
  const found = { ours: [], numpy: [] };
  for (let k = 0; k < repeats; k++) {
    found.ours.push(ours(task, rows, parts));
    found.numpy.push(peer("python3", "reservoir.py", task, rows, parts));
  }
  const qutip =
    qutipPython && rows <= 3000 && !quick ? peer(qutipPython, "reservoir-qutip.py", task, rows, parts) : undefined;
  const mine = median(found.ours.map(({ whole }) => whole));
  const whole = median(found.numpy.map((it) => it.whole));
  const work = median(found.numpy.map(({ cpu }) => cpu));
  const seconds = (value) => `${value.toPrecision(3)} s`;
  const times = (value) => `${(value / mine).toPrecision(3)} ×`;
  const figures = [found.ours[0], found.numpy[0], ...(qutip ? [qutip] : [])].map((it) => it.figure.toPrecision(4)).join(", "); // biome-ignore format: one thought
  console.log(`| ${task}, ${rows} rows in ${parts} parts | ${[seconds(mine), seconds(whole), times(whole), seconds(work), times(work), qutip ? seconds(qutip.whole) : "–", qutip ? times(qutip.whole) : "–", figures].join(" | ")} |`); // biome-ignore format: one thought
}
rmSync(folder, { recursive: true });
