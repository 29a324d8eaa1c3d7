#!/usr/bin/env node
import { bundles, load } from "./load.js";

const [word = "--help", what, ...more] = process.argv.slice(2);
const helps = ["-h", "--help", "help"];
const asksForHelp = more.length === 0 && (helps.includes(word) || (/^\w/.test(word) && helps.includes(what)));
process.exitCode = await load(asksForHelp ? bundles.help : bundles.whole).main(process.argv);
