// npm run bench [-- --quick]: times whole processes of pinched and, where it is installed, of ngspice, one after the
// other in the same run, and compares what they found. Writes test/speed/results.md.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { crossbar, ladder, single } from "./decks.mjs";
import { deviation, readRaw } from "./raw.mjs";
import { timed } from "./timed.mjs";

const quick = process.argv.includes("--quick");
const repeats = quick ? 1 : 5;
const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "pinched-bench-"));
const hasPeer = spawnSync("ngspice", ["--version"]).status === 0;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const ours = (deck, raw) => timed(process.execPath, [join(root, "bin/pinched.js"), "-b", deck, "-r", raw]);
const peer = (deck, raw) => timed("ngspice", ["-b", "-r", raw, deck]);

/** Runs a deck on both sides in turn; gives medians of CPU seconds and the raw files. */
function sideBySide(name, text, times = repeats, withPeer = hasPeer) {
  const deck = join(folder, `${name}.cir`);
  writeFileSync(deck, text);
  const raw = { ours: join(folder, `${name}.ours.raw`), peer: join(folder, `${name}.peer.raw`) };
  const seconds = { ours: [], peer: [] };
  for (let k = 0; k < times; k++) {
    seconds.ours.push(ours(deck, raw.ours));
    if (withPeer) seconds.peer.push(peer(deck, raw.peer));
  }
  return { ours: median(seconds.ours), peer: withPeer ? median(seconds.peer) : undefined, raw };
}

const rows = [];
const say = (name, { ours: mine, peer: theirs }, errorOurs, errorPeer) => {
  const row = { name, ours: mine, peer: theirs, errorOurs, errorPeer };
  rows.push(row);
  console.error(line(row));
};
const seconds = (s) => (s === undefined ? "–" : `${s.toPrecision(3)} s`);
const error = (e) => (e === undefined ? "–" : e.toExponential(1));
const line = ({ name, ours: mine, peer: theirs, errorOurs, errorPeer }) =>
  `| ${name} | ${seconds(mine)} | ${seconds(theirs)} | ${theirs === undefined ? "–" : `${(theirs / mine).toPrecision(2)} ×`} | ${error(errorOurs)} | ${error(errorPeer)} |`;

function benchSingle(periods) {
  const run = sideBySide("single", single(periods, 100));
  const drift = (file) => {
    const { names, columns } = readRaw(file);
    const x = columns[names.indexOf("v(x1.x)")];
    return Math.abs(x.at(-1) - 0.1) / 0.1;
  };
  say(
    `1 memristor, ${periods} periods (error: drift of the state)`,
    run,
    drift(run.raw.ours),
    run.peer && drift(run.raw.peer),
  );
}

function benchCrossbar(n) {
  const run = sideBySide(`crossbar${n}`, crossbar(n), n >= 32 ? 1 : repeats);
  const tight = join(folder, `crossbar${n}.tight`);
  writeFileSync(`${tight}.cir`, crossbar(n, { options: "reltol=1e-6" }));
  ours(`${tight}.cir`, `${tight}.raw`);
  const from = (file) => deviation(readRaw(file), readRaw(`${tight}.raw`));
  say(
    `crossbar ${n} × ${n}, 1000 points (error: sense voltages)`,
    run,
    from(run.raw.ours),
    run.peer && from(run.raw.peer),
  );
}

function benchStart() {
  const bare = Array.from({ length: 11 }, () => timed(process.execPath, ["-e", ""]));
  const help = Array.from({ length: 11 }, () => timed(process.execPath, [join(root, "bin/pinched.js"), "--help"]));
  console.error(`start: bare node ${median(bare)} s, pinched --help ${median(help)} s`);
  return { bare: median(bare), help: median(help) };
}

benchSingle(1000);
for (const n of [8, 16, ...(quick ? [] : [32])]) benchCrossbar(n);
say("50 000 cards, .op", sideBySide("ladder", ladder(50_000)));
const start = benchStart();
rmSync(folder, { recursive: true });

const version = hasPeer
  ? /ngspice-\S+/.exec(execFileSync("ngspice", ["--version"], { encoding: "utf8" }))?.[0]
  : "not installed";
const report = `# Speed

Written by \`npm run bench${quick ? " -- --quick" : ""}\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0].model.trim()}, Node ${process.version}, peer: ${version}.
CPU seconds (user and system) of whole cold processes, both sides in turn in one run, median of ${repeats}
(of one from 32 × 32 on). Ratio: peer ÷ ours. Both at their default tolerances; errors against the exact state or
against a run ten times tighter or more, over the largest signal.

| benchmark | pinched | ngspice | ratio | error, pinched | error, ngspice |
|---|---|---|---|---|---|
${rows.map(line).join("\n")}

Start-up: \`pinched --help\` takes ${Math.round(1000 * start.help)} ms, bare \`node\` ${Math.round(1000 * start.bare)} ms (CPU, median of 11).
`;
writeFileSync(join(import.meta.dirname, "results.md"), report);
console.log(report);
