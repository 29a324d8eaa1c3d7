import type { Complaints } from "../../text/diagnostic.js";
import type { Span } from "../../text/source.js";
import type { ColumnsCard, PlotCard } from "../circuit.js";
import type { Environment } from "../environment.js";
import { plottedSignals } from "../plotted-signals.js";
import { halfTurns, type QtranCard, type QuantumBlock } from "./block.js";
import type { Drive, Operator } from "./operator.js";

/** Complains of what a block holds and the method of its run has no place for. */
export function checkMethod(card: QtranCard, block: QuantumBlock, { elaboration }: Environment): void {
  const error = (code: string, message: string, span: Span, help?: string) =>
    elaboration.complaints.error(code, message, span, { ...(help !== undefined && { help }) });
  const { method } = card;
  for (const span of method === "trajectories" ? [] : readersOfRecords(block))
    error(
      "no-record",
      "A record is known where measurements are drawn: a mean over all of them follows none.",
      span,
      toWatch,
    );
  for (const { input, span } of block.photonics)
    if (input.kind === "mode" && method !== "lindblad")
      error(
        "unlike-method",
        `\`method=${method}\` does not follow the photons of a mode.`,
        span,
        "leave `method=` away.",
      );
  for (const { span, what } of card.current === "identity" ? withoutMotion(block, method) : []) {
    const help = "give `.qtran` `current=rotating_central`, which takes differences of the charge.";
    error("no-current", `${what}: the current of a memristor by the equation of motion is not known.`, span, help);
  }
  noteClosed(card, block, elaboration.complaints);
  if (method !== "trajectories") return;
  for (const { strength, span, name } of [...block.monitors, ...block.circuits])
    if (strength === 0)
      error("parameter-range", `The record of \`${name}\` is nothing but noise: it measures at \`strength=0\`.`, span);
}

/** From here on a density matrix takes many times what the ket takes that a closed register in a pure state is. */
const manyLevels = 256;

function noteClosed({ method, span }: QtranCard, block: QuantumBlock, complaints: Complaints): void {
  const levels = block.systems.reduce((product, { dimension }) => product * dimension, 1);
  if (complaints.failed || method !== "lindblad" || levels < manyLevels || !isPureAndClosed(block)) return;
  const message = `\`${block.name}\` is closed and in a pure state, but carried as a density matrix of ${levels} × ${levels}.`;
  const help = "`method=trajectories runs=1` carries its ket, to the same results within `reltol=`.";
  complaints.note("closed-register", message, span, { help });
}

const isPureAndClosed = (block: QuantumBlock): boolean =>
  [block.memristors, block.photonics, block.circuits, block.jumps, block.monitors, block.ports].every(
    (some) => some.length === 0,
  ) &&
  block.thermal === undefined &&
  block.operations.every((it) => it.kind === "coupling" || it.kind === "gate") &&
  block.joint.every(({ state }) => state.kind === "ket") &&
  block.systems.every((it, k) => {
    if (block.joint.some(({ systems }) => systems.includes(k))) return true;
    return it.kind === "qubit" ? Math.hypot(...it.state.bloch) > 1 - 1e-12 : it.state.kind !== "thermal";
  });

/** What acts behind each step on a memristor, and is no motion over it. */
function withoutMotion(
  { operations, memristors }: QuantumBlock,
  method: QtranCard["method"],
): readonly { readonly span: Span; readonly what: string }[] {
  const isMemristor = (system: number): boolean => memristors.some((it) => it.system === system);
  return operations.flatMap((it) => {
    if (method !== "digital" || it.kind === "coupling" || it.when.kind !== "step") return [];
    if (!it.systems.some(isMemristor)) return [];
    const { span } = it;
    if (it.kind === "gate")
      return halfTurns.includes(it.type)
        ? [{ span, what: `\`${it.type}\` is half a turn, which has no direction` }]
        : [];
    if (it.kind === "mode") return []; // it acts once
    if (it.map.kind === "named")
      return [{ span, what: `\`${it.name}\` acts at once, and no motion is known that does the same over a step` }];
    const { type, p } = it.map;
    const most = type === "bitflip" || type === "phaseflip" ? 0.5 : 1;
    return p < most
      ? []
      : [{ span, what: `\`p=${p}\` leaves nothing of a state or turns it over, which no rate does` }];
  });
}

/** `record(W1)` in what is shown of a run that draws nothing. */
export function checkRecordSignals(
  cards: readonly QtranCard[],
  outputs: { readonly columns: readonly ColumnsCard[]; readonly plots: readonly PlotCard[] },
  { elaboration }: Environment,
): void {
  const watched = new Set(cards.flatMap(({ method, block }) => (method === "trajectories" ? [block] : [])));
  const plotted = outputs.plots.flatMap(plottedSignals);
  for (const { inputs, name, span } of [...outputs.columns.flatMap(({ signals }) => signals), ...plotted]) {
    const unknown = inputs.some((it) => it.kind === "quantum" && it.of.kind === "record" && !watched.has(it.block));
    if (!unknown) continue;
    const message = `\`${name}\` is known where measurements are drawn: a mean over all of them follows none.`;
    elaboration.complaints.error("no-record", message, span, { help: toWatch });
  }
}

const toWatch = "give `.qtran` `method=trajectories`.";

function readersOfRecords({ memristors, jumps, hamiltonian, operations, span }: QuantumBlock): readonly Span[] {
  const reads = (drive: Drive): boolean => drive.kind === "law" && drive.inputs.some(({ kind }) => kind === "record");
  const follows = (operator: Operator): boolean =>
    operator.some(({ coefficient: { re, im } }) => reads(re) || reads(im));
  return [
    ...memristors.filter(({ rate }) => rate.kind === "rate" && reads(rate.rate)),
    ...jumps.filter(({ operator, rate }) => reads(rate) || follows(operator)),
    ...operations.filter((it) => it.kind === "coupling" && it.strength.kind === "g" && reads(it.strength.g)),
    ...(hamiltonian.some(follows) ? [{ span }] : []),
  ].map((it) => it.span);
}
