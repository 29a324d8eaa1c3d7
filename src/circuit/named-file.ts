import { Source, type Span } from "../text/source.js";
import type { Elaboration } from "./elaboration.js";

const whereItIsSought =
  "the place is sought from the folder of the file that names it; write the path with `/`, in quotes if it has blanks.";

/** A file that a netlist names at `span`, or the command line; undefined after having complained. */
export function openFile(file: string, span: Span | undefined, elaboration: Elaboration): Source | undefined {
  const { read, complaints } = elaboration;
  const found = read?.(file, span?.source.name ?? "");
  if (found instanceof Source) return found;
  if (found?.reason !== undefined) {
    complaints.error("unreadable-file", `The file \`${file}\` cannot be read: ${found.reason}.`, span);
    return undefined;
  }
  const near = found?.near && `did you mean \`${found.near}\`?`;
  const help = near ?? (read === undefined ? "no files can be read here." : whereItIsSought);
  complaints.error("missing-file", `The file \`${file}\` was not found.`, span, { help });
  return undefined;
}
