import { describe, expect, test } from "vitest";
import { simulate } from "../src/index.js";

// `ddt()` beside what it differentiates: an inductor's voltage is L di/dt, a capacitor's current C dv/dt, from the
// first row on, start values or not.
const identities = {
  "a coil with a start value": `V1 1 0 sin(0 1 1k)
R1 1 2 10
L1 2 0 1m ic=0.01
B1 6 0 v={1m*ddt(i(L1))-v(2)}`,
  "a coil that is charged by a constant, with uic": `V1 1 0 1
R1 1 2 10
L1 2 0 1m ic=0.01
B1 6 0 v={1m*ddt(i(L1))-v(2)}
.options uic`,
  "a capacitor with a start value": `V1 1 0 sin(0 1 1k)
R1 1 2 1k
C1 2 0 1u ic=0.5
B1 6 0 v={1m*ddt(v(2))-(v(1)-v(2))}`,
  "a second derivative in an oscillating circuit": `V1 1 0 sin(0 1 1k)
R1 1 2 10
L1 2 3 1m ic=0.01
C1 3 0 1u ic=0.3
B1 6 0 v={1n*ddt(ddt(v(3)))-(v(1)-10*i(L1)-v(3))}`,
  "a derivative behind a capacitor in a row, at rest at first": `V1 1 0 sin(0 1 1k 0 0 90)
C1 1 2 1u
L1 2 0 1m
R1 2 0 1k
B1 6 0 v={1u*ddt(v(1,2))-i(L1)-v(2)/1k+0*idt(v(2))}`,
};

describe("a derivative is what the circuit says it is", () => {
  test.each(Object.entries(identities))("%s", async (_, cards) => {
    const uic = cards.includes("uic");
    const deck = `t\n${cards.replace("\n.options uic", "")}\nR6 6 0 1\n.tran 10u 3m${uic ? " uic" : ""}\n.print tran v(6)\n`;
    const { results, diagnostics } = await simulate(deck, { pictures: false });
    expect(diagnostics).toEqual([]);
    const worst = results[0]!.columns[1]!.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(worst).toBeLessThan(2e-5);
  });
});

const separates = async (cards: string): Promise<boolean> => {
  const { diagnostics } = await simulate(`t\n${cards}\n`, { pictures: false });
  expect(diagnostics.filter(({ severity }) => severity !== "note")).toEqual([]);
  return diagnostics.some(({ code }) => code === "separating-trajectories");
};

describe("trajectories separate", () => {
  test("in Chua's circuit", async () => {
    const chua = `C1 1 0 10n ic=0.1
C2 2 0 100n ic=0
L1 2 0 18m ic=0
R1 1 2 1.8k
B1 1 0 i={-0.41m*v(1)-0.175m*(abs(v(1)+1)-abs(v(1)-1))}
.tran 50u 20m uic`;
    expect(await separates(chua)).toBe(true);
  });

  test("in Lorenz' equations, looked at by a derivative", async () => {
    const lorenz = `C1 x 0 1 ic=1
C2 y 0 1 ic=1
C3 z 0 1 ic=20
B1 0 x i={10*(v(y)-v(x))}
B2 0 y i={v(x)*(28-v(z))-v(y)}
B3 0 z i={v(x)*v(y)-8/3*v(z)}
B4 d 0 v={ddt(v(x))}
Rd d 0 1
.tran 50m 20 uic`;
    expect(await separates(lorenz)).toBe(true);
  });

  test.each([
    ["a derivative of a source beside an RC", "B1 6 0 v={ddt(v(1))/1000}\nR6 6 0 1k\nR1 1 2 10\nC1 2 0 1u ic=0"],
    ["a derivative of a derivative", "B1 6 0 v={ddt(ddt(v(1)))/1e7}\nR6 6 0 1k"],
    ["a capacitor across the source", "C1 1 0 1u\nR1 1 2 1k\nC2 2 0 1u"],
    ["a lossless oscillation", "R1 1 2 1\nL1 3 0 1m ic=1m\nC1 3 0 1u ic=0\nB1 2 0 v={ddt(v(3))*1m}"],
  ])("but not for %s", async (_, cards) => {
    expect(await separates(`V1 1 0 sin(0 1 1k 0 0 90)\n${cards}\n.tran 10u 3m`)).toBe(false);
  });
});
