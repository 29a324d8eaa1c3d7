import "./seed.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";
import { zeroMatrix } from "../src/numerics/linear/complex-matrix.js";
import { spaceOf } from "../src/quantum/space.js";
import { thermal, thermalSlope } from "../src/quantum/thermal.js";

async function measured(text: string): Promise<(name: string) => number> {
  const { measures, diagnostics } = await simulate(text, { name: "deck.cir", pictures: false });
  expect(diagnostics.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
  return (name) => measures.find((it) => it.name === name)!.value!;
}

const near = (value: number, wanted: number, by: number): void =>
  expect(Math.abs(value - wanted), `${value} instead of ${wanted}`).toBeLessThanOrEqual(by);

const hermitian = (n: number, numbers: readonly number[]) => {
  const matrix = zeroMatrix(n);
  let k = 0;
  for (let i = 0; i < n; i++) {
    matrix.re[i * n + i] = numbers[k++]!;
    for (let j = 0; j < i; j++) {
      matrix.re[i * n + j] = matrix.re[j * n + i] = numbers[k++]!;
      matrix.im[i * n + j] = numbers[k++]!;
      matrix.im[j * n + i] = -matrix.im[i * n + j]!;
    }
  }
  return matrix;
};

const mean = (rho: { re: Float64Array; im: Float64Array }, O: { re: Float64Array; im: Float64Array }, n: number) => {
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) sum += rho.re[i * n + j]! * O.re[j * n + i]! - rho.im[i * n + j]! * O.im[j * n + i]!;
  return sum;
};

describe("thermal states", () => {
  test("of a qubit in a field h along z and g along x: −tanh(β|B|) along the field", async () => {
    const [h, g, beta] = [0.3, 0.7, 1.7];
    const size = Math.hypot(h, g);
    const of = await measured(`t
.quantum c
qubit a omega=${2 * h}
hamiltonian {${g}*sx(a)}
thermal beta=${beta}
.endquantum
.qtran 7
.measure qtran x find ex({sx(a)}) at=0
.measure qtran y find ex({sy(a)}) at=0
.measure qtran z find ex({sz(a)}) at=0
.measure qtran later find ex({sz(a)}) at=7
.end
`);
    near(of("x"), (-Math.tanh(beta * size) * g) / size, 1e-13);
    near(of("z"), (-Math.tanh(beta * size) * h) / size, 1e-13);
    near(of("y"), 0, 1e-15);
    near(of("later"), of("z"), 1e-9); // at rest
  });

  // tanh βJ is the correlation of neighbours in an open chain (E. Ising, 1925).
  test("of Ising's open chain: neighbours are correlated by tanh βJ", async () => {
    const of = await measured(`t
.quantum c
qubit a
qubit b
qubit c
hamiltonian {-0.8*sz(a)*sz(b) - 0.5*sz(b)*sz(c)}
thermal beta=1.3
.endquantum
.qtran 1
.measure qtran ab find ex({sz(a)*sz(b)}) at=0
.measure qtran bc find ex({sz(b)*sz(c)}) at=0
.measure qtran ac find ex({sz(a)*sz(c)}) at=0
.end
`);
    near(of("ab"), Math.tanh(1.3 * 0.8), 1e-13);
    near(of("bc"), Math.tanh(1.3 * 0.5), 1e-13);
    near(of("ac"), Math.tanh(1.3 * 0.8) * Math.tanh(1.3 * 0.5), 1e-13);
  });

  test("of an oscillator in SI units: 1/(e^{ħω/kT} − 1) quanta", async () => {
    const omega = 2 * Math.PI * 5e9;
    const kelvin = 0.1;
    const of = await measured(`t
.quantum c units=si
oscillator o levels=40 omega=${omega}
thermal temp=${kelvin}
.endquantum
.qtran 1p
.measure qtran n find ex({num(o)}) at=0
.end
`);
    const x = (1.054571817e-34 * omega) / (1.380649e-23 * kelvin);
    near(of("n"), 1 / Math.expm1(x), 1e-9);
  });

  // The annealer of `netlists/quantum/annealer.cir`, its transverse field gone: |0000⟩ and |1100⟩ have the energy −2.15.
  test("of four spins, when cold: the lowest energy, shared by the two states that have it", async () => {
    const H =
      "-sz(a)*sz(b) + 0.5*sz(b)*sz(c) - 0.8*sz(c)*sz(d) - 0.6*sz(a)*sz(d) + 0.1*sz(a) - 0.2*sz(b) + 0.3*sz(c) + 0.05*sz(d)";
    const of = await measured(`t
.quantum c
qubit a
qubit b
qubit c
qubit d
hamiltonian {${H}}
thermal beta=200
.endquantum
.qtran 1
.measure qtran e find ex({${H}}) at=0
.measure qtran p find ex({proj(a,g)*proj(b,g)*proj(c,g)*proj(d,g)}) at=0
.measure qtran q find ex({proj(a,e)*proj(b,e)*proj(c,g)*proj(d,g)}) at=0
.end
`);
    near(of("e"), -2.15, 1e-12);
    near(of("p"), 0.5, 1e-12);
    near(of("q"), 0.5, 1e-12);
  });

  test("their slopes are those of differences, where energies are alike and where they are not", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 48, maxLength: 48 }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.boolean(),
        (numbers, beta, isDegenerate) => {
          const n = 4;
          const H = isDegenerate ? zeroMatrix(n) : hermitian(n, numbers.slice(0, 16));
          const [O, A] = [hermitian(n, numbers.slice(16, 32)), hermitian(n, numbers.slice(32))];
          const at = (t: number): number => {
            const moved = { ...H, re: H.re.map((x, k) => x + t * A.re[k]!), im: H.im.map((x, k) => x + t * A.im[k]!) };
            return mean(thermal(spaceOf(n), moved, beta).rho, O, n);
          };
          const slope = mean(thermalSlope(thermal(spaceOf(n), H, beta), O), A, n);
          const h = 1e-3; // of fourth order
          const difference = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
          expect(Math.abs(slope - difference)).toBeLessThan(2e-9);
        },
      ),
      { numRuns: 60 },
    );
  });
});

const machine = (isQuantum: boolean, rows: string, settings: string): string => `machine
.quantum c
${isQuantum ? "weight g 1" : ""}
${[0, 1, 2, 3].map((q) => `qubit q${q}\nweight h${q}\nhamiltonian {-h${q}*sz(q${q})${isQuantum ? `-g*sx(q${q})` : ""}}`).join("\n")}
${[0, 1, 2].flatMap((q) => [1, 2, 3].filter((p) => p > q).map((p) => `weight j${q}${p}\nhamiltonian {-j${q}${p}*sz(q${q})*sz(q${p})}`)).join("\n")}
thermal beta=1
.endquantum
.dataset d inputs=(a,b,c,d) targets=(p)
${rows}
.train t rule=gradient data=d cost=kl outputs=(q0 q1 q2 q3) optimizer=adam scale=0.5 ${settings}
.measure train last find t.error.median
.measure train drawn find t.correct
.qtran 1
.measure qtran field find ex({sx(q0)}) at=0
.end
`;

const bars = "+ (0 0 0 0 {1/6}) (1 1 1 1 {1/6}) (0 1 0 1 {1/6}) (1 0 1 0 {1/6}) (0 0 1 1 {1/6}) (1 1 0 0 {1/6})";
const even =
  "+ (0 0 0 0 {1/8}) (0 0 1 1 {1/8}) (0 1 0 1 {1/8}) (0 1 1 0 {1/8}) (1 0 0 1 {1/8}) (1 0 1 0 {1/8}) (1 1 0 0 {1/8}) (1 1 1 1 {1/8})";

describe("Boltzmann machines", () => {
  test.each([1, 2, 3, 4])("both learn bars and stripes, the quantum one without its field (seed %i)", async (seed) => {
    for (const isQuantum of [false, true]) {
      const of = await measured(machine(isQuantum, bars, `epochs=80 runs=1 seed=${seed}`));
      expect(of("last")).toBeLessThan(0.03);
      expect(of("drawn")).toBeGreaterThan(0.97);
      expect(Math.abs(of("field"))).toBeLessThan(0.01);
    }
  });

  test("neither learns the sum of four bits", async () => {
    for (const isQuantum of [false, true]) {
      const of = await measured(machine(isQuantum, even, "epochs=60 runs=1"));
      expect(of("last")).toBeGreaterThan(Math.LN2 - 1e-9);
    }
  });

  // The divergence of a machine all of whose units are seen is convex in its numbers: its mean values become those of the data.
  test("at the classical optimum means and correlations are those of the data", async () => {
    const p = Array.from({ length: 16 }, (_, k) => 1 + ((k * 7) % 5) + ((k * 3) % 4));
    const sum = p.reduce((a, b) => a + b);
    const bits = (k: number) => [8, 4, 2, 1].map((bit) => ((k & bit) === 0 ? 0 : 1));
    const rows = p.map((value, k) => `+ ${bits(k).join(" ")} {${value}/${sum}}`).join("\n");
    const text = machine(false, rows, "epochs=400 runs=1 rate=0.1").replace(
      ".end\n",
      ".measure qtran s find ex({sz(q1)}) at=0\n.measure qtran c find ex({sz(q0)*sz(q3)}) at=0\n.end\n",
    );
    const of = await measured(text);
    const spin = (k: number, q: number) => 2 * bits(k)[q]! - 1;
    near(
      of("s"),
      p.reduce((all, value, k) => all + (value / sum) * spin(k, 1), 0),
      1e-6,
    );
    near(
      of("c"),
      p.reduce((all, value, k) => all + (value / sum) * spin(k, 0) * spin(k, 3), 0),
      1e-6,
    );
  });
});
