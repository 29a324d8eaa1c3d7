import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { main } from "../src/cli/main.js";
import "../src/cli/run.js"; // commands are imported when they are called: here before the clock runs
import type { Terminal } from "../src/cli/terminal.js";

/** The program as it is installed. `npm test` builds before it tests. */
export const program = resolve(import.meta.dirname, "../bin/pinched.js");
export const isBuilt = existsSync(resolve(program, "../../dist/bin/main.cjs"));

/** Every test of a file starts in an empty folder, which goes when the test ends. */
export function inFolderOfItsOwn(): void {
  const home = process.cwd();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pinched-"));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, as a shell without a screen would. */
export async function pinched(words: readonly string[], given: Partial<Terminal> = {}): Promise<Outcome> {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    say: (text) => {
      err += text;
    },
    input: () => Buffer.from(""),
    env: {},
    screen: undefined,
    onInterrupt: () => () => undefined,
    ...given,
  };
  const code = await main(["node", "pinched", ...words], terminal);
  return { code, out, err };
}

/** Writes a file; gives its name. */
export function deck(name: string, text: string | Uint8Array): string {
  writeFileSync(name, text);
  return name;
}

export const rowsOf = (file: string): string[] => readFileSync(file, "utf8").trim().split("\r\n");
