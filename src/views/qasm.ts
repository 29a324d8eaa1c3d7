import { angleIn, type CircuitGate, type CircuitGateName, type QuantumCircuit } from "../result/quantum-circuit.js";
import { DefinedChannels } from "./qasm-channels.js";

/** What a program of OpenQASM is asked for. */
export interface QasmWish {
  /** Its comment. */
  readonly title: string;
  /** The trainings that have moved its gates. */
  readonly learned: readonly string[];
  /** Only so many steps; all of them unless it is given. */
  readonly steps?: number;
  /** What is measured at the end, of each system; nothing where it is undefined. */
  readonly axis: "x" | "y" | "z" | undefined;
}

/**
 * A circuit as a program of OpenQASM 3 (A. Cross and others, ACM Transactions on Quantum Computing 3, 12, 2022): gates of
 * its standard library one by one, no loops, so that simple readers take it as well. Systems are `system[0]` …, the
 * environments, which are reset in each step, `environment[0]` ….
 */
export function* qasmLines(
  circuit: QuantumCircuit,
  { title, learned, steps = Infinity, axis }: QasmWish,
): Generator<string> {
  const names = namesOf(circuit);
  const channels = new DefinedChannels(circuit);
  yield "OPENQASM 3.0;";
  yield 'include "stdgates.inc";';
  yield "";
  yield* comments(circuit, names, title);
  if (learned.length > 0) yield `// Behind the training ${learned.join(", then ")}.`;
  yield* definitions(circuit);
  yield* channelDefinitions(channels);
  yield* declarations(circuit, channels.spare, axis !== undefined);
  if (circuit.preparation.length > 0) yield "// The state at the start.";
  for (const gate of circuit.preparation) yield statement(gate, 0, names);
  for (const { kind, first, count, gates } of circuit.parts) {
    if (first > steps) break;
    const end = kind === "once" ? first + 1 : Math.min(first + count, steps);
    for (let step = first; step < end; step++) {
      yield kind === "once" ? "// Once." : `// Step ${step + 1}.`;
      for (const gate of gates) yield* statements(gate, step, names, channels);
    }
  }
  if (axis !== undefined) yield* measurement(circuit, axis, names);
}

/** `system[0]`, by wires. */
function namesOf({ wires }: QuantumCircuit): readonly string[] {
  const counts = { system: 0, environment: 0 };
  return wires.map(({ role }) => `${role}[${counts[role]++}]`);
}

function* comments({ wires, parts, dt }: QuantumCircuit, names: readonly string[], title: string): Generator<string> {
  const text = title.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  if (text !== "") yield `// ${text}`;
  const steps = parts.reduce((sum, { kind, count }) => sum + (kind === "steps" ? count : 0), 0);
  yield `// ${steps} steps of ${dt}. |1> is the excited state, |0> the ground state: <sz> = 2 P(1) - 1.`;
  for (const [k, { name, role }] of wires.entries())
    yield `// ${names[k]} is ${role === "system" ? name : `the environment of ${name}`}.`;
}

const bodies: Readonly<Partial<Record<CircuitGateName, readonly string[]>>> = {
  rxx: ["(t) a, b", "h a; h b; cx a, b; rz(t) b; cx a, b; h a; h b;"],
  ryy: ["(t) a, b", "rx(pi/2) a; rx(pi/2) b; cx a, b; rz(t) b; cx a, b; rx(-pi/2) a; rx(-pi/2) b;"],
  rzz: ["(t) a, b", "cx a, b; rz(t) b; cx a, b;"],
  iswap: [" a, b", "s a; s b; h a; cx a, b; cx b, a; h b;"],
};

/** Names that the standard library has not, and no later one will have. */
const called: Readonly<Partial<Record<CircuitGateName, string>>> = {
  rxx: "turn_xx",
  ryy: "turn_yy",
  rzz: "turn_zz",
  iswap: "exchange",
};

function* definitions({ preparation, parts }: QuantumCircuit): Generator<string> {
  const used = new Set([preparation, ...parts.map(({ gates }) => gates)].flat().map(({ name }) => name));
  const needed = [...used].filter((name) => bodies[name] !== undefined);
  if (needed.length > 0) yield "";
  for (const name of needed) {
    const [head, body] = bodies[name]!;
    if (name !== "iswap") yield `// exp(-i t/2 ${name.slice(1, 2).toUpperCase()} ${name.slice(1, 2).toUpperCase()})`;
    yield `gate ${called[name]}${head} { ${body} }`;
  }
}

/** Unitary parts of channels, whose spare qubits are forgotten behind them. */
function* channelDefinitions({ all }: DefinedChannels): Generator<string> {
  for (const { called, channel, qubits } of all) {
    const names = Array.from({ length: qubits }, (_, k) => `q${k}`);
    yield "";
    yield `// The channel ${channel.name}${channel.spare > 0 ? `, its last ${channel.spare} in |0>, which are forgotten` : ""}.`;
    yield `gate ${called} ${names.join(", ")} { ${channel.gates.map((gate) => statement(gate, 0, names)).join(" ")} }`;
  }
}

function* declarations({ wires }: QuantumCircuit, spare: number, measured: boolean): Generator<string> {
  const count = (role: "system" | "environment"): number => wires.filter((wire) => wire.role === role).length;
  yield "";
  yield `qubit[${count("system")}] system;`;
  if (count("environment") > 0) yield `qubit[${count("environment")}] environment;`;
  if (spare > 0) yield `qubit[${spare}] spare;`;
  if (measured) yield `bit[${count("system")}] result;`;
  yield "";
  yield "reset system;";
  if (count("environment") > 0) yield "reset environment;";
  if (spare > 0) yield "reset spare;";
}

function* statements(
  gate: CircuitGate,
  step: number,
  names: readonly string[],
  channels: DefinedChannels,
): Generator<string> {
  const defined = channels.of(gate);
  if (defined === undefined) {
    yield statement(gate, step, names);
    return;
  }
  const spare = Array.from({ length: defined.channel.spare }, (_, k) => `spare[${k}]`);
  yield `${defined.called} ${[...gate.wires.map((wire) => names[wire]), ...spare].join(", ")};`;
  for (const name of spare) yield `reset ${name};`;
}

function statement(gate: CircuitGate, step: number, names: readonly string[]): string {
  const { name, wires, controls = [] } = gate;
  if (name === "reset") return `reset ${names[wires[0]!]};`;
  const angle = angleIn(gate, step);
  const modifiers = controls.map(({ on }) => (on === 1 ? "ctrl @ " : "negctrl @ ")).join("");
  const on = [...controls.map(({ wire }) => wire), ...wires].map((wire) => names[wire]).join(", ");
  return `${modifiers}${called[name] ?? name}${angle === undefined ? "" : `(${literal(angle)})`} ${on};`;
}

/** The shortest text that is read as the same number again; a whole number stays a number with a point. */
const literal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** What turns an axis to that of the measurement, and what a result says. */
const turns = {
  x: ["h", "<sx> = 1 - 2 P(1)"],
  y: ["sdg h", "<sy> = 2 P(1) - 1: sy is -Y of gates"],
  z: ["", "<sz> = 2 P(1) - 1"],
} as const;

function* measurement({ wires }: QuantumCircuit, axis: "x" | "y" | "z", names: readonly string[]): Generator<string> {
  const [gates, meaning] = turns[axis];
  const systems = names.filter((_, k) => wires[k]!.role === "system");
  yield `// ${meaning}.`;
  for (const name of systems) for (const gate of gates.split(" ").filter(Boolean)) yield `${gate} ${name};`;
  for (const [k, name] of systems.entries()) yield `result[${k}] = measure ${name};`;
}
