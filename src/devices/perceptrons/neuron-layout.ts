import type { Entry, OwnUnknown, Slopes } from "../device.js";
import type { ParameterTable, Values } from "../parameter.js";
import { isFilm } from "./activations.js";
import type { NeuronKind } from "./recognise.js";

/** Where everything stands in x; −1 where a neuron has no such thing. */
export interface Places {
  readonly p: number;
  readonly input: number;
  /** Of a differential neuron: the other input. */
  readonly minus: number;
  readonly out: number;
  readonly ref: number;
  readonly reset: number;
  readonly i: number;
  readonly im: number;
  readonly io: number;
  readonly b: number;
  readonly ip: number;
  readonly z: number;
  readonly elapsed: number;
  readonly held: number;
  readonly terminals: readonly string[];
  readonly columns: number;
}

/** The places of a neuron of a kind. */
export function placesOf({ activation, bias, differential, port, reset }: NeuronKind): Places {
  const terminals = [
    ...(port ? ["p", "q"] : []),
    "in",
    ...(differential ? ["minus"] : []),
    "out",
    "ref",
    ...(reset ? ["reset"] : []),
  ];
  const own = ["i", ...(differential ? ["im"] : []), "io"];
  if (bias !== "none") own.push("b");
  if (port) own.push("ip");
  if (isFilm(activation)) own.push("z", "elapsed", "held");
  const all = [...terminals, ...own];
  const at = (name: string): number => all.indexOf(name);
  return {
    p: at("p"),
    input: at("in"),
    minus: at("minus"),
    out: at("out"),
    ref: at("ref"),
    reset: at("reset"),
    i: at("i"),
    im: at("im"),
    io: at("io"),
    b: at("b"),
    ip: at("ip"),
    z: at("z"),
    elapsed: at("elapsed"),
    held: at("held"),
    terminals,
    columns: all.length,
  };
}

const state = (name: string, meaning: string, more: Partial<OwnUnknown>): OwnUnknown => ({
  name,
  meaning,
  unit: "1",
  role: "state",
  initial: () => 0,
  negligible: 1e-6,
  ...more,
});

const current = (name: string, meaning: string): OwnUnknown => ({
  name,
  meaning,
  unit: "A",
  role: "branch",
  initial: () => 0,
  negligible: 1e-12,
});

/** The own unknowns of a neuron of a kind, in the order of their places. */
export function ownOf({ activation, bias, differential, port }: NeuronKind): readonly OwnUnknown[] {
  const own = [current("i", "current into the input")];
  if (differential) own.push(current("im", "current into the input that counts down"));
  own.push(current("io", "current into the output"));
  if (bias !== "none") {
    const walls = ({ wmin, wmax }: Values<ParameterTable>) => [wmin!, wmax!] as const;
    own.push(state("b", "bias: the memristance of its memristor, Ω, of either sign", { initial: bOf, walls }));
  }
  if (port) own.push(current("ip", "current through the memristor of the bias, from p to q"));
  if (!isFilm(activation)) return own;
  const { range } = activation;
  return [
    ...own,
    state("z", "state of the film", {
      initial: (values) => (bias === "gain" ? Math.min(range, Math.max(-range, bOf(values))) : 0),
      walls: () => [-range, range],
    }),
    state("elapsed", "time since the reading began; tread: none is going on", {
      unit: "s",
      initial: ({ tread }) => tread!,
      negligible: 1e-15,
    }),
    state("held", "answer of the last reading", {}),
  ];
}

/** A start that is not given is 0. */
const bOf = ({ b = 0 }: Values<ParameterTable>): number => b || 0;

/** Where the slopes of a neuron can differ from zero. */
export function slopesOf(at: Places, film: boolean): Slopes {
  const { p, input, minus, out, ref, i, im, io, b, ip, z, elapsed, held } = at;
  const f: Entry[] = [
    [input, i],
    [out, io],
    [ref, i],
    [ref, io],
    [i, input],
    [i, i],
    [io, out],
    [io, i],
  ];
  const q: Entry[] = [];
  if (b >= 0) {
    q.push([b, b]);
    f.push([io, b], [b, b]);
  }
  if (minus >= 0) f.push([minus, im], [ref, im], [im, minus], [im, im], [io, im]);
  if (p >= 0) f.push([p, ip], [p + 1, ip], [b, ip], [ip, p], [ip, p + 1], [ip, b], [ip, ip]);
  if (film) {
    q.push([z, z], [elapsed, elapsed], [held, held]);
    f.push([io, held], [z, i]);
    if (minus >= 0) f.push([z, im]);
    if (b >= 0) f.push([z, b]);
  }
  // All but what φ bends: the input currents and the bias.
  const linear = [p, p < 0 ? -1 : p + 1, ip, input, minus, out, ref, io].filter((place) => place >= 0);
  return { q, f, fixed: "q", linear };
}
