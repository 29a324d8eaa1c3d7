import type { Formula } from "../../expressions/formula.js";
import { resolve } from "../../expressions/resolve.js";
import type { Expression } from "../../syntax/ast.js";
import { Inputs } from "../inputs.js";
import { DeviceScope } from "../signal-scope.js";
import type { BlockNames } from "./block-names.js";
import type { Drive, DriveInput } from "./operator.js";

/** Names that a line gives a meaning: `gamma0` in the rate of a memristor, `mu` in that of an LC circuit. */
export type OwnNames = ReadonlyMap<string, number | DriveInput>;

/** What names mean in the laws of a block: time, parameters, the circuit's signals, records of the block's monitors. */
export class DriveScope extends DeviceScope<DriveInput> {
  constructor(
    readonly block: BlockNames,
    inputs: Inputs<DriveInput>,
    place = block.place,
    readonly own: OwnNames = new Map(),
  ) {
    super(place, inputs, block.name);
  }

  override name(name: string, span: Expression["span"]): Formula | undefined {
    const value = this.own.get(name);
    if (typeof value === "object") return this.inputs.of(value);
    return value === undefined ? super.name(name, span) : { kind: "number", value };
  }

  override *names(): Iterable<string> {
    yield* this.own.keys();
    yield* super.names();
  }

  override call(call: Extract<Expression, { kind: "call" }>): Formula | undefined {
    const [argument] = call.arguments;
    if (call.name !== "record" || argument?.kind !== "name") return super.call(call);
    const member = this.block.find(argument.name);
    if (member?.kind === "monitor") return this.inputs.of({ kind: "record", monitor: member.index });
    const { complaints } = this.place.elaboration;
    const message = `The block \`${this.block.name}\` has no monitor \`${argument.name}\`.`;
    complaints.error("unknown-monitor", message, argument.span);
    return { kind: "number", value: Number.NaN };
  }
}

/** A real law of a block. */
export function driveOf(expression: Expression, block: BlockNames, place = block.place, own?: OwnNames): Drive {
  const inputs = new Inputs<DriveInput>();
  const scope = new DriveScope(block, inputs, place, own);
  const formula = resolve(expression, scope, place.elaboration.complaints);
  return toDrive(formula, inputs.all, block);
}

/** A formula of a block's inputs, ready to run; a number stays a number. */
export function toDrive(formula: Formula, inputs: readonly DriveInput[], block: BlockNames): Drive {
  if (formula.kind === "number") return formula;
  for (const input of inputs) if (input.kind === "node") block.nodesRead.add(input.node);
  const law = block.place.elaboration.programs.compile(formula, inputs.length);
  return { kind: "law", law, inputs };
}
