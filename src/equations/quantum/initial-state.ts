import type { JointState, OscillatorState, QuantumBlock, QuantumSystem } from "../../circuit/quantum/block.js";
import { hermitianFactor } from "../../numerics/linear/hermitian-factor.js";
import type { Random } from "../../numerics/random.js";
import {
  type DensityMatrix,
  densityMatrix,
  productState,
  pure,
  reordered,
  trace,
} from "../../quantum/density-matrix.js";
import { type Ket, norm2, normalized, productKet, reorderedKet } from "../../quantum/ket.js";
import { purity } from "../../quantum/measures.js";
import { catKet, coherentKet, fockKet, squeezedKet } from "../../quantum/oscillator-states.js";
import { blochState } from "../../quantum/qubit-states.js";
import { spaceOf } from "../../quantum/space.js";
import { thermalStart } from "./thermal-start.js";

/** ρ at the start: joint states and those of the other systems side by side, in the order of the register. */
export function initialState(block: QuantumBlock): DensityMatrix {
  const { parts, order } = partsOf(block);
  return reordered(productState(...parts), order);
}

/** How far from 1 the purity of a pure state may be. */
const rounding = 1e-9;

/** The ket at the start, of D numbers: nothing of D² is made but for systems that share a state; undefined where the start is mixed. */
export function initialKet(block: QuantumBlock): Ket | undefined {
  const { parts, order } = partsOf(block);
  if (parts.some((rho) => purity(rho) < 1 - rounding)) return undefined;
  return reorderedKet(productKet(...parts.map(ketIn)), order);
}

/** ψ of |ψ⟩⟨ψ|: its largest column, normalised. */
function ketIn({ space, size, re, im }: DensityMatrix): Ket {
  let best = 0;
  for (let k = 1; k < size; k++) if (re[k * size + k]! > re[best * size + best]!) best = k;
  const column = (values: Float64Array) => Float64Array.from({ length: size }, (_, k) => values[k * size + best]!);
  return normalized({ space, re: column(re), im: column(im) });
}

/** Kets that the start is made of: each call gives one, as probable as it is there. */
export function initialKets(block: QuantumBlock): (random: Random) => Ket {
  const { parts, order } = partsOf(block);
  const ensembles = parts.map(ensembleOf);
  return (random) => reorderedKet(productKet(...ensembles.map((kets) => drawn(kets, random))), order);
}

/** States of systems that know nothing of each other, and at which place among them each system of the register is. */
function partsOf(block: QuantumBlock): { readonly parts: readonly DensityMatrix[]; readonly order: readonly number[] } {
  const whole = thermalStart(block)?.rho;
  if (whole !== undefined) return { parts: [whole], order: [...block.systems.keys()] };
  const joined = block.joint.flatMap(({ systems }) => systems);
  const alone = [...block.systems.keys()].filter((system) => !joined.includes(system));
  const parts = [
    ...block.joint.map((joint) => jointState(joint, block)),
    ...alone.map((system) => stateOf(block.systems[system]!)),
  ];
  const side = [...joined, ...alone]; // system side[k] of the register is factor k
  return { parts, order: [...block.systems.keys()].map((system) => side.indexOf(system)) };
}

/** ρ = Σ |k⟩⟨k| with kets whose squared lengths are their probabilities. */
function ensembleOf(rho: DensityMatrix): readonly Ket[] {
  const { size: n, re, im } = hermitianFactor(rho);
  const kets = Array.from({ length: n }, (_, k) => ({
    space: rho.space,
    re: Float64Array.from({ length: n }, (_, i) => re[i * n + k]!),
    im: Float64Array.from({ length: n }, (_, i) => im[i * n + k]!),
  }));
  return kets.filter((ket) => norm2(ket) > 0);
}

function drawn(kets: readonly Ket[], random: Random): Ket {
  let rest = kets.length === 1 ? 0 : random.uniform();
  const chosen = kets.find((ket) => (rest -= norm2(ket)) < 0) ?? kets.at(-1)!;
  return normalized(chosen);
}

/** A joint state by itself, its systems in the order in which the card names them. */
export function jointState({ systems, state }: JointState, { systems: all }: QuantumBlock): DensityMatrix {
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
