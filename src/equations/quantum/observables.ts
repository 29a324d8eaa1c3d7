import type { Ket, QuantumBlock } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import { zeroMatrix } from "../../numerics/linear/complex-matrix.js";
import { type DensityMatrix, pure } from "../../quantum/density-matrix.js";
import type { Dynamics } from "../../quantum/dynamics.js";
import { concurrence, negativity } from "../../quantum/entanglement.js";
import { projector, sx, sy, sz } from "../../quantum/local-operators.js";
import { entropy, fidelity, purity } from "../../quantum/measures.js";
import { type MemristorOperators, memristorOperators } from "../../quantum/memristor.js";
import { freeHamiltonian } from "../../quantum/motion.js";
import { commutator, type Operator, operator, scaled } from "../../quantum/operator.js";
import { partialTrace } from "../../quantum/partial-trace.js";
import { type Space, spaceOf } from "../../quantum/space.js";
import type { Beside } from "./beside.js";
import { readerBeside } from "./beside-readers.js";
import { dynamicsOf } from "./dynamics.js";
import { operatorOn, type ReadingsOf } from "./operators.js";

/** What is asked of a block, or the quadrature of a memristor's charge, which estimates of its current take. */
export type Sought = QuantumObservable | { readonly kind: "quadrature"; readonly memristor: number };

/** What an observable is of: expectations, which a laboratory can measure, the state itself, or time alone. */
export type Observed =
  | { readonly kind: "means"; readonly parts: readonly Mean[] }
  /** A function of the reduced state of some systems; of all where none are named. */
  | { readonly kind: "state"; readonly systems: readonly number[]; of(part: DensityMatrix): number }
  | { readonly kind: "time"; at(t: number): number };

/** One of the summands weight(t) · Re⟨operator⟩, or Im. */
export interface Mean {
  readonly operator: Operator;
  readonly part: "re" | "im";
  weight(t: number): number;
}

/** What observables of a run are made of. */
export interface Read {
  readonly block: QuantumBlock;
  readonly dynamics: Dynamics;
  readonly start: DensityMatrix;
  /** What acts behind each digital step, as motion over a step; none without. */
  readonly behind: Pick<Dynamics, "hamiltonian" | "jumps">;
  /** Undefined: there is nothing. */
  readonly beside?: Beside;
  /** What laws read of the circuit; undefined for a block by itself. */
  readonly readings?: ReadingsOf | undefined;
}

/** An observable, taken apart. */
export function observed(of: Sought, read: Read): Observed {
  const apart = read.beside && readerBeside(of, read.block, read.beside, read.readings);
  // What follows a mode is read by `readerOf`; all else beside the register is a course over time.
  if (apart !== undefined) return { kind: "time", at: (t) => apart(t, read.start) };
  const { space } = read.dynamics;
  switch (of.kind) {
    case "voltage":
    case "current":
    case "quadrature":
    case "rate":
      return ofMemristor(of.kind, of.memristor, read);
    case "port":
      return mean(portCurrent(of.port, read));
    case "expectation": {
      const { systems, units } = read.block;
      return mean(operatorOn(of.operator, systems, units.hbar, read.readings), of.part);
    }
    case "element":
      return mean(elementOperator(of, read.block), of.part);
    case "population":
      return mean(operator(1, [of.system, projector(space.dimensions[of.system]!, of.level)]));
    case "top": {
      const levels = space.dimensions[of.system]!;
      return mean(operator(1, [of.system, projector(levels, levels - 1)]));
    }
    case "bloch":
      return mean(operator(1, [of.system, { x: sx, y: sy, z: sz }[of.axis]]));
    case "purity":
      return { kind: "state", systems: of.systems, of: purity };
    case "entropy":
      return { kind: "state", systems: of.systems, of: entropy };
    case "fidelity": {
      const { systems, target } = of;
      const other = target === undefined ? reduced(read.start, systems) : pureState(target, systems, space);
      return { kind: "state", systems, of: (part) => fidelity(part, other) };
    }
    case "concurrence":
      return { kind: "state", systems: of.systems, of: (part) => concurrence(part, 0, 1) };
    case "negativity": {
      const [first, rest] = [of.systems.map((_, k) => k), of.others.map((_, k) => of.systems.length + k)];
      return { kind: "state", systems: [...of.systems, ...of.others], of: (part) => negativity(part, first, rest) };
    }
    default:
      throw new Error(`A run of a block was asked for \`${of.kind}\`, which it does not know.`);
  }
}

const always = () => 1;

const mean = (of: Operator, part: Mean["part"] = "re"): Observed => ({
  kind: "means",
  parts: [{ operator: of, part, weight: always }],
});

/** k·i[H₀, op], H₀ being all of the Hamiltonian but the ports. */
function portCurrent(index: number, { block, readings }: Read): Operator {
  const { operator: described, k } = block.ports[index]!;
  const free = dynamicsOf({ ...block, ports: [] }, readings);
  const op = operatorOn(described, block.systems, block.units.hbar, readings);
  return scaled(commutator([...freeHamiltonian(free), ...free.hamiltonian], op), k);
}

/** ρ[r, c] = Tr(ρ|c⟩⟨r|). */
function elementOperator(
  { systems: named, row, column }: Extract<QuantumObservable, { kind: "element" }>,
  { systems }: QuantumBlock,
): Operator {
  const all = named.length > 0 ? named : [...systems.keys()];
  let [r, c] = [row, column];
  const factors = all.toReversed().map((system) => {
    const levels = systems[system]!.dimension;
    const matrix = zeroMatrix(levels);
    matrix.re[(c % levels) * levels + (r % levels)] = 1;
    [r, c] = [Math.floor(r / levels), Math.floor(c / levels)];
    return [system, matrix] as const;
  });
  return operator(1, ...factors);
}

/** The operators of a memristor of a block, in its units, times its `scale`. */
export function operatorsOf(index: number, { block, dynamics, behind }: Omit<Read, "start">): MemristorOperators {
  const { system, scale } = block.memristors[index]!;
  const { mass, omega } = block.systems[system]!;
  const amplitude = scale * Math.sqrt((mass * block.units.hbar * omega) / 2);
  return memristorOperators(dynamics, system, behind, amplitude);
}

function ofMemristor(kind: "voltage" | "current" | "quadrature" | "rate", index: number, read: Read): Observed {
  const { voltage, quadrature, beside, rate } = operatorsOf(index, read);
  if (kind === "rate") return { kind: "time", at: rate };
  if (kind === "voltage") return mean(voltage);
  if (kind === "quadrature") return mean(quadrature);
  const damped: Mean = { operator: voltage, part: "re", weight: rate };
  const extra: Mean = { operator: beside, part: "re", weight: always };
  return { kind: "means", parts: beside.length === 0 ? [damped] : [damped, extra] };
}

function pureState({ re, im }: Ket, systems: readonly number[], space: Space): DensityMatrix {
  const part = systems.length === 0 ? space : spaceOf(...systems.map((system) => space.dimensions[system]!));
  return pure({ space: part, re: Float64Array.from(re), im: Float64Array.from(im) });
}

/** The part of a state that an observable is of. */
export const reduced = (rho: DensityMatrix, systems: readonly number[]): DensityMatrix =>
  systems.length === 0 ? rho : partialTrace(rho, systems);
