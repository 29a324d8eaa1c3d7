import { constants } from "node:buffer";
import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import type { Diagnostic } from "../text/diagnostic.js";
import type { ReadFile } from "../text/read.js";
import { Source } from "../text/source.js";
import { decode } from "./decode.js";
import { codeOf, FileError } from "./file-error.js";

/** Reads a file as text. Throws `FileError`. Odd encodings are told to `note`. */
export function readSource(path: string, note: (diagnostic: Diagnostic) => void): Source {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > constants.MAX_STRING_LENGTH) throw { code: "ERR_STRING_TOO_LONG" };
    return sourceOf(path, bytes, note);
  } catch (error) {
    throw new FileError(path, "read", error);
  }
}

/** Bytes with a name, as text. */
export function sourceOf(name: string, bytes: Uint8Array, note: (diagnostic: Diagnostic) => void): Source {
  const { text, encoding } = decode(bytes);
  const source = new Source(name, text);
  if (encoding === "windows-1252") {
    const message = "This file is not UTF-8; it was read as Windows-1252. Save it as UTF-8 if letters look wrong.";
    note({ severity: "note", code: "encoding", message, span: firstOddCharacter(source) });
  }
  return source;
}

/** Reads what a netlist includes: paths are relative to the file that names them. */
export function fileReader(note: (diagnostic: Diagnostic) => void): ReadFile {
  return (path, from) => {
    const place = isAbsolute(path) ? path : join(dirname(from), path);
    try {
      return readSource(place, note);
    } catch (error) {
      const code = error instanceof FileError ? codeOf(error.cause) : undefined;
      if (code === "ENOENT" || code === "ENOTDIR") return undefined;
      throw error;
    }
  };
}

function firstOddCharacter(source: Source) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant as it stands
  const start = Math.max(0, source.text.search(/[^\x00-\x7f]/));
  return { source, start, end: start + 1 };
}
