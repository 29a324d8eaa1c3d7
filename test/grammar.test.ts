import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { written } from "../grammar/ebnf.js";
import { derived } from "../grammar/generate.js";
import { NetlistParser } from "../grammar/netlist.js";
import { productions } from "../grammar/shapes.js";
import type { Expression } from "../src/syntax/ast.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

const file = (name: string): string => readFileSync(new URL(`../grammar/${name}`, import.meta.url), "utf8");

describe("what is derived from the grammar is fresh (else: npm run grammar)", () => {
  test.each(Object.keys(derived))("%s", (name) => {
    expect(file(name)).toBe(derived[name]);
  });

  test("the diagrams name no other host", () => {
    expect(derived["diagrams.html"]).not.toMatch(/https?:|src=|@import/);
  });

  test("the comment above each production is its EBNF", () => {
    const source = file("netlist.ts");
    for (const { name, shape } of productions(new NetlistParser().getSerializedGastProductions())) {
      const comment = new RegExp(`((?: {2}//.*\\n)+) {2}readonly ${name} =`).exec(source)?.[1] ?? "";
      const said = comment
        .slice(comment.indexOf(`${name} =`))
        .replace(/\s*\n\s*\/\/\s*/g, " ")
        .trim();
      expect(said, `the comment above ${name}`).toBe(`${name} = ${written(shape, false)}`);
    }
  });
});

/** The value of an expression as written on a `.param` card. */
function numberOf(text: string): number {
  const complaints = new Complaints();
  const netlist = parseNetlist(new Source("deck.cir", `.param a=${text}`), { main: false }, complaints);
  complaints.settle();
  const [card] = netlist.statements;
  if (card?.kind !== "param") throw new Error(`no parameter in ${text}`);
  return evaluate(card.assignments[0]!.value);
}

/** Plain arithmetic on the tree, with JavaScript's numbers for truth. */
function evaluate(e: Expression): number {
  switch (e.kind) {
    case "number":
      return e.value;
    case "unary":
      return { "-": -evaluate(e.operand), "+": evaluate(e.operand), "!": Number(!evaluate(e.operand)) }[e.operator];
    case "conditional":
      return evaluate(e.condition) ? evaluate(e.yes) : evaluate(e.no);
    case "binary":
      return binary(e.operator, evaluate(e.left), evaluate(e.right));
    default:
      throw new Error(`${e.kind} has no number`);
  }
}

function binary(operator: string, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    case "<":
      return Number(a < b);
    case ">":
      return Number(a > b);
    case "<=":
      return Number(a <= b);
    case ">=":
      return Number(a >= b);
    case "==":
      return Number(a === b);
    case "!=":
      return Number(a !== b);
    case "&&":
      return Number(Boolean(a) && Boolean(b));
    case "||":
      return Number(Boolean(a) || Boolean(b));
    default:
      return a ** b;
  }
}

describe("precedence", () => {
  test.each([
    ["-2^2", -4],
    ["-2**2", -4],
    ["2^-1", 0.5],
    ["2*3^2", 18],
    ["-2^2*3", -12],
    ["(-2)^2", 4],
    ["2^{1+1}", 4],
    ["!0+1", 2],
    ["!(0+1)", 0],
    ["1-2-3", -4],
    ["8/4/2", 1],
    ["7%4*2", 6],
    ["1 ? 2 : 0 ? 3 : 4", 2],
    ["0 ? 2 : 0 ? 3 : 4", 4],
    ["1 < 2 == 1", 1],
    ["{1+1}*'2+1'", 6],
    ["1k+1m", 1000.001],
    ["--3", 3],
    ["2-3^2+1", -6],
    ["1meg/1k", 1000],
  ])("%s is %d", (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  test("is that of the C family", () => {
    const number = fc.integer({ min: 0, max: 9 }).map(String);
    const operator = fc.constantFrom("+", "-", "*", "<", ">", "<=", ">=", "==", "!=");
    const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => ({
      operand: fc.oneof(
        { depthSize: "small" },
        number,
        number.map((n) => `-${n}`),
        tie("expression").map((e) => `(${e})`),
      ),
      expression: fc
        .tuple(tie("operand"), fc.array(fc.tuple(operator, tie("operand")), { maxLength: 5 }))
        .map(([first, rest]) => [first, ...rest.flat()].join(" ")),
    }));
    fc.assert(
      fc.property(expression, (text) => {
        const truth = new Function(`return ${text}`)() as number | boolean;
        expect(numberOf(text) + 0).toBe(Number(truth) + 0);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("of the logic is && above ||, comparison above both", () => {
    expect(numberOf("1 || 0 && 0")).toBe(1);
    expect(numberOf("0 && 1 || 1")).toBe(1);
    expect(numberOf("2 > 1 && 3 > 4")).toBe(0);
  });
});
