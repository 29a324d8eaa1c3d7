import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";

export const bundle = fileURLToPath(new URL("../dist/bin/main.cjs", import.meta.url));

/** The bundle as V8 compiled it when it was built. It is of use to the same V8 only, hence the name. */
export const kept = bundle.replace("main.cjs", `${process.version}-${process.arch}.code`);

/**
 * Loads the command: its `main`, what a `thread` of it does, and `compiled`, which gives what V8 has compiled of it so far. With the code that was
 * kept a run starts in two thirds of the time; without, or with that of another Node, it starts all the same.
 */
export function load() {
  const script = new Script(`(function (require, module, here) {${readFileSync(bundle, "utf8")}\n})`, {
    filename: bundle,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(existsSync(kept) && { cachedData: readFileSync(kept) }),
  });
  const module = { exports: {} };
  script.runInThisContext()(createRequire(bundle), module, pathToFileURL(bundle).href);
  return { ...module.exports, compiled: () => script.createCachedData() };
}
