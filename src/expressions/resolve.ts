import type { Expression } from "../syntax/ast.js";
import type { Complaints } from "../text/diagnostic.js";
import type { Formula } from "./formula.js";
import type { Scope } from "./scope.js";

export type { Names, Scope, UserFunction } from "./scope.js";

/** Turns an expression as written into a formula; where it cannot, it complains and gives the number NaN. */
export function resolve(_expression: Expression, _scope: Scope, _complaints: Complaints): Formula {
  throw new Error("not built yet");
}

/** The value of a formula that reads neither time nor inputs. */
export const constant = (formula: Formula): number | undefined =>
  formula.kind === "number" ? formula.value : undefined;
