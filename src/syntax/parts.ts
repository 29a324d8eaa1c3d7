import type { Expression } from "./ast.js";

/** The expressions that an expression is made of, in the order of the text; none of a name or a number. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "conditional":
      return [expression.condition, expression.yes, expression.no];
    case "call":
      return expression.arguments;
    default:
      return [];
  }
}
