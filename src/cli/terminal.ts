import { readFileSync } from "node:fs";

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
  /** Calls `stop` at Ctrl-C, until what comes back is called. */
  onInterrupt(stop: () => void): () => void;
}

/** The terminal that the process runs in. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) ignoreClosedPipe(stream);
  return {
    out: (text) => void stdout.write(text),
    say: (text) => void stderr.write(text),
    input: () => readFileSync(0),
    env,
    screen: stderr.isTTY ? { columns: stderr.columns || 80 } : undefined,
    onInterrupt,
  };
}

/** A reader that has seen enough (`| head`) closes the pipe: that is no fault of ours, and the files are still written. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

/** The first Ctrl-C is handed on; a second one ends the process at once, as the shell's users expect. */
function onInterrupt(stop: () => void): () => void {
  let asked = false;
  const listener = (): void => {
    if (asked) process.exit(130);
    asked = true;
    stop();
  };
  process.on("SIGINT", listener);
  return () => void process.off("SIGINT", listener);
}
