// npm run bench [-- --quick] [part …]: every table of times, one part after the other, on a machine that does nothing else. Writes
// results.md, learning-results.md and quantum-results.md beside this file, each with machine, versions and date, where all
// of a file's parts were run. --quick is passed to all parts: once each, smaller, what takes a peer over some five seconds left
// out; some two minutes in all, and nothing is written. Parts by their names: node test/speed/bench.mjs threads.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

const files = {
  "results.md": { title: "Speed", parts: { ngspice: "Beside ngspice", threads: "Runs of `.mc` in threads" } },
  "learning-results.md": {
    title: "Speed of learning",
    parts: {
      perceptrons: "Perceptrons",
      pulses: "Pulses through the circuit",
      stiefel: "Channels that learn on a Stiefel manifold",
      circuits: "Circuits of gates",
      reservoirs: "Reservoirs",
    },
  },
  "quantum-results.md": { title: "Speed of quantum registers", parts: { quantum: "Beside QuTiP" } },
};

// Where it is set, Node reads a file of certificates before it does anything, 30 ms long; no run has a use for them.
delete process.env.NODE_EXTRA_CA_CERTS;

const quick = process.argv.includes("--quick");
const chosen = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const known = Object.values(files).flatMap(({ parts }) => Object.keys(parts));
for (const word of chosen)
  if (!known.includes(word)) throw new Error(`There is no part ${word}: they are ${known.join(", ")}.`);

/** What a command prints as its version; undefined where it is not installed. */
function version(pattern, command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0 ? pattern.exec(stdout + stderr)?.[0] : undefined;
}

const peers = [
  ["ngspice", version(/(?<=ngspice-)\S+/, "ngspice", "--version")],
  ["NumPy", version(/\S+/, "python3", "-c", "import numpy; print(numpy.__version__)")],
  ["QuTiP", version(/\S+/, "/usr/bin/python3", "-c", "import qutip; print(qutip.__version__)")],
].map(([name, found]) => `${name} ${found ?? "not installed"}`);
const place = `${cpus()[0].model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${peers.join(", ")}`;

/** What a part says of itself: how it measures. */
const method = (part) =>
  readFileSync(join(import.meta.dirname, `${part}.mjs`), "utf8")
    .split(/^(?!\/\/)/m)[0]
    .replaceAll(/^\/\/ /gm, "")
    .trim();

/** Runs a part, shows what it prints as it comes, and gives it. */
function run(part) {
  const args = [join(import.meta.dirname, `${part}.mjs`), ...(quick ? ["--quick"] : [])];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (piece) => {
    text += piece;
    process.stdout.write(piece);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(text) : reject(new Error(`${part} ended with ${code}`))));
  });
}

console.log(place);
for (const [file, { title, parts }] of Object.entries(files)) {
  const wanted = Object.entries(parts).filter(([name]) => chosen.length === 0 || chosen.includes(name));
  const sections = [];
  for (const [name, heading] of wanted) {
    const from = performance.now();
    console.log(`\n## ${heading}\n`);
    sections.push(`## ${heading}\n\n${method(name)}\n\n${(await run(name)).trim()}\n`);
    console.error(`${name}: ${((performance.now() - from) / 1000).toFixed(0)} s`);
  }
  if (quick || wanted.length < Object.keys(parts).length) continue;
  const head = `# ${title}\n\nWritten by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${place}.`;
  writeFileSync(join(import.meta.dirname, file), `${head}\n\n${sections.join("\n")}`);
}
