import { type Device, device, type Entry, type OwnUnknown } from "../device.js";
import { doneOf, forgettingRate, motionParameters, restBetween } from "../imperfections.js";
import type { Parameter, ParameterTable, Values } from "../parameter.js";
import type { Piece, Pieces } from "../piece.js";
import type { Activation } from "./activation.js";
import { gated, gatedSlope, gateParameters, gatePart, gateReference, weightMotion, weightWalls } from "./gate.js";
import { jointModes, modeOfPart } from "./joint-modes.js";
import { perceptrons } from "./recognise.js";
import { idealOwn, type OwnNames, ownNames, ownOf, startOf } from "./weight-pieces.js";

const state = (name: string, meaning: string): OwnUnknown => ({
  name,
  meaning,
  unit: "1",
  role: "state",
  initial: (values) => values[name] || 0, // a start that is not given is 0
  negligible: 1e-6,
});

type Numbers = Values<ParameterTable>;

const gainOf = (values: Numbers, { gain }: OwnNames): number => values[gain] ?? 1;
const wallsOf = (values: Numbers, own: OwnNames): readonly [number, number] => [
  gainOf(values, own) * values["wmin"]!,
  gainOf(values, own) * values["wmax"]!,
];

const walled = (name: string, meaning: string): OwnUnknown => {
  const own = ownNames(name);
  return { ...state(name, meaning), walls: (values) => wallsOf(values, own) };
};

const current = (name: string, meaning: string): OwnUnknown => ({
  name,
  meaning,
  unit: "A",
  role: "branch",
  initial: () => 0,
  negligible: 1e-12,
});

const start = (meaning: string, value = 0): Parameter => ({
  meaning,
  unit: "1",
  default: value,
  range: [-1e30, 1e30],
});

function tableOf(inputs: number): ParameterTable {
  const weights = Array.from({ length: inputs }, (_, k) => [`w${k + 1}`, start(`weight of input ${k + 1} at t = 0`)]);
  const { ith, a, rate } = gateParameters;
  return {
    ...(Object.fromEntries(weights) as ParameterTable),
    b: start("bias at t = 0"),
    eta: start("learning rate: the state that is never written", 0.1),
    ith: { ...ith, meaning: "threshold of |I| for the first weight" },
    spacing: { meaning: "from one threshold to the next", unit: "A", default: 1, range: [-1e12, 1e12] },
    a,
    rate,
    ...weightWalls,
    ...motionParameters,
    gm: { meaning: "read current of a weight of 1 at 1 V", unit: "S", default: 1, range: [0, 1e12] },
    vu: { meaning: "output voltage of an answer of 1", unit: "V", default: 1, range: [-1e12, 1e12] },
  };
}

/** More inputs than this have more modes than a number holds. */
export const mostInputs = 12;

/**
 * The perceptron of one memristor with n + 2 states: n weights, a bias, and the learning rate, which nothing moves.
 *
 *     I = gm·Σ w_k·v(x_k) + i(p,q),   v(out) = vu·φ(gm·Σ w_k·v(x_k) + b)
 *
 * One current passes it, so every state sees all of it with its own threshold ith + (k − 1)·spacing, the bias last: a
 * read current that reaches a window moves a weight. The write port is a short: the source gives no voltage for it.
 */
export function makePerceptron(inputs: number, activation: Activation, port: boolean): Device {
  const first = port ? 2 : 0;
  const names = Array.from({ length: inputs }, (_, k) => `x${k + 1}`);
  const terminals = [...(port ? ["p", "q"] : []), ...names, "out", "ref"];
  const [out, ref] = [first + inputs, first + inputs + 1];
  const w = terminals.length;
  const [b, eta, i, io] = [w + inputs, w + inputs + 1, w + inputs + 2, w + inputs + 3];
  const columns = io + 1 + (port ? 1 : 0);
  const ip = port ? io + 1 : -1;
  const kept = [...Array.from({ length: inputs }, (_, k) => `w${k + 1}`), "b"];
  const owns = kept.map(ownNames);
  const ithOf = (values: Numbers, k: number): number =>
    (values["ith"]! + k * values["spacing"]!) * (values[owns[k]!.threshold] ?? 1);
  const gates = Array.from({ length: inputs + 1 }, (_, k) =>
    gatePart<ParameterTable>(
      (x) => x[i]!,
      (values) => [ithOf(values, k), values["a"]!],
    ),
  );
  const modeOf = modeOfPart(gates);
  const phi = new Float64Array(3);
  const each = Array.from({ length: inputs }, (_, k) => k);
  const slopes: Entry[] = [
    ...each.flatMap((k): Entry[] => [
      [i, first + k],
      [i, w + k],
      [io, first + k],
      [io, w + k],
      [w + k, i],
    ]),
    ...[...each, inputs].map((k): Entry => [w + k, w + k]),
    [b, i],
    [i, i],
    [io, b],
    [io, out],
    [out, io],
    [ref, io],
    ...(port
      ? ([
          [0, ip],
          [1, ip],
          [i, ip],
          [ip, 0],
          [ip, 1],
        ] satisfies Entry[])
      : []),
  ];
  const linear = [...(port ? [0, 1, ip] : []), out, ref, i, io]; // what is read is bent by φ
  const self = device<ParameterTable>({
    type: `perceptron_${inputs}_${activation.name}${port ? "_port" : ""}`,
    title: "Perceptron of one memristor with n + 2 states",
    reference: gateReference,
    equations: [
      "I = gm·sum(w_k·v(x_k)) + i(p,q);  v(out) = vu·phi(gm·sum(w_k·v(x_k)) + b)",
      "dw_k/dt = rate·sgn(I)·(|I| - ith_k) where ith_k <= |I| < ith_k + a, else 0;  ith_k = ith + (k-1)·spacing",
      "the bias likewise, k = n + 1; d(eta)/dt = 0;  v(p,q) = 0",
      weightMotion,
    ],
    terminals,
    parameters: tableOf(inputs),
    own: [
      ...each.map((k) => walled(`w${k + 1}`, `weight of input ${k + 1}`)),
      walled("b", "bias"),
      state("eta", "learning rate"),
      current("i", "current through the memristor"),
      current("io", "current into the output"),
      ...(port ? [current("ip", "write current from p to q")] : []),
    ],
    pieces: piecesOf(kept, owns),
    controls: 0,
    slopes: { q: [...each.map((k) => [w + k, w + k] as const), [b, b], [eta, eta]], f: slopes, fixed: "q", linear },
    modes: jointModes(gates),
    smooth: false,
    load(_t, x, values, { q, f, q_x, f_x }, mode) {
      const { gm, vu } = values as { readonly gm: number; readonly vu: number };
      const forgets = forgettingRate(values["retention"]);
      let read = 0;
      for (let k = 0; k < inputs; k++) read += gm * x[w + k]! * x[first + k]!;
      activation.load(read + x[b]!, 0, phi);
      f[i] = x[i]! - read - (port ? x[ip]! : 0);
      f_x[i * columns + i] = 1;
      f[io] = x[out]! - vu * phi[0]!;
      f_x[io * columns + out] = 1;
      f_x[io * columns + b] = -vu * phi[1]!;
      for (let k = 0; k < inputs; k++) {
        const [byInput, byWeight] = [gm * x[w + k]!, gm * x[first + k]!];
        f_x[i * columns + first + k] = -byInput;
        f_x[i * columns + w + k] = -byWeight;
        f_x[io * columns + first + k] = -vu * phi[1]! * byInput;
        f_x[io * columns + w + k] = -vu * phi[1]! * byWeight;
      }
      for (let k = 0; k <= inputs; k++) {
        if (values[owns[k]!.stuck]) continue;
        const rate = gainOf(values, owns[k]!) * values["rate"]!;
        const drive = rate * gated(x[i]!, ithOf(values, k), modeOf(mode, k));
        const done = doneOf(drive, values["asym"]);
        f[w + k] = -done * drive;
        f_x[(w + k) * columns + i] = -done * rate * gatedSlope(modeOf(mode, k));
        if (forgets === 0) continue;
        f[w + k]! += forgets * (x[w + k]! - restBetween(...wallsOf(values, owns[k]!)));
        f_x[(w + k) * columns + w + k] = forgets;
      }
      for (let k = w; k <= eta; k++) {
        q[k] = x[k]!;
        q_x[k * columns + k] = 1;
      }
      f[out] = x[io]!;
      f[ref] = -x[io]!;
      f_x[out * columns + io] = 1;
      f_x[ref * columns + io] = -1;
      if (!port) return;
      f[0] = x[ip]!;
      f[1] = -x[ip]!;
      f_x[ip] = 1;
      f_x[columns + ip] = -1;
      f_x[i * columns + ip] = -1;
      f[ip] = x[0]! - x[1]!;
      f_x[ip * columns] = 1;
      f_x[ip * columns + 1] = -1;
    },
  });
  perceptrons.set(self, { inputs, activation, port });
  return self;
}

/** Each state of the memristor differs by itself. */
const piecesOf = (states: readonly string[], owns: readonly OwnNames[]): Pieces => ({
  cells: states.map((name) => `:${name}`),
  thresholds: true,
  hidden: idealOwn(owns),
  made(values, pieces) {
    const { wmin = -Infinity, wmax = Infinity, levels } = values;
    const made: Record<string, number> = { ...values };
    for (const [k, name] of states.entries()) {
      const piece = pieces[k] as Piece;
      made[name] = startOf(piece, values[name] || 0, [wmin, wmax], levels);
      Object.assign(made, ownOf(owns[k]!, piece));
    }
    return made;
  },
});
