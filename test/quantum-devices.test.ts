import { describe, expect, test } from "vitest";
import { monitored } from "../src/analysis/quantum/monitored.js";
import { dop853 } from "../src/numerics/integrators/dop853.js";
import { adjoint, combined, multiplied } from "../src/numerics/linear/complex-matrix.js";
import { hermitianEigenvectors } from "../src/numerics/linear/hermitian-eigenvectors.js";
import { Random } from "../src/numerics/random.js";
import { pure, trace } from "../src/quantum/density-matrix.js";
import { FeedbackWindow, follow, NoPhotonNumber, PastTooLong } from "../src/quantum/feedback-window.js";
import {
  DiffusionTooSmall,
  LcEquation,
  type LcMemristor,
  lc,
  lcPurity,
  lcVacuum,
} from "../src/quantum/lc-memristor.js";
import { sx, sz } from "../src/quantum/local-operators.js";
import { blochVector, purity, smallestEigenvalue } from "../src/quantum/measures.js";
import { operator } from "../src/quantum/operator.js";
import { lindblad } from "../src/quantum/propagators/lindblad.js";
import { qubitKet } from "../src/quantum/qubit-states.js";
import { constantRate, standardRate } from "../src/quantum/rates.js";
import { spaceOf } from "../src/quantum/space.js";
import { WeakMeasurement } from "../src/quantum/weak-measurement.js";
import { carried, grid, qubits } from "./quantum-dynamics.js";
import { distance, randomMatrix, randomState } from "./random-quantum.js";

function done(work: Generator<undefined, void, undefined>): void {
  while (!work.next().done);
}

const swing = (t: number) => Math.sin(Math.PI * t) ** 2;

/** R(t) in the limit of an input that was there for ever. */
function closed(window: number) {
  const u = Math.PI * window;
  return (t: number) => 0.5 - (0.5 * Math.sin(u) * Math.cos(2 * Math.PI * t - u)) / u;
}

describe("the photonic memristor's window", () => {
  test.each([0.371, 0.5, 1, 0.03, 7.3])("follows sin² by its closed form, window %f", (T) => {
    const window = new FeedbackWindow(T, -T);
    done(follow(window, swing, 5));
    for (let t = 0; t <= 5; t += 0.01) expect(Math.abs(window.reflectivity(t) - closed(T)(t))).toBeLessThan(1e-13);
  });

  test.each([
    [0.371, 0.1, 0.16129],
    [0.371, 0.25, 0.13769],
    [0.5, 0.1, 0.3129021432],
    [0.5, 0.25, 0.1816901138],
    [1, 0.25, 0.5],
  ])("gives the table: window %f at %f", (T, t, R) => {
    const window = new FeedbackWindow(T, -T);
    done(follow(window, swing, 2));
    expect(window.reflectivity(t)).toBeCloseTo(R, T === 0.371 ? 5 : 10);
  });

  test("an input that leaves 0 … 1 is refused where it does", () => {
    const window = new FeedbackWindow(0.5);
    expect(() => done(follow(window, (t) => 0.5 + t, 2))).toThrow(NoPhotonNumber);
    expect(window.end).toBeCloseTo(0.5, 8); // up to which the input is known
    expect(window.reflectivity(0.4)).toBeCloseTo(0.5 + 0.4 ** 2, 12); // ½ + (1/T)∫t dt
  });

  test("an input that changes too often is refused, with the past that fits", () => {
    const window = new FeedbackWindow(4e9, -4e9);
    expect(() => done(follow(window, swing, 1))).toThrow(PastTooLong);
    expect(window.end).toBeLessThan(-3.9e9);
  });

  test("an edge of the input bends R there and one window later, wherever it is", () => {
    const [edge, T] = [0.7312345, 0.5];
    const window = new FeedbackWindow(T);
    done(follow(window, (t) => (t < edge ? 0.5 : 1), 3)); // nothing says where the edge is
    const R = (t: number) => (t < edge ? 0.5 : t < edge + T ? 0.5 + (0.5 * (t - edge)) / T : 1);
    for (const t of [0.3, edge - 1e-6, edge, edge + 1e-6, 1, edge + T - 1e-6, edge + T, edge + T + 1e-6, 2.9])
      expect(Math.abs(window.reflectivity(t) - R(t))).toBeLessThan(1e-12);
  });
});

describe("eigenvectors", () => {
  test("take random Hermitian matrices apart and make them again", () => {
    const random = new Random("eigenvectors");
    for (const n of [1, 2, 3, 5, 8]) {
      const M = randomMatrix(n, random);
      const A = combined(1, M, 1, adjoint(M));
      const { values, vectors } = hermitianEigenvectors(A);
      const scaled = {
        ...vectors,
        re: vectors.re.map((x, k) => x * values[k % n]!),
        im: vectors.im.map((x, k) => x * values[k % n]!),
      };
      expect(distance(multiplied(scaled, adjoint(vectors)), A)).toBeLessThan(1e-13 * n * n);
    }
  });
});

describe("weak measurement", () => {
  const space = spaceOf(2, 2);

  test("leaves random states states, and pure ones pure, whatever is measured and for how long", () => {
    const random = new Random("weak");
    const observables = [operator(1, [1, sz]), [...operator(0.7, [0, sx]), ...operator(1.3, [0, sz], [1, sx])]];
    for (const observable of observables) {
      for (const h of [1e-6, 0.1, 30]) {
        const measurement = new WeakMeasurement(space, observable, 0.8);
        const { rho } = measurement.measured(randomState(space, random), h, random);
        expect(smallestEigenvalue(rho)).toBeGreaterThan(-1e-13);
        expect(trace(rho)).toBeCloseTo(1, 13);
        const alone = new WeakMeasurement(spaceOf(2), operator(1, [0, sx]), 0.8);
        expect(purity(alone.measured(pure(qubitKet(0.3, 0.7)), h, random).rho)).toBeCloseTo(1, 12);
      }
    }
  });

  test("the mean over records is dephasing at 4k, and the record tells σz with variance 1/(8kt)", () => {
    const random = new Random("weak", 5);
    const [k, t, steps, runs] = [0.1, 2, 5, 4000];
    const measurement = new WeakMeasurement(spaceOf(2), operator(1, [0, sz]), k);
    const start = pure(qubitKet(0.4, 0));
    let [x, x2, y, y2] = [0, 0, 0, 0];
    for (let run = 0; run < runs; run++) {
      let [rho, record] = [start, 0];
      for (let step = 0; step < steps; step++) {
        const known = measurement.measured(rho, t / steps, random);
        rho = known.rho;
        record += known.record / t;
      }
      const [bx] = blochVector(rho, 0);
      [x, x2, y, y2] = [x + bx / runs, x2 + bx ** 2 / runs, y + record / runs, y2 + record ** 2 / runs];
    }
    const z = Math.cos(0.8);
    expect(Math.abs(x - Math.sin(0.8) * Math.exp(-4 * k * t))).toBeLessThan(4 * Math.sqrt((x2 - x * x) / runs));
    expect(Math.abs(y - z)).toBeLessThan(4 * Math.sqrt((y2 - y * y) / runs));
    // One of ±1, and a normal deviation: the steps' deviations add to that of the whole.
    expect((y2 - y * y) / (1 - z * z + 1 / (8 * k * t))).toBeCloseTo(1, 1);
  });
});

describe("a watched register", () => {
  test("is on the mean where the master equation has it, driven and damped as it may be", () => {
    const [k, t, steps, runs] = [0.2, 2, 40, 200];
    const drive = operator(0.6, [0, sx]);
    const dynamics = qubits([standardRate(0.3, 1)], drive);
    const accuracy = { relative: 1e-8, maxSteps: 1e6, maxStep: t };
    const carrier = lindblad.prepare(dynamics, accuracy);
    const measurements = [new WeakMeasurement(dynamics.space, operator(1, [0, sz]), k)];
    const start = pure(qubitKet(0.4, 0.5));
    const sum = [0, 0, 0, 0];
    const squares = [0, 0, 0, 0];
    let smallest = 1;
    for (let run = 0; run < runs; run++) {
      const records = new Float64Array(1);
      const work = monitored(
        { carrier, measurements, records, actions: [] },
        start,
        grid(0, t, steps),
        new Random("watched", run),
        (time, rho) => {
          if (time < t) return;
          smallest = Math.min(smallest, smallestEigenvalue(rho));
          for (const [n, value] of [...blochVector(rho, 0), records[0]!].entries()) {
            sum[n]! += value / runs;
            squares[n]! += value ** 2 / runs;
          }
        },
        { steps: 0 },
      );
      while (!work.next().done);
    }
    const lossy = { ...dynamics, jumps: [{ operator: operator(1, [0, sz]), rate: constantRate(2 * k) }] };
    const seen: number[] = [];
    const mean = carried(lindblad.prepare(lossy, accuracy), start, grid(0, t, 1000), (_, rho) =>
      seen.push(blochVector(rho, 0)[2]),
    );
    const record = seen.slice(1).reduce((all, z, n) => all + ((z + seen[n]!) / 2) * (t / 1000), 0);
    for (const [n, value] of [...blochVector(mean, 0), record].entries()) {
      const error = Math.sqrt((squares[n]! - sum[n]! ** 2) / runs);
      expect(Math.abs(sum[n]! - value), `component ${n}`).toBeLessThan(4 * error);
    }
    expect(smallest).toBeGreaterThan(-1e-10);
  });
});

describe("the LC memristor", () => {
  const paper: LcMemristor = {
    capacitance: 1,
    inductance: 1,
    hbar: 1,
    strength: 0,
    rate: (mu) => 0.1 * (1 - Math.sin(mu)),
    diffusion: undefined,
  };
  const at = (of: LcMemristor, t: number): Float64Array => {
    const control = { relative: 1e-14, maxStep: 1, maxSteps: 1e5 };
    const work = dop853.integrate(new LcEquation(of), 0, lcVacuum(of, 2, 0, 0), t, control, () => undefined);
    for (;;) {
      const next = work.next();
      if (next.done) return next.value.x;
    }
  };

  test.each([
    [1, 1.0010379127, 1.603383594, 0.0001062938],
    [5, 0.5624235292, -1.2968788559, 0.2207758234],
    [10, -0.6856903927, undefined, -0.1941196258],
    [20, 0.1301789577, undefined, undefined],
  ])("moves by the table without noise, t = %d", (t, q, phi, current) => {
    const y = at(paper, t);
    expect(y[lc.q]).toBeCloseTo(q, 9);
    if (phi !== undefined) expect(y[lc.phi]).toBeCloseTo(phi, 9);
    if (current !== undefined) expect(2 * paper.rate(y[lc.mu]!, t) * y[lc.q]!).toBeCloseTo(current, 9);
    expect([y[lc.qq], y[lc.ff], y[lc.qf]].map((v) => Number(v!.toFixed(10)) + 0)).toEqual([0.5, 0.5, 0]);
  });

  test.each([
    [1, 0.4629908756, 0.5506697016, -0.0622453561, 0.9978458547],
    [5, 0.4997696857, 0.5280358351, -0.0573040172, 0.979427602],
  ])("is squeezed by being measured, t = %d", (t, qq, ff, qf, pure) => {
    const y = at({ ...paper, strength: 0.05 }, t);
    expect(y[lc.qq]).toBeCloseTo(qq, 9);
    expect(y[lc.ff]).toBeCloseTo(ff, 9);
    expect(y[lc.qf]).toBeCloseTo(qf, 9);
    expect(lcPurity(y, 1)).toBeCloseTo(pure, 9);
  });

  test("a bath that diffuses less than it damps is refused", () => {
    expect(() => at({ ...paper, diffusion: 0.05 }, 1)).toThrow(DiffusionTooSmall);
    expect(() => at({ ...paper, diffusion: 0.2 }, 20)).not.toThrow();
  });
});
