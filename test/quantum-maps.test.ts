import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binomial } from "../src/numerics/binomial.js";
import {
  adjoint,
  type ComplexMatrix,
  identityMatrix,
  kronecker,
  multiplied,
} from "../src/numerics/linear/complex-matrix.js";
import { integral } from "../src/numerics/quadrature.js";
import { Random } from "../src/numerics/random.js";
import { dampedByCircuit, dampingCircuit } from "../src/quantum/ancilla.js";
import { channelKinds, krausOperators } from "../src/quantum/channel-kinds.js";
import { couplingGate, couplingKinds, usualAngle } from "../src/quantum/couplings.js";
import { DampingMap } from "../src/quantum/damping-map.js";
import { copyOf, pure, reordered, trace } from "../src/quantum/density-matrix.js";
import { gateKinds, gateMatrix } from "../src/quantum/gates.js";
import { LocalAction, throughChannel } from "../src/quantum/local-action.js";
import { annihilation, sm } from "../src/quantum/local-operators.js";
import { smallestEigenvalue } from "../src/quantum/measures.js";
import { memristorSignals } from "../src/quantum/memristor.js";
import { digital } from "../src/quantum/propagators/digital.js";
import { exact } from "../src/quantum/propagators/exact.js";
import { bellKets, qubitKet } from "../src/quantum/qubit-states.js";
import { constantRate, NegativeRate, rateOf, rateOfIntegral, standardRate } from "../src/quantum/rates.js";
import { measured } from "../src/quantum/shots.js";
import { spaceOf } from "../src/quantum/space.js";
import { carried, ended, grid, memristors, oscillator, qubits } from "./quantum-dynamics.js";
import { conjugated, distance, randomKet, randomMatrix, randomState, randomUnitary } from "./random-quantum.js";

const seeds = fc.integer({ min: 0, max: 1e6 });
const T = 2 * Math.PI;

/** A on one system of a register, by Kronecker products. */
const spread = (matrices: readonly ComplexMatrix[]) => matrices.reduce((a, b) => kronecker(a, b));

describe("local actions", () => {
  test("are dense Kronecker products, whatever the systems and their order", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random("local", seed);
        const space = spaceOf(2, 3, 2);
        const rho = randomState(space, random);
        const [a, b, c] = [randomMatrix(2, random), randomMatrix(3, random), randomMatrix(2, random)];
        const one = (n: number) => identityMatrix(n);
        const onTwo = new LocalAction(space, [1], b).onBothSides(rho);
        expect(distance(onTwo, conjugated(spread([one(2), b, one(2)]), rho))).toBeLessThan(1e-12);
        const outer = new LocalAction(space, [2, 0], kronecker(c, a)).onBothSides(rho);
        expect(distance(outer, conjugated(spread([a, one(3), c]), rho))).toBeLessThan(1e-11);
        const psi = randomKet(space, random);
        const turned = pure(new LocalAction(space, [0, 1], kronecker(a, b)).on(psi));
        expect(distance(turned, conjugated(spread([a, b, one(2)]), pure(psi)))).toBeLessThan(1e-11);
      }),
      { numRuns: 20 },
    );
  });

  test("all gates, couplings and channels keep probability, and take random states to states", () => {
    const random = new Random("channels");
    const total = (kraus: readonly ComplexMatrix[]) =>
      kraus
        .map((matrix) => multiplied(adjoint(matrix), matrix))
        .reduce((sum, m) => ({
          size: m.size,
          re: sum.re.map((x, k) => x + m.re[k]!),
          im: sum.im.map((x, k) => x + m.im[k]!),
        }));
    const all = [
      ...gateKinds.map((kind) => [gateMatrix(kind, random.normal())]),
      ...couplingKinds.map((kind) => [couplingGate(kind, random.normal())]),
      ...channelKinds.map((kind) => krausOperators(kind, random.uniform())),
    ];
    for (const kraus of all) {
      const { size } = kraus[0]!;
      expect(distance(total(kraus), identityMatrix(size))).toBeLessThan(1e-14);
      const space = spaceOf(2, 2);
      const actions = kraus.map((matrix) => new LocalAction(space, size === 2 ? [1] : [1, 0], matrix));
      const rho = throughChannel(actions, pure(randomKet(space, random)));
      expect(trace(rho)).toBeCloseTo(1, 13);
      expect(smallestEigenvalue(rho)).toBeGreaterThan(-1e-14);
    }
  });

  test("couplings at their usual angle are the gates of their names; rotations turn by half their angle", () => {
    for (const kind of ["cx", "cz", "swap"] as const) {
      expect(distance(couplingGate(kind, usualAngle[kind]!), gateMatrix(kind))).toBeLessThan(1e-14);
    }
    for (const [kind, way] of [
      ["crx", 1],
      ["cry", -1],
      ["crz", -1],
    ] as const) {
      expect(distance(couplingGate(kind, 0.7), gateMatrix(kind, way * 0.7))).toBeLessThan(1e-15);
    }
    for (const kind of ["xx", "yy", "zz"] as const)
      expect(distance(couplingGate(kind, 0.35), gateMatrix(`r${kind}`, 0.7))).toBeLessThan(1e-15);
    // RY(θ)|0⟩ = cos θ/2 |0⟩ + sin θ/2 |1⟩, and |1⟩ = |e⟩ comes first.
    expect([...gateMatrix("ry", 0.6).re].map((x) => x.toFixed(12))).toEqual(
      [Math.cos(0.3), Math.sin(0.3), -Math.sin(0.3), Math.cos(0.3)].map((x) => x.toFixed(12)),
    );
    // H and CNOT make (|00⟩ + |11⟩)/√2 of |00⟩.
    const space = spaceOf(2, 2);
    const h = new LocalAction(space, [0], gateMatrix("h"));
    const cnot = new LocalAction(space, [0, 1], gateMatrix("cnot"));
    const start = { space, re: Float64Array.of(0, 0, 0, 1), im: new Float64Array(4) };
    expect(distance(pure(cnot.on(h.on(start))), pure(bellKets["phi+"]!))).toBeLessThan(1e-15);
  });
});

describe("damping", () => {
  test("is the ancilla's circuit, gate by gate, on any qubit of any state", () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 1e-12, max: 5, noNaN: true }), (seed, lost) => {
        const rho = randomState(spaceOf(2, 2), new Random("ancilla", seed));
        for (const system of [0, 1]) {
          const mapped = copyOf(rho);
          new DampingMap(memristors(2, 0), system).apply(mapped, lost, 0);
          expect(distance(mapped, dampedByCircuit(rho, system, lost))).toBeLessThan(1e-14);
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    [0.4, 0, 0.233097295771],
    [0.4, 1, 0.250083768791],
    [0.4, 5, 0.448609853114],
    [0.4, 30, 0.233097295771],
    [0.2, 0, 0.164918236653],
    [0.2, 1, 0.17695151779],
    [0.02, 5, 0.1007163262],
  ])("the circuit's angle for γ₀ = %d at step %i of 30 is %d", (gamma0, m, theta) => {
    const lost = standardRate(gamma0, 1).between((m * Math.PI) / 15, ((m + 1) * Math.PI) / 15);
    expect(dampingCircuit(lost)[0]!.angle).toBeCloseTo(theta, 11);
  });

  test("of an oscillator is the channel of its Kraus operators √((1−η)^m/m!) √η^n a^m", () => {
    const n = 6;
    const lost = 0.7;
    const eta = Math.exp(-lost);
    const space = spaceOf(n);
    const rho = randomState(space, new Random("loss"));
    const kraus: ComplexMatrix[] = [];
    let power = identityMatrix(n);
    let scale = 1;
    for (let m = 0; m < n; m++) {
      const matrix = { size: n, re: new Float64Array(n * n), im: new Float64Array(n * n) };
      for (let k = 0; k < n * n; k++) matrix.re[k] = scale * Math.sqrt(eta) ** Math.floor(k / n) * power.re[k]!;
      kraus.push(matrix);
      power = multiplied(annihilation(n), power);
      scale *= Math.sqrt((1 - eta) / (m + 1));
    }
    const mapped = copyOf(rho);
    new DampingMap(oscillator(n, constantRate(0)), 0).apply(mapped, lost, 0);
    const channel = throughChannel(
      kraus.map((matrix) => new LocalAction(space, [0], matrix)),
      rho,
    );
    expect(distance(mapped, channel)).toBeLessThan(1e-14);
  });

  test("on one half of an entangled pair stays a state: the map is completely positive", () => {
    for (const d of [2, 3, 5]) {
      const space = spaceOf(d, d);
      const psi = { space, re: new Float64Array(d * d), im: new Float64Array(d * d) };
      for (let k = 0; k < d; k++) psi.re[k * (d + 1)] = 1 / Math.sqrt(d);
      const systems = [0, 1].map(() => ({ kind: d === 2 ? "qubit" : "oscillator", omega: 1 }) as const);
      const dynamics = { ...oscillator(d, constantRate(0)), space, systems };
      for (const system of [0, 1]) {
        const rho = pure(psi);
        new DampingMap(dynamics, system).apply(rho, 0.9, 0.4);
        expect(trace(rho)).toBeCloseTo(1, 14);
        expect(smallestEigenvalue(rho)).toBeGreaterThan(-1e-14);
      }
    }
  });

  test("does not depend on the order of the systems", () => {
    const rates = [constantRate(0.3), standardRate(0.5, 1), constantRate(0.1)];
    const rho = randomState(spaceOf(2, 2, 2), new Random("permuted"));
    const accuracy = { relative: 1e-10, maxSteps: 1e5 };
    const times = grid(0, 7, 3);
    const straight = carried(exact.prepare(qubits(rates), accuracy), rho, times);
    const order = [2, 0, 1];
    const other = carried(exact.prepare(qubits(order.map((k) => rates[k]!)), accuracy), reordered(rho, order), times);
    expect(distance(other, reordered(straight, order))).toBeLessThan(1e-15);
  });
});

describe("rates", () => {
  test("the closed integral of the standard rate is its quadrature, and has the printed values", () => {
    const gamma = (t: number) => 0.2 * (1 - Math.sin(Math.cos(t)));
    const rate = standardRate(0.2, 1);
    for (const [t, K] of [
      [1, 0.052271400393],
      [5, 1.170488924507],
      [20, 3.838518282492],
    ] as const) {
      expect(rate.between(0, t)).toBeCloseTo(K, 12);
      expect(Math.abs(rateOf(gamma).between(0, t) - rate.between(0, t))).toBeLessThan(1e-13);
    }
    // Far out and over a short span no digits are lost.
    expect(rate.between(1e6, 1e6 + 1e-3) / rateOf(gamma).between(1e6, 1e6 + 1e-3)).toBeCloseTo(1, 9);
    expect(standardRate(1, 0).between(0, 3)).toBeCloseTo(3 * (1 - Math.sin(1)), 14);
  });

  test("a narrow pulse between two breakpoints is not stepped over", () => {
    const pulse = (t: number) => (t >= 5 && t < 5.001 ? 1000 : 0);
    expect(rateOf(pulse, { breakpoints: [5, 5.001] }).between(0, 100)).toBeCloseTo(1, 12);
  });

  test("quadrature: polynomials exactly, an integrable singularity, nothing over no span", () => {
    expect(integral((t) => t ** 22, 0, 1)).toBeCloseTo(1 / 23, 15);
    expect(integral((t) => 1 / Math.sqrt(t), 0, 1)).toBeCloseTo(2, 7);
    expect(integral(Math.exp, 1, 1)).toBe(0);
  });

  test("a rate that turns negative is refused with the time, unless that is allowed", () => {
    const swing = (t: number) => 0.1 * Math.cos(t) + 0.05;
    const start = pure(qubitKet(0.3, 0));
    const end = ended(exact.prepare(qubits([rateOf(swing)]), { relative: 1e-10, maxSteps: 1e5 }), start, grid(0, 6, 6));
    expect(end.outcome).toBe("negative rate");
    if (end.outcome === "negative rate") expect(end.time).toBeCloseTo(Math.acos(-0.5), 6);
    const free = qubits([rateOf(swing, { mayBeNegative: true })]);
    const excited: number[] = [];
    carried(exact.prepare(free, { relative: 1e-10, maxSteps: 1e5 }), start, grid(0, T, 60), (_, rho) =>
      excited.push(rho.re[0]!),
    );
    // Revival: what had decayed comes back while the rate is negative.
    expect(excited[30]).toBeGreaterThan(excited[20]!);
    expect(excited[60]).toBeCloseTo(Math.cos(0.3) ** 2 * Math.exp(-0.05 * T), 12);
  });

  test("given by its integral may be singular", () => {
    const rate = rateOfIntegral((t) => 0.1 * Math.sqrt(t), 1);
    const rho = carried(
      exact.prepare(qubits([rate]), { relative: 1e-10, maxSteps: 10 }),
      pure(qubitKet(0.3, 0)),
      Float64Array.of(4),
    );
    expect(rho.re[0]).toBeCloseTo(Math.cos(0.3) ** 2 * Math.exp(-0.2), 14);
    expect(rate.at(4)).toBeCloseTo(0.05 / 2, 9);
    const falling = rateOfIntegral((t) => Math.sin(t), 1);
    expect(() => falling.between(1.5, 3)).toThrow(NegativeRate);
    expect(falling.at(1.5)).toBeCloseTo(Math.cos(1.5), 9);
    expect(() => falling.at(2)).toThrow(expect.objectContaining({ time: expect.closeTo(Math.PI / 2, 9) }));
    const free = rateOfIntegral((t) => Math.sin(t), 1, { mayBeNegative: true });
    expect(free.at(2)).toBeCloseTo(Math.cos(2), 9);
    expect(rateOfIntegral(() => 1e3, 1).at(2)).toBeCloseTo(0, 9); // a rate of 0 is none that is negative, whatever rounds
  });
});

describe("shots", () => {
  test("binomial numbers follow their distribution: chi squared below its 99.9 % point", () => {
    const random = new Random("binomial");
    for (const [n, p, limit] of [
      [12, 0.3, 34.5],
      [40, 0.5, 75],
      [60, 0.85, 75],
    ] as const) {
      const counts = new Float64Array(n + 1);
      const draws = 40_000;
      for (let k = 0; k < draws; k++) counts[binomial(random, n, p)]!++;
      let chi = 0;
      let rest = [0, 0];
      let probability = (1 - p) ** n;
      for (let k = 0; k <= n; k++) {
        const expected = draws * probability;
        if (expected < 5) rest = [rest[0]! + counts[k]!, rest[1]! + expected];
        else chi += (counts[k]! - expected) ** 2 / expected;
        probability *= ((n - k) / (k + 1)) * (p / (1 - p));
      }
      if (rest[1]! > 1) chi += (rest[0]! - rest[1]!) ** 2 / rest[1]!;
      expect(chi).toBeLessThan(limit);
    }
    expect([binomial(random, 5, 0), binomial(random, 5, 1), binomial(random, 0, 0.4)]).toEqual([0, 5, 0]);
  });

  test("5000 a step, 400 runs: V and I scatter as the binomial says, about the right mean", () => {
    const times = grid(0, T, 30);
    const dynamics = memristors(1, 0.4);
    const signals = memristorSignals(dynamics, 0);
    const means: number[] = [];
    const rates: number[] = [];
    carried(digital(dynamics, []), pure(qubitKet(Math.PI / 4, Math.PI / 5)), times, (t, rho) => {
      means.push(-signals.voltage(rho, t) * 2 * Math.SQRT2);
      rates.push(signals.rate(t));
    });
    const runs = 400;
    let [ratio, worst] = [0, 0];
    means.forEach((mean, step) => {
      let [sum, squares] = [0, 0];
      for (let run = 0; run < runs; run++) {
        const probabilities = Float64Array.of((1 + mean) / 2, (1 - mean) / 2);
        const outcomes = { values: Float64Array.of(1, -1), probabilities };
        const y = measured(new Random("shots", 1, run).at(step), outcomes, 5000);
        sum += y - mean;
        squares += (y - mean) ** 2;
      }
      const expected = Math.sqrt((1 - mean ** 2) / 5000);
      ratio += Math.sqrt(squares / runs) / expected / means.length;
      worst = Math.max(worst, Math.abs(sum / runs) / (expected / Math.sqrt(runs)));
    });
    expect(ratio).toBeGreaterThan(0.98);
    expect(ratio).toBeLessThan(1.02);
    expect(worst).toBeLessThan(4);
    // sd(V) = A/2·sd⟨σy⟩, largest where ⟨σy⟩ = 0.
    expect(Math.SQRT1_2 / 2 / Math.sqrt(5000)).toBeCloseTo(0.005, 12);
  });
});

test("random unitary matrices of these tests are unitary, and |g⟩⟨e| lowers", () => {
  const u = randomUnitary(5, new Random("u"));
  expect(distance(multiplied(adjoint(u), u), identityMatrix(5))).toBeLessThan(1e-14);
  expect([...sm.re]).toEqual([0, 0, 1, 0]);
});
