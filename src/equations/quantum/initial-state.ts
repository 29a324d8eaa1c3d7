import type { JointState, OscillatorState, QuantumBlock, QuantumSystem } from "../../circuit/quantum/block.js";
import {
  type DensityMatrix,
  densityMatrix,
  productState,
  pure,
  reordered,
  trace,
} from "../../quantum/density-matrix.js";
import { type Ket, normalized } from "../../quantum/ket.js";
import { catKet, coherentKet, fockKet, squeezedKet } from "../../quantum/oscillator-states.js";
import { blochState } from "../../quantum/qubit-states.js";
import { spaceOf } from "../../quantum/space.js";

/** ρ at the start: joint states and those of the other systems side by side, in the order of the register. */
export function initialState(block: QuantumBlock): DensityMatrix {
  const joined = block.joint.flatMap(({ systems }) => systems);
  const alone = [...block.systems.keys()].filter((system) => !joined.includes(system));
  const parts = [
    ...block.joint.map((joint) => jointState(joint, block)),
    ...alone.map((system) => stateOf(block.systems[system]!)),
  ];
  const order = [...joined, ...alone]; // system order[k] of the register is factor k here
  return reordered(
    productState(...parts),
    [...block.systems.keys()].map((system) => order.indexOf(system)),
  );
}

function jointState({ systems, state }: JointState, { systems: all }: QuantumBlock): DensityMatrix {
  const space = spaceOf(...systems.map((system) => all[system]!.dimension));
  const [re, im] = state.kind === "ket" ? [state.ket.re, state.ket.im] : [state.re, state.im];
  const values = { re: Float64Array.from(re), im: Float64Array.from(im) };
  return state.kind === "ket" ? pure({ space, ...values }) : { ...densityMatrix(space), ...values };
}

function stateOf(system: QuantumSystem): DensityMatrix {
  if (system.kind === "qubit") return blochState(...system.state.bloch);
  const { state, dimension } = system;
  return state.kind === "thermal" ? thermal(dimension, state.mean) : pure(normalized(ketOf(state, dimension)));
}

function ketOf(state: Exclude<OscillatorState, { kind: "thermal" }>, levels: number): Ket {
  switch (state.kind) {
    case "coherent": {
      const { cat } = state;
      return cat === undefined ? coherentKet(levels, state) : catKet(levels, state, cat === "even" ? 1 : -1);
    }
    case "fock":
      return fockKet(levels, state.level);
    case "squeezed":
      return squeezedKet(levels, state.r);
    case "ket":
      return { space: spaceOf(levels), re: Float64Array.from(state.ket.re), im: Float64Array.from(state.ket.im) };
  }
}

/** p_n ∝ (n̄/(1 + n̄))ⁿ, cut at the top level and normalised. */
function thermal(levels: number, mean: number): DensityMatrix {
  const rho = densityMatrix(spaceOf(levels));
  for (let n = 0; n < levels; n++) rho.re[n * levels + n] = (mean / (1 + mean)) ** n;
  const whole = trace(rho);
  return { ...rho, re: rho.re.map((value) => value / whole) };
}
