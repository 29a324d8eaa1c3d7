import { describe, expect, test, vi } from "vitest";
import { mackeyGlass } from "../src/circuit/training/series/mackey-glass.js";
import { seriesTasks } from "../src/circuit/training/series/tasks.js";
import { lcg, lcgNumbers } from "../src/expressions/lcg.js";
import { simulate } from "../src/index.js";
import { adjoint, combined, identityMatrix, multiplied, zeroMatrix } from "../src/numerics/linear/complex-matrix.js";
import { hermitianEigenvectors } from "../src/numerics/linear/hermitian-eigenvectors.js";
import { leastSquaresOfAll } from "../src/numerics/linear/least-squares.js";
import { Conjugation } from "../src/quantum/conjugation.js";
import { densityMatrix } from "../src/quantum/density-matrix.js";
import { turning } from "../src/quantum/exponential.js";
import { InjectedRegister } from "../src/quantum/injected-register.js";
import { sx, sz } from "../src/quantum/local-operators.js";
import { operator } from "../src/quantum/operator.js";
import { spaceOf } from "../src/quantum/space.js";
import { denseOf, unitaryOf } from "../src/quantum/unitary.js";
import { fiveQubits } from "./five-qubits.js";

// Reservoirs against numbers that were found by NumPy, by SciPy's matrix exponential, and by closed forms.

/** What a readout of a netlist found: its columns, those of its tables included. */
async function readOut(lines: string, name = "r"): Promise<(column: string) => Float64Array> {
  const { results } = await simulate(`reservoir\n${lines}\n.end\n`);
  const found = results.find((it) => it.name === name)!;
  const columns = [...found.columns, ...(found.tables ?? []).flatMap((table) => table.columns)];
  return (column) => columns.find((it) => it.name === column)!.values;
}

const digits = (found: readonly number[], expected: readonly number[], by: number): void => {
  expect(found.length).toBe(expected.length);
  for (const [k, value] of expected.entries()) expect(Math.abs(found[k]! - value)).toBeLessThan(by);
};

/** Σ c·XX over pairs, then −c·sz and c·sx of each: |0⟩ is |g⟩. */
function generator(seed: number, N: number): string {
  let k = 0;
  const c = () => `(2*lcg(${seed},${++k})-1)`;
  const qubits = Array.from({ length: N }, (_, i) => i);
  const pairs = qubits.flatMap((i) => qubits.slice(i + 1).map((j) => `${c()}*sx(q${i})*sx(q${j})`));
  return [...pairs, ...qubits.map((i) => `-1*${c()}*sz(q${i})`), ...qubits.map((i) => `${c()}*sx(q${i})`)].join(" + ");
}

const dissipative = (eps: number, rows: string, seed = 12345): string => `
.dataset ts task=narma2 length=3000 seed=${seed}
.quantum b
${[0, 1, 2, 3].map((i) => `qubit q${i} state=g`).join("\n")}
unitary U0 {${generator(1, 4)}}
unitary U1 {${generator(2, 4)}}
mix U0 U1 p=ts.u eps=${eps}
.endquantum
.train r rule=ridge data=ts features=(${[0, 1, 2, 3].map((i) => `ex({-sz(q${i})})`).join(" ")}) ${rows}`;

describe("the generator of published examples", () => {
  test("its first numbers", () => digits([1, 2, 3].map((n) => lcg(12345, n)), [0.02040269, 0.01654785, 0.54315579], 5e-9)); // biome-ignore format: one thought

  test("any number at once, as one after the other", () => {
    const all = lcgNumbers(7, 300);
    for (const n of [1, 2, 17, 255, 256, 300]) expect(lcg(7, n)).toBe(all[n - 1]);
  });
});

describe("tasks", () => {
  test("NARMA's recurrence", () => {
    const { inputs, targets } = seriesTasks.narma2.make(50, 3, {});
    const [u, y] = [inputs["u"]!, targets["y"]!];
    for (let k = 2; k < 50; k++)
      expect(y[k]).toBeCloseTo(0.4 * y[k - 1]! + 0.4 * y[k - 1]! * y[k - 2]! + 0.6 * (0.2 * u[k]!) ** 3 + 0.1, 15);
  });

  test("parity", () => {
    const { inputs, targets } = seriesTasks.parity.make(40, 3, { delay: 2 });
    const [u, y] = [inputs["u"]!, targets["y"]!];
    for (let k = 2; k < 40; k++) expect(y[k]).toBe((u[k]! + u[k - 1]! + u[k - 2]!) % 2);
  });

  test("Mackey and Glass's equation stays in its attractor and obeys itself", () => {
    const x = mackeyGlass(2000, 0.5);
    expect(Math.min(...x)).toBeGreaterThan(0.2);
    expect(Math.max(...x)).toBeLessThan(1.4);
    // Simpson's rule over two units: x(t + 1) − x(t − 1) = ∫ f, to its own error.
    const f = (k: number) => (0.2 * x[k - 17]!) / (1 + x[k - 17]! ** 10) - 0.1 * x[k]!;
    for (let k = 100; k < 1900; k += 37)
      expect(Math.abs(x[k + 1]! - x[k - 1]! - (f(k - 1) + 4 * f(k) + f(k + 1)) / 3)).toBeLessThan(2e-3);
  });
});

test("several right-hand sides have the answers of each by itself, and none depends on λ's rows", () => {
  const column = (seed: number) => lcgNumbers(seed, 30);
  const A = [column(1), column(2), column(3)];
  const all = leastSquaresOfAll(A, [column(4), column(5)], 1e-3);
  for (const [k, b] of [column(4), column(5)].entries()) {
    const w = all[k]!;
    // The gradient of |Aw − b|² + λ|w|² is 0.
    for (const [j, a] of A.entries()) {
      const residual = b.map((value, i) => A.reduce((sum, c, m) => sum + c[i]! * w[m]!, -value));
      expect(Math.abs(a.reduce((sum, value, i) => sum + value * residual[i]!, 1e-3 * w[j]!))).toBeLessThan(1e-13);
    }
  }
});

test("exp(−iH) is unitary, and a turn about x", () => {
  const space = spaceOf(2, 2);
  const U = unitaryOf(space, [...operator(0.7, [0, sx], [1, sx]), ...operator(0.3, [0, sz])], 1.3);
  const one = multiplied(adjoint(U), U);
  digits([...one.re], [...identityMatrix(4).re], 1e-14);
  const turn = unitaryOf(spaceOf(2), operator(1, [0, sx]), 0.4);
  digits([...turn.re, ...turn.im], [Math.cos(0.4), 0, 0, Math.cos(0.4), 0, -Math.sin(0.4), -Math.sin(0.4), 0], 1e-15);
});

test.each([1, 2, 3, 8, 17, 32])("exp(−iHt) of size %d, as eigenvectors have it, and unitary", (n) => {
  const numbers = lcgNumbers(n, 2 * n * n);
  for (const norm of [0.1, 2, 30, 1000]) {
    const any = {
      size: n,
      re: numbers.slice(0, n * n).map((x) => x - 0.5),
      im: numbers.slice(n * n).map((y) => y - 0.5),
    };
    const H = combined(norm / n, any, norm / n, adjoint(any));
    const U = turning(H, 0.7);
    const { values, vectors: V } = hermitianEigenvectors(H);
    const D = zeroMatrix(n);
    for (let k = 0; k < n; k++) {
      D.re[k * (n + 1)] = Math.cos(0.7 * values[k]!);
      D.im[k * (n + 1)] = -Math.sin(0.7 * values[k]!);
    }
    const expected = multiplied(multiplied(V, D), adjoint(V));
    digits([...U.re, ...U.im], [...expected.re, ...expected.im], 3e-15 * (n + norm));
    const one = multiplied(adjoint(U), U);
    digits([...one.re, ...one.im], [...identityMatrix(n).re, ...zeroMatrix(n).im], 3e-15 * Math.sqrt(n));
  }
});

test("kernels of a reservoir compute the same to the last bit compiled and as they are written", () => {
  const n = 32;
  const numbers = lcgNumbers(3, 2 * n * n);
  const any = { size: n, re: numbers.slice(0, n * n), im: numbers.slice(n * n) };
  const U = turning(combined(0.1, any, 0.1, adjoint(any)), 1);
  const space = spaceOf(2, 2, 2, 2, 2);
  const start = densityMatrix(space);
  for (let i = 0; i < n; i++) start.re[i * (n + 1)] = (i + 1) / ((n * (n + 1)) / 2);
  const went = (): readonly number[] => {
    const z = [0, 2].map((system) => denseOf(space, operator(1, [system, sz])));
    const register = new InjectedRegister(start, 1, U, 3, z);
    const means: number[] = [];
    for (let row = 0; row < 40; row++) {
      const s = 0.5 + 0.5 * Math.sin(row);
      if (register.keep(s)) register.read((found) => means.push(...found));
      register.advance(s);
    }
    return means;
  };
  const compiled = went();
  vi.stubGlobal("WebAssembly", undefined);
  expect(went()).toEqual(compiled);
  vi.unstubAllGlobals();
});

test.each([1, 4, 5])("WρW† of size %d, as two products have it", (n) => {
  const numbers = lcgNumbers(n, 4 * n * n);
  const matrix = (from: number) => ({
    size: n,
    re: numbers.slice(from, from + n * n),
    im: numbers.slice(from + n * n, from + 2 * n * n),
  });
  const [W, any] = [matrix(0), matrix(2 * n * n)];
  const rho = multiplied(any, adjoint(any));
  const out = { re: new Float64Array(n * n).fill(1), im: new Float64Array(n * n) };
  new Conjugation(n).add(0.3, W, rho, out);
  const expected = multiplied(multiplied(W, rho), adjoint(W));
  digits(
    [...out.re],
    Array.from(expected.re, (value) => 1 + 0.3 * value),
    1e-12,
  );
  digits(
    [...out.im],
    Array.from(expected.im, (value) => 0.3 * value),
    1e-12,
  );
});

describe("a dissipative reservoir of four qubits", () => {
  const rows = "washout=200 fit=1800 test=1000 ridge=1e-10 metrics=(nmse mc:20)";
  const read = readOut(dissipative(0.2, rows));
  const Z = (found: Awaited<typeof read>, n: number) => [0, 1, 2, 3].map((i) => found(`ex({-sz(b.q${i})})`)[n]!);

  test("⟨Z⟩ as NumPy finds it", async () => {
    const found = await read;
    digits(Z(found, 0), [0.36055130, 0.24403165, 0.31533446, 0.22896608], 5e-9); // biome-ignore format: as printed
    digits(Z(found, 10), [0.29510823, 0.21551946, 0.24211052, 0.20747094], 5e-9); // biome-ignore format: as printed
  });

  test("NMSE and memory", async () => {
    const found = await read;
    expect(found("nmse.by_variance")[0]).toBeCloseTo(0.27425763, 7);
    expect(found("mc")[0]).toBeCloseTo(2.1783995, 6);
  });

  test("with ε = 1 nothing is remembered", async () => {
    const none = await readOut(dissipative(1, "washout=20 fit=180 test=100 metrics=(nmse mc:20)"));
    expect(none("mc")[0]).toBeLessThan(1e-6);
    expect(none("nmse.by_variance")[0]).toBeGreaterThan(0.95);
  });
});

// SciPy's matrix exponentials of the same numbers; the last level of a register is |0…0⟩.
test("two states come nearer to each other in a dissipative reservoir, by its own unitary motions", () => {
  const space = spaceOf(2, 2, 2, 2);
  const unitaries = [1, 2].map((seed) => {
    const c = lcgNumbers(seed, 14).map((u) => 2 * u - 1);
    const pairs = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].filter((j) => j > i).map((j) => [i, j] as const));
    const couplings = pairs.flatMap(([i, j], k) => operator(c[k]!, [i, sx], [j, sx]));
    const fields = [0, 1, 2, 3].flatMap((i) => [...operator(-c[6 + i]!, [i, sz]), ...operator(c[10 + i]!, [i, sx])]);
    return unitaryOf(space, [...couplings, ...fields], 1);
  });
  const zero = (U: (typeof unitaries)[number]) => [U.re[255]!, U.im[255]!];
  digits(zero(unitaries[0]!), [0.271488959107, -0.02260872554], 1e-12);
  digits(zero(unitaries[1]!), [0.370956073278, 0.007366390319], 1e-12);
  const inputs = lcgNumbers(12345, 20);
  let difference = zeroMatrix(16);
  difference.re[255] = 1;
  difference.re[0] = -1;
  const distances = Array.from(inputs, (u) => {
    const [first, second] = unitaries.map((U) => multiplied(multiplied(U, difference), adjoint(U)));
    difference = combined(0.8 * u, first!, 0.8 * (1 - u), second!);
    return hermitianEigenvectors(difference).values.reduce((sum, value) => sum + Math.abs(value) / 2, 0);
  });
  const after = [1, 5, 10, 20].map((n) => distances[n - 1]!);
  digits(after.slice(0, 3), [0.7992345, 0.2827064, 0.03369951], 6e-8);
  expect(after[3]).toBeCloseTo(1.014194e-3, 9);
  for (const [k, distance] of distances.entries()) expect(distance).toBeLessThanOrEqual(0.8 ** (k + 1) + 1e-12);
});

describe("Fujii and Nakajima's reservoir of five qubits", () => {
  const timer = (delay: number, V: number) =>
    readOut(
      fiveQubits(
        `task=timer length=350 at=200 delay=${delay}`,
        `multiplex=${V} washout=150 fit=200 test=0 ridge=1e-9 metrics=(r2)`,
      ),
    );

  test.each([
    [15, 5, 0.9638],
    [20, 10, 0.9843],
    [10, 1, 0.0248],
  ])("a timer of %d rows, %d parts of a row", async (delay, V, r2) => {
    const found = await timer(delay, V);
    expect(found("r2")[0]).toBeCloseTo(r2, 4);
  });

  test("carried by its σ alone, or as a whole with a decay of rate 0: the same", async () => {
    const task = "task=narma2 length=40 seed=5";
    const rows = "multiplex=3 washout=5 fit=30 test=5";
    const quick = await readOut(fiveQubits(task, rows));
    const slow = await readOut(fiveQubits(task, rows, "lindblad {sm(q1)} rate=0"));
    for (const column of ["ex({-sz(b.q0)}).1", "ex({-sz(b.q3)}).2", "ex({-sz(b.q4)}).3"])
      digits([...quick(column)], [...slow(column)], 1e-8);
  });
});

describe("a Kerr oscillator", () => {
  const kerr = (K: number, data: string, more: string): string => `
.param h={1/sqrt(2)}
.dataset ts ${data}
.quantum b
oscillator o levels=14
hamiltonian {${K}*cre(o)*cre(o)*ann(o)*ann(o)}
lindblad {ann(o)} rate=1
input {ann(o)+cre(o)} from=ts.u period=0.5 ${more}
+ features=(ex({h*(ann(o)+cre(o))}) ex({h*1i*(cre(o)-ann(o))}) ex({num(o)}))`;

  test("one row, as SciPy's matrix exponential has it", async () => {
    const found = await readOut(kerr(1, "task=narma2 length=60 seed=12345", "scale=2 offset=-1\n.endquantum\n.train r rule=ridge data=ts washout=5 fit=40 test=15")); // biome-ignore format: one thought
    const names = ["ex({h*(ann(b.o)+cre(b.o))})", "ex({h*1i*(cre(b.o)-ann(b.o))})", "ex({num(b.o)})"];
    digits(names.map((name) => found(name)[0]!), [0.02583806715399, 0.59285686138254, 0.17926519331348], 1e-9); // biome-ignore format: one thought
  });

  test("an episode forgets the one before", async () => {
    const found = await readOut(kerr(1, "task=sine length=60 seed=99 steps=12", "\n.endquantum\n.train r rule=ridge data=ts fit=5 test=0 episode=12 metrics=(phase)")); // biome-ignore format: one thought
    const twice = await readOut(kerr(1, "task=sine length=24 seed=99 steps=12", "\n.endquantum\n.train r rule=ridge data=ts fit=2 test=0 episode=12 metrics=(phase)")); // biome-ignore format: one thought
    const name = "ex({num(b.o)})";
    expect(found(name)).toHaveLength(5);
    digits([...twice(name)], [...found(name).slice(0, 2)], 1e-12);
  });
});

test("a circuit of one capacitor, row by row in closed form", async () => {
  const found = await readOut(`.dataset ts task=narma2 length=30 seed=9
Vin in 0 feed(ts.u period=1m)
R1 in a 1k
C1 a 0 1u
.options reltol=1e-8
.train r rule=ridge data=ts features=(v(a) v(in)) multiplex=2 washout=2 fit=20 test=8`);
  const u = found("u");
  const q = Math.exp(-0.5);
  let v = 0;
  for (let k = 0; k < 30; k++) {
    for (const part of [1, 2]) {
      v = u[k]! + (v - u[k]!) * q;
      expect(Math.abs(found(`v(a).${part}`)[k]! - v)).toBeLessThan(1e-7);
      expect(found(`v(in).${part}`)[k]).toBeCloseTo(u[k]!, 12);
    }
  }
});

describe("pairs of qubits", () => {
  const prepared = (extra: string, rows: string): string => `.dataset ts task=pairs length=60 seed=3
.quantum b
qubit q0 state=g
qubit q1 state=g
${extra}
input {0.5*sy(q0)} from=ts.ya period=1
input {0.5*sy(q1)} from=ts.yb period=1
input {sz(q0)*sz(q1)} from=ts.zz period=1
input {0.5*sx(q0)} from=ts.xa period=1
input {0.5*sx(q1)} from=ts.xb period=1
input {0.5*sz(q0)} from=ts.za period=1
input {0.5*sz(q1)} from=ts.zb period=1
.endquantum
.train r rule=ridge data=ts ${rows}`;

  test("their concurrence is sin(ya)·sin(yb), or 0", async () => {
    const found = await readOut(prepared("", "features=(concurrence(q0,q1)) episode=5 fit=12 test=0"));
    const { inputs, targets } = seriesTasks.pairs.make(60, 3, {});
    const expected = Array.from({ length: 12 }, (_, k) => targets["y"]![5 * k]! * Math.sin(inputs["ya"]![5 * k]!) * Math.sin(inputs["yb"]![5 * k]!)); // biome-ignore format: one thought
    expect(new Set(expected.map((value) => value > 0.7)).size).toBe(2);
    digits([...found("concurrence(b.q0,b.q1)")], expected, 2e-7);
  });

  test("turned by a matrix a row, or carried with a decay of rate 0: the same", async () => {
    const rows = "features=(ex({sx(q0)*sy(q1)}) ex({sz(q1)})) multiplex=2 washout=5 fit=45 test=10";
    const quick = await readOut(prepared("", rows));
    const slow = await readOut(prepared("lindblad {sm(q1)} rate=0", rows));
    for (const column of ["ex({sx(b.q0)*sy(b.q1)}).1", "ex({sx(b.q0)*sy(b.q1)}).2", "ex({sz(b.q1)}).2"])
      digits([...quick(column)], [...slow(column)], 1e-8);
  });
});

test("a network of memristors, neurons and samplers is x ← tanh(Wx + wu)", async () => {
  const N = 4;
  const found = await readOut(`.dataset ts task=narma2 length=30 seed=9
.model pair synapse(kind=pair gunit=10u gmin=50u gmax=200u ith=1m)
.model tanh neuron(activation=tanh iu=10u vu=1 bias=none)
Vu u 0 feed(ts.u period=1m)
Vclk clk 0 pulse(0 1 0 0 0 0.5m 1m)
.for i = 1 to ${N}
YSYNAPSE in{i} u (p{i},m{i}) pair w={2*lcg(3,i)-1}
.for j = 1 to ${N}
YSYNAPSE w{i}_{j} x{j} (p{i},m{i}) pair w={lcg(4,${N}*i+j)-0.5}
.endfor
YNEURON n{i} (p{i},m{i}) y{i} tanh
YHOLD h{i} y{i} x{i} clk
.endfor
.train r rule=ridge data=ts features=(v(y*)) washout=2 fit=20 test=8`);
  const u = found("u");
  let x = new Float64Array(N);
  for (let k = 0; k < 30; k++) {
    const W = (i: number, j: number) => lcg(4, N * (i + 1) + j + 1) - 0.5;
    x = x.map((_, i) => Math.tanh(x.reduce((sum, it, j) => sum + W(i, j) * it, (2 * lcg(3, i + 1) - 1) * u[k]!)));
    digits(
      Array.from(x, (_, i) => found(`v(y${i + 1})`)[k]!),
      [...x],
      1e-9,
    );
  }
});
