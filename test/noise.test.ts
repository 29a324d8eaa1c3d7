import { describe, expect, test } from "vitest";
import { type Simulation, simulate } from "../src/index.js";

// `.noise` against Nyquist, Schottky and kT/C.

const run = (text: string): Promise<Simulation> => simulate(`title\n${text}\n`, { pictures: false });

const columnOf = ({ results }: Simulation, name: string, table?: string): Float64Array => {
  const [result] = results;
  const columns = table === undefined ? result!.columns : result!.tables!.find((it) => it.name === table)!.columns;
  const column = columns.find((it) => it.name === name);
  if (column === undefined) throw new Error(`no column ${name} among ${columns.map((it) => it.name)}`);
  return column.values;
};

const kT = 1.380649e-23 * 300.15;
const q = 1.602176634e-19;
const near = (found: number, truth: number, relative = 1e-9): void =>
  expect(Math.abs(found / truth - 1)).toBeLessThanOrEqual(relative);

describe(".noise", () => {
  test("of an RC is 4kTR below its corner and kT/C in all", async () => {
    const found = await run("V1 in 0 0\nR1 in out 10k\nC1 out 0 10p\n.noise v(out) V1 dec 20 1 100G");
    const corner = 1 / (2 * Math.PI * 10e3 * 10e-12);
    const f = columnOf(found, "frequency");
    columnOf(found, "onoise").forEach((density, k) => {
      near(density, Math.sqrt((4 * kT * 10e3) / (1 + (f[k]! / corner) ** 2)));
    });
    columnOf(found, "inoise").forEach((density) => {
      near(density, Math.sqrt(4 * kT * 10e3));
    });
    // Between f1 and f2: kT/C·2/π·(atan(f2/fc) − atan(f1/fc)).
    const part = (2 / Math.PI) * (Math.atan(100e9 / corner) - Math.atan(1 / corner));
    near(columnOf(found, "onoise", "totals")[0]!, Math.sqrt((kT / 10e-12) * part), 1e-4);
  });

  test("adds powers: parallel resistors and a bridge have the noise of the resistance between the nodes", async () => {
    const bridge =
      "V1 in 0 0\nR1 in a 1k\nR2 a 0 3k\nR3 in b 2k\nR4 b 0 5k\nR5 a b 700\n.noise v(a,b) V1 lin 1 1k 1k\n.print noise onoise onoise(r1) onoise(r2) onoise(r3) onoise(r4) onoise(r5)";
    const found = await run(bridge);
    const names = ["r1", "r2", "r3", "r4", "r5"].map((name) => columnOf(found, `onoise(${name})`)[0]!);
    const g = 1 / (750 + (2000 * 5000) / 7000) + 1 / 700;
    near(columnOf(found, "onoise")[0]!, Math.sqrt((4 * kT) / g));
    near(Math.hypot(...names), Math.sqrt((4 * kT) / g));
  });

  test("of a diode is shot noise forward, half of what its slope resistance would have; at rest all of it", async () => {
    const deck = (bias: string): string =>
      `I1 0 d ${bias}\nD1 d 0 dm\n.model dm d(is=1n)\n.options gmin=0\n.noise v(d) I1 lin 1 1k 1k`;
    const [forward, rest] = await Promise.all([deck("1m"), deck("0")].map(run));
    near(columnOf(forward!, "inoise")[0]!, Math.sqrt(2 * q * 1e-3), 2e-6);
    near(columnOf(rest!, "inoise")[0]!, Math.sqrt(4 * kT * (1e-9 / (kT / q))), 1e-9);
  });

  test("of a MOSFET is 8/3·kT·gm in saturation and that of its conductance at vds = 0", async () => {
    const deck = (vds: number): string =>
      `Vg g 0 2\nVd d 0 ${vds}\nI1 0 out 0\nR1 out 0 1\nF1 0 out Vd 1\nM1 d g 0 0 n\n.model n nmos(vto=0.5 kp=1m is=1e-30)\n.options gmin=0\n.noise v(out) I1 lin 1 1k 1k\n.print noise onoise(m1)`;
    const [saturated, resting] = await Promise.all([deck(3), deck(0)].map(run));
    near(columnOf(saturated!, "onoise(m1)")[0]!, Math.sqrt((8 / 3) * kT * 1.5e-3), 1e-6);
    near(columnOf(resting!, "onoise(m1)")[0]!, Math.sqrt(4 * kT * 1.5e-3), 1e-6);
  });

  test("of memristors is that of the resistance that they have, in whatever way they are written", async () => {
    const r = 0.3 * 100 + 0.7 * 16e3;
    const own =
      ".device film p n\n.state x = {0.3} min=0 max=1\n.eq ddt(x) = {v}\n.eq v = {(100*x+16k*(1-x))*i}\n.claims pinched\n.enddevice";
    const decks = [
      "YMEMRISTOR m1 a 0 hp x0=0.3\n.model hp memristor(kind=linear_drift ron=100 roff=16k window=none)",
      "YMEMRISTOR m1 a 0 hp x0=0.3\n.model hp memristor(kind=linear_drift ron=100 roff=16k window=joglekar p=1)",
      "YMEMRISTOR m1 a 0 hp x0=0.3\n.model hp memristor(kind=linear_drift ron=100 roff=16k window=none)\nF1 b 0 m1 1\nR1 b 0 1",
      `Xm1 a 0 film\n${own}`,
      `R1 a 0 r={${r}*(1+0*v(a))}`,
    ];
    for (const deck of decks) {
      const found = await run(`I1 0 a 0\n${deck}\n.noise v(a) I1 lin 1 1 1`);
      near(columnOf(found, "onoise")[0]!, Math.sqrt(4 * kT * r), 1e-9);
    }
  });

  test("of a current that another device reads is in what that device does", async () => {
    // The same resistor, its current read by F1: i = in, which R2 turns into a voltage.
    const found = await run(
      "V1 a 0 0\nR1 a 0 1k\nF1 0 b R1 1\nR2 b 0 1\nV2 c 0 0\n.noise v(b) V1 lin 1 1 1\n.print noise onoise(r1)",
    );
    near(columnOf(found, "onoise(r1)")[0]!, Math.sqrt((4 * kT) / 1e3));
  });

  test("is warm where the circuit is, and measured as a density, in a band and as a ratio", async () => {
    const found = await run(
      "V1 in 0 0\nR1 in out 1k\nR2 out 0 1k\n.options temp=127\n.noise v(out) V1 lin 11 100 200\n.measure noise d find V(onoise) at=150\n.measure noise band integ onoise from=120 to=160\n.measure noise part max {onoise(r1)/onoise}\n.measure noise g min gain",
    );
    const density = Math.sqrt(4 * 1.380649e-23 * 400.15 * 500);
    const [d, band, part, g] = found.measures.map(({ value }) => value!);
    near(d!, density);
    near(band!, density * Math.sqrt(40), 1e-6);
    near(part!, Math.SQRT1_2);
    near(g!, 0.5);
    expect(found.measures.map(({ unit }) => unit)).toEqual(["V/√Hz", "V", "1", "1"]);
  });
});
