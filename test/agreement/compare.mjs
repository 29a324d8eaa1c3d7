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
const isBefore = (t, k) => t[k] > 0 && t[k] === t[k + 1];
const isSingle = (t, k) => t[k] > 0 && t[k] !== t[k - 1] && !isBefore(t, k);

/**
 * What a curve is right before a jump (side −1) or right after it (side 1): the parabola through three points of it off
 * the peer's finite edge.
 */
function beside(t, y, when, side, peerStep) {
  const at = (k) => resample(t, y, [when + side * k * peerStep])[0];
  return 3 * at(4) - 3 * at(8) + at(12);
}
const golden = {};
const rows = [];
for (const it of agreements) {
  const theirs = run("peer", ["ngspice"], peerDeck(it));
  const ours = run("ours", [process.execPath, join(root, "bin/pinched.js")], ourDeck(it));
  const axis = ours.columns[0];
  // Both sides of a jump are points of their own, as is what the peer's edge of one or two steps is spread over.
  const before = [...axis.keys()].filter((k) => isBefore(axis, k) && axis[k] < it.stop - 13 * it.peerStep);
  const isClear = (time) => before.every((k) => Math.abs(time - axis[k]) > 4 * it.peerStep);
  const plain = [...axis.keys()].filter((k) => isSingle(axis, k) && isClear(axis[k]));
  const t = plain.map((k) => axis[k]);
  const few = Array.from({ length: 40 }, (_, k) => it.step * Math.round((it.stop * (k + 0.55)) / 40 / it.step)).filter(
    isClear,
  );
  golden[it.name] = { time: few, columns: {} };
  const deviations = it.columns.map((name) => {
    const [theirTime, theirValues, ourValues] = [theirs.columns[0], column(theirs, name), column(ours, name)];
    const sides = before.flatMap((k) =>
      [-1, 1].map((side) => beside(theirTime, theirValues, axis[k], side, it.peerStep)),
    );
    const reference = [...resample(theirTime, theirValues, t), ...sides];
    const found = [...plain, ...before.flatMap((k) => [k, k + 1])].map((k) => ourValues[k]);
    const scale = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    golden[it.name].columns[name] = [...resample(theirTime, theirValues, few)].map((v) => Number(v.toPrecision(9)));
    return found.reduce((most, value, k) => Math.max(most, Math.abs(value - reference[k])), 0) / scale;
  });
  const worst = Math.max(...deviations);
  rows.push(
    `| ${it.kind} | ${it.name} | ${it.columns.join(", ")} | ${before.length} | ${worst.toExponential(1)} |${worst > it.tolerance ? " above tolerance |" : ""}`,
  );
  console.log(rows.at(-1));
}
rmSync(folder, { recursive: true });
const version = /ngspice-\S+/.exec(execFileSync("ngspice", ["--version"], { encoding: "utf8" }))[0];
const report = `# Agreement with ${version}

Written by \`npm run agreement\`: largest deviation over the run, over the column's largest value. pinched at its default
options, the peer with \`reltol=1e-6\`, steps of a fortieth of the output step or less. Both sides of every jump count.

| kind | circuit | columns | jumps | worst deviation |
|---|---|---|---|---|
${rows.join("\n")}
`;
writeFileSync(join(import.meta.dirname, "results.md"), report);
const data = JSON.stringify({ command: "npm run agreement", version, circuits: golden });
writeFileSync(join(root, "test/golden/ngspice.json"), `${data.replaceAll('},"', '},\n"')}\n`);
