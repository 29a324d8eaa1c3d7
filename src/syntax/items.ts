import type {
  ExpressionCstNode,
  GroupCstNode,
  ItemCstNode,
  SettingCstNode,
  SideCstNode,
  ValueCstNode,
} from "../../grammar/cst.js";
import { readQuantity } from "../units/quantity.js";
import type { Braced, Expression, Group, Item, Quoted, Setting, Word } from "./ast.js";
import { toCall, toExpression, toProbe, toSettingOf, toWord } from "./expression.js";
import type { Place } from "./place.js";
import { loneExpression, plainText, unquoted } from "./word.js";

/** What stands behind the head of a card. */
export function toItems(nodes: readonly ItemCstNode[] | undefined, place: Place): Item[] {
  return (nodes ?? []).flatMap((node) => toItem(node, place));
}

function toItem(node: ItemCstNode, place: Place): Item | Item[] {
  const { Quotation, group, side, value, expression } = node.children;
  if (Quotation) return quoted(Quotation[0]!, place);
  if (group) return toGroup(group[0]!, place);
  const left = toSide(side![0]!, place);
  if (expression && left.kind === "expression")
    return {
      kind: "equation",
      left: left.expression,
      right: toExpression(expression[0]!, place),
      span: place.of(node),
    };
  if (expression)
    return { kind: "setting", name: asName(left, place), value: bare(expression[0]!, place), span: place.of(node) };
  return value ? related(node, left, toValue(value[0]!, place), place) : left;
}

/** `left = value`: a setting where the left side is a word, else an equation. */
function related(node: ItemCstNode, left: Word | Braced, value: Setting["value"], place: Place): Item | Item[] {
  const span = place.of(node);
  if (left.kind === "word") return { kind: "setting", name: left, value, span };
  if (value.kind === "group") return [left, value]; // table {x} = (a,b) …
  return { kind: "equation", left: left.expression, right: asExpression(value, place), span };
}

/** `name = value` of a model. */
export function toSetting(node: SettingCstNode, place: Place): Setting {
  const { word, value } = node.children;
  return { kind: "setting", name: toWord(word[0]!, place), value: toValue(value[0]!, place), span: place.of(node) };
}

function toValue({ children }: ValueCstNode, place: Place): Setting["value"] {
  if (children.Quotation) return quoted(children.Quotation[0]!, place);
  if (children.group) return toGroup(children.group[0]!, place);
  return toSide(children.side![0]!, place);
}

function toSide(node: SideCstNode, place: Place): Word | Braced {
  const { word, ticked, probe, call, settingOf } = node.children;
  const span = place.of(node);
  if (word) {
    const whole = toWord(word[0]!, place);
    const expression = loneExpression(whole);
    return expression ? { kind: "expression", expression, lone: true, span } : whole;
  }
  const expression = ticked
    ? toExpression(ticked[0]!.children.expression[0]!, place)
    : probe
      ? toProbe(probe[0]!, place)
      : call
        ? toCall(call[0]!, place)
        : toSettingOf(settingOf![0]!, place);
  return { kind: "expression", expression, lone: false, span };
}

function toGroup(node: GroupCstNode, place: Place): Group {
  return { kind: "group", items: toItems(node.children.item, place), span: place.of(node) };
}

function quoted(token: { image: string; startOffset: number; endOffset?: number }, place: Place): Quoted {
  return { kind: "quoted", text: unquoted(token.image), span: place.ofToken(token) };
}

function bare(node: ExpressionCstNode, place: Place): Braced {
  return { kind: "expression", expression: toExpression(node, place), lone: false, span: place.of(node) };
}

function asName(left: Word | Braced, place: Place): Word {
  if (left.kind === "word") return left;
  place.complaints.error("unexpected-text", "A name stands before `=`.", left.span);
  return { kind: "word", parts: [""], span: left.span };
}

/** The right side of an equation: a number or a name stands without braces, anything longer in them. */
function asExpression(value: Word | Braced | Quoted, place: Place): Expression {
  const { span } = value;
  if (value.kind === "expression") return value.expression;
  const text = value.kind === "word" ? plainText(value) : undefined;
  const reading = text === undefined ? undefined : readQuantity(text);
  if (reading && "value" in reading) return { kind: "number", value: reading.value, span };
  if (text !== undefined && /^[a-z_]\w*$/i.test(text)) return { kind: "name", name: text.toLowerCase(), span };
  const message =
    text !== undefined && /^[-+]?[\d.]/.test(text) && reading && "error" in reading && !/[*/(]|\d[-+]/.test(text)
      ? reading.error
      : "Expected a number, a name or a signal. Put an expression in braces: `{…}`.";
  place.complaints.error("bad-number", message, span);
  return { kind: "number", value: 0, span };
}
