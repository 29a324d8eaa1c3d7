import { readFileSync } from "node:fs";
import { reasonOf } from "../files/file-error.js";
import { exitCode } from "./exit-code.js";

/** Where a command talks to: the two streams, the environment, the keyboard's Ctrl-C. Tests give their own. */
export interface Terminal {
  /** Data, to standard output. */
  out(text: string): void;
  /** Everything else, to standard error. */
  say(text: string): void;
  /** All of standard input. */
  input(): Uint8Array;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard error is a screen that a person looks at; undefined where it is not. */
  readonly screen: { readonly columns: number } | undefined;
  /** Calls `stop` at Ctrl-C or SIGTERM, until what comes back is called. */
  onInterrupt(stop: () => void): () => void;
}

/** The terminal that the process runs in. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  stdout.on("error", endUnlessClosed);
  stderr.on("error", () => undefined); // nobody is left to be told
  return {
    out: (text) => void stdout.write(text),
    say: (text) => void stderr.write(text),
    input: () => readFileSync(0),
    env,
    screen: stderr.isTTY ? { columns: stderr.columns || 80 } : undefined,
    onInterrupt,
  };
}

/**
 * A reader that has seen enough (`| head`) closes the pipe: that is no fault of ours, and the files are still written.
 * Anything else (`> /dev/full`) ends the process: what was asked for cannot be given.
 */
function endUnlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  process.stderr.write(`error[file]: Standard output cannot be written: ${reasonOf(error)}.\n`);
  process.exit(exitCode.failed);
}

/** What asks a process to end: Ctrl-C, and what `kill` and batch systems send first. */
const requests = ["SIGINT", "SIGTERM"] as const;

/** The first request is handed on; a second one ends the process at once, as the shell's users expect. */
function onInterrupt(stop: () => void): () => void {
  let asked = false;
  const listener = (): void => {
    if (asked) process.exit(exitCode.interrupted);
    asked = true;
    stop();
  };
  for (const request of requests) process.on(request, listener);
  return () => {
    for (const request of requests) process.off(request, listener);
  };
}
