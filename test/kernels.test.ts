import { describe, expect, test } from "vitest";
import { fileReader } from "../src/files/read.js";
import { simulate } from "../src/index.js";

async function learned(text: string) {
  const { results, measures, diagnostics } = await simulate(text, {
    name: "netlists/learning/deck.cir",
    read: fileReader(() => {}),
  });
  expect(diagnostics.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
  const table = (name: string) =>
    results[0]!.tables!.find((it) => it.name === name)!.columns.map(({ values }) => values);
  return { table, of: (name: string) => measures.find((it) => it.name === name)!.value! };
}

const near = (value: number, wanted: number, by: number): void =>
  expect(Math.abs(value - wanted), `${value} instead of ${wanted}`).toBeLessThanOrEqual(by);

const samples = [
  [0.3, -0.8, 1],
  [1.1, 0.4, -1],
  [-0.6, 2.1, 1],
  [0.9, 1.7, -1],
] as const;
const data = `.dataset d inputs=(x1,x2) targets=(y)\n${samples.map((row) => `+ ${row.join(" ")}`).join("\n")}`;
const block = (lines: string) => `.quantum c\nqubit a\nqubit b\nfeature x1\nfeature x2\n${lines}\n.endquantum`;

describe("kernels", () => {
  // RY(2x)|0⟩ = cos x|0⟩ + sin x|1⟩, so that two of them have the overlap cos(x − x′).
  test("fidelity of product states is Π cos²(x − x′)", async () => {
    const { table } = await learned(
      `k\n${block("encode (a,b) angle=(x1,x2)")}\n${data}\n.train k rule=kernel data=d\n.end\n`,
    );
    const K = table("kernel");
    for (const [i, a] of samples.entries())
      for (const [j, b] of samples.entries())
        near(K[i]![j]!, (Math.cos(a[0] - b[0]) * Math.cos(a[1] - b[1])) ** 2, 1e-14);
  });

  test("of amplitudes it is the squared cosine of the angle between samples", async () => {
    const { table } = await learned(
      `k\n${block("encode (a,b) amplitude=({x1},{x2},{1},{x1*x2})")}\n${data}\n.train k rule=kernel data=d\n.end\n`,
    );
    const K = table("kernel");
    const vector = ([x, y]: readonly number[]) => [x!, y!, 1, x! * y!];
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, k) => sum + value * b[k]!, 0);
    for (const [i, p] of samples.entries())
      for (const [j, q] of samples.entries()) {
        const [a, b] = [vector(p), vector(q)];
        near(K[i]![j]!, dot(a, b) ** 2 / (dot(a, a) * dot(b, b)), 1e-13);
      }
  });

  // In the space that (1 + a·b) is the scalar product of, kernel ridge is ridge regression with a constant among the features.
  test("of degree 1 is linear ridge regression, solved by its normal equations", async () => {
    const { of } = await learned(
      `k\n${data}\n.dataset e inputs=(x1,x2) targets=(y)\n+ 0.2 0.5 0\n.train k rule=kernel kernel=polynomial degree=1 data=d ridge=0.1\n.test k data=e\n.measure test s find k.error\n.end\n`,
    );
    // w = (FᵀF + λ)⁻¹Fᵀy by Cramer's rule
    const F = samples.map(([x, y]) => [1, x, y]);
    const A = [0, 1, 2].map((i) =>
      [0, 1, 2].map((j) => F.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 0.1 : 0)),
    );
    const b = [0, 1, 2].map((i) => F.reduce((sum, row, k) => sum + row[i]! * samples[k]![2], 0));
    const det = (m: number[][]) =>
      m[0]![0]! * (m[1]![1]! * m[2]![2]! - m[1]![2]! * m[2]![1]!) -
      m[0]![1]! * (m[1]![0]! * m[2]![2]! - m[1]![2]! * m[2]![0]!) +
      m[0]![2]! * (m[1]![0]! * m[2]![1]! - m[1]![1]! * m[2]![0]!);
    const w = [0, 1, 2].map((k) => det(A.map((row, i) => row.map((value, j) => (j === k ? b[i]! : value)))) / det(A));
    near(of("s"), (w[0]! + 0.2 * w[1]! + 0.5 * w[2]!) ** 2, 1e-13);
  });

  test("without a ridge what was learned is met", async () => {
    for (const kernel of ["kernel=gauss width=0.7", "kernel=polynomial degree=3", "block=c"]) {
      const { of } = await learned(
        `k\n${block("encode (a,b) angle=(x1,x2)")}\n${data}\n.train k rule=kernel ${kernel} data=d ridge=0\n.measure train e find k.error.mean\n.measure train r find k.correct\n.qtran 1\n.end\n`,
      );
      near(of("e"), 0, 1e-18);
      expect(of("r")).toBe(1);
    }
  });

  // By the fidelity of RY(2x)|0⟩ with itself, cos²(x − x′), the machine of two samples stands half-way: f(x) = β(k(x, a) − k(x, b)).
  test("rule=svm of two samples of a qubit has f = ±1 there and 0 half-way", async () => {
    const { table, of } = await learned(`k
.quantum c
qubit a
feature x
encode (a) angle=(x)
.endquantum
.dataset d inputs=(x) targets=(y)
+ 0.1 -1
+ 0.9  1
.dataset m inputs=(x) targets=(y)
+ 0.5 0
.train k rule=svm data=d c=1e3
.test k data=m
.measure test  s find k.error
.measure train v find k.vectors
.measure train g find k.gap
.end
`);
    near(of("s"), 0, 1e-24);
    near(of("v"), 2, 0);
    near(of("g"), 0, 1e-9);
    const beta = 1 / (1 - Math.cos(0.8) ** 2);
    for (const [k, wanted] of [-beta, beta].entries()) near(table("alpha")[0]![k]!, wanted, 1e-9);
  });

  test("rule=svm of one-hot targets has a machine each, in their own units", async () => {
    const { of, table } = await learned(`k
.dataset d inputs=(x1,x2) targets=(a,b,c)
+ (0,0,1,0,0) (0.2,0.1,1,0,0) (3,0,0,1,0) (3.1,0.3,0,1,0) (0,3,0,0,1) (0.2,3.3,0,0,1)
.train k rule=svm kernel=gauss width=1 data=d c=10
.measure train r find k.correct
.end
`);
    expect(of("r")).toBe(1);
    for (const target of ["a", "b", "c"]) {
      const [vectors, , primal, dual] = table(`machine.${target}`);
      expect(vectors![0]).toBeGreaterThan(1);
      near(primal![0]!, dual![0]!, 1e-9 * primal![0]!);
    }
  });

  const map = [1, 2]
    .map(
      () =>
        "gate h a\ngate h b\ngate p a {-2*x1}\ngate p b {-2*x2}\ngate cnot a b\ngate p b {-2*(pi-x1)*(pi-x2)}\ngate cnot a b",
    )
    .join("\n");

  test.each([1, 2, 3, 4])("a hidden circuit is learned by its own kernel, not by a bell (seed %i)", async (seed) => {
    const { of } = await learned(`k
${block(map)}
.dataset h file="hidden-circuit.csv" inputs=(x1,x2) targets=(y) split=0.5
.train q rule=kernel block=c data=h ridge=1e-2 seed=${seed}
.train g rule=kernel kernel=gauss width=0.5 data=h ridge=1e-2 seed=${seed}
.test q
.test g
.measure test quantum find q.correct
.measure test gauss find g.correct
.end
`);
    expect(of("quantum")).toBeGreaterThan(0.95);
    expect(of("gauss")).toBeLessThan(0.8);
  });
});
