// node test/speed/circuits.mjs [--quick]: times circuits that learn bars and stripes, two layers, 150 epochs, 12, 100 and 400
// starts, by `pinched run` (cold processes with all that they write but pictures; slopes carried back, and by shifts) and by
// NumPy with all shifted circuits in one array. CPU seconds of whole processes: Node's start and ours, NumPy's import.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { timedOutput } from "./timed.mjs";

const quick = process.argv.includes("--quick"); // once, and few starts
const repeats = quick ? 1 : 5;
const here = import.meta.dirname;
// One thread on either side; children take it from here.
for (const name of ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]) process.env[name] = "1";
const program = resolve(here, "../../bin/pinched.js");
const folder = mkdtempSync(join(tmpdir(), "pinched-circuits-"));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const netlist = (slopes, epochs, runs) => `Bars and stripes
.quantum c
.for q = 0 to 3
qubit q{q}
.endfor
.for k = 0 to 2
.for q = 0 to 3
weight z{k}_{q}
weight y{k}_{q}
gate rz q{q} z{k}_{q}
gate ry q{q} y{k}_{q}
.endfor
.if k < 2
.for q = 0 to 2
.for p = q+1 to 3
gate cz q{q} q{p}
.endfor
.endfor
.endif
.endfor
.endquantum
.dataset d inputs=(a,b,c,d) targets=(p)
+ (0 0 0 0 {1/6}) (1 1 1 1 {1/6}) (0 1 0 1 {1/6}) (1 0 1 0 {1/6}) (0 0 1 1 {1/6}) (1 1 0 0 {1/6})
.train t rule=gradient data=d cost=kl outputs=(q0 q1 q2 q3) optimizer=adam epochs=${epochs} runs=${runs} slopes=${slopes}
.measure train last find t.error.median
.end
`;

function ours(slopes, epochs, runs) {
  const deck = join(folder, "bars.cir");
  writeFileSync(deck, netlist(slopes, epochs, runs));
  const args = [program, "run", deck, "--no-plots", "--json", "--progress", "off", "-o", join(folder, "out")];
  const { seconds, output } = timedOutput(process.execPath, args);
  return { cpu: seconds, error: JSON.parse(output).measures.find(({ name }) => name === "last").value };
}

function numpy(epochs, runs) {
  const { seconds, output } = timedOutput("python3", [join(here, "circuits.py"), "2", `${epochs}`, `${runs}`]);
  return { cpu: seconds, error: JSON.parse(output).error };
}

console.log("| starts | carried back | by shifts | NumPy, by shifts | | median divergence at the end: here, NumPy |");
console.log("|---|---|---|---|---|---|");
for (const runs of quick ? [12, 100] : [12, 100, 400]) {
  const found = { back: [], shift: [], numpy: [] };
  for (let k = 0; k < repeats; k++) {
    found.back.push(ours("adjoint", 150, runs));
    found.shift.push(ours("shift", 150, runs));
    found.numpy.push(numpy(150, runs));
  }
  const [back, shift, other] = [found.back, found.shift, found.numpy].map((list) => median(list.map(({ cpu }) => cpu)));
  const seconds = [back, shift, other].map((value) => `${value.toPrecision(3)} s`).join(" | ");
  const ratios = `${(other / back).toPrecision(3)} ×, ${(other / shift).toPrecision(3)} ×`;
  const errors = [found.back, found.numpy].map(([first]) => first.error.toPrecision(3)).join(", ");
  console.log(`| ${runs} | ${seconds} | ${ratios} | ${errors} |`);
}
rmSync(folder, { recursive: true });
