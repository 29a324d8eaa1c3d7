import type { Drive, ElementaryOperator, Operator } from "./operator.js";

/** As much of a system as matters here. */
interface Sized {
  readonly dimension: number;
}

/** Levels of an oscillator that are looked at: more than any product in a card climbs. */
const mostLevels = 12;
/** Times at which operators that follow time are looked at. */
const times = [0, 0.318, 1.7];

/**
 * Whether A = A†: ⟨χ|A|ψ⟩ is the conjugate of ⟨ψ|A|χ⟩ for product states χ, ψ with amplitudes that nothing relates (both
 * sides are polynomials in them, so equal only if the operators are). Costs as many small products as A has factors.
 */
export function isHermitian(operator: Operator, systems: readonly Sized[]): boolean {
  const [chi, psi] = [1, 2].map((seed) => systems.map((system, k) => vector(levels(system), seed + 7 * k)));
  return times.every((time) => {
    const [there, back] = [element(operator, chi!, psi!, time), element(operator, psi!, chi!, time)];
    const size = 1 + Math.hypot(...there) + Math.hypot(...back);
    return Math.hypot(there[0] - back[0], there[1] + back[1]) <= 1e-10 * size;
  });
}

type Pair = readonly [re: number, im: number];
type Vector = readonly Pair[];

const levels = ({ dimension }: Sized): number => Math.min(dimension, mostLevels);

/** Amplitudes without pattern, the same each time. */
const vector = (size: number, seed: number): Vector =>
  Array.from({ length: size }, (_, k) => [Math.sin(3.7 * k + 1.3 * seed + 0.4), Math.cos(5.1 * k * seed + 0.9)]);

function element(operator: Operator, bra: readonly Vector[], ket: readonly Vector[], time: number): Pair {
  const terms = operator.map(({ coefficient, factors }): Pair => {
    const value: Pair = [atTime(coefficient.re, time), atTime(coefficient.im, time)];
    return ket.reduce((product, amplitudes, system): Pair => {
      const factor = factors.find((it) => it.system === system);
      const acted = (factor?.product ?? []).reduceRight<Vector>((state, it) => act(it, state), amplitudes);
      return multiplied(product, inner(bra[system]!, acted));
    }, value);
  });
  return [sum(terms.map(([re]) => re)), sum(terms.map(([, im]) => im))];
}

/** What a law is at a time, with inputs that are nothing particular. */
const atTime = (drive: Drive, time: number): number =>
  drive.kind === "number"
    ? drive.value
    : drive.law.value(
        time,
        Float64Array.from(drive.inputs, (_, k) => 0.37 + k),
      );

function act(operator: ElementaryOperator, state: Vector): Vector {
  const at = (k: number): Pair => state[k] ?? [0, 0];
  const scaled = ([re, im]: Pair, by: number): Pair => [re * by, im * by];
  const turned = ([re, im]: Pair, by: number): Pair => [-im * by, re * by]; // times i·by
  switch (operator.name) {
    case "proj":
      return state.map((it, k) => (k === operator.level ? it : [0, 0]));
    case "sx":
      return [at(1), at(0)];
    case "sy":
      return [turned(at(1), -1), turned(at(0), 1)];
    case "sz":
      return [at(0), scaled(at(1), -1)];
    case "sp":
      return [at(1), [0, 0]];
    case "sm":
      return [[0, 0], at(0)];
    case "num":
      return state.map((it, k) => scaled(it, k));
    case "ann":
      return state.map((_, k) => scaled(at(k + 1), Math.sqrt(k + 1)));
    case "cre":
      return state.map((_, k) => scaled(at(k - 1), Math.sqrt(k)));
    case "pos":
      return added(act({ name: "ann" }, state), act({ name: "cre" }, state));
    case "mom": {
      const difference = added(
        act({ name: "cre" }, state),
        act({ name: "ann" }, state).map((it) => scaled(it, -1)),
      );
      return difference.map((it) => turned(it, 1));
    }
  }
}

const added = (a: Vector, b: Vector): Vector => a.map(([re, im], k) => [re + b[k]![0], im + b[k]![1]]);
const multiplied = (a: Pair, b: Pair): Pair => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const inner = (bra: Vector, ket: Vector): Pair => [
  sum(bra.map(([re, im], k) => re * ket[k]![0] + im * ket[k]![1])),
  sum(bra.map(([re, im], k) => re * ket[k]![1] - im * ket[k]![0])),
];
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
