import type { Directive, Setting } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import { channelKinds } from "../quantum/block.js";
import { written } from "../readings.js";
import { CardSettings } from "../training/card-settings.js";
import type { ChannelCard, ComplexEntries } from "./card.js";
import type { ChannelCards } from "./channel-cards.js";
import { matricesOf, matricesOfFile, matrixOf, realRowsOf, shape } from "./entries.js";
import { TreeReader } from "./tree.js";

const settings = ["in", "out", "kraus", "init", "seed", "stochastic", "unitary", "kind", "p"];
/** Levels of a channel's input or output. */
const mostLevels = 1024;
/** Entries of one that is drawn. */
export const mostEntries = 2 ** 22;

type Defined = Pick<ChannelCard, "input" | "output" | "count" | "definition">;

/** `.channel c in=4 out=2 kraus=8`, `kraus=(…)`, `stochastic=(…)`, `unitary=(…)`, `kind=damping p=`, `.channel net = c2(c1(x))`. */
export function readChannel(
  card: Directive,
  place: Environment,
  name: string,
  cards: ChannelCards,
): ChannelCard | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const [first, ...rest] = card.items;
  const defined =
    first?.kind === "setting" && !settings.includes(name)
      ? networkOf(first, rest, cards)
      : channelBy(new CardSettings(".channel", card.items, place, card.span, settings), before);
  if (!/^[a-z_]\w*$/.test(name) && complaints.errors === before) {
    const message = `\`${written((first?.kind === "setting" ? first.name : first)?.span ?? card.span)}\` cannot be the name of a channel: a letter, then letters, digits and \`_\`.`;
    complaints.error("bad-name", message, first?.span ?? card.span);
  }
  if (defined === undefined || complaints.errors > before) return undefined;
  return { name, ...defined, span: card.span };
}

function networkOf({ value }: Setting, rest: Directive["items"], cards: ChannelCards): Defined | undefined {
  const read = new TreeReader(cards).read([value, ...rest]);
  if (read === undefined) return undefined;
  const { tree, input, output, count } = read;
  return { input, output, count, definition: { kind: "network", tree } };
}

/** The one way in which the card says what the channel does. */
function channelBy(given: CardSettings, before: number): Defined | undefined {
  const kraus = given.value("kraus");
  const isCount = kraus !== undefined && kraus.kind !== "group" && kraus.kind !== "quoted";
  const drawn = isCount || (kraus === undefined && (given.value("in") ?? given.value("init")) !== undefined);
  const ways = [
    ...(drawn ? [given.value("in") ? "`in= out= kraus=`" : "a number at `kraus=`"] : []),
    ...(kraus !== undefined && !isCount ? ["`kraus=(…)`"] : []),
    ...["stochastic", "unitary", "kind"].filter((name) => given.value(name)).map((name) => `\`${name}=\``),
  ];
  if (ways.length !== 1 && given.place.elaboration.complaints.errors > before) return undefined;
  if (ways.length !== 1) {
    const found = ways.length === 0 ? "it has none of them" : `it has ${ways.join(" and ")}`;
    const help =
      "`.channel c in=4 out=2 kraus=8` is drawn at random, `.channel net = c2(c1(x1,x2))` is made of others.";
    const message = `\`.channel\` takes one of \`in= out= kraus=\`, \`kraus=(…)\`, \`stochastic=\`, \`unitary=\` and \`kind=\`; ${found}.`;
    given.error("bad-channel", message, given.span, help);
    return undefined;
  }
  for (const [name, isUsed] of [
    ["init", drawn],
    ["seed", drawn],
    ["p", given.value("kind") !== undefined],
  ] as const)
    if (!isUsed && given.value(name))
      given.error("no-effect", `\`${name}=\` says nothing of ${ways[0]}.`, given.at(name));
  const defined = drawn ? haarOf(given) : writtenOf(given);
  if (defined !== undefined && !drawn) checkDimensions(defined, given);
  return defined;
}

function writtenOf(given: CardSettings): Defined | undefined {
  if (given.value("kind")) return standardOf(given);
  if (given.value("stochastic")) return stochasticOf(given);
  return given.value("unitary") ? unitaryOf(given) : krausOf(given);
}

function haarOf(given: CardSettings): Defined | undefined {
  for (const name of ["in", "out"])
    if (!given.value(name)) given.error("missing-value", `A channel that is drawn needs \`${name}=\`, a dimension.`);
  given.word("init", ["haar"]);
  const [input, output] = [levels("in", given), levels("out", given)];
  if (!(input > 0 && output > 0)) return undefined;
  const count = given.count("kraus", input * output);
  if (count * output < input) {
    const message = `${count} Kraus ${count === 1 ? "operator" : "operators"} of ${output} × ${input} cannot preserve traces: with \`out=${output}\`, \`in=${input}\` takes ${Math.ceil(input / output)} or more.`;
    given.error("parameter-range", message, given.at("kraus"));
  }
  if (count * output * input > mostEntries) {
    const message = `${count} operators of ${output} × ${input} are too large a channel: up to ${mostEntries} entries in all are drawn.`;
    given.error("too-large", message, given.at("kraus"));
  }
  if (count > input * output) {
    const message = `No channel from ${input} to ${output} levels needs more than ${input * output} Kraus operators: with ${count} it can do no more, and only comes nearer, as drawn, to one that forgets its input.`;
    given.place.elaboration.complaints.warning("needless-operators", message, given.at("kraus"));
  }
  const seed = given.count("seed", undefined, 0);
  return Number.isNaN(count) ? undefined : { input, output, count, definition: { kind: "haar", seed } };
}

function levels(name: "in" | "out", given: CardSettings): number {
  const value = given.count(name, Number.NaN);
  if (!(value > mostLevels)) return value;
  given.error("parameter-range", `\`${name}\` is ${value}, but must be up to ${mostLevels}.`, given.at(name));
  return Number.NaN;
}

function krausOf(given: CardSettings): Defined | undefined {
  const value = given.value("kraus")!;
  const operators =
    value.kind === "quoted" ? matricesOfFile("kraus", given.count("out", undefined), given) : matricesOf(value, given);
  return (
    operators && { ...dimensions(operators[0]!), count: operators.length, definition: { kind: "kraus", operators } }
  );
}

function unitaryOf(given: CardSettings): Defined | undefined {
  const matrix = matrixOf(given.value("unitary")!, given);
  if (matrix === undefined) return undefined;
  if (matrix.rows !== matrix.columns) {
    given.error("bad-matrix", `A unitary matrix is square, but this is ${shape(matrix)}.`, given.at("unitary"));
    return undefined;
  }
  return { ...dimensions(matrix), count: 1, definition: { kind: "unitary", matrix } };
}

function standardOf(given: CardSettings): Defined | undefined {
  const type = given.word("kind", channelKinds);
  const p = given.number("p", undefined, [0, 1]);
  if (p === undefined) given.error("missing-value", "`kind=` needs `p=`, its probability.", given.at("kind"));
  if (type === undefined || p === undefined) return undefined;
  return { input: 2, output: 2, count: type === "depolarizing" ? 4 : 2, definition: { kind: "standard", type, p } };
}

/** How far from 1 what a column sums to may be: what rounding leaves. */
const rounding = 1e-9;

function stochasticOf(given: CardSettings): Defined | undefined {
  const rows = realRowsOf(given.value("stochastic")!, given);
  if (rows === undefined) return undefined;
  const at = given.at("stochastic");
  rows.forEach((row, i) => {
    row.forEach((p, j) => {
      if (p < 0)
        given.error("not-stochastic", `Entry (${i + 1}, ${j + 1}) is ${p}, but a probability is 0 or more.`, at);
    });
  });
  rows[0]!.forEach((_, j) => {
    const sum = rows.reduce((all, row) => all + row[j]!, 0);
    if (!(Math.abs(sum - 1) > rounding)) return;
    const message = `Column ${j + 1} of this matrix sums to ${Number(sum.toPrecision(9))}, but columns of a stochastic matrix sum to 1.`;
    given.error("not-stochastic", message, at);
  });
  const count = rows.flat().filter((p) => p > 0).length;
  return { input: rows[0]!.length, output: rows.length, count, definition: { kind: "stochastic", rows } };
}

const dimensions = ({ rows, columns }: ComplexEntries) => ({ input: columns, output: rows });

/** `in=` and `out=` may stand beside matrices, and then agree with them. */
function checkDimensions({ input, output }: Defined, given: CardSettings): void {
  for (const [name, own] of [
    ["in", input],
    ["out", output],
  ] as const) {
    const said = given.count(name, own);
    if (said === own || Number.isNaN(said)) continue;
    const message = `\`${name}=${said}\` does not agree with what is given, which has ${name === "in" ? "an input" : "an output"} of dimension ${own}.`;
    given.error("unlike-dimensions", message, given.at(name));
  }
}
