import { describe, expect, test } from "vitest";
import { type CouplingKind, couplingGate, couplingOperator } from "../src/quantum/couplings.js";
import { type DensityMatrix, hermiticity, productState, pure, trace } from "../src/quantum/density-matrix.js";
import { concurrence } from "../src/quantum/entanglement.js";
import { ketOf, normalized } from "../src/quantum/ket.js";
import { annihilation, momentum, numberOperator, position } from "../src/quantum/local-operators.js";
import { blochVector, populations, purity } from "../src/quantum/measures.js";
import { memristorSignals } from "../src/quantum/memristor.js";
import { operator, scaled } from "../src/quantum/operator.js";
import { catKet, coherentKet } from "../src/quantum/oscillator-states.js";
import { digital } from "../src/quantum/propagators/digital.js";
import { exact } from "../src/quantum/propagators/exact.js";
import { qubitKet } from "../src/quantum/qubit-states.js";
import { standardRate } from "../src/quantum/rates.js";
import { spaceOf } from "../src/quantum/space.js";
import { expectation, sparse } from "../src/quantum/sparse-operator.js";
import { carried, grid, memristors, oscillator } from "./quantum-dynamics.js";

const T = 2 * Math.PI;
const accuracy = { relative: 1e-10, maxSteps: 1e6 };

/** The closed form of an uncoupled memristor, γ₀, angles a and b of its ket. */
function closed(gamma0: number, a: number, b: number) {
  const K = (t: number) => standardRate(gamma0, 1).between(0, t);
  const coherence = (t: number) => Math.sin(2 * a) * Math.exp(-K(t) / 2);
  const rate = (t: number) => gamma0 * (1 - Math.sin(Math.cos(t)));
  const V = (t: number) => (-Math.SQRT1_2 / 2) * coherence(t) * Math.sin(t + b);
  return {
    K,
    sx: (t: number) => coherence(t) * Math.cos(t + b),
    sy: (t: number) => coherence(t) * Math.sin(t + b),
    ee: (t: number) => Math.cos(a) ** 2 * Math.exp(-K(t)),
    V,
    I: (t: number) => rate(t) * V(t),
  };
}

// t, K, ⟨sx⟩, ⟨sy⟩, ρ_ee, V, I
const tables = {
  "γ₀ = 0.2, a = π/8": [
    [0, 0, 0.572061402818, 0.415626937777, 0.853553390593, -0.146946313073, -0.00465905086],
    [1, 0.052271400393, -0.039603211356, 0.687726117316, 0.810082986404, -0.243147900576, -0.02361475468],
    [2, 0.239227368405, -0.546545260795, 0.308068519379, 0.671947845573, -0.108918669561, -0.030589572077],
    [5, 1.170488924507, 0.312363609513, -0.239867862849, 0.264785263388, 0.084806096205, 0.012214225979],
    [10, 2.09318680372, -0.089149086152, -0.231730961967, 0.10523766741, 0.081929267309, 0.028577306611],
    [20, 3.838518282492, -0.021419987498, 0.101508227912, 0.018373139948, -0.035888578151, -0.004329241947],
  ],
  "γ₀ = 0.4, a = π/4": [
    [0, 0, 0.809016994375, 0.587785252292, 0.5, -0.207813468889, -0.013177785827],
    [1, 0.104542800785, -0.054562569092, 0.947501541116, 0.450368122182, -0.334992382454, -0.065069555711],
    [2, 0.478454736809, -0.685793820711, 0.386558080548, 0.309870157081, -0.136668920039, -0.076766339453],
    [5, 2.340977849014, 0.246040720414, -0.18893769947, 0.048116745192, 0.066799564259, 0.019241658552],
    [10, 4.186373607441, -0.044269248977, -0.115071910367, 0.00760065548, 0.040684064072, 0.02838157868],
    [20, 7.677036564983, -0.004444373572, 0.021061659608, 0.000231672981, -0.007446421166, -0.001796524718],
  ],
} as const;

describe("one memristor", () => {
  test.each(Object.entries(tables))("%s: the printed table", (name, printed) => {
    const rows: readonly (readonly number[])[] = printed;
    const [gamma0, a] = name.includes("0.2") ? [0.2, Math.PI / 8] : [0.4, Math.PI / 4];
    const dynamics = memristors(1, gamma0);
    const signals = memristorSignals(dynamics, 0);
    const times = Float64Array.from(rows, ([t]) => t!);
    let k = 0;
    carried(exact.prepare(dynamics, accuracy), pure(qubitKet(a, Math.PI / 5)), times, (t, rho) => {
      const [x, y] = blochVector(rho, 0);
      const found = [
        t,
        standardRate(gamma0, 1).between(0, t),
        x,
        y,
        rho.re[0]!,
        signals.voltage(rho, t),
        signals.current(rho, t),
      ];
      rows[k++]!.forEach((value, column) => {
        expect(Math.abs(found[column]! - value)).toBeLessThan(1e-12);
      });
    });
    expect(k).toBe(6);
  });

  test("follows the closed form over 20 periods, with exact trace, and pinches to the last digit", () => {
    let worst = 0;
    const { sx: cx, sy: cy, ee, V, I } = closed(0.4, Math.PI / 4, Math.PI / 5);
    const dynamics = memristors(1, 0.4);
    const signals = memristorSignals(dynamics, 0);
    carried(
      exact.prepare(dynamics, accuracy),
      pure(qubitKet(Math.PI / 4, Math.PI / 5)),
      grid(0, 20 * T, 2400),
      (t, rho) => {
        const [x, y] = blochVector(rho, 0);
        const found = [x, y, rho.re[0]!, signals.voltage(rho, t), signals.current(rho, t), trace(rho)];
        [cx(t), cy(t), ee(t), V(t), I(t), 1].forEach((truth, k) => {
          worst = Math.max(worst, Math.abs(found[k]! - truth));
        });
      },
    );
    expect(worst).toBeLessThan(2e-13);
    const zero = T / 2 - Math.PI / 5;
    const rho = carried(
      exact.prepare(dynamics, accuracy),
      pure(qubitKet(Math.PI / 4, Math.PI / 5)),
      Float64Array.of(zero),
    );
    expect(Math.abs(signals.current(rho, zero))).toBeLessThan(1e-12 * 0.1006612466);
  });
});

describe("an oscillator", () => {
  const b = Math.PI / 5;
  const rate = standardRate(0.2, 1);

  test("a coherent state stays coherent: the printed table", () => {
    const n = 40;
    const dynamics = oscillator(n, rate);
    const signals = memristorSignals(dynamics, 0);
    const look = [numberOperator(n), position(n), momentum(n)].map((m) => sparse(dynamics.space, operator(1, [0, m])));
    const rows = [
      [0, 4, 2.288245611271, -1.66250775111, -0.831253875555, -0.026355571653],
      [1, 3.796285014302, -0.158412845423, -2.750904469263, -1.375452234631, -0.133585225362],
      [2, 3.148943477835, -2.186181043179, -1.232274077515, -0.616137038758, -0.173040750792],
      [10, 0.493174386368, -0.356596344609, 0.926923847869, 0.463461923934, 0.161657658341],
    ];
    let k = 0;
    const start = pure(coherentKet(n, { re: 2 * Math.cos(b), im: -2 * Math.sin(b) }));
    carried(
      exact.prepare(dynamics, accuracy),
      start,
      Float64Array.from(rows, ([t]) => t!),
      (t, rho) => {
        const found = [t, ...look.map((a) => expectation(a, rho).re), signals.voltage(rho, t), signals.current(rho, t)];
        rows[k++]!.forEach((value, column) => {
          expect(Math.abs(found[column]! - value)).toBeLessThan(1e-11);
        });
        expect(purity(rho)).toBeCloseTo(1, 11);
        expect(hermiticity(rho)).toBe(0);
      },
    );
    expect(k).toBe(4);
  });

  test("⟨a⟩ and ⟨n⟩ of 30 levels to 1e-9", () => {
    const n = 30;
    const dynamics = oscillator(n, rate);
    const [a, number] = [annihilation(n), numberOperator(n)].map((m) => sparse(dynamics.space, operator(1, [0, m])));
    const start = pure(normalized(coherentKet(n, { re: 2, im: 0 })));
    carried(exact.prepare(dynamics, accuracy), start, grid(0, 20 * T, 200), (t, rho) => {
      const K = rate.between(0, t);
      const { re, im } = expectation(a!, rho);
      expect(Math.abs(re - 2 * Math.exp(-K / 2) * Math.cos(t))).toBeLessThan(1e-9);
      expect(Math.abs(im + 2 * Math.exp(-K / 2) * Math.sin(t))).toBeLessThan(1e-9);
      expect(Math.abs(expectation(number!, rho).re - 4 * Math.exp(-K))).toBeLessThan(1e-9);
      expect(Math.abs(trace(rho) - 1)).toBeLessThan(1e-12);
    });
  });

  test("superpositions of numbers, and a cat whose parity decays and returns", () => {
    const n = 30;
    const dynamics = oscillator(n, rate);
    const signals = memristorSignals(dynamics, 0);
    const at = (t: number, start: DensityMatrix) =>
      carried(exact.prepare(dynamics, accuracy), start, Float64Array.of(t));
    const upTo = (...levels: number[]) =>
      pure(
        ketOf(
          spaceOf(n),
          Array.from({ length: n }, (_, k) => ({ re: levels.includes(k) ? Math.SQRT1_2 : 0, im: 0 })),
        ),
      );
    const one = at(1, upTo(0, 1));
    expect(signals.voltage(one, 1)).toBeCloseTo(-0.28983015, 10);
    expect(signals.current(one, 1)).toBeCloseTo(-0.028148579, 10);
    expect(purity(one)).toBeCloseTo(0.9758324954, 10);
    expect(signals.voltage(at(5, upTo(0, 1)), 5)).toBeCloseTo(0.1888299502, 10);
    const two = at(1, upTo(1, 2));
    expect(signals.voltage(two, 1)).toBeCloseTo(-0.4098817289, 10);
    expect(signals.current(two, 1)).toBeCloseTo(-0.0398081022, 10);
    expect(purity(two)).toBeCloseTo(0.9068343912, 10);
    expect(purity(at(5, upTo(1, 2)))).toBeCloseTo(0.6407187949, 10);
    const parity = (rho: DensityMatrix) => populations(rho, 0).reduce((sum, p, k) => sum + (k % 2 === 0 ? p : -p), 0);
    for (const [t, even, pure2] of [
      [1, 0.800266058, 0.8202128818],
      [5, 0.2892478162, 0.5418321496],
      [10, 0.5870016801, 0.6722854862],
    ] as const) {
      const rho = at(t, pure(catKet(n, { re: 1.5, im: 0 }, 1)));
      expect(Math.abs(parity(rho) - even)).toBeLessThan(1e-9);
      expect(Math.abs(purity(rho) - pure2)).toBeLessThan(1e-9);
      expect(Math.abs(signals.voltage(rho, t))).toBeLessThan(1e-15);
    }
  });
});

describe("two memristors, digitally", () => {
  const h = T / 30;
  const plus = pure(qubitKet(Math.PI / 4, 0));
  interface Run {
    readonly C: number[];
    readonly V: readonly [number[], number[]];
    readonly I: readonly [number[], number[]];
    readonly ohm: readonly [number, number];
  }

  interface Choice {
    readonly delta?: number;
    readonly second?: DensityMatrix;
    readonly frame?: "laboratory" | "rotating";
  }

  function run(kind: CouplingKind | undefined, choice: Choice = {}): Run {
    const { delta = 0.014, second = plus, frame = "laboratory" } = choice;
    const dynamics = memristors(2, 0.02);
    const kicks = kind === undefined ? [] : [{ systems: [0, 1], kraus: [couplingGate(kind, delta)], frame }];
    const generator = kind === undefined ? [] : scaled(couplingOperator(kind, 0, 1), delta / h);
    const signals = [0, 1].map((k) => memristorSignals(dynamics, k, { hamiltonian: generator, jumps: [] }));
    const [C, V, I]: [number[], [number[], number[]], [number[], number[]]] = [[], [[], []], [[], []]];
    const sums = [0, 0, 0, 0];
    carried(digital(dynamics, kicks), productState(plus, second), grid(0, 20 * T, 600), (t, rho) => {
      C.push(concurrence(rho, 0, 1));
      signals.forEach(({ voltage, current, rate }, k) => {
        const [v, i] = [voltage(rho, t), current(rho, t)];
        V[k]!.push(v);
        I[k]!.push(i);
        sums[2 * k]! += (i - rate(t) * v) ** 2;
        sums[2 * k + 1]! += i ** 2;
      });
    });
    return { C, V, I, ohm: [Math.sqrt(sums[0]! / sums[1]!), Math.sqrt(sums[2]! / sums[3]!)] };
  }

  // Cmax, at which period; C at 1, 3, 5, 20 T; V₁ and V₂ at 1 T; the Ohm residuals
  const table = {
    yy: [0.605271, 3.07, [0.3212653, 0.59885601, 0.40818048, 0.07511907], [-0.0122665633, -0.0122665633], [0, 0]],
    xx: [
      0.601027,
      3.27,
      [0.3049348, 0.55336532, 0.35726842, 0.0137645],
      [-0.0128142322, -0.0128142322],
      [0.975, 0.975],
    ],
    zz: [0.737268, 1.47, [0.61504284, 0.32981048, 0.37200961, 0.04402173], [0.015340337, 0.015340337], [0.984, 0.984]],
    crx: [0.039894, 0.4, [0, 0, 0, 0], [0.0000640352, -0.002238121], [0.899, 0.758]],
    cry: [0.025095, 0.2, [0, 0, 0, 0], [-0.0008379264, -0.0003983716], [0.63, 0]],
    crz: [
      0.381476,
      5.23,
      [0.13465303, 0.31415071, 0.37196972, 0.04172772],
      [0.0042814228, -0.0635809918],
      [0.826, 0.838],
    ],
    xy: [
      0.589361,
      3.2,
      [0.31311498, 0.57662193, 0.38376486, 0.04417301],
      [-0.0083795494, -0.0083795494],
      [0.945, 0.945],
    ],
  } as const;

  test.each(Object.entries(table))("%s: the table of the coupling", (kind, [most, when, at, volts, ohm]) => {
    const { C, V, ohm: residuals } = run(kind as CouplingKind);
    const largest = Math.max(...C);
    expect(Math.abs(largest - most)).toBeLessThan(1e-6);
    expect(Math.abs(C.indexOf(largest) / 30 - when)).toBeLessThan(0.01);
    [1, 3, 5, 20].forEach((period, k) => {
      expect(Math.abs(C[30 * period]! - at[k]!)).toBeLessThan(6e-9);
    });
    volts.forEach((value, k) => {
      expect(Math.abs(V[k as 0 | 1][30]! - value)).toBeLessThan(6e-11);
      expect(Math.abs(residuals[k as 0 | 1] - ohm[k]!)).toBeLessThan(ohm[k] === 0 ? 1e-12 : 6e-4);
    });
  });

  test("partial exchange does nothing to equal memristors, and destroys unequal ones", () => {
    const [alone, exchanged] = [run(undefined), run("pswap")];
    expect(Math.max(...exchanged.C)).toBeLessThan(1e-12);
    for (const k of [0, 1] as const) {
      exchanged.V[k].forEach((v, i) => {
        expect(Math.abs(v - alone.V[k][i]!)).toBeLessThan(1e-12);
      });
    }
    const unequal = run("pswap", { second: pure(qubitKet(Math.PI / 4, Math.PI / 2)) });
    expect(Math.abs(Math.max(...unequal.C) - 0.344629)).toBeLessThan(1e-6);
    expect(unequal.ohm[0]).toBeCloseTo(0.975, 3);
    expect(unequal.ohm[1]).toBeCloseTo(0.972, 3);
  });

  test("yy: entanglement dies at 7.07 T, is born at 8.03 T, and the voltages are the printed ones", () => {
    const { C, V } = run("yy");
    const alive = C.map((c) => c > 1e-6);
    const turns = alive.flatMap((now, k) => (k > 1 && now !== alive[k - 1] ? [(now ? k - 1 : k) / 30] : []));
    [7.067, 8.033, 14.2, 14.3, 14.533, 15.433].forEach((when, k) => {
      expect(Math.abs(turns[k]! - when)).toBeLessThan(0.05);
    });
    const printed = { 4: 0.5490004581, 7: 0.0170794652, 8: 0, 11: 0.2172212725, 15: 0 };
    for (const [period, c] of Object.entries(printed)) expect(Math.abs(C[30 * +period]! - c)).toBeLessThan(1e-9);
    const volts = { 4: -0.0599387784, 5.5: 0.0474415262, 8: 0.0216067307, 11: 0.070572808, 20: -0.0364044544 };
    for (const [period, v] of Object.entries(volts)) expect(Math.abs(V[0][30 * +period]! - v)).toBeLessThan(1e-9);
  });

  test.each([0.005, 0.01])("in the rotating frame it dies once and is not born again: δ = %d", (delta) => {
    const { C } = run("yy", { delta, frame: "rotating" });
    const alive = C.map((c) => c > 1e-6);
    const turns = alive.flatMap((now, k) => (k > 1 && now !== alive[k - 1] ? [now] : []));
    expect(turns).toEqual([false]);
  });
});

describe("an uncoupled digital memristor", () => {
  test.each([
    [0.4, Math.PI / 4, 4],
    [0.2, Math.PI / 8, 20],
    [0.02, Math.PI / 8, 20],
  ])("γ₀ = %d agrees with the master equation's closed form", (gamma0, a, periods) => {
    const truth = closed(gamma0, a, Math.PI / 5);
    carried(
      digital(memristors(1, gamma0), []),
      pure(qubitKet(a, Math.PI / 5)),
      grid(0, periods * T, 30 * periods),
      (t, rho) => {
        const [x, y] = blochVector(rho, 0);
        expect(Math.abs(x - truth.sx(t))).toBeLessThan(1e-13);
        expect(Math.abs(y - truth.sy(t))).toBeLessThan(1e-13);
      },
    );
  });
});
