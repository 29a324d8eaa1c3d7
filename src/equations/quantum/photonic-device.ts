import type { Circuit, Instance, Unknown } from "../../circuit/circuit.js";
import type { PhotonicMemristor, QuantumBlock } from "../../circuit/quantum/block.js";
import { History, samples } from "../../devices/behavioural/history.js";
import { PlacedLaw } from "../../devices/behavioural/placed-law.js";
import { type Device, device, type Entry, type OwnUnknown } from "../../devices/device.js";
import { followInput, windowOf } from "./beside.js";
import { controlsOf, identity, lawOfDrive, ownOutputs } from "./beside-device.js";
import { clockOf, scaleOf } from "./scales.js";

const kinds = ["nin", "nout", "reflectivity", "angle"] as const;
type Kind = (typeof kinds)[number];

/** Places of its own unknowns: N = ∫(n_in − ½)dt and R; outputs follow. */
export const photonic = { taken: 0, reflectivity: 1, outputs: 2 } as const;

/**
 * A photonic memristor as a device of the circuit: N is a state, and R = ½ + (N(t) − N(t − T))/T looks back over the window.
 * A corner of n_in comes again one window later, as those of every delay. Its input is a law, or a mode of the register.
 */
export function photonicInstance(block: QuantumBlock, index: number, of: number, circuit: Circuit): Instance {
  const it = block.photonics[of]!;
  const outputs = ownOutputs(block, (one) => "photonic" in one && one.photonic === of);
  const asked = outputs.map((k) => block.outputs[k]!.kind as Kind);
  const controls = inputsOf(it, block, index);
  const first = photonic.outputs + asked.length;
  const reads = controls.map((control, k) => ({ place: first + k, scale: scaleOf(control, block.units, circuit) }));
  const law = it.input.kind === "mode" ? identity : lawOfDrive(it.input.nin);
  const clock = clockOf(block.units);
  const made = photonicDevice({ it, asked, into: new PlacedLaw(law, reads, clock), clock, past: pastOf(it) });
  const name = `${block.name}.${it.name}`;
  const beside = { block: index, kind: "photonic", index: of } as const;
  return {
    name,
    element: "quantum",
    device: made,
    values: {},
    terminals: [],
    controls,
    beside,
    outputs,
    span: it.span,
  };
}

/** What its input reads: for a mode the population of |e⟩, which is one of the block's outputs. */
function inputsOf({ input }: PhotonicMemristor, { outputs }: QuantumBlock, block: number): readonly Unknown[] {
  if (input.kind === "drive") return controlsOf(input.nin);
  const output = outputs.findIndex(
    (one) => one.kind === "population" && one.system === input.system && one.level === 0,
  );
  return [{ kind: "block", block, output }];
}

/** N before the start, where it was 0: n_in was ½ then, or what its law says. */
function pastOf(it: PhotonicMemristor): (t: number) => number {
  if (it.history === "half") return () => 0;
  const window = windowOf(it);
  for (const _ of followInput(window, it, 0));
  return (t) => window.taken(t) - window.taken(0);
}

interface Made {
  readonly it: PhotonicMemristor;
  readonly asked: readonly Kind[];
  /** n_in. */
  readonly into: PlacedLaw;
  readonly clock: number;
  /** N at a time of the block's before the start. */
  readonly past: (t: number) => number;
}

function photonicDevice(made: Made): Device {
  const { it, asked, into, clock, past } = made;
  const rows = photonic.outputs + asked.length;
  const columns = rows + into.reads.length;
  const span = it.window / clock;
  const history = new History(span);
  const before = (t: number): number => {
    const from = t === Number.NEGATIVE_INFINITY ? -span : t - span;
    return from > 0 ? history.at(from) : past(clock * from);
  };
  return device({
    type: "quantum_photonic",
    title: "A beam splitter that follows the photons of a window of time",
    reference: "M. Sanz, L. Lamata and E. Solano, APL Photonics 3, 080801 (2018)",
    equations: ["R = ½ + (N(t) − N(t − T))/T,  dN/dt = n_in − ½,  n_out = (1 − R)·n_in"],
    terminals: [],
    parameters: {},
    controls: into.reads.length,
    own: [...own, ...asked.map(outputOf)],
    slopes: { q: [[0, 0]], f: entriesOf(asked, into), fixed: "q" },
    ...into.about(Number.POSITIVE_INFINITY),
    smooth: false,
    load(t, x, _values, { q, f, q_x, f_x }) {
      const n = into.load(t, x);
      const R = x[photonic.reflectivity]!;
      q[0] = x[photonic.taken]!;
      q_x[0] = 1;
      f[0] = -clock * (n[0]! - 0.5);
      into.reads.forEach(({ place }, j) => {
        f_x[place]! -= clock * n[1 + j]!;
      });
      f[1] = R - 0.5 - (x[photonic.taken]! - before(t)) / it.window;
      f_x[columns + photonic.taken] = -1 / it.window;
      f_x[columns + photonic.reflectivity] = 1;
      for (const [k, kind] of asked.entries()) {
        const row = photonic.outputs + k;
        const { value, byPhotons, byReflectivity } = given(kind, n[0]!, R);
        f[row] = x[row]! - value;
        f_x[row * columns + row] = 1;
        f_x[row * columns + photonic.reflectivity]! -= byReflectivity;
        into.reads.forEach(({ place }, j) => {
          f_x[row * columns + place]! -= byPhotons * n[1 + j]!;
        });
      }
    },
    past: {
      span,
      samples,
      of: (_t, x) => x[photonic.taken]!,
      begin: (value) => history.begin(value),
      keep: (t0, t1, values) => history.add(t0, t1, values),
      anew: () => photonicDevice(made),
    },
  });
}

const own: readonly OwnUnknown[] = [
  {
    name: "taken",
    meaning: "∫(n_in − ½)dt",
    unit: "1",
    role: "state",
    initial: () => 0,
    negligible: 1e-6,
  },
  { name: "r", meaning: "the reflectivity", unit: "1", role: "branch", initial: () => 0, negligible: 1e-6 },
];

const outputOf = (kind: Kind, k: number): OwnUnknown => ({
  name: `${kind}${k}`,
  meaning: "what the circuit reads of the beam splitter",
  unit: "1",
  role: "branch",
  initial: () => 0,
  negligible: 1e-9,
});

function entriesOf(asked: readonly Kind[], { reads }: PlacedLaw): readonly Entry[] {
  const ofInput = (row: number) => reads.map(({ place }): Entry => [row, place]);
  const outputs = asked.flatMap((_, k): Entry[] => {
    const row = photonic.outputs + k;
    return [[row, row], [row, photonic.reflectivity], ...ofInput(row)];
  });
  const rows: Entry[] = [...ofInput(0), [1, photonic.taken], [1, photonic.reflectivity], ...outputs];
  return [...new Map(rows.map((one) => [one.join(), one])).values()];
}

/** A quantity with its slopes in n_in and R. θ = 2 asin √R has none at the ends, where R turns back. */
function given(kind: Kind, n: number, R: number) {
  switch (kind) {
    case "nin":
      return { value: n, byPhotons: 1, byReflectivity: 0 };
    case "nout":
      return { value: (1 - R) * n, byPhotons: 1 - R, byReflectivity: -n };
    case "reflectivity":
      return { value: R, byPhotons: 0, byReflectivity: 1 };
    case "angle": {
      const within = Math.min(1, Math.max(0, R));
      const slope = 1 / Math.sqrt(within * (1 - within));
      const value = 2 * Math.asin(Math.sqrt(within));
      return { value, byPhotons: 0, byReflectivity: Number.isFinite(slope) ? slope : 0 };
    }
  }
}
