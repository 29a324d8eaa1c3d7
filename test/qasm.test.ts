import { describe, expect, test } from "vitest";
import { NetlistError, qasm, simulate } from "../src/index.js";
import { DenseRegister } from "./dense-qasm.js";

/** ρ at the end of a digital run, and of the program made from the same netlist. */
async function both(body: string, run: string, systems: number, cards: string) {
  const size = 2 ** systems;
  const places = [...Array(size).keys()].flatMap((i) => [...Array(size).keys()].map((j) => [i, j] as const));
  const print = places.flatMap(([i, j]) =>
    i === j ? [`rho(${i},${j})`] : [`re(rho(${i},${j}))`, `im(rho(${i},${j}))`],
  );
  const netlist = `t\n${cards}\n.quantum q\n${body}\n.endquantum\n.qtran ${run} method=digital\n.print ${print.join(" ")}\n.end\n`;
  const { results } = await simulate(netlist, { pictures: false });
  const made = results.find(({ analysis }) => analysis === "qtran")!;
  expect(made.ended).toBe("complete");
  const column = (name: string): number => made.columns.find((it) => it.name === name)?.values.at(-1) ?? 0;
  const register = new DenseRegister().run(qasm(netlist, { measure: "none" }).text);
  const found = register.reduced([...Array(systems).keys()].map((k) => `system[${k}]`));
  return places.map(([i, j]) => {
    const [re, im] = found[size - 1 - i]![size - 1 - j]!;
    const name = `rho(${i},${j})`;
    const shown = made.columns.map((it) => it.name).filter((it) => it.includes(`${i},${j})`));
    expect(shown.length, name).toBe(i === j ? 1 : 2);
    return [column(shown[0]!) - re, (i === j ? 0 : column(shown[1]!)) - im] as const;
  });
}

async function agrees(body: string, run: string, systems: number, cards = ""): Promise<void> {
  for (const [re, im] of await both(body, run, systems, cards)) {
    expect(Math.abs(re)).toBeLessThan(1e-12);
    expect(Math.abs(im)).toBeLessThan(1e-12);
  }
}

const one = "qubit a theta={pi/8} phi={pi/5} omega=1\nmemristor M1 a gamma0=0.4 omega=1";
const two = `${one}\nqubit b theta=0.9 phi=-1.3 omega=1.1\nmemristor M2 b gamma0=0.3 omega=1.1`;

describe("a program of OpenQASM does what the digital run does", () => {
  test("one memristor over a period", () => agrees(one, "{2*pi} steps_per_period=30", 1));

  const angles = { cx: [0.3, Math.PI], cz: [0.3, Math.PI], swap: [0.3, Math.PI] } as const;
  for (const kind of ["xx", "yy", "zz", "xy", "crx", "cry", "crz", "cx", "cz", "pswap", "swap"] as const) {
    for (const delta of angles[kind as "cx"] ?? [0.3])
      test(`coupling ${kind} by ${delta}`, () => agrees(`${two}\ncouple U1 a b ${kind} delta=${delta}`, "1 dt=0.2", 2));
  }

  test("a coupling in the frame that turns", () =>
    agrees(`${two}\ncouple U1 b a cry delta=0.2 frame=rotating`, "1 dt=0.2", 2));

  const gates = [
    ...["h a", "x a", "y a", "z a", "s a", "sdg a", "t a", "tdg a", "rx a 0.3", "ry a 0.4", "rz a 0.5", "p a 0.6"],
    ...[
      "cnot b a",
      "cx a b",
      "cy a b",
      "cz a b",
      "crx a b 0.3",
      "cry a b 0.4",
      "crz a b 0.5",
      "rxx b a 0.6",
      "ryy a b 0.7",
      "rzz a b 0.8",
      "swap a b",
      "iswap a b",
    ],
  ];
  test.each(gates)("gate %s", (gate) => agrees(`${two}\ngate ry b 0.7\ngate ${gate}`, "0.4 dt=0.2", 2));

  test.each(["damping", "dephasing", "depolarizing", "bitflip", "phaseflip"])("channel %s", (kind) =>
    agrees(`${two}\nchannel K1 a kind=${kind} p=0.3 each=step\nchannel K2 b kind=${kind} p=0.1`, "0.6 dt=0.2", 2),
  );

  // Without environments: registers here are dense.
  const three = `qubit a theta={pi/8} phi={pi/5} omega=1\nqubit b theta=0.9 phi=-1.3\nqubit c theta=0.7 phi=2\ngate ry b 0.7\ngate cnot a c`;
  test.each([
    ["a unitary one", "unitary=((1,0,0,0),(0,0,1,0),(0,{1i},0,0),(0,0,0,1))", "apply n (c,a)"],
    ["a Hadamard one", "unitary=(({sqrt(0.5)},{sqrt(0.5)}),({sqrt(0.5)},{-sqrt(0.5)}))", "apply n c"],
    ["one of three qubits", "in=8 out=8 kraus=1", "channel K1 (b,c,a) channel=n"],
    ["a standard one", "kind=depolarizing p=0.3", "apply n b each=step"],
    ["a stochastic one", "stochastic=((0.9,0.2),(0.1,0.8))", "apply n b at=0.2"],
    ["one of a qubit, of full rank", "in=2 out=2", "apply n b"],
    ["one of two qubits", "in=4 out=4 kraus=2", "apply n (c,b)"],
    ["what it takes is left in |0⟩", "in=4 out=2 kraus=4", "apply n (c,b) -> a"],
    ["to one of those that it takes from", "in=4 out=2 kraus=2", "apply n (c,b) -> b"],
    ["into more than it takes", "in=2 out=4 kraus=3", "apply n c -> (a,b)"],
    ["from one to itself and another", "in=2 out=4 kraus=1", "apply n c -> (b,c) each=step"],
  ])("a channel by its name, %s", (_, given, line) =>
    agrees(`${three}\n${line}`, "0.4 dt=0.2", 3, `.channel n ${given}${/out=/.test(given) ? " seed=3" : ""}`),
  );

  test("weights that a training before it moves, as they were learned", async () => {
    const energy =
      "rule=gradient cost=energy outputs=({sz(a)*sx(b)}) optimizer=adam rate=0.1 epochs=30 runs=3 keep=best";
    const body = "qubit a\nqubit b\nweight w1 0.2\nweight w2\ngate ry a {w1}\ngate crx a b {2*w2}\ngate rz b {w1-w2}";
    await agrees(body, "0.4 dt=0.2", 2, `.train t ${energy} seed=4`);
  });

  test("a channel that a training before it moves, as it was learned", () =>
    agrees(
      `${three}\napply n b`,
      "0.4 dt=0.2",
      3,
      ".channel n in=2 out=2 kraus=2 seed=3\n.train t rule=stiefel channel=n truth=10",
    ));

  test("gates at their times, behind the steps", () =>
    agrees(`${two}\ngate h a at=0.5\ngate x b at=0.3\ngate ry a 0.2 each=step\ngate s a`, "1 dt=0.2", 2));

  test("mixed and joint states", () =>
    agrees(
      "qubit a bloch=(0.3,-0.4,0.5)\nqubit b\nqubit c\nstate (c,b) ket={(0.6*ket(e,g)+0.48i*ket(g,e)-0.64*ket(g,g))}",
      "0.4 dt=0.2",
      3,
    ));

  test.each(["phi+", "phi-", "psi+", "psi-"])("bell=%s", (bell) =>
    agrees(`qubit a\nqubit b\nstate (a,b) bell=${bell}\nmemristor M1 a gamma0=0.3 omega=1`, "0.4 dt=0.2", 2),
  );
});

const netlist = (body: string, card = ".qtran 1 method=digital dt=0.1"): string =>
  `t\n.quantum q\n${body}\n.endquantum\n${card}\n.end\n`;

describe("what a program says", () => {
  test("the paper's angles, 30 steps a period", () => {
    const lines = qasm(netlist(one.replace("{pi/8}", "{pi/4}"), ".qtran 6.3 method=digital steps_per_period=30")).text;
    const angles = [...lines.matchAll(/^cry\((.*)\) system\[0\], environment\[0\];$/gm)].map(([, it]) => Number(it));
    expect(angles).toHaveLength(30);
    for (const [k, theta] of [[0, 0.233097295771], [1, 0.250083768791], [5, 0.448609853114]] as const)
      expect(angles[k]).toBeCloseTo(theta, 11);
  }); // biome-ignore format: a number a pair

  test.each([
    ["x", 0.5],
    ["y", 0.4],
    ["z", -0.3],
  ] as const)("how the measurement of %s is read", (axis, value) => {
    const { text } = qasm(netlist("qubit a bloch=(0.5,0.4,-0.3)"), { measure: axis, steps: 0 });
    const register = new DenseRegister().run(text);
    const [, by] = /<s.> = (.*?)[.:]/.exec(text.split("environment of a.").pop()!.split("reset").pop()!)!;
    const one = register.reduced(["system[0]"])[1]![1]![0];
    expect(by === "1 - 2 P(1)" ? 1 - 2 * one : 2 * one - 1).toBeCloseTo(value, 12);
    expect(register.measured).toEqual(["system[0]"]);
  });

  test("so many steps, and no more", () => {
    const steps = (n: number) => qasm(netlist(`${one}\ngate x a at=0.5`), { steps: n }).text;
    expect(steps(3).match(/^cry/gm)).toHaveLength(3);
    expect(steps(3)).not.toMatch(/^x /m);
    expect(steps(5)).toMatch(/^x /m);
    expect(steps(99).match(/^cry/gm)).toHaveLength(10);
  });

  test("channels are gates of their own, those that are alike one", () => {
    const cards = ".channel u unitary=((0,1),(1,0))\n.channel d kind=damping p=0.2";
    const body = "qubit a\nqubit b\napply u a\napply u b\napply d a each=step\nchannel U (b) channel=d\napply d_2 b";
    const { text } = qasm(
      `t\n${cards}\n.channel d_2 kind=dephasing p=0.2\n.quantum q\n${body}\n.endquantum\n.qtran 1 method=digital dt=0.5\n.end\n`,
    );
    expect(text.match(/^gate \w+/gm)).toEqual([
      "gate channel_u",
      "gate channel_u_2",
      "gate channel_d_2",
      "gate channel_d",
    ]);
    expect(text.match(/^channel_u system/gm)).toHaveLength(2);
    expect(text.match(/^channel_d system\[0\], spare\[0\];\nreset spare\[0\];$/gm)).toHaveLength(2);
  });

  const trained = "qubit a\nweight w1 0.3\ngate ry a {w1}";
  const training = ".train t rule=gradient cost=energy outputs=({sz(a)}) init=given rate=0.5 epochs=200";
  const run = ".qtran 0.2 method=digital dt=0.1";

  // ⟨sz⟩ = −cos w is least at w = 0.
  test("what it is trained by, and where that is", () => {
    const { text, diagnostics } = qasm(netlist(trained, `${training}\n${run}`));
    expect(text).toContain("// Behind the training t.\n");
    expect(Number(/^ry\((.*)\) system/m.exec(text)![1])).toBeCloseTo(0, 6);
    expect(diagnostics).toEqual([]);
  });

  test("a training behind it is none of it, and that is said", () => {
    const { text, diagnostics } = qasm(netlist(trained, `${run}\n${training}`));
    expect(text).toContain("\nry(0.3) system[0];\n");
    expect(diagnostics.map(({ code }) => code)).toEqual(["trained-behind"]);
  });

  test("stepped values are not in it, and that is said", () => {
    const { text, diagnostics } = qasm(netlist("qubit a\ngate ry a {x}", `${run}\n.param x=0.5\n.step param x 1 2 1`));
    expect(text).toContain("\nry(0.5) system[0];\n");
    expect(diagnostics.map(({ code }) => code)).toEqual(["program-of-one"]);
  });

  test("a title cannot leave its comment", () => {
    const { text } = qasm(netlist(one).replace(/^t/, "t\u2028x system[0];\u0085"));
    expect(text.split(/[\n\u2028\u0085]/).filter((it) => it.startsWith("x system"))).toEqual([]);
  });
});

const said = (text: string): readonly string[] => {
  try {
    qasm(text);
    return [];
  } catch (error) {
    if (error instanceof NetlistError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
};

describe("what has no program", () => {
  test.each([
    ["no-digital-run", netlist(one, ".qtran 1")],
    ["no-gates", netlist("oscillator o levels=4 alpha=0.1")],
    ["not-digital", netlist(`${one}\nhamiltonian {0.3*sx(a)}`)],
    ["negative-rate", netlist("qubit a omega=1\nmemristor M1 a rate={cos(3*time)}")],
    ["which-block", `t\n.quantum q\n${one}\n.endquantum\n.quantum r\n${one}\n.endquantum
.qtran 1 block=q method=digital dt=0.1\n.qtran 1 block=r method=digital dt=0.1\n`],
  ])("%s", (code, text) => expect(said(text)).toContain(code)); // biome-ignore format: a case a line
});
