// What V8 began with, and what suits our runs: see `optimiseLater`. Given back, the first have the same mark as if nothing had been changed.
const begun = "--interrupt-budget=67584 --max-inlined-bytecode-size-cumulative=920";
const wanted = "--interrupt-budget=405504 --max-inlined-bytecode-size-cumulative=400";

let isLater = false;

/**
 * Lets six times as much bytecode run before V8 optimises a function, and it write less than half as much of
 * others into it. Most runs take a second at most, and up to half of it went, at the side, into functions
 * that were soon needed no more: a cold crossbar takes 15 to 30 % less of the processor's time, a run of many seconds some per
 * cent. Not measured for later V8s, which have a tier between.
 */
function optimiseLater() {
  if (!process.versions.v8.startsWith("11.")) return;
  require("node:v8").setFlagsFromString(wanted);
  isLater = true;
}

/** Loads something under the flags that the process began with: V8 takes no code that was kept under others, of Node's neither. */
function asBegun(load) {
  if (!isLater) return load();
  const { setFlagsFromString } = require("node:v8");
  setFlagsFromString(begun);
  try {
    return load();
  } finally {
    setFlagsFromString(wanted);
  }
}

module.exports = { asBegun, optimiseLater };
