import type {
  BracedCstNode,
  CallCstNode,
  ExpressionCstNode,
  OperandCstNode,
  ProbeCstNode,
  SettingOfCstNode,
  WordCstNode,
} from "../../grammar/cst.js";
import type { Source } from "../text/source.js";
import { readFactor, readXyceMillion } from "../units/quantity.js";
import type { BinaryOperator, Expression, Word } from "./ast.js";
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
    signs: signs.map(({ image, startOffset }) => ({ operator: image as Sign["operator"], start: startOffset })),
    value: toValue(node, place),
  };
}

function toValue({ children }: OperandCstNode, place: Place): Expression {
  if (children.Numeral) return numberOf(children.Numeral[0]!, place);
  if (children.Name) {
    const token = children.Name[0]!;
    return { kind: "name", name: token.image.toLowerCase(), span: place.ofToken(token) };
  }
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

/** A file that calls itself one of Xyce's; a number is read before options are. */
const isXyce = ({ text }: Source): boolean => /^[ \t]*\.opt(?:ions?)?\b.*\bdialect\s*=\s*xyce\b/im.test(text);

const imaginary = /^((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)i$/i;

function numberOf(token: { image: string; startOffset: number; endOffset?: number }, place: Place): Expression {
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
  const texts = [...Text, ...GluedText].map((token) => ({ start: token.startOffset, part: token.image as string }));
  const braces = [...braced, ...splice].map((brace) => ({
    start: brace.location!.startOffset,
    part: toExpression(brace.children.expression[0]!, place),
  }));
  const parts = [...texts, ...braces].sort((a, b) => a.start - b.start).map(({ part }) => part);
  return { kind: "word", parts, span: place.of(node) };
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

function partsOf(expression: Expression): readonly Expression[] {
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
