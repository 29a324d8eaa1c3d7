import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import type { DensityMatrix } from "../../quantum/density-matrix.js";
import type { Dynamics } from "../../quantum/dynamics.js";
import { concurrence, negativity } from "../../quantum/entanglement.js";
import { blochVector, entropy, fidelity, populations, purity } from "../../quantum/measures.js";
import { memristorSignals } from "../../quantum/memristor.js";
import { freeHamiltonian } from "../../quantum/motion.js";
import { commutator, type Operator } from "../../quantum/operator.js";
import { partialTrace } from "../../quantum/partial-trace.js";
import { expectation, sparse } from "../../quantum/sparse-operator.js";
import { type Beside, behindSplitters } from "./beside.js";
import { readerBeside } from "./beside-readers.js";
import { dynamicsOf } from "./dynamics.js";
import { operatorOn, type ReadingsOf } from "./operators.js";

/** A number that can be read off a state. */
export type StateReader = (t: number, rho: DensityMatrix) => number;

/** What the readers of a run need to know. */
export interface Read {
  readonly block: QuantumBlock;
  readonly dynamics: Dynamics;
  readonly start: DensityMatrix;
  /** Σ δK/h of what acts behind each digital step of length h; empty without. */
  readonly kicks: Operator;
  /** Undefined: there is nothing. */
  readonly beside?: Beside;
  /** What laws read of the circuit; undefined for a block by itself. */
  readonly readings?: ReadingsOf | undefined;
}

/** An observable as a function of time and state; a photonic memristor's mode is looked at behind it. */
export function readerOf(of: QuantumObservable, read: Read): StateReader {
  const { block, dynamics, beside } = read;
  const apart = beside && readerBeside(of, block, beside);
  if (apart !== undefined) return apart;
  if (!block.photonics.some(({ input }) => input.kind === "mode") || beside === undefined) return stateReader(of, read);
  const behind = behindSplitters(block, dynamics, beside.windows);
  const reader = stateReader(of, { ...read, start: behind(0, read.start) });
  return (t, rho) => reader(t, behind(t, rho));
}

/** What the register's state tells. */
function stateReader(of: QuantumObservable, read: Read): StateReader {
  switch (of.kind) {
    case "voltage":
    case "current":
    case "rate":
      return memristorReader(of.kind, of.memristor, read);
    case "port":
      return portReader(of.port, read);
    case "expectation": {
      const { systems, units } = read.block;
      const laid = sparse(read.dynamics.space, operatorOn(of.operator, systems, units.hbar, read.readings));
      return (t, rho) => expectation(laid, rho, t)[of.part];
    }
    case "element":
      return (_t, rho) => {
        const part = reduced(rho, of.systems);
        return part[of.part][of.row * part.size + of.column]!;
      };
    case "population":
      return (_t, rho) => populations(rho, of.system)[of.level]!;
    case "top": {
      const { dimension } = read.block.systems[of.system]!;
      return (_t, rho) => populations(rho, of.system)[dimension - 1]!;
    }
    case "purity":
      return (_t, rho) => purity(reduced(rho, of.systems));
    case "entropy":
      return (_t, rho) => entropy(reduced(rho, of.systems));
    case "fidelity": {
      const start = reduced(read.start, of.systems);
      return (_t, rho) => fidelity(reduced(rho, of.systems), start);
    }
    case "concurrence":
      return (_t, rho) => concurrence(rho, ...of.systems);
    case "negativity":
      return (_t, rho) => negativity(rho, of.systems, of.others);
    case "bloch": {
      const axis = ["x", "y", "z"].indexOf(of.axis);
      return (_t, rho) => blochVector(rho, of.system)[axis]!;
    }
    default:
      throw new Error(`A run of a block was asked for \`${of.kind}\`, which it does not know.`);
  }
}

/** k⟨i[H₀, op]⟩, H₀ being all of the Hamiltonian but the ports. */
function portReader(index: number, { block, readings }: Read): StateReader {
  const { operator, k } = block.ports[index]!;
  const free = dynamicsOf({ ...block, ports: [] }, readings);
  const op = operatorOn(operator, block.systems, block.units.hbar);
  const laid = sparse(free.space, commutator([...freeHamiltonian(free), ...free.hamiltonian], op));
  return (t, rho) => k * expectation(laid, rho, t).re;
}

const reduced = (rho: DensityMatrix, systems: readonly number[]): DensityMatrix =>
  systems.length === 0 ? rho : partialTrace(rho, systems);

function memristorReader(
  kind: "voltage" | "current" | "rate",
  index: number,
  { block, dynamics, kicks }: Read,
): StateReader {
  const { system, scale } = block.memristors[index]!;
  const { mass, omega } = block.systems[system]!;
  const amplitude = Math.sqrt((mass * block.units.hbar * omega) / 2);
  const signals = memristorSignals(dynamics, system, kicks, amplitude);
  if (kind === "rate") return (t) => signals.rate(t);
  if (kind === "voltage") return (_t, rho) => scale * signals.voltage(rho, _t);
  return (t, rho) => scale * signals.current(rho, t);
}
