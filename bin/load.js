const { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { constants, Script } = require("node:vm");

// What stands here are CommonJS modules: Node takes 6 ms longer to begin with others.

/** The command, whole or without what its commands do: `help` has their words alone. */
const bundles = { whole: "main", help: "help" };

/** The file of a bundle, and that of its code as V8 compiled it when it was built, of use to the same V8 only. */
function filesOf(name) {
  const bundle = join(__dirname, `../dist/bin/${name}.cjs`);
  return { bundle, kept: bundle.replace(/\.cjs$/, `-${process.version}-${process.arch}.code`) };
}

/**
 * Loads the command: its `main`, what a `thread` of it does, and `compiled`, which gives what V8 has compiled of it so far. With the code that was
 * kept a run starts in two thirds of the time; without, or with that of another Node, it starts all the same.
 */
function load(name = bundles.whole) {
  const { bundle, kept } = filesOf(name);
  const script = new Script(asciiOf(bundle), {
    filename: bundle,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(existsSync(kept) && { cachedData: readFileSync(kept) }),
  });
  const module = { exports: {} };
  script.runInThisContext()(createRequire(bundle), module, pathToFileURL(bundle).href);
  return { ...module.exports, compiled: () => script.createCachedData() };
}

/** The text of a bundle, a function of `require`, `module` and `here`, which is ASCII alone: read as such in half the time. */
function asciiOf(bundle) {
  const file = openSync(bundle);
  const bytes = Buffer.allocUnsafeSlow(fstatSync(file).size);
  readSync(file, bytes);
  closeSync(file);
  return bytes.latin1Slice();
}

module.exports = { bundles, filesOf, load };
