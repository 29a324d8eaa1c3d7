import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { halfTurns } from "../src/circuit/quantum/block.js";
import {
  type ComplexMatrix,
  combined,
  identityMatrix,
  kronecker,
  zeroMatrix,
} from "../src/numerics/linear/complex-matrix.js";
import { turnedBy } from "../src/quantum/couplings.js";
import { gateKinds, gateMatrix } from "../src/quantum/gates.js";
import { lawAt, type Operator } from "../src/quantum/operator.js";
import { gateMotion } from "../src/quantum/step-motion.js";
import { readCsv } from "../src/views/read-csv.js";
import { deck, inFolderOfItsOwn, pinched } from "./command-line.js";

// What the command line writes for lines of blocks that must mean the same as others.

inFolderOfItsOwn();

/** Runs a block; gives the columns of one of its files by their names. */
async function ran(
  lines: string,
  qtran: string,
  print: string,
  file = "qtran",
): Promise<ReadonlyMap<string, Float64Array>> {
  const text = `one\n.param T={2*pi}\n.quantum q\n${lines}\n.endquantum\n.qtran ${qtran}\n.print ${print}\n.end\n`;
  const { code, err } = await pinched(["run", deck("d.cir", text), "-o", "out", "--no-plots"]);
  expect(code, err).toBe(0);
  return new Map(readCsv(readFileSync(`out/d.${file}.csv`, "utf8")).map(({ name, values }) => [name, values]));
}

/** The largest difference between what two runs say. */
function apart(a: ReadonlyMap<string, Float64Array>, b: ReadonlyMap<string, Float64Array>): number {
  expect([...a.keys()]).toEqual([...b.keys()]);
  const differences = [...a].flatMap(([name, values]) => Array.from(values, (x, k) => Math.abs(x - b.get(name)![k]!)));
  return differences.reduce((most, one) => Math.max(most, one), 0);
}

/** An operator on one or two qubits, whose coefficients are real, as a matrix. */
function dense(operator: Operator, size: number): ComplexMatrix {
  return operator.reduce((sum, { coefficient, factors }) => {
    const of = (system: number) => factors.find((factor) => factor.system === system)?.matrix ?? identityMatrix(2);
    return combined(1, sum, lawAt(coefficient.re, 0), size === 2 ? of(0) : kronecker(of(0), of(1)));
  }, zeroMatrix(size));
}

const pair = `qubit a theta={pi/4}
qubit b theta={pi/6} phi={pi/3}
memristor M1 a gamma0=0.02
memristor M2 b gamma0=0.05`;
const all = "v(M1) i(M1) v(M2) i(M2) concurrence(a,b) ex({sx(a)*sy(b)}) purity()";

describe("frames of a coupling in the Hamiltonian", () => {
  const run = (couple: string) => ran(`${pair}\n${couple}`, "{T/20} {2*T}", all);

  test.each(["zz", "xy", "pswap", "cz"])(
    "%s commutes with free motion: both frames say the same of everything",
    async (kind) => {
      const said = await Promise.all(
        ["laboratory", "rotating"].map((frame) => run(`couple U a b ${kind} g=0.05 frame=${frame}`)),
      );
      expect(apart(said[0]!, said[1]!)).toBeLessThan(1e-9);
    },
  );

  test("yy does not: in the rotating frame it turns with both qubits", async () => {
    const turning = "(cos(time)*sy(a)-sin(time)*sx(a))*(cos(time)*sy(b)-sin(time)*sx(b))";
    const rotating = await run("couple U a b yy g={0.05*(1+0.5*sin(time))} frame=rotating");
    expect(apart(rotating, await run(`hamiltonian {0.05*(1+0.5*sin(time))*${turning}}`))).toBeLessThan(1e-9);
    expect(apart(rotating, await run("couple U a b yy g={0.05*(1+0.5*sin(time))}"))).toBeGreaterThan(0.05);
  });
});

describe("currents of what acts behind each step", () => {
  const h = 0.05;
  const one = "qubit a theta={pi/5} phi={pi/3}\nmemristor M1 a gamma0=0.2";
  const digital = (lines: string, n = 1) => ran(`${one}\n${lines}`, `2 method=digital dt=${h / n}`, "v(M1) i(M1)");

  test("a phase that flips is dephasing, to rounding", async () => {
    const kicked = await digital(`channel K a kind=phaseflip p={(1-exp(-2*0.3*${h}))/2} each=step`);
    expect(apart(kicked, await ran(`${one}\nlindblad {sz(a)} rate=0.3`, `${h} 2`, "v(M1) i(M1)"))).toBeLessThan(1e-9);
  });

  test("decay behind each step is decay at a rate that the memristor has beside its own", async () => {
    const kicked = await digital(`channel K a kind=damping p={1-exp(-0.3*${h})} each=step`);
    const rate = await ran(one.replace("gamma0=0.2", "rate={0.2*(1-sin(cos(time)))+0.3}"), `${h} 2`, "v(M1) i(M1)");
    expect(apart(kicked, rate)).toBeLessThan(1e-9);
  });

  test.each([
    ["gate rx a {0.4*H} each=step", "hamiltonian {0.2*sx(a)}"],
    ["gate rz a {0.4*H} each=step", "hamiltonian {-0.2*sz(a)}"],
    ["gate ry a {0.4*H} each=step", "hamiltonian {-0.2*sy(a)}"],
    ["channel K a kind=bitflip p={(1-exp(-2*0.3*H))/2} each=step", "lindblad {sx(a)} rate=0.3"],
    [
      "channel K a kind=depolarizing p={1-exp(-4*0.3*H)} each=step",
      "lindblad {sx(a)} rate=0.3\nlindblad {sy(a)} rate=0.3\nlindblad {sz(a)} rate=0.3",
    ],
  ])("%s tends to what does the same all along, to first order", async (gate, motion) => {
    const errors: number[] = [];
    for (const n of [4, 8]) {
      const kicked = await digital(gate.replace("H", String(h / n)), n);
      errors.push(apart(kicked, await ran(`${one}\n${motion}`, `${h / n} 2`, "v(M1) i(M1)")));
    }
    expect(errors[1]!).toBeLessThan(2e-3);
    if (errors[1]! > 1e-9) expect(errors[0]! / errors[1]!).toBeCloseTo(2, 0);
  });

  test("each gate is its motion over a step, but for half turns", () => {
    for (const kind of gateKinds) {
      const K = gateMotion(kind, 0.7, 0, 1);
      expect(K === undefined, kind).toBe(halfTurns.includes(kind));
      if (K === undefined) continue;
      const gate = gateMatrix(kind, 0.7);
      const whole = turnedBy(dense(K, gate.size), 1);
      // Up to a phase: |Tr G†U| is the size.
      const [re, im] = [0, 0].map((_, part) => {
        let sum = 0;
        for (let k = 0; k < gate.re.length; k++)
          sum +=
            part === 0
              ? gate.re[k]! * whole.re[k]! + gate.im[k]! * whole.im[k]!
              : gate.re[k]! * whole.im[k]! - gate.im[k]! * whole.re[k]!;
        return sum;
      }) as [number, number];
      expect(Math.hypot(re, im), kind).toBeCloseTo(gate.size, 12);
    }
  });
});

test("a mean over watched runs has its standard error: that of the runs one by one", async () => {
  const watched = "qubit a theta={pi/4}\nmemristor M1 a gamma0=0.1\nmonitor W1 a {sz(a)} strength=0.1";
  const run = (runs: number) =>
    ran(watched, `1 method=trajectories dt=0.1 runs=${runs} seed=5`, "ex({sz(a)}) record(W1)");
  const [one, two] = [await run(1), await run(2)];
  expect([...one.keys()]).toEqual(["time", "ex({sz(q.a)})", "record(q.w1)"]);
  // Of two realisations x and y, whose mean is m, the error is |x − y|/2 = |x − m|.
  for (const name of ["ex({sz(q.a)})", "record(q.w1)"])
    one.get(name)!.forEach((x, k) => {
      expect(two.get(`${name}.se`)![k]).toBeCloseTo(Math.abs(x - two.get(name)![k]!), 12);
    });
});

test("a density matrix from a file has no probability below 0", async () => {
  const of = (p: number, c: number) =>
    [
      [0.5 + p, 0, c, 0],
      [c, 0, 0.5 - p, 0],
    ]
      .map((row) => row.join(","))
      .join("\n");
  const text =
    'one\n.quantum q\nqubit a\nmemristor M1 a gamma0=0.1 omega=1\nstate (a) rho="rho.csv"\n.endquantum\n.qtran 1\n.print v(M1)\n.end\n';
  const told = (rho: string) => {
    deck("rho.csv", rho);
    return pinched(["run", deck("d.cir", text), "-o", "out"]);
  };
  expect((await told(of(0.3, 0.4))).code).toBe(0); // pure
  const { code, err } = await told(of(0, 0.6)); // eigenvalues 0.5 ± 0.6
  expect(code).toBe(2);
  expect(err).toContain("error[not-positive]: The state from the file has the eigenvalue -0.1");
  expect(err).toContain('5 | state (a) rho="rho.csv"');
});

// A cell with its own qubit, which its node damps and which feels it, as a subcircuit used twice and written out.
test("blocks in subcircuits are those that are written out", async () => {
  const cell = (
    x: string,
    n: string,
    g0: string,
    th: string,
    name: string,
  ) => `.quantum ${name} units=natural omega0=1 vunit=1 iunit=1
qubit a theta={${th}}
memristor M1 a rate={${g0}*(1+v(${n})**2)} omega=1
port P1 a node=${n} op={sy(a)} k=0.3
.endquantum
B${x} 0 ${n} i={i(${name}.M1)+0.1*ex({sx(${name}.a)})+0.1*i(${name}.P1)}
R${x} ${n} 0 1
C${x} ${n} 0 1`;
  const run = async (circuit: string, one: string, two: string) => {
    const print = `.print v(n1) v(n2) v(${one}.M1) i(${two}.P1) ex({sy(${one}.a)}) purity(${two}) pop(${two}.a,e)`;
    const text = `cells\n${circuit}\nRc n1 n2 2\n.tran 0.5 3\n${print}\n.end\n`;
    const { code, err } = await pinched(["run", deck("d.cir", text), "-o", "out", "--no-plots"]);
    expect(code, err).toBe(0);
    return readCsv(readFileSync("out/d.tran.csv", "utf8")).map(({ values }) => [...values]);
  };
  const inside = `.subckt cell p g0=0.1 th=0.7\n${cell("", "p", "g0", "th", "q")}\n.ends\nX1 n1 cell\nX2 n2 cell g0=0.3 th=0.4`;
  const flat = `${cell("1", "n1", "0.1", "0.7", "q1")}\n${cell("2", "n2", "0.3", "0.4", "q2")}`;
  expect(await run(inside, "x1.q", "x2.q")).toEqual(await run(flat, "q1", "q2"));
});
