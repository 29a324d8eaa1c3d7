import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

async function measured(text: string): Promise<Readonly<Record<string, number>>> {
  const { measures } = await simulate(text, { pictures: false });
  return Object.fromEntries(measures.map(({ name, value }) => [name, value ?? Number.NaN]));
}

const sigmoid = (u: number): number => 1 / (1 + Math.exp(-u));

describe("pairs and the neuron that takes their difference", () => {
  test("weigh what rows carry, with either sign", async () => {
    const { y, plus, minus } = await measured(`A row of two pairs
.model s synapse(kind=pair gunit=1m gmin=10u gmax=2m)
.model n neuron(activation=sigmoid iu=1m)
V1 r1 0 0.5
V2 r2 0 -0.25
YSYNAPSE s1 r1 (cp,cm) s w=0.3
YSYNAPSE s2 r2 (cp,cm) s w=-1.2
YNEURON n1 (cp,cm) y n b=0.1
.op
.measure op y find v(y)
.measure op plus find v(cp)
.measure op minus find v(cm)
`);
    expect(y).toBeCloseTo(sigmoid(0.5 * 0.3 + 0.25 * 1.2 + 0.1), 12);
    expect(plus).toBe(0);
    expect(minus).toBe(0);
  });

  test("lose voltage at the neuron's input resistance", async () => {
    const { plus, minus, y } = await measured(`A pair and resistances
.model s synapse(kind=pair gunit=1m gmin=10u gmax=2m)
.model n neuron(activation=linear bias=none iu=1m rin=100)
V1 r1 0 0.5
YSYNAPSE s1 r1 (cp,cm) s w=0.3
YNEURON n1 (cp,cm) y n
.op
.measure op y find v(y)
.measure op plus find v(cp)
.measure op minus find v(cm)
`);
    const middle = (10e-6 + 2e-3) / 2;
    const current = (g: number): number => 0.5 / (1 / g + 100);
    const [up, down] = [current(middle + 0.15e-3), current(middle - 0.15e-3)];
    expect(plus).toBeCloseTo(100 * up, 12);
    expect(minus).toBeCloseTo(100 * down, 12);
    expect(y).toBeCloseTo((up - down) / 1e-3, 12);
  });
});
