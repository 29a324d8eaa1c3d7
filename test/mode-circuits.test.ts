import { describe, expect, test } from "vitest";
import { adjoint, combined } from "../src/numerics/linear/complex-matrix.js";
import { Random } from "../src/numerics/random.js";
import { annihilation } from "../src/quantum/local-operators.js";
import { ModeCircuit, type ModeGate } from "../src/quantum/mode-circuit.js";
import { type ModeGateKind, modeOperator, modeSlope } from "../src/quantum/mode-gates.js";
import { operator } from "../src/quantum/operator.js";
import { spaceOf } from "../src/quantum/space.js";
import { WatchedOperator } from "../src/quantum/watched.js";
import { deck, inFolderOfItsOwn, pinched } from "./command-line.js";

// Gates of oscillators between levels, and their slopes: differences, closed forms, and trainings from the command line.

inFolderOfItsOwn();

const kinds: readonly ModeGateKind[] = ["displace", "kick", "squeeze", "rotate", "kerr", "beamsplitter"];

describe.each(kinds)("%s", (kind) => {
  test("the slope of a cut matrix is that of its entries, by Taylor's theorem", () => {
    const levels = kind === "beamsplitter" ? [4, 6] : [9];
    const [U, slope] = [modeOperator(kind, levels, 0.4), modeSlope(kind, levels, 0.4)];
    const rest = (h: number): number => {
      const V = modeOperator(kind, levels, 0.4 + h);
      return Math.hypot(
        ...[...V.re.keys()].flatMap((k) => [
          V.re[k]! - U.re[k]! - h * slope.re[k]!,
          V.im[k]! - U.im[k]! - h * slope.im[k]!,
        ]),
      );
    };
    expect(Math.log10(rest(1e-3) / rest(1e-4))).toBeCloseTo(2, 1);
  });
});

const space = spaceOf(8, 7);
const gates: readonly ModeGate[] = [
  ...kinds.map((kind) => ({ kind, systems: kind === "beamsplitter" ? [1, 0] : [0] })),
  { kind: "kerr", systems: [1] },
  { kind: "squeeze", systems: [1] },
  { kind: "displace", systems: [0] },
];

test("slopes of a mean value, whose state is cut and normalised, are those of differences", () => {
  const random = new Random("modes", 3);
  const circuit = new ModeCircuit(space, gates);
  const a = annihilation(8);
  const x = new WatchedOperator(space, operator(1, [0, combined(0.5, a, 0.5, adjoint(a))]));
  const start = { re: new Float64Array(56), im: new Float64Array(56) };
  for (let k = 0; k < 56; k++) [start.re[k], start.im[k]] = [random.normal() / 8, random.normal() / 8];
  const s = Float64Array.from(gates, () => random.normal() / 2);
  const meanAt = (parameters: Float64Array): number => {
    circuit.run(start, parameters);
    return circuit.mean(x);
  };
  const slopes = new Float64Array(gates.length);
  meanAt(s);
  circuit.slopes(
    x,
    gates.map(() => true),
    slopes,
  );
  for (const [k, slope] of slopes.entries()) {
    const at = (h: number): number => meanAt(s.with(k, s[k]! + h));
    const difference = (8 * (at(1e-4) - at(-1e-4)) - (at(2e-4) - at(-2e-4))) / 12e-4;
    expect(Math.abs(slope - difference)).toBeLessThan(1e-8);
  }
});

test("behind a Kerr gate ⟨a⟩ of a coherent state is αe^(ik)exp(|α|²(e^(2ik) − 1)), and so are its slopes", () => {
  const [alpha, k] = [1.2, 0.1];
  const one = spaceOf(40);
  const circuit = new ModeCircuit(one, [
    { kind: "displace", systems: [0] },
    { kind: "kerr", systems: [0] },
  ]);
  const vacuum = { re: Float64Array.from({ length: 40 }, (_, n) => (n === 0 ? 1 : 0)), im: new Float64Array(40) };
  circuit.run(vacuum, Float64Array.of(alpha, k));
  const a = annihilation(40);
  const re = new WatchedOperator(one, operator(1, [0, combined(0.5, a, 0.5, adjoint(a))]));
  expect(circuit.mean(re)).toBeCloseTo(1.08021313943, 10);
  // d/dk of α exp(ik + |α|²(e^(2ik) − 1)) is i(1 + 2|α|²e^(2ik)) times it.
  const [f, g] = [1.08021313943, 0.439089775281];
  const [p, q] = [1 + 2 * alpha ** 2 * Math.cos(2 * k), 2 * alpha ** 2 * Math.sin(2 * k)];
  const slopes = new Float64Array(2);
  circuit.slopes(re, [true, true], slopes);
  expect(slopes[1]).toBeCloseTo(-(q * f + p * g), 9);
  const [bend, turn] = [2 * alpha * (Math.cos(2 * k) - 1), 2 * alpha * Math.sin(2 * k)];
  expect(slopes[0]).toBeCloseTo(f / alpha + bend * f - turn * g, 9);
});

const layers = (output: string, last: string) => `by levels
.quantum c
oscillator a levels=24 omega=1
oscillator b levels=10 omega=1
weight w1 0.2
weight w2 -0.3
gate displace a {w1+0.1}
gate squeeze b {0.5*w1}
gate beamsplitter a b {2*w2}
${last}
.endquantum
.train t rule=gradient cost=energy outputs=({${output}}) epochs=1 init=given rate=0
.qtran 0.1 0.1
.measure train e find t.error.mean
.measure qtran f find ex({${output}}) at=0
.end
`;

describe("from the command line", () => {
  test.each([
    ["pos(a)", "gate kerr a w2"],
    ["num(a)*num(a)", "gate rotate b w2"],
    ["mom(b)*mom(b)", "gate kerr b {w1*w2}"],
  ])("`%s` behind `%s` is the same in a training and in a run", async (output, last) => {
    const { code, out, err } = await pinched([...["run", deck("d.cir", layers(output, last)), "--json", "--no-plots"]]);
    expect(code, err).toBe(0);
    const [e, f] = (JSON.parse(out) as { measures: readonly { value: number }[] }).measures;
    expect(e!.value).toBeCloseTo(f!.value, 12);
  });

  // The targets are √2 Re αe^(ik)exp(|α|²(e^(2ik) − 1)) with α = x + 0.3 and k = 0.2.
  test("weights of a Kerr gate are learned: a mean of x that no Gaussian layer gives", async () => {
    const text = `t
.quantum c
oscillator a levels=24 omega=1
feature x
weight k
weight d
gate displace a x
gate displace a d
gate kerr a k
.endquantum
.dataset s inputs=(x) targets=(y)
+ -1 -0.880578043
+  0  0.409677264
+  1  1.051979901
.train t rule=gradient data=s outputs=({pos(a)}) optimizer=adam rate=0.02 epochs=200 scale=0.5 runs=2 keep=best
.measure train e find t.error.p05
.end
`;
    const { out } = await pinched(["run", deck("d.cir", text), "--json", "--no-plots"]);
    const [e] = (JSON.parse(out) as { measures: readonly { value: number }[] }).measures;
    expect(e!.value).toBeLessThan(1e-6);
  });

  test("levels that are too few are told", async () => {
    const few = layers("pos(a)", "gate kerr a w2").replace("levels=24", "levels=3");
    const { err } = await pinched(["run", deck("d.cir", few), "--no-plots", "-o", "out"]);
    expect(err.match(/highest of the 3 levels/g)).toHaveLength(2); // of the training, and of the run
  });
});
