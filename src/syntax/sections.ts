import type { Piece } from "./pieces.js";
import { plainText } from "./word.js";

/**
 * Which cards `.lib name` open a section: those that an `.endl` of the same file matches, by its name or, without one,
 * as the nearest before it. The others name a file.
 */
export function librarySections(pieces: readonly Piece[]): ReadonlySet<Piece> {
  const sections = new Set<Piece>();
  const open: Extract<Piece, { kind: "library" }>[] = [];
  for (const piece of pieces) {
    if (piece.kind === "library") open.push(piece);
    if (piece.kind !== "close" || piece.word !== ".endl") continue;
    const name = piece.name && plainText(piece.name)?.toLowerCase();
    const at = name === undefined ? open.length - 1 : open.findLastIndex(({ file }) => file.toLowerCase() === name);
    const opening = open[at < 0 ? open.length - 1 : at];
    if (opening) sections.add(opening);
    open.length = Math.max(0, at < 0 ? open.length - 1 : at);
  }
  return sections;
}
