import { FileError } from "../files/file-error.js";
import { NetlistError } from "../text/diagnostic.js";
import { DataError } from "../views/data-error.js";
import { type ExitCode, exitCode, ScarceError, UsageError } from "./exit-code.js";
import type { Voice } from "./voice.js";

/** Says what the user can mend and gives the exit code that belongs to it; undefined for a fault of our own. */
export function explainRefusal(error: unknown, speak: Voice): ExitCode | undefined {
  if (error instanceof NetlistError) {
    for (const diagnostic of error.diagnostics) speak.diagnostic(diagnostic);
    return exitCode.wrong;
  }
  if (error instanceof FileError) {
    speak.error("file", error.message, error.help);
    return error.act === "read" ? exitCode.wrong : exitCode.failed;
  }
  if (error instanceof UsageError) {
    speak.error("usage", error.message, error.help);
    return exitCode.wrong;
  }
  if (error instanceof ScarceError) {
    speak.error("scarce", error.message, error.help);
    return exitCode.failed;
  }
  if (error instanceof DataError) {
    speak.error("data", error.message);
    return exitCode.wrong;
  }
  return undefined;
}

/** The same within a list of decks: what is wrong with one does not keep the others from being read. */
export async function refusalsExplained(speak: Voice, work: () => ExitCode | Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    const code = explainRefusal(error, speak);
    if (code === undefined) throw error;
    return code;
  }
}
