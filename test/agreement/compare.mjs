// npm run agreement: runs every circuit of circuits.ts with pinched and with ngspice side by side, prints the worst
// deviations as a table (test/agreement/results.md), and keeps the peer's values at some points as golden data for
// machines without ngspice.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readRaw, resample } from "../speed/raw.mjs";
import { agreements, ourDeck, peerDeck } from "./circuits.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "pinched-agreement-"));

function run(name, command, deck) {
  const cir = join(folder, `${name}.cir`);
  const raw = join(folder, `${name}.raw`);
  writeFileSync(cir, deck);
  execFileSync(command[0], [...command.slice(1), "-b", "-r", raw, cir], { stdio: ["ignore", "ignore", "ignore"] });
  return readRaw(raw);
}

const column = ({ names, columns }, name) => columns[names.indexOf(name)];
const isSingle = (t, k) => t[k] > 0 && t[k] !== t[k - 1] && t[k] !== t[k + 1];
const golden = {};
const rows = [];
for (const it of agreements) {
  const theirs = run("peer", ["ngspice"], peerDeck(it));
  const ours = run("ours", [process.execPath, join(root, "bin/pinched.js")], ourDeck(it));
  // Both sides of a jump are points of their own: neither can be compared with a curve.
  const plain = [...ours.columns[0].keys()].filter((k) => isSingle(ours.columns[0], k));
  const t = plain.map((k) => ours.columns[0][k]);
  const few = Array.from({ length: 40 }, (_, k) => it.step * Math.round((it.stop * (k + 0.55)) / 40 / it.step));
  golden[it.name] = { time: few, columns: {} };
  const deviations = it.columns.map((name) => {
    const reference = resample(theirs.columns[0], column(theirs, name), t);
    const found = plain.map((k) => column(ours, name)[k]);
    const scale = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    golden[it.name].columns[name] = [...resample(theirs.columns[0], column(theirs, name), few)].map((v) =>
      Number(v.toPrecision(9)),
    );
    return found.reduce((most, value, k) => Math.max(most, Math.abs(value - reference[k])), 0) / scale;
  });
  const worst = Math.max(...deviations);
  rows.push(
    `| ${it.kind} | ${it.name} | ${it.columns.join(", ")} | ${worst.toExponential(1)} |${worst > it.tolerance ? " above tolerance |" : ""}`,
  );
  console.log(rows.at(-1));
}
rmSync(folder, { recursive: true });
const version = /ngspice-\S+/.exec(execFileSync("ngspice", ["--version"], { encoding: "utf8" }))[0];
const report = `# Agreement with ${version}

Written by \`npm run agreement\`: largest deviation over the run, over the column's largest value. pinched at its default
options, the peer with \`reltol=1e-6\`, steps of a fortieth of the output step.

| kind | circuit | columns | worst deviation |
|---|---|---|---|
${rows.join("\n")}
`;
writeFileSync(join(import.meta.dirname, "results.md"), report);
const data = JSON.stringify({ command: "npm run agreement", version, circuits: golden });
writeFileSync(join(root, "test/golden/ngspice.json"), `${data.replaceAll('},"', '},\n"')}\n`);
