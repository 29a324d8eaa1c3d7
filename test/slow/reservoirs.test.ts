import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { seriesTasks } from "../../src/circuit/training/series/tasks.js";
import { lcgNumbers } from "../../src/expressions/lcg.js";
import { simulate } from "../../src/index.js";
import { leastSquaresOfAll } from "../../src/numerics/linear/least-squares.js";
import { spreadOf } from "../../src/numerics/spread.js";
import { fiveQubits } from "../five-qubits.js";

// The lessons on reservoirs with their own seeds and with others, beside what a NumPy script of the same reservoir finds
// (one matrix product a row, `numpy.linalg.lstsq` with the ridge as further rows), and what must fail.

const lesson = (name: string, ...changes: readonly (readonly [string, string])[]): string =>
  changes.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`no ${from} in ${name}`);
      return text.replaceAll(from, to);
    },
    readFileSync(join(import.meta.dirname, "../../netlists/learning", `${name}.cir`), "utf8"),
  );

/** What the measures of a lesson found, by their names. */
async function measured(text: string): Promise<Readonly<Record<string, number>>> {
  const { measures } = await simulate(text, { pictures: false });
  return Object.fromEntries(measures.filter(({ value }) => Number.isFinite(value)).map(({ name, value }) => [name, value!])); // biome-ignore format: one thought
}

/** Measures of the runs of a lesson under `.step`, as `name@run`. */
async function byRun(text: string): Promise<Readonly<Record<string, number>>> {
  const { measures } = await simulate(text, { pictures: false });
  return Object.fromEntries(measures.map(({ name, run, value }) => [`${name}@${run}`, value ?? Number.NaN]));
}

describe("qubits against memristors", () => {
  const text = (...changes: readonly (readonly [string, string])[]) => lesson("quantum-against-classical", ...changes);

  // Of NumPy, x ← tanh(Wx + wu): r² of the timer, NMSE, memory, parity.
  test.each([
    [1, 0.346, 0.018, 6.648, 2.629],
    [2, 0.962, 0.239, 7.093, 2.117],
    [3, 0.232, 0.174, 6.532, 2.64],
    [4, 0.402, 0.035, 7.118, 2.171],
  ])("the network of seed %d", async (seed, timer, error, memory, parity) => {
    const found = await byRun(text(["seed=1 ", `seed=${seed} `]));
    expect(found["classical_timer@1"]).toBeCloseTo(timer, 2);
    expect(found["classical_error@2"]).toBeCloseTo(error, 2);
    expect(found["classical_memory@2"]).toBeCloseTo(memory, 2);
    expect(found["classical_parity@3"]).toBeCloseTo(parity, 2);
    expect(found["quantum_parity@3"]!).toBeGreaterThan(parity);
    expect(found["quantum_memory@2"]!).toBeLessThan(memory);
  });

  test("a ring is a delay line", async () => {
    const found = await byRun(text(["ring=0", "ring=1"]));
    expect(found["classical_timer@1"]).toBeCloseTo(0.999, 2);
    expect(found["classical_memory@2"]).toBeCloseTo(11.281, 2);
    expect(found["classical_error@2"]).toBeCloseTo(0.357, 2);
    expect(found["classical_parity@3"]).toBeCloseTo(1.464, 2);
  });

  test.each([
    [1, 0.009],
    [2, 0.058],
    [3, 0.028],
    [4, 0.019],
  ])("weights of 0.6 make NARMA2 (seed %d)", async (seed, error) => {
    const found = await byRun(text(["seed=1 rho=0.8", `seed=${seed} rho=0.6`], ["list 1 2 3", "list 2"]));
    expect(found["classical_error@1"]).toBeCloseTo(error, 2);
  });
});

describe("entangled or not", () => {
  test.each([
    [1, 5, 0.575, 0.9875],
    [2, 5, 0.575, 0.9875],
    [3, 6, 0.55, 0.9875],
    [4, 7, 0.45, 0.975],
  ])("reservoir %d, pairs %d", async (seed, data, means, squares) => {
    const found = await measured(lesson("entangled-or-not", ["seed=1 data=5", `seed=${seed} data=${data}`]));
    expect(found["by_means"]).toBeCloseTo(means, 10);
    expect(found["by_squares"]).toBeCloseTo(squares, 10);
  });

  test.each([
    [1, 5, 0.7875],
    [2, 6, 0.7625],
    [3, 7, 0.7625],
  ])("a reservoir that keeps parity sees half of the state (%d, pairs %d)", async (seed, data, squares) => {
    const change = ["seed=1 data=5 tilt=0.25", `seed=${seed} data=${data} tilt=0`] as const;
    const found = await measured(lesson("entangled-or-not", change));
    expect(found["by_squares"]).toBeCloseTo(squares, 10);
  });
});

describe("the phase of a sine", () => {
  const all = [
    ["length=600", "length=960"],
    ["fit=30 test=20", "fit=50 test=30"],
  ] as const;

  test.each([99, 1, 2, 3])("a Kerr oscillator tells it, a linear one on resonance does not (seed %d)", async (seed) => {
    const found = await byRun(lesson("oscillator-reservoir", ...all, ["data=99", `data=${seed}`]));
    expect(found["off@1"]!).toBeGreaterThan(0.6);
    expect(found["off@2"]!).toBeLessThan(0.15);
    if (seed === 99) expect(found["off@2"]).toBeCloseTo(0.134, 2);
  });

  test("a detuning tells it exactly", async () => {
    const found = await byRun(lesson("oscillator-reservoir", ["K=1 w=0", "K=0 w=0.3"], ["list 0 1", "list 0"]));
    expect(found["off@1"]!).toBeLessThan(1e-8);
  });
});

test.each([12345, 1, 2, 3])("a reservoir that forgets, data of seed %d", async (seed) => {
  const found = await byRun(lesson("dissipative-reservoir", ["data=12345", `data=${seed}`]));
  expect(found["error_ten@1"]!).toBeLessThan(0.3);
  expect(found["memory_ten@1"]!).toBeGreaterThan(3.5);
  expect(found["memory_ten@1"]!).toBeGreaterThan(found["memory_four@1"]! + 1);
  // No memory at all: NMSE is 1 but for the mean of the test, and so is every readout.
  expect(found["error_ten@2"]!).toBeGreaterThan(0.99);
  expect(found["memory_ten@2"]!).toBeLessThan(1e-6);
});

/** Gelfand's formula |W^k|^(1/k), k = 2^40. */
function spectralRadius(W: readonly (readonly number[])[]): number {
  let [power, log] = [W, 0];
  for (let k = 0; k < 40; k++) {
    const size = Math.hypot(...power.flat());
    const unit = power.map((row) => row.map((x) => x / size));
    log += Math.log(size) / 2 ** k;
    power = unit.map((row) => row.map((_, j) => row.reduce((sum, x, i) => sum + x * unit[i]![j]!, 0)));
  }
  return Math.exp(log);
}

/** x ← tanh(Wx + wu) with uniform numbers from −1 to 1, W of a spectral radius that is given. */
function echoState(n: number, seed: number, inputs: Float64Array, radius = 0.8): Float64Array[] {
  const random = lcgNumbers(seed, n * n + n).map((it) => 2 * it - 1);
  const raw = Array.from({ length: n }, (_, i) => [...random.slice(i * n, i * n + n)]);
  const scale = radius / spectralRadius(raw);
  const neurons = raw.map(() => new Float64Array(inputs.length));
  let x = raw.map(() => 0);
  for (const [t, u] of inputs.entries()) {
    x = raw.map((row, i) => Math.tanh(row.reduce((sum, w, j) => sum + scale * w * x[j]!, random[n * n + i]! * u)));
    for (const [i, value] of x.entries()) neurons[i]![t] = value;
  }
  return neurons;
}

/** NMSE of NARMA2 and the memory of 0 to 20 rows: 200 rows passed over, 1800 fitted, 1000 judged by. */
function judged(neurons: readonly Float64Array[]): readonly [error: number, memory: number] {
  const { inputs, targets } = seriesTasks.narma2.make(3000, 12345, {});
  const u = inputs["u"]!;
  const delayed = Array.from({ length: 21 }, (_, k) => u.map((_, t) => u[t - k] ?? 0));
  const all = [...neurons, new Float64Array(3000).fill(1)];
  const wanted = [targets["y"]!, ...delayed];
  const weights = leastSquaresOfAll(all.map((it) => it.slice(200, 2000)), wanted.map((it) => it.slice(200, 2000)), 1e-10); // biome-ignore format: one thought
  const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const found = wanted.map((target, k) => {
    const y = target.slice(2000);
    const said = y.map((_, t) => all.reduce((sum, it, i) => sum + weights[k]![i]! * it[2000 + t]!, 0));
    const [my, ms] = [mean(y), mean(said)];
    const of = (a: Float64Array, ma: number, b: Float64Array, mb: number) => mean(a.map((x, t) => (x - ma) * (b[t]! - mb))); // biome-ignore format: one thought
    const error = mean(y.map((x, t) => (x - said[t]!) ** 2)) / of(y, my, y, my);
    return { error, share: of(y, my, said, ms) ** 2 / (of(y, my, y, my) * of(said, ms, said, ms)) };
  });
  return [found[0]!.error, found.slice(1).reduce((sum, { share }) => sum + share, 0)];
}

// What the lesson says of classical networks; NumPy's eigenvalues and least squares find the same medians.
test.each([
  [4, 0.2683, 3.7501],
  [10, 0.1308, 5.657],
])("twenty echo-state networks of %d neurons", (n, error, memory) => {
  const { u } = seriesTasks.narma2.make(3000, 12345, {}).inputs as { readonly u: Float64Array };
  const all = Array.from({ length: 20 }, (_, k) => judged(echoState(n, k + 1, u)));
  const median = (place: 0 | 1) => spreadOf(Float64Array.from(all, (it) => it[place])).median;
  expect(median(0)).toBeCloseTo(error, 3);
  expect(median(1)).toBeCloseTo(memory, 3);
});

// What the lesson on the timer says of others than its own.
describe("the timer, of qubits and of neurons", () => {
  const medianOf = (values: readonly number[]): number => spreadOf(Float64Array.from(values)).median;

  // A regression guard: the medians are our own.
  test("nine networks of couplings", async () => {
    const all = await Promise.all(
      Array.from({ length: 9 }, (_, k) => measured(lesson("timer", ["couplings=7\n", `couplings=${k + 1}\n`]))),
    );
    const [five, ten] = [all.map((it) => it["r_five"]!), all.map((it) => it["r_ten"]!)];
    expect(medianOf(five)).toBeCloseTo(0.91, 2);
    expect(medianOf(ten)).toBeCloseTo(0.815, 2);
    expect(ten.filter((r2) => r2 > 0.95)).toHaveLength(1);
    for (const { r_once } of all) expect(r_once).toBeLessThan(0.05);
  });

  // NumPy's eigenvalues and least squares find the same medians.
  test.each([
    [25, 15, 0.874],
    [50, 20, 0.355],
  ])("ten echo-state networks of %d neurons, after %d rows", (n, delay, median) => {
    const { inputs, targets } = seriesTasks.timer.make(350, 1, { at: 200, delay });
    const found = Array.from({ length: 10 }, (_, k) => {
      const all = [...echoState(n, k + 1, inputs["u"]!, 0.95), new Float64Array(350).fill(1)];
      const columns = all.map((it) => it.slice(150));
      const y = targets["y"]!.slice(150);
      const [weights] = leastSquaresOfAll(columns, [y], 1e-9);
      const said = y.map((_, t) => columns.reduce((sum, it, i) => sum + weights![i]! * it[t]!, 0));
      const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
      const of = (a: Float64Array, b: Float64Array) => mean(a.map((x, t) => (x - mean(a)) * (b[t]! - mean(b))));
      return of(y, said) ** 2 / (of(y, y) * of(said, said));
    });
    expect(medianOf(found)).toBeCloseTo(median, 2);
  });
});

describe("five qubits, looked at V times a row", () => {
  const text = (task: string, rows: string, V: number) =>
    `reservoir\n${fiveQubits(`task=${task}`, `multiplex=${V} ${rows}`)}\n.end\n`;
  const figure = async (netlist: string, name: string): Promise<number> => {
    const [result] = (await simulate(netlist, { pictures: false })).results;
    const tables = result!.tables ?? [];
    return [result!, ...tables].flatMap(({ columns }) => columns).find((it) => it.name === name)!.values[0]!;
  };

  test.each([
    [1, [0.1751, 0.0248, 0.0125, 0.0044, 0.0018]],
    [5, [1, 0.9989, 0.9638, 0.853, 0.1966]],
    [10, [1, 1, 0.9991, 0.9843, 0.3693]],
  ])("the timer, V = %d", async (V, expected) => {
    for (const [k, delay] of [5, 10, 15, 20, 30].entries()) {
      const rows = "washout=150 fit=200 test=0 ridge=1e-9 metrics=(r2)";
      expect(await figure(text(`timer length=350 at=200 delay=${delay}`, rows, V), "r2")).toBeCloseTo(expected[k]!, 3);
    }
  });

  test.each([
    [1, 0.1785, 1.995, 2.395],
    [5, 0.0385, 3.74, 4.418],
    [10, 0.0231, 4.453, 5.19],
  ])("NARMA2, parity and memory of bits, V = %d", async (V, error, parity, memory) => {
    const rows = "washout=200 fit=1800 test=1000";
    const narma = await figure(text("narma2 length=3000 seed=12345", `${rows} ridge=1e-10 metrics=(nmse)`, V), "nmse.by_variance"); // biome-ignore format: one thought
    expect(Math.abs(narma / error - 1)).toBeLessThan(0.02);
    const bits = text("parity length=3000 seed=12345", `${rows} ridge=1e-8 metrics=(parity:10 mc:30)`, V);
    expect(Math.abs((await figure(bits, "parity")) - parity)).toBeLessThan(0.03);
    expect(Math.abs((await figure(bits, "mc")) - memory)).toBeLessThan(0.03);
  });

  test.each([1, 2, 3])("are better at NARMA2 the more often they are looked at (seed %d)", async (seed) => {
    const rows = "washout=200 fit=1800 test=1000 ridge=1e-10 metrics=(nmse)";
    const of = (V: number) => figure(text(`narma2 length=3000 seed=${seed}`, rows, V), "nmse.by_variance");
    const [once, often] = [await of(1), await of(10)];
    expect(often).toBeLessThan(0.3 * once);
    expect(often).toBeLessThan(0.05);
  });
});

// The reference says nothing of the split nor of how far linear memory looks back: 100, 500 and 300 rows and ten delays are what
// its other numbers go with. NumPy and SciPy's matrix exponential of the master equation.
describe("a Kerr oscillator's memory", () => {
  test("as SciPy finds it", async () => {
    const found = await byRun(lesson("oscillator-memory"));
    for (const [name, values, by] of [
      ["error", [0.2531, 0.1682], 5e-5],
      ["linear", [1.057, 1.52], 5e-4],
      ["square", [0.115, 0.497], 5e-4],
    ] as const)
      for (const [k, value] of values.entries())
        expect(Math.abs(found[`${name}@${k + 1}`]! - value), name).toBeLessThan(by);
  });

  test.each([1, 2, 3])("is more than that of a linear one on resonance (data %d)", async (data) => {
    const found = await byRun(lesson("oscillator-memory", ["data=12345 ", `data=${data} `]));
    for (const name of ["linear", "square"]) expect(found[`${name}@2`]!).toBeGreaterThan(found[`${name}@1`]! + 0.3);
    expect(found["error@2"]!).toBeLessThan(0.7 * found["error@1"]!);
  });

  test("and less than that of one off resonance", async () => {
    const found = await byRun(lesson("oscillator-memory", ["w=0 ", "w=0.3 "], ["list 0 1", "list 0"]));
    expect(found["linear@1"]!).toBeGreaterThan(1.9);
    expect(found["error@1"]!).toBeLessThan(0.1682);
  });
});
