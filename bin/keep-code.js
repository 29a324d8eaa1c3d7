// Part of the build: runs a few netlists, and keeps the code that V8 has compiled for them beside the bundle.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { kept, load } from "./load.js";

const netlists = resolve(import.meta.dirname, "../netlists");
const out = mkdtempSync(join(tmpdir(), "pinched-build-"));
rmSync(kept, { force: true });
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
writeFileSync(kept, compiled());
rmSync(out, { recursive: true });
