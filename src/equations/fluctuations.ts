import type { Circuit } from "../circuit/circuit.js";
import { thermalNoise } from "../devices/noise.js";
import { type DeviceClass, evaluate, gather, type Member } from "./classes.js";

/** A noise current of an instance about a point. */
export interface Fluctuation {
  readonly instance: number;
  /** Power spectral density, A²/Hz. */
  readonly density: number;
  /** What a current of 1 A adds to f, by places in x (those at ground are left out). */
  readonly rows: readonly (readonly [place: number, share: number])[];
}

/** All noise currents of a circuit about x, the states of its devices held. */
export function fluctuationsOf(
  { instances, options }: Circuit,
  members: readonly Member[],
  x: Float64Array,
): readonly Fluctuation[] {
  const temp = options.temp + 273.15;
  return instances.flatMap(({ device: { noise } }, instance) => {
    if (noise === undefined) return [];
    const { of, index } = members[instance]!;
    const local = noise === "thermal" ? [thermal(of, index, x, temp)] : listed(of, index, x, noise);
    return local.map(({ density, rows }) => ({
      instance,
      density,
      rows: rows
        .map(([row, share]) => [of.places[index * of.columns + row]!, share] as const)
        .filter(([place]) => place >= 0),
    }));
  });
}

type Local = Pick<Fluctuation, "density" | "rows">;

function listed(
  of: DeviceClass,
  index: number,
  x: Float64Array,
  noise: Exclude<NonNullable<DeviceClass["device"]["noise"]>, "thermal">,
): readonly Local[] {
  gather(of, index, x);
  return noise.map(({ density, rows }) => ({ density: density(of.x, of.values.of(index)), rows }));
}

/**
 * The thermal noise of a resistance between two terminals: 4kT times its slope ∂i/∂v, which is its conductance where it is
 * linear in v. Where its current is an unknown of its own, the noise is a part of that: it enters that unknown's row.
 */
function thermal(of: DeviceClass, index: number, x: Float64Array, temp: number): Local {
  evaluate(of, index, -Infinity, x);
  const { device, columns, at } = of;
  const own = device.own.findIndex(({ role, name }) => role === "branch" && name === "i");
  if (own < 0) {
    const rows = [[0, 1], [1, -1]] as const; // biome-ignore format: a matrix
    return { density: thermalNoise(temp, at.f_x[0]!), rows };
  }
  const row = device.terminals.length + own;
  const by_i = at.f_x[row * columns + row]!;
  return { density: thermalNoise(temp, -at.f_x[row * columns]! / by_i), rows: [[row, -by_i]] };
}
