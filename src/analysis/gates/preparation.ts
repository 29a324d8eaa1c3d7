import type { Ket, QuantumBlock, QubitState } from "../../circuit/quantum/block.js";
import type { CircuitGate } from "../../result/quantum-circuit.js";
import { isMixed, type Wires } from "./wires.js";

type Control = NonNullable<CircuitGate["controls"]>[number];

/** Turns smaller than this turn nothing, rad. */
const least = 1e-15;

const turn = (
  name: "ry" | "p",
  wire: number,
  angle: number,
  controls: readonly Control[] = [],
): readonly CircuitGate[] =>
  Math.abs(angle) < least
    ? []
    : [{ name, wires: [wire], angles: [angle], symbol: "", ...(controls.length > 0 && { controls }) }];

/** Gates that make the state of a block at its start from |0…0⟩, but for a phase that none can see. */
export function preparation(block: QuantumBlock, wires: Wires): readonly CircuitGate[] {
  const joint = block.joint.flatMap(({ systems, state }) =>
    state.kind === "ket"
      ? ketGates(
          inGates(state.ket),
          systems.map((k) => wires.system[k]!),
        )
      : [],
  );
  const alone = [...block.systems.entries()].filter(([k]) => !block.joint.some((it) => it.systems.includes(k)));
  const own = alone.flatMap(([k, system]) => {
    if (system.kind !== "qubit") return [];
    const wire = wires.system[k]!;
    const pure = pointed(system.state, wire);
    return isMixed(block, k) ? [...mixed(system.state, wire, wires.environment[k]!), ...pure] : pure;
  });
  return [...joint, ...own];
}

/** Turns |0⟩ to where a Bloch vector points: cos θ|1⟩ + e^{iφ} sin θ|0⟩. */
function pointed({ bloch: [x, y, z], angles }: QubitState, wire: number): readonly CircuitGate[] {
  const theta = angles?.theta ?? Math.atan2(Math.hypot(x, y), z) / 2;
  const phi = angles?.phi ?? Math.atan2(y, x);
  return [...turn("ry", wire, Math.PI - 2 * theta), ...turn("p", wire, -phi)];
}

/** A Bloch vector of length r < 1: |1⟩ with probability (1 − r)/2, from an environment that is then forgotten. */
function mixed({ bloch }: QubitState, wire: number, environment: number): readonly CircuitGate[] {
  const flipped = (1 - Math.hypot(...bloch)) / 2;
  return [
    ...turn("ry", environment, 2 * Math.asin(Math.sqrt(flipped))),
    { name: "cx", wires: [environment, wire], angles: undefined, symbol: "" },
    { name: "reset", wires: [environment], angles: undefined, symbol: "" },
  ];
}

/** Amplitudes in the order of gates: |0…0⟩, which is |g…g⟩, first. */
const inGates = ({ re, im }: Ket): Ket => ({ re: re.toReversed(), im: im.toReversed() });

/**
 * Any ket of a few qubits by turns under all values of those before (V. Shende, S. Bullock and I. Markov, IEEE
 * Transactions on Computer-Aided Design 25, 1000, 2006): first sizes from the first qubit on, then phases from the last.
 */
function ketGates({ re, im }: Ket, wires: readonly number[]): readonly CircuitGate[] {
  const weight = re.map((value, k) => value * value + im[k]! * im[k]!);
  const sizes = wires.flatMap((wire, depth) => {
    const width = weight.length >> depth;
    return before(depth).flatMap((prefix) => {
      const half = (side: 0 | 1): number => {
        const from = prefix * width + (side * width) / 2;
        return Math.sqrt(weight.slice(from, from + width / 2).reduce((sum, p) => sum + p, 0));
      };
      return turn("ry", wire, 2 * Math.atan2(half(1), half(0)), controlsOf(prefix, wires.slice(0, depth)));
    });
  });
  let phases = re.map((value, k) => (weight[k] === 0 ? 0 : Math.atan2(im[k]!, value)));
  const turns: CircuitGate[] = [];
  for (let depth = wires.length - 1; depth >= 0; depth--) {
    const pairs = before(depth).map((prefix) => [phases[2 * prefix]!, phases[2 * prefix + 1]!] as const);
    for (const [prefix, [zero, one]] of pairs.entries())
      turns.push(...turn("p", wires[depth]!, one - zero, controlsOf(prefix, wires.slice(0, depth))));
    phases = pairs.map(([zero]) => zero);
  }
  return [...sizes, ...turns];
}

const before = (depth: number): readonly number[] => Array.from({ length: 2 ** depth }, (_, k) => k);

const controlsOf = (prefix: number, wires: readonly number[]): readonly Control[] =>
  wires.map((wire, k) => ({ wire, on: ((prefix >> (wires.length - 1 - k)) & 1) as 0 | 1 }));
