import type { Expression, Item } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import { written } from "../readings.js";
import type { Ket } from "./block.js";
import type { SystemMember } from "./block-names.js";
import { levelOf } from "./levels.js";
import type { Line } from "./line.js";
import { expressionOf } from "./line.js";
import { complexOf } from "./operator-reader.js";

/** How far from 1 the norm of a state may be: what rounding leaves. */
const rounding = 1e-9;

interface Amplitude {
  readonly re: number;
  readonly im: number;
}

/**
 * `ket={(ket(e,g) + ket(g,e))/sqrt(2)}`, or all amplitudes in the order of the basis, the last system's level changing
 * fastest: `ket=(0, 0.6, {0.8i}, 0)`. Undefined after having complained.
 */
export function ketOf(item: Item, systems: readonly SystemMember[], line: Line): Ket | undefined {
  const { complaints } = line.place.elaboration;
  const before = complaints.errors;
  const size = systems.reduce((product, { levels }) => product * levels, 1);
  const expression = expressionOf(item);
  const amplitudes = expression === undefined ? listed(item, size, line) : summed(expression, systems, line);
  if (complaints.errors > before) return undefined;
  const re = Array.from({ length: size }, (_, k) => amplitudes.get(k)?.re ?? 0);
  const im = Array.from({ length: size }, (_, k) => amplitudes.get(k)?.im ?? 0);
  checkNorm(Math.hypot(...re, ...im), item.span, line);
  return { re, im };
}

function checkNorm(norm: number, span: Span, line: Line): void {
  if (Math.abs(norm - 1) <= rounding || Number.isNaN(norm)) return;
  const help = norm === 0 ? "a state has at least one amplitude." : `divide it by \`sqrt(${round(norm * norm)})\`.`;
  line.error("not-normalised", `This state has norm ${round(norm)}, but a state has norm 1.`, span, help);
}

const round = (value: number): number => Number(value.toPrecision(6));

function listed(item: Item, size: number, line: Line): ReadonlyMap<number, Amplitude> {
  const items = item.kind === "group" ? item.items : [item];
  if (item.kind !== "group" || items.length !== size) {
    const message = `A ket is a sum in braces, \`{(ket(e)+ket(g))/sqrt(2)}\`, or a list of ${size} amplitudes, found \`${written(item.span)}\`.`;
    line.error("bad-ket", message, item.span);
  }
  return new Map(items.map((one, k) => [k, amplitudeOf(one, line)]));
}

function amplitudeOf(item: Item, line: Line): Amplitude {
  const expression = expressionOf(item);
  if (expression !== undefined) return complexOf(expression, line.block, line.place);
  const [text] = item.kind === "word" ? item.parts : [];
  const imaginary = typeof text === "string" ? /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)i$/i.exec(text) : null;
  if (imaginary !== null) return { re: 0, im: Number(imaginary[1]) };
  return { re: line.numberAt(item, "an amplitude"), im: 0 };
}

/** A sum of basis states times complex numbers. */
function summed(root: Expression, systems: readonly SystemMember[], line: Line): ReadonlyMap<number, Amplitude> {
  const sum = new Sum(systems, line);
  sum.add(root, { re: 1, im: 0 });
  return sum.found;
}

class Sum {
  readonly found = new Map<number, Amplitude>();

  constructor(
    readonly systems: readonly SystemMember[],
    readonly line: Line,
  ) {}

  add(e: Expression, by: Amplitude): void {
    if (e.kind === "unary" && e.operator !== "!") this.add(e.operand, e.operator === "-" ? negative(by) : by);
    else if (e.kind === "call" && e.name === "ket") this.#basis(e, by);
    else if (e.kind === "binary" && (e.operator === "+" || e.operator === "-")) {
      this.add(e.left, by);
      this.add(e.right, e.operator === "-" ? negative(by) : by);
    } else if (e.kind === "binary") this.#multiple(e, by);
    else this.#complain(e);
  }

  /** A ket times or divided by a number. */
  #multiple(e: Extract<Expression, { kind: "binary" }>, by: Amplitude): void {
    const { line } = this;
    const left = holdsKet(e.left);
    if (left === holdsKet(e.right) || (e.operator !== "*" && !(e.operator === "/" && left))) {
      this.#complain(e);
      return;
    }
    const number = complexOf(left ? e.right : e.left, line.block, line.place);
    this.add(left ? e.left : e.right, times(by, e.operator === "/" ? inverse(number) : number));
  }

  #complain({ span }: Expression): void {
    this.line.error("bad-ket", `Expected a sum of kets such as \`ket(e)\`, found \`${written(span)}\`.`, span);
  }

  #basis(e: Extract<Expression, { kind: "call" }>, by: Amplitude): void {
    const { systems, line, found } = this;
    if (e.arguments.length !== systems.length) {
      const message = `\`ket(…)\` takes a level of each system: ${systems.length}, found ${e.arguments.length}.`;
      line.error("bad-ket", message, e.span);
      return;
    }
    const levels = e.arguments.map((level, k) => levelWithin(level, systems[k]!, line));
    const index = levels.reduce((place, level, k) => place * systems[k]!.levels + level, 0);
    const before = found.get(index) ?? { re: 0, im: 0 };
    found.set(index, { re: before.re + by.re, im: before.im + by.im });
  }
}

function levelWithin(level: Expression, { kind, levels }: SystemMember, line: Line): number {
  const found = levelOf(level, kind, line.block) ?? 0;
  if (found < levels) return found;
  line.error("parameter-range", `Level ${found} is beyond the highest, which is ${levels - 1}.`, level.span);
  return 0;
}

function holdsKet(e: Expression): boolean {
  if (e.kind === "call") return e.name === "ket" || e.arguments.some(holdsKet);
  if (e.kind === "binary") return holdsKet(e.left) || holdsKet(e.right);
  return e.kind === "unary" && holdsKet(e.operand);
}

const negative = ({ re, im }: Amplitude): Amplitude => ({ re: -re, im: -im });
const times = (a: Amplitude, b: Amplitude): Amplitude => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});
function inverse({ re, im }: Amplitude): Amplitude {
  const size = re * re + im * im;
  return { re: re / size, im: -im / size };
}
