import type { Feed, SeriesColumn } from "../training/datasets.js";
import type { QuantumSystem } from "./block.js";
import { isHermitian } from "./hermitian.js";
import type { Line } from "./line.js";
import type { Operator } from "./operator.js";
import { operatorOf } from "./operator-reader.js";

/** What takes in a number of a series at the start of each period; `values[k]` is that of row k. */
export type BlockInput = Omit<Feed, "period"> & {
  /** How long a row lasts, s or natural; undefined: the block's other inputs say it, or nothing happens meanwhile. */
  readonly period: number | undefined;
  readonly values: readonly number[];
} & (
    | InjectedInput
    /** value·operator stands in the Hamiltonian for the period, H/ħ. */
    | { readonly kind: "drive"; readonly operator: Operator }
    | MixedInput
  );

/** The system is put into √(1 − s)|0⟩ + √s|1⟩, whatever it was: ρ ← |ψ⟩⟨ψ| ⊗ Tr ρ. |1⟩ is |e⟩. */
export interface InjectedInput {
  readonly kind: "state";
  readonly system: number;
}

/** ρ ← (1 − ε)(p·U₀ρU₀† + (1 − p)·U₁ρU₁†) + ε·σ, σ the state that the block starts from. */
export interface MixedInput {
  readonly kind: "mix";
  readonly first: BlockUnitary;
  readonly second: BlockUnitary;
  readonly share: number; // ε
}

/** `unitary U0 {H}`: exp(−iH) of the whole register. */
export interface BlockUnitary {
  readonly name: string;
  readonly generator: Operator;
}

/** `unitary U0 {sx(a)*sx(b) + 0.3*sz(a)}`. */
export function readUnitary(line: Line, systems: readonly QuantumSystem[]): BlockUnitary | undefined {
  const name = line.ownName().toLowerCase();
  const expression = line.expression("an operator");
  line.end();
  const generator = expression && operatorOf(expression, line.block, line.place);
  if (expression === undefined || generator === undefined) return undefined;
  if (!isHermitian(generator, systems)) {
    const message = "The H of `exp(-iH)` is Hermitian, but this operator is not equal to its adjoint.";
    line.error("not-hermitian", message, expression.span, "add the adjoint of what lacks it: `A + dag(A)`.");
    return undefined;
  }
  if (follows(generator)) {
    line.error("not-constant", "A `unitary` is the same at all times: it follows neither time nor signals.", expression.span); // biome-ignore format: one thought
    return undefined;
  }
  return { name, generator };
}

const follows = (operator: Operator): boolean =>
  operator.some(({ coefficient: { re, im } }) => re.kind === "law" || im.kind === "law");

export const unitarySettings: readonly string[] = [];
export const inputSettings = ["from", "period", "scale", "offset"] as const;

/** `input q0 from=ts.u period=4`, `input {sx(a)} from=ts.u period=0.5 [scale=] [offset=]`. */
export function readInput(line: Line, systems: readonly QuantumSystem[]): BlockInput | undefined {
  const item = line.peek();
  const system = item?.kind === "expression" ? undefined : line.system("qubit");
  const expression = item?.kind === "expression" ? line.expression("an operator") : undefined;
  line.end();
  const period = line.number("period", undefined, [Number.MIN_VALUE, Infinity]);
  if (line.value("period") === undefined)
    line.error("missing-value", "`input` needs `period=`, how long a row lasts.", line.span);
  const column = columnOf("from", line);
  const [scale, offset] = [line.number("scale", 1), line.number("offset", 0)];
  if (column === undefined || Number.isNaN(scale + offset) || (period !== undefined && Number.isNaN(period)))
    return undefined;
  const values = column.values.map((value) => offset + scale * value);
  const taken = { data: column.data, period, values, span: line.span };
  if (expression === undefined) {
    complainOfShares(values, "s of √(1 − s)|0⟩ + √s|1⟩", line);
    return system && { ...taken, kind: "state", system: system.index };
  }
  const operator = operatorOf(expression, line.block, line.place);
  if (operator === undefined) return undefined;
  if (isHermitian(operator, systems)) return { ...taken, kind: "drive", operator };
  const message = "An input stands in the Hamiltonian, but this operator is not equal to its adjoint.";
  line.error("not-hermitian", message, expression.span, "add the adjoint of what lacks it: `A + dag(A)`.");
  return undefined;
}

export const mixSettings = ["p", "eps"] as const;

/** `mix U0 U1 p=ts.u eps=0.2`. */
export function readMix(line: Line, unitaries: readonly BlockUnitary[]): BlockInput | undefined {
  const names = unitaries.map(({ name }) => name);
  const chosen = [line.choice("the name of a `unitary`", names), line.choice("the name of a `unitary`", names)];
  line.end();
  const column = columnOf("p", line);
  const share = line.number("eps", undefined, [0, 1]);
  if (line.value("eps") === undefined)
    line.error("missing-value", "`mix` needs `eps=`, how much of the starting state is mixed in.", line.span);
  const [first, second] = chosen.map((name) => unitaries.find((it) => it.name === name));
  if (column === undefined || share === undefined || first === undefined || second === undefined) return undefined;
  complainOfShares(column.values, "`p`, a probability,", line);
  const { data, values } = column;
  return { kind: "mix", first, second, share, data, values, period: undefined, span: line.span };
}

function columnOf(setting: "from" | "p", line: Line): SeriesColumn | undefined {
  const { place } = line;
  if (line.value(setting) === undefined) {
    const help = `write \`${setting}=ts.u\` for a \`.dataset ts\`.`;
    line.error("missing-value", `\`${line.card}\` needs \`${setting}=\`, a column of a data set.`, line.span, help);
    return undefined;
  }
  const text = line.text(setting)?.toLowerCase();
  return text === undefined ? undefined : place.elaboration.datasets.column(text, line.at(setting), place);
}

function complainOfShares(values: readonly number[], what: string, line: Line): void {
  const row = values.findIndex((value) => !(value >= 0 && value <= 1));
  if (row < 0) return;
  const message = `Row ${row + 1} is ${Number(values[row]!.toPrecision(6))}, but ${what} must lie between 0 and 1.`;
  const help = line.card === "input" ? "bring the column there: `scale=0.5 offset=0.5` for -1 … 1." : undefined;
  line.error("parameter-range", message, line.at(line.card === "input" ? "from" : "p"), help);
}
