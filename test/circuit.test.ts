import { describe, expect, test } from "vitest";
import type { AnalysisCard, Circuit } from "../src/circuit/circuit.js";
import { type ElaborateContext, elaborate } from "../src/circuit/elaborate.js";
import { simulate } from "../src/index.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints, type Diagnostic, NetlistError } from "../src/text/diagnostic.js";
import type { ReadFile } from "../src/text/read.js";
import { Source } from "../src/text/source.js";

// What cards mean: each test is a small netlist and what follows from it by hand.

/** Files by their names, for `.include`. */
const filesOf =
  (files: Readonly<Record<string, string>>): ReadFile =>
  (path) =>
    files[path] === undefined ? undefined : new Source(path, files[path]);

function circuitOf(text: string, context: ElaborateContext = {}): Circuit {
  const complaints = new Complaints();
  const netlist = parseNetlist(new Source("deck.cir", `title\n${text}\n`), { main: true }, complaints);
  complaints.settle();
  return elaborate(netlist, context).circuit;
}

/** Everything that is said of a netlist. */
function said(text: string, context: ElaborateContext = {}): readonly Diagnostic[] {
  const complaints = new Complaints();
  const netlist = parseNetlist(new Source("deck.cir", `title\n${text}\n`), { main: true }, complaints);
  complaints.settle();
  try {
    return elaborate(netlist, context).diagnostics;
  } catch (error) {
    if (error instanceof NetlistError) return error.diagnostics;
    throw error;
  }
}

const codes = (text: string, context: ElaborateContext = {}): readonly string[] =>
  said(text, context).map(({ code }) => code);

/** The values of an operating point by the names of the columns. */
async function op(text: string, read?: ReadFile): Promise<Readonly<Record<string, number>>> {
  const { results } = await simulate(`title\n${text}\n.op\n`, { pictures: false, ...(read && { read }) });
  return Object.fromEntries(results[0]!.columns.map(({ name, values }) => [name, values[0]!]));
}

const values = (circuit: Circuit, name: string) => circuit.instances.find((instance) => instance.name === name)?.values;

describe("parameters", () => {
  test("may stand in any order and speak of each other", () => {
    const circuit = circuitOf(".param a={b*2}\n.param b=3\nV1 n 0 {a+b}\nR1 n 0 {a}\n.op");
    expect(values(circuit, "v1")).toMatchObject({ dc: 9 });
    expect(values(circuit, "r1")).toMatchObject({ r: 6 });
  });

  test("bare on the right of .param, up to the next name", () => {
    const circuit = circuitOf(".param k = 2 * 3 j=4\nV1 n 0 {k}\nR1 n 0 {j}\n.op");
    expect(values(circuit, "v1")).toMatchObject({ dc: 6 });
    expect(values(circuit, "r1")).toMatchObject({ r: 4 });
  });

  test("a circle of them is told whole, once", () => {
    const found = said(".param a={b} b={c} c={a}\nV1 n 0 {a}\nR1 n 0 {b}\n.op");
    expect(found.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([
      "These parameters are defined by each other: `a` needs `b` needs `c` needs `a`.",
    ]);
  });

  test("`--set` goes before the deck, and what follows from it follows", () => {
    const circuit = circuitOf(".param r=1k twice={2*r}\nV1 n 0 1\nR1 n 0 {twice}\n.op", { set: { r: "2*3" } });
    expect(values(circuit, "r1")).toMatchObject({ r: 12 });
    const [unknown] = said(".param hope=1\nV1 n 0 {hope}\nR1 n 0 1\n.op", { set: { nope: "1" } });
    const { source, start, end } = unknown!.span!;
    expect([unknown!.code, source.text.slice(start, end), unknown!.help]).toEqual([
      "unknown-parameter",
      "nope",
      "did you mean `hope`?",
    ]);
  });

  test("names that mean nothing are errors, unused ones notes", () => {
    expect(codes(".param a=1\nV1 n 0 1\nR1 n 0 {aa}\n.op")).toEqual(["unused", "unknown-name"]);
  });

  test("functions see the parameters where they are defined, and may come after their use", () => {
    const circuit = circuitOf("V1 n 0 {f(2)}\nR1 n 0 1\n.param k=10\n.func f(x) {x*k+g(x)}\n.func g(k) = k**2\n.op");
    expect(values(circuit, "v1")).toMatchObject({ dc: 24 });
  });

  test("random functions give their nominal value, with a note", () => {
    const found = said(".param r=gauss(1k,0.1,3)\nV1 n 0 1\nR1 n 0 {r}\n.op");
    expect(found.map(({ code }) => code)).toEqual(["nominal-value"]);
  });
});

describe("loops and conditions", () => {
  test("braces are spliced into names, and a lone one is the integer's name", () => {
    const circuit = circuitOf(
      [
        "V1 1 0 1",
        ".for i = 1 to 3",
        "R{i}_x {i} n{i+1} {i*1k}",
        "Rb{i} n{i+1} {i+1} 1",
        ".endfor",
        "Re 4 0 1",
        ".op",
      ].join("\n"),
    );
    expect(circuit.instances.map(({ name }) => name)).toEqual([
      "v1",
      "r1_x",
      "rb1",
      "r2_x",
      "rb2",
      "r3_x",
      "rb3",
      "re",
    ]);
    expect(circuit.nodes).toEqual(["0", "1", "n2", "2", "n3", "3", "n4", "4"]);
    expect(values(circuit, "r3_x")).toMatchObject({ r: 3000 });
  });

  test("a loop's variable shadows a parameter, inside the loop alone", () => {
    const circuit = circuitOf(".param i=100\nV1 a 0 {i}\n.for i = 5 to 1 step -2\nR{i} a 0 {i}\n.endfor\n.op");
    expect(values(circuit, "v1")).toMatchObject({ dc: 100 });
    expect(circuit.instances.map(({ name }) => name)).toEqual(["v1", "r5", "r3", "r1"]);
    expect(values(circuit, "r3")).toMatchObject({ r: 3 });
  });

  test("loops nest, bounds are expressions, and names are spliced within probes", async () => {
    const text = [
      ".param n=2",
      ".for i = 1 to {n}",
      ".for j = i to n",
      "V{i}_{j} a{i}_{j} 0 {10*i+j}",
      "B{i}_{j} b{i}_{j} 0 v={2*v(a{i}_{j})}",
      "Rb{i}_{j} b{i}_{j} 0 1",
      ".endfor",
      ".endfor",
    ].join("\n");
    const found = await op(text);
    expect([found["v(b1_1)"], found["v(b1_2)"], found["v(b2_2)"], found["v(b2_1)"]]).toEqual([22, 24, 44, undefined]);
  });

  test("names in expressions are spliced too, also in bounds, conditions and heads of columns", () => {
    const text = [
      ".param n1=1 n2=2 r2_x=5 k=2",
      ".for i = n{k} to n{k}",
      ".if {n{i}==2}",
      ".param r={r{i}_x*n{i}+n{n{i}}}",
      "V{i} a{i} 0 {r{i}_x}",
      "R{i} a{i} 0 {r}",
      ".endif",
      ".print r(r{i}) {v(a{i})*n{i}}",
      ".endfor",
      ".op",
    ].join("\n");
    const circuit = circuitOf(text);
    expect(values(circuit, "r2")).toMatchObject({ r: 12 });
    expect(values(circuit, "v2")).toMatchObject({ dc: 5 });
    const heads = circuit.outputs.columns.flatMap(({ signals }) => signals.map(({ name }) => name));
    expect(heads).toEqual(["r(r2)", "{v(a2)*n2}"]);
  });

  test("a name that two turns make is an error that proposes `_`", () => {
    const [error] = said("V1 a 0 1\n.for i = 1 to 11\n.for j = 1 to 11\nR{i}{j} a 0 1k\n.endfor\n.endfor\n.op");
    expect(error).toMatchObject({
      code: "duplicate-name",
      message: "`R111` is defined twice; a name can mean one thing only.",
    });
    expect(error!.help).toContain("`R{i}_{j}`");
  });

  test("the first branch whose condition holds is taken, and the others define nothing", () => {
    const deck = (n: number) =>
      `.param n=${n}\nV1 a 0 1\n.if {n==1}\n.param r=10\n.elseif {n==2}\n.param r=20\n.else\n.param r=30\n.endif\nR1 a 0 {r}\n.op`;
    expect([1, 2, 3].map((n) => values(circuitOf(deck(n)), "r1")!["r"])).toEqual([10, 20, 30]);
  });
});

describe("files", () => {
  test("are read from the file that names them, and a section alone where one is named", () => {
    const read = filesOf({
      "models.lib": ".lib tt\n.param r=1k\n.endl tt\n.lib ff\n.param r=2k\n.endl ff\n",
      "sub.inc": ".subckt s a b\nR1 a b {r}\n.ends\n",
    });
    const circuit = circuitOf(".include sub.inc\n.lib 'models.lib' ff\nV1 n 0 1\nX1 n 0 s\n.op", { read });
    expect(values(circuit, "x1.r1")).toMatchObject({ r: 2000 });
    expect(codes(".lib models.lib sf\nV1 n 0 1\nR1 n 0 1\n.op", { read })).toEqual(["unknown-section"]);
  });

  test("that include themselves or each other are errors, not a hang", () => {
    const read = filesOf({ "a.inc": ".include b.inc\n", "b.inc": ".include a.inc\n", "deck.cir": "x\nR9 n 0 1\n" });
    expect(codes(".include a.inc\nV1 n 0 1\nR1 n 0 1\n.op", { read })).toEqual(["include-cycle"]);
    expect(codes(".include deck.cir\nV1 n 0 1\nR1 n 0 1\n.op", { read })).toEqual(["include-cycle"]);
  });

  test("in a branch that is not taken are not read", () => {
    expect(codes(".if {0}\n.include nowhere.inc\n.endif\nV1 n 0 1\nR1 n 0 1\n.op", { read: filesOf({}) })).toEqual([]);
    expect(codes(".include nowhere.inc\nV1 n 0 1\nR1 n 0 1\n.op", { read: filesOf({}) })).toEqual(["missing-file"]);
  });

  test("libraries are read before the deck; faults in them are told at their place", () => {
    const read = filesOf({ "lib.sub": ".subckt s a b\nR1 a b 4k7\n.ends\n" });
    const [error] = said("V1 n 0 1\nX1 n 0 s\n.op", { read, libraries: ["lib.sub"] });
    expect(error).toMatchObject({ code: "expected-number", span: { source: { name: "lib.sub" } } });
  });

  test("what is included twice is defined once", () => {
    const read = filesOf({ "m.inc": ".param r=5\n.model dd d\n.func f(x) {x}\n.data w 1 2\n" });
    expect(codes(".include m.inc\n.include m.inc\nV1 n 0 {f(r)}\nD1 n 0 dd\nR1 n 0 {w(2)}\n.op", { read })).toEqual([]);
  });
});

describe("subcircuits", () => {
  test("have names of their own, parameters with defaults, and a path", () => {
    const circuit = circuitOf(
      [
        ".subckt inner p n r=1 s={2*r}",
        "R1 p mid {r}",
        "R2 mid n {s}",
        ".ends",
        ".subckt outer a b params: k=3",
        "X1 a b inner r={k}",
        "X2 a b inner s=7",
        ".ends",
        "V1 in 0 1",
        "Xo in gnd! outer k=5",
        ".op",
      ].join("\n"),
    );
    expect(circuit.nodes).toEqual(["0", "in", "xo.x1.mid", "xo.x2.mid"]);
    expect(values(circuit, "xo.x1.r2")).toMatchObject({ r: 10 });
    expect(values(circuit, "xo.x2.r2")).toMatchObject({ r: 7 });
  });

  test("models, functions, parameters and start values inside are local", async () => {
    const text = [
      ".func g(x) {x}",
      ".subckt s a w=0.5",
      ".func g(x) {x*w}",
      ".model m r(r=100)",
      "R1 a 0 {g(1000)}",
      "R2 a 0 m",
      "C1 c 0 1",
      ".ic v(c)={w}",
      ".ends",
      ".model m r(r=200)",
      "I1 0 n 1",
      "X1 n s w=0.25",
      "R3 n 0 m",
      "R4 n 0 {g(1000)}",
    ].join("\n");
    const found = circuitOf(`${text}\n.op`);
    expect(["x1.r1", "x1.r2", "r3", "r4"].map((name) => values(found, name)!["r"])).toEqual([250, 100, 200, 1000]);
    expect(found.initial).toMatchObject([{ node: found.nodes.indexOf("x1.c"), value: 0.25 }]);
    const parallel = 1 / (1 / 250 + 1 / 100 + 1 / 200 + 1 / 1000);
    expect((await op(text))["v(n)"]).toBeCloseTo(parallel, 9);
  });

  test("see global nodes, and are seen by their paths", async () => {
    const text =
      ".global vdd\nVdd vdd 0 5\n.subckt s o\nR1 vdd o 1k\nR2 o 0 1k\n.ends\nX1 out s\n.print op v(x1.o) i(x1.r1) v(out)";
    expect(await op(text)).toEqual({ "v(x1.o)": 2.5, "i(x1.r1)": 2.5e-3, "v(out)": 2.5 });
  });

  test("an inner current of the same name is its own", async () => {
    const text = [
      ".subckt s a",
      "G1 a 0 value={v(a)/1k}",
      "B1 x 0 v={i(G1)*1k}",
      "Rx x 0 1",
      ".ends",
      "V1 n 0 2",
      "G1 0 m value={v(n)/2k}",
      "Rm m 0 1k",
      "X1 n s",
      "B2 y 0 v={i(G1)*1k}",
      "Ry y 0 1",
    ].join("\n");
    const found = await op(text);
    expect(found["v(x1.x)"]).toBeCloseTo(2, 9);
    expect(found["v(y)"]).toBeCloseTo(1, 9);
  });

  test("do not see what is outside", () => {
    const deck = (law: string) =>
      `.subckt s a\nB1 a 0 i={${law}}\nR1 a 0 1\n.ends\nV1 n 0 1\nRo n out 1\nX1 out s\n.op`;
    expect(codes(deck("v(n)"))).toEqual(["unknown-node"]);
    expect(codes(deck("i(V1)"))).toEqual(["unknown-device"]);
    expect(codes(deck("v(a)*i(R1)"))).toEqual([]);
  });

  test("cannot be connected to from outside by the path of an inner node", () => {
    expect(
      codes(".subckt s p\nR1 p n 1\nR2 n 0 1\n.ends\nV1 a 0 1\nX1 a s\nR3 x1.n 0 1\nR4 a b.c 1\nR5 b.c 0 1\n.op"),
    ).toEqual(["inner-node"]);
  });

  test("that hold each other are errors, not a hang", () => {
    const text = ".subckt a p\nX1 p b\n.ends\n.subckt b p\nX1 p a\n.ends\nV1 n 0 1\nX1 n a\n.op";
    expect(codes(text)).toContain("subcircuit-cycle");
  });
});

describe("elements", () => {
  test("every way to write a controlled source", async () => {
    const text = [
      "V1 in 0 1",
      "R0 in m 1k",
      "Rm m 0 1k",
      "E1 e 0 in 0 3",
      "Re e 0 1",
      "E2 e2 0 vol='V(in)**2+1'",
      "Re2 e2 0 1",
      "E3 e3 0 poly(2) in 0 m 0 0 1 2 3 4 5",
      "Re3 e3 0 1",
      "E4 e4 0 table {V(m)} = (0,0) (1,10)",
      "Re4 e4 0 1",
      "G1 0 g (in,0) 2",
      "Rg g 0 1",
      "F1 0 f V1 2",
      "Rf f 0 1k",
      "H1 h 0 V1 1k",
      "Rh h 0 1",
      "F2 0 f2 poly(1) V1 2",
      "Rf2 f2 0 1k",
    ].join("\n");
    const found = await op(text);
    const i = -0.5e-3; // through V1, from + to −
    const [x, y] = [1, 0.5];
    const polynomial = x + 2 * y + 3 * x * x + 4 * x * y + 5 * y * y;
    const expected = { e: 3, e2: 2, e3: polynomial, e4: 5, g: 2, f: 2 * i * 1e3, h: i * 1e3, f2: 2 * i * 1e3 };
    for (const [node, value] of Object.entries(expected)) expect(found[`v(${node})`], node).toBeCloseTo(value, 9);
  });

  test("the current of any two-terminal device can be read", async () => {
    const text = [
      "V1 a 0 6",
      "R1 a b 1k",
      "L1 b c 1m",
      "G1 c 0 value={v(c)/2k}",
      "B1 s 0 v={i(R1)*1k + i(L1)*1k + i(G1)*1k - i(V1)*1k}",
      "Rs s 0 1",
      ".print op v(s) i(r1) i(g1) p(r1) r(g1) n(r1:v) @r1[r] {v(a)*i(r1)}",
    ].join("\n");
    const found = await op(text);
    expect(found["v(s)"]).toBeCloseTo(8, 8);
    expect(found["p(r1)"]).toBeCloseTo(4e-3, 10);
    expect(found["r(g1)"]).toBeCloseTo(2000, 6);
    expect(found["@r1[r]"]).toBe(1000);
    expect(found["{v(a)*i(r1)}"]).toBeCloseTo(12e-3, 10);
  });

  test("an exponent in braces is an exponent: 0.8^20 = 0.0115", async () => {
    const found = await op(".param p=10\nV1 1 0 0.8\nB1 2 0 V=V(1)^{2*p}\nR1 2 0 1");
    expect(found["v(2)"]).toBeCloseTo(0.8 ** 20, 12);
  });

  test("a waveform's numbers, with and without parentheses, in braces, as `sine`", () => {
    const circuit = circuitOf(
      ".param f=1k\nV1 a 0 dc 2 ac 1 sin(0 1 {f} 0 0 90)\nV2 b 0 sine 1 2 50\nRa a b 1\nRb b 0 1\n.tran 1m",
    );
    expect(values(circuit, "v1")).toMatchObject({ dc: 2, vo: 0, va: 1, freq: 1000, phase: 90 });
    expect(values(circuit, "v2")).toMatchObject({ dc: 1, vo: 1, va: 2, freq: 50, phase: 0 });
  });

  test("without a DC value a source starts with what its waveform is at t = 0", () => {
    expect(values(circuitOf("V1 a 0 pulse(3 5 1m 1u 1u 1m 2m)\nR1 a 0 1\n.tran 1m"), "v1")).toMatchObject({ dc: 3 });
  });

  test("ngspice decks take rise times from the output step; others jump, with a note", () => {
    const deck = "V1 a 0 pulse(0 1)\nR1 a 0 1\n.tran 1u 1m";
    expect(values(circuitOf(`${deck}\n.options dialect=ngspice`), "v1")).toMatchObject({ tr: 1e-6, tf: 1e-6 });
    expect(codes(deck)).toEqual(["jump"]);
  });

  test("functions of constants are constants", () => {
    const circuit = circuitOf(".func f(x) {2*x}\nV1 a 0 1\nR1 a b 1\nL1 b 0 {f(2)}\nC1 b 0 {f(1u)}\n.op");
    expect(values(circuit, "l1")).toEqual({ l: 4 });
    expect(values(circuit, "c1")).toEqual({ c: 2e-6 });
  });

  test("temperature coefficients, models and m= of passive elements", () => {
    const circuit = circuitOf(
      "V1 a 0 1\n.model rm r(tc1=0.01 tc2=0.001)\nR1 a 0 100 rm\nR2 a 0 100 tc1=0.02 m=2\nC1 a 0 1u m=3\n.options temp=37\n.op",
    );
    expect(values(circuit, "r1")!["r"]).toBeCloseTo(100 * (1 + 0.1 + 0.1), 9);
    expect(values(circuit, "r2")!["r"]).toBeCloseTo((100 * 1.2) / 2, 9);
    expect(values(circuit, "c1")!["c"]).toBeCloseTo(3e-6, 15);
  });

  test("coupled inductors: every pair of a K card", () => {
    const circuit = circuitOf(
      "V1 a 0 1\nRa a b 1\nL1 b 0 1\nL2 c 0 4\nL3 d 0 9\nRc c 0 1\nRd d 0 1\nK1 L1 L2 L3 0.5\n.op",
    );
    const pairs = circuit.instances.filter(({ element }) => element === "k");
    expect(pairs.map(({ values: { k, l1, l2 } }) => [k, l1, l2])).toEqual([
      [0.5, 1, 4],
      [0.5, 1, 9],
      [0.5, 4, 9],
    ]);
  });

  test("a switch by its model, a smooth one by Xyce's names", () => {
    const deck = (model: string) => `V1 a 0 1\nRa a b 1\nS1 b 0 a 0 m on\n.model m ${model}\n.op`;
    const of = (model: string) => circuitOf(deck(model)).instances.find(({ name }) => name === "s1")!;
    expect(of("sw(vt=0.5 vh=0.1)").values).toMatchObject({ vt: 0.5, vh: 0.1, start: 1 });
    expect(of("sw(von=1 voff=0)").device.type).toBe("sw_smooth");
    expect(of("vswitch(on=1 off=0)").values).toMatchObject({ von: 1, voff: 0 });
  });

  test("idt in an expression is a state of its own", async () => {
    const text =
      "title\nV1 a 0 2\nB1 b 0 v={idt(v(a),0.5)}\nRb b 0 1\nB2 c 0 v={ddt(v(b))}\nRc c 0 1\n.tran 0.1 1\n.measure tran y find v(b) at=1\n.measure tran z find v(c) at=0.5\n";
    const { measures } = await simulate(text, { pictures: false });
    expect(measures[0]!.value).toBeCloseTo(2.5, 6);
    expect(measures[1]!.value).toBeCloseTo(2, 5);
  });
});

describe("memristors", () => {
  const model = ".model hp memristor(kind=linear_drift ron=100 roff=16k uv=10f d=10n window=joglekar p=2)";

  test("parameters of published decks, aliases, and words", () => {
    const circuit = circuitOf(
      `V1 a 0 sin(0 1 1)\n.model m memristor kind=linear_drift mu=2e-14 window=biolek\nYMEMRISTOR m1 a 0 m xo=0.3\n.tran 1m`,
    );
    expect(values(circuit, "m1")).toMatchObject({ uv: 2e-14, window: 3, x0: 0.3 });
  });

  test("rinit is the state with that resistance", () => {
    const circuit = circuitOf(`V1 a 0 sin(0 1 1)\n${model}\nYMEMRISTOR m1 a 0 hp rinit=11k\n.tran 1m`);
    expect(values(circuit, "m1")!["x0"]).toBeCloseTo((16e3 - 11e3) / (16e3 - 100), 12);
    expect(codes(`V1 a 0 sin(0 1 1)\n${model}\nYMEMRISTOR m1 a 0 hp rinit=50\n.tran 1m`)).toEqual(["parameter-range"]);
    expect(codes(`V1 a 0 sin(0 1 1)\n${model}\nYMEMRISTOR m1 a 0 hp rinit=1k x0=0.1\n.tran 1m`)).toEqual([
      "duplicate-setting",
    ]);
  });

  test("starting where the window is closed is warned of", () => {
    expect(codes(`V1 a 0 sin(0 1 1)\n${model}\nYMEMRISTOR m1 a 0 hp rinit=16k\n.tran 1m`)).toEqual(["stuck-state"]);
  });

  test("all spellings of their quantities agree", async () => {
    const text = [
      "V1 a 0 0.5",
      model,
      "YMEMRISTOR m1 a 0 hp x0=0.25",
      ".print op x(m1) n(m1:x) n(ymemristor!m1_x) i(m1) i(ymemristor!m1) r(m1) n(ymemristor!m1:r) n(m1:r) v(m1) p(m1) w(m1)",
    ].join("\n");
    const found = await op(text);
    const r = 100 * 0.25 + 16e3 * 0.75;
    for (const name of ["x(m1)", "n(m1:x)", "n(ymemristor!m1_x)"]) expect(found[name], name).toBe(0.25);
    for (const name of ["r(m1)", "n(ymemristor!m1:r)", "n(m1:r)"]) expect(found[name], name).toBeCloseTo(r, 6);
    for (const name of ["i(m1)", "i(ymemristor!m1)"]) expect(found[name], name).toBeCloseTo(0.5 / r, 12);
    for (const name of ["p(m1)", "w(m1)"]) expect(found[name], name).toBeCloseTo(0.25 / r, 12);
    expect(found["v(m1)"]).toBe(0.5);
  });

  test("a device by its equations is the built-in one", async () => {
    const device = [
      ".device drift p n ron=100 roff=16k d=10n uv=10f x0=0.1",
      ".state x = {x0} min=0 max=1",
      ".eq ddt(x) = {uv*ron/d**2 * i * (1-(2*x-1)**4)}",
      ".eq v = {(ron*x + roff*(1-x))*i}",
      ".out r_eff={v/i}",
      ".enddevice",
    ].join("\n");
    const measured = ".tran 1m 1\n.measure tran top max x(m1)\n.measure tran peak max i(m1)\n";
    const source = "V1 a 0 sin(0 1.2 1)\n";
    const one = await simulate(`t\n${source}${model}\nYMEMRISTOR m1 a 0 hp x0=0.1\n${measured}`, { pictures: false });
    const other = await simulate(`t\n${source}${device}\nYdrift m1 a 0\n${measured}`, { pictures: false });
    for (const k of [0, 1]) {
      const expected = one.measures[k]!.value!;
      expect(Math.abs(other.measures[k]!.value! / expected - 1)).toBeLessThan(1e-5);
    }
  });
});

describe("equation-defined devices", () => {
  test("defaults may speak of other parameters; instances share one device", () => {
    const circuit = circuitOf(
      "V1 a 0 1\n.device d p n r=2 g={1/r}\n.eq i={g*v}\n.enddevice\nX1 a 0 d\nX2 a 0 d r=4\n.op",
    );
    expect(values(circuit, "x1")).toMatchObject({ r: 2, g: 0.5 });
    expect(values(circuit, "x2")).toMatchObject({ r: 4, g: 0.25 });
    expect(circuit.instances[1]!.device).toBe(circuit.instances[2]!.device);
  });

  test("three terminals, a law for each branch", async () => {
    const text = [
      ".device star a b c r=1k",
      ".eq i(a,c) = {v(a,c)/r}",
      ".eq v(b,c) = {2*r*i(b,c)}",
      ".enddevice",
      "V1 x 0 1",
      "V2 y 0 1",
      "Rz z 0 1k",
      "X1 x y z star",
    ].join("\n");
    const found = await op(text);
    // At z: (1−z)/1k + (1−z)/2k = z/1k.
    expect(found["v(z)"]).toBeCloseTo(1.5 / 2.5, 9);
    expect(found["i(v2)"]).toBeCloseTo(-0.4 / 2000, 12);
  });

  test("the current may be spoken of where the law gives it by the voltage", async () => {
    const text =
      "title\n.device d p n\n.state q=0\n.eq ddt(q)={i}\n.eq i={v/2}\n.enddevice\nV1 a 0 3\nX1 a 0 d\n.tran 0.1 1\n.measure tran q find x(x1) at=1\n";
    const { measures } = await simulate(text, { pictures: false });
    expect(measures[0]!.value).toBeCloseTo(1.5, 6);
  });
});

describe("analyses", () => {
  const deck = "V1 a 0 sin(0 1 1k)\nR1 a 0 1\n";
  const tran = (card: string) => circuitOf(`${deck}${card}`).analyses[0];

  test("every form of .tran", () => {
    expect(tran(".tran 1m")).toMatchObject({
      step: 1e-6,
      stop: 1e-3,
      start: 0,
      maxStep: undefined,
      uic: false,
      grid: true,
    });
    expect(tran(".tran 1u 1m uic")).toMatchObject({ step: 1e-6, stop: 1e-3, uic: true });
    expect(tran(".tran 0 1m 0.5m 2u")).toMatchObject({ step: 1e-6, stop: 1e-3, start: 0.5e-3, maxStep: 2e-6 });
    expect(tran(".tran 1n 1\n")).toMatchObject({ grid: false });
    expect(tran(".tran 1u 1m\n.options dialect=xyce")).toMatchObject({ grid: false });
  });

  test("sweeps, nested and from a file", () => {
    const two = circuitOf("V1 a 0 0\nV2 b 0 0\nR1 a b 1\n.dc V1 0 1 0.1 v2 1 -1 -1");
    const [axis, second] = (two.analyses[0] as Extract<AnalysisCard, { kind: "dc" }>).sweeps;
    expect(axis!.points.length).toBe(11);
    expect(axis!.points[10]).toEqual([1]);
    expect(second!.points).toEqual([[1], [0], [-1]]);
    const read = filesOf({ "in.csv": "V1,V2\n0,1\n0.5,2\n" });
    const file = circuitOf('V1 a 0 0\nV2 b 0 0\nR1 a b 1\n.dc data="in.csv"', { read });
    expect(file.analyses[0]).toMatchObject({
      sweeps: [
        {
          targets: [{ sets: { kind: "value", instance: 0, setting: "dc" } }, { sets: { instance: 1 } }],
          points: [
            [0, 1],
            [0.5, 2],
          ],
        },
      ],
    });
  });

  test("tables of numbers stand in expressions", () => {
    const read = filesOf({ "w.csv": "g,h\n1,2\n3,4\n" });
    const circuit = circuitOf(
      '.data w "w.csv"\n.data z 5 6\n+ 7 8\nV1 a 0 {w(2,1)}\nR1 a 0 {w.h(1)}\nR2 a 0 {z(2,2)}\n.op',
      { read },
    );
    expect([values(circuit, "v1")!["dc"], values(circuit, "r1")!["r"], values(circuit, "r2")!["r"]]).toEqual([3, 2, 8]);
    expect(codes('.data w "w.csv"\nV1 a 0 {w(3,1)}\nR1 a 0 1\n.op', { read })).toEqual(["outside-table"]);
  });
});

describe("outputs", () => {
  test("wildcards stand for all that match", () => {
    const circuit = circuitOf("V1 c1 0 1\nR1 c1 c2 1\nR2 c2 d 1\nR3 d 0 1\n.op\n.print op v(c*) i(r*) v(c1,d)");
    expect(circuit.outputs.columns[0]!.signals.map(({ name }) => name)).toEqual([
      "v(c1)",
      "v(c2)",
      "i(r1)",
      "i(r2)",
      "i(r3)",
      "v(c1,d)",
    ]);
  });

  test("what a loop writes with other values has another name", async () => {
    const text = "V1 a 0 1\nR1 a 0 1\n.for i = 1 to 3\n.print op {v(a)*i}\n.measure op m{i} find {v(a)*i}\n.endfor";
    expect(await op(text)).toEqual({ "{v(a)*i}": 1, "{v(a)*i}#2": 2, "{v(a)*i}#3": 3 });
    const { measures } = await simulate(`t\n${text}\n.op`, { pictures: false });
    expect(measures.map(({ name, value }) => [name, value])).toEqual([
      ["m1", 1],
      ["m2", 2],
      ["m3", 3],
    ]);
  });

  test("an operating point is found, not followed", () => {
    const deck = (task: string) => `V1 a 0 1\nR1 a 0 1\n.op\n.measure op m ${task}`;
    expect(codes(deck("find v(a)"))).toEqual([]);
    expect(codes(deck("max v(a)"))).toEqual([]);
    for (const task of ["when v(a)=1", "trig v(a) val=1 targ v(a) val=2", "deriv v(a) at=1", "pinch r1"]) {
      expect(codes(deck(task)), task).toEqual(["no-axis"]);
    }
  });

  test("units follow from what is computed", () => {
    const circuit = circuitOf(
      "V1 a 0 1\nR1 a 0 1\n.op\n.print op {v(a)*i(r1)} {v(a)/i(r1)} {2*v(a)-1} {v(a)>0} {v(a)/v(a)} i(r1)",
    );
    expect(circuit.outputs.columns[0]!.signals.map(({ unit }) => unit)).toEqual(["W", "Ω", "V", "1", "1", "A"]);
  });

  test("measures speak of earlier ones, in any form of the two worlds", () => {
    const { measures, asserts } = circuitOf(
      [
        "V1 a 0 sin(0 1 1k)",
        "R1 a b 1",
        "R2 b 0 1",
        ".tran 1u 1m",
        ".measure tran top max v(b) from=0 to=1m",
        ".meas tran low MIN V(b) FROM 0 TO 1m",
        ".measure tran half when v(b)=0.25 rise=last",
        ".measure tran lag trig v(a) val=0.5 rise=1 targ v(b) val=0.25 rise=1",
        ".measure tran gap param={top-low}",
        '.assert {gap<2 && top>0} "too wide"',
      ].join("\n"),
    ).outputs;
    expect(measures.map(({ task }) => task.kind)).toEqual(["statistic", "statistic", "when", "between", "param"]);
    expect(measures[1]!.task).toMatchObject({ what: "min", from: 0, to: 1e-3 });
    expect(measures[2]!.task).toMatchObject({ event: { edge: "rise", count: -1 } });
    expect(measures[4]!.task).toMatchObject({ measures: ["top", "low"], unit: "V" });
    expect(asserts[0]).toMatchObject({ measures: ["gap", "top"], message: "too wide" });
  });

  test("plots, and those that the caller adds", () => {
    const text =
      'V1 a 0 sin(0 1 1k)\nR1 a 0 1\n.tran 1u 1m\n.plot tran v(a) y2=i(r1) title="A title" xunit={1m} logy\n.plot iv r1 periods=1..3';
    const { plots } = circuitOf(text, { plots: ["xy {v(a)} {i(r1)}"] }).outputs;
    expect(plots.map(({ kind }) => kind)).toEqual(["waves", "iv", "xy"]);
    expect(plots[0]).toMatchObject({
      style: { title: "A title", xunit: 1e-3, logx: false, logy: true },
      right: [{ name: "i(r1)" }],
    });
    expect(plots[1]).toMatchObject({ devices: [{ device: "r1" }], periods: [1, 3] });
  });

  test("maps, whose places are the numbers in the names", () => {
    const text =
      "V1 a 0 1\nR3_10 a b 1\nR12_4 a b 1\nR2 b 0 1\n.subckt s p\nR7_8 p 0 1\n.ends\nXb2 a s\n.tran 1u 1m\n.plot map i(r*_*) i(xb2.r7_8) at=1u";
    const [map] = circuitOf(text).outputs.plots;
    expect(map).toMatchObject({ kind: "map", at: 1e-6, name: "i(r*_*) i(xb2.r7_8)" });
    const cells = map!.kind === "map" ? map!.cells : [];
    expect(cells.map(({ row, column, signal }) => [row, column, signal.name])).toEqual([
      [3, 10, "i(r3_10)"],
      [12, 4, "i(r12_4)"],
      [7, 8, "i(xb2.r7_8)"],
    ]);
  });
});

test("a card that is wrong is no second error where it is spoken of", () => {
  const text = "V1 a 0 1\nR1 a 0\nX1 a nosub\nB1 b 0 v={i(R1)+v(x1.n)}\n.op\n.print op i(r1) v(x1.n) i(x1.r1) x(r1)";
  expect(codes(text)).toEqual(["missing-value", "unknown-subcircuit"]);
});

describe("circuits without a solution", () => {
  test("a node without a path to ground, with its neighbours, once", () => {
    const found = said("V1 1 0 1\nR1 1 0 1k\nC1 2 3 1u\nR2 3 4 1\n.op");
    expect(found.map(({ code, message }) => `${code}: ${message}`)).toContain(
      "floating-node: Nodes `2`, `3`, `4` have no path to ground for a direct current.",
    );
    expect(found.filter(({ severity }) => severity === "error").length).toBe(1);
  });

  test("a cut set of current sources", () => {
    expect(codes("I1 0 a 1m\nI2 a 0 2m\nR1 b 0 1\nV1 b 0 1\n.op")).toEqual(["current-cut"]);
  });

  test("loops of voltage sources, with inductors too", () => {
    expect(codes("V1 a 0 1\nV2 a b 1\nE1 b 0 a 0 2\nR1 a 0 1\n.op")).toContain("voltage-loop");
    expect(codes("V1 a 0 1\nL1 a 0 1m\nR1 a 0 1\n.op")).toContain("voltage-loop");
    expect(codes("V1 a 0 1\nR1 a b 1\nL1 b 0 1m\nL2 b 0 1m\n.op")).toContain("inductor-loop");
    expect(codes("V1 a 0 sin(0 1 1)\nL1 a 0 1m\nR1 a 0 1\n.tran 1m 1 uic")).toEqual([]);
  });

  test("a source whose voltage follows from its own current is none", () => {
    expect(codes("V1 a 0 1\nB1 a 0 v={i(B1)*1k}\n.op")).toEqual([]);
  });

  test("a capacitor that a current source charges is held at its start, with a note", () => {
    const circuit = circuitOf("I1 0 a 1m\nC1 a 0 1u ic=0.5\nB1 0 b i={v(a)}\nC2 b 0 1u\n.tran 1m");
    expect(circuit.held.map(({ node, from, value }) => [circuit.nodes[node], from, value])).toEqual([
      ["a", 0, 0.5],
      ["b", 0, 0],
    ]);
    expect(codes("I1 0 a 1m\nC1 a 0 1u\nR1 a b 1\nC2 b 0 1u\n.op").filter((code) => code === "held-node").length).toBe(
      1,
    );
  });

  test("a controlled current source of its own voltage is a path", () => {
    expect(codes("V1 a 0 1\nC1 a b 1u\nG1 b 0 value={v(b)/1k}\n.op")).toEqual([]);
    expect(codes("V1 a 0 1\nC1 a b 1u\nG1 b 0 b 0 1m\n.op")).toEqual([]);
  });

  test("a node at one terminal is a warning", () => {
    expect(codes("V1 a 0 1\nR1 a b 1\nR2 a 0 1\n.op")).toEqual(["single-connection"]);
  });
});

describe("dialects", () => {
  test("`^` is an error in LTspice's, and Xyce is known by what only it writes", () => {
    expect(codes("V1 a 0 {2^3}\nR1 a 0 1\n.options dialect=ltspice\n.op")).toEqual(["caret-in-ltspice"]);
    expect(circuitOf("V1 a 0 1\nR1 a 0 1\n.options timeint reltol=1e-3\n.op").options).toMatchObject({
      dialect: "xyce",
      reltol: 1e-3,
    });
    expect(circuitOf("V1 a 0 1\nR1 a 0 1\n.op").options.dialect).toBe("auto");
  });
});

test("a deck of 50 000 cards elaborates in the time of a breath", () => {
  const cards = Array.from({ length: 25_000 }, (_, k) => `R${k} n${k} n${k + 1} 1k\nRg${k} n${k + 1} 0 10k`);
  const complaints = new Complaints();
  const netlist = parseNetlist(
    new Source("big.cir", `big\nV1 n0 0 1\n${cards.join("\n")}\n.op\n`),
    { main: true },
    complaints,
  );
  const start = process.cpuUsage();
  expect(elaborate(netlist).circuit.instances.length).toBe(50_001);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(5); // half a second on a quiet machine
});
