import { type Device, device, type Entry } from "../device.js";
import { doneOf, forgettingRate, motionParameters, restBetween } from "../imperfections.js";
import type { ParameterTable } from "../parameter.js";
import {
  gated,
  gatedSlope,
  gateEquation,
  gateParameters,
  gatePart,
  gateReference,
  weightMotion,
  weightWalls,
} from "./gate.js";
import { type Selection, synapses } from "./recognise.js";
import { weightPieces } from "./weight-pieces.js";

/** Where a weight stands in x, and how the current that drives it moves it: dw/dt = rate·drive. */
interface Writing {
  readonly parameters: ParameterTable;
  readonly equations: readonly string[];
  readonly reference: string;
  drive(t: number, current: number, values: Readonly<Record<string, number>>, mode: number): number;
  slope(t: number, values: Readonly<Record<string, number>>, mode: number): number;
}

const byAmplitude: Writing = {
  parameters: gateParameters,
  equations: [gateEquation],
  reference: gateReference,
  drive: (_t, current, { rate, ith }, mode) => rate! * gated(current, ith!, mode),
  slope: (_t, { rate }, mode) => rate! * gatedSlope(mode),
};

/** 2·cos(2πft): what a burst s·cos(2πft) is multiplied with, so that its mean is s; 0 in a static analysis. */
const tone = (t: number, freq: number): number =>
  t === Number.NEGATIVE_INFINITY ? 0 : 2 * Math.cos(2 * Math.PI * freq * t);

const byFrequency: Writing = {
  parameters: {
    rate: gateParameters.rate,
    freq: { meaning: "frequency that the state answers to", unit: "Hz", default: undefined, range: [1e-12, 1e15] },
  },
  equations: [
    "dw/dt = rate·2·cos(2π·freq·t)·I;  wmin <= w <= wmax",
    "a burst s·cos(2π·f·t) for τ moves w by s·[sin(δτ)/δ + sin(στ)/σ], δ, σ = 2π·(f ∓ freq): by s·τ at f = freq,",
    "by nothing where δτ and στ are multiples of π: frequencies in steps of 1/(2τ) do not disturb each other",
  ],
  reference: `${gateReference}: "signals of different frequencies", without a law; here synchronous detection`,
  drive: (t, current, { rate, freq }) => rate! * tone(t, freq!) * current,
  slope: (t, { rate, freq }) => rate! * tone(t, freq!),
};

/** What an ideal synapse reads with, and where it starts. */
const readParameters = {
  gm: { meaning: "current that drives the memristor, by v(pre)", unit: "S", default: 1, range: [0, 1e12] },
  gout: { meaning: "current into post, by the memristor's voltage", unit: "S", default: 1, range: [-1e12, 1e12] },
  w: { meaning: "weight at t = 0: the memristance, Ω", unit: "1", default: 0, range: [-1e30, 1e30] },
} as const;

/**
 * A synapse that senses a voltage and gives a current: its memristor, of memristance w of either sign, is driven by
 * gm·v(pre) and, with a write port, by what flows from p to q as well. Both move the state: reading while writing
 * disturbs, and reading alone does as soon as gm·|v(pre)| reaches the threshold.
 *
 * Terminals: p and q with a port only; `ref` is ground, where the current of `post` comes from.
 */
function makeSynapse(port: boolean, selection: Selection): Device {
  const writing = selection === "amplitude" ? byAmplitude : byFrequency;
  const first = port ? 2 : 0;
  const [pre, post, ref, w, i, columns] = [first, first + 1, first + 2, first + 3, first + 4, first + 5];
  // In a mode the gated current has one sign; the tuned one may turn, where `asym` makes a kink.
  const linear = [...(port ? [0, 1] : []), pre, post, ref, ...(selection === "amplitude" ? [i] : [])];
  const self = device<ParameterTable>({
    type: `synapse${port ? "_port" : ""}${selection === "frequency" ? "_tuned" : ""}`,
    title: "Ideal synapse: a memristor between a sensed voltage and a current",
    reference: writing.reference,
    equations: [
      "current into post = gout·w·gm·v(pre); none at pre",
      port ? "I = gm·v(pre) + i(p,q);  v(p,q) = w·I" : "I = gm·v(pre)",
      ...writing.equations,
      weightMotion,
    ],
    terminals: [...(port ? ["p", "q"] : []), "pre", "post", "ref"],
    parameters: { ...writing.parameters, ...weightWalls, ...readParameters, ...motionParameters },
    pieces: weightPieces("", "w", selection === "amplitude"),
    own: [
      {
        name: "w",
        meaning: "weight: the memristance, Ω, of either sign",
        unit: "1",
        role: "state",
        initial: ({ w }) => w || 0, // a start that is not given is 0
        walls: ({ wmin, wmax }) => [wmin!, wmax!],
        negligible: 1e-6,
      },
      {
        name: "i",
        meaning: "current through the memristor",
        unit: "A",
        role: "branch",
        initial: () => 0,
        negligible: 1e-12,
      },
    ],
    controls: 0,
    slopes: { q: [[w, w]], f: slopesOf(port), fixed: "q", linear },
    ...(selection === "amplitude" && {
      modes: gatePart<ParameterTable>(
        (x) => x[i]!,
        ({ ith, a }) => [ith!, a!],
      ),
    }),
    ...(selection === "frequency" && {
      source: { next: () => Number.POSITIVE_INFINITY, period: ({ freq }) => 1 / freq! },
    }),
    observables: [
      {
        name: "vm",
        meaning: "voltage across the memristor",
        unit: "V",
        of: (x) => x[w]! * x[i]!,
      },
    ],
    smooth: false,
    load(t, x, values, { q, f, q_x, f_x }, mode) {
      const gain = values["gm"]! * values["gout"]!;
      f[post] = -gain * x[w]! * x[pre]!;
      f[ref] = -f[post]!;
      f_x[post * columns + pre] = -gain * x[w]!;
      f_x[post * columns + w] = -gain * x[pre]!;
      f_x[ref * columns + pre] = gain * x[w]!;
      f_x[ref * columns + w] = gain * x[pre]!;
      q[w] = x[w]!;
      q_x[w * columns + w] = 1;
      const drive = writing.drive(t, x[i]!, values, mode);
      const done = doneOf(drive, values["asym"]);
      const forgets = forgettingRate(values["retention"]);
      f[w] = (forgets === 0 ? 0 : forgets * (x[w]! - restBetween(values["wmin"]!, values["wmax"]!))) - done * drive;
      f_x[w * columns + i] = -done * writing.slope(t, values, mode);
      f_x[w * columns + w] = forgets;
      const row = i * columns;
      const read = values["gm"]! * x[pre]!;
      if (!port) {
        f[i] = x[i]! - read;
        f_x[row + i] = 1;
        f_x[row + pre] = -values["gm"]!;
        return;
      }
      f[0] = x[i]! - read;
      f[1] = -f[0]!;
      f_x[pre] = -values["gm"]!;
      f_x[i] = 1;
      f_x[columns + pre] = values["gm"]!;
      f_x[columns + i] = -1;
      f[i] = x[0]! - x[1]! - x[w]! * x[i]!;
      f_x[row] = 1;
      f_x[row + 1] = -1;
      f_x[row + w] = -x[i]!;
      f_x[row + i] = -x[w]!;
    },
  });
  synapses.set(self, { kind: "ideal", port, selection });
  return self;
}

function slopesOf(port: boolean): readonly Entry[] {
  const first = port ? 2 : 0;
  const [pre, post, ref, w, i] = [first, first + 1, first + 2, first + 3, first + 4];
  const reading: Entry[] = [
    [post, pre],
    [post, w],
    [ref, pre],
    [ref, w],
    [w, i],
    [w, w],
  ];
  if (!port) return [...reading, [i, pre], [i, i]];
  return [...reading, [0, pre], [0, i], [1, pre], [1, i], [i, 0], [i, 1], [i, w], [i, i]];
}

export const synapse = makeSynapse(false, "amplitude");
export const synapseWithPort = makeSynapse(true, "amplitude");
export const tunedSynapse = makeSynapse(false, "frequency");
export const tunedSynapseWithPort = makeSynapse(true, "frequency");
