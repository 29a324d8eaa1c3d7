import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { compiledSteps } from "../compiler/laws.js";
import { elaborate } from "../src/circuit/elaborate.js";
import { sineAt } from "../src/devices/sources/laws/sine.js";
import { compile } from "../src/equations/compile.js";
import type { CompiledSystem } from "../src/equations/compiled-system.js";
import { reduce } from "../src/equations/reduce.js";
import { simulate } from "../src/index.js";
import type { StepControl, Stretch } from "../src/numerics/integrator.js";
import { dop853 } from "../src/numerics/integrators/dop853.js";
import type { ExplicitSystem } from "../src/numerics/system.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

// Memristors across sources go by steps that the build made of their laws; `dop853.ts` says what comes of them.

afterEach(() => void vi.unstubAllGlobals());

function systemOf(deck: string): CompiledSystem {
  const complaints = new Complaints();
  const { circuit, diagnostics } = elaborate(parseNetlist(new Source("deck", deck), { main: true }, complaints));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return compile(circuit);
}

const sines = ["SIN(0.1 1.2 1)", "SIN(0 -0.9 3 0 0.2 40)", "SIN(0.2 0.7 2 0.1 0 10 0)"] as const;

/** Five memristors of a model across sources of one end at ground, between two of them, and turned round. */
const deckOf = (model: string, sources: readonly string[] = sines): string =>
  `several
.model m memristor(${model})
${sources.map((source, k) => (k === 1 ? `V${k} 0 n${k} ${source}` : `V${k} n${k} 0 ${source}`)).join("\n")}
YMEMRISTOR m1 n0 0 m x0=0.3
YMEMRISTOR m2 n1 0 m x0=0.5
YMEMRISTOR m3 n2 n0 m x0=0.2
YMEMRISTOR m4 0 n2 m x0=0.7
YMEMRISTOR m5 n1 n2 m x0=0.45
.tran 10m 4
.end`;

const drift = "kind=linear_drift d=10n uv=10f ron=100 roff=16k";
const models = [
  drift,
  `${drift} window=joglekar p=10`,
  `${drift} window=joglekar p=3.7`,
  `${drift} window=strukov`,
  `${drift} window=prodromakis p=5 j=1.1`,
  `${drift} eta=-1`,
  "kind=lehtonen_laiho window=joglekar",
  "kind=pershin alpha=1e3 beta=1e3",
];

/** The same equation one evaluation after the other, by what devices and waveforms say of themselves. */
function plainly(system: CompiledSystem, explicit: ExplicitSystem): ExplicitSystem {
  const { instances } = system.circuit;
  const memristors = instances.filter(({ device }) => device.compiled !== undefined);
  const sources = instances.filter(({ device }) => device.source !== undefined);
  const at = { q: new Float64Array(3), f: new Float64Array(3), q_x: new Float64Array(9), f_x: new Float64Array(9) };
  const { compiled: _, ...rest } = explicit;
  return {
    ...rest,
    rate(t, y, out) {
      const voltage = new Map([[0, 0]]);
      for (const { terminals, values } of sources) {
        const { vo, va, freq, td, theta, phase, count } = values as Record<string, number>;
        const e = sineAt(t, vo!, va!, freq!, td!, theta!, phase!, count!);
        if (terminals[0] === 0) voltage.set(terminals[1]!, -e);
        else voltage.set(terminals[0]!, e);
      }
      for (const [k, { device, terminals, values }] of memristors.entries()) {
        const state = device.own[0]!.walls === undefined ? y[k]! : Math.min(1, Math.max(0, y[k]!));
        const x = Float64Array.of(voltage.get(terminals[0]!)!, voltage.get(terminals[1]!)!, state);
        device.load(t, x, { ...values, stuck: 0 }, at, 0);
        out[k] = -at.f[2]!;
      }
      return out.every(Number.isFinite);
    },
  };
}

/** How a stretch of four seconds goes, with some looks into its steps. */
function goes(explicit: ExplicitSystem, start: Float64Array, control: Partial<StepControl> = {}) {
  const seen: number[] = [];
  const x = new Float64Array(explicit.size);
  const all = { relative: 1e-8, maxStep: 0.08, maxSteps: 1e5, tellsStiff: true, ...control };
  const steps = dop853.integrate(explicit, 0, start, 4, all, (step) => {
    seen.push(step.t, step.h, ...step.x);
    for (const part of [0.2, 0.9]) {
      step.interpolate(step.t + part * step.h, x);
      seen.push(...x);
    }
    return undefined;
  });
  for (;;) {
    const next = steps.next();
    if (next.done) return { stretch: next.value, seen };
  }
}

test("the steps are made of the laws as they are written", () => {
  const made = readFileSync(new URL("../src/equations/memristor-steps.wasm.ts", import.meta.url), "utf8");
  expect(made === compiledSteps(), "`npm run build` makes them").toBe(true);
});

describe("compiled steps are to the last bit those of dop853:", () => {
  test.each(models)("%s", (model) => {
    const system = systemOf(deckOf(model));
    const reduced = reduce(system)!;
    expect(reduced.explicit.compiled).toBeDefined();
    const start = reduced.states(system.start());
    const fine = goes(reduced.explicit, start);
    expect(fine).toEqual(goes(plainly(system, reduced.explicit), start));
    expect(fine.stretch.cost.rejected).toBeGreaterThan(0);
  });

  test("and end as these end", () => {
    const system = systemOf(deckOf(models[1]!));
    const { explicit, states } = reduce(system)!;
    const start = states(system.start());
    const stopped = (of: ExplicitSystem): Stretch => {
      const control = { relative: 1e-8, maxStep: 0.08, maxSteps: 1e5 };
      const steps = dop853.integrate(of, 0, start, 4, control, ({ t, h }) => (t + h > 2 ? 2 : undefined));
      for (;;) {
        const next = steps.next();
        if (next.done) return next.value;
      }
    };
    const plain = plainly(system, explicit);
    expect(stopped(explicit)).toMatchObject({ outcome: "stopped", t: 2 });
    // Dense output is made for each step.
    const cost = { ...stopped(plain).cost, iterations: stopped(explicit).cost.iterations };
    expect(stopped(explicit)).toEqual({ ...stopped(plain), cost });
    for (const control of [{ maxSteps: 20 }, { relative: 1e-30 }]) {
      const found = goes(explicit, start, control).stretch;
      expect(found.outcome).not.toBe("reached");
      expect(found).toEqual(goes(plain, start, control).stretch);
    }
  });
});

test("several steps are seen as one by who reads rows alone", () => {
  const system = systemOf(deckOf(models[1]!));
  const { explicit, states, rowsAt } = reduce(system)!;
  const start = states(system.start());
  const single = goes(explicit, start);
  const x = new Float64Array(explicit.size);
  const control = { relative: 1e-8, maxStep: 0.08, maxSteps: 1e5, inSeries: true, reads: { from: 0, step: 0.25 } };
  let made = 0;
  let shown = 0;
  let until = -1;
  const steps = dop853.integrate(explicit, 0, start, 4, control, (step) => {
    made += step.series!.steps;
    shown++;
    const from = until;
    until = step.t + step.h;
    const times = Float64Array.from({ length: 17 }, (_, k) => 0.25 * k).filter((t) => t > from && t <= step.t + step.h);
    const rows = rowsAt!.at(times, times.length).slice();
    for (const [k, t] of times.entries()) {
      step.interpolate(t, x);
      // The node voltages stand first, then the states.
      const place = system.place({ kind: "own", instance: 3, index: 0 });
      expect(rows[place * times.length + k]).toBe(x[0]);
      const node = system.place({ kind: "node", node: 1 });
      expect(rows[node * times.length + k]).toBeCloseTo(sineAt(t, 0.1, 1.2, 1, 0, 0, 0, 0), 12);
    }
    return undefined;
  });
  for (let next = steps.next(); ; next = steps.next()) {
    if (!next.done) continue;
    const { cost, ...rest } = next.value;
    expect(single.stretch).toMatchObject({ ...rest, cost: { steps: cost.steps, rejected: cost.rejected } });
    // A quarter of the steps has no row.
    expect(cost.iterations).toBeLessThan(single.stretch.cost.iterations);
    break;
  }
  expect(made).toBe(single.stretch.cost.steps);
  expect(shown).toBeLessThan(made / 5);
});

describe("a memristor across a source follows its flux", () => {
  // With g = uv·ron/d², R dx = g φ: without a window roff·x − (roff − ron)·x²/2 = g φ + C, with Strukov's roff·ln x − ron·ln(1 − x).
  const [ron, roff, g] = [100, 16e3, 1e4];
  const closed: Readonly<Record<string, (x: number) => number>> = {
    none: (x) => roff * x - ((roff - ron) * x * x) / 2,
    strukov: (x) => roff * Math.log(x) - ron * Math.log1p(-x),
  };
  const flux: Readonly<Record<string, (t: number) => number>> = {
    "SIN(0 1 1)": (t) => (1 - Math.cos(2 * Math.PI * t)) / (2 * Math.PI),
    "PULSE(0 0.5 0.25 0.25 0.25 0.25 2)": (t) => {
      const since = t % 2;
      const piece = (from: number) => Math.min(0.25, Math.max(0, since - from));
      const [up, flat, down] = [piece(0.25), piece(0.5), piece(0.75)];
      return Math.floor(t / 2) * 0.25 + up * up + 0.5 * flat + 0.5 * down - down * down;
    },
  };
  const cases = Object.keys(closed).flatMap((window) =>
    Object.keys(flux).map((source) => [window, source, source.startsWith("SIN") ? 300 : 4] as const),
  );
  test.each(cases)("under the window %s, %s", async (window, source, stop) => {
    const { results, diagnostics } = await simulate(`one
.model m memristor(${drift} window=${window})
V1 in 0 ${source}
YMEMRISTOR m1 in 0 m x0=0.2
.save x(m1)
.tran ${stop / 1000} ${stop}
.end`);
    expect(diagnostics).toEqual([]);
    const [time, x] = results[0]!.columns.map(({ values }) => values) as [Float64Array, Float64Array];
    const law = closed[window]!;
    for (let k = 0; k < time.length; k++) {
      expect(Math.abs(law(x[k]!) - law(0.2) - g * flux[source]!(time[k]!)) / roff).toBeLessThan(1e-6);
    }
  });
});

describe("a host without compiled code finds the same", () => {
  const mixed = [sines[0], "PULSE(-1 1 0 10m 20m 0.3 0.7)", "PWL(0 0 0.5 1 1.5 -0.8 3 0.4)"];
  const found = async (deck: string) => {
    const { results } = await simulate(deck);
    return results[0]!.columns.map(({ name, values }) => ({ name, values }));
  };
  test.each(models)("%s", async (model) => {
    const deck = deckOf(model, mixed).replace(".tran", ".save v(n1) i(m1) i(m3) x(m*) p(m2)\n.tran");
    const compiled = await found(deck);
    vi.stubGlobal("WebAssembly", undefined);
    const plain = await found(deck);
    for (const [k, { name, values }] of plain.entries()) {
      expect(compiled[k]!.name).toBe(name);
      const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      for (const [row, value] of values.entries())
        expect(Math.abs(compiled[k]!.values[row]! - value)).toBeLessThan(1e-8 * size);
    }
  });
});

test("a disturbance grows by what the steps say", () => {
  const { explicit, states } = reduce(systemOf(deckOf(`${drift} window=strukov`)))!;
  const start = states(systemOf(deckOf(`${drift} window=strukov`)).start());
  const ends = [0, 1e-6].map(
    (by) =>
      goes(
        explicit,
        start.map((y) => y + by),
      ).stretch.x,
  );
  const growth = new Float64Array(explicit.size);
  const control = { relative: 1e-8, maxStep: 0.08, maxSteps: 1e5 };
  const steps = dop853.integrate(explicit, 0, start, 4, control, ({ series }) => {
    for (let k = 0; k < growth.length; k++) growth[k]! += series!.growth.atEnd[k]!;
    return undefined;
  });
  for (let next = steps.next(); !next.done; next = steps.next());
  for (let k = 0; k < growth.length; k++) {
    const measured = Math.log((ends[1]![k]! - ends[0]![k]!) / 1e-6);
    expect(Math.abs(growth[k]! - measured)).toBeLessThan(1e-3);
  }
});

test.each([
  ["on a grid", ".tran 10m 1000"],
  ["by its own steps", ".tran 1u 1000"],
])("a long run %s can be stopped", async (_, run) => {
  const stop = new AbortController();
  let left = 3;
  const deck = deckOf(drift).replace(/^\.tran.*$/m, run);
  const { results } = await simulate(deck, {
    signal: stop.signal,
    pause: () => void (--left <= 0 && stop.abort()),
    pictures: false,
  });
  expect(results[0]!.ended).toBe("interrupted");
});
