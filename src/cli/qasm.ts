import { fileReader } from "../files/read.js";
import { realPath } from "../files/real-path.js";
import { checkFile, checkNoInput, writeWhole } from "../files/write.js";
import { type QasmOptions, qasm as qasmOf } from "../index.js";
import { readDeck } from "./decks.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { progressView } from "./progress.js";
import { refusalsExplained } from "./refusal.js";
import type { Terminal } from "./terminal.js";
import { voice } from "./voice.js";

export interface QasmCommandOptions
  extends Pick<QasmOptions, "block" | "steps" | "measure" | "include" | "set" | "seed"> {
  readonly out?: string;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** Reads a netlist, runs the trainings of its gates alone, and writes what its digital run would be on a processor of qubits. */
export function qasm(path: string, given: QasmCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { out = "-", quiet, color, ...options } = given;
  const speak = voice(terminal, { color, ...(quiet !== undefined && { quiet }) });
  return refusalsExplained(speak, () => {
    const source = readDeck(path, terminal, speak.diagnostic);
    const inputs = new Set([realPath(path)]);
    if (out !== "-") checkFile(out);
    const read = fileReader(speak.diagnostic, inputs);
    const progress = progressView(quiet ? "off" : "auto", source.name, terminal);
    const { text, diagnostics } = qasmOf(source.text, {
      ...options,
      name: source.name,
      read,
      onProgress: progress.show,
    });
    progress.clear();
    for (const diagnostic of diagnostics) speak.diagnostic(diagnostic);
    if (out === "-") {
      terminal.out(text);
      return exitCode.well;
    }
    checkNoInput(out, inputs);
    writeWhole(out, [text]);
    speak.line(`Wrote ${out}.`);
    return exitCode.well;
  });
}
