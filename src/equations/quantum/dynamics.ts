import type {
  Coupling,
  Operation,
  QuantumBlock,
  QuantumMemristor,
  QuantumPort,
  QuantumSystem,
} from "../../circuit/quantum/block.js";
import type { Drive } from "../../circuit/quantum/operator.js";
import { couplingOperator } from "../../quantum/couplings.js";
import type { Dynamics } from "../../quantum/dynamics.js";
import { type Law, type Operator, scaled } from "../../quantum/operator.js";
import {
  constantRate,
  type Rate,
  type RateOptions,
  rateOf,
  rateOfIntegral,
  standardRate,
} from "../../quantum/rates.js";
import { spaceOf } from "../../quantum/space.js";
import { turning } from "../../quantum/turning.js";
import { lawOf, operatorOn, type ReadingsOf } from "./operators.js";

/** What moves a block; by itself, unless `readings` tell what its laws read of the circuit or of monitors. */
export function dynamicsOf(block: QuantumBlock, readings?: ReadingsOf): Dynamics {
  const { systems, units } = block;
  const couplings = block.operations.flatMap((it) => coupledBy(it, block, readings) ?? []);
  const operators = block.hamiltonian.map((operator) => operatorOn(operator, systems, units.hbar, readings));
  const ports = block.ports.map((port) => coupledByPort(port, block, readings));
  return {
    space: spaceOf(...systems.map(({ dimension }) => dimension)),
    systems: systems.map(({ kind, omega }) => ({ kind, omega })),
    dampings: block.memristors.map((memristor, of) => ({
      system: memristor.system,
      rate: decayOf(memristor, systems[memristor.system]!, readings, of),
    })),
    hamiltonian: [...operators.flat(), ...couplings.flat(), ...ports.flat()],
    jumps: [
      ...block.jumps.map(({ operator, rate, mayBeNegative }, k) => ({
        operator: operatorOn(operator, systems, units.hbar, readings),
        rate: rateBy(rate, { mayBeNegative, of: block.memristors.length + k }, readings),
      })),
      // Whose record nobody reads, a measurement leaves −k[q, [q, ρ]] = 2k(qρq − ½{q², ρ}).
      ...block.monitors.map(({ operator, strength }) => ({
        operator: operatorOn(operator, systems, units.hbar),
        rate: constantRate(2 * strength),
      })),
    ],
    breakpoints: breakpointsOf(block),
  };
}

/** g·K of a coupling that stands in the Hamiltonian, in the rotating frame e^{−iH₀t}·gK·e^{iH₀t}. */
function coupledBy(it: Operation, { systems }: QuantumBlock, readings?: ReadingsOf): Operator | undefined {
  if (it.kind !== "coupling" || it.strength.kind !== "g") return undefined;
  const coupling = scaled(couplingOperator(it.type, ...it.systems), lawOf(it.strength.g, readings));
  if (it.frame === "laboratory") return coupling;
  return turning(
    coupling,
    systems.map(({ omega }) => omega),
  );
}

/** −k·v·op, in units of ħ. */
function coupledByPort(
  { operator, k, voltage }: QuantumPort,
  { systems, units }: QuantumBlock,
  readings?: ReadingsOf,
): Operator {
  const v = lawOf(voltage, readings);
  const by = -k / units.hbar;
  return scaled(operatorOn(operator, systems, units.hbar, readings), typeof v === "number" ? by * v : (t) => by * v(t));
}

/** Γ of a memristor; `of`: its place. */
export function decayOf(
  { rate, mayBeNegative }: QuantumMemristor,
  { omega }: QuantumSystem,
  readings?: ReadingsOf,
  of?: number,
): Rate {
  const options = { mayBeNegative, ...(of !== undefined && { of }) };
  if (rate.kind === "standard")
    return omega === 0 ? constantRate(rate.gamma0 * (1 - Math.sin(1))) : standardRate(rate.gamma0, omega);
  if (rate.kind === "rate") return rateBy(rate.rate, options, readings);
  const law = lawOf(rate.integral);
  return rateOfIntegral(asFunction(law), omega === 0 ? 1 : 1 / omega, {
    breakpoints: cornersOf(rate.integral),
    ...options,
  });
}

function rateBy(drive: Drive, options: RateOptions, readings?: ReadingsOf): Rate {
  const law = lawOf(drive, readings);
  if (typeof law === "number") return constantRate(law);
  return rateOf(law, { breakpoints: cornersOf(drive), ...options });
}

const asFunction = (law: Law): ((t: number) => number) => (typeof law === "number" ? () => law : law);

const cornersOf = (drive: Drive): readonly number[] => (drive.kind === "number" ? [] : drive.law.breakpoints);

/** Where a coefficient of the Hamiltonian or a jump's operator has a corner. */
function breakpointsOf({ hamiltonian, jumps, operations }: QuantumBlock): readonly number[] {
  const operators = [...hamiltonian, ...jumps.map(({ operator }) => operator)].flat();
  const drives = operators.flatMap(({ coefficient: { re, im } }) => [re, im]);
  const strengths = operations.flatMap((it) => (it.kind === "coupling" ? (strengthOf(it) ?? []) : []));
  return [...new Set([...drives, ...strengths].flatMap(cornersOf))].sort((a, b) => a - b);
}

const strengthOf = ({ strength }: Coupling): Drive | undefined => (strength.kind === "g" ? strength.g : undefined);
