import { expect, test } from "vitest";
import { simulate } from "../src/index.js";

const drivers = `.param n=3
.model hp memristor(kind=linear_drift ron=1k roff=16k window=joglekar)
.for k = 1 to n
V{k} r{k} 0 sin(0 {0.2*k} 1)
Rs{k} c{k} 0 50
.endfor
`;

/** Rows r1 … and columns c1 … as the card has them: the row's first node, the column's last. */
function byLoop(): string {
  const n = 3;
  const row = (i: number, j: number) => (j === 1 ? `r${i}` : `r${i}_${j}`);
  const column = (i: number, j: number) => (i === n ? `c${j}` : `c${i}_${j}`);
  const lines: string[] = []; // in the order of the card, so that every rounding is the same
  for (let i = 1; i <= n; i++) {
    for (let j = 1; j <= n; j++) {
      lines.push(`YMEMRISTOR m${i}_${j} ${row(i, j)} ${column(i, j)} hp x0=${i === j ? 0.8 : 0.1}`);
      if (j < n) lines.push(`Rr${i}_${j} ${row(i, j)} ${row(i, j + 1)} 2.5`);
      if (i < n) lines.push(`Rc${i}_${j} ${column(i, j)} ${column(i + 1, j)} 2.5`);
    }
  }
  return `the loop\n${drivers}${lines.join("\n")}\n.op\n.tran 10m 1\n.print tran v(c1) v(c2) v(c3) x(m2_3)\n`;
}

test("a crossbar's card gives the same numbers as the loop that writes its cells and lines", async () => {
  const card = `the card
${drivers}YCROSSBAR xb rows=r[1:3] cols=c[1:3] model=hp rline=2.5 x0={i==j ? 0.8 : 0.1}
.op
.tran 10m 1
.print tran v(c1) v(c2) v(c3) x(xb.m2_3)
`;
  const [one, other] = await Promise.all([simulate(card), simulate(byLoop())]);
  expect(one.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const columns = (it: typeof one) => it.results[1]!.columns.map(({ values }) => [...values]);
  expect(columns(one)).toEqual(columns(other));
  expect(columns(one)[1]!.some((v) => Math.abs(v) > 1e-3)).toBe(true);
});

test("its parts have names, its cells may come from a table, lines without resistance are nodes", async () => {
  const { measures, diagnostics } = await simulate(`a table
.data w 0.1 0.2 0.3
+ 0.4 0.5 0.6
.model hp memristor(kind=linear_drift)
.for k = 1 to 2
V{k} r{k} 0 1
.endfor
.for k = 1 to 3
Vc{k} c{k} 0 0
.endfor
YCROSSBAR xb rows=r[1:2] cols=c[1:3] model=hp x0=w
.op
.measure op cell find x(xb.m2_3)
.measure op current find i(Vc2)
`);
  expect(diagnostics.filter(({ severity }) => severity !== "note")).toEqual([]);
  const r = (x: number): number => 100 * x + 16e3 * (1 - x);
  expect(measures[0]!.value).toBe(0.6);
  expect(measures[1]!.value! / (1 / r(0.2) + 1 / r(0.5))).toBeCloseTo(1, 9);
});

test("a crossbar of ideal synapses is a matrix that multiplies", async () => {
  const { measures, diagnostics } = await simulate(`a matrix
.data w 0.5 -0.25
+ 2 -1
.model s synapse(ith=20)
.model n neuron(activation=linear bias=none)
V1 r1 0 0.3
V2 r2 0 0.7
YCROSSBAR xb rows=r[1:2] cols=c[1:2] model=s w=w
YNEURON n1 c1 y1 n
YNEURON n2 c2 y2 n
R1 y1 0 1k
R2 y2 0 1k
.op
.measure op y1 find v(y1)
.measure op y2 find v(y2)
`);
  expect(diagnostics.filter(({ severity }) => severity !== "note")).toEqual([]);
  expect(measures[0]!.value).toBeCloseTo(0.3 * 0.5 + 0.7 * 2, 12);
  expect(measures[1]!.value).toBeCloseTo(-0.3 * 0.25 - 0.7, 12);
});
