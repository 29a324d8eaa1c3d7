import { type Device, device, type Entry } from "./device.js";
import { branchCurrent } from "./one-port.js";

/**
 * A two-terminal device whose current is an unknown of its own, so that expressions and probes can read it, charge or
 * not: the last own unknown i with the row
 *
 *     i − f_p(x) − d/dt q_p(x) = 0,      f_p = i, f_n = −i.
 *
 * The same device for the same device.
 */
export function withCurrent(of: Device): Device {
  const known = made.get(of);
  if (known !== undefined) return known;
  const fresh = make(of);
  made.set(of, fresh);
  return fresh;
}

const made = new WeakMap<Device, Device>();

function make({ compiled: _, ...of }: Device): Device {
  const plain = of.terminals.length + of.own.length; // rows of the inner device, and the place of i
  const inner = plain + of.controls; // its columns
  const columns = inner + 1;
  const within = new Float64Array(inner);
  const earlier = new Float64Array(inner);
  const at = {
    q: new Float64Array(plain),
    f: new Float64Array(plain),
    q_x: new Float64Array(plain * inner),
    f_x: new Float64Array(plain * inner),
  };
  const strip = (x: Float64Array, to = within): Float64Array => {
    for (let k = 0; k < inner; k++) to[k] = x[k < plain ? k : k + 1]!;
    return to;
  };
  const outer = (column: number): number => (column < plain ? column : column + 1);
  const rowOf = (row: number): number | undefined => (row === 0 ? plain : row === 1 ? undefined : row);
  const entries = (of.slopes ?? everywhere(plain, inner)) satisfies {
    readonly q: readonly Entry[];
    readonly f: readonly Entry[];
  };
  const moved = (list: readonly Entry[]): Entry[] =>
    list.flatMap(([row, column]) => {
      const to = rowOf(row);
      return to === undefined ? [] : [[to, outer(column)] as const];
    });
  return device({
    ...of,
    type: `${of.type}_i`,
    own: [...of.own, branchCurrent],
    slopes: {
      q: moved(entries.q),
      f: [...moved(entries.f), [0, plain], [1, plain], [plain, plain]],
      ...(of.slopes?.fixed && { fixed: of.slopes.fixed }),
    },
    ...(of.modes && {
      modes: {
        initial: (x, values) => of.modes!.initial(strip(x), values),
        guard: (x, values, mode) => of.modes!.guard(strip(x), values, mode),
        next: (mode, x, values) => of.modes!.next(mode, strip(x), values),
        ...(of.modes.enter && {
          enter: (t, x, before, values, mode, from) => {
            of.modes!.enter!(t, strip(x), strip(before, earlier), values, mode, from);
            for (let k = 0; k < plain; k++) x[k] = within[k]!;
          },
        }),
      },
    }),
    ...(of.switching && {
      switching: {
        count: of.switching.count,
        guard: (t, x, values, out) => of.switching!.guard(t, strip(x), values, out),
      },
    }),
    ...(typeof of.noise === "object" && {
      noise: of.noise.map(({ rows, density }) => ({
        rows: rows.flatMap(([row, sign]): [number, 1 | -1][] => {
          const to = rowOf(row);
          return to === undefined ? [] : [[to, row === 0 ? (-sign as 1 | -1) : sign]];
        }),
        density: (x: Float64Array, values: Readonly<Record<string, number>>) => density(strip(x), values),
      })),
    }),
    ...(of.observables && {
      observables: of.observables.map((observable) => ({
        ...observable,
        of: (x: Float64Array, values: Readonly<Record<string, number>>, t: number) =>
          observable.of(strip(x), values, t),
      })),
    }),
    load(t, x, values, out, mode) {
      clear(at);
      of.load(t, strip(x), values, at, mode);
      const i = x[plain]!;
      spread(at.f, at.f_x, entries.f, out.f, out.f_x);
      spread(at.q, at.q_x, entries.q, out.q, out.q_x);
      out.f[0] = i;
      out.f[1] = -i;
      out.f[plain] = i - at.f[0]!;
      out.q[plain] = -at.q[0]!;
      out.f_x[plain] = 1;
      out.f_x[columns + plain] = -1;
      out.f_x[plain * columns + plain] = 1;
    },
  });

  /** Sets the inner rows into the outer ones: row p with the other sign as the row of i, row n not at all. */
  function spread(
    from: Float64Array,
    from_x: Float64Array,
    list: readonly Entry[],
    to: Float64Array,
    to_x: Float64Array,
  ): void {
    for (let row = 2; row < plain; row++) to[row] = from[row]!;
    for (let k = 0; k < list.length; k++) {
      const [row, column] = list[k]!;
      if (row === 1) continue;
      const value = from_x[row * inner + column]!;
      to_x[(row === 0 ? plain : row) * columns + outer(column)] = row === 0 ? -value : value;
    }
  }
}

function clear(at: { q: Float64Array; f: Float64Array; q_x: Float64Array; f_x: Float64Array }): void {
  at.q.fill(0);
  at.f.fill(0);
  at.q_x.fill(0);
  at.f_x.fill(0);
}

/** Every entry of a block of rows × columns, for both q and f. */
function everywhere(rows: number, columns: number): { q: Entry[]; f: Entry[] } {
  const all: Entry[] = [];
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) all.push([row, column]);
  return { q: all, f: all };
}
