import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";

/** The command, whole or without what its commands do: `help` has their words alone. */
export const bundles = { whole: "main", help: "help" };

/** The file of a bundle, and that of its code as V8 compiled it when it was built, of use to the same V8 only. */
export function filesOf(name) {
  const bundle = fileURLToPath(new URL(`../dist/bin/${name}.cjs`, import.meta.url));
  return { bundle, kept: bundle.replace(/\.cjs$/, `-${process.version}-${process.arch}.code`) };
}

/**
 * Loads the command: its `main`, what a `thread` of it does, and `compiled`, which gives what V8 has compiled of it so far. With the code that was
 * kept a run starts in two thirds of the time; without, or with that of another Node, it starts all the same.
 */
export function load(name = bundles.whole) {
  const { bundle, kept } = filesOf(name);
  const script = new Script(`(function (require, module, here) {${readFileSync(bundle, "utf8")}\n})`, {
    filename: bundle,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(existsSync(kept) && { cachedData: readFileSync(kept) }),
  });
  const module = { exports: {} };
  script.runInThisContext()(createRequire(bundle), module, pathToFileURL(bundle).href);
  return { ...module.exports, compiled: () => script.createCachedData() };
}
