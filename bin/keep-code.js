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
  const { main, compiled, opened } = load();
  for (const name of process.argv.slice(2)) {
    const code = await main([
      "node",
      "pinched",
      "run",
      resolve(__dirname, "..", name),
      "--quiet",
      "--format=csv,raw",
      "--out",
      out,
    ]);
    if (code !== 0) throw new Error(`${name} ended with ${code}`);
  }
  opened("rest");
  // Kept code has the mark of V8's flags: those of a run.
  setFlagsFromString("--flush-bytecode");
  for (const [piece, code] of compiled()) writeFileSync(filesOf(piece).kept, code);
  const help = load(bundles.help);
  const silent = { out: () => undefined, say: () => undefined, env: {}, screen: undefined };
  await help.main(["node", "pinched", "--help"], silent);
  for (const [piece, code] of help.compiled()) writeFileSync(filesOf(piece).kept, code);
  rmSync(out, { recursive: true });
}
