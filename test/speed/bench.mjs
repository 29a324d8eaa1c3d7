// node test/speed/bench.mjs [--quick | --wide]: times whole processes of pinched and, where it is installed, of ngspice, one
// after the other in the same run, and compares what they found. Writes test/speed/results.md and its pictures.
// --quick leaves out what takes the peer over a quarter of a minute; --wide takes the 64 × 64 crossbar with the peer too.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  crossbar,
  diodeChain,
  ladder,
  lcLine,
  monteCarlo,
  rcLadder,
  readVectors,
  single,
  singleDevice,
  staticReads,
} from "./decks.mjs";
import { drawScaling, drawWorkPrecision } from "./figures.mjs";
import { deviation, readRaw } from "./raw.mjs";
import { timed } from "./timed.mjs";

const quick = process.argv.includes("--quick");
const wide = process.argv.includes("--wide");
const root = resolve(import.meta.dirname, "../..");
const program = join(root, "bin/pinched.js");
const folder = mkdtempSync(join(tmpdir(), "pinched-bench-"));
const hasPeer = spawnSync("ngspice", ["--version"]).status === 0;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const ours = (deck, raw) => timed(process.execPath, [program, "-b", deck, "-r", raw]);
const peer = (deck, raw) => timed("ngspice", ["-b", "-r", raw, deck]);

/** CPU seconds of reading, solving and writing, and the largest memory in MB, of a run of ours. */
function phases(deck) {
  const told = "process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))";
  const run = spawnSync(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${told}`,
      program,
      "run",
      deck,
      "--no-plots",
      "--format",
      "raw",
      "--out",
      folder,
      "--json",
    ],
    { encoding: "utf8", maxBuffer: 2 ** 29 },
  );
  const { cpu, results } = JSON.parse(run.stdout);
  const count = (what) => results.reduce((sum, { statistics }) => sum + statistics[what], 0);
  return {
    ...cpu,
    peak: Number(/peak (\d+)/.exec(run.stderr)[1]) / 1024,
    steps: count("steps"),
    factorizations: count("factorizations"),
  };
}

function deckOf(name, text) {
  const path = join(folder, `${name}.cir`);
  writeFileSync(path, text);
  return path;
}

/**
 * A row of the table.
 *
 * @param own our netlist
 * @param peers the peer's; undefined where the row has none
 * @param truth a netlist of ours that is solved ten times more tightly or more, for the errors of both
 * @param errorOf what to call the error of a raw file instead
 */
function row({ name, own, peers, repeats = quick ? 1 : 5, truth, errorOf, must }) {
  const [deck, theirs] = [deckOf("ours", own), peers && hasPeer ? deckOf("peers", peers) : undefined];
  const raw = { ours: join(folder, "ours.raw"), peer: join(folder, "peer.raw") };
  const seconds = { ours: [], peer: [] };
  for (let k = 0; k < repeats; k++) {
    seconds.ours.push(ours(deck, raw.ours));
    if (theirs) seconds.peer.push(peer(theirs, raw.peer));
  }
  let error = errorOf;
  if (truth !== undefined) {
    ours(deckOf("truth", truth), join(folder, "truth.raw"));
    error = (file) => deviation(readRaw(file), readRaw(join(folder, "truth.raw")));
  }
  const found = {
    name,
    must,
    ours: median(seconds.ours),
    peer: theirs && median(seconds.peer),
    phases: phases(deck),
    errorOurs: error?.(raw.ours),
    errorPeer: theirs && error?.(raw.peer),
  };
  rows.push(found);
  console.error(line(found));
  return found;
}

const rows = [];
const seconds = (s) => (s === undefined ? "–" : `${s.toPrecision(3)} s`);
const error = (e) => (e === undefined ? "–" : e.toExponential(1));
const ratio = (a, b) => (a === undefined ? "–" : `${(a / b).toPrecision(2)} ×`);
const line = ({
  name,
  must,
  ours: mine,
  peer: theirs,
  phases: { reading, solving, writing, peak, steps },
  ...errors
}) =>
  `| ${[
    name,
    seconds(mine),
    seconds(theirs),
    ratio(theirs, mine),
    ratio(theirs, reading + solving),
    must,
    `${[reading, solving, writing].map((s) => s.toPrecision(2)).join(" / ")}`,
    `${Math.round(peak)} MB`,
    steps || "–",
    error(errors.errorOurs),
    error(errors.errorPeer),
  ].join(" | ")} |`;

/** Tolerances of ours at which its error is about that of the peer at its defaults, or smaller. */
const loose = ".options reltol=5e-3";
const tight = ".options reltol=1e-6";

function crossbarRow(n, { withPeer = true, repeats, points = 1000, must, form = "device", drive, more, tells = "" }) {
  const deck = (of, options) => crossbar(n, { form: of, points, drive, more: options });
  return row({
    name: `crossbar ${n} × ${n}, ${points} points${tells}`,
    own: deck(form, more ? `${loose} ${more}` : loose),
    peers: withPeer ? deck(form === "published" ? form : "subcircuit", "") : undefined,
    repeats: quick ? 1 : repeats,
    truth: n <= 64 ? deck("device", tight) : undefined,
    must,
  });
}

/** Crossbars of growing size: the peer's part stops where it takes minutes. */
function crossbars() {
  const sizes = [
    crossbarRow(8, { must: "–" }),
    crossbarRow(16, { must: "5 ×" }),
    crossbarRow(32, { must: "30 ×", repeats: 5, withPeer: !quick }),
    crossbarRow(64, { must: "120 ×", repeats: 1, withPeer: wide }),
    ...(quick ? [] : [crossbarRow(128, { must: "6 s, 300 MB", repeats: 1, withPeer: false })]),
  ];
  const [small, large] = [sizes[2], sizes.at(-1)];
  const side = (it) => Number(/\d+/.exec(it.name)[0]);
  const whole = ({ phases: { reading, solving, writing } }) => reading + solving + writing;
  const growth = Math.log(whole(large) / whole(small)) / Math.log((side(large) / side(small)) ** 2);
  if (!quick) crossbarRow(256, { must: "60 s, 1500 MB", repeats: 1, withPeer: false, points: 100 });
  crossbarRow(32, { must: "10 ×", repeats: 1, withPeer: !quick, drive: 8, tells: ", driven into both walls" });
  crossbarRow(32, { must: "20 ×", repeats: 1, withPeer: !quick, form: "subcircuit", tells: ", cells as subcircuits" });
  const cells = { must: "20 ×", repeats: 1, form: "published" };
  crossbarRow(32, { ...cells, withPeer: !quick, tells: ", cells of five elements as published" });
  for (const n of quick ? [32] : [32, 64, 128]) {
    const more = "recognise=no";
    crossbarRow(n, { ...cells, must: "–", withPeer: false, tells: ", as published, not recognised", more });
    if (n > 32) crossbarRow(n, { ...cells, must: "–", withPeer: false, tells: ", as published" });
  }
  return { sizes, growth, from: side(small), to: side(large) };
}

function sameSteps() {
  const more = ".options method=trap reltol=0.1"; // the loosest there is: no step is shorter than the longest one
  row({
    name: "crossbar 32 × 32, steps and order of the peer (1000 a period, trapezoidal)",
    own: crossbar(32, { form: "device", more, most: 2e-3 }),
    peers: quick ? undefined : crossbar(32),
    repeats: 1,
    truth: crossbar(32, { form: "device", more: tight }),
    must: "15 × (solving)",
  });
}

function single1000() {
  const drift = (file) => {
    const { names, columns } = readRaw(file);
    const x = columns[names.findIndex((name) => /x1?\.?x|x\(m1\)/.test(name))];
    return Math.abs(x.at(-1) - 0.1) / 0.1;
  };
  row({
    name: "1 memristor, 1000 periods, 10⁵ points (error: drift of the state)",
    own: singleDevice(1000, 100),
    peers: single(1000, 100),
    errorOf: drift,
    must: "15 × read and solved, 3 × cold",
  });
}

function chains() {
  for (const [name, deck] of [
    ["RC ladder of 10 000", rcLadder(10_000)],
    ["diode chain of 1000", diodeChain(1000)],
    ["LC line of 1000", lcLine(1000)],
  ]) {
    const own = deck.replace(".end\n", `${loose}\n.end\n`);
    row({
      name,
      own,
      peers: deck,
      repeats: quick ? 1 : 3,
      truth: deck.replace(".end\n", `${tight}\n.end\n`),
      must: "1 ×",
    });
  }
}

function reads() {
  const count = 1000;
  const data = join(folder, "vectors.csv");
  writeFileSync(data, readVectors(64, count));
  row({ name: `64 × 64 cells, ${count} static reads`, own: staticReads(64, data), must: "0.3 s solving", repeats: 3 });
}

function start() {
  const bare = Array.from({ length: 11 }, () => timed(process.execPath, ["-e", ""]));
  const help = Array.from({ length: 11 }, () => timed(process.execPath, [program, "--help"]));
  return { bare: median(bare), help: median(help) };
}

/** Error over time of a 16 × 16 crossbar, both sides at several tolerances. */
function workPrecision() {
  const truth = join(folder, "truth.raw");
  ours(deckOf("truth", crossbar(16, { form: "device", more: ".options reltol=1e-8" })), truth);
  const at = (side, form, options) =>
    options.map((more) => {
      const deck = deckOf("point", crossbar(16, { form, ...more }));
      const raw = join(folder, "point.raw");
      const cpu = side(deck, raw);
      return { cpu, error: deviation(readRaw(raw), readRaw(truth)) };
    });
  const tolerances = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5].map((reltol) => ({ more: `.options reltol=${reltol}` }));
  const points = [100, 300, 1000, ...(quick ? [] : [3000])].map((count) => ({ points: count }));
  return { pinched: at(ours, "device", tolerances), ngspice: hasPeer ? at(peer, "subcircuit", points) : [] };
}

const { sizes, growth, from, to } = crossbars();
sameSteps();
single1000();
row({
  name: "1000 devices of Monte-Carlo, a period each",
  own: monteCarlo.ours(1000),
  peers: quick ? undefined : monteCarlo.peer(1000),
  repeats: 1,
  must: "100 × read and solved, 20 × cold",
});
chains();
row({ name: "50 000 cards, .op", own: ladder(50_000), peers: ladder(50_000), must: "0.7 ×" });
reads();
const begun = start();
drawScaling(sizes);
drawWorkPrecision(workPrecision());
rmSync(folder, { recursive: true });

const version = hasPeer
  ? /ngspice-\S+/.exec(execFileSync("ngspice", ["--version"], { encoding: "utf8" }))?.[0]
  : "not installed";
const report = `# Speed

Written by \`node test/speed/bench.mjs ${process.argv.slice(2).join(" ")}\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0].model.trim()}, Node ${process.version}, peer: ${version}.
CPU seconds (user and system) of whole cold processes, both sides in turn in one run, median of five, of one or three where
a run takes long. Ratio: peer ÷ ours, of whole processes, and of the peer's whole process to our reading and solving alone.
Crossbars: window exponent 1, two periods, the sense voltages as a raw file; ours of its own memristor but where the row says
otherwise, the peer's of the published subcircuit. Tolerances: the peer's defaults; ours \`reltol=5e-3\` on crossbars and chains,
else the default. Errors: the largest deviation of what is saved from a run at \`reltol=1e-6\`, over the largest signal.

| benchmark | pinched | ngspice | ratio | read and solved | asked | reading / solving / writing, s | memory | steps | error, pinched | error, ngspice |
|---|---|---|---|---|---|---|---|---|---|---|
${rows.map(line).join("\n")}

Growth of the time of a crossbar with its memristors, ${from} to ${to} a side: n^${growth.toFixed(2)} (asked: n^1.20).
Start-up: \`pinched --help\` takes ${Math.round(1000 * begun.help)} ms, bare \`node\` ${Math.round(1000 * begun.bare)} ms (CPU, median of 11; asked: 80 ms above).

![CPU seconds over the number of memristors](scaling.svg)
![error over CPU seconds](work-precision.svg)
`;
writeFileSync(join(import.meta.dirname, "results.md"), report);
console.log(report);
