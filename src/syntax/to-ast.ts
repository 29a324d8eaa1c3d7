import type {
  AssignmentCstNode,
  CardCstNode,
  ConditionCstNode,
  DeviceCstNode,
  DirectiveCstNode,
  ElementCstNode,
  FunctionCstNode,
  HeaderItemCstNode,
  IncludeCstNode,
  ListingCstNode,
  LoopCstNode,
  ModelCstNode,
  ParametersCstNode,
  QuantumCstNode,
  SubcircuitCstNode,
} from "../../grammar/cst.js";
import type { Span } from "../text/source.js";
import { checkName, type NameToken, toAssignment } from "./assignment.js";
import type { Assignment, Expression, FunctionDefinition, Instance, Statement, Word } from "./ast.js";
import { toDevicePart } from "./device-lines.js";
import { directivePiece } from "./directives.js";
import { toExpression, toWord } from "./expression.js";
import { toItems, toSetting } from "./items.js";
import type { Piece } from "./pieces.js";
import type { Place } from "./place.js";
import { plainText, spelling, unquoted } from "./word.js";

/** What a card says, from its tree. */
export function toPieces({ children }: CardCstNode, place: Place): readonly Piece[] {
  const c = children;
  if (c.element) return [toInstance(c.element[0]!, place)];
  if (c.directive) return [toDirective(c.directive[0]!, c.directive[0]!.children.Directive[0]!, place)];
  if (c.listing) return [toDirective(c.listing[0]!, c.listing[0]!.children.Listing[0]!, place)];
  if (c.parameters) return toDefinitions(c.parameters[0]!, place);
  if (c.function) return [statement(toFunction(c.function[0]!, place))];
  if (c.model) return [statement(toModel(c.model[0]!, place))];
  if (c.subcircuit) return [toSubcircuit(c.subcircuit[0]!, place)];
  if (c.device) return [toDevice(c.device[0]!, place)];
  if (c.quantum) return [toQuantum(c.quantum[0]!, place)];
  if (c.condition) return [toCondition(c.condition[0]!, place)];
  if (c.loop) return [toLoop(c.loop[0]!, place)];
  if (c.include) return [toInclude(c.include[0]!, place)];
  return [toDevicePart(children, place)];
}

const statement = (made: Statement): Piece => ({ kind: "statement", statement: made });

function toInstance(node: ElementCstNode, place: Place): Instance {
  const { word, item } = node.children;
  return { kind: "instance", name: toWord(word[0]!, place), items: toItems(item, place), span: place.of(node) };
}

function toDirective(node: DirectiveCstNode | ListingCstNode, name: NameToken, place: Place): Piece {
  const items = toItems(node.children.item, place);
  return directivePiece(name.image, place.ofToken(name), items, place.of(node), place);
}

/** The parameters of a `.param` card as one statement, and each function on it (`.param f(a,b)='…'`) as another. */
function toDefinitions(node: ParametersCstNode, place: Place): readonly Piece[] {
  const { assignment } = node.children;
  const span = place.of(node);
  const assignments = assignment.filter(({ children }) => !children.formals).map((each) => toAssignment(each, place));
  const functions = assignment
    .filter(({ children }) => children.formals)
    .map((each) => toParameterFunction(each, place));
  return [
    ...(assignments.length > 0 ? [statement({ kind: "param", assignments, span })] : []),
    ...functions.map(statement),
  ];
}

function toParameterFunction(node: AssignmentCstNode, place: Place): FunctionDefinition {
  const { name, formals, expression } = node.children;
  return functionOf(name[0]!, formals![0]!.children.Text, toExpression(expression[0]!, place), place.of(node), place);
}

function toFunction(node: FunctionCstNode, place: Place): FunctionDefinition {
  const { name, formals, expression, braced, ticked } = node.children;
  const body = expression ?? (braced ?? ticked)![0]!.children.expression;
  return functionOf(name[0]!, formals[0]!.children.Text, toExpression(body[0]!, place), place.of(node), place);
}

function functionOf(
  name: NameToken,
  formals: readonly NameToken[] | undefined,
  body: Expression,
  span: Span,
  place: Place,
): FunctionDefinition {
  for (const token of [name, ...(formals ?? [])]) checkName(token, place);
  const parameters = (formals ?? []).map(({ image }) => image.toLowerCase());
  return { kind: "func", name: name.image.toLowerCase(), nameSpan: place.ofToken(name), parameters, body, span };
}

function toModel(node: ModelCstNode, place: Place): Statement {
  const { name, type, setting = [] } = node.children;
  return {
    kind: "model",
    name: toWord(name[0]!, place),
    type: toWord(type[0]!, place),
    settings: setting.map((each) => toSetting(each, place)),
    span: place.of(node),
  };
}

function toSubcircuit(node: SubcircuitCstNode, place: Place): Piece {
  const { words, parameters } = toHeader(node.children.headerItem, place);
  const name = toWord(node.children.word[0]!, place);
  return { kind: "open", opening: { word: ".subckt", name, nodes: words, parameters }, span: place.of(node) };
}

function toDevice(node: DeviceCstNode, place: Place): Piece {
  const { words, parameters } = toHeader(node.children.headerItem, place);
  const name = toWord(node.children.word[0]!, place);
  return { kind: "open", opening: { word: ".device", name, terminals: words, parameters }, span: place.of(node) };
}

function toQuantum({ children, location }: QuantumCstNode, place: Place): Piece {
  const { word, setting = [] } = children;
  const opening = {
    word: ".quantum",
    name: toWord(word[0]!, place),
    settings: setting.map((each) => toSetting(each, place)),
  } as const;
  return { kind: "open", opening, span: place.of({ location }) };
}

/** Nodes and, behind them, parameters with their defaults; `params:` between them says nothing. */
function toHeader(nodes: readonly HeaderItemCstNode[] = [], place: Place): { words: Word[]; parameters: Assignment[] } {
  const words: Word[] = [];
  const parameters: Assignment[] = [];
  for (const { children } of nodes) {
    const word = toWord(children.word[0]!, place);
    const text = plainText(word);
    if (children.expression) parameters.push(toDefault(word, toExpression(children.expression[0]!, place), place));
    else if (text?.toLowerCase() === "params:") continue;
    else if (parameters.length === 0) words.push(word);
    else place.complaints.error("node-behind-parameter", nodeBehind(word), word.span);
  }
  return { words, parameters };
}

const nodeBehind = (word: Word): string =>
  `\`${spelling(word)}\` has no value: nodes stand before the parameters, and a parameter is written \`name=value\`.`;

function toDefault(word: Word, value: Expression, place: Place): Assignment {
  const text = plainText(word) ?? "";
  const { start, end } = word.span;
  checkName(
    { image: text || spelling(word), startOffset: start - place.start, endOffset: end - place.start - 1 },
    place,
  );
  return { name: text.toLowerCase(), nameSpan: word.span, value };
}

function toCondition(node: ConditionCstNode, place: Place): Piece {
  const condition = toExpression(node.children.expression[0]!, place);
  const span = place.of(node);
  return node.children.If
    ? { kind: "open", opening: { word: ".if", condition }, span }
    : { kind: "branch", condition, span };
}

function toLoop(node: LoopCstNode, place: Place): Piece {
  const { Name, from, to, step } = node.children;
  const opening = {
    word: ".for",
    variable: Name[0]!.image.toLowerCase(),
    variableSpan: place.ofToken(Name[0]!),
    from: toExpression(from[0]!, place),
    to: toExpression(to[0]!, place),
    ...(step && { step: toExpression(step[0]!, place) }),
  } as const;
  return { kind: "open", opening, span: place.of(node) };
}

function toInclude(node: IncludeCstNode, place: Place): Piece {
  const { Include, file, section } = node.children;
  const span = place.of(node);
  const name = { file: unquoted(file[0]!.image), fileSpan: place.ofToken(file[0]!) };
  if (!section) return Include ? statement({ kind: "include", ...name, span }) : { kind: "library", ...name, span };
  if (!Include) {
    return statement({ kind: "include", ...name, section: unquoted(section[0]!.image).toLowerCase(), span });
  }
  const help = "put quotes around a name with blanks";
  place.complaints.error("text-behind-card", "`.include` takes one file.", place.ofToken(section[0]!), { help });
  return statement({ kind: "include", ...name, span });
}
