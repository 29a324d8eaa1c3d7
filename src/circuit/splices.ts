import type { Directive, Expression, Instance, Item, Setting, Word } from "../syntax/ast.js";
import { partsOf } from "../syntax/parts.js";

// Names in expressions into which a loop's number is glued, `sy(q{i})`, become plain names where cards are unrolled, so
// that nobody behind has to know of them; so do those of parameters, conditions and bounds where these are worked out.
// Names of words and of `v( )` are spliced by who reads them (`textOf`).

/** The text that pieces and what stands in braces between them make. */
type Splice = (parts: Word["parts"]) => string;

/** Whether an expression holds a name with braces glued to it; found once, for a loop asks in each of its turns. */
function isGlued(e: Expression): boolean {
  if (e.kind === "number") return false;
  if (e.kind === "name") return e.glued !== undefined;
  const known = glued.get(e);
  if (known !== undefined) return known;
  const found = partsOf(e).some(isGlued);
  glued.set(e, found);
  return found;
}

const glued = new WeakMap<Expression, boolean>();

/** An expression with its glued names made whole. */
export function whole(e: Expression, splice: Splice): Expression {
  return isGlued(e) ? made(e, splice) : e;
}

function made(e: Expression, splice: Splice): Expression {
  switch (e.kind) {
    case "name":
      return e.glued ? { kind: "name", name: splice(e.glued).toLowerCase(), span: e.span } : e;
    case "unary":
      return { ...e, operand: made(e.operand, splice) };
    case "binary":
      return { ...e, left: made(e.left, splice), right: made(e.right, splice) };
    case "conditional":
      return { ...e, condition: made(e.condition, splice), yes: made(e.yes, splice), no: made(e.no, splice) };
    case "call":
      return { ...e, arguments: e.arguments.map((one) => made(one, splice)) };
    default:
      return e;
  }
}

/** A card whose names are whole; the card itself where they are. */
export function wholeCard<Card extends Instance | Directive>(card: Card, splice: Splice): Card {
  return !isWhole(card) ? { ...card, items: card.items.map((item) => wholeItem(item, splice)) } : card;
}

/** Whether no expression of a card holds a name with braces glued to it. */
export const isWhole = ({ items }: Instance | Directive): boolean => !items.some(hasGlued);

function hasGlued(item: Item): boolean {
  switch (item.kind) {
    case "expression":
      return isGlued(item.expression);
    case "group":
      return item.items.some(hasGlued);
    case "setting":
      return hasGlued(item.value);
    case "equation":
      return isGlued(item.left) || isGlued(item.right);
    default:
      return false;
  }
}

function wholeItem(item: Item, splice: Splice): Item {
  switch (item.kind) {
    case "expression":
      return { ...item, expression: whole(item.expression, splice) };
    case "group":
      return { ...item, items: item.items.map((one) => wholeItem(one, splice)) };
    case "setting":
      return { ...item, value: wholeItem(item.value, splice) as Setting["value"] };
    case "equation":
      return { ...item, left: whole(item.left, splice), right: whole(item.right, splice) };
    default:
      return item;
  }
}
