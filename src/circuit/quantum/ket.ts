import type { Expression, Item } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import { written } from "../readings.js";
import type { Ket } from "./block.js";
import type { BlockNames, SystemMember } from "./block-names.js";
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

/** Who reads a ket: where its names are looked up, and how faults are told. A line of a block is one. */
export interface KetReader {
  readonly block: BlockNames;
  readonly place: BlockNames["place"];
  error(code: string, message: string, span: Span, help?: string): void;
}

/**
 * `ket={(ket(e,g) + ket(g,e))/sqrt(2)}`, or all amplitudes in the order of the basis, the last system's level changing
 * fastest: `ket=(0, 0.6, {0.8i}, 0)`. Undefined after having complained.
 */
export function ketOf(item: Item, systems: readonly SystemMember[], line: Line): Ket | undefined {
  const expression = expressionOf(item);
  if (expression !== undefined) return ketOfSum(expression, systems, line);
  const { errors } = line.place.elaboration.complaints;
  const size = sizeOf(systems);
  const found = listed(item, size, line);
  return line.place.elaboration.complaints.errors > errors ? undefined : checked(found, size, item.span, line);
}

/** `(ket(e,g)+ket(g,e))/sqrt(2)`. Undefined after having complained. */
export function ketOfSum(root: Expression, systems: readonly SystemMember[], reader: KetReader): Ket | undefined {
  const { complaints } = reader.place.elaboration;
  const { errors } = complaints;
  const sum = new Sum(systems, reader);
  sum.add(root, { re: 1, im: 0 });
  return complaints.errors > errors ? undefined : checked(sum.found, sizeOf(systems), root.span, reader);
}

const sizeOf = (systems: readonly SystemMember[]): number =>
  systems.reduce((product, { levels }) => product * levels, 1);

function checked(amplitudes: ReadonlyMap<number, Amplitude>, size: number, span: Span, reader: KetReader): Ket {
  const re = Array.from({ length: size }, (_, k) => amplitudes.get(k)?.re ?? 0);
  const im = Array.from({ length: size }, (_, k) => amplitudes.get(k)?.im ?? 0);
  checkNorm(Math.sqrt([...re, ...im].reduce((sum, value) => sum + value * value, 0)), span, reader);
  return { re, im };
}

function checkNorm(norm: number, span: Span, line: KetReader): void {
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
class Sum {
  readonly found = new Map<number, Amplitude>();

  constructor(
    readonly systems: readonly SystemMember[],
    readonly line: KetReader,
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

function levelWithin(level: Expression, { kind, levels }: SystemMember, line: KetReader): number {
  const found = levelOf(level, kind, line.block, line.place) ?? 0;
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
