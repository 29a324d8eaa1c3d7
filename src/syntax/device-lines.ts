import type {
  CardCstNode,
  CheckCstNode,
  EventCstNode,
  LawCstNode,
  OutputCstNode,
  StateCstNode,
} from "../../grammar/cst.js";
import { similar } from "../text/similar.js";
import { toAssignment } from "./assignment.js";
import type { Assignment, Equation, StateDefinition } from "./ast.js";
import { toExpression } from "./expression.js";
import type { DevicePart, Piece } from "./pieces.js";
import type { Place } from "./place.js";
import { unquoted } from "./word.js";

/** A line of a `.device`: `.state`, `.eq`, `.out`, `.when` or `.check`. */
export function toDevicePart({ state, law, output, event, check }: CardCstNode["children"], place: Place): Piece {
  const node = (state ?? law ?? output ?? event ?? check)![0]!;
  const part = state
    ? stateOf(state[0]!, place)
    : law
      ? lawOf(law[0]!, place)
      : output
        ? outputsOf(output[0]!, place)
        : event
          ? eventOf(event[0]!, place)
          : checkOf(check![0]!, place);
  return { kind: "part", part, span: place.of(node) };
}

function stateOf({ children }: StateCstNode, place: Place): DevicePart {
  const [first, ...bounds] = children.assignment.map((each) => toAssignment(each, place));
  const { name, nameSpan, value: initial } = first!;
  const state: { -readonly [K in keyof StateDefinition]: StateDefinition[K] } = { name, nameSpan, initial };
  for (const bound of bounds) {
    if (bound.name === "min" || bound.name === "max") state[bound.name] = bound.value;
    else complainOfBound(bound, place);
  }
  return { kind: "state", state };
}

function complainOfBound({ name, nameSpan }: Assignment, place: Place): void {
  const near = similar(name, ["min", "max"]);
  const message = `A state has the settings \`min\` and \`max\`, and no \`${name}\`: another state is another \`.state\` card.`;
  place.complaints.error("unknown-setting", message, nameSpan, near ? { help: `did you mean \`${near}\`?` } : {});
}

function lawOf(node: LawCstNode, place: Place): DevicePart {
  const left = toExpression(node.children.left[0]!, place);
  const right = toExpression(node.children.right[0]!, place);
  const equation: Equation = { kind: "equation", left, right, span: place.of(node) };
  return { kind: "law", equation };
}

function outputsOf({ children }: OutputCstNode, place: Place): DevicePart {
  return { kind: "outputs", assignments: children.assignment.map((each) => toAssignment(each, place)) };
}

function eventOf({ children }: EventCstNode, place: Place): DevicePart {
  return { kind: "event", condition: toExpression(children.expression[0]!, place) };
}

function checkOf({ children }: CheckCstNode, place: Place): DevicePart {
  const condition = toExpression(children.expression[0]!, place);
  return { kind: "check", condition, message: unquoted(children.Quotation[0]!.image) };
}
