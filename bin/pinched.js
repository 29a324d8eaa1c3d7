#!/usr/bin/env node
const { bundles, load } = require("./load.js");
const { optimiseLater } = require("./optimise-later.js");

const words = process.argv.slice(2);
const [word = "--help", what, ...more] = words;
const helps = ["-h", "--help", "help"];
const asksForHelp = more.length === 0 && (helps.includes(word) || (/^\w/.test(word) && helps.includes(what)));
const { main } = load(asksForHelp ? bundles.help : bundles.whole);
// Threads load what was kept as well, each at a time of its own, and would have to do without.
if (!asksForHelp && !words.some((it) => it.startsWith("--threads"))) optimiseLater();
main(process.argv).then((code) => {
  process.exitCode = code;
});
