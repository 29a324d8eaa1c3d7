import { describe, expect, test } from "vitest";
import { NetlistError, simulate } from "../src/index.js";

// A subcircuit seen from outside, by its first two terminals: two resistors in parallel and one in series.

const deck = (outside: string) => `ports
.subckt part p n state
R1 p mid 1k
R2 mid n 2k
R3 mid n 2k
Cx state 0 1 ic=0
Gx 0 state p n 1
.ends
V1 a 0 3
X1 a 0 s part
${outside}
.tran 1m 2m uic
.print tran v(x1) i(x1) r(x1) p(x1) n(x1:p)
`;

describe("a subcircuit whose third terminal leads out a state", () => {
  test("has the voltage, current, resistance and power of its first two", async () => {
    const { results } = await simulate(deck(""), { pictures: false });
    const last = new Map(results[0]!.columns.map(({ name, values }) => [name, values.at(-1)!]));
    const wanted = { "v(x1)": 3, "i(x1)": 1.5e-3, "r(x1)": 2e3, "p(x1)": 4.5e-3, "n(x1:p)": 4.5e-3 };
    for (const [name, value] of Object.entries(wanted)) expect(last.get(name), name).toBeCloseTo(value, 12);
  });

  test("has none where something else is at its third terminal", async () => {
    const run = simulate(deck("R9 s 0 1k"), { pictures: false });
    await expect(run).rejects.toThrow(NetlistError);
    await expect(run).rejects.toThrow(/`x1` is a subcircuit, which has no current or state of its own/);
  });
});
