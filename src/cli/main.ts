import { CommanderError } from "commander";
import type { Job } from "../index.js";
import { runsInBatchWords } from "./batch-words.js";
import { program } from "./commands.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { version } from "./package.js";
import { explainRefusal } from "./refusal.js";
import { processTerminal, type Terminal } from "./terminal.js";
import type { ThreadDone } from "./thread.js";
import { type Voice, voice } from "./voice.js";

/** Runs the command line; gives the exit code and never throws, whatever the user or we did wrong. */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<ExitCode> {
  const words = argv.slice(2);
  const speak = voice(terminal, { color: !words.includes("--no-color") });
  try {
    if (words.length === 0) return greet(terminal);
    let code: ExitCode = exitCode.well;
    const command = program(terminal, runsInBatchWords(words), (it) => {
      code = it;
    });
    await command.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    return explain(error, speak, words);
  }
}

/** What a thread of this process does, where a run asks for threads. */
export const thread = async (job: Job): Promise<ThreadDone> => (await import("./thread.js")).doHere(job);

/** What a newcomer needs, and no more. */
function greet(terminal: Terminal): ExitCode {
  terminal.out(`pinched ${version} simulates circuits with memristors.

  pinched new memristor -o first.cir   write a commented netlist to start from
  pinched run first.cir                simulate it: data and pictures go to first.out/
  pinched devices                      list what a netlist can be built from

\`pinched --help\` lists all commands.
`);
  return exitCode.well;
}

/** The one place where what went wrong becomes a message and an exit code. */
function explain(error: unknown, speak: Voice, words: readonly string[]): ExitCode {
  if (error instanceof CommanderError) return explainUsage(error, speak, words);
  const code = explainRefusal(error, speak);
  return code ?? confess(error, speak, words);
}

/** Commander's sentence, in the manner of ours. */
function explainUsage(error: CommanderError, speak: Voice, words: readonly string[]): ExitCode {
  if (error.exitCode === 0) return exitCode.well; // help or version was asked for
  const [sentence = "", hint] = error.message.replace(/^error: /, "").split("\n");
  const message = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`.replaceAll(/'([^']*)'/g, "`$1`");
  speak.error("usage", message.endsWith(".") ? message : `${message}.`, helpFor(error, hint, words));
  return exitCode.wrong;
}

function helpFor(error: CommanderError, hint: string | undefined, words: readonly string[]): string {
  const near = hint?.match(/^\(Did you mean (?:one of )?(.*)\?\)$/)?.[1];
  if (near !== undefined) return `did you mean ${near.replaceAll(/[^\s,]+/g, "`$&`")}?`;
  const word = words[0] ?? "";
  if (error.code === "commander.unknownCommand" && /[./\\]/.test(word))
    return `to simulate it: \`pinched run ${word}\`.`;
  return "`pinched --help` lists the commands, `pinched run --help` the options of one.";
}

/** A fault of the program: it says so, and what a report needs. */
function confess(error: unknown, speak: Voice, words: readonly string[]): ExitCode {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  speak.error(
    "fault",
    "This is a fault of pinched, not of your netlist.",
    "please report it: send the netlist, the command, and the lines below to where you have pinched from.",
  );
  speak.line(`pinched ${version}, node ${process.version}, ${process.platform}: pinched ${words.join(" ")}\n${what}`);
  return exitCode.fault;
}
