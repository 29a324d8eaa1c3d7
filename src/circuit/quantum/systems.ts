import type { Item } from "../../syntax/ast.js";
import { numberOf, written } from "../readings.js";
import type { OscillatorState, QuantumSystem, QubitState } from "./block.js";
import type { SystemMember } from "./block-names.js";
import { ketOf } from "./ket.js";
import type { Line } from "./line.js";

/** What the rounding of a ket may add to the length of a Bloch vector. */
const rounding = 1e-12;

/** Settings that give a system a state of its own. */
export const stateSettings = ["theta", "state", "bloch", "ket", "alpha", "fock", "squeeze", "thermal"];

export const qubitSettings = ["theta", "phi", "state", "bloch", "ket", "omega", "m"] as const;

/** `qubit a theta={pi/4} phi=0 | state=+ | bloch=(x,y,z) | ket=(…)`; at rest, in |g⟩, where nothing is said. */
export function readQubit(line: Line, member: SystemMember): QuantumSystem {
  const name = line.ownName().toLowerCase();
  line.end();
  return {
    kind: "qubit",
    name,
    dimension: 2,
    omega: line.number("omega", 0),
    mass: line.number("m", 1, [Number.MIN_VALUE, Infinity]),
    state: qubitState(line, member),
    span: line.span,
  };
}

function qubitState(line: Line, member: SystemMember): QubitState {
  const given = line.oneOf(["theta", "state", "bloch", "ket"], undefined);
  if (given !== "theta" && line.value("phi") !== undefined && given !== undefined)
    line.error("no-effect", "`phi=` stands beside `theta=` only.", line.at("phi"));
  switch (given) {
    case "state":
      return namedState(line);
    case "bloch":
      return { bloch: blochOf(line), angles: undefined };
    case "ket":
      return { bloch: blochOfKet(line, member), angles: undefined };
    default:
      return ofAngles(line.number("theta", Math.PI / 2), line.number("phi", 0));
  }
}

/** cos θ|e⟩ + e^{iφ} sin θ|g⟩: θ is half the angle on the Bloch sphere. */
const ofAngles = (theta: number, phi: number): QubitState => ({
  bloch: [Math.sin(2 * theta) * Math.cos(phi), Math.sin(2 * theta) * Math.sin(phi), Math.cos(2 * theta)],
  angles: { theta, phi },
});

const { PI } = Math;
const states: Readonly<Record<string, QubitState>> = {
  e: { bloch: [0, 0, 1], angles: { theta: 0, phi: 0 } },
  g: { bloch: [0, 0, -1], angles: { theta: PI / 2, phi: 0 } },
  "+": { bloch: [1, 0, 0], angles: { theta: PI / 4, phi: 0 } },
  "-": { bloch: [-1, 0, 0], angles: { theta: PI / 4, phi: PI } },
  "+i": { bloch: [0, 1, 0], angles: { theta: PI / 4, phi: PI / 2 } },
  "-i": { bloch: [0, -1, 0], angles: { theta: PI / 4, phi: -PI / 2 } },
};

function namedState(line: Line): QubitState {
  const found = line.word("state", Object.keys(states));
  return states[found ?? "g"]!;
}

function blochOf(line: Line): QubitState["bloch"] {
  const value = line.value("bloch")!;
  const items: readonly Item[] = value.kind === "group" ? value.items : [];
  if (items.length !== 3) {
    line.error("bad-state", `\`bloch\` is \`(x,y,z)\`, found \`${written(value.span)}\`.`, value.span);
    return [0, 0, -1];
  }
  const bloch = items.map((item) => numberOf(item, line.place, "a number")) as unknown as [number, number, number];
  const length = Math.hypot(...bloch);
  if (length > 1 + rounding) {
    const message = `This Bloch vector is ${Number(length.toPrecision(6))} long, but a state's is 1 at most.`;
    line.error("not-normalised", message, value.span);
  }
  return bloch;
}

/** ⟨sx⟩ = 2 Re c̄₀c₁, ⟨sy⟩ = 2 Im c̄₀c₁, ⟨sz⟩ = |c₀|² − |c₁|². */
function blochOfKet(line: Line, member: SystemMember): QubitState["bloch"] {
  const ket = ketOf(line.value("ket")!, [member], line);
  if (ket === undefined) return [0, 0, -1];
  const { re, im } = ket as { re: readonly [number, number]; im: readonly [number, number] };
  const x = 2 * (re[0] * re[1] + im[0] * im[1]);
  const y = 2 * (re[0] * im[1] - im[0] * re[1]);
  return [x, y, re[0] ** 2 + im[0] ** 2 - re[1] ** 2 - im[1] ** 2];
}

export const oscillatorSettings = [
  ...(["levels", "omega", "m", "alpha", "arg", "cat", "fock", "squeeze", "thermal", "ket"] as const),
] as const;

/** `oscillator o levels=30 alpha=2 arg={-pi/5} | fock=1 | squeeze=0.4 | thermal=0.1 | ket={…}`; |0⟩ else. */
export function readOscillator(line: Line, member: SystemMember): QuantumSystem {
  const name = line.ownName().toLowerCase();
  line.end();
  return {
    kind: "oscillator",
    name,
    dimension: member.levels,
    omega: line.number("omega", 0),
    mass: line.number("m", 1, [Number.MIN_VALUE, Infinity]),
    state: oscillatorState(line, member),
    span: line.span,
  };
}

function oscillatorState(line: Line, member: SystemMember): OscillatorState {
  const given = line.oneOf(["alpha", "fock", "squeeze", "thermal", "ket"], undefined);
  for (const name of ["arg", "cat"])
    if (given !== "alpha" && line.value(name) !== undefined)
      line.error("no-effect", `\`${name}=\` stands beside \`alpha=\` only.`, line.at(name));
  switch (given) {
    case "alpha": {
      const [size, angle] = [line.number("alpha", 0), line.number("arg", 0)];
      const cat = line.word("cat", ["even", "odd"]);
      return { kind: "coherent", re: size * Math.cos(angle), im: size * Math.sin(angle), cat };
    }
    case "squeeze":
      return { kind: "squeezed", r: line.number("squeeze", 0) };
    case "thermal":
      return { kind: "thermal", mean: line.number("thermal", 0, [0, Infinity]) };
    case "ket": {
      const ket = ketOf(line.value("ket")!, [member], line);
      return ket === undefined ? { kind: "fock", level: 0 } : { kind: "ket", ket };
    }
    default:
      return { kind: "fock", level: fockOf(line, member.levels) };
  }
}

function fockOf(line: Line, levels: number): number {
  const level = line.count("fock", 0, 0);
  if (!(level >= levels)) return level;
  const message = `\`fock\` is ${level}, but the highest of ${levels} levels is ${levels - 1}.`;
  line.error("parameter-range", message, line.at("fock"), `give it more levels: \`levels=${level + 2}\`.`);
  return 0;
}

/** How many levels a system has; 1 after having complained. */
export function levelsOf(line: Line, shown: string): number {
  const levels = line.count("levels", undefined, 2);
  if (levels !== undefined) return Number.isNaN(levels) ? 2 : levels;
  const alpha = line.value("alpha") === undefined ? 0 : Math.abs(line.number("alpha", 0));
  // The cut tail of a coherent state is below 1e-12 (|α|² + 8|α| + 10).
  const enough = Math.ceil(alpha * alpha + 8 * alpha + 10);
  const message = `\`${shown}\` needs \`levels=\`: how many of the oscillator's levels are computed with.`;
  line.error("missing-value", message, line.span, `\`levels=${enough}\` cuts less than 1e-12 of this state.`);
  return 2;
}
