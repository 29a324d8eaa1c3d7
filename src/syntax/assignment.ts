import type { AssignmentCstNode } from "../../grammar/cst.js";
import type { Assignment } from "./ast.js";
import { toExpression } from "./expression.js";
import type { Place } from "./place.js";

/** A token that holds a name; `endOffset` is its last character's. */
export interface NameToken {
  readonly image: string;
  readonly startOffset: number;
  readonly endOffset?: number;
}

/** `name = expression`. */
export function toAssignment({ children }: AssignmentCstNode, place: Place): Assignment {
  const name = children.name[0]!;
  checkName(name, place);
  if (children.formals) {
    place.complaints.error(
      "unexpected-text",
      "Only `.param` and `.func` define functions.",
      place.of(children.formals[0]!),
    );
  }
  return {
    name: name.image.toLowerCase(),
    nameSpan: place.ofToken(name),
    value: toExpression(children.expression[0]!, place),
  };
}

/** A name that expressions can use. */
export function checkName(token: NameToken, place: Place): void {
  if (/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(token.image)) return;
  place.complaints.error(
    "bad-name",
    `\`${token.image}\` cannot be used as a name: it starts with a letter or \`_\` and goes on with letters, digits and \`_\`.`,
    place.ofToken(token),
  );
}
