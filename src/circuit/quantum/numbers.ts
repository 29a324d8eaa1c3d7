import { evaluate } from "../../expressions/evaluate.js";
import type { Formula } from "../../expressions/formula.js";
import { resolve } from "../../expressions/resolve.js";
import type { Item } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import { ConstantScope } from "../constant-scope.js";
import { Inputs } from "../inputs.js";
import { numberOf } from "../readings.js";
import { nameOf } from "../words.js";
import { ketOf } from "./amplitudes.js";
import type { BlockNumber, JointState, Operation, QuantumBlock } from "./block.js";
import type { BlockNames } from "./block-names.js";
import { type OwnNames, toDrive } from "./drives.js";
import type { EncodedState } from "./encode.js";
import type { Line } from "./line.js";
import type { Drive, DriveInput, Operator } from "./operator.js";
import { steady } from "./operator.js";

/** `weight w1 0.3`: a number that trainings set; `feature x1 0.2`: one that the columns of their data set. */
export function readNumber(line: Line): BlockNumber {
  const kind = line.card as BlockNumber["kind"];
  const name = line.ownName().toLowerCase();
  const value = line.peek() === undefined ? 0 : line.amount("its value");
  line.end();
  return { kind, name, value, span: line.span };
}

/** The input that a name means; undefined where it is no number of the block. */
export function numberInput(name: string, block: BlockNames): DriveInput | undefined {
  const member = block.find(name);
  return member?.kind === "weight" || member?.kind === "feature" ? { kind: "number", index: member.index } : undefined;
}

/** The weights and features of a block as names that a line gives a meaning. */
export const ownNumbers = (block: BlockNames): OwnNames =>
  new Map(block.names("weight", "feature").flatMap((name) => [[name, numberInput(name, block)!] as const]));

/** Whether a law reads both numbers of the block and what changes in a run. */
export const isMixed = (drive: Drive): boolean =>
  readsNumbers(drive) && drive.kind === "law" && (drive.inputs.some(({ kind }) => kind !== "number") || isTimed(drive));

/** Whether a law is another one at another time. */
function isTimed({ law, inputs }: Extract<Drive, { kind: "law" }>): boolean {
  const u = Float64Array.from(inputs, (_, k) => 0.37 + k);
  return [0.318, 1.7].some((t) => law.value(t, u) !== law.value(0, u));
}

/** What names mean where weights and features may stand, and nothing that changes during a run. */
class NumberScope extends ConstantScope {
  readonly inputs = new Inputs<DriveInput>();

  constructor(
    readonly block: BlockNames,
    place: BlockNames["place"],
  ) {
    super(place);
  }

  override name(name: string, span: Span): Formula | undefined {
    const input = numberInput(name, this.block);
    return input === undefined ? super.name(name, span) : this.inputs.of(input);
  }

  override *names(): Iterable<string> {
    yield* this.block.names("weight", "feature");
    yield* super.names();
  }
}

/** A number, or a law of the block's weights and features: `{2*x1}`, `w1`. */
export function numberLaw(item: Item, line: Line, what: string, wrap = (formula: Formula): Formula => formula): Drive {
  const { block, place } = line;
  const scope = new NumberScope(block, place);
  const isName = item.kind === "word" && numberInput(nameOf(item, place), block) !== undefined;
  const formula = isName
    ? scope.name(nameOf(item, place), item.span)!
    : item.kind === "expression"
      ? resolve(item.expression, scope, place.elaboration.complaints)
      : ({ kind: "number", value: numberOf(item, place, what) } as const);
  const wrapped = formula.kind === "number" ? evaluate(wrap(formula), 0, []) : undefined;
  return wrapped === undefined ? toDrive(wrap(formula), scope.inputs.all, block) : steady(wrapped);
}

/** What a law of weights and features is at their values; other laws stay laws. */
export function settledDrive(drive: Drive, values: ArrayLike<number>): Drive {
  if (drive.kind === "number" || !readsNumbers(drive)) return drive;
  return steady(drive.law.value(0, inputsAt(drive, values)));
}

/** The inputs of a law of weights and features. */
export const inputsAt = ({ inputs }: Extract<Drive, { kind: "law" }>, values: ArrayLike<number>): Float64Array =>
  Float64Array.from(inputs, (input) => (input.kind === "number" ? values[input.index]! : Number.NaN));

export const readsNumbers = (drive: Drive): boolean =>
  drive.kind === "law" && drive.inputs.some(({ kind }) => kind === "number");

/** The block with other values of its weights and features, by their places, in all that follows them. */
export function settled(block: QuantumBlock, values: ArrayLike<number>): QuantumBlock {
  if (block.numbers.length === 0) return block;
  return {
    ...block,
    numbers: block.numbers.map((it, k) => ({ ...it, value: values[k]! })),
    hamiltonian: block.laws.hamiltonian.map((operator) => operatorAt(operator, values)),
    operations: block.operations.map((it) => operationAt(it, values)),
    joint: block.joint.map((it, k) =>
      jointAt(
        it,
        block.laws.amplitudes.find(({ joint }) => joint === k),
        values,
      ),
    ),
  };
}

function jointAt(it: JointState, encoded: EncodedState | undefined, values: ArrayLike<number>): JointState {
  if (encoded === undefined) return it;
  const numbers = encoded.amplitudes.map((drive) => settledDrive(drive, values));
  return { ...it, state: { kind: "ket", ket: ketOf(numbers.map((one) => (one.kind === "number" ? one.value : 0))) } };
}

function operationAt(it: Operation, values: ArrayLike<number>): Operation {
  if ((it.kind !== "gate" && it.kind !== "mode") || it.law === undefined) return it;
  const angle = settledDrive(it.law, values);
  return angle.kind === "number" ? { ...it, angle: angle.value } : it;
}

const operatorAt = (operator: Operator, values: ArrayLike<number>): Operator =>
  operator.map(({ coefficient: { re, im }, factors }) => ({
    coefficient: { re: settledDrive(re, values), im: settledDrive(im, values) },
    factors,
  }));
