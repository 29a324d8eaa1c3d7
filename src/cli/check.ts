import { fileReader } from "../files/read.js";
import { check as checkText } from "../index.js";
import type { Diagnostic } from "../text/diagnostic.js";
import { partedByEnding, readDeck } from "./decks.js";
import { type ExitCode, exitCode, gravest } from "./exit-code.js";
import { refusalsExplained } from "./refusal.js";
import type { Terminal } from "./terminal.js";
import { type Voice, voice } from "./voice.js";

export interface CheckOptions {
  readonly include?: readonly string[];
  readonly set?: Readonly<Record<string, string>>;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** Reads the decks and says what is wrong with them; runs nothing. */
export async function check(named: readonly string[], given: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const { decks: paths, libraries } = partedByEnding(named);
  const options = { ...given, include: [...(given.include ?? []), ...libraries] };
  const speak = voice(terminal, options);
  const found: Diagnostic[] = [];
  const noted = { ...speak, diagnostic: tee(speak, found) };
  const codes: ExitCode[] = [];
  for (const path of paths) {
    codes.push(await refusalsExplained(noted, () => checkDeck(path, options, terminal, noted)));
  }
  if (options.json)
    terminal.out(`${JSON.stringify({ schemaVersion: 1, diagnostics: found.map(plain) }, undefined, 2)}\n`);
  return gravest(codes);
}

const tee = (speak: Voice, found: Diagnostic[]) => (diagnostic: Diagnostic) => {
  found.push(diagnostic);
  speak.diagnostic(diagnostic);
};

function checkDeck(path: string, { include = [], set = {} }: CheckOptions, terminal: Terminal, speak: Voice): ExitCode {
  const source = readDeck(path, terminal, speak.diagnostic);
  const diagnostics = checkText(source.text, { name: source.name, read: fileReader(speak.diagnostic), include, set });
  for (const diagnostic of diagnostics) speak.diagnostic(diagnostic);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  speak.line(`${source.name}: ${errors === 0 ? "no errors" : `${errors} error${errors === 1 ? "" : "s"}`}.`);
  return errors === 0 ? exitCode.well : exitCode.wrong;
}

/** A diagnostic without the text it points into. */
const plain = ({ severity, code, message, span, help }: Diagnostic) => ({
  severity,
  code,
  message,
  ...(span && { file: span.source.name, ...span.source.locate(span.start), length: span.end - span.start }),
  ...(help !== undefined && { help }),
});
