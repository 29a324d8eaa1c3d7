// node test/speed/ngspice.mjs [--quick]: times whole processes of pinched and, where it is installed, of ngspice, one after the
// other in the same run, compares what they found, and prints a table; draws scaling.svg and work-precision.svg.
// --quick: once each, smaller, nothing that takes the peer over five seconds, and no pictures. Needs a build.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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
function row({ name, own, peers, repeats = 5, truth, errorOf, must }) {
  const [deck, theirs] = [deckOf("ours", own), peers && hasPeer ? deckOf("peers", peers) : undefined];
  const raw = { ours: join(folder, "ours.raw"), peer: join(folder, "peer.raw") };
  const seconds = { ours: [], peer: [] };
  for (let k = 0; k < (quick ? 1 : repeats); k++) {
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
/** The loosest there is, where the error of ours is still far below that of the peer. */
const loosest = ".options reltol=0.1";
const tight = ".options reltol=1e-6";

function crossbarRow(n, { withPeer = true, repeats, points = 1000, must, form = "device", drive, more, tells = "" }) {
  const deck = (of, options) => crossbar(n, { form: of, points, drive, more: options });
  return row({
    name: `crossbar ${n} × ${n}, ${points} points${tells}`,
    own: deck(form, more ? `${loose} ${more}` : loose),
    peers: withPeer ? deck(form === "published" ? form : "subcircuit", "") : undefined,
    repeats,
    truth: n <= 64 ? deck("device", tight) : undefined,
    must,
  });
}

/** Crossbars of growing size, of cells in several forms. */
function crossbars() {
  const sizes = [crossbarRow(8, { must: "–" }), crossbarRow(16, { must: "5 ×" })];
  sizes.push(crossbarRow(32, { must: "30 ×", withPeer: !quick }));
  if (quick) {
    crossbarRow(16, { must: "10 ×", drive: 8, tells: ", driven into both walls" });
    crossbarRow(16, { must: "20 ×", form: "published", tells: ", cells of five elements as published" });
    return undefined;
  }
  sizes.push(crossbarRow(64, { must: "120 ×", repeats: 1 })); // the peer takes minutes
  sizes.push(crossbarRow(128, { must: "6 s, 300 MB", repeats: 1, withPeer: false }));
  const [small, large] = [sizes[2], sizes.at(-1)];
  const side = (it) => Number(/\d+/.exec(it.name)[0]);
  const whole = ({ phases: { reading, solving, writing } }) => reading + solving + writing;
  const growth = Math.log(whole(large) / whole(small)) / Math.log((side(large) / side(small)) ** 2);
  crossbarRow(256, { must: "60 s, 1500 MB", repeats: 1, withPeer: false, points: 100 });
  crossbarRow(32, { must: "10 ×", repeats: 1, drive: 8, tells: ", driven into both walls" });
  crossbarRow(32, { must: "20 ×", repeats: 1, form: "subcircuit", tells: ", cells as subcircuits" });
  const cells = { must: "20 ×", repeats: 1, form: "published" };
  crossbarRow(32, { ...cells, tells: ", cells of five elements as published" });
  for (const n of [32, 64, 128]) {
    const more = "recognise=no";
    crossbarRow(n, { ...cells, must: "–", withPeer: false, tells: ", as published, not recognised", more });
    if (n > 32) crossbarRow(n, { ...cells, must: "–", withPeer: false, tells: ", as published" });
  }
  return { sizes, growth, from: side(small), to: side(large) };
}

function sameSteps() {
  const n = quick ? 16 : 32;
  const more = ".options method=trap reltol=0.1"; // the loosest there is: no step is shorter than the longest one
  row({
    name: `crossbar ${n} × ${n}, steps and order of the peer (1000 a period, trapezoidal)`,
    own: crossbar(n, { form: "device", more, most: 2e-3 }),
    peers: crossbar(n),
    repeats: 1,
    truth: crossbar(n, { form: "device", more: tight }),
    must: "15 × (solving)",
  });
}

function single1000() {
  const drift = (file) => {
    const { names, columns } = readRaw(file);
    const x = columns[names.findIndex((name) => /x1?\.?x|x\(m1\)/.test(name))];
    return Math.abs(x.at(-1) - 0.1) / 0.1;
  };
  const deck = singleDevice(1000, 100);
  const must = "15 × read and solved, 3 × cold";
  const name = "1 memristor, 1000 periods, 10⁵ points";
  row({
    name: `${name} (error: drift of the state)`,
    own: loosely(deck),
    peers: single(1000, 100),
    errorOf: drift,
    must,
  });
  row({ name: `${name}, at the default tolerance`, own: deck, errorOf: drift, must: "–" });
}

/** A period each of many devices that scatter; without the peer, which has other draws, in quick runs. */
function devices() {
  const runs = 1000;
  row({
    name: `${runs} devices of Monte-Carlo, a period each`,
    own: loosely(monteCarlo.ours(runs)),
    peers: quick ? undefined : monteCarlo.peer(runs),
    must: "100 × read and solved, 20 × cold",
  });
}

/** A deck of ours at a tolerance at which its error is about that of the peer, or smaller. */
const loosely = (deck, tolerance = loose) => deck.replace(".end\n", `${tolerance}\n.end\n`);

function chains() {
  const cells = quick ? 200 : 1000;
  for (const [name, deck, tolerance] of [
    [`RC ladder of ${10 * cells}`, rcLadder(10 * cells), loose],
    [`diode chain of ${cells}, reltol=0.1`, diodeChain(cells), loosest],
    [`LC line of ${cells}, reltol=0.1`, lcLine(cells), loosest],
  ]) {
    row({
      name,
      own: loosely(deck, tolerance),
      peers: deck,
      repeats: 3,
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
  const count = { length: quick ? 3 : 11 };
  const bare = Array.from(count, () => timed(process.execPath, ["-e", ""]));
  const help = Array.from(count, () => timed(process.execPath, [program, "--help"]));
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
  const points = [100, 300, 1000, 3000].map((count) => ({ points: count }));
  return { pinched: at(ours, "device", tolerances), ngspice: hasPeer ? at(peer, "subcircuit", points) : [] };
}

const grown = crossbars();
sameSteps();
single1000();
devices();
chains();
row({ name: "50 000 cards, .op", own: ladder(50_000), peers: ladder(50_000), must: "0.7 ×" });
reads();
const begun = start();
if (grown !== undefined) {
  drawScaling(grown.sizes);
  drawWorkPrecision(workPrecision());
}
rmSync(folder, { recursive: true });
console.log(`CPU seconds (user and system) of whole cold processes, both sides in turn in one run, median of five, of three or one where
a run takes long; reading, solving, writing, memory and steps are of one run more, with \`--json\`. Ratio: peer ÷
ours, of whole processes, and of the peer's whole process to our reading and solving alone.
Crossbars: window exponent 1, two periods, the sense voltages as a raw file; ours of its own memristor but where the row says
otherwise, the peer's of the published subcircuit. Tolerances: the peer's defaults; ours \`reltol=5e-3\` but where the row says
otherwise. Errors: the largest deviation of what is saved from a run at \`reltol=1e-6\`, over the largest signal.

| benchmark | pinched | ngspice | ratio | read and solved | asked | reading / solving / writing, s | memory | steps | error, pinched | error, ngspice |
|---|---|---|---|---|---|---|---|---|---|---|
${rows.map(line).join("\n")}

${grown ? `Growth of the time of a crossbar with its memristors, ${grown.from} to ${grown.to} a side: n^${grown.growth.toFixed(2)} (asked: n^1.20).\n` : ""}Start-up: \`pinched --help\` takes ${Math.round(1000 * begun.help)} ms, bare \`node\` ${Math.round(1000 * begun.bare)} ms (CPU, median; asked: 80 ms above).

![CPU seconds over the number of memristors](scaling.svg)
![error over CPU seconds](work-precision.svg)`);
