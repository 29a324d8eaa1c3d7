// npm run agreement: sweeps, noise and harmonics of still-circuits.ts by ngspice, kept as golden data for machines
// without it (test/golden/ngspice-still.json). test/agreement-still.test.ts compares.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { peerStillDeck, stillAgreements } from "./still-circuits.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "pinched-agreement-"));

function ngspice(deck) {
  const file = join(folder, "peer.cir");
  writeFileSync(file, deck);
  return execFileSync("ngspice", ["-b", file], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

/** `wrdata` writes each column behind a copy of the axis. */
function columnsOf(names) {
  const rows = readFileSync(join(folder, "out"), "utf8").trim().split("\n");
  const numbers = rows.map((row) => row.trim().split(/\s+/).map(Number));
  return Object.fromEntries(names.map(([ours], k) => [ours, numbers.map((row) => row[2 * k + 1])]));
}

const magnitudes = (text) =>
  [...text.matchAll(/^ \d+ +\S+ +(\S+) +\S+ +\S+ +\S+ *$/gm)].map(([, value]) => Number(value));

const golden = {};
for (const it of stillAgreements) {
  const text = ngspice(peerStillDeck(it));
  golden[it.name] = it.four ? { magnitude: magnitudes(text) } : columnsOf(it.columns);
}
rmSync(folder, { recursive: true });
const version = /ngspice-\S+/.exec(execFileSync("ngspice", ["--version"], { encoding: "utf8" }))[0];
const data = JSON.stringify({ command: "npm run agreement", version, circuits: golden });
writeFileSync(join(root, "test/golden/ngspice-still.json"), `${data.replaceAll('},"', '},\n"')}\n`);
