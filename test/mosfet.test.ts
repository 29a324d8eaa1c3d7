import { describe, expect, test } from "vitest";
import { type Simulation, simulate } from "../src/index.js";

// MOSFETs of level 1 against the square law and charges in closed form.

const run = (text: string): Promise<Simulation> => simulate(`title\n${text}\n`, { pictures: false });

const columnOf = ({ results }: Simulation, name: string): Float64Array => {
  const column = results[0]!.columns.find((it) => it.name === name);
  if (column === undefined) throw new Error(`no column ${name} among ${results[0]!.columns.map((it) => it.name)}`);
  return column.values;
};

const noJunctions = ".options gmin=0";
const near = (found: number, truth: number, relative = 1e-9): void =>
  expect(Math.abs(found - truth)).toBeLessThanOrEqual(relative * Math.abs(truth) + 1e-13);

describe("a MOSFET of level 1", () => {
  test("follows the square law in cutoff, triode and saturation, as n and as p", async () => {
    const found = await run(
      `.model n nmos(vto=0.7 kp=100u lambda=0.05)\n.model p pmos(vto=-0.7 kp=100u lambda=0.05)
Vg g 0 2\nVd d 0 0\nE1 gp 0 0 g 1\nE2 dp 0 0 d 1\nM1 d g 0 0 n w=10u l=2u\nM2 dp gp 0 0 p w=10u l=2u
.dc Vd 0 4 0.1 Vg 0 3 0.5\n${noJunctions}\n.print dc n(m1:id) n(m2:id)`,
    );
    const [vg, vd, n, p] = ["vg", "vd", "n(m1:id)", "n(m2:id)"].map((name) => columnOf(found, name));
    vd!.forEach((vds, k) => {
      const u = Math.max(0, vg![k]! - 0.7);
      const reach = Math.min(u, vds);
      const truth = 500e-6 * (1 + 0.05 * vds) * (u - reach / 2) * reach;
      near(n![k]!, truth);
      near(p![k]!, -truth);
    });
  });

  test("does not know drain from source", async () => {
    const found = await run(
      `.model n nmos(vto=0.5 kp=100u gamma=0.4 lambda=0.05 rd=100 rs=100)
Va a 0 0\nVg g 0 2\nVb b 0 -1\nM1 a g 0 b n\nM2 0 g a b n\n.dc Va 0 3 0.25\n${noJunctions}
.print dc i(Va) n(m1:id) n(m2:id)`,
    );
    const [first, second] = ["n(m1:id)", "n(m2:id)"].map((name) => columnOf(found, name));
    // The second one's drain is grounded: what flows into its source comes out there, but for its junctions' 2e-14 A.
    first!.forEach((id, k) => {
      near(second![k]!, -id, 1e-9);
    });
  });

  test("has a threshold that the bulk moves as a square root", async () => {
    const found = await run(
      `.model n nmos(vto=0.6 gamma=0.5 phi=0.7)\nVb b 0 0\nVg g 0 2\nVd d 0 1\nM1 d g 0 b n\n.dc Vb -3 0 0.5\n.print dc n(m1:von)`,
    );
    const [vb, von] = ["vb", "n(m1:von)"].map((name) => columnOf(found, name));
    vb!.forEach((v, k) => {
      near(von![k]!, 0.6 + 0.5 * (Math.sqrt(0.7 - v) - Math.sqrt(0.7)));
    });
  });

  test("turns an inverter over where both of its transistors saturate", async () => {
    const found = await run(
      `.model n nmos(vto=0.6 kp=100u lambda=1m)\n.model p pmos(vto=-0.8 kp=40u lambda=1m)
Vdd dd 0 3\nVin in 0 0\nM1 out in 0 0 n w=2u l=1u\nM2 out in dd dd p w=4u l=1u
.dc Vin 0 3 1m\n.print dc v(out)\n.measure dc turn when v(out)=1.5`,
    );
    const ratio = Math.sqrt((40e-6 * 4) / (100e-6 * 2));
    const turn = (0.6 + ratio * (3 - 0.8)) / (1 + ratio);
    expect(Math.abs(found.measures[0]!.value! - turn)).toBeLessThan(1e-4);
  });

  test("conducts less when it is warm: kp falls as T^(-3/2), the threshold by the gap and phi", async () => {
    const found = await run(
      `.model n nmos(vto=0 kp=100u is=1e-30)\nVg g 0 5\nVd d 0 1m\nM1 d g 0 0 n\n.options temp=127 gmin=0\n.op\n.print op n(m1:id) n(m1:von)`,
    );
    const [id, von] = ["n(m1:id)", "n(m1:von)"].map((name) => columnOf(found, name)[0]!);
    near(id!, 100e-6 * (300.15 / 400.15) ** 1.5 * (5 - von! - 0.5e-3) * 1e-3, 1e-6);
  });

  test("takes from the gate what the oxide's capacitance times the voltage says, and gives it back", async () => {
    // With drain, source and bulk at one voltage and no threshold the whole channel faces the gate: C = eps·w·l/tox.
    const found = await run(
      `.model n nmos(vto=0 kp=1u tox=10n)\nVg g 0 pwl(0 0 1u 3 2u 0)\nM1 0 g 0 0 n w=100u l=100u\n.tran 10n 2u
.print tran i(Vg)\n.measure tran up integ i(Vg) to=1u\n.measure tran whole integ i(Vg)`,
    );
    const c = (3.9 * 8.8541878128e-12 * 1e-8) / 10e-9;
    const [up, whole] = found.measures.map(({ value }) => value!);
    near(up!, -3 * c, 1e-4);
    expect(Math.abs(whole!)).toBeLessThan(1e-4 * c);
  });

  test("keeps its charge in saturation at two thirds of the oxide's, two fifths of which are the drain's", async () => {
    const found = await run(
      `.model n nmos(vto=0 kp=1f tox=10n is=1e-30)\nVg g 0 pwl(0 0 1u 2)\nVd d 0 3\nM1 d g 0 0 n w=100u l=100u\n.tran 10n 1u\n${noJunctions}
.measure tran gate integ i(Vg)\n.measure tran drain integ i(Vd)`,
    );
    const c = (3.9 * 8.8541878128e-12 * 1e-8) / 10e-9;
    const [gate, drain] = found.measures.map(({ value }) => value!);
    near(gate!, (-2 / 3) * 2 * c, 1e-4);
    near(drain!, (4 / 15) * 2 * c, 1e-3);
  });
});
