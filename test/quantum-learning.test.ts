import "./seed.js";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { simulate } from "../src/index.js";
import { Random } from "../src/numerics/random.js";
import type { Amplitudes } from "../src/quantum/amplitudes.js";
import { type CircuitGate, hasAngle } from "../src/quantum/circuit-steps.js";
import { GateCircuit } from "../src/quantum/gate-circuit.js";
import { gateKinds, gateMatrix } from "../src/quantum/gates.js";
import type { Ket } from "../src/quantum/ket.js";
import { LocalAction } from "../src/quantum/local-action.js";
import { sx, sy, sz } from "../src/quantum/local-operators.js";
import { operator } from "../src/quantum/operator.js";
import { spaceOf } from "../src/quantum/space.js";
import { WatchedOperator } from "../src/quantum/watched.js";
import { randomKet } from "./random-quantum.js";

// Circuits with angles that learn, against gates as matrices, central differences, and reference numbers that were
// computed elsewhere (the same circuits in NumPy; the starts are those of a linear congruential generator).

const seeds = fc.integer({ min: 0, max: 1e6 });
const onTwo = ["cnot", "cx", "cy", "cz", "crx", "cry", "crz", "rxx", "ryy", "rzz", "swap", "iswap"];

function randomGates(random: Random, qubits: number, count: number): CircuitGate[] {
  return Array.from({ length: count }, () => {
    const type = gateKinds[random.below(gateKinds.length)]!;
    const first = random.below(qubits);
    const second = (first + 1 + random.below(qubits - 1)) % qubits;
    return { type, systems: onTwo.includes(type) ? [first, second] : [first] };
  });
}

const gap = (a: Amplitudes, b: Amplitudes): number =>
  a.re.reduce((most, x, k) => Math.max(most, Math.abs(x - b.re[k]!), Math.abs(a.im[k]! - b.im[k]!)), 0);

describe("a circuit of gates on a ket", () => {
  test("does what the matrices of its gates do", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2, max: 5 }), (seed, qubits) => {
        const random = new Random("gates", seed);
        const space = spaceOf(...Array.from({ length: qubits }, () => 2));
        const gates = randomGates(random, qubits, 12);
        const angles = Float64Array.from(gates, () => 7 * random.uniform() - 3);
        const start = randomKet(space, random);
        const circuit = new GateCircuit(qubits, gates);
        circuit.run(start, angles);
        const other = gates.reduce<Ket>(
          (ket, { type, systems }, k) => new LocalAction(space, systems, gateMatrix(type, angles[k])).on(ket),
          start,
        );
        expect(gap(circuit.state, other)).toBeLessThan(1e-13);
      }),
      { numRuns: 60 },
    );
  });

  test("kernels compute the same to the last bit compiled and as they are written", () => {
    const went = (seed: number): readonly number[] => {
      const random = new Random("compiled", seed);
      const space = spaceOf(2, 2, 2, 2);
      const gates = randomGates(random, 4, 25);
      const circuit = new GateCircuit(4, gates);
      const slopes = new Float64Array(gates.length);
      circuit.run(
        randomKet(space, random),
        Float64Array.from(gates, () => 7 * random.uniform() - 3),
      );
      circuit.slopes(new WatchedOperator(space, operator(0.7, [0, sx], [2, sy])), gates.map(hasAngle), slopes);
      return [...circuit.state.re, ...circuit.state.im, ...slopes];
    };
    for (let seed = 0; seed < 20; seed++) {
      const compiled = went(seed);
      vi.stubGlobal("WebAssembly", undefined);
      expect(went(seed)).toEqual(compiled);
      vi.unstubAllGlobals();
    }
  });

  test("slopes carried back, slopes by shifts and central differences agree", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random("slopes", seed);
        const space = spaceOf(2, 2, 2);
        const gates = randomGates(random, 3, 10);
        const angles = Float64Array.from(gates, () => 7 * random.uniform() - 3);
        const start = randomKet(space, random);
        const watched = new WatchedOperator(space, [
          ...operator(0.7, [0, sx], [1, sy]),
          ...operator(-0.4, [2, sz]),
          ...operator(1.1, [0, sz], [2, sx]),
        ]);
        const circuit = new GateCircuit(3, gates);
        const wanted = gates.map(hasAngle);
        const [back, shifted] = [new Float64Array(gates.length), new Float64Array(gates.length)];
        circuit.run(start, angles);
        circuit.slopes(watched, wanted, back);
        circuit.shiftedSlopes(watched, start, wanted, shifted);
        const valueAt = (k: number, by: number): number => {
          circuit.run(
            start,
            Float64Array.from(angles, (angle, place) => (place === k ? angle + by : angle)),
          );
          return watched.value(circuit.state);
        };
        for (let k = 0; k < gates.length; k++) {
          const h = 1e-4;
          const difference = wanted[k]
            ? (8 * (valueAt(k, h) - valueAt(k, -h)) - valueAt(k, 2 * h) + valueAt(k, -2 * h)) / (12 * h)
            : 0;
          expect(Math.abs(back[k]! - shifted[k]!)).toBeLessThan(1e-13);
          expect(Math.abs(back[k]! - difference)).toBeLessThan(1e-10);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** x ← 1664525x + 1013904223 modulo 2³², as numbers below 1. */
function congruential(seed: number): () => number {
  let x = seed;
  return () => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return x / 2 ** 32;
  };
}

async function measured(text: string): Promise<(name: string) => number> {
  const { measures, diagnostics } = await simulate(text, { name: "deck.cir", pictures: false });
  expect(diagnostics.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
  return (name) => measures.find((it) => it.name === name)!.value!;
}

const near = (value: number, wanted: number, by: number): void =>
  expect(Math.abs(value - wanted), `${value} instead of ${wanted}`).toBeLessThanOrEqual(by);

const xor = (settings: string, rest = ""): string => {
  const next = congruential(5);
  const weights = [1, 2, 3, 4].map((k) => `weight th${k} ${2 * Math.PI * next()}`);
  return `xor
.quantum c
qubit a
qubit b
feature x1 0.3
feature x2 0.7
encode (a,b) angle=(x1,x2)
${weights.join("\n")}
gate ry a th1
gate ry b th2
gate cnot a b
gate ry a th3
gate ry b th4
.endquantum
.dataset d inputs=(x1,x2) targets=(y)
+ 0 0 1
+ 0 {pi/2} -1
+ {pi/2} 0 -1
+ {pi/2} {pi/2} 1
.train t rule=gradient data=d outputs=({-sz(b)}) rate=0.2 ${settings}
${rest}
.end
`;
};

describe("two qubits that learn XOR", () => {
  test("its answer, cost, slope and descent are those of the reference", async () => {
    const before = await measured(
      xor("epochs=1 init=given", "").replace(/^\.train.*$/m, ".qtran 1\n.measure qtran f find ex({-sz(b)}) at=0"),
    );
    near(before("f"), -0.512940734044, 1e-12);
    for (const slopes of ["adjoint", "shift"]) {
      const of = await measured(
        xor(
          `epochs=101 init=given slopes=${slopes}`,
          [1, 11, 101].map((at) => `.measure train e${at} find t.error.mean at=${at}`).join("\n"),
        ),
      );
      near(of("e1"), 1.638971433327, 1e-12);
      near(of("e11"), 0.3610733608, 1e-10);
      near(of("e101"), 1.97666e-4, 1e-9);
    }
  });

  test("one step moves each weight by the reference's slope", async () => {
    const next = congruential(5);
    const starts = [1, 2, 3, 4].map(() => 2 * Math.PI * next());
    const { results } = await simulate(xor("epochs=1 init=given"), { name: "deck.cir" });
    const weights = results[0]!.tables!.find(({ name }) => name === "weights")!.columns.slice(3); // behind run, error and correct
    const slopes = weights.map(({ values }, k) => (starts[k]! - values[0]!) / 0.2);
    for (const [k, slope] of [-0.1356895, 0.051507, 0, -0.9361511].entries()) near(slopes[k]!, slope, 2e-7); // differences, to seven digits
  });

  test.each([2, 3, 4])("it learns from other seeds, and the block keeps the weights (seed %i)", async (seed) => {
    const of = await measured(
      xor(
        `epochs=200 runs=20 seed=${seed}`,
        ".test t\n.measure test right find t.correct\n.measure train median find t.error.median\n.qtran 1\n.print qtran ex({-sz(b)})\n.measure qtran said find ex({-sz(b)}) at=0",
      ).replace("feature x1 0.3\nfeature x2 0.7", "feature x1 {pi/2}\nfeature x2 0"),
    );
    expect(of("right")).toBe(1);
    expect(of("median")).toBeLessThan(0.01);
    expect(of("said")).toBeLessThan(-0.95);
  });
});

/** Layers of RZ and RY with CZ between all pairs; of a qubit's two numbers the first turns about y. */
function pictures(layers: number, seed: number, settings: string): string {
  const next = congruential(seed);
  const turns = (layer: number): string[] =>
    [0, 1, 2, 3].flatMap((q) => {
      const [y, z] = [2 * Math.PI * next(), 2 * Math.PI * next()];
      const name = `${layer}_${q}`;
      return [`weight y${name} ${y}`, `weight z${name} ${z}`, `gate rz q${q} z${name}`, `gate ry q${q} y${name}`];
    });
  const pairs = [0, 1, 2].flatMap((q) => [1, 2, 3].filter((p) => p > q).map((p) => `gate cz q${q} q${p}`));
  const lines = Array.from({ length: layers }, (_, layer) => [...turns(layer), ...pairs]).flat();
  return `bars
.quantum c
${[0, 1, 2, 3].map((q) => `qubit q${q}`).join("\n")}
${[...lines, ...turns(layers)].join("\n")}
.endquantum
.dataset d inputs=(a,b,c,d) targets=(p)
+ (0 0 0 0 {1/6}) (1 1 1 1 {1/6}) (0 1 0 1 {1/6}) (1 0 1 0 {1/6}) (0 0 1 1 {1/6}) (1 1 0 0 {1/6})
.train t rule=gradient data=d cost=kl outputs=(q0 q1 q2 q3) optimizer=adam ${settings}
.measure train first find t.error.mean at=1
.measure train last find t.error.p05
.measure train drawn find t.correct
.end
`;
}

describe("four qubits that learn bars and stripes", () => {
  test("before it has learned, the divergence is that of the reference", async () => {
    const of = await measured(pictures(1, 101, "epochs=1 init=given"));
    near(of("first"), 1.960161761988, 1e-12);
    // All amplitudes alike: ln(16/6).
    const uniform = await measured(
      pictures(1, 101, "epochs=1 init=given")
        .replace(/weight (\w)\d_(\d) \S+/g, (text, axis: string) =>
          axis === "y" && text.includes("y0") ? text.replace(/\S+$/, "{pi/2}") : text.replace(/\S+$/, "0"),
        )
        .replace(/^gate cz.*$/gm, "*"),
    );
    near(uniform("first"), 0.980829253012, 1e-12);
  });

  test("two layers come where the reference comes, one layer is stuck", async () => {
    const wanted = { 101: 6.7e-3, 102: 5.9e-5, 103: 1.2e-6 };
    for (const seed of [101, 102, 103] as const) {
      const two = await measured(pictures(2, seed, "epochs=151 init=given rate=0.1"));
      near(two("last"), wanted[seed], 0.05 * wanted[seed]);
      const one = await measured(pictures(1, seed, "epochs=151 init=given rate=0.1"));
      expect(one("last")).toBeGreaterThan(Math.log(4 / 3) - 1e-9);
      expect(one("drawn")).toBeLessThan(0.7501);
    }
  });

  test.each([2, 3, 4])("so it is from other starts (seed %i)", async (seed) => {
    const two = await measured(pictures(2, 101, `epochs=150 runs=6 seed=${seed}`));
    expect(two("last")).toBeLessThan(1e-3);
    const one = await measured(pictures(1, 101, `epochs=150 runs=6 seed=${seed}`));
    expect(one("last")).toBeGreaterThan(0.2);
  });
});

describe("encoders", () => {
  const first = (lines: string, print: string, of: string): Promise<(name: string) => number> =>
    measured(`e\n.quantum c\nqubit a\nqubit b\n${lines}\n.endquantum\n.qtran 1\n.print qtran ${print}\n${of}\n.end\n`);
  const outcomes = ["g,g", "g,e", "e,g", "e,e"].map((levels) => levels.split(","));
  const amplitude = ([a, b]: readonly string[], k: number): string =>
    `.measure qtran p${k} find ex({proj(a,${a})*proj(b,${b})}) at=0`;

  test("amplitudes are the numbers over their norm, in the order of gates", async () => {
    const of = await first("encode (a,b) amplitude=(1,2,-1,0.5)", "pop(a,e)", outcomes.map(amplitude).join("\n"));
    for (const [k, wanted] of [0.4, 0.8, -0.4, 0.2].entries()) near(of(`p${k}`), wanted ** 2, 1e-12);
  });

  test("angles are cos x|0⟩ + sin x|1⟩", async () => {
    const of = await first("encode (a,b) angle=(0.3,0.7)", "pop(a,e)", outcomes.map(amplitude).join("\n"));
    const wanted = [0.73068165, 0.61544466, 0.22602632, 0.19037934];
    for (const [k, value] of wanted.entries()) near(of(`p${k}`), value ** 2, 1e-8);
  });

  // F. Tacchino et al., npj Quantum Information 5, 26, 2019: |⟨w|i⟩|² of (1,−1,1,1) and (1,−1,−1,1).
  test("a quantum perceptron answers with the squared overlap of input and weights", async () => {
    const weights = "{(ket(g,g)-ket(g,e)-ket(e,g)+ket(e,e))/2}";
    const of = await first(
      "feature x 1\nencode (a,b) amplitude=({x},-1,1,{x})",
      "pop(a,e)",
      `.measure qtran f find fidelity(${weights}) at=0`,
    );
    near(of("f"), 0.25, 1e-12);
  });
});
