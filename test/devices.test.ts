import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Contribution, Device } from "../src/devices/device.js";
import { devices, memristors } from "../src/devices/index.js";

/** A contribution of a device, all of it filled with rubbish where the device has no business. */
function contributionOf(device: Device): Contribution {
  const { rows, columns } = shapeOf(device);
  return {
    q: new Float64Array(rows),
    f: new Float64Array(rows),
    q_x: new Float64Array(rows * columns),
    f_x: new Float64Array(rows * columns),
  };
}

function shapeOf({ terminals, own, controls, drives = 0 }: Device) {
  const plain = terminals.length + own.length;
  return { plain, rows: plain + drives, columns: plain + controls };
}

function load(device: Device, t: number, x: Float64Array, values: Values, mode = 0): Contribution {
  const out = contributionOf(device);
  device.load(t, x, values, out, mode);
  return out;
}

type Values = Record<string, number>;

/** Values that make a device do something: its defaults, and for what must be given something of ordinary size. */
const given: Values = {
  r: 1e3,
  c: 1e-6,
  l: 1e-3,
  k: 0.5,
  l1: 1e-3,
  l2: 4e-3,
  gain: 2,
  freq: 1e3,
  fc: 1e3,
  fs: 100,
  mf: 100,
  va: 1.5,
  vo: 0.25,
  mdi: 3,
  v1: -1,
  v2: 2,
  td1: 1e-4,
  td2: 4e-4,
  tau1: 1e-4,
  tau2: 2e-4,
  dc: 0.7,
  ith: 20,
  width: 1e-3,
};
/** Windows of current that the currents of the tests meet, below them and above. */
const windows: Values = { ith: 0.15, a: 0.25, spacing: 0.2 };
const special: Readonly<Record<string, Values>> = {
  d: { bv: 5, temp: 350 },
  d_c: { cjo: 1e-12, tt: 1e-9, bv: 5, temp: 350 },
  d_rs: { rs: 10, bv: 5 },
  d_rs_c: { rs: 10, cjo: 1e-12, tt: 1e-9, bv: 5, area: 2 },
  ...mosfetValues(),
  csw_smooth: { ion: 1, ioff: -1 },
  isource_learn: { rise: 1e-3 },
  synapse_pair: { ...windows, gmin: 0.2, gmax: 1 },
};

/** Transistors with body effect and whatever their names say that they have. */
function mosfetValues(): Record<string, Values> {
  const charges = {
    cgso: 2e-6,
    cgdo: 1e-6,
    cgbo: 1e-6,
    tox: 2e-8,
    cbd: 1e-12,
    cj: 1e-3,
    as: 1e-9,
    ps: 1e-4,
    cjsw: 1e-9,
  };
  const channel = { vto: 0.1, kp: 1e-3, gamma: 0.4, lambda: 0.1, ld: 1e-6, m: 2, temp: 320 };
  const all = [false, true].flatMap((charged) =>
    [false, true].flatMap((rd) =>
      [false, true].map((rs): [string, Values] => [
        `mos1${rd ? "_rd" : ""}${rs ? "_rs" : ""}${charged ? "_c" : ""}`,
        { ...channel, polarity: rd ? -1 : 1, rd: rd ? 50 : 0, rs: rs ? 70 : 0, ...(charged && charges) },
      ]),
    ),
  );
  return Object.fromEntries(all);
}

const valuesOf = (device: Device): Values => ({
  ...Object.fromEntries(
    Object.entries(device.parameters).map(([name, { default: value }]) => [name, value ?? given[name] ?? Number.NaN]),
  ),
  ...("ith" in device.parameters && "a" in device.parameters && windows),
  ...("uth" in device.parameters && { uth: 0.3 }),
  ...special[device.type],
});

/** States between their walls, voltages and currents about 0. */
const pointOf = (device: Device): fc.Arbitrary<Float64Array> =>
  pointBy(device, (min, max) => fc.double({ min, max, noNaN: true }));

/** The same, anywhere between with equal chance. */
const evenPointOf = (device: Device): fc.Arbitrary<Float64Array> =>
  pointBy(device, (min, max) => fc.noBias(fc.nat(grains)).map((grain) => min + (max - min) * (grain / grains)));
const grains = 2 ** 30;

function pointBy(device: Device, between: (min: number, max: number) => fc.Arbitrary<number>) {
  const { columns } = shapeOf(device);
  const first = device.terminals.length;
  const values = valuesOf(device);
  const entries = Array.from({ length: columns }, (_, k) => {
    const own = device.own[k - first];
    const walls = own?.walls?.(values);
    const range = own?.coordinate === "logit" ? [-40, 40] : [-0.8, 0.8];
    const [min, max] = walls?.every(Number.isFinite) ? walls : (range as [number, number]);
    const margin = 0.01 * (max - min);
    return between(min + margin, max - margin);
  });
  return fc.tuple(...entries).map((list) => Float64Array.from(list));
}

const time = fc.double({ min: 0, max: 2e-3, noNaN: true });

/** Memristors with each of their windows: a device in the list is tested with all of its words. */
function variants(device: Device): readonly (readonly [name: string, device: Device, values: Values])[] {
  const values = valuesOf(device);
  const words = Object.entries(device.parameters).find(([, { words }]) => words !== undefined);
  const real = realOf(device, values);
  if (!words || device.modes) return [[device.type, device, values], ...real];
  const [name, { words: choices }] = words;
  const chosen = choices!.map(
    (word, k) => [`${device.type} ${name}=${word}`, device, { ...values, [name]: k, p: 1 + k }] as const,
  );
  return [...chosen, ...real];
}

/** The modes that a device goes through as its unknowns jump about. */
function modesOf(device: Device, values: Values): readonly number[] {
  const { modes } = device;
  if (modes === undefined) return [0];
  const points = fc.sample(evenPointOf(device), { numRuns: 300, seed: 1 });
  const known = new Set(points.map((x) => modes.initial(x, values)));
  for (const mode of known) {
    for (const x of points) if (modes.guard(x, values, mode) < 0) known.add(modes.next(mode, x, values));
  }
  return [...known];
}

/** The device as real pieces make it, one that moves and, of several, one that is stuck. */
function realOf(device: Device, values: Values): readonly (readonly [name: string, device: Device, values: Values])[] {
  if (device.pieces === undefined) return [];
  const pieces = device.pieces.cells.map(
    (_, k) => ({ threshold: 0.98, gain: 1.3, stuck: k === 1 ? "on" : undefined }) as const,
  );
  const own = device.pieces.made({ ...values, asym: 0.2, retention: 3, wmin: -2, wmax: 2 }, pieces);
  return [[`${device.type}, a real piece`, device, own]];
}

describe.each(devices.flatMap(variants))("%s", (_, device, values) => {
  const { plain, rows, columns } = shapeOf(device);
  const smooth = typeof device.smooth === "boolean" ? device.smooth : device.smooth(values);

  test("says where its equations come from", () => {
    expect(device.reference).toMatch(/\b(18|19|20)\d\d\b/);
    expect(device.equations.length).toBeGreaterThan(0);
    expect(device.title).not.toBe("");
  });

  test("has its values inside their ranges", () => {
    for (const [name, { range, default: standard }] of Object.entries(device.parameters)) {
      const value = standard ?? values[name]!;
      expect(value, name).toBeGreaterThanOrEqual(range[0]);
      expect(value, name).toBeLessThanOrEqual(range[1]);
    }
  });

  const modes = device.modes ? [0, 1] : [0];

  test.each(modes)("states the slopes of its own equations (mode %i)", (mode) => {
    const entriesOf = (block: "q" | "f") =>
      device.slopes ? new Set(device.slopes[block].map(([row, column]) => row * columns + column)) : undefined;
    const listed = { q: entriesOf("q"), f: entriesOf("f") };
    fc.assert(
      fc.property(time, pointOf(device), (t, x) => {
        const here = load(device, t, x, values, mode);
        for (let column = 0; column < columns; column++) {
          const h = 1e-5;
          const [up, down] = [h, -h].map((d) => load(device, t, x.with(column, x[column]! + d), values, mode));
          for (const block of ["q", "f"] as const) {
            const slopes = here[`${block}_x`];
            const scale = Math.max(...slopes.map(Math.abs), 1e-30);
            const known = listed[block];
            for (let row = 0; row < rows; row++) {
              const [below, above] = [-h, h].map((d) => ((d < 0 ? down : up)![block][row]! - here[block][row]!) / d);
              const stated = slopes[row * columns + column]!;
              // Rounding of the difference; the cut of a central difference is cubic in the step.
              const rounding = (4e-16 * (Math.abs(up![block][row]!) + 1e-300)) / h;
              const tolerance = 1e-5 * Math.abs(stated) + 1e-6 * scale + rounding;
              const measured = (below! + above!) / 2;
              // Right of a kink, or left of it, the difference to that side is the mean of the slopes at its ends.
              const [left, right] = [down, up].map((it) => (stated + it![`${block}_x`][row * columns + column]!) / 2);
              const fitsOneSide = Math.min(Math.abs(left! - below!), Math.abs(right! - above!)) <= tolerance;
              const atKink = !smooth && ((stated - below!) * (stated - above!) <= tolerance ** 2 || fitsOneSide);
              // Told only where it is broken: a thousand assertions a point take longer than the law itself.
              if (!atKink && !(Math.abs(stated - measured) <= tolerance)) {
                expect.fail(
                  `${block} row ${row} column ${column}, t = ${t}, x = ${x.join(" ")}: ${stated}, measured ${measured}`,
                );
              }
              if (known?.has(row * columns + column) === false && stated !== 0)
                expect.fail(`${block} row ${row} column ${column} is not listed: ${stated}`);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("keeps fixed what it says is fixed", () => {
    const { fixed } = device.slopes ?? {};
    if (fixed === undefined) return;
    const first = load(device, 0, new Float64Array(columns), values);
    fc.assert(
      fc.property(time, pointOf(device), (t, x) => {
        const here = load(device, t, x, values);
        expect([...here.q_x]).toEqual([...first.q_x]);
        if (fixed === "q and f") expect([...here.f_x]).toEqual([...first.f_x]);
      }),
    );
  });

  test("is linear in what it says it is linear in, all of it together, in each of its modes", () => {
    const { linear } = device.slopes ?? {};
    if (linear === undefined) return;
    const modes = modesOf(device, values);
    const keeps = (mode: number, x: Float64Array) => (device.modes?.guard(x, values, mode) ?? 0) >= 0;
    const met = new Set<number>();
    fc.assert(
      fc.property(time, evenPointOf(device), evenPointOf(device), (t, x, other) => {
        const there = x.map((value, k) => (linear.includes(k) ? other[k]! : value));
        for (const mode of modes.filter((it) => [x, there].every((point) => keeps(it, point)))) {
          met.add(mode);
          const [from, to] = [load(device, t, x, values, mode), load(device, t, there, values, mode)];
          for (let row = 0; row < rows; row++) {
            const terms = linear.map((k) => from.f_x[row * columns + k]! * (there[k]! - x[k]!));
            const size = Math.max(1, Math.abs(from.f[row]!), ...terms.map(Math.abs));
            const expected = terms.reduce((sum, term) => sum + term, from.f[row]!);
            expect(Math.abs(to.f[row]! - expected)).toBeLessThanOrEqual(1e-12 * size);
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(met.size, "modes that were met").toBeGreaterThan(modes.length / 2);
  });

  test("neither makes nor swallows charge: what flows into its terminals sums to zero", () => {
    fc.assert(
      fc.property(time, pointOf(device), (t, x) => {
        const { f, q } = load(device, t, x, values);
        const terminals = device.terminals.length;
        const isInner = device.own.map(({ unit, role }) => unit === "V" && role === "branch");
        const counts = (k: number): boolean => k < terminals || isInner[k - terminals] === true;
        const sum = (row: Float64Array) => row.reduce((all, flow, k) => (counts(k) ? all + flow : all), 0);
        const size = Math.max(...f.map(Math.abs));
        expect(Math.abs(sum(f))).toBeLessThanOrEqual(1e-15 * size);
        expect(Math.abs(sum(q))).toBeLessThanOrEqual(1e-15 * Math.max(...q.map(Math.abs)));
      }),
    );
  });

  test.runIf(device.currents)("has the same currents where it is asked for them alone", () => {
    fc.assert(
      fc.property(pointOf(device), (x) => {
        const { f } = load(device, 0, x, values);
        const currents = new Float64Array(f.length);
        device.currents!(x, values, currents);
        const terminals = device.terminals.length;
        expect([...currents.subarray(0, terminals)]).toEqual([...f.subarray(0, terminals)]);
      }),
    );
  });

  test("gives finite numbers far from anything sensible", () => {
    const far = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: columns, maxLength: columns });
    fc.assert(
      fc.property(far, (x) => {
        const out = load(device, 0, Float64Array.from(x), values);
        expect([...out.q, ...out.f, ...out.q_x, ...out.f_x].every(Number.isFinite)).toBe(true);
      }),
    );
  });

  test("keeps what it claims", () => {
    const { pinched = false, ohmic = false, passive = false, clamped = false } = device.claims ?? {};
    fc.assert(
      fc.property(pointOf(device), (x) => {
        const v = x[0]! - x[1]!;
        const i = load(device, 0, x, values).f[0]!;
        if (passive) expect(i * v).toBeGreaterThanOrEqual(0);
        if (ohmic) {
          const twice = load(device, 0, x.with(0, x[1]! + 2 * v), values).f[0]!;
          expect(Math.abs(twice - 2 * i)).toBeLessThanOrEqual(1e-9 * Math.abs(i) + 1e-300); // denormals round
        }
        if (pinched) expect(load(device, 0, x.with(0, x[1]!), values).f[0]! + 0).toBe(0);
        const isKept = ({ role, walls, coordinate }: (typeof device.own)[number]) =>
          role !== "state" || walls !== undefined || coordinate === "logit";
        if (clamped) expect(device.own.every(isKept)).toBe(true);
      }),
    );
  });

  test("sees to it that its own unknowns begin between their walls", () => {
    for (const own of device.own) {
      const [min, max] = own.walls?.(values) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      expect(own.initial(values)).toBeGreaterThanOrEqual(min);
      expect(own.initial(values)).toBeLessThanOrEqual(max);
      expect(own.negligible).toBeGreaterThan(0);
    }
    expect(plain).toBe(device.terminals.length + device.own.length);
  });
});

test("every type of device has a name of its own", () => {
  const names = devices.map(({ type }) => type);
  expect(new Set(names).size).toBe(names.length);
  expect(memristors.every((device) => devices.includes(device))).toBe(true);
});
