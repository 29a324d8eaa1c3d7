import type { Item, ModelDefinition, Setting } from "./ast.js";
import { directivePiece } from "./directives.js";
import { listed, listings } from "./listing.js";
import type { Piece } from "./pieces.js";
import type { Place } from "./place.js";
import { plainLoop } from "./plain-loop.js";
import { Scan } from "./scan.js";
import { classOf } from "./statements.js";

/**
 * The quick way for plain cards: words, `name=value`, parentheses, plain expressions in braces. It gives the tree that the grammar gives, or
 * undefined where there is anything else on the card (a quotation, a fault): then the grammar reads it.
 */
export function readPlainCard(text: string, place: Place): readonly Piece[] | undefined {
  const scan = new Scan(text, { source: place.source, offset: place.start }, 0, text.length, place);
  const head = scan.head();
  if (!head) return undefined;
  const name = head.text;
  if (!name.startsWith(".")) {
    const whole = scan.spliced(head);
    const items = whole && scan.items(name);
    return items && [{ kind: "instance", name: whole, items, span: scan.span(head) }];
  }
  const lower = name.toLowerCase();
  if (listings.has(lower)) {
    const signals = listed(name, text, head.end - place.start, place);
    const span = place.span(head.start - place.start, text.trimEnd().length);
    return signals && [directivePiece(name, head.span, signals, span, place)];
  }
  if (lower === ".for") return plainLoop(text, place);
  if (!isPlain(name)) return undefined;
  const items = scan.items(name);
  if (!items) return undefined;
  if (lower === ".model") return modelOf(items, scan.span(head));
  if (lower === ".quantum") return quantumOf(items, scan.span(head));
  return [directivePiece(name, head.span, items, scan.span(head), place)];
}

/** Signals stand on these as well, which are values or arguments there. */
const listing = /^\.(?:four|ic|nodeset|assert)$/i;

function isPlain(name: string): boolean {
  if (/^\.(?:model|quantum)$/i.test(name)) return true;
  const kind = classOf(name);
  return (kind === "plain" || kind === "end") && !listing.test(name);
}

/** `name type(p=v …)` or `name type p=v …`. */
function modelOf([name, type, ...rest]: readonly Item[], span: ModelDefinition["span"]): readonly Piece[] | undefined {
  if (name?.kind !== "word" || type?.kind !== "word") return undefined;
  const [first] = rest;
  const settings = rest.length === 1 && first?.kind === "group" ? first.items : rest;
  if (!settings.every((item): item is Setting => item.kind === "setting")) return undefined;
  return [{ kind: "statement", statement: { kind: "model", name, type, settings, span } }];
}

/** `name p=v …`. */
function quantumOf([name, ...settings]: readonly Item[], span: ModelDefinition["span"]): readonly Piece[] | undefined {
  if (name?.kind !== "word") return undefined;
  if (!settings.every((item): item is Setting => item.kind === "setting")) return undefined;
  return [{ kind: "open", opening: { word: ".quantum", name, settings }, span }];
}
