import { DampingMap } from "../damping-map.js";
import { copyOf, type DensityMatrix } from "../density-matrix.js";
import type { Dynamics } from "../dynamics.js";
import { type Carried, caught, type Observer, type Propagator, type Tally } from "./propagator.js";
import { exactLimit, Watch } from "./watch.js";

/** Free motion and damping of systems that do not feel each other: each by its own map from one time to the next. */
export const exact: Propagator = {
  name: "exact",
  order: Number.POSITIVE_INFINITY,
  reference: "Srinivas & Davies, Optica Acta 28, 981 (1981); Nielsen & Chuang, Quantum Computation (2000), §8.3.5",

  refuses({ hamiltonian, jumps }) {
    if (hamiltonian.length > 0) return "the systems are coupled or driven";
    if (jumps.length > 0) return "there are jumps beside the damping";
    return undefined;
  },

  prepare(dynamics) {
    const maps = freeMaps(dynamics);
    return { carry: (rho, t0, times, observe, tally) => caught(carry(maps, rho, t0, times, observe, tally)) };
  },
};

function* carry(
  maps: FreeMaps,
  start: DensityMatrix,
  t0: number,
  times: Float64Array,
  observe: Observer,
  tally: Tally = { steps: 0 },
): Generator<undefined, Carried, undefined> {
  const rho = copyOf(start);
  const watch = new Watch(rho.size, times.length, exactLimit);
  let t = t0;
  for (const next of times) {
    maps(rho, t, next);
    if (next > t) tally.steps++;
    watch.look(next, rho);
    observe(next, rho);
    t = next;
    yield;
  }
  return { outcome: "reached", rho };
}

/** Overwrites ρ with what free motion and damping of all systems make of it from one time to another. */
export type FreeMaps = (rho: DensityMatrix, from: number, to: number) => void;

export function freeMaps(dynamics: Dynamics): FreeMaps {
  const maps = dynamics.systems.map(({ omega }, system) => ({
    omega,
    map: new DampingMap(dynamics, system),
    rates: dynamics.dampings.filter((damping) => damping.system === system).map(({ rate }) => rate),
  }));
  const moving = maps.filter(({ omega, rates }) => omega !== 0 || rates.length > 0);
  return (rho, from, to) => {
    if (from === to) return;
    for (const { omega, map, rates } of moving) {
      const lost = rates.reduce((sum, rate) => sum + rate.between(from, to), 0);
      map.apply(rho, lost, omega * (to - from));
    }
  };
}
