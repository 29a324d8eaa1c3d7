import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Circuit, Instance, Quantity, Signal, Unknown } from "../src/circuit/circuit.js";
import { derivative, integral } from "../src/devices/behavioural/calculus.js";
import { behaviouralCurrent, behaviouralVoltage } from "../src/devices/behavioural/sources.js";
import type { Device } from "../src/devices/device.js";
import { equationDefined } from "../src/devices/equation-defined.js";
import { capacitor } from "../src/devices/linear/capacitor.js";
import { coupling } from "../src/devices/linear/coupling.js";
import { inductor } from "../src/devices/linear/inductor.js";
import { resistor } from "../src/devices/linear/resistor.js";
import { linearDrift } from "../src/devices/memristors/linear-drift.js";
import { windows } from "../src/devices/memristors/windows.js";
import { chargedDiode } from "../src/devices/semiconductors/diode.js";
import { voltageControlledCurrent } from "../src/devices/sources/controlled.js";
import { currentSource, voltageSource } from "../src/devices/sources/independent.js";
import { constant } from "../src/devices/sources/waveforms/constant.js";
import { pulse } from "../src/devices/sources/waveforms/pulse.js";
import { sin } from "../src/devices/sources/waveforms/sin.js";
import { voltageSwitch } from "../src/devices/switches/switch.js";
import { withCurrent } from "../src/devices/with-current.js";
import { loopOf, plainLoop } from "../src/equations/class-loop.js";
import { classesOf } from "../src/equations/classes.js";
import { compile } from "../src/equations/compile.js";
import type { CompiledSystem } from "../src/equations/compiled-system.js";
import { reduce } from "../src/equations/reduce.js";
import { placeStamps } from "../src/equations/stamps.js";
import { numberUnknowns } from "../src/equations/unknowns.js";
import type { Formula } from "../src/expressions/formula.js";
import { compileFormula } from "../src/expressions/forward-ad.js";
import { linearization } from "../src/numerics/system.js";
import { Source } from "../src/text/source.js";

const span = { source: new Source("test", ""), start: 0, end: 0 };

const defaultsOf = (device: Device): Record<string, number> =>
  Object.fromEntries(Object.entries(device.parameters).map(([name, { default: value }]) => [name, value ?? 0]));

type Card = readonly [
  name: string,
  device: unknown,
  terminals: readonly number[],
  values?: Record<string, number>,
  controls?: readonly Unknown[],
];

function circuitOf(nodes: number, cards: readonly Card[]): Circuit {
  return {
    title: "test",
    nodes: ["0", ...Array.from({ length: nodes }, (_, k) => `n${k + 1}`)],
    instances: cards.map(
      ([name, device, terminals, values = {}, controls = []]): Instance => ({
        name,
        element: name[0]!,
        device: device as Device,
        values: { ...defaultsOf(device as Device), ...values },
        terminals,
        controls,
        span,
      }),
    ),
    options: {
      reltol: 1e-4,
      abstol: 1e-12,
      vntol: 1e-6,
      method: "auto",
      temp: 27,
      tnom: 27,
      gmin: 1e-12,
      itl1: 100,
      seed: 1,
      maxsteps: 1e6,
      maxord: 5,
      dialect: "auto",
      recognise: "yes",
    },
    initial: [],
    held: [],
    guesses: [],
    blocks: [],
    channels: [],
    runs: undefined,
    draws: [],
    analyses: [],
    outputs: { columns: [], plots: [], learning: [], readouts: [], fourier: [], measures: [], asserts: [] },
  };
}

const dc = (value: number) => ({ dc: value });
const volts = voltageSource(constant as never);
const amperes = currentSource(constant as never);
const sine = { vo: 0, va: 1.2, freq: 1, td: 0, theta: 0, phase: 0, count: 0, dc: 0 };
const own = (instance: number, index = 0): Unknown => ({ kind: "own", instance, index });
const node = (node: number): Unknown => ({ kind: "node", node });

/** Everything a system says at a point, its matrices full. */
function loaded(system: CompiledSystem, t: number, x: Float64Array) {
  const at = linearization(system);
  system.load(t, x, at);
  const { size, columnStart, row } = system.pattern;
  const full = (values: Float64Array) => {
    const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    for (let j = 0; j < size; j++) {
      for (let e = columnStart[j]!; e < columnStart[j + 1]!; e++) matrix[row[e]!]![j] = values[e]!;
    }
    return matrix;
  };
  return { q: [...at.q], f: [...at.f], C: full(at.C), G: full(at.G) };
}

describe("the equations of a circuit", () => {
  test("of a divider are Kirchhoff's", () => {
    const system = compile(
      circuitOf(2, [
        ["v1", volts, [1, 0], dc(10)],
        ["r1", resistor, [1, 2], { r: 100 }],
        ["r2", resistor, [2, 0], { r: 400 }],
      ]),
    );
    expect(system.unknowns.map(({ name }) => name)).toEqual(["v(n1)", "v(n2)", "i(v1)"]);
    const { f, G, q } = loaded(system, 0, Float64Array.from([10, 8, -0.02]));
    for (const value of f) expect(value).toBeCloseTo(0, 15);
    expect(q).toEqual([0, 0, 0]);
    const expected = [
      [0.01, -0.01, 1],
      [-0.01, 0.0125, 0],
      [1, 0, 0],
    ];
    for (const [k, row] of G.entries()) {
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(expected[k]![j]!, 15);
    }
  });

  test("couple two inductors by their fluxes", () => {
    const system = compile(
      circuitOf(2, [
        ["l1", inductor, [1, 0], { l: 1e-3 }],
        ["l2", inductor, [2, 0], { l: 4e-3 }],
        ["k1", coupling, [], { k: 0.5, l1: 1e-3, l2: 4e-3 }, [own(0), own(1)]],
      ]),
    );
    const { q, f } = loaded(system, 0, Float64Array.from([3, 4, 2, 5]));
    expect(q[2]).toBeCloseTo(1e-3 * 2 + 1e-3 * 5, 15);
    expect(q[3]).toBeCloseTo(4e-3 * 5 + 1e-3 * 2, 15);
    expect(f).toEqual([2, 5, -3, -4]);
  });

  test("have a whole diagonal, rows ascending, nothing twice", () => {
    const { pattern } = compile(circuitOf(3, [["v1", volts, [1, 2], dc(1)]]));
    for (let j = 0; j < pattern.size; j++) {
      const rows = [...pattern.row.subarray(pattern.columnStart[j]!, pattern.columnStart[j + 1]!)];
      expect(rows).toContain(j);
      expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
    }
  });

  const places = fc.tuple(fc.nat(4), fc.nat(4));
  const card: fc.Arbitrary<Card> = fc.oneof(
    places.map((at): Card => ["r", resistor, at, { r: 10 }]),
    places.map((at): Card => ["c", capacitor, at, { c: 1e-3 }]),
    places.map((at): Card => ["l", inductor, at, { l: 1e-2 }]),
    places.map((at): Card => ["d", chargedDiode, at, { cjo: 1e-3, is: 1e-3 }]),
    places.map((at): Card => ["v", volts, at, dc(2)]),
    places.map((at): Card => ["m", linearDrift, at, { ron: 1, roff: 10, uv: 1e-15 }]),
    fc.tuple(places, places).map(([a, b]): Card => ["g", voltageControlledCurrent, [...a, ...b], { gain: 0.5 }]),
  );
  const cards = fc.array(card, { minLength: 1, maxLength: 12 });

  test("have the slopes that they state, whatever is connected how", () => {
    fc.assert(
      fc.property(cards, fc.infiniteStream(fc.double({ min: 0.1, max: 0.9, noNaN: true })), (cards, numbers) => {
        const system = compile(circuitOf(4, cards));
        const { size } = system.pattern;
        const x = Float64Array.from({ length: size }, () => numbers.next().value!);
        const { C, G } = loaded(system, 0, x);
        const h = 1e-5;
        for (let j = 0; j < size; j++) {
          const up = loaded(system, 0, x.with(j, x[j]! + h));
          const down = loaded(system, 0, x.with(j, x[j]! - h));
          for (let k = 0; k < size; k++) {
            const by = (of: "q" | "f") => (up[of][k]! - down[of][k]!) / (2 * h);
            expect(Math.abs(C[k]![j]! - by("q"))).toBeLessThan(1e-5 * (1 + Math.abs(C[k]![j]!)));
            expect(Math.abs(G[k]![j]! - by("f"))).toBeLessThan(
              1e-5 * Math.max(1e5, Math.abs(G[k]![j]!)) * 1e-3 + 1e-4 * Math.abs(G[k]![j]!),
            );
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("are those of a circuit that was made so, where one instance of many is given another value", () => {
    const circuit = (g: number) =>
      circuitOf(4, [
        ["m1", linearDrift, [1, 2], { ron: 1, roff: 10, x0: 0.2 }],
        ["d1", chargedDiode, [2, 3], { is: 1e-3 }],
        ["m2", linearDrift, [2, 3], { ron: g, roff: 10, x0: 0.4 }],
        ["m3", linearDrift, [3, 4], { ron: 1, roff: 10, x0: 0.2 }],
      ]);
    const x = Float64Array.from({ length: compile(circuit(1)).pattern.size }, (_, k) => 0.1 + 0.05 * k);
    const changed = compile(circuit(1));
    for (const value of [3, 7]) {
      loaded(changed, 0, x);
      changed.override(2, "ron", value);
      expect(loaded(changed, 0, x)).toEqual(loaded(compile(circuit(value)), 0, x));
    }
  });

  test("are the same with loops that are written out for each class and with the plain loop", () => {
    fc.assert(
      fc.property(cards, fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })), (cards, numbers) => {
        const circuit = circuitOf(4, cards);
        const classes = classesOf(circuit, numberUnknowns(circuit));
        const system = compile(circuit);
        const pattern = placeStamps(system.pattern.size, classes);
        const x = Float64Array.from({ length: pattern.size }, () => numbers.next().value!);
        const [one, other] = [linearization(system), linearization(system)];
        for (const of of classes) {
          loopOf(of)(of, 0, x, one);
          plainLoop(of, 0, x, other);
        }
        expect(one).toEqual(other);
        system.load(0, x, other);
        for (const part of ["q", "f", "C", "G"] as const) {
          for (const [k, value] of one[part].entries()) {
            expect(Math.abs(value - other[part][k]!)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(value)));
          }
        }
      }),
    );
  });

  test("do not depend on the order of the cards", () => {
    fc.assert(
      fc.property(cards, (cards) => {
        const x = (system: CompiledSystem) =>
          Float64Array.from(system.unknowns, ({ name }) => name.length / 10 + name.charCodeAt(3) / 100);
        const named = cards.map(([, ...rest], k): Card => [`${String.fromCharCode(97 + k)}`, ...rest]);
        const [one, other] = [named, named.toReversed()].map((list) => {
          const system = compile(circuitOf(4, list));
          const { f } = loaded(system, 0, x(system));
          return Object.fromEntries(system.unknowns.map(({ name }, k) => [name, f[k]!]));
        });
        for (const [name, value] of Object.entries(one!)) {
          expect(Math.abs(value - other![name]!)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)));
        }
      }),
    );
  });
});

const call = (name: string, ...inputs: Formula[]): Formula => ({ kind: "call", name, arguments: inputs });
const input = (index: number): Formula => ({ kind: "input", index });
const read = (system: CompiledSystem, signal: Signal, x: Float64Array): number => {
  const out = new Float64Array(1);
  system.reader([signal])(1, Float64Array.of(0), x, out);
  return out[0]!;
};
const number = (value: number): Formula => ({ kind: "number", value });

describe("expressions", () => {
  const square = compileFormula(call("*", input(0), input(0)), 1);

  test("drive currents, are derived and integrated", () => {
    const system = compile(
      circuitOf(1, [
        ["b1", behaviouralCurrent(square), [0, 1], {}, [node(1)]],
        ["d", derivative(square), [], {}, [node(1)]],
        ["s", integral(square), [], { initial: 0.5 }, [node(1)]],
      ]),
    );
    expect([...system.start()]).toEqual([0, 0, 0.5]);
    const { q, f, G, C } = loaded(system, 0, Float64Array.from([3, 7, 2]));
    expect(f).toEqual([-9, 7, -9]);
    expect(q).toEqual([0, -9, 2]);
    expect([G[0]![0], G[2]![0], C[1]![0], C[2]![2]]).toEqual([-6, -6, -6, 1]);
  });

  test("are signals of unknowns, currents and observables", () => {
    const system = compile(
      circuitOf(1, [
        ["v1", volts, [1, 0], dc(2)],
        ["m1", linearDrift, [1, 0]],
      ]),
    );
    const x = Float64Array.from([2, 0, 0.5]);
    const signal = (formula: Formula, ...inputs: Quantity[]): Signal => ({
      name: "",
      unit: "1",
      formula,
      inputs,
      span,
    });
    const current: Quantity = { kind: "current", instance: 1, terminal: 0 };
    const resistance: Quantity = { kind: "observable", instance: 1, name: "r" };
    expect(read(system, signal(input(0), node(1)), x)).toBe(2);
    expect(read(system, signal(input(0), node(0)), x)).toBe(0);
    expect(read(system, signal(input(0), current), x)).toBeCloseTo(2 / 8050, 15);
    expect(read(system, signal(call("*", input(0), input(1)), current, resistance), x)).toBeCloseTo(2, 12);
  });

  test("a device with its current as an unknown is the same device", () => {
    const system = compile(
      circuitOf(1, [
        ["c1", withCurrent(capacitor as unknown as Device), [1, 0], { c: 2 }],
        ["r1", withCurrent(resistor as unknown as Device), [1, 0], { r: 4 }],
      ]),
    );
    expect(system.unknowns.map(({ name }) => name)).toEqual(["v(n1)", "i(c1)", "i(r1)"]);
    const { q, f, C, G } = loaded(system, 0, Float64Array.from([3, 5, 7]));
    expect(f).toEqual([12, 5, 7 - 3 / 4]);
    expect(q).toEqual([0, -6, 0]);
    expect([C[1]![0], G[2]![0], G[0]![1], G[0]![2]]).toEqual([-2, -0.25, 1, 1]);
  });
});

describe("sources", () => {
  const square = { v1: 0, v2: 1, td: 1, tr: 0, tf: 0, pw: 2, per: 5, count: 0, dc: 0 };
  const system = compile(
    circuitOf(2, [
      ["v1", voltageSource(pulse as never), [1, 0], square],
      ["v2", voltageSource(pulse as never), [2, 0], { ...square, td: 1.5, per: 7 }],
      ["i1", currentSource(sin as never), [1, 2], { ...sine, freq: 4 }],
    ]),
  );

  test("tell the first corner of all of them", () => {
    const corners: number[] = [];
    for (let t = 0; t < 9; t = corners.at(-1)!) corners.push(system.nextBreak(t));
    expect(corners).toEqual([1, 1.5, 3, 3.5, 6, 8, 8.5, 10.5]);
    expect(system.nextBreak(0)).toBe(1); // also asked backwards
    expect(system.shortestPeriod).toBe(0.25);
  });

  test("follow an override", () => {
    const fresh = compile(system.circuit);
    expect(fresh.nextBreak(0)).toBe(1);
    fresh.override(0, "td", 0.5);
    expect(fresh.nextBreak(0)).toBe(0.5);
    expect(system.nextBreak(0)).toBe(1);
    fresh.override(0, "dc", 42);
    expect(loaded(fresh, Number.NEGATIVE_INFINITY, new Float64Array(4)).f[2]).toBe(-42);
    expect(() => fresh.override(0, "nothing", 1)).toThrow();
  });
});

describe("a state with walls", () => {
  const pressed = (window: (typeof windows)[number], x0: number, v: number) =>
    compile(
      circuitOf(1, [
        ["v1", volts, [1, 0], dc(v)],
        ["m1", linearDrift, [1, 0], { window: windows.indexOf(window), x0 }],
      ]),
    );
  const guardOf = (system: CompiledSystem, x: Float64Array) => {
    const out = new Float64Array(system.guards);
    system.guard(0, x, out);
    return out[0]!;
  };
  const rate = (system: CompiledSystem, x: Float64Array) => 0 - loaded(system, 0, x).f[2]!;

  test("goes to its wall, is held there, and comes off when the drive turns", () => {
    const system = pressed("none", 0.5, 1);
    const x = system.start();
    x[0] = 1;
    system.settleModes(0, x);
    expect(guardOf(system, x)).toBe(0.5);
    x[2] = 1 + 1e-9; // a step beyond the wall
    expect(guardOf(system, x)).toBeLessThan(0);
    system.cross(0, 0, x);
    expect(x[2]).toBe(1);
    expect(guardOf(system, x)).toBeGreaterThan(0);
    expect(rate(system, x)).toBe(0);
    expect(loaded(system, 0, x).C[2]![2]).toBe(1);
    x[0] = -1;
    expect(guardOf(system, x)).toBeLessThan(0);
    system.cross(0, 0, x);
    expect(guardOf(system, x)).toBeGreaterThan(0);
    expect(rate(system, x)).toBeLessThan(0);
  });

  test.each([
    ["none", 1, 1, true],
    ["none", 1, -1, false],
    ["none", 0, -1, true],
    ["none", 0, 1, false],
    ["biolek", 1, 1, false], // its window already stops it
    ["biolek", 1, -1, false],
  ] as const)("that begins at its wall (%s, x = %d, %d V) is held only if it is pressed", (window, x0, v, held) => {
    const system = pressed(window, x0, v);
    const x = system.start();
    x[0] = v;
    const free = rate(system, x);
    system.settleModes(0, x);
    expect(guardOf(system, x)).toBeGreaterThanOrEqual(0);
    expect(rate(system, x)).toBe(held ? 0 : free);
  });

  test("a state that was left free at rest is pressed as soon as the drive comes", () => {
    const system = pressed("none", 1, 0);
    const x = system.start();
    system.settleModes(0, x);
    expect(guardOf(system, x)).toBeGreaterThan(0);
    x[0] = 1e-6;
    expect(guardOf(system, x)).toBeLessThan(0);
    system.cross(0, 0, x);
    expect(guardOf(system, x)).toBeGreaterThan(0);
    x[0] = -1e-9;
    expect(guardOf(system, x)).toBeLessThan(0);
  });

  test("a rounding of the drive where it turned does not press it back", () => {
    const system = pressed("none", 1, 1);
    const x = system.start();
    x[0] = 1;
    system.settleModes(0, x);
    expect(guardOf(system, x)).toBeGreaterThan(0);
    x[0] = 1e-12;
    system.cross(0, 0, x); // located on the near side of the zero
    expect(guardOf(system, x)).toBeGreaterThan(0);
  });
});

describe("a switch", () => {
  const system = compile(
    circuitOf(2, [
      ["v1", volts, [1, 0], dc(0)],
      ["r1", resistor, [2, 0], { r: 1 }],
      ["s1", voltageSwitch, [1, 2, 1, 0], { vt: 1, vh: 0.25, ron: 1, roff: 1e6 }],
    ]),
  );
  const conductance = (v: number) => -loaded(system, 0, Float64Array.from([v, 0, 0])).G[0]![1]!;
  const guardAt = (v: number) => {
    const out = new Float64Array(1);
    system.guard(0, Float64Array.from([v, 0, 0]), out);
    return out[0]!;
  };
  const crossAt = (v: number) => system.cross(0, 0, Float64Array.from([v, 0, 0]));

  test("goes on above vt + vh and off below vt − vh", () => {
    system.settleModes(0, new Float64Array(3));
    expect(conductance(2)).toBeCloseTo(1e-6, 12); // until the event is told
    expect(guardAt(1.2)).toBeGreaterThan(0);
    expect(guardAt(1.3)).toBeLessThan(0);
    crossAt(1.25);
    expect(conductance(2)).toBe(1);
    expect(guardAt(0.8)).toBeGreaterThan(0);
    expect(guardAt(0.7)).toBeLessThan(0);
    crossAt(0.75);
    expect(conductance(2)).toBeCloseTo(1e-6, 12);
    expect(guardAt(0.75)).toBeGreaterThan(0);
  });

  test("without hysteresis does not flutter at the place of its change, known to rounding", () => {
    const sharp = compile(circuitOf(1, [["s1", voltageSwitch, [1, 0, 1, 0], { vt: 1, vh: 0, ron: 1, roff: 1e6 }]]));
    const out = new Float64Array(1);
    for (const place of [1 - 1e-12, 1 + 1e-12]) {
      sharp.settleModes(0, Float64Array.from([0]));
      sharp.cross(0, 0, Float64Array.from([place]));
      sharp.guard(0, Float64Array.from([place]), out);
      expect(out[0]).toBeGreaterThan(0);
      sharp.guard(0, Float64Array.from([0.9]), out);
      expect(out[0]).toBeLessThan(0);
    }
  });
});

describe("an equation-defined device", () => {
  // ddt(x) = k·i, v = (ron·x + roff·(1 − x))·i: the linear drift without a window.
  const resistance = call("+", call("*", input(1), input(0)), call("*", input(2), call("-", number(1), input(0))));
  const hp = equationDefined({
    type: "hp",
    title: "test",
    reference: "Strukov 2008",
    equations: ["…"],
    terminals: ["p", "n"],
    parameters: {},
    states: [
      {
        name: "x",
        initial: ({ x0 }) => x0!,
        min: () => 0,
        max: () => 1,
        rate: {
          law: compileFormula(call("*", input(0), input(1)), 2),
          reads: [
            { kind: "parameter", name: "k" },
            { kind: "current", index: 0 },
          ],
        },
      },
    ],
    branches: [
      {
        name: "i",
        p: 0,
        n: 1,
        gives: "voltage",
        law: {
          law: compileFormula(call("*", resistance, input(3)), 4),
          reads: [
            { kind: "state", index: 0 },
            { kind: "parameter", name: "ron" },
            { kind: "parameter", name: "roff" },
            { kind: "current", index: 0 },
          ],
        },
      },
    ],
    outputs: [
      {
        name: "w",
        unit: "1",
        law: { law: compileFormula(call("*", number(3), input(0)), 1), reads: [{ kind: "state", index: 0 }] },
      },
    ],
    events: [],
    claims: {},
  });
  const table = { meaning: "", unit: "1", default: 0, range: [-1e18, 1e18] } as const;
  const device: Device = { ...hp, parameters: { k: table, ron: table, roff: table, x0: table } };
  const values = { k: 1e4, ron: 100, roff: 16e3, x0: 0.1 };

  test("is the built-in device with the same equations", () => {
    const [one, other] = [device, linearDrift].map((it) =>
      compile(
        circuitOf(1, [
          ["v1", voltageSource(sin as never), [1, 0], sine],
          ["m1", it, [1, 0], it === device ? values : {}],
        ]),
      ),
    );
    expect(one!.unknowns.map(({ name }) => name)).toEqual(["v(n1)", "i(v1)", "x(m1)", "i(m1)"]);
    expect([...one!.start()]).toEqual([0, 0, 0.1, 0]);
    const [a, b] = [reduce(one!)!, reduce(other!)!];
    for (const [t, x] of [
      [0.1, 0.2],
      [0.3, 0.7],
      [0.7, 0.4],
    ] as const) {
      const [ra, rb] = [new Float64Array(1), new Float64Array(1)];
      expect(a.explicit.rate(t, Float64Array.from([x]), ra)).toBe(true);
      expect(b.explicit.rate(t, Float64Array.from([x]), rb)).toBe(true);
      expect(ra[0]! / rb[0]!).toBeCloseTo(1, 12);
    }
    const signal: Signal = {
      name: "",
      unit: "1",
      formula: input(0),
      inputs: [{ kind: "observable", instance: 1, name: "w" }],
      span,
    };
    expect(read(one!, signal, Float64Array.from([0, 0, 0.2, 0]))).toBeCloseTo(0.6, 14);
  });
});

describe("reduced to an explicit equation", () => {
  const rates = (circuit: Circuit, t: number, y: readonly number[]) => {
    const out = new Float64Array(y.length);
    const reduced = reduce(compile(circuit))!;
    expect(reduced.explicit.size).toBe(y.length);
    expect(reduced.explicit.rate(t, Float64Array.from(y), out)).toBe(true);
    return [...out];
  };

  test("RC: C dv/dt = (e − v)/R", () => {
    const rc = circuitOf(2, [
      ["v1", volts, [1, 0], dc(5)],
      ["r1", resistor, [1, 2], { r: 1e3 }],
      ["c1", capacitor, [2, 0], { c: 1e-6 }],
    ]);
    expect(rates(rc, 0, [2])[0]).toBeCloseTo(3e3, 8);
    const reduced = reduce(compile(rc))!;
    const x = new Float64Array(3);
    expect(reduced.expand(0, Float64Array.from([2]), x)).toBe(true);
    expect([...x].map((value) => Number(value.toFixed(12)))).toEqual([5, 2, -3e-3]);
    expect([...reduced.states(x)]).toEqual([2]);
  });

  test("a memristor on a sine: dx/dt = k·v/R(x)", () => {
    const memristor = circuitOf(1, [
      ["v1", voltageSource(sin as never), [1, 0], sine],
      ["m1", linearDrift, [1, 0]],
    ]);
    const [t, x] = [0.2, 0.3];
    const expected = (1e4 * 1.2 * Math.sin(2 * Math.PI * t)) / (100 * x + 16e3 * (1 - x));
    expect(rates(memristor, t, [x])[0]! / expected).toBeCloseTo(1, 12);
  });

  test.each([0, 50])("at one time after another, behind %d Ω: Ohm's law and the rate hold at each", (r) => {
    const memristor = circuitOf(2, [
      ["v1", voltageSource(sin as never), [1, 0], sine],
      ["m1", linearDrift, [r === 0 ? 1 : 2, 0]],
      ["r1", resistor, [1, 2], { r: r === 0 ? 1e3 : r }],
      ["r2", resistor, [2, 0], { r: 1e9 }],
    ]);
    const system = compile(memristor);
    const reduced = reduce(system)!;
    const out = new Float64Array(1);
    const all = new Float64Array(system.pattern.size);
    for (const [t, x] of [
      [0.1, 0.2],
      [0.7, 0.9],
      [0.25, 0.1],
    ] as const) {
      const e = 1.2 * Math.sin(2 * Math.PI * t);
      const R = 100 * x + 16e3 * (1 - x);
      const behind = 1 / (1 / R + 1e-9);
      const v = r === 0 ? e : (e * behind) / (r + behind);
      expect(reduced.explicit.rate(t, Float64Array.of(x), out)).toBe(true);
      expect(out[0]! / ((1e4 * v) / R)).toBeCloseTo(1, 11);
      expect(reduced.expand(t, Float64Array.of(x), all)).toBe(true);
      const source = r === 0 ? e / R + e / (1e3 + 1e9) : e / (r + behind);
      expect(all[system.unknowns.findIndex(({ name }) => name === "i(v1)")]! / -source).toBeCloseTo(1, 11);
    }
  });

  test("coupled inductors: the whole inductance matrix is inverted", () => {
    const transformer = circuitOf(1, [
      ["v1", volts, [1, 0], dc(2)],
      ["l1", inductor, [1, 0], { l: 2 }],
      ["l2", inductor, [1, 0], { l: 3 }],
      ["k1", coupling, [], { k: 0.5, l1: 2, l2: 3 }, [own(1), own(2)]],
    ]);
    const m = 0.5 * Math.sqrt(6);
    const [a, b] = rates(transformer, 0, [0, 0]);
    expect(2 * a! + m * b!).toBeCloseTo(2, 12);
    expect(m * a! + 3 * b!).toBeCloseTo(2, 12);
  });

  test("an expression in the way is solved for: i + i³ = (5 − v − R·i), Newton and all", () => {
    const cube = call("+", input(0), call("*", input(0), call("*", input(0), input(0))));
    const circuit = circuitOf(2, [
      ["v1", volts, [1, 0], dc(5)],
      ["b1", behaviouralVoltage(compileFormula(cube, 1)), [1, 2], {}, [own(1)]],
      ["c1", capacitor, [2, 0], { c: 2 }],
    ]);
    const i = 2 * rates(circuit, 0, [3])[0]!;
    expect(i + i ** 3).toBeCloseTo(2, 12);
  });

  test.each<[string, Card[]]>([
    [
      "a floating capacitor",
      [
        ["c1", capacitor, [1, 2], { c: 1 }],
        ["r1", resistor, [1, 0], { r: 1 }],
      ],
    ],
    [
      "a capacitor at a voltage source",
      [
        ["c1", capacitor, [1, 0], { c: 1 }],
        ["v1", volts, [1, 0], dc(1)],
      ],
    ],
    [
      "an inductor at a current source",
      [
        ["l1", inductor, [1, 0], { l: 1 }],
        ["i1", amperes, [1, 0], dc(1)],
      ],
    ],
    [
      "a junction capacitance",
      [
        ["d1", chargedDiode, [1, 0], { cjo: 1 }],
        ["r1", resistor, [1, 0], { r: 1 }],
      ],
    ],
    [
      "a switch",
      [
        ["s1", voltageSwitch, [1, 0, 1, 0]],
        ["c1", capacitor, [1, 0], { c: 1 }],
      ],
    ],
    ["nothing that moves", [["r1", resistor, [1, 0], { r: 1 }]]],
  ])("%s is refused", (_, cards) => {
    expect(reduce(compile(circuitOf(2, [...cards, ["r9", resistor, [2, 0], { r: 1 }]])))).toBeUndefined();
  });
});
