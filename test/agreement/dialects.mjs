// Part of npm run agreement: asks ngspice for the numbers of test/dialects/*.md and writes them there. Numbers with a
// closed form are left as they are.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deckFiles, decksOf, folder, valueAt } from "../dialects/decks.ts";
import { readRaw } from "../speed/raw.mjs";

const scratch = mkdtempSync(join(tmpdir(), "pinched-dialects-"));
const version = /ngspice-\S+/.exec(execFileSync("ngspice", ["--version"], { encoding: "utf8" }))[0];

/** A deck with tight tolerances and short steps, so that it serves as a reference. */
function tight(netlist) {
  const options = ".options reltol=1e-6 abstol=1e-15 vntol=1e-9 chgtol=1e-18";
  return netlist
    .replace(/^\.tran[^\S\n]+(\S+)[^\S\n]+(\S+)[^\n]*?([^\S\n]uic)?$/im, (_, step, stop, uic = "") => {
      const quantity = /^([\d.]+)(.*)$/.exec(stop);
      const own = Number(step) === 0 ? `${Number(quantity[1]) / 1000}${quantity[2]}` : step;
      return `.tran ${own} ${stop} 0 ${Number(quantity[1]) / 20000}${quantity[2]}${uic}`;
    })
    .replace(/^\.end\s*$/im, `${options}\n.end`);
}

function recorded(deck) {
  if (deck.peer === undefined || deck.numbers.every(({ closed }) => closed)) return deck.section;
  const [cir, raw] = [join(scratch, "deck.cir"), join(scratch, "deck.raw")];
  writeFileSync(cir, tight(deck.peer.netlist));
  rmSync(raw, { force: true });
  const mode = deck.peer.mode === "none" ? [] : ["-D", `ngbehavior=${deck.peer.mode}`];
  try {
    execFileSync("ngspice", [...mode, "-b", "-r", raw, cir], { stdio: "ignore", timeout: 60_000, cwd: scratch });
    const { names, columns } = readRaw(raw);
    let k = 0;
    return deck.section.replace(/^(\S+)( @ \S+)? = \S+$/gm, (line, signal, place = "") => {
      const wanted = deck.numbers[k++];
      if (wanted.closed) return line;
      const column = columns[names.indexOf(signal)];
      if (column === undefined) throw new Error(`no ${signal} among ${names.join(" ")}`);
      const value = wanted.at === undefined ? column[0] : valueAt(columns[0], column, wanted.at);
      return `${signal}${place} = ${Number(value.toPrecision(7))}`;
    });
  } catch (error) {
    console.log(`${deck.simulator}, ${deck.feature}: ${deck.title}: ${error.message}`);
    return deck.section;
  }
}

for (const file of deckFiles) {
  const path = join(folder, file);
  const [head] = readFileSync(path, "utf8").split(/^(?=## )/m);
  const told = head.replace(/\n+(?:Numbers without a closed form are .*\n+)?$/, "\n");
  const line = `Numbers without a closed form are those of ${version}, by \`npm run agreement\`.`;
  writeFileSync(path, `${told}\n${line}\n\n${decksOf(file).map(recorded).join("")}`);
}
rmSync(scratch, { recursive: true });
