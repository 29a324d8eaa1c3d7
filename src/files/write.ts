import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { codeOf, FileError } from "./file-error.js";
import { realPath } from "./real-path.js";

/** What is written in one go; large files come in pieces so that they are never whole in memory. A piece may be changed when the next is asked for. */
export type Chunks = Iterable<string | Uint8Array>;

/**
 * Writes a file under a temporary name in the same folder and renames it when it is whole: whatever happens, there is
 * the old file, or the new one, or none; never half of one. Throws `FileError`.
 */
export function writeWhole(path: string, chunks: Chunks): void {
  const target = realPath(path);
  if (isSpecial(target)) {
    writeThrough(target, chunks);
    return;
  }
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    writeChunks(temporary, "wx", chunks);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw refused(path, error);
  }
}

/** Makes a folder with all above it; gives false where it is there already. Throws `FileError`. */
export function makeFolder(path: string): boolean {
  const found = statusOf(path);
  if (found?.isDirectory()) return false;
  if (found !== undefined) throw refused(path, { code: "NOT_FOLDER" });
  // One by one: Node's recursive mkdir never returns where the system says ENOENT below a folder that exists (/proc).
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    throw refused(path, error);
  }
}

/**
 * Makes sure, before long work, that files can be put into a folder that may be still to be made. Touches nothing.
 * Throws `FileError`.
 */
export function checkFolder(path: string): void {
  let existing = resolve(path);
  while (statusOf(existing) === undefined && dirname(existing) !== existing) existing = dirname(existing);
  try {
    if (!statusOf(existing)?.isDirectory()) throw { code: existing === resolve(path) ? "NOT_FOLDER" : "ENOTDIR" };
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refused(path, error);
  }
}

/** The same for a single file. */
export function checkFile(path: string): void {
  const found = statusOf(path);
  if (found?.isDirectory()) throw refused(path, { code: "EISDIR" });
  if (found === undefined || found.isFile()) checkFolder(dirname(path));
}

/** Makes sure that a file is none of the inputs, given as real paths. Throws `FileError`. */
export function checkNoInput(path: string, inputs: ReadonlySet<string>): void {
  if (inputs.has(realPath(path))) throw refused(path, { code: "IS_INPUT" });
}

/** Removes a folder if nothing is in it. */
export function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOTEMPTY") throw refused(path, error);
  }
}

/** Pieces are put together to so many bytes, in one place: each run of thousands has a few small ones. */
const atOnce = 2 ** 20;

const refused = (path: string, error: unknown): FileError => new FileError(path, "written", error);

/** Undefined where there is nothing, or where a part of the path is a file. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw new FileError(path, "written", error);
  }
}

/** A device or a pipe (`/dev/null`): it must not be replaced by a file. */
function isSpecial(path: string): boolean {
  const found = statusOf(path);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

function writeThrough(path: string, chunks: Chunks): void {
  try {
    writeChunks(path, "w", chunks);
  } catch (error) {
    throw refused(path, error);
  }
}

function writeChunks(path: string, flag: "w" | "wx", chunks: Chunks): void {
  const file = openSync(path, flag);
  try {
    const waiting = Buffer.allocUnsafeSlow(atOnce);
    let bytes = 0;
    const flush = () => {
      writeAll(file, waiting.subarray(0, bytes));
      bytes = 0;
    };
    for (const chunk of chunks) {
      const isText = typeof chunk === "string";
      const room = isText ? 3 * chunk.length : chunk.length; // of UTF-8 no more
      if (bytes + room > atOnce) flush();
      if (room > atOnce) writeAll(file, isText ? Buffer.from(chunk, "utf8") : chunk);
      else if (isText) bytes += waiting.write(chunk, bytes, "utf8");
      else {
        waiting.set(chunk, bytes);
        bytes += chunk.length;
      }
    }
    flush();
  } finally {
    closeSync(file);
  }
}

/** The system may take less than it is given. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
