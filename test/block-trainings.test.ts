import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCsv } from "../src/views/read-csv.js";
import { deck, inFolderOfItsOwn, pinched, rowsOf } from "./command-line.js";

// Trainings of blocks from the command line, for the default seed and others: their files, `stop=`, `save=` and `--resume`.

inFolderOfItsOwn();

const repulsion = 0.529177210903 / 0.735;

/** One angle, as in `netlists/learning/hydrogen.cir`. */
const hydrogen = (settings: string) => `hydrogen
.quantum h2
qubit  a
qubit  b
weight w
gate x b
gate ry a {2*w}
gate cnot a b
.endquantum
.train vqe rule=gradient cost=energy optimizer=adam rate=0.05 epochs=200 runs=5 ${settings}
+ outputs=({-1.05237325 + 0.39793742*(sz(a)-sz(b)) - 0.0112801*sz(a)*sz(b) + 0.1809312*sx(a)*sx(b)})
.measure train e find vqe.error.p95
.end
`;

const ring = (layers: number, settings: string) => `ring
.quantum c
.for q = 0 to 5
qubit q{q} state=+
.endfor
.for k = 1 to ${layers}
weight g{k}
weight b{k}
.for q = 0 to 5
.param next={fmod(q+1,6)}
gate cnot q{q} q{next}
gate rz q{next} {2*g{k}}
gate cnot q{q} q{next}
.endfor
.for q = 0 to 5
gate rx q{q} {2*b{k}}
.endfor
.endfor
.endquantum
.train p rule=gradient cost=energy optimizer=adam rate=0.05 epochs=200 runs=6 ${settings}
+ outputs=({sz(q0)*sz(q1) + sz(q1)*sz(q2) + sz(q2)*sz(q3) + sz(q3)*sz(q4) + sz(q4)*sz(q5) + sz(q5)*sz(q0)})
.measure train least find p.error.p05
.end
`;

async function measures(text: string, ...options: readonly string[]): Promise<Record<string, number>> {
  const { code, out, err } = await pinched(["run", deck("d.cir", text), "--json", "--no-plots", ...options]);
  expect(code, err).toBe(0);
  const found = JSON.parse(out) as { measures: readonly { name: string; value: number }[] };
  return Object.fromEntries(found.measures.map(({ name, value }) => [name, value]));
}

const seeds = [[[]], [["--seed", "2"]], [["--seed", "3"]], [["--seed", "4"]]] as const;

describe("variational circuits, from the command line", () => {
  // The smallest eigenvalue of the 4 × 4 matrix is that of {|01⟩, |10⟩}; with 1/R the molecule's energy is −1.1373 hartree.
  const exact = -1.05237325 + 0.0112801 - Math.hypot(2 * 0.39793742, 0.1809312);

  test.each(seeds)("every start ends at hydrogen's ground state (%j)", async (seed) => {
    const { e } = await measures(hydrogen(""), ...seed);
    expect(Math.abs(e! - exact)).toBeLessThan(1e-8);
    expect(Math.abs(e! + repulsion + 1.1373)).toBeLessThan(1e-4);
  });

  // E. Farhi, J. Goldstone and S. Gutmann, arXiv 1411.4028, 2014: (2p + 1)/(2p + 2) of a ring's edges, ⟨ZZ⟩ = 1 − 2·share.
  test.each(seeds)(
    "one and two layers cut 3/4 and 5/6 of a ring, never more, and three all of it (%j)",
    async (seed) => {
      for (const [layers, sum, by] of [
        [1, -3, 1e-4],
        [2, -4, 1e-3],
      ] as const) {
        const { least } = await measures(ring(layers, ""), ...seed);
        expect(Math.abs(least! - sum)).toBeLessThan(by);
        expect(least!).toBeGreaterThan(sum - 1e-9);
      }
      const { least } = await measures(ring(3, ""), ...seed);
      expect(Math.abs(least! + 6)).toBeLessThan(0.01);
    },
  );
});

// A chain of CNOTs leaves the last qubit the parity of all: ⟨Z⟩ = cosⁿ w, where each was turned about y by w.
test("fourteen qubits, the most that a training takes, need no density matrix", async () => {
  const { e } = await measures(`fourteen
.quantum c
.for q = 0 to 13
qubit q{q}
weight w{q} 0.3
gate ry q{q} w{q}
.endfor
.for q = 0 to 12
.param n={q+1}
gate cnot q{q} q{n}
.endfor
.endquantum
.train t rule=gradient cost=energy outputs=({sz(q0)+sz(q13)}) epochs=1 init=given
.measure train e find t.error.mean
.end
`);
  expect(Math.abs(e! + Math.cos(0.3) + Math.cos(0.3) ** 14)).toBeLessThan(1e-12);
});

const column = (file: string, name: string): Float64Array =>
  readCsv(readFileSync(file, "utf8")).find((it) => it.name === name)!.values;

describe("a training of a block", () => {
  test("ends where `stop=` says: once all runs have fallen below, with weights that meet it", async () => {
    const text = hydrogen("stop={error<-1.8}");
    const { code, err } = await pinched(["run", deck("h.cir", text), "--no-plots"]);
    expect(code, err).toBe(0);
    const epochs = column("h.out/h.train.vqe.csv", "epoch");
    expect(epochs.length).toBeLessThan(200);
    expect(epochs.length).toBeGreaterThan(1);
    expect(column("h.out/h.train.vqe.csv", "error.p95").at(-1)!).toBeLessThan(-1.8);
    const weights = column("h.out/h.train.vqe.weights.csv", "w");
    for (const w of weights) {
      // ⟨H⟩ of cos w|01⟩ + sin w|10⟩
      const energy = -1.05237325 + 0.0112801 - 2 * 0.39793742 * Math.cos(2 * w) + 0.1809312 * Math.sin(2 * w);
      expect(energy).toBeLessThan(-1.8);
    }
  });

  test("writes the weights of the run that it keeps to `save=`", async () => {
    for (const [keep, row] of [
      ["run:3", 2],
      ["last", 4],
    ] as const) {
      const { code, err } = await pinched([
        "run",
        deck("h.cir", hydrogen(`epochs=3 keep=${keep} save="kept.csv"`).replace("epochs=200 ", "")),
        "--no-plots",
      ]);
      expect(code, err).toBe(0);
      expect(column("h.out/kept.csv", "w")).toEqual(column("h.out/h.train.vqe.weights.csv", "w").slice(row, row + 1));
    }
  });

  test.each(["descent", "adam"])("goes on with `--resume` to the same bits (%s)", async (optimizer) => {
    const text = hydrogen("").replace("optimizer=adam", `optimizer=${optimizer}`).replace("epochs=200", "epochs=30000");
    deck("h.cir", text);
    expect((await pinched(["run", "h.cir", "--no-plots", "-o", "whole"])).code).toBe(0);
    const stopped = await pinched(["run", "h.cir", "--no-plots", "--max-time", "0.001"]);
    expect(stopped.code).not.toBe(0);
    expect(existsSync("h.out/h.train.vqe.checkpoint.json")).toBe(true);
    expect(column("h.out/h.train.vqe.csv", "epoch").length).toBeLessThan(30000);
    expect((await pinched(["run", "h.cir", "--no-plots", "--resume"])).code).toBe(0);
    expect(existsSync("h.out/h.train.vqe.checkpoint.json")).toBe(false);
    for (const name of ["h.train.vqe.csv", "h.train.vqe.weights.csv"])
      expect(rowsOf(`h.out/${name}`)).toEqual(rowsOf(`whole/${name}`));
  });

  test("is not gone on with from a checkpoint of another seed", async () => {
    deck("h.cir", hydrogen("").replace("epochs=200", "epochs=100000"));
    expect((await pinched(["run", "h.cir", "--no-plots", "--max-time", "0.001"])).code).toBe(1);
    expect(existsSync("h.out/h.train.vqe.checkpoint.json")).toBe(true);
    const { code, err } = await pinched(["run", "h.cir", "--no-plots", "--resume", "--seed", "7"]);
    expect(code, err).not.toBe(0);
    expect(err).toContain("The checkpoint of `vqe` is of another training");
  });
});

describe("a cost that is no number any more", () => {
  const light = (target: string) => `light
.quantum c
oscillator a levels=8 omega=1
feature x
weight w
gate displace a x
gate squeeze a w
.endquantum
.dataset d inputs=(x) targets=(y)
+  1 0.5
+  0.5 ${target}
.train t rule=gradient block=c data=d outputs=({pos(a)}) rate=0.05 epochs=3 runs=2
.train k rule=kernel kernel=polynomial degree=1 data=d ridge=1e-9
.end
`;

  test("ends its realisation with a warning, and leaves no row without a value", async () => {
    const { code, err } = await pinched(["run", deck("huge.cir", light("1e308"))]);
    expect(code).toBe(0);
    expect(err).toContain("2 of 2 realisations of `t` diverged");
    expect(err).toContain("1 of 1 realisations of `k` diverged");
    expect(rowsOf("huge.out/huge.train.t.csv")).toHaveLength(1); // the names
    expect(rowsOf("huge.out/huge.train.k.csv")).toHaveLength(1);
  });

  test("is no matter where data are as they should be", async () => {
    const { err } = await pinched(["run", deck("fair.cir", light("0.25"))]);
    expect(err).not.toContain("diverged");
    expect(rowsOf("fair.out/fair.train.t.csv")).toHaveLength(4);
  });
});
