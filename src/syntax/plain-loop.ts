import type { Piece } from "./pieces.js";
import type { Place } from "./place.js";
import { PlainExpression } from "./plain-expression.js";

const opening = /^(\s*)(\.for\s+)([a-z_][a-z_0-9.]*)\s*=(?!=)/i;
const [to, step] = [/to\b/iy, /step\b/iy];

/** `.for name = from to last step by` of plain expressions; undefined where the grammar must look. */
export function plainLoop(text: string, place: Place): readonly Piece[] | undefined {
  const [all, blanks, before, name] = opening.exec(text) ?? [];
  if (all === undefined || /^(?:lot|to|step)$/i.test(name!)) return undefined;
  const reader = new PlainExpression(text, place);
  const behind = (word: RegExp): boolean => {
    reader.skip();
    word.lastIndex = reader.at;
    if (!word.test(text)) return false;
    reader.at = word.lastIndex;
    return true;
  };
  const first = reader.open(all.length);
  if (first === undefined || !behind(to)) return undefined;
  const last = reader.open(reader.at);
  if (last === undefined) return undefined;
  let end = reader.at;
  const isStepped = behind(step);
  const by = isStepped ? reader.open(reader.at) : undefined;
  if (isStepped) {
    if (by === undefined) return undefined;
    end = reader.at;
  }
  reader.skip();
  if (reader.at < text.length) return undefined;
  const start = blanks!.length + before!.length;
  const variable = { variable: name!.toLowerCase(), variableSpan: place.span(start, start + name!.length) };
  const bounds = { from: first, to: last, ...(by && { step: by }) };
  const span = place.span(blanks!.length, text.slice(0, end).trimEnd().length);
  return [{ kind: "open", opening: { word: ".for", ...variable, ...bounds }, span }];
}
