/** A file that cannot be read or written, in a sentence for the user. */
export class FileError extends Error {
  override readonly name = "FileError";
  constructor(
    readonly path: string,
    /** `read`: an input is not there; `written`: a result has no place. */
    readonly act: "read" | "written",
    cause: unknown,
    /** What to do now, where it is known. */
    readonly help?: string,
  ) {
    super(`\`${path}\` cannot be ${act}: ${reasonOf(cause)}.`, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of its path is a file, not a folder",
  EACCES: "this user has no right to",
  EPERM: "this user has no right to",
  EROFS: "the file system is read-only",
  EISDIR: "it is a folder",
  ENOSPC: "the disk is full",
  EDQUOT: "the quota of this user is used up",
  EFBIG: "it would be larger than the file system allows",
  EMFILE: "too many files are open",
  ELOOP: "its symbolic links go round in a circle",
  ENAMETOOLONG: "its name is too long",
  NOT_FOLDER: "it is a file, not a folder",
  IS_INPUT: "this run reads it, and would lose it",
  NOT_TEXT: "it is not text",
  NO_MARK: "it is text in UTF-16 without a byte order mark; save it as UTF-8",
  ERR_FS_FILE_TOO_LARGE: "it is larger than 2 GiB",
  ERR_STRING_TOO_LONG: "it is too long to be held as one text",
};

/** Says why the operating system refused. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && reasons[code]) || message;
}

/** The system's name of an error (`ENOENT`), if it has one. */
export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
