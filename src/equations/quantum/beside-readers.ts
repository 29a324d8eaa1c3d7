import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { Moment } from "../../circuit/quantum/observable.js";
import type { DensityMatrix } from "../../quantum/density-matrix.js";
import { lc, lcPurity } from "../../quantum/lc-memristor.js";
import { populations } from "../../quantum/measures.js";
import { type Beside, memoryRate, photonsInto } from "./beside.js";
import type { Sought } from "./observables.js";
import type { ReadingsOf } from "./operators.js";

type Reader = (t: number, rho: DensityMatrix) => number;

/** An observable of what stands beside the register; undefined: it is of the register. */
export function readerBeside(
  of: Sought,
  block: QuantumBlock,
  beside: Beside,
  readings?: ReadingsOf,
): Reader | undefined {
  switch (of.kind) {
    case "nin":
    case "nout":
    case "reflectivity":
    case "angle":
      return photonicReader(of.kind, of.photonic, block, beside, readings);
    case "moment":
      return momentReader(of.of, of.circuit, block, beside, readings);
    case "record":
      return () => beside.records[of.monitor]!;
    default:
      return undefined;
  }
}

function photonicReader(
  kind: "nin" | "nout" | "reflectivity" | "angle",
  index: number,
  { photonics }: QuantumBlock,
  { windows }: Beside,
  readings: ReadingsOf | undefined,
): Reader {
  const window = windows[index]!;
  const into = photonsInto(photonics[index]!, (system, rho) => populations(rho, system)[0]!, readings);
  switch (kind) {
    case "nin":
      return into;
    case "nout":
      return (t, rho) => (1 - window.reflectivity(t)) * into(t, rho);
    case "reflectivity":
      return (t) => window.reflectivity(t);
    case "angle":
      return (t) => 2 * Math.asin(Math.sqrt(window.reflectivity(t)));
  }
}

function momentReader(
  of: Moment,
  index: number,
  { circuits, units }: QuantumBlock,
  beside: Beside,
  readings: ReadingsOf | undefined,
): Reader {
  const circuit = circuits[index]!;
  const at = beside.circuits[index]!;
  const rate = memoryRate(circuit, readings);
  const gamma = (t: number): number => rate(at(t)[lc.mu]!, t);
  switch (of) {
    case "v":
      return (t) => at(t)[lc.q]! / circuit.capacitance;
    case "i":
      return (t) => 2 * gamma(t) * at(t)[lc.q]!;
    case "rate":
      return gamma;
    case "purity":
      return (t) => lcPurity(at(t), units.hbar);
    default:
      return (t) => at(t)[lc[of]]!;
  }
}
