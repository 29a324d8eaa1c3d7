import type { Complaints } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import type { DeviceDefinition } from "./ast.js";
import type { DevicePart, Opening } from "./pieces.js";
import { spelling } from "./word.js";

type DeviceOpening = Extract<Opening, { word: ".device"; name: unknown }>;
interface Line {
  readonly part: DevicePart;
  readonly span: Span;
}

/** Gathers the lines of a `.device`. */
export function deviceOf(
  { name, terminals, parameters }: DeviceOpening,
  lines: readonly Line[],
  span: Span,
  complaints: Complaints,
): DeviceDefinition {
  const of = <K extends DevicePart["kind"]>(kind: K) =>
    lines.flatMap((line) =>
      line.part.kind === kind ? [{ part: line.part as Extract<DevicePart, { kind: K }>, span: line.span }] : [],
    );
  const equations = of("law").map(({ part }) => part.equation);
  if (equations.length === 0 && of("faulty").length === 0) {
    const message = `\`.device ${spelling(name)}\` has no equation: write \`.eq i = {…}\` or \`.eq v = {…}\`.`;
    complaints.error("device-without-equation", message, span);
  }
  return {
    kind: "device",
    name,
    terminals,
    parameters,
    states: of("state").map(({ part }) => part.state),
    equations,
    outputs: of("outputs").flatMap(({ part }) => part.assignments),
    events: of("event").map(({ part: { condition }, span: place }) => ({ condition, span: place })),
    checks: of("check").map(({ part: { condition, message }, span: place }) => ({ condition, message, span: place })),
    claims: of("claims").flatMap(({ part }) => part.words),
    span,
  };
}
