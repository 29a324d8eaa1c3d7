import { describe, expect, test } from "vitest";
import { simulate } from "../../src/index.js";
import type { Result } from "../../src/result/result.js";

// Long laws of quantum blocks, through whole netlists.

const column = ({ columns }: Result, name: string): Float64Array => {
  const found = columns.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found.values;
};

const resultsOf = async (text: string) => (await simulate(text, { pictures: false })).results;

describe("four hundred trajectories", () => {
  const chain = (card: string) => `three
.quantum row
qubit a theta={pi/4}
qubit b theta={pi/3} phi=0.5
qubit c theta={pi/8}
memristor M1 a gamma0=0.2 omega=1
memristor M2 b gamma0=0.1 omega=1.1
memristor M3 c gamma0=0.3 omega=0.9
couple U1 a b xx g=0.3
couple U2 b c yy g=0.2
.endquantum
.qtran 0.7 14 ${card}
.print v(M1) i(M1) v(M2) i(M2) v(M3) i(M3) ex({sz(a)*sz(b)}) ex({sx(b)*sy(c)}) pop(c,e)
.end
`;

  test.each([1, 2])("have the master equation's mean within five standard errors (seed %d)", async (seed) => {
    const [truth] = await resultsOf(chain(""));
    const [mean] = await resultsOf(chain(`method=trajectories runs=400 seed=${seed} reltol=1e-7`));
    const names = truth!.columns.map(({ name }) => name).filter((name) => name !== "time");
    expect(names.length).toBe(9);
    let squares = 0;
    let count = 0;
    for (const name of names) {
      const [own, error, wanted] = [column(mean!, name), column(mean!, `${name}.se`), column(truth!, name)];
      own.forEach((value, row) => {
        expect(Math.abs(value - wanted[row]!), `${name} at row ${row}`).toBeLessThan(5 * error[row]! + 1e-6);
        if (error[row]! < 1e-9) return;
        squares += ((value - wanted[row]!) / error[row]!) ** 2;
        count++;
      });
    }
    // Errors are neither too large nor too small: the mean square of t with 24 degrees of freedom is 1.09.
    expect(squares / count).toBeGreaterThan(0.3);
    expect(squares / count).toBeLessThan(2.5);
  });
});

describe("the order of blocks and of qubits", () => {
  const block = (name: string, order: readonly string[]) => `.quantum ${name}
${order.map((q) => `qubit ${q} theta={pi/${q === "a" ? 4 : q === "b" ? 5 : 7}} phi=0.3`).join("\n")}
${order.map((q) => `memristor M${q} ${q} gamma0=0.1 omega=${q === "a" ? 1 : 1.2}`).join("\n")}
couple U1 a b xx g=0.2
couple U2 b c yy g=0.1
.endquantum
`;
  const signals = ["v(ma)", "i(mb)", "i(mc)", "concurrence(a,b)", "negativity(a)"];
  const asked = (name: string) =>
    signals.map((one) => one.replace(/\((?=[a-z])/, `(${name}.`).replace(",b", `,${name}.b`));

  test("changes nothing of what is found", async () => {
    const of = async (text: string) =>
      new Map(
        (await resultsOf(`order\n${text}.end\n`)).flatMap(({ columns }) =>
          columns.map((one) => [one.name, one.values]),
        ),
      );
    const run = (name: string) => `.qtran 0.5 20 block=${name}\n.print qtran ${asked(name).join(" ")}\n`;
    const one = await of(`${block("p", ["a", "b", "c"])}${block("q", ["c", "a", "b"])}${run("p")}${run("q")}`);
    const other = await of(`${block("q", ["b", "c", "a"])}${block("p", ["a", "c", "b"])}${run("q")}${run("p")}`);
    const names = [...one.keys()].filter((name) => name !== "time");
    expect(names.length).toBe(10);
    for (const name of names) {
      const twin = name.replace(/\b[pq]\./g, (found) => (found === "p." ? "q." : "p."));
      one.get(name)!.forEach((value, row) => {
        // A concurrence is a square root of what is good to 1e-15 at best.
        for (const again of [other.get(name)!, one.get(twin)!])
          expect(Math.abs(again[row]! - value), `${name} at row ${row}`).toBeLessThan(
            name.startsWith("concurrence") ? 3e-8 : 1e-9,
          );
      });
    }
  });
});
