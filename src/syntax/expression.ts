import type {
  BracedCstNode,
  CallCstNode,
  ExpressionCstNode,
  OperandCstNode,
  ProbeCstNode,
  SettingOfCstNode,
  SpliceCstNode,
  WordCstNode,
} from "../../grammar/cst.js";
import type { Source } from "../text/source.js";
import { readFactor, readXyceMillion } from "../units/quantity.js";
import type { BinaryOperator, Expression, Word } from "./ast.js";
import { partsOf } from "./parts.js";
import type { Place } from "./place.js";
import { climb, type Operand, type Sign } from "./precedence.js";
import { unquoted } from "./word.js";

/** Operations within each other: later stages walk the tree by recursion. */
const deepest = 1000;

/** The expression that a tree of the grammar stands for. */
export function toExpression(node: ExpressionCstNode, place: Place): Expression {
  const expression = anyExpression(node, place);
  if (!deeperThan(deepest, expression)) return expression;
  const span = { ...expression.span, end: expression.span.start + 1 };
  place.complaints.error(
    "expression-too-deep",
    `This expression has more than ${deepest} operations within each other: give parts of it a name with \`.param\` or \`.func\`.`,
    span,
  );
  return { kind: "number", value: Number.NaN, span };
}

function anyExpression(node: ExpressionCstNode, place: Place): Expression {
  const { operand, Operator = [], yes, no } = node.children;
  const value = climb(
    operand.map((each) => toOperand(each, place)),
    Operator.map(({ image }) => image as BinaryOperator),
    place,
  );
  if (!yes || !no) return value;
  return {
    kind: "conditional",
    condition: value,
    yes: anyExpression(yes[0]!, place),
    no: anyExpression(no[0]!, place),
    span: place.of(node),
  };
}

function toOperand(node: OperandCstNode, place: Place): Operand {
  const { Sign: signs = [] } = node.children;
  return {
    signs: signs.map(({ image, startOffset }) => ({
      operator: (image === "~" ? "!" : image) as Sign["operator"], // `~` is PSpice's and Xyce's
      start: startOffset,
    })),
    value: toValue(node, place),
  };
}

function toValue({ children }: OperandCstNode, place: Place): Expression {
  if (children.Numeral) return numberOf(children.Numeral[0]!, place);
  if (children.Name) return nameOf(children, place);
  if (children.Quotation) {
    const token = children.Quotation[0]!;
    return { kind: "text", text: unquoted(token.image), span: place.ofToken(token) };
  }
  if (children.probe) return toProbe(children.probe[0]!, place);
  if (children.call) {
    const call = toCall(children.call[0]!, place);
    return children.Lot && call.kind === "call" ? { ...call, lot: true } : call;
  }
  if (children.settingOf) return toSettingOf(children.settingOf[0]!, place);
  const inner = (children.parenthesis ?? children.braced ?? children.ticked)![0]!;
  return anyExpression((inner as BracedCstNode).children.expression[0]!, place);
}

function nameOf({ Name = [], GluedName = [], splice = [] }: OperandCstNode["children"], place: Place): Expression {
  const [head] = Name;
  const span = place.ofToken(head!);
  if (splice.length === 0) return { kind: "name", name: head!.image.toLowerCase(), span };
  const ends = [...GluedName.map((token) => place.ofToken(token)), ...splice.map((brace) => place.of(brace))];
  const end = ends.reduce((last, it) => Math.max(last, it.end), span.end);
  const glued = inOrder([...Name, ...GluedName], splice, place);
  const name = glued.map((part) => (typeof part === "string" ? part.toLowerCase() : "{…}")).join("");
  return { kind: "name", name, glued, span: { ...span, end } };
}

/** A file that calls itself one of Xyce's; a number is read before options are. */
const isXyce = ({ text }: Source): boolean => /^[ \t]*\.opt(?:ions?)?\b.*\bdialect\s*=\s*xyce\b/im.test(text);

const imaginary = /^((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)i$/i;

/** The number that a token says. */
export function numberOf(token: { image: string; startOffset: number; endOffset?: number }, place: Place): Expression {
  const span = place.ofToken(token);
  const [, digits] = imaginary.exec(token.image) ?? [];
  if (digits !== undefined) return { kind: "imaginary", value: Number(digits), span };
  const reading = readFactor(token.image);
  const million = "error" in reading && isXyce(place.source) ? readXyceMillion(token.image) : undefined;
  if (million !== undefined) return { kind: "number", value: million, span };
  if ("error" in reading) place.complaints.error("bad-number", reading.error, span);
  return { kind: "number", value: "error" in reading ? Number.NaN : reading.value, span };
}

/** `v(a,b)`. */
export function toProbe(node: ProbeCstNode, place: Place): Expression {
  const quantity = node.children.Probe[0]!.image.charAt(0).toLowerCase() as "v" | "i" | "x" | "n";
  return {
    kind: "probe",
    quantity,
    names: node.children.word.map((word) => toWord(word, place)),
    span: place.of(node),
  };
}

/** `max(a, b)`. */
export function toCall(node: CallCstNode, place: Place): Expression {
  const { Call, expression = [] } = node.children;
  const name = Call[0]!.image.slice(0, -1).trim().toLowerCase();
  const given = expression.map((argument) => anyExpression(argument, place));
  return { kind: "call", name, arguments: given, span: place.of(node) };
}

/** `@r1[resistance]`. */
export function toSettingOf(node: SettingOfCstNode, place: Place): Expression {
  const setting = node.children.SettingName[0]!.image.slice(1, -1).trim().toLowerCase();
  return { kind: "setting-of", device: toWord(node.children.word[0]!, place), setting, span: place.of(node) };
}

/** A word with what is spliced into it, in the order of the text. */
export function toWord(node: WordCstNode, place: Place): Word {
  const { Text = [], GluedText = [], braced = [], splice = [] } = node.children;
  const [only] = Text;
  if (only && Text.length + GluedText.length + braced.length + splice.length === 1) {
    return place.word(only.startOffset, only.endOffset! + 1);
  }
  const parts = inOrder([...Text, ...GluedText], [...braced, ...splice], place);
  return { kind: "word", parts, span: place.of(node) };
}

/** Pieces of text and what stands in braces between them, in the order of the text. */
function inOrder(
  texts: readonly { readonly image: string; readonly startOffset: number }[],
  braces: readonly (BracedCstNode | SpliceCstNode)[],
  place: Place,
): Word["parts"] {
  const pieces = texts.map((token) => ({ start: token.startOffset, part: token.image as string | Expression }));
  const spliced = braces.map((brace) => ({
    start: brace.location!.startOffset,
    part: toExpression(brace.children.expression[0]!, place),
  }));
  return [...pieces, ...spliced].sort((a, b) => a.start - b.start).map(({ part }) => part);
}

/** Whether a tree has more than `limit` levels; without recursion, for it guards those who recur. */
function deeperThan(limit: number, root: Expression): boolean {
  const open: [Expression, number][] = [[root, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [expression, depth] = next;
    if (depth > limit) return true;
    for (const part of partsOf(expression)) open.push([part, depth + 1]);
  }
  return false;
}
