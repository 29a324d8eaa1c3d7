import type { Command } from "commander";
import type { ExitCode } from "./exit-code.js";
import { path } from "./option-values.js";
import type { Terminal } from "./terminal.js";

/** Whether the command line is one that is meant for ngspice: it begins with an option, and `-b` is among them. */
export const runsInBatchWords = (words: readonly string[]): boolean =>
  words[0]!.startsWith("-") && words.some((word) => word === "-b" || word === "--batch");

/** `pinched -b deck.cir -r out.raw`: `run`, for scripts that call ngspice. Without `-r` it is a plain `run`. */
export function batchWords(root: Command, terminal: Terminal, done: (code: ExitCode) => void): Command {
  return root
    .argument("<netlist...>", "netlist files")
    .option("-b, --batch", "run without asking questions")
    .option("-r, --rawfile <file>", "write all results to one raw file, and no pictures", path)
    .option("--no-color", "no colours")
    .action(async (netlists, { rawfile, color }) => {
      const { run } = await import("./run.js");
      done(await run(netlists, { color, ...(rawfile && { rawfile, plots: false }) }, terminal));
    });
}
