import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { besselUpTo } from "../src/numerics/bessel.js";
import { dop853 } from "../src/numerics/integrators/dop853.js";
import { Random } from "../src/numerics/random.js";
import { type CouplingKind, couplingOperator } from "../src/quantum/couplings.js";
import {
  type DensityMatrix,
  hermiticity,
  productState,
  pure,
  reordered,
  trace,
} from "../src/quantum/density-matrix.js";
import type { Dynamics } from "../src/quantum/dynamics.js";
import { concurrence, negativity, spread } from "../src/quantum/entanglement.js";
import { annihilation, creation, sm, sx, sy, sz } from "../src/quantum/local-operators.js";
import { blochVector, purity, smallestEigenvalue } from "../src/quantum/measures.js";
import { memristorSignals } from "../src/quantum/memristor.js";
import { type Operator, operator, scaled } from "../src/quantum/operator.js";
import { coherentKet } from "../src/quantum/oscillator-states.js";
import { exact } from "../src/quantum/propagators/exact.js";
import {
  lindblad,
  lindbladByChebyshev,
  lindbladByExtrapolation,
  lindbladByRungeKutta,
} from "../src/quantum/propagators/lindblad.js";
import { Trajectories } from "../src/quantum/propagators/trajectories.js";
import { Watch } from "../src/quantum/propagators/watch.js";
import { bellKets, qubitKet } from "../src/quantum/qubit-states.js";
import { constantRate, rateOf, rateOfIntegral, standardRate } from "../src/quantum/rates.js";
import { spaceOf } from "../src/quantum/space.js";
import { expectation, expectationInKet, sparse } from "../src/quantum/sparse-operator.js";
import { carried, ended, grid, memristors, oscillator, qubits } from "./quantum-dynamics.js";
import { distance, randomKet, randomState } from "./random-quantum.js";

const T = 2 * Math.PI;
const g = 0.066845076098596;
const accuracy = { relative: 1e-10, maxSteps: 1e6 };
const plus = pure(qubitKet(Math.PI / 4, 0));
const coupled = (kind: CouplingKind, ...pairs: readonly (readonly [number, number])[]): Operator =>
  pairs.flatMap(([a, b]) => scaled(couplingOperator(kind, a, b), g));
const methods = [lindbladByRungeKutta, lindbladByExtrapolation];

describe("DOP853", () => {
  // v' = −v² + s(t) with v = 1/(1 + t) + sin t
  const v = (t: number) => 1 / (1 + t) + Math.sin(t);
  const system = {
    size: 1,
    negligible: Float64Array.of(1e-6),
    rate(t: number, y: Float64Array, out: Float64Array) {
      out[0] = Math.cos(t) - 1 / (1 + t) ** 2 + v(t) ** 2 - y[0]! ** 2;
      return true;
    },
  };
  const largestError = (step: number, inside: number): number => {
    let largest = 0;
    const out = new Float64Array(1);
    const control = { relative: 1e-10, maxStep: 1, maxSteps: 1000, fixed: { step, order: 8 } };
    const run = dop853.integrate(system, 0, Float64Array.of(1), 2, control, ({ t, h, x, interpolate }) => {
      interpolate(t + inside * h, out);
      largest = Math.max(largest, Math.abs((inside === 1 ? x[0]! : out[0]!) - v(t + inside * h)));
      return undefined;
    });
    while (!run.next().done);
    return largest;
  };

  test("is of order 8 at its steps and at least 7 within", () => {
    expect(Math.log2(largestError(0.5, 1) / largestError(0.25, 1))).toBeGreaterThan(7.5);
    expect(Math.log2(largestError(0.5, 0.4) / largestError(0.25, 0.4))).toBeGreaterThan(6.5);
  });
});

describe.each(methods.map((method) => [method.name, method] as const))("the master equation by %s", (name, method) => {
  test("two memristors, yy: the printed values, and I = ΓV to the last digit", () => {
    // t/T, C, V, I, ⟨sx⟩, purity
    const rows = [
      [0.25, 0.0964814811, -0.3483631765, -0.006967263529, -0.0110948646, 0.9878475846],
      [1, 0.3205317205, -0.0123010296, -0.000039001402, 0.8638801206, 0.8997046259],
      [2, 0.5252062136, -0.0326389262, -0.000103484337, 0.6119057513, 0.810463716],
      [5, 0.406711455, -0.0539068093, -0.000170915868, -0.2323196719, 0.6229068697],
      [7, 0.016559397, -0.0077269481, -0.000024498909, -0.454060174, 0.6291735718],
      [10, 0.203057024, 0.0659452787, 0.000209084802, -0.1932123891, 0.6919680463],
      [15, 0, -0.0098786761, -0.000031321136, 0.2383177245, 0.7926256138],
    ];
    const dynamics = memristors(2, 0.02, coupled("yy", [0, 1]));
    const signals = memristorSignals(dynamics, 0);
    const times = Float64Array.from(rows, ([t]) => T * t!);
    let k = 0;
    const rho = carried(method.prepare(dynamics, accuracy), productState(plus, plus), times, (t, state) => {
      const V = signals.voltage(state, t);
      const I = signals.current(state, t);
      const found = [t / T, concurrence(state, 0, 1), V, I, blochVector(state, 0)[0], purity(state)];
      rows[k++]!.forEach((value, column) => {
        expect(Math.abs(found[column]! - value)).toBeLessThan(2e-10);
      });
      expect(Math.abs(I - signals.rate(t) * V)).toBeLessThan(1e-12);
      expect(Math.abs(trace(state) - 1)).toBeLessThan(1e-12);
      expect(hermiticity(state)).toBe(0);
      expect(smallestEigenvalue(state)).toBeGreaterThan(-1e-9);
    });
    expect(k).toBe(7);
    expect(trace(rho)).toBeCloseTo(1, 12);
  });

  test("honours its tolerance", () => {
    const dynamics = memristors(2, 0.02, coupled("xx", [0, 1]));
    const at = (relative: number) =>
      carried(method.prepare(dynamics, { ...accuracy, relative }), productState(plus, plus), Float64Array.of(5 * T));
    const truth = at(1e-13);
    for (const relative of [1e-5, 1e-7, 1e-9]) expect(distance(at(relative), truth)).toBeLessThan(relative);
  });

  test("agrees with the exact maps on what is uncoupled, and with 30 levels", () => {
    const rho = randomState(spaceOf(2, 2), new Random("exact", name));
    const dynamics = qubits([standardRate(0.3, 1), constantRate(0.2)]);
    const times = Float64Array.of(4, 11);
    const truth = carried(exact.prepare(dynamics, accuracy), rho, times);
    expect(distance(carried(method.prepare(dynamics, accuracy), rho, times), truth)).toBeLessThan(1e-10);
    const modes = oscillator(30, standardRate(0.2, 1));
    const start = pure(coherentKet(30, { re: 2, im: 0 }));
    const cooled = carried(exact.prepare(modes, accuracy), start, times);
    expect(
      distance(carried(method.prepare(modes, { ...accuracy, relative: 1e-9 }), start, times), cooled),
    ).toBeLessThan(1e-9);
  });
});

describe("the master equation", () => {
  test("deaths and births of the entanglement of yy at their times", () => {
    const dynamics = memristors(2, 0.02, coupled("yy", [0, 1]));
    const values: [number, number][] = [];
    let [best, when] = [0, 0];
    carried(lindblad.prepare(dynamics, accuracy), productState(plus, plus), grid(0, 16 * T, 1600), (t, rho) => {
      const s = spread(rho, 0, 1);
      values.push([t / T, s]);
      if (s > best) [best, when] = [s, t / T];
    });
    const turns = values.slice(1).flatMap(([t, s], k) => {
      const [t0, s0] = values[k]!;
      return k > 0 && s > 0 !== s0 > 0 ? [t0 + ((t - t0) * s0) / (s0 - s)] : [];
    });
    [7.05, 8.008, 14.2, 14.325, 14.533, 15.417].forEach((time, k) => {
      expect(Math.abs(turns[k]! - time)).toBeLessThan(0.02);
    });
    expect(Math.abs(when - 3.075)).toBeLessThan(0.02);
    expect(Math.abs(best - 0.6070388065)).toBeLessThan(1e-5); // the grid's nearest
  });

  test.each([
    [
      "yy",
      [
        [0, 1],
        [1, 2],
      ],
      0.24907242,
      0.32396329,
      0,
    ],
    [
      "xx",
      [
        [0, 1],
        [1, 2],
        [0, 2],
      ],
      0.27593451,
      0.14608094,
      0.14608094,
    ],
  ] as const)("three memristors, %s %j", (kind, pairs, n3, c01, c02) => {
    const dynamics = memristors(3, 0.02, coupled(kind, ...pairs));
    const rho = carried(lindblad.prepare(dynamics, accuracy), productState(plus, plus, plus), Float64Array.of(2 * T));
    const N = [0, 1, 2].map((k) =>
      negativity(
        rho,
        [k],
        [0, 1, 2].filter((other) => other !== k),
      ),
    );
    expect(Math.abs(Math.cbrt(N[0]! * N[1]! * N[2]!) - n3)).toBeLessThan(1e-7);
    expect(Math.abs(concurrence(rho, 0, 1) - c01)).toBeLessThan(1e-7);
    expect(Math.abs(concurrence(rho, 0, 2) - c02)).toBeLessThan(1e-7);
  });

  test("Rabi's oscillation of a driven qubit, on resonance in the rotating-wave form", () => {
    // H = Ω/2 (σ₊ e^{−it} + σ₋ e^{it}) on top of σz/2: excited with sin²(Ωt/2)
    const omega = 0.3;
    const drive: Operator = [
      ...operator((t) => (omega / 2) * Math.cos(t), [0, sx]),
      ...operator((t) => (omega / 2) * Math.sin(t), [0, sy]),
    ];
    const dynamics = qubits([constantRate(0)], drive);
    carried(lindblad.prepare(dynamics, accuracy), pure(qubitKet(Math.PI / 2, 0)), grid(0, 30, 10), (t, rho) => {
      expect(Math.abs(rho.re[0]! - Math.sin((omega * t) / 2) ** 2)).toBeLessThan(1e-9);
    });
  });

  test("jumps of any kind: dephasing, and a jump that several systems share", () => {
    const dephasing: Dynamics = {
      ...qubits([constantRate(0)]),
      jumps: [{ operator: operator(1, [0, sz]), rate: constantRate(0.1) }],
    };
    const rho = carried(lindblad.prepare(dephasing, accuracy), plus, Float64Array.of(3));
    expect(Math.hypot(rho.re[1]!, rho.im[1]!)).toBeCloseTo(0.5 * Math.exp(-2 * 0.1 * 3), 10);
    // Collective decay s₋⊗1 + 1⊗s₋: the triplet decays twice as fast, the singlet not at all (R. Dicke, 1954).
    const shared: Dynamics = {
      ...qubits([constantRate(0), constantRate(0)]),
      jumps: [{ operator: [...operator(1, [0, sm]), ...operator(1, [1, sm])], rate: constantRate(0.3) }],
    };
    const bright = carried(lindblad.prepare(shared, accuracy), pure(bellKets["psi+"]!), Float64Array.of(2));
    expect(bright.re[15]).toBeCloseTo(1 - Math.exp(-2 * 0.3 * 2), 10);
    const dark = carried(lindblad.prepare(shared, accuracy), pure(bellKets["psi-"]!), Float64Array.of(2));
    expect(distance(dark, pure(bellKets["psi-"]!))).toBeLessThan(1e-10);
    // A jump whose entries turn at different speeds: σx, which is dephasing in its own basis.
    const flips: Dynamics = {
      ...qubits([constantRate(0)]),
      jumps: [{ operator: operator(1, [0, sx]), rate: constantRate(0.1) }],
    };
    const flipped = carried(lindblad.prepare(flips, accuracy), pure(qubitKet(0, 0)), Float64Array.of(4));
    expect(2 * flipped.re[0]! - 1).toBeCloseTo(Math.exp(-2 * 0.1 * 4), 10);
  });

  test("an oscillator with a drive: ⟨a⟩ relaxes to the displaced steady state", () => {
    // H = ε(a + a†), no free motion: ⟨a⟩ = −(2iε/κ)(1 − e^{−κt/2})
    const n = 20;
    const [epsilon, kappa] = [0.3, 0.8];
    const dynamics: Dynamics = {
      ...oscillator(n, constantRate(kappa)),
      systems: [{ kind: "oscillator", omega: 0 }],
      hamiltonian: [...operator(epsilon, [0, annihilation(n)]), ...operator(epsilon, [0, creation(n)])],
    };
    const a = sparse(dynamics.space, operator(1, [0, annihilation(n)]));
    const rho = carried(
      lindblad.prepare(dynamics, accuracy),
      pure(coherentKet(n, { re: 0, im: 0 })),
      Float64Array.of(5),
    );
    expect(expectation(a, rho).im).toBeCloseTo((-2 * epsilon * (1 - Math.exp(-kappa * 2.5))) / kappa, 9);
    // A driven oscillator's current has the drive's part: I = ΓV − ⟨i[H, p]⟩, and [a + a†, p] = 2iA.
    const { voltage, current } = memristorSignals(dynamics, 0);
    const dp = -kappa * voltage(rho, 0) - 2 * epsilon * Math.SQRT1_2;
    expect(current(rho, 0)).toBeCloseTo(-dp, 12);
  });

  test("does not depend on the order of the systems, and keeps states states", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const random = new Random("lindblad", seed);
        const rates = [0, 1, 2].map(() => standardRate(random.uniform(), 0.5 + random.uniform()));
        const build = (order: readonly number[]) => {
          const place = (k: number) => order.indexOf(k);
          return qubits(
            order.map((k) => rates[k]!),
            [
              ...coupled("xx", [place(0), place(1)]),
              ...coupled("crz", [place(1), place(2)]),
              ...coupled("cry", [place(2), place(0)]),
            ],
          );
        };
        const rho = pure(randomKet(spaceOf(2, 2, 2), random));
        const run = (order: readonly number[]) =>
          carried(lindblad.prepare(build(order), accuracy), reordered(rho, order), Float64Array.of(3));
        const straight = run([0, 1, 2]);
        expect(distance(run([2, 0, 1]), reordered(straight, [2, 0, 1]))).toBeLessThan(1e-10);
        expect(Math.abs(trace(straight) - 1)).toBeLessThan(1e-12);
        expect(smallestEigenvalue(straight)).toBeGreaterThan(-1e-9);
      }),
      { numRuns: 8 },
    );
  });

  test("stops where a rate turns negative, and does not step over a pulse between breakpoints", () => {
    const start: DensityMatrix = pure(qubitKet(0.3, 0));
    const swing = qubits([rateOf((t) => 0.1 * Math.cos(t) + 0.05)], operator(0.1, [0, sx]));
    expect(ended(lindblad.prepare(swing, accuracy), start, Float64Array.of(6))).toMatchObject({
      outcome: "negative rate",
    });
    const pulse = rateOf((t) => (t > 50 && t < 50.01 ? 100 : 0), { breakpoints: [50, 50.01] });
    const rho = carried(lindblad.prepare(qubits([pulse]), accuracy), start, Float64Array.of(100));
    expect(rho.re[0]).toBeCloseTo(Math.cos(0.3) ** 2 * Math.exp(-1), 9);
    const little = { relative: 1e-10, maxSteps: 5 };
    const busy = memristors(2, 0.02, coupled("xx", [0, 1]));
    expect(ended(lindblad.prepare(busy, little), productState(plus, plus), Float64Array.of(200)).outcome).toBe(
      "too many steps",
    );
  });

  test("says where a rate that is given by its integral is singular", () => {
    const singular = qubits([rateOfIntegral(Math.sqrt, 1)], operator(0.1, [0, sx]));
    expect(ended(lindblad.prepare(singular, accuracy), pure(qubitKet(0.3, 0)), Float64Array.of(1))).toMatchObject({
      outcome: "no rate",
      time: expect.closeTo(0, 12),
    });
  });

  test("says when what it is given is no state", () => {
    const rho = pure(qubitKet(0, 0));
    rho.re.set([1.2, 0, 0, -0.2]);
    expect(ended(lindblad.prepare(memristors(1, 0.1), accuracy), rho, Float64Array.of(0.1))).toMatchObject({
      outcome: "not positive",
    });
    expect(exact.refuses(memristors(2, 0.1, coupled("yy", [0, 1])))).toContain("coupled");
  });
});

describe("the master equation of what never changes, by its exponential", () => {
  const chain = (kinds: readonly CouplingKind[], omegas: readonly number[]): Dynamics => ({
    ...qubits(
      omegas.map((_, k) => constantRate(0.02 + 0.05 * k)),
      kinds.flatMap((kind, k) => scaled(couplingOperator(kind, k, k + 1), 0.3)),
    ),
    systems: omegas.map((omega) => ({ kind: "qubit", omega })),
  });
  const times = Float64Array.of(0.7, 3, 20, 40);

  test.each([
    ["yy", chain(["yy", "yy"], [1, 1, 1])],
    ["crx and cry, which have no parity", chain(["crx", "cry"], [1, 0.6, 1.7])],
    ["pswap of equal systems, constant in the rotating frame", chain(["pswap", "pswap"], [1, 1, 1])],
    [
      "jumps that systems share, with complex parts",
      {
        ...chain(["xy", "zz"], [1, 1.2, 0.9]),
        jumps: [
          {
            operator: [...scaled(operator(1, [0, sm]), 0.6, 0.8), ...operator(0.5, [1, sx], [2, sy])],
            rate: constantRate(0.1),
          },
        ],
      },
    ],
    [
      "a qubit beside a system of four levels",
      {
        space: spaceOf(2, 4),
        systems: [
          { kind: "qubit", omega: 1 },
          { kind: "oscillator", omega: 1.1 },
        ],
        dampings: [
          { system: 0, rate: constantRate(0.05) },
          { system: 1, rate: constantRate(0.1) },
        ],
        hamiltonian: [...operator(0.2, [0, sx], [1, creation(4)]), ...operator(0.2, [0, sx], [1, annihilation(4)])],
        jumps: [],
        breakpoints: [],
      },
    ],
  ] as const)("agrees with steps: %s", (_, dynamics) => {
    expect(lindbladByChebyshev.refuses(dynamics)).toBeUndefined();
    const rho = randomState(dynamics.space, new Random("exponential"));
    const found: DensityMatrix[] = [];
    const keep = (_t: number, state: DensityMatrix) =>
      void found.push({ ...state, re: state.re.slice(), im: state.im.slice() });
    carried(lindbladByChebyshev.prepare(dynamics, accuracy), rho, times, keep);
    carried(lindbladByRungeKutta.prepare(dynamics, { ...accuracy, relative: 1e-12 }), rho, times, keep);
    times.forEach((_t, k) => {
      expect(distance(found[k]!, found[times.length + k]!)).toBeLessThan(1e-10);
      expect(Math.abs(trace(found[k]!) - 1)).toBeLessThan(1e-12);
      expect(hermiticity(found[k]!)).toBe(0);
    });
  });

  test("Rabi's oscillation by a constant field: excited with sin²(Ωt/2), at any length of steps", () => {
    const dynamics: Dynamics = {
      ...qubits([constantRate(0)], operator(0.15, [0, sx])),
      systems: [{ kind: "qubit", omega: 0 }],
    };
    const start = pure(qubitKet(Math.PI / 2, 0));
    for (const maxStep of [0.3, 1000]) {
      const carrier = lindbladByChebyshev.prepare(dynamics, { ...accuracy, maxStep });
      carried(carrier, start, grid(0, 1000, 37), (t, rho) => {
        expect(Math.abs(rho.re[0]! - Math.sin(0.15 * t) ** 2)).toBeLessThan(1e-11);
      });
    }
  });

  test("decay much faster than any turning", () => {
    const dynamics = { ...qubits([constantRate(40), constantRate(0)], coupled("xx", [0, 1])) };
    const rho = randomState(spaceOf(2, 2), new Random("fast"));
    const [fast, steps] = [lindbladByChebyshev, lindbladByRungeKutta].map((method) =>
      carried(method.prepare(dynamics, accuracy), rho, Float64Array.of(3)),
    );
    expect(distance(fast!, steps!)).toBeLessThan(1e-10);
  });

  test("is refused where something changes", () => {
    expect(lindbladByChebyshev.refuses(memristors(2, 0.1))).toContain("changes in time");
  });
});

describe("what is watched", () => {
  const watch = () => new Watch(2, 10, 1e-6);
  const state = (...re: number[]): DensityMatrix => ({ ...pure(qubitKet(0, 0)), re: Float64Array.from(re) });

  test("trace, hermiticity and positivity, each with its time", () => {
    const one = watch();
    one.look(0, state(0.5, 0.2, 0.2, 0.5));
    expect(() => one.look(1, state(0.5, 0.2, 0.2, 0.5 + 1e-5))).toThrow(
      expect.objectContaining({ time: 1, lost: "trace", by: expect.closeTo(1e-5, 9) }),
    );
    expect(() => watch().look(2, state(0.5, 0.2, 0.3, 0.5))).toThrow(
      expect.objectContaining({ time: 2, lost: "hermiticity", by: expect.closeTo(0.1, 9) }),
    );
    expect(() => watch().look(3, state(1.1, 0, 0, -0.1))).toThrow(expect.objectContaining({ time: 3, limit: -1e-6 }));
    expect(() => watch().look(4, state(Number.NaN, 0, 0, 1))).toThrow(expect.objectContaining({ lost: "trace" }));
  });
});

describe("Bessel functions", () => {
  test("agree with Abramowitz & Stegun, tables 9.1 and 9.4, and with their sums", () => {
    const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(1e-14);
    close(besselUpTo(2, 1)[0]!, 0.7651976865579666);
    close(besselUpTo(2, 1)[1]!, 0.4400505857449335);
    close(besselUpTo(10, 10)[0]!, -0.2459357644513483);
    for (const z of [1e-300, 1e-120, 1e-89, 1e-8, 0.3, 5, 48, 300]) {
      const J = besselUpTo(Math.ceil(z) + 60, z);
      // J₀² + 2ΣJₖ² = 1 (NIST DLMF 10.23.3)
      close(
        J.reduce((sum, x, k) => sum + (k === 0 ? x * x : 2 * x * x), 0),
        1,
      );
    }
  });
});

describe("trajectories", () => {
  const coarse = { relative: 1e-7, maxSteps: 1e5 };

  test("of one memristor: at most one jump, at times distributed as cos²a (1 − e^{−K})", () => {
    const a = 0.4;
    const rate = standardRate(0.4, 1);
    const all = new Trajectories(qubits([rate]));
    const runs = 1500;
    const end = 12;
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      const jumps: number[] = [];
      const carrier = all.carrier(new Random("jumps", run), coarse, ({ time }) => jumps.push(time));
      carried(carrier, qubitKet(a, 0), Float64Array.of(end));
      expect(jumps.length).toBeLessThanOrEqual(1);
      times.push(...jumps);
    }
    times.sort((p, q) => p - q);
    const cdf = (t: number) => Math.cos(a) ** 2 * (1 - Math.exp(-rate.between(0, t)));
    const gap = times.reduce(
      (most, t, k) => Math.max(most, Math.abs((k + 1) / runs - cdf(t)), Math.abs(k / runs - cdf(t))),
      0,
    );
    // Kolmogorov and Smirnov, 99.9 %.
    expect(gap).toBeLessThan(1.95 / Math.sqrt(runs));
  });

  test("of a coupled pair: their mean is the master equation's", () => {
    const dynamics = memristors(2, 0.3, coupled("xx", [0, 1]));
    const look = [sx, sy, sz].flatMap((s) => [0, 1].map((k) => sparse(dynamics.space, operator(1, [k, s]))));
    const times = Float64Array.of(2, 6);
    const truth: number[] = [];
    carried(lindblad.prepare(dynamics, accuracy), productState(plus, plus), times, (_, rho) =>
      truth.push(...look.map((o) => expectation(o, rho).re)),
    );
    const start = { space: spaceOf(2, 2), re: new Float64Array(4).fill(0.5), im: new Float64Array(4) };
    const all = new Trajectories(dynamics);
    const runs = 400;
    const sums = truth.map(() => [0, 0]);
    for (let run = 0; run < runs; run++) {
      let k = 0;
      carried(all.carrier(new Random("pair", run), coarse), start, times, (_, ket) => {
        for (const o of look) {
          const x = expectationInKet(o, ket).re;
          sums[k]![0]! += x;
          sums[k++]![1]! += x * x;
        }
      });
      expect(k).toBe(truth.length);
    }
    sums.forEach(([sum, squares], k) => {
      const mean = sum! / runs;
      const error = Math.sqrt((squares! / runs - mean ** 2) / runs);
      expect(Math.abs(mean - truth[k]!)).toBeLessThan(4.5 * error + 1e-6);
    });
  });
});
