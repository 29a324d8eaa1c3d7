import type { Expression } from "../../syntax/ast.js";
import { partsOf } from "../../syntax/parts.js";
import type { Span } from "../../text/source.js";
import type { Environment } from "../environment.js";
import { textOf } from "../words.js";
import { blockCalls } from "./block-calls.js";
import { operatorWords } from "./operator-reader.js";

/** `pair.m1` for `m1` where a netlist's one block has it; a name of the circuit stays as it is. */
export function qualifiedName(name: string, place: Environment): string {
  const found = place.elaboration.blocks.locate(name, place);
  if (found === undefined || (found.local !== "" && found.block.find(found.local) === undefined)) return name;
  return found.local === "" ? found.block.name : found.block.path(found.local);
}

/** The text of an expression with whole names, and the block before every name of a block: columns always carry it. */
export function qualifiedText(expression: Expression, { source, start, end }: Span, place: Environment): string {
  const { text } = source;
  let made = "";
  let at = start;
  for (const { span, name } of [...namesIn(expression, place)].sort((a, b) => a.span.start - b.span.start)) {
    made += text.slice(at, span.start) + name;
    at = span.end;
  }
  return made + text.slice(at, end);
}

type Call = Extract<Expression, { kind: "call" }>;

interface Placed {
  readonly span: Span;
  readonly name: string;
}

/** Every name in an expression that stands otherwise at the head of a column than in the text. */
function* namesIn(e: Expression, place: Environment): Iterable<Placed> {
  if (e.kind === "probe") {
    for (const word of e.names)
      yield { span: word.span, name: qualifiedName(textOf(word, place).toLowerCase(), place) };
  }
  if (e.kind === "name") yield { span: e.span, name: e.name };
  const speaks = e.kind === "call" && speaking.includes(e.name);
  const whole = e.kind === "call" ? wholeBlock(e, place) : undefined;
  if (whole !== undefined) yield whole;
  for (const part of partsOf(e)) {
    if (speaks && part.kind === "name") yield { span: part.span, name: qualifiedName(part.name, place) };
    else yield* namesIn(part, place);
  }
}

/** `purity()` and `rho(0,1)` are of the netlist's one block as a whole, and say so in their columns. */
function wholeBlock({ name, arguments: given, span }: Call, place: Environment): Placed | undefined {
  const { blocks } = place.elaboration;
  const only = blocks.only(place);
  if (only === undefined || !blockCalls.includes(name) || name === "ex") return undefined;
  if (given.some((one) => one.kind === "name" && blocks.names(one.name, place))) return undefined;
  const [first] = given;
  const at = first?.span.start ?? span.end - 1;
  return { span: { ...span, start: at, end: at }, name: first === undefined ? only.name : `${only.name},` };
}

/** Calls whose arguments are names of a block. */
const speaking: readonly string[] = [...blockCalls, ...operatorWords, "r", "p"];
