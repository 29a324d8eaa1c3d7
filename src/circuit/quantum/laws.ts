import { behaviouralCurrent } from "../../devices/behavioural/sources.js";
import type { Expression } from "../../syntax/ast.js";
import { Named } from "../part.js";
import { nodeOf } from "../readings.js";
import type { Jump, Monitor, QuantumPort, QuantumSystem } from "./block.js";
import type { OwnNames } from "./drives.js";
import { isHermitian } from "./hermitian.js";
import { expressionOf, type Line } from "./line.js";
import { rateLaw } from "./memristors.js";
import { isMixed, ownNumbers } from "./numbers.js";
import { type Drive, type Operator, steady } from "./operator.js";
import { operatorOf } from "./operator-reader.js";

/** `hamiltonian {omega/2*sz(a) + g*sy(a)*sy(b)}`: H/ħ in rad/s. */
export function readHamiltonian(line: Line, systems: readonly QuantumSystem[]): Operator | undefined {
  const expression = line.expression("an operator");
  line.end();
  const operator = expression && observable(expression, "A Hamiltonian", line, systems, ownNumbers(line.block));
  if (operator?.some(({ coefficient: { re, im } }) => isMixed(re) || isMixed(im))) {
    const message = "A weight or a feature stands in a term with what follows time or signals.";
    line.error("not-constant", message, expression!.span, "give each a term of its own.");
  }
  return operator;
}

/** An operator whose values are real. */
function observable(
  expression: Expression,
  what: string,
  line: Line,
  systems: readonly QuantumSystem[],
  own?: OwnNames,
): Operator | undefined {
  const operator = operatorOf(expression, line.block, line.place, own);
  if (operator === undefined || isHermitian(operator, systems)) return operator;
  const message = `${what} is Hermitian, but this operator is not equal to its adjoint.`;
  line.error("not-hermitian", message, expression.span, "add the adjoint of what lacks it: `A + dag(A)`.");
  return undefined;
}

export const lindbladSettings = ["rate", "negative"] as const;

/** `lindblad {sm(a)} rate={…}`. */
export function readJump(line: Line): Jump | undefined {
  const expression = line.expression("an operator");
  line.end();
  const operator = expression && operatorOf(expression, line.block, line.place);
  const rate = line.value("rate") === undefined ? steady(1) : rateLaw("rate", line);
  return operator && { operator, rate, mayBeNegative: line.flag("negative", false), span: line.span };
}

export const monitorSettings = ["strength"] as const;

/** `monitor W1 a {sz(a)} strength=0.1`. */
export function readMonitor(line: Line, systems: readonly QuantumSystem[]): Monitor | undefined {
  const name = line.ownName().toLowerCase();
  const system = line.system();
  const expression = line.expression("an operator");
  line.end();
  const strength = line.number("strength", undefined, [0, Infinity]);
  if (strength === undefined)
    line.error("missing-value", "`monitor` needs `strength=`, the rate at which it measures.", line.span);
  const operator = expression && observable(expression, "What a monitor measures", line, systems);
  const follows = operator?.some(({ coefficient: { re, im } }) => re.kind === "law" || im.kind === "law");
  if (follows)
    line.error(
      "not-constant",
      "What a monitor measures is the same at all times: it follows neither time nor signals.",
      expression!.span,
    );
  if (system === undefined || operator === undefined || strength === undefined) return undefined;
  return { name, operator, strength, span: line.span };
}

export const portSettings = ["node", "op", "k"] as const;

/** `port P1 a node=out op={sy(a)} k=0.3`. */
export function readPort(line: Line, systems: readonly QuantumSystem[]): QuantumPort | undefined {
  const name = line.ownName().toLowerCase();
  line.system();
  line.end();
  for (const [setting, what] of needs)
    if (line.value(setting) === undefined)
      line.error("missing-value", `\`port\` needs \`${setting}=\`, ${what}.`, line.span);
  const at = line.value("node");
  const node = at && nodeOf(at, line.place);
  const expression = line.value("op") && expressionOf(line.value("op")!);
  if (line.value("op") !== undefined && expression === undefined)
    line.error("expected-expression", "`op` is an operator in braces: `op={sy(a)}`.", line.at("op"));
  const operator = expression && observable(expression, "The operator of a port", line, systems);
  const k = line.number("k", undefined);
  if (node === undefined || operator === undefined || k === undefined) return undefined;
  connect(line, name, node);
  const voltage = node === 0 ? steady(0) : voltageOf(node, line.block);
  return { name, node, voltage, operator, k, span: line.span };
}

/** The voltage of a port's node, at which the port itself is a terminal. */
const voltageOf = (node: number, { place }: Line["block"]): Drive => ({
  kind: "law",
  law: place.elaboration.programs.compile({ kind: "input", index: 0 }, 1),
  inputs: [{ kind: "node", node }],
});

/** To the circuit a port is a source of current that reads the block. */
function connect({ block, span }: Line, name: string, node: number): void {
  const { network, programs } = block.place.elaboration;
  const port = block.outputs.filter(({ kind }) => kind === "port").length;
  const controls = [{ kind: "block", block: block.index, output: block.output({ kind: "port", port }) }] as const;
  const device = behaviouralCurrent(programs.compile({ kind: "input", index: 0 }, 1));
  const part = network.add(block.path(name), "port", [node, 0], span, { device, controls });
  const named = new Named(part);
  named.part = part;
  network.names.claim(part.name, named);
}

const needs = [
  ["node", "the node of the circuit that it is connected to"],
  ["op", "the operator that its voltage acts by"],
  ["k", "how strongly its voltage acts"],
] as const;
