import type { Circuit, Signal } from "../circuit/circuit.js";
import type { QtranCard, QuantumBlock } from "../circuit/quantum/block.js";
import { loopFigures } from "../circuit/quantum/observable.js";
import { actionsOf, kickHamiltonian, kicksOf } from "../equations/quantum/actions.js";
import { cornersOfWindows, followedModes } from "../equations/quantum/beside.js";
import { dynamicsOf } from "../equations/quantum/dynamics.js";
import { initialState } from "../equations/quantum/initial-state.js";
import type { Dynamics } from "../quantum/dynamics.js";
import { digital } from "../quantum/propagators/digital.js";
import { exact } from "../quantum/propagators/exact.js";
import { followed } from "../quantum/propagators/followed.js";
import { lindblad } from "../quantum/propagators/lindblad.js";
import type { Carried, Carrier } from "../quantum/propagators/propagator.js";
import { besideOf } from "./quantum/beside-run.js";
import { evolve } from "./quantum/evolution.js";
import { explainBetween, explainCarried, explainUnserved } from "./quantum/explain-carried.js";
import { type Found, Rows, refused } from "./quantum/rows.js";
import { watched } from "./quantum/watched.js";

/** Points of a run that no card gives a grid to. */
const usualPoints = 1000;

/** The evolution of a quantum block by itself: its state is carried over the grid, and every signal read at each point. */
export function* qtran(
  circuit: Circuit,
  card: QtranCard,
  signals: readonly Signal[],
  interrupted: () => boolean,
): Generator<number, Found> {
  const block = circuit.blocks[card.block]!;
  const unserved = whyUnserved(block, card, signals);
  if (unserved !== undefined) return refused(explainUnserved(unserved, card), signals);
  if (card.method === "trajectories") return yield* watched(circuit, card, signals, gridOf(card, block), interrupted);
  const dynamics = dynamicsOf(block);
  const start = initialState(block);
  const times = gridOf(card, block);
  const isDigital = card.method === "digital" && card.dt !== undefined;
  const kicks = isDigital ? kickHamiltonian(block, card.dt!) : [];
  const found = besideOf(block, times, { relative: card.reltol, maxSteps: circuit.options.maxsteps });
  if ("stopped" in found) return refused(explainCarried(found.stopped, block, card.span)!, signals);
  const { beside } = found;
  const rows = new Rows(times, card.start, signals, { block, dynamics, start, kicks, beside });
  const { name, carrier: own } = carrierOf(block, card, dynamics, circuit.options.maxsteps);
  const modes = followedModes(block, beside.windows);
  const carrier = modes.length > 0 ? followed(own, modes) : own;
  const between = card.method === "digital" ? exact.refuses(dynamics) : undefined;
  if (between !== undefined) return refused(explainBetween(between, card), signals);
  const actions = actionsOf(block, dynamics.space);
  const running = evolve(carrier, start, actions, times, isDigital, (t, rho) => rows.keep(t, rho));
  let carried: Carried | undefined;
  for (let next = running.next(); carried === undefined; next = running.next()) {
    if (next.done) carried = next.value;
    else yield rows.seen / times.length;
    if (interrupted()) break;
  }
  if (carried === undefined) return { ...rows.found(block, name, 0, "interrupted"), diagnostics: [] };
  const steps = carried.outcome === "reached" ? carried.steps : 0;
  const problem = explainCarried(carried, block, card.span);
  return {
    ...rows.found(block, name, steps, problem === undefined ? "complete" : "failed"),
    diagnostics: problem === undefined ? [] : [problem],
  };
}

/** What of a run nothing here serves; undefined: all is served. */
function whyUnserved(block: QuantumBlock, card: QtranCard, signals: readonly Signal[]): string | undefined {
  if (card.method === "trajectories" && block.monitors.length + block.circuits.length === 0)
    return "`method=trajectories` of a block without `monitor` and `lc`";
  if (card.shots !== undefined) return "`shots=`";
  if (block.ports.length > 0) return "A `port`";
  const asked = signals.flatMap(({ inputs }) => inputs.flatMap((it) => (it.kind === "quantum" ? [it.of.kind] : [])));
  const unread = asked.find((kind) => (loopFigures as readonly string[]).includes(kind));
  return unread && `\`${unread}\` as a signal`;
}

function carrierOf(
  block: QuantumBlock,
  { method, reltol }: QtranCard,
  dynamics: Dynamics,
  maxSteps: number,
): { readonly name: string; readonly carrier: Carrier } {
  if (method === "digital") return { name: method, carrier: digital(dynamics, kicksOf(block)) };
  const propagator = exact.refuses(dynamics) === undefined ? exact : lindblad;
  return { name: propagator.name, carrier: propagator.prepare(dynamics, { relative: reltol, maxSteps }) };
}

/** The times of the output: the steps, else multiples of `tstep` from 0 on, the end, and where windows bend. */
function gridOf({ step: given, dt, method, stop }: QtranCard, block: QuantumBlock): Float64Array {
  const step = method === "lindblad" ? given : (dt ?? given);
  const count = step === undefined ? usualPoints : Math.floor(stop / step + 1e-9);
  const distance = step ?? stop / usualPoints;
  const inside = Array.from({ length: count + 1 }, (_, k) => Math.min(k * distance, stop));
  if (method !== "digital" && inside.at(-1)! < stop * (1 - 1e-12)) inside.push(stop);
  const corners = method === "lindblad" ? cornersOfWindows(block).filter((t) => t > 0 && t < stop) : [];
  return Float64Array.from(new Set([...inside, ...corners])).sort();
}
