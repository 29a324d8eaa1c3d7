const { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { constants, Script } = require("node:vm");
const { asBegun } = require("./optimise-later.js");

// What stands here are CommonJS modules: Node takes 6 ms longer to begin with others.

/** The command, whole or without what its commands do: `help` has their words alone. */
const bundles = { whole: "main", help: "help" };

/** The file of a piece, and that of its code as V8 compiled it when it was built, of use to the same V8 only. */
function filesOf(name) {
  const bundle = join(__dirname, `../dist/bin/${name}.cjs`);
  return { bundle, kept: bundle.replace(/\.cjs$/, `-${process.version}-${process.arch}.code`) };
}

/**
 * Loads the command: its `main`, what a `thread` of it does, and `compiled`, which gives what V8 has compiled of its pieces so far; the others
 * are loaded when they are called for. With the code that was kept a run starts in two thirds of the time; without, or with that of
 * another Node, it starts all the same.
 */
function load(name = bundles.whole) {
  const open = new Map();
  const { bundle } = filesOf(name);
  const url = pathToFileURL(bundle).href;
  const requireFrom = createRequire(bundle);
  const required = (what) => asBegun(() => requireFrom(what));
  const opened = (piece) => {
    const known = open.get(piece);
    if (known !== undefined) return known.exports;
    const script = asBegun(() => scriptOf(piece));
    const module = { exports: {} };
    open.set(piece, {
      script,
      get exports() {
        return module.exports;
      },
    });
    script.runInThisContext()(required, module, url, linksOf(piece));
    return module.exports;
  };
  /** What a piece takes of others, by their names. */
  const linksOf = (taker) => {
    const known = new Map();
    const links = (giver) => {
      const list = known.get(giver) ?? opened(giver).given[taker]();
      known.set(giver, list);
      return list;
    };
    links.module = (giver, path) => opened(giver).modules[path];
    return links;
  };
  return {
    ...opened(name),
    compiled: () => [...open].map(([piece, { script }]) => [piece, script.createCachedData()]),
    opened,
  };
}

function scriptOf(piece) {
  const { bundle, kept } = filesOf(piece);
  return new Script(asciiOf(bundle), {
    filename: bundle,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(existsSync(kept) && { cachedData: readFileSync(kept) }),
  });
}

/** The text of a bundle, a function of `require`, `module`, `here` and `piece`, which is ASCII alone: read as such in half the time. */
function asciiOf(bundle) {
  const file = openSync(bundle);
  const bytes = Buffer.allocUnsafeSlow(fstatSync(file).size);
  readSync(file, bytes);
  closeSync(file);
  return bytes.latin1Slice();
}

module.exports = { bundles, filesOf, load };
