import type { Found } from "../text/read.js";
import { Source } from "../text/source.js";
import type { PlainFile } from "./executor.js";

/** What was found of files, as plain data. */
export const plainFiles = (files: readonly Found[]): readonly PlainFile[] =>
  files.map(({ path, from, found }) => ({
    path,
    from,
    found: found instanceof Source ? { name: found.name, text: found.text } : found && { unread: found },
  }));

/** The same files on the other side. */
export const filesOf = (files: readonly PlainFile[]): readonly Found[] =>
  files.map(({ path, from, found }) => ({
    path,
    from,
    found: found && ("unread" in found ? found.unread : new Source(found.name, found.text)),
  }));

/** The texts that both sides have, in the same order on both. */
export const sharedSources = (deck: Source, files: readonly Found[]): readonly Source[] => [
  deck,
  ...files.flatMap(({ found }) => (found instanceof Source ? [found] : [])),
];
