import { type Device, device } from "../device.js";
import { doneOf, forgettingRate, motionParameters, restBetween } from "../imperfections.js";
import type { Parameter, ParameterTable, Values } from "../parameter.js";
import { type Film, isFilm } from "./activations.js";
import { gated, gatedSlope, gateParameters, gatePart, gateReference, weightWalls } from "./gate.js";
import { jointModes, modeOfPart } from "./joint-modes.js";
import { ownOf, type Places, placesOf, slopesOf } from "./neuron-layout.js";
import { equationsOf, filmReference, titles, typeOf } from "./neuron-text.js";
import { type FilmPlaces, phase, readingPart } from "./reading.js";
import { type NeuronKind, neurons } from "./recognise.js";
import { weightPieces } from "./weight-pieces.js";

/** What every neuron can be given. */
export const neuronParameters = {
  iu: { meaning: "input current of u = 1", unit: "A", default: 1, range: [1e-18, 1e12] },
  vu: { meaning: "output voltage of an answer of 1", unit: "V", default: 1, range: [-1e12, 1e12] },
  rin: { meaning: "resistance of the input; 0: a virtual ground", unit: "Ω", default: 0, range: [0, 1e15] },
} as const satisfies Readonly<Record<string, Parameter>>;

/** What a neuron with a bias can be given beside that: its memristor, which no read current passes. */
export const biasParameters = {
  b: { meaning: "bias at t = 0", unit: "1", default: 0, range: [-1e30, 1e30] },
  ...gateParameters,
  ...weightWalls,
  ...motionParameters,
} as const satisfies Readonly<Record<string, Parameter>>;

/** What the node of a film can be given beside that. */
export const filmParameters = {
  tread: { meaning: "how long the film is driven by an input", unit: "s", default: 1, range: [1e-15, 1e12] },
  uth: { meaning: "input below which a node that times itself rests", unit: "1", default: 1e-6, range: [1e-15, 1e12] },
} as const satisfies Readonly<Record<string, Parameter>>;

/**
 * A neuron: `in` takes a current at 0 V, `out` is a source of vu·φ(u; b). The bias is the state of a memristor which,
 * with a port, lies between p and q and is written there. `ref` is ground, which both currents come from.
 *
 * The node of a film answers at once in static analyses, by the closed form of what it comes to after `tread`; in time
 * it takes that time (`reading.ts`).
 */
export function makeNeuron(kind: NeuronKind): Device {
  const { activation, bias, differential, port } = kind;
  const at = placesOf(kind);
  const film = isFilm(activation) ? activation : undefined;
  const additive = bias === "additive";
  const phi = new Float64Array(3);
  const bias_ = (x: Float64Array): number => (at.b >= 0 ? x[at.b]! : 0);
  const input = (x: Float64Array): number => (differential ? x[at.i]! - x[at.im]! : x[at.i]!);
  const u = (x: Float64Array, { iu }: Values<ParameterTable>): number => input(x) / iu! + (additive ? bias_(x) : 0);
  const parts = partsOf(kind, at, film, { input: (x, { iu }) => input(x) / iu!, u, b: bias_ });
  const modeOf = modeOfPart(parts);
  const phasePart = parts.length - 1;
  const { columns } = at;
  const self = device<ParameterTable>({
    type: typeOf(kind),
    title: `Neuron: ${titles[activation.name] ?? activation.name}`,
    reference: film ? `${gateReference}; ${filmReference}` : gateReference,
    equations: equationsOf(kind),
    terminals: at.terminals,
    parameters: {
      ...neuronParameters,
      ...(bias !== "none" && biasParameters),
      ...(film && filmParameters),
    },
    own: ownOf(kind),
    ...(bias !== "none" && { pieces: weightPieces(":b", "b") }),
    controls: 0,
    slopes: slopesOf(at, film !== undefined),
    ...(parts.length > 0 && { modes: jointModes(parts) }),
    ...(film && { observables: observablesOf(at, film, u, bias === "gain" ? bias_ : () => 0) }),
    smooth: false,
    load(t, x, values, { q, f, q_x, f_x }, mode) {
      const { iu, vu, rin } = values as Values<typeof neuronParameters>;
      f[at.input] = x[at.i]!;
      f[at.out] = x[at.io]!;
      f[at.ref] = -x[at.i]! - x[at.io]!;
      f_x[at.input * columns + at.i] = 1;
      f_x[at.out * columns + at.io] = 1;
      f_x[at.ref * columns + at.i] = -1;
      f_x[at.ref * columns + at.io] = -1;
      f[at.i] = x[at.input]! - rin * x[at.i]!;
      f_x[at.i * columns + at.input] = 1;
      f_x[at.i * columns + at.i] = -rin;
      if (differential) loadMinus(at, x, rin, f, f_x);
      const row = at.io * columns;
      f_x[row + at.out] = 1;
      if (film === undefined || t === Number.NEGATIVE_INFINITY) {
        activation.load(u(x, values), bias === "gain" ? bias_(x) : 0, phi);
        f[at.io] = x[at.out]! - vu * phi[0]!;
        f_x[row + at.i] = (-vu * phi[1]!) / iu;
        if (differential) f_x[row + at.im] = (vu * phi[1]!) / iu;
        if (at.b >= 0) f_x[row + at.b] = -vu * phi[additive ? 1 : 2]!;
      } else {
        f[at.io] = x[at.out]! - vu * x[at.held]!;
        f_x[row + at.held] = -vu;
      }
      if (at.b >= 0) {
        q[at.b] = x[at.b]!;
        q_x[at.b * columns + at.b] = 1;
        loadForgetting(at, x, values, f, f_x);
      }
      if (port) loadPort(at, x, values, modeOf(mode, 0), f, f_x);
      if (film === undefined) return;
      for (const own of [at.z, at.elapsed, at.held]) {
        q[own] = x[own]!;
        q_x[own * columns + own] = 1;
      }
      if (modeOf(mode, phasePart) !== phase.reading) return;
      const { tread } = values as { readonly tread: number };
      f[at.z] = -u(x, values) / tread;
      f_x[at.z * columns + at.i] = -1 / (iu * tread);
      if (differential) f_x[at.z * columns + at.im] = 1 / (iu * tread);
      if (additive) f_x[at.z * columns + at.b] = -1 / tread;
      f[at.elapsed] = -1;
    },
  });
  neurons.set(self, kind);
  return self;
}

/** The input that counts down: it takes its current im as the other takes i. */
function loadMinus(
  { minus, im, ref, columns }: Places,
  x: Float64Array,
  rin: number,
  f: Float64Array,
  f_x: Float64Array,
): void {
  f[minus] = x[im]!;
  f[ref]! -= x[im]!;
  f_x[minus * columns + im] = 1;
  f_x[ref * columns + im] = -1;
  f[im] = x[minus]! - rin * x[im]!;
  f_x[im * columns + minus] = 1;
  f_x[im * columns + im] = -rin;
}

/** The write port: current ip from p to q through the memristance b, which it moves. */
function loadPort(
  { p, b, ip, columns }: Places,
  x: Float64Array,
  values: Values<ParameterTable>,
  gate: number,
  f: Float64Array,
  f_x: Float64Array,
): void {
  const row = ip * columns;
  f[p] = x[ip]!;
  f[p + 1] = -x[ip]!;
  f_x[p * columns + ip] = 1;
  f_x[(p + 1) * columns + ip] = -1;
  f[ip] = x[p]! - x[p + 1]! - x[b]! * x[ip]!;
  f_x[row + p] = 1;
  f_x[row + p + 1] = -1;
  f_x[row + b] = -x[ip]!;
  f_x[row + ip] = -x[b]!;
  const drive = values["rate"]! * gated(x[ip]!, values["ith"]!, gate);
  const done = doneOf(drive, values["asym"]);
  f[b]! -= done * drive;
  f_x[b * columns + ip] = -done * values["rate"]! * gatedSlope(gate);
}

/** The bias that its memristor does not keep. */
function loadForgetting(
  { b, columns }: Places,
  x: Float64Array,
  values: Values<ParameterTable>,
  f: Float64Array,
  f_x: Float64Array,
): void {
  const forgets = forgettingRate(values["retention"]);
  if (forgets === 0) return;
  f[b] = forgets * (x[b]! - restBetween(values["wmin"]!, values["wmax"]!));
  f_x[b * columns + b] = forgets;
}

type Read = (x: Float64Array, values: Values<ParameterTable>) => number;

/** The input current in units of iu, with what is added to it, and the bias. */
interface Reads {
  readonly input: Read;
  readonly u: Read;
  readonly b: Read;
}

/** The gate of the bias first, the phases of reading last. */
function partsOf({ bias, port, reset }: NeuronKind, at: Places, film: Film | undefined, of: Reads) {
  const { input, u, b } = of;
  const gate = gatePart<ParameterTable>(
    (x) => x[at.ip]!,
    ({ ith, a }) => [ith!, a!],
  );
  const rest = (x: Float64Array): number =>
    bias === "gain" && film ? Math.min(film.range, Math.max(-film.range, b(x, {}))) : 0;
  const places: FilmPlaces | undefined = film && {
    z: at.z,
    elapsed: at.elapsed,
    held: at.held,
    reset: reset ? at.reset : undefined,
    input,
    rest,
    answer: (x, values) => film.gain(x[at.z]!, rest(x)) * u(x, values),
  };
  return [...(port ? [gate] : []), ...(places ? [readingPart(places)] : [])];
}

/** What can be seen of the film while it is driven: its own current and voltage, for its loop. */
function observablesOf(at: Places, film: Film, u: Read, rest: Read) {
  const drive: Read = (x, values) => (x[at.elapsed]! < values["tread"]! * (1 - 1e-9) ? u(x, values) : 0);
  return [
    {
      name: "im",
      meaning: "current that drives the film",
      unit: "A",
      of: (x: Float64Array, values: Values<ParameterTable>) => values["iu"]! * drive(x, values),
    },
    {
      name: "vm",
      meaning: "voltage across the film (hp_differential: less that of its twin)",
      unit: "V",
      of: (x: Float64Array, values: Values<ParameterTable>) =>
        values["vu"]! * film.gain(x[at.z]!, rest(x, values)) * drive(x, values),
    },
  ] as const;
}
