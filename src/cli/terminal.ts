import { fstatSync, readFileSync, writeSync } from "node:fs";
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
  const isDevice = fstatSync(2).isCharacterDevice();
  return {
    out: writerTo(1, () => process.stdout, endUnlessClosed),
    say: writerTo(2, () => process.stderr, untold),
    input: () => readFileSync(0),
    env: process.env,
    screen: isDevice && process.stderr.isTTY ? { columns: process.stderr.columns || 80 } : undefined,
    onInterrupt,
  };
}

/**
 * Writes texts whole, one behind the other. Node's streams take 3 ms to be loaded: they are left to
 * whoever does not take at once what is written, such as a pipe that others have told not to wait.
 */
function writerTo(file: 1 | 2, stream: () => NodeJS.WriteStream, failed: (error: NodeJS.ErrnoException) => void) {
  let opened: NodeJS.WriteStream | undefined;
  return (text: string): void => {
    let rest = Buffer.from(text);
    try {
      while (opened === undefined && rest.length > 0) rest = rest.subarray(writeSync(file, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") opened = stream().on("error", failed);
      else failed(error as NodeJS.ErrnoException);
    }
    if (rest.length > 0) opened?.write(rest);
  };
}

/** Of standard error nobody is left to be told. */
const untold = (): void => undefined;

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
  const release = (): void => {
    for (const request of requests) process.off(request, listener);
  };
  // Who listens no more leaves the second request to the system, which waits for no text that is being written.
  const listener = (): void => {
    release();
    stop();
  };
  for (const request of requests) process.on(request, listener);
  return release;
}
