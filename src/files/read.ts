import { constants } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, isAbsolute, join } from "node:path";
import type { Diagnostic } from "../text/diagnostic.js";
import type { ReadFile, Unread } from "../text/read.js";
import { similar } from "../text/similar.js";
import { Source } from "../text/source.js";
import { decode } from "./decode.js";
import { codeOf, FileError, reasonOf } from "./file-error.js";
import { realPath } from "./real-path.js";

/** Reads a file as text. Throws `FileError`. Odd encodings are told to `note`. */
export function readSource(path: string, note: (diagnostic: Diagnostic) => void): Source {
  return sourceOf(path, readBytes(path), note);
}

/** Reads a file as it stands. Throws `FileError`, which names the file that may have been meant. */
export function readBytes(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > constants.MAX_STRING_LENGTH) throw { code: "ERR_STRING_TOO_LONG" };
    return bytes;
  } catch (error) {
    const near = codeOf(error) === "ENOENT" ? neighbour(path) : undefined;
    throw new FileError(path, "read", error, near && `did you mean \`${near}\`?`);
  }
}

/** Bytes with a name, as text. Throws `FileError` where they are none. */
export function sourceOf(name: string, bytes: Uint8Array, note: (diagnostic: Diagnostic) => void): Source {
  const { text, encoding } = decode(bytes);
  const fault = faultOf(text);
  if (fault !== undefined) throw new FileError(name, "read", { code: fault });
  const source = new Source(name, text);
  if (encoding === "windows-1252") {
    const message = "This file is not UTF-8; it was read as Windows-1252. Save it as UTF-8 if letters look wrong.";
    note({ severity: "note", code: "encoding", message, span: firstOddCharacter(source) });
  }
  return source;
}

/**
 * Reads what a netlist includes: paths are relative to the file that names them. What was read is put into `inputs`,
 * by its real path.
 */
export function fileReader(note: (diagnostic: Diagnostic) => void, inputs = new Set<string>()): ReadFile {
  return (path, from) => {
    const place = isAbsolute(path) ? path : join(dirname(from), path);
    try {
      const source = readSource(place, note);
      inputs.add(realPath(place));
      return source;
    } catch (error) {
      if (error instanceof FileError) return unread(path, place, error);
      throw error;
    }
  };
}

function unread(path: string, place: string, { cause }: FileError): Unread {
  const code = codeOf(cause);
  if (code !== "ENOENT" && code !== "ENOTDIR") return { reason: reasonOf(cause) };
  const near = neighbour(place);
  return near === undefined ? {} : { near: path.slice(0, path.length - basename(path).length) + basename(near) };
}

/** A file in the same folder that is called so but for its ending, or nearly so. */
function neighbour(path: string): string | undefined {
  const folder = dirname(path);
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
    const names = files.map(({ name }) => name);
    const near =
      names.find((name) => basename(name, extname(name)) === basename(path)) ?? similar(basename(path), names);
    return near && join(folder, near);
  } catch {
    return undefined; // no folder, or none that may be looked into: then there is nothing to propose
  }
}

/** Where so many characters in a beginning cannot be seen, it is no text that has a wrong character in it. */
const unseen = { atLeast: 4, share: 0.02, among: 4096 };

/** Why a text is none, if so. */
function faultOf(text: string): "NOT_TEXT" | "NO_MARK" | undefined {
  const beginning = text.slice(0, unseen.among);
  const count = (signs: RegExp): number => beginning.match(signs)?.length ?? 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
  const strange = count(/[\x00-\x08\x0e-\x19\x1b-\x1f]/g);
  if (strange < unseen.atLeast || strange < unseen.share * beginning.length) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the other half of each of ASCII's letters
  return count(/\x00[\t-~]|[\t-~]\x00/g) > 0.45 * beginning.length ? "NO_MARK" : "NOT_TEXT";
}

function firstOddCharacter(source: Source) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant as it stands
  const start = Math.max(0, source.text.search(/[^\x00-\x7f]/));
  return { source, start, end: start + 1 };
}
