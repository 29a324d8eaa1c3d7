import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCard } from "../grammar/reader.js";
import { readPlainCard } from "../src/syntax/cards.js";
import { layOut } from "../src/syntax/layout.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Place } from "../src/syntax/place.js";
import { plainInstance } from "../src/syntax/plain-instance.js";
import { PlainLine } from "../src/syntax/plain-line.js";
import { toPieces } from "../src/syntax/to-ast.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

/** The quick way must give the grammar's tree, or leave the card to it; a card that is read later must give the same. */
function agree(text: string): boolean {
  const complaints = new Complaints();
  const place = new Place(new Source("deck.cir", text), 0, complaints);
  const quick = readPlainCard(text, place);
  const toldByQuick = complaints.all.splice(0);
  const line = new PlainLine();
  const later = line.look(text, 0, text.length) ? plainInstance(place.source, line)?.toJSON() : "looked at closely";
  const [piece] = quick ?? [];
  if (text.includes("{")) expect([undefined, "looked at closely"], text).toContain(later);
  else if (later !== "looked at closely" && (!quick || piece?.kind === "instance")) expect(later, text).toEqual(piece);
  if (!quick) return false;
  const { tree, faults } = readCard(text);
  expect(faults, text).toEqual([]);
  expect(quick, text).toEqual(toPieces(tree, place));
  expect(toldByQuick, text).toEqual(complaints.all);
  return true;
}

const word = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "0",
    "in+",
    "n1",
    "1k",
    "-5",
    "1e-3",
    "sin",
    "poly",
    "x0",
    "ic",
    "m",
    "tc1",
    "R",
    "r",
    "v",
    "i",
  ),
  fc.constantFrom(
    "value",
    "q",
    "params:",
    "a.b:c",
    "x*2",
    "<",
    "[1:3]",
    "a_b",
    "$x",
    "#",
    "1..7",
    "!",
    "4k7",
    "dc",
    "file",
  ),
  fc.stringMatching(/^[!-~]{1,4}$/),
);
const blank = fc.constantFrom(" ", "  ", "\t", ",", " , ");
const { items } = fc.letrec<{ items: string; item: string; value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    word,
    tie("items").map((inner) => `(${inner})`),
  ),
  item: fc.oneof(
    { weight: 4, arbitrary: tie("value") },
    {
      weight: 2,
      arbitrary: fc.tuple(word, fc.constantFrom("=", " = ", "= "), tie("value")).map((parts) => parts.join("")),
    },
  ),
  items: fc.array(fc.tuple(tie("item"), blank), { maxLength: 6 }).map((parts) => parts.flat().join("")),
}));
const head = fc.oneof(
  fc.constantFrom(
    "R1",
    "C2",
    "L3",
    "V4",
    "I5",
    "E6",
    "G7",
    "B8",
    "X9",
    "D1",
    "K1",
    "S1",
    "YMEMRISTOR",
    "Zap",
    "Ω1",
    "r.x",
    "1a",
  ),
  fc.constantFrom(
    ".tran",
    ".TRAN",
    ".dc",
    ".op",
    ".options",
    ".option",
    ".temp",
    ".global",
    ".data",
    ".model",
    ".ends",
    ".else",
  ),
  fc.constantFrom(
    ".endif",
    ".endl",
    ".claims",
    ".param",
    ".print",
    ".meas",
    ".train",
    ".noise",
    ".subckt",
    ".for",
    ".if",
    ".lib",
    ".foo",
  ),
);
const card = fc.tuple(fc.constantFrom("", " ", "\t"), head, blank, items).map((parts) => parts.join(""));

describe("the quick way for plain cards", () => {
  test("gives the grammar's tree", { timeout: 20_000 }, () => {
    let quick = 0;
    fc.assert(
      fc.property(card, (text) => {
        if (agree(text)) quick++;
      }),
      { numRuns: 1500, seed: 7 },
    );
    expect(quick).toBeGreaterThan(400);
  });

  test("gives it where signals stand among words and settings", () => {
    const part = fc.oneof(
      fc.constantFrom("a", "v", "i", "when", "find", "param", "a.b.c", "x_1", "0", "0110", "1.5", "1..2", "1k", "1meg", "1e3", "1e-3", "1e", "1e5x", "2E+7", "9z", "1.e2", "1_0", "e1", "-1", "+a", "a-b"), // biome-ignore format: one thought
      fc.constantFrom("v(a)", "v(a,b)", "I(v1.r)", "n(q)", "x(m_1)", "va(b)", "v(1)", "v(a-1)", "sin(1)", "v()"),
    );
    const setting = fc.tuple(fc.constantFrom("a", "at", "param", "v", "1a", "x.y"), fc.oneof(part, fc.array(part, { minLength: 1, maxLength: 3 }).map((all) => `(${all.join(" ")})`))).map((both) => both.join("=")); // biome-ignore format: one thought
    const heads = fc.constantFrom(".print", ".Plot", ".save", ".meas", ".measure", ".noise", ".train");
    let quick = 0;
    const cards = fc.tuple(heads, fc.array(fc.oneof({ weight: 3, arbitrary: part }, setting), { maxLength: 4 }));
    fc.assert(
      fc.property(cards, ([head, parts]) => {
        if (agree([head, ...parts].join(" "))) quick++;
      }),
      { numRuns: 2000, seed: 3 },
    );
    expect(quick).toBeGreaterThan(500);
  });

  test("gives it where expressions stand in braces", { timeout: 20_000 }, () => {
    const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => ({
      operand: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom("a", "x_1", "x.y", "vdd", "i", "V", "1", "1k", ".5", "1.", "1e-3", "2i", "1meg", "3kk", "to", "step", "lot", "lot2", "time", "y!m1", "ω", "1µ"), // biome-ignore format: one thought
        tie("expression").map((inner) => `(${inner})`),
        tie("expression").map((inner) => `{${inner}}`),
        tie("expression").map((inner) => `q{${inner}}`),
        tie("expression").map((inner) => `q{${inner}}_b`),
        tie("expression").map((inner) => `{${inner}}1`),
        fc.tuple(fc.constantFrom("sin", "max ", "v", "x", "q2", "lot sin", "f.g"), fc.array(tie("expression"), { maxLength: 3 })).map(([name, given]) => `${name}(${given.join(",")})`), // biome-ignore format: one thought
        fc.tuple(fc.constantFrom("-", "+", "!", "~", "- ", "--"), tie("operand")).map((both) => both.join("")),
      ),
      expression: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        tie("operand"),
        fc.tuple(tie("operand"), fc.constantFrom("+", " - ", "*", "/", "%", "^", "**", "<", ">=", "==", "!=", "=", "&&", "||", "|", "&", " ", "?", ":", ","), tie("expression")).map((all) => all.join("")), // biome-ignore format: one thought
      ),
    }));
    const braced = expression.map((inner) => `{${inner}}`);
    const part = fc.oneof(braced, braced.map((it) => `n${it}`), braced.map((it) => `${it}n`), fc.tuple(braced, braced).map((both) => both.join("_")), braced.map((it) => `a=${it}`), braced.map((it) => `w${it}=1`), braced.map((it) => `a=(1 ${it})`), braced.map((it) => `a=${it}{1}`), fc.constantFrom("a", "1k", "w=1")); // biome-ignore format: one thought
    const text = fc.oneof(
      fc.tuple(fc.constantFrom("R1", "r{i}", "r{i}_{j+1}x", "{i}", "hamiltonian", ".options", ".quantum r", ".quantum", ".model m{i} r", ".tran"), fc.array(part, { maxLength: 3 })).map(([head, parts]) => [head, ...parts].join(" ")), // biome-ignore format: one thought
      fc.tuple(fc.constantFrom(".for i=", ".for i = ", " .FOR k1 = ", ".for a=="), fc.array(expression, { minLength: 1, maxLength: 2 }), fc.constantFrom("", " step 2", " step", "step1", " step -{a} ", " x")).map(([head, bounds, more]) => `${head}${bounds.join(" to ")}${more}`), // biome-ignore format: one thought
      fc.tuple(fc.constantFrom(".train t features=(", ".save a=(", ".meas param=("), fc.array(fc.oneof(expression.map((inner) => `ex(${inner})`), fc.constantFrom("a", "v(a)", "1k")), { maxLength: 3 }), fc.constantFrom(")", ") a", ")a", "")).map(([head, parts, more]) => `${head}${parts.join(" ")}${more}`), // biome-ignore format: one thought
    );
    let quick = 0;
    fc.assert(
      fc.property(text, (card) => {
        if (agree(card)) quick++;
      }),
      { numRuns: 4000, seed: 5 },
    );
    expect(quick).toBeGreaterThan(500);
  });

  test("gives it for the cards of all lessons", { timeout: 60_000 }, () => {
    let quick = 0;
    for (const lesson of readdirSync("netlists", { recursive: true, encoding: "utf8" })) {
      if (!lesson.endsWith(".cir")) continue;
      const source = new Source(lesson, readFileSync(`netlists/${lesson}`, "utf8"));
      for (const card of layOut(source, true, new Complaints()).cards) if ("text" in card && agree(card.text)) quick++;
    }
    expect(quick).toBeGreaterThan(1000);
  });

  test.each([
    "R1 a b 1k",
    "C1 a b 1u ic=2",
    "Vin in 0 dc 1 sin(0 1 1k)",
    "V1 in 0 pulse ( 0 1 , 0 1n 1n )",
    "YMEMRISTOR m1 a b hp x0=0.1",
    "X1 a b sub params: w=1 l = 2",
    "E1 a b poly(2) (c,d) (e,f) 0 1",
    "  K1 L1 L2 0.9",
    ".tran 1m 1 uic",
    ".dc V1 0 1 0.1 V2 0 1 0.5",
    ".options reltol=1e-4 method = gear",
    ".model hp memristor(kind=linear_drift ron=100)",
    ".model d1 d is=1e-14 n=1",
    ".ends foo",
    ".save v(c12_3)",
    ".save",
    " .SAVE V(in+) i(v1)  x(m1_2) n(a) ",
    ".print tran v(a,b) i(x1.r1) ",
    ".plot dc v(1) v(a-b,0)",
    ".save all",
    ".plot v(a) title=x",
    ".train t0110 rule=stiefel channel=c truth=0110 iterations=20 runs=1000",
    ".train t rule=ridge data=ts outputs=(q0 q1.a  q2) metrics=(r2) washout=150 ridge=1e-9",
    ".measure train m0110 find t0110.error.median",
    ".meas tran top max v(out) from=1m to=2.5m",
    ".MEASURE tran late trig v(a,b) val=0.5 rise=1 targ i(v1) val=1e-3 fall=last",
    ".noise v(out) v1 dec 10 1 1meg",
  ])("reads %s", (text) => {
    expect(agree(text)).toBe(true);
  });

  test.each([
    "R1 a b r=1k",
    "B1 a b v=1",
    "R1 a b = ",
    "R1 a ) b",
    'V1 a 0 pwl file="x"',
    "R1 a 'x'",
    "µ1 a b",
    ".save v( a )",
    ".print tran {v(a)} v(b)",
    ".print tran r(m1)",
    ".plot iv(m1)",
    ".save v(a)v(b)",
    ".save v(a),v(b)",
    ".measure tran at when v(a)=0.5",
    ".measure tran half param=top",
    ".measure tran half param top/2",
    ".measure tran both find v(a)*2 at=1m",
    ".measure tran low find -v(a) at=-1m",
    ".train t rule=ridge stop={error<1e-3}",
    ".train t features=(v(a) v(b))",
    ".train t a =1",
    ".train t a=1k/2",
  ])("leaves %s to the grammar", (text) => {
    expect(agree(text)).toBe(false);
  });
});

test("fifty thousand cards are read without the grammar, and fast", () => {
  const lines = Array.from({ length: 50_000 }, (_, k) => `R${k} n${k} n${k + 1} ${k}k tc1=1`);
  const source = new Source("deck.cir", `title\n${lines.join("\n")}\n.op\n.end\n`);
  const complaints = new Complaints();
  const start = process.cpuUsage();
  const { statements } = parseNetlist(source, { main: true }, complaints);
  const { user, system } = process.cpuUsage(start);
  expect(statements).toHaveLength(50_001);
  expect(complaints.all).toEqual([]);
  expect((user + system) / 1e6).toBeLessThan(3); // with the garbage collector, on a busy machine; the clock of a quiet one says 0.25 s
});
