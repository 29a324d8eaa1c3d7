// Part of the build: runs a few netlists, and keeps the code that V8 has compiled for them beside the pieces of the command.
const { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { bundles, filesOf, load } = require("./load.js");

const dist = resolve(__dirname, "../dist/bin");
const out = mkdtempSync(join(tmpdir(), "pinched-build-"));
// With ASCII alone V8 takes one byte a character. esbuild leaves letters in patterns as they are; the escape is the same.
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
for (const file of readdirSync(dist)) {
  if (file.endsWith(".code")) rmSync(join(dist, file));
  if (!file.endsWith(".cjs")) continue;
  const text = readFileSync(join(dist, file), "utf8");
  writeFileSync(
    join(dist, file),
    text.replace(/[^\p{ASCII}]/gu, (it) => it.split("").map(escaped).join("")),
  );
}
keep();

async function keep() {
  // V8 forgets code that has rested for long: on a busy machine a quarter of all, and a run would start in half as long again.
  setFlagsFromString("--no-flush-bytecode");
  const whole = load();
  const kept = ({ compiled }) => {
    // Kept code has the mark of V8's flags: those of a run.
    setFlagsFromString("--flush-bytecode");
    const all = compiled();
    setFlagsFromString("--no-flush-bytecode");
    return all;
  };
  const run = async (names) => {
    for (const name of names) {
      const netlist = resolve(__dirname, "..", name);
      const code = await whole.main(["node", "pinched", "run", netlist, "--quiet", "--format=csv,raw", "--out", out]);
      if (code !== 0) throw new Error(`${name} ended with ${code}`);
    }
  };
  const names = process.argv.slice(2);
  const isSmall = (name) => name.startsWith("compiler/");
  await run(names.filter(isSmall));
  // All that is kept of a piece is read whenever it is loaded: of the first, which every run loads, only what small runs call.
  const [[first, small]] = kept(whole);
  await run(names.filter((name) => !isSmall(name)));
  whole.opened("rest");
  for (const [piece, code] of kept(whole)) writeFileSync(filesOf(piece).kept, piece === first ? small : code);
  const help = load(bundles.help);
  const silent = { out: () => undefined, say: () => undefined, env: {}, screen: undefined };
  await help.main(["node", "pinched", "--help"], silent);
  for (const [piece, code] of kept(help)) writeFileSync(filesOf(piece).kept, code);
  rmSync(out, { recursive: true });
}
