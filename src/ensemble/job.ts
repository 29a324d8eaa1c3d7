import type { Circuit } from "../circuit/circuit.js";
import { packed } from "../text/packed.js";
import type { Source } from "../text/source.js";
import { Board } from "./board.js";
import type { Job, JobDone, PackedRan } from "./executor.js";
import type { Ran } from "./ran.js";
import { type Prepare, type RunsWanted, simulateSome } from "./run.js";

/** Makes the runs of a job, to its end or until the board says to stop. `sources` are those that the asker has as well. */
export function doJob(
  { first, count, slot, board: memory }: Job,
  nominal: Circuit,
  prepare: Prepare,
  wanted: RunsWanted,
  sources: readonly Source[],
): JobDone {
  const board = new Board(memory);
  const numbers = Array.from({ length: count }, (_, k) => first + k);
  const running = simulateSome(nominal, numbers, prepare, wanted);
  let step = running.next("go on");
  while (!step.done) {
    const { analysis, fraction } = step.value;
    board.tell(slot, analysis + 1 - first + fraction);
    step = running.next(board.stopped ? "stop" : "go on");
  }
  board.tell(slot, step.value.length);
  return { ran: step.value.map((ran) => packedRan(ran, sources)) };
}

function packedRan({ number, draws, diagnostics, simulation }: Ran, sources: readonly Source[]): PackedRan {
  const all = (list: Ran["diagnostics"]) => list.map((it) => packed(it, sources));
  return {
    number,
    draws,
    diagnostics: all(diagnostics),
    simulation: simulation && { ...simulation, failedAsserts: all(simulation.failedAsserts) },
  };
}
