// node test/speed/threads.mjs [--quick]: what threads gain on runs of .mc. Cold processes with all that they write but
// pictures, with one thread and with `--threads` as many as there are cores in turn: seconds on the wall, CPU seconds of all
// threads, and whether the files are the same. Worth something on a machine with idle cores alone. Needs a build.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { timedOutput } from "./timed.mjs";

const quick = process.argv.includes("--quick");
const repeats = quick ? 1 : 3;
const program = resolve(import.meta.dirname, "../../bin/pinched.js");
const folder = mkdtempSync(join(tmpdir(), "pinched-threads-"));
process.env.SOURCE_DATE_EPOCH = "0";
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const clipper = (runs) => `A clipper with a memristor that has thresholds
V1 in 0 sin(0 1 10)
R1 in a {gauss(1k,0.1,1)}
D1 a b dd
C1 b 0 1u
YMEMRISTOR m1 b 0 hp x0={gauss(0.3,0.1,1)}
.model hp memristor(kind=vteam)
.model dd d(is=1f)
.tran 1m 0.1
.measure tran most max v(b)
.mc ${runs}
`;

const crossbar = (n, runs) => `A crossbar of ${n} x ${n} cells
.for i = 1 to ${n}
V{i} r{i}_0 0 sin(0 {0.5+0.5*i/${n}} 10)
Rs{i} c${n}_{i} 0 10
.for j = 1 to ${n}
Ra{i}_{j} r{i}_{j-1} r{i}_{j} 2
YMEMRISTOR m{i}_{j} r{i}_{j} c{i}_{j} hp x0={gauss(0.3,0.1,1)}
.if {i<${n}}
Rc{i}_{j} c{i}_{j} c{i+1}_{j} 2
.endif
.endfor
.endfor
.model hp memristor(kind=linear_drift)
.tran 1m 0.1
.save v(c${n}_1)
.mc ${runs}
`;

function once(name, threads) {
  const out = join(folder, `${name}-${threads}`);
  const from = performance.now();
  const { seconds } = timedOutput(process.execPath, [
    program,
    "run",
    join(folder, `${name}.cir`),
    "--no-plots",
    "--progress",
    "off",
    "--quiet",
    "--threads",
    String(threads),
    "-o",
    out,
  ]);
  return { wall: (performance.now() - from) / 1000, cpu: seconds, data: readFileSync(join(out, `${name}.tran.csv`)) };
}

const cores = availableParallelism();
const decks = quick
  ? { clipper: clipper(60), small: crossbar(8, 8) }
  : { clipper: clipper(1000), small: crossbar(16, 40), large: crossbar(24, 24) };
console.log(`| runs | 1 thread: wall, CPU s | ${cores} threads: wall, CPU s | 1 ÷ ${cores}, wall | files |`);
console.log("|---|---|---|---|---|");
for (const [name, text] of Object.entries(decks)) {
  writeFileSync(join(folder, `${name}.cir`), text);
  const found = Array.from({ length: repeats }, () => [once(name, 1), once(name, cores)]);
  const of = (k, what) => median(found.map((pair) => pair[k][what]));
  const same = found.every(([one, two]) => one.data.equals(two.data));
  const [runs] = /\.mc (\d+)/.exec(text).slice(1);
  const cells = [0, 1].map((k) => `${of(k, "wall").toFixed(2)}, ${of(k, "cpu").toFixed(2)}`);
  const ratio = (of(0, "wall") / of(1, "wall")).toFixed(2);
  console.log(
    `| ${text.split("\n")[0]}, ${runs} runs | ${cells.join(" | ")} | ${ratio} | ${same ? "the same" : "DIFFERENT"} |`,
  );
}
rmSync(folder, { recursive: true });
