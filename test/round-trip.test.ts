import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Expression, Netlist } from "../src/syntax/ast.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";
import { expression, printNetlist } from "./print-netlist.js";

function read(text: string, main = false): Netlist {
  const complaints = new Complaints();
  const netlist = parseNetlist(new Source("deck.cir", text), { main }, complaints);
  complaints.settle();
  return netlist;
}

/** A tree without its places. */
const bare = (tree: unknown): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value) => (/^(?:span|\w+Span)$/.test(key) ? undefined : value)));

const netlists = new URL("../netlists/", import.meta.url);
const files = readdirSync(netlists, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".cir"));

describe("a netlist that is read, written and read again is the same", () => {
  test.each(files)("%s", (file) => {
    const { statements } = read(readFileSync(new URL(file, netlists), "utf8"), true);
    expect(bare(read(printNetlist({ statements })).statements)).toEqual(bare(statements));
  });

  test("of every kind of card", () => {
    const { statements } = read(`.param a=1 f(x)='x^2' b={a*2+p{i}_b*q{2*i}{j}}
.func g(x,y) {x ? y : -x}
.model m memristor(kind=linear_drift ron={a})
.subckt s p n params: w=2
R{i}_1 p n r=1k*(1+v(p,n))
.ends
.device d p n r0=1
.state x={r0} min=0 max=1
.eq ddt(x) = i
.eq v = x*i
.out q={v}
.when {x>1}
.check {r0>0} "no"
.claims passive
.enddevice
.for i = 1 to 3 step a
.if i==1
X1 a b s w={i}
.elseif (i>2)
.else
.endif
.endfor
.include "a b.cir"
.lib "x.lib" tt
.lib ff
.endl
V1 a 0 sin(0 {a} 1k) ac 1
E1 a 0 table {v(b)} = (0,0) (1,1)
.print tran v(a) {v(a)*2} '3*v(b)' vdb(c) @r1[i] y2=x(m1) file="a.csv"
.meas tran t when v(a)='0.5*a' rise=1
.meas tran u param=t*2
.ic v(a)=1 v(b)={a} v(c)={p{i}}
.plot concurrence(q{i},q{i+1}_x) ex({sx(q{i})})
.assert {t<1} "slow"`);
    expect(bare(read(printNetlist({ statements })).statements)).toEqual(bare(statements));
  });

  test("of any expression", () => {
    const span = { source: new Source("", ""), start: 0, end: 0 };
    const name = fc
      .constantFrom("a", "b2", "time", "x_1", "i", "v", "ω")
      .map((text): Expression => ({ kind: "name", name: text, span }));
    const number = fc
      .double({ min: 0, max: 1e6, noNaN: true })
      .map((value): Expression => ({ kind: "number", value: Math.abs(value), span }));
    const probe = fc
      .constantFrom("out", "in+", "a-b", "x1.n", "*")
      .map(
        (text): Expression => ({ kind: "probe", quantity: "v", names: [{ kind: "word", parts: [text], span }], span }),
      );
    const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "medium", withCrossShrink: true },
        number,
        name,
        probe,
        fc.record({
          kind: fc.constant("unary" as const),
          operator: fc.constantFrom("-" as const, "+" as const, "!" as const),
          operand: tie("tree"),
          span: fc.constant(span),
        }),
        fc.record({
          kind: fc.constant("binary" as const),
          operator: fc.constantFrom(
            ...(["+", "-", "*", "/", "%", "^", "**", "<", ">=", "==", "&&", "||", "&", "|"] as const),
          ),
          left: tie("tree"),
          right: tie("tree"),
          span: fc.constant(span),
        }),
        fc.record({
          kind: fc.constant("conditional" as const),
          condition: tie("tree"),
          yes: tie("tree"),
          no: tie("tree"),
          span: fc.constant(span),
        }),
        fc.record({
          kind: fc.constant("call" as const),
          name: fc.constantFrom("sin", "max", "w.name"),
          arguments: fc.array(tie("tree"), { maxLength: 3 }),
          span: fc.constant(span),
        }),
      ),
    }));
    fc.assert(
      fc.property(tree, (any) => {
        const [card] = read(`.param a=${expression(any)}`).statements;
        expect(card?.kind === "param" && bare(card.assignments[0]!.value)).toEqual(bare(any));
      }),
      { numRuns: 400, seed: 4 },
    );
  });
});
