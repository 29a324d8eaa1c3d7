import type { Circuit } from "../../circuit/circuit.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import { type FedBlock, fedBlock } from "../../equations/quantum/fed.js";
import { initialState } from "../../equations/quantum/initial-state.js";
import type { Read } from "../../equations/quantum/observables.js";
import { readerOf } from "../../equations/quantum/readers.js";
import type { ComplexMatrix } from "../../numerics/linear/complex-matrix.js";
import { Conjugation } from "../../quantum/conjugation.js";
import { copyOf, type DensityMatrix, densityMatrix } from "../../quantum/density-matrix.js";
import { noSteps } from "../../quantum/memristor.js";
import { freeHamiltonian } from "../../quantum/motion.js";
import { lindblad } from "../../quantum/propagators/lindblad.js";
import type { NotCarried } from "../../quantum/propagators/propagator.js";
import { rateFaultOf } from "../../quantum/propagators/propagator.js";
import { isSteady, unitaryOf } from "../../quantum/unitary.js";
import type { Sampled, Sampling } from "../sampling.js";
import { rowsSeen } from "../sampling.js";
import { explainCarried } from "./explain-carried.js";
import { injectedRun } from "./injected-run.js";
import { Questions } from "./questions.js";

/** Rows between two looks at whether the run was interrupted. */
const breath = 16;
/** Of the run between two rows, for the entries of ρ. */
const reltol = 1e-10;
/** Up to this size a row's unitary matrix is found sooner than the state is carried by steps; and so many are kept. */
const mostTurned = 32;
const mostKept = 64;

/** A block that takes in the rows of a data set, its signals seen at the end of each part of a row. */
export function* fedRun(
  circuit: Circuit,
  block: QuantumBlock,
  sampling: Sampling,
  interrupted: () => boolean,
): Generator<number, Sampled> {
  const { signals, parts, period } = sampling;
  const start = initialState(block);
  const fed = fedBlock(block, start);
  const read: Read = { block, dynamics: fed.dynamics, start, behind: noSteps };
  const questions = new Questions(signals, block, { current: "identity", dt: undefined });
  const seen = rowsSeen(sampling);
  const found = questions.sought.map(() => new Float64Array(seen * parts));
  const times = Float64Array.from({ length: seen * parts }, (_, k) => ((k + 1) * period) / parts);
  const quick = injectedRun(block, fed.dynamics, questions.sought, read, sampling);
  const running = quick?.go(found) ?? carriedRun(circuit, block, fed, questions, read, sampling, found);
  let rows = 0;
  let fault: NotCarried | undefined;
  for (;;) {
    const next = running.next();
    if (next.done) {
      fault = next.value;
      break;
    }
    rows = next.value;
    if (rows % breath === 0) yield rows / seen;
    if (interrupted()) break;
  }
  const ended = fault !== undefined ? "failed" : rows < seen ? "interrupted" : "complete";
  const answers = questions.answer(found, times).signals;
  return {
    columns: byPart(answers, parts, rows),
    rows,
    ended,
    statistics: { method: quick?.name ?? "fed", points: rows * parts, steps: rows * parts, rejected: 0, iterations: 0, factorizations: 0 }, // biome-ignore format: one thought
    diagnostics: fault === undefined ? [] : [explainCarried(fault, block, sampling.span)],
  };
}

/** Columns of all parts of each row, row by row, as columns of one part each: all of the first part, all of the second, …. */
function byPart(columns: readonly Float64Array[], parts: number, rows: number): readonly Float64Array[] {
  const found = Array.from({ length: parts }, () => columns.map(() => new Float64Array(rows)));
  for (const [k, values] of columns.entries())
    for (let row = 0, at = 0; row < rows; row++)
      for (let part = 0; part < parts; part++) found[part]![k]![row] = values[at++]!;
  return found.flat();
}

/** Carries the density matrix from row to row; yields how many rows have been seen. */
function* carriedRun(
  { options }: Circuit,
  _block: QuantumBlock,
  fed: FedBlock,
  { sought }: Questions,
  read: Read,
  sampling: Sampling,
  found: readonly Float64Array[],
): Generator<number, NotCarried | undefined> {
  const { rows, parts, period, episode = 1 } = sampling;
  const readers = sought.map((of) => readerOf(of, read));
  const carry = turnedBy(fed, period) ?? steppedOver(fed, period, options.maxsteps);
  let rho = copyOf(read.start);
  let seen = 0;
  try {
    for (let row = 0; row < rows; row++) {
      if (sampling.episode !== undefined && row % episode === 0) rho = copyOf(read.start);
      rho = fed.take(row, rho);
      const isSeen = (row + 1) % episode === 0;
      // What nobody looks at need not be divided.
      const carried = carry(row, rho, isSeen ? parts : 1, (part, t, state) => {
        if (isSeen) for (const [k, of] of readers.entries()) found[k]![seen * parts + part] = of(t, state);
      });
      if ("outcome" in carried) return carried;
      rho = carried;
      if (isSeen) yield ++seen;
    }
  } catch (error) {
    const fault = rateFaultOf(error);
    if (fault === undefined) throw error;
    return fault;
  }
  return undefined;
}

type Look = (part: number, t: number, rho: DensityMatrix) => void;
/** Carries a state over a row, in so many parts. */
type Carry = (row: number, rho: DensityMatrix, parts: number, look: Look) => DensityMatrix | NotCarried;

/** Where nothing decays and nothing follows the time, each row turns the state by one unitary matrix. */
function turnedBy({ dynamics, drives }: FedBlock, period: number): Carry | undefined {
  const { space, dampings, jumps } = dynamics;
  if (drives === undefined || dampings.length + jumps.length > 0) return undefined;
  const hamiltonian = [...freeHamiltonian(dynamics), ...dynamics.hamiltonian];
  if (!isSteady(hamiltonian) && space.size > mostTurned) return undefined;
  const known = new Map<string, ComplexMatrix>();
  const turn = (row: number, parts: number): ComplexMatrix => {
    const key = `${parts} ${drives(row).join(" ")}`;
    const U = known.get(key) ?? unitaryOf(space, hamiltonian, period / parts);
    if (known.size < mostKept) known.set(key, U);
    return U;
  };
  const moves = hamiltonian.some(({ coefficient: { re, im } }) => re !== 0 || im !== 0);
  const conjugation = new Conjugation(space.size);
  let other = densityMatrix(space);
  return (row, rho, parts, look) => {
    const U = moves ? turn(row, parts) : undefined;
    let state = rho;
    for (let part = 0; part < parts; part++) {
      if (U !== undefined) {
        other.re.fill(0);
        other.im.fill(0);
        conjugation.add(1, U, state, other);
        [state, other] = [other, state];
      }
      look(part, timeOf(row, part, parts, period), state);
    }
    return state;
  };
}

const timeOf = (row: number, part: number, parts: number, period: number): number =>
  row * period + ((part + 1) * period) / parts;

function steppedOver({ dynamics }: FedBlock, period: number, maxSteps: number): Carry {
  const carrier = lindblad.prepare(dynamics, { relative: reltol, maxSteps, maxStep: period });
  return (row, rho, parts, look) => {
    const times = Float64Array.from({ length: parts }, (_, part) => timeOf(row, part, parts, period));
    let part = 0;
    const running = carrier.carry(rho, row * period, times, (t, state) => look(part++, t, state));
    let next = running.next();
    while (!next.done) next = running.next();
    return next.value.outcome === "reached" ? next.value.rho : next.value;
  };
}
