import type { CircuitGate, CircuitWire } from "../src/result/quantum-circuit.js";
import type { BlochPicture, CircuitPicture, RhoPicture } from "../src/result/quantum-pictures.js";

const caption = {
  ...{ name: "x", named: false, title: "A title", xlabel: undefined, ylabel: undefined, logx: false, logy: false },
};

const wire = (name: string, role: CircuitWire["role"]): CircuitWire => ({
  ...{ name, role },
  state: role === "system" ? `|\\psi_{${name}}\\rangle` : "|0\\rangle",
  measured: role === "system" ? ["x", "y"] : [],
});

const names: readonly CircuitGate["name"][] = [
  ...(["h", "rz", "cx", "cy", "cz", "cp", "cry", "swap", "iswap", "ryy", "reset", "sdg", "p"] as const),
];
const gates = names.map((name, k): CircuitGate => {
  const two = /^(c|swap|iswap|ryy)/.test(name);
  return {
    name,
    wires: two ? [k % 3, (k + 1 + (k % 2)) % 3] : [k % 3],
    angles: undefined,
    symbol: k % 2 ? "\\theta_{i}" : "",
  };
});

const circuit = (wires: readonly CircuitWire[], parts: CircuitPicture["circuit"]["parts"]): CircuitPicture => ({
  ...caption,
  kind: "circuit",
  circuit: {
    ...{ block: "q", wires, preparation: [], parts, dt: 0.1, shots: 5000 },
    letters: [{ letter: "\\theta_{i}", meaning: "2 arccos e^{−½∫Γ dt}", range: [-0.1, 0.2] }],
  },
});

const three = [wire("a", "system"), wire("b_1^2", "system"), wire("a", "environment")];
const path = (of: (k: number) => number, period: number | undefined) => ({
  name: "q.a",
  x: Float64Array.from({ length: 300 }, (_, k) => of(k) * Math.cos(k / 10)),
  y: Float64Array.from({ length: 300 }, (_, k) => of(k) * Math.sin(k / 10)),
  z: Float64Array.from({ length: 300 }, (_, k) => -k / 600),
  period,
});
const bloch = (...paths: BlochPicture["paths"]): BlochPicture => ({
  ...caption,
  kind: "bloch",
  time: { name: "time", unit: "1", values: Float64Array.from({ length: 300 }, (_, k) => k / 10) },
  paths,
});

const rho = (states: number, parts: "re" | "polar", of: (k: number) => number): RhoPicture => ({
  ...caption,
  kind: "rho",
  matrix: "rho(q)",
  basis: Array.from({ length: states }, (_, k) => `${k}`.padStart(4, "e")),
  re: Float64Array.from({ length: states ** 2 }, (_, k) => of(k)),
  im: Float64Array.from({ length: states ** 2 }, (_, k) => of(k + 1)),
  parts,
  at: { name: "time", unit: "1", values: Float64Array.of(3) },
});

/** Pictures of quantum blocks, as they are and as they could be spoilt. */
export const quantumPictures = {
  "a circuit of gates": circuit(three, [
    { kind: "once", first: 0, count: 1, gates },
    { kind: "steps", first: 0, count: 30, gates },
    { kind: "once", first: 30, count: 1, gates: gates.slice(0, 2) },
    { kind: "steps", first: 30, count: 1, gates },
  ]),
  "a circuit whose steps are empty": circuit(three, [
    { kind: "once", first: 0, count: 1, gates },
    { kind: "steps", first: 0, count: 30, gates: [] },
  ]),
  "a path on a sphere": bloch(path(() => 0.8, 2 * Math.PI)),
  "paths on four spheres": bloch(...[1, 2, 3, 4].map((k) => path((i) => Math.exp(-i / 100), k === 1 ? undefined : k))),
  "a path of nothing": bloch(path(() => Number.NaN, 1)),
  "a density matrix": rho(4, "re", (k) => Math.sin(k) / 4),
  "a large density matrix": rho(32, "polar", (k) => Math.sin(k) / 4),
  "a density matrix of nothing": rho(2, "re", () => Number.NaN),
  "a density matrix of zeros": rho(2, "polar", () => 0),
} as const;
