// Part of the build: runs a few netlists, and keeps the code that V8 has compiled for them beside the bundle.
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");
const { bundles, filesOf, load } = require("./load.js");

const netlists = resolve(__dirname, "../netlists");
const out = mkdtempSync(join(tmpdir(), "pinched-build-"));
// With ASCII alone V8 takes one byte a character. esbuild leaves letters in patterns as they are; the escape is the same.
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
for (const name of Object.values(bundles)) {
  const { bundle, kept } = filesOf(name);
  rmSync(kept, { force: true });
  const text = readFileSync(bundle, "utf8");
  writeFileSync(
    bundle,
    text.replace(/[^\p{ASCII}]/gu, (it) => it.split("").map(escaped).join("")),
  );
}
keep();

async function keep() {
  const { main, compiled } = load();
  for (const name of process.argv.slice(2)) {
    const code = await main([
      "node",
      "pinched",
      "run",
      join(netlists, name),
      "--quiet",
      "--format=csv,raw",
      "--out",
      out,
    ]);
    if (code !== 0) throw new Error(`${name} ended with ${code}`);
  }
  writeFileSync(filesOf(bundles.whole).kept, compiled());
  const help = load(bundles.help);
  const silent = { out: () => undefined, say: () => undefined, env: {}, screen: undefined };
  await help.main(["node", "pinched", "--help"], silent);
  writeFileSync(filesOf(bundles.help).kept, help.compiled());
  rmSync(out, { recursive: true });
}
