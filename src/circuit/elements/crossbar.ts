import { resistor } from "../../devices/linear/resistor.js";
import type { Expression, Instance, Item, Setting, Word } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import { readQuantity } from "../../units/quantity.js";
import type { Card } from "../card.js";
import { Environment } from "../environment.js";
import { givenBy, typeOf } from "../models.js";
import { numberOf, written } from "../readings.js";
import { nameOf, textOf } from "../words.js";

/** A row of nodes: `r[1:16]` is r1 … r16. */
interface Line {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly span: Span;
}

/** What a cell is, by the type of its model. */
const cellCards: Readonly<Record<string, string>> = { memristor: "YMEMRISTOR", synapse: "YSYNAPSE" };

/** More cells are taken for a slip. */
const mostCells = 1e6;

/**
 * `YCROSSBAR xb rows=r[1:16] cols=c[1:16] model=m rline=2.5 [x0=w]`: cell m{i}_{j} between node r{i}_{j} of row i and node
 * c{i}_{j} of column j; segment rr{i}_{j} from there to the next column, rc{i}_{j} to the next row. The node `r3` is the
 * row's first, r3_1; the node `c3` is the column's last. Without `rline` the lines are without resistance. Where the model
 * is a pair (`kind=pair`) a column is two lines, `c3p` and `c3m`, each with its own nodes and segments.
 */
export function readCrossbar(card: Card): void {
  const rows = lineOf(card, "rows");
  const columns = lineOf(card, "cols");
  const model = card.setting("model");
  const rline = card.setting("rline");
  const known = ["rows", "cols", "model", "rline"];
  const own = [...card.settings.values()];
  for (const { name } of own) card.setting(nameOf(name, card.place));
  card.end(known);
  if (rows === undefined || columns === undefined) return;
  const type = cellType(card, model);
  if (type === undefined || !isSensible(card, rows, columns)) return;
  const resistance = rline === undefined ? 0 : numberIn(card, rline);
  if (!(resistance >= 0)) {
    if (!Number.isNaN(resistance)) {
      card.error("parameter-range", `\`rline\` of \`${card.shown}\` is ${resistance} Ω, but must not be below 0.`);
    }
    return;
  }
  const ends = isPair(card, model!.value as Word) ? ["p", "m"] : [""];
  write(card, {
    rows,
    columns,
    type,
    ends,
    model: model!.value as Word,
    own,
    rline: resistance > 0 ? rline : undefined,
  });
}

interface Plan {
  readonly rows: Line;
  readonly columns: Line;
  readonly type: string;
  /** What the names of a column's lines end with: one line, or the two of pairs. */
  readonly ends: readonly string[];
  readonly model: Word;
  /** Settings of every cell. */
  readonly own: readonly Setting[];
  readonly rline: Setting | undefined;
}

/** Writes the cards of cells and lines, as a loop would, and has them read. */
function write(card: Card, { rows, columns, type, ends, model, own, rline }: Plan): void {
  const { place, elaboration } = card;
  const { network } = elaboration;
  const [m, n] = [count(rows), count(columns)];
  const last = rline === undefined ? 1 : m;
  const port = (line: Line, k: number, end = ""): number =>
    network.node(`${line.name}${line.from + k}${end}`, place, line.span);
  const ports = new Map<string, number>();
  for (let i = 0; i < m; i++) ports.set(`r${i + 1}_1`, port(rows, i));
  for (let j = 0; j < n; j++) for (const end of ends) ports.set(`c${last}_${j + 1}${end}`, port(columns, j, end));
  card.named.ports = ports;
  const inside = new Environment(elaboration, { around: place, path: `${card.path}.`, ports });
  const { span } = card;
  const word = (text: string, at: Span = span): Word => ({ kind: "word", parts: [text], span: at });
  const one = (name: string, items: readonly Item[]): Instance => ({ kind: "instance", name: word(name), items, span });
  const text = rline?.value.kind === "word" ? textOf(rline.value, place) : undefined;
  const r = text === undefined ? undefined : unremarkable(text);
  const segment = (name: string, from: string, to: string): void => {
    if (r !== undefined) {
      const terminals = [from, to].map((node) => network.node(node, inside, span));
      if (network.addNamed(inside.path + name, "r", terminals, span, { device: resistor, values: { r } })) return;
    }
    elaboration.readCard(one(name, [word(from), word(to), rline!.value as Item]), inside);
  };
  const isSame = own.every(({ value }) => isNumber(value, place));
  for (let i = 1; i <= m; i++) {
    for (let j = 1; j <= n; j++) {
      const row = rline === undefined ? `r${i}_1` : `r${i}_${j}`;
      const column = (end: string, at = i): string => `c${rline === undefined ? 1 : at}_${j}${end}`;
      const lines = ends.map((end) => word(column(end)));
      const across: Item = lines.length === 1 ? lines[0]! : { kind: "group", items: lines, span };
      const cell = isSame ? inside : cellAt(i, j, inside, span);
      const settings = isSame ? own : own.map((setting) => entryOf(setting, card, i, j));
      elaboration.readCard(one(type, [word(`m${i}_${j}`), word(row), across, model, ...settings]), cell);
      if (rline === undefined) continue;
      if (j < n) segment(`rr${i}_${j}`, row, `r${i}_${j + 1}`);
      if (i === m) continue;
      for (const end of ends) segment(`rc${i}_${j}${end}`, column(end), column(end, i + 1));
    }
  }
}

/** The names of one cell: its row is i, its column j. */
function cellAt(i: number, j: number, inside: Environment, span: Span): Environment {
  const cell = new Environment(inside.elaboration, { around: inside, turn: true });
  cell.set("i", i, span);
  cell.set("j", j, span);
  return cell;
}

/** Whether a value is plainly a number, the same for every cell. */
const isNumber = (value: Setting["value"], place: Environment): boolean =>
  value.kind === "word" && "value" in readQuantity(textOf(value, place));

/** `x0=w`, w a table, is its number w(i,j); anything else stays, and may speak of i and j. */
function entryOf(setting: Setting, { place }: Card, i: number, j: number): Setting {
  const { value } = setting;
  if (value.kind !== "word") return setting;
  const name = nameOf(value, place);
  if (place.parameter(name) !== undefined || place.find("data", name) === undefined) return setting;
  const { span } = value;
  const numbers = [i, j].map((it): Expression => ({ kind: "number", value: it, span }));
  const expression: Expression = { kind: "call", name, arguments: numbers, span };
  return { ...setting, value: { kind: "expression", expression, lone: false, span } };
}

const count = ({ from, to }: Line): number => to - from + 1;

function numberIn(card: Card, { value, name }: Setting): number {
  return numberOf(value, card.place, `a number behind \`${written(name.span)}=\``);
}

/** `r[1:16]`; undefined after having complained. */
function lineOf(card: Card, name: string): Line | undefined {
  const setting = card.setting(name);
  const example = name === "rows" ? "rows=r[1:16]" : "cols=c[1:16]";
  if (setting === undefined) {
    card.error("missing-parameter", `\`${card.shown}\` needs \`${name}=\`, its lines: \`${example}\`.`);
    return undefined;
  }
  const text = setting.value.kind === "word" ? textOf(setting.value, card.place) : "";
  const found = /^(.+)\[(\d+):(\d+)\]$/.exec(text);
  if (found !== null)
    return { name: found[1]!, from: Number(found[2]), to: Number(found[3]), span: setting.value.span };
  const message = `Expected the lines of \`${card.shown}\` as \`${example}\`, found \`${written(setting.value.span)}\`.`;
  card.error("expected-lines", message, setting.value.span);
  return undefined;
}

function isSensible(card: Card, rows: Line, columns: Line): boolean {
  const empty = [rows, columns].find((line) => count(line) < 1);
  if (empty !== undefined) {
    card.error("expected-lines", `\`${written(empty.span)}\` holds no line: it counts downwards.`, empty.span);
    return false;
  }
  if (count(rows) * count(columns) <= mostCells) return true;
  card.error("loop-too-long", `\`${card.shown}\` has ${count(rows)} × ${count(columns)} cells; at most ${mostCells}.`);
  return false;
}

/** Whether cells are pairs, between a row and two columns. */
function isPair({ place }: Card, word: Word): boolean {
  const model = place.find("model", nameOf(word, place));
  const kind = model && givenBy(model).find(({ name }) => name === "kind")?.value;
  return kind?.kind === "word" && textOf(kind, place).toLowerCase() === "pair";
}

/** The type of card that a cell is; undefined after having complained. */
function cellType(card: Card, setting: Setting | undefined): string | undefined {
  if (setting === undefined) {
    card.error("missing-parameter", `\`${card.shown}\` needs \`model=\`, that of its cells.`);
    return undefined;
  }
  const name = setting.value.kind === "word" ? nameOf(setting.value, card.place) : "";
  const model = card.place.find("model", name);
  if (model === undefined) {
    card.error("unknown-model", `There is no model \`${written(setting.value.span)}\`.`, setting.value.span);
    return undefined;
  }
  const type = cellCards[typeOf(model)];
  if (type !== undefined) return type;
  const message = `\`${name}\` is a model of type \`${typeOf(model)}\`, but a cell needs \`memristor\` or \`synapse\`.`;
  card.error("wrong-model-type", message, setting.value.span, [model.span, "it is defined here"]);
  return undefined;
}

/** Values of which there is something to say: negative ones, and those whose last letter may be mistaken for a unit. */
const remark = /^-|[afms\u03a9]$/i;

/** The number that a text is; undefined where there is something to say of it. */
function unremarkable(text: string): number | undefined {
  const reading = readQuantity(text);
  return "error" in reading || reading.value === 0 || remark.test(text) ? undefined : reading.value;
}
