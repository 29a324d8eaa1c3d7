import type { BlockUnits, DecayRate, QuantumMemristor, QuantumSystem } from "./block.js";
import { driveOf, type OwnNames } from "./drives.js";
import { expressionOf, type Line } from "./line.js";
import { type Drive, steady } from "./operator.js";

export const memristorSettings = [
  ...(["gamma0", "omega", "m", "scale", "rate", "phid", "integral", "negative"] as const),
] as const;

/** A memristor, and what its card says of its system. */
export interface ReadMemristor {
  readonly memristor: QuantumMemristor;
  readonly omega: number;
  /** Undefined: the system's. */
  readonly mass: number | undefined;
  readonly line: Line;
}

/** `memristor M1 a gamma0=0.02 omega=1 | rate={…} | integral={…}`; Γ = γ₀(1 − sin φ_d), φ_d = cos ωt or `phid=`. */
export function readMemristor(line: Line, { system: units }: BlockUnits, systems: readonly QuantumSystem[]) {
  const name = line.ownName().toLowerCase();
  const system = line.system("qubit", "oscillator");
  line.end();
  const own = systems.find((it) => it.name === system?.name);
  const otherwise = own?.omega !== undefined && own.omega !== 0 ? own.omega : units === "natural" ? 1 : undefined;
  const omega = line.number("omega", otherwise, [Number.MIN_VALUE, Infinity]);
  if (omega === undefined)
    line.error("missing-value", "`memristor` needs `omega=`, the frequency of its system in rad/s.", line.span);
  const mayBeNegative = line.flag("negative", false);
  const rate = rateOf(line, omega ?? Number.NaN, mayBeNegative);
  if (system === undefined || omega === undefined) return undefined;
  const memristor: QuantumMemristor = {
    name,
    system: system.index,
    rate,
    scale: line.number("scale", 1),
    mayBeNegative,
    span: line.span,
  };
  return { memristor, omega, mass: line.number("m", undefined, [Number.MIN_VALUE, Infinity]), line };
}

function rateOf(line: Line, omega: number, mayBeNegative: boolean): DecayRate {
  const gamma0 = line.number("gamma0", undefined);
  const given = line.oneOf(["rate", "phid", "integral"], undefined);
  if (gamma0 === undefined && (given === undefined || given === "phid"))
    line.error("missing-value", "`memristor` needs a rate: `gamma0=0.02`, or `rate={…}`.", line.span);
  const own = new Map([["omega", omega], ...(gamma0 === undefined ? [] : ([["gamma0", gamma0]] as const))]);
  if (given === "rate") return { kind: "rate", rate: rateLaw("rate", line, own, mayBeNegative) };
  if (given === "integral") return { kind: "integral", integral: integralLaw(line, own) };
  complainOfNegative(gamma0 ?? 0, "gamma0", line, mayBeNegative);
  if (given === undefined) return { kind: "standard", gamma0: gamma0 ?? Number.NaN };
  return { kind: "rate", rate: phaseLaw(line, gamma0 ?? Number.NaN) };
}

/** A rate of decay: a law, or a number that is not negative. */
export function rateLaw(name: string, line: Line, own?: OwnNames, mayBeNegative = line.flag("negative", false)): Drive {
  const law = drive(name, line, own);
  if (law.kind === "number") complainOfNegative(law.value, name, line, mayBeNegative);
  return law;
}

function complainOfNegative(value: number, name: string, line: Line, mayBeNegative: boolean): void {
  if (!(value < 0) || mayBeNegative) return;
  const message = `\`${name}\` is ${value}: a negative rate would undo decay, which is no evolution of a state by itself.`;
  const canBe = line.card !== "lc"; // whose moments would grow without end
  const help = canBe ? "write `negative=yes` where the whole evolution stays one, as with revivals." : undefined;
  line.error("negative-rate", message, line.at(name), help);
}

/** K(t) = ∫Γ: it begins at 0, and tells its rate by itself. */
function integralLaw(line: Line, own: OwnNames): Drive {
  const law = drive("integral", line, own);
  if (law.kind === "law" && law.inputs.length > 0) {
    const message = "`integral` is a law of time alone: a rate that follows the circuit is given by `rate=`.";
    line.error("bad-integral", message, line.at("integral"));
    return law;
  }
  const start = law.kind === "number" ? law.value : law.law.value(0, new Float64Array(0));
  if (Math.abs(start) <= 1e-12 || Number.isNaN(start)) return law;
  const message = `\`integral\` is ${Number(start.toPrecision(6))} at time 0, but an integral from 0 begins at 0.`;
  line.error("bad-integral", message, line.at("integral"), "subtract what it is at time 0.");
  return law;
}

/** γ₀(1 − sin φ). */
function phaseLaw(line: Line, gamma0: number): Drive {
  const value = line.value("phid")!;
  const phase = expressionOf(value);
  const { span } = value;
  const number = (of: number) => ({ kind: "number", value: of, span }) as const;
  const angle = phase ?? number(line.numberAt(value, "a phase"));
  const sine = { kind: "call", name: "sin", arguments: [angle], span } as const;
  const rest = { kind: "binary", operator: "-", left: number(1), right: sine, span } as const;
  const law = { kind: "binary", operator: "*", left: number(gamma0), right: rest, span } as const;
  return driveOf(law, line.block, line.place);
}

/** The law or number of a setting. */
export function drive(name: string, line: Line, own?: OwnNames): Drive {
  const value = line.value(name);
  if (value === undefined) return steady(Number.NaN);
  const law = expressionOf(value);
  if (law !== undefined) return driveOf(law, line.block, line.place, own);
  return steady(line.numberAt(value, `a number for \`${name}\``));
}
