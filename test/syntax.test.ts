import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Expression, Item, Netlist, Statement, Word } from "../src/syntax/ast.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints, type Diagnostic } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

function read(text: string): { netlist: Netlist; told: readonly Diagnostic[] } {
  const complaints = new Complaints();
  const netlist = parseNetlist(new Source("deck.cir", text), { main: false }, complaints);
  return { netlist, told: complaints.all };
}

/** The statements of a text without faults. */
function statements(text: string): readonly Statement[] {
  const { netlist, told } = read(text);
  expect(told).toEqual([]);
  return netlist.statements;
}

/** A tree as a line of text: words as written, groups in parentheses, expressions in angles. */
function sketch(item: Item): string {
  switch (item.kind) {
    case "word":
      return spelled(item);
    case "expression":
      return `${item.lone ? "" : "~"}<${shown(item.expression)}>`;
    case "quoted":
      return `"${item.text}"`;
    case "group":
      return `(${item.items.map(sketch).join(" ")})`;
    case "setting":
      return `${spelled(item.name)}=${sketch(item.value)}`;
    case "equation":
      return `<${shown(item.left)}>=<${shown(item.right)}>`;
  }
}

const spelled = ({ parts }: Word): string =>
  parts.map((part) => (typeof part === "string" ? part : `<${shown(part)}>`)).join("");

/** An expression with all of its parentheses. */
function shown(e: Expression): string {
  switch (e.kind) {
    case "number":
      return String(e.value);
    case "imaginary":
      return `${e.value}i`;
    case "name":
      return e.name;
    case "unary":
      return `${e.operator}${shown(e.operand)}`;
    case "binary":
      return `(${shown(e.left)}${e.operator}${shown(e.right)})`;
    case "conditional":
      return `(${shown(e.condition)}?${shown(e.yes)}:${shown(e.no)})`;
    case "call":
      return `${e.lot ? "lot " : ""}${e.name}(${e.arguments.map(shown).join(",")})`;
    case "probe":
      return `${e.quantity}[${e.names.map(spelled).join(",")}]`;
    case "setting-of":
      return `@${spelled(e.device)}.${e.setting}`;
    case "text":
      return `"${e.text}"`;
  }
}

function sketched(text: string): string {
  const [statement] = statements(text);
  if (statement?.kind === "instance") return [spelled(statement.name), ...statement.items.map(sketch)].join(" ");
  if (statement?.kind === "directive") return [statement.name, ...statement.items.map(sketch)].join(" ");
  throw new Error(`neither an element nor a directive: ${text}`);
}

describe("items", () => {
  test.each([
    ["R1 a,b 1k tc1 = 2", "R1 a b 1k tc1=2"],
    ["V1 in 0 sin(0 -1 1k)", "V1 in 0 sin (0 -1 1k)"],
    ["V1 in 0 {vdd} ac '2*x'", "V1 in 0 <vdd> ac ~<(2*x)>"],
    ["B1 out 0 v=v(a-b, in+)^{2*p} m=2", "B1 out 0 v=~<(v[a-b,in+]^(2*p))> m=2"],
    ["B1 a 0 i = i(Gmem)*x(M1) + n(ymemristor!m1:x)", "B1 a 0 i=~<((i[Gmem]*x[M1])+n[ymemristor!m1:x])>"],
    ["E1 a 0 value={v(b)*2}", "E1 a 0 value=~<(v[b]*2)>"],
    ["E1 a 0 vol='v(b)*2'", "E1 a 0 vol=~<(v[b]*2)>"],
    ["E1 a 0 table {v(x)} = (0,0) (1,2)", "E1 a 0 table <v[x]> (0 0) (1 2)"],
    ["E1 a 0 poly(2) (b,0) (c,0) 0 1 1", "E1 a 0 poly (2) (b 0) (c 0) 0 1 1"],
    ["R1 a b r=1k*(1+v(c)) m=2", "R1 a b r=~<(1000*(1+v[c]))> m=2"],
    ["C1 a b q=c0*v(a,b), m=1", "C1 a b q=~<(c0*v[a,b])> m=1"],
    ["R{i}_{j+1} r{i} {j} 2.5", "R<i>_<(j+1)> r<i> <j> 2.5"],
    ["R1 {i}a {i}{j} 1", "R1 <i>a <i><j> 1"],
    ['V1 a 0 pwl file="my data.csv" r=0', 'V1 a 0 pwl file="my data.csv" r=0'],
    ["V1 a 0 pwl file='my data.csv'", 'V1 a 0 pwl file="my data.csv"'],
    [
      ".print tran v(out) V(a,b) vdb(c) {v(a)*2} @r1[resistance] all",
      ".print tran ~<v[out]> ~<v[a,b]> ~<vdb(c)> <(v[a]*2)> ~<@r1.resistance> all",
    ],
    [
      ".print v(c*) i(Vs*) x(xb.m*_3) v(r{i}_{j}) v({i})",
      ".print ~<v[c*]> ~<i[Vs*]> ~<x[xb.m*_3]> ~<v[r<i>_<j>]> ~<v[<i>]>",
    ],
    ['.plot iv m1 periods=1..7 norm=max title="a, b"', '.plot iv m1 periods=1..7 norm=max title="a, b"'],
    [".plot tran v(a) y2=x(m1) xunit={2*pi}", ".plot tran ~<v[a]> y2=~<x[m1]> xunit=<(2*pi)>"],
    [
      ".meas tran t1 trig v(in)=0.5 rise=1 targ {v(a)}='x' td=1m",
      ".measure tran t1 trig <v[in]>=<0.5> rise=1 targ <v[a]>=<x> td=1m",
    ],
    [
      ".meas tran t2 find v(a) when v(b)=-2.5 cross=last",
      ".measure tran t2 find ~<v[a]> when <v[b]>=<-2.5> cross=last",
    ],
    [".measure tran t3 param=2*a+b", ".measure tran t3 param=~<((2*a)+b)>"],
    [".measure tran t4 when v(a)=v(b)", ".measure tran t4 when <v[a]>=<v[b]>"],
    [".measure tran e integ p(m1) from=0 to={T}", ".measure tran e integ ~<p(m1)> from=0 to=<t>"],
    [".ic v(out)=1 v(x1.a)={v0}", ".ic <v[out]>=<1> <v[x1.a]>=<v0>"],
    ['.assert {gain > 2} "too small"', '.assert <(gain>2)> "too small"'],
    [".option reltol=1e-4", ".options reltol=1e-4"],
    ['.dc data="inputs.csv"', '.dc data="inputs.csv"'],
    [".data w\n+ 1 2\n+ 3 4", ".data w 1 2 3 4"],
    ['B1 a 0 v=table(v(b), "f.csv")', 'B1 a 0 v=~<table(v[b],"f.csv")>'],
    ["R1 a b {lot agauss(1k, 50, 1)+lot}", "R1 a b <(lot agauss(1000,50,1)+lot)>"],
    ["B1 a 0 v=if(v(b)>1,{2},3)?4:5", "B1 a 0 v=~<(if((v[b]>1),2,3)?4:5)>"],
  ])("%s", (text, sketchOfIt) => {
    expect(sketched(text)).toBe(sketchOfIt);
  });
});

describe("statements", () => {
  test("a bare parameter goes to the next name or to the end of the line", () => {
    const [card] = statements(".param k = 2 * 3 j=4, l={k}+'j' m=k==2 ? 1 : 0");
    expect(card?.kind === "param" && card.assignments.map(({ name, value }) => `${name}=${shown(value)}`)).toEqual([
      "k=(2*3)",
      "j=4",
      "l=(k+j)",
      "m=((k==2)?1:0)",
    ]);
  });

  test.each([
    ".func F(x, Y) {x*y}",
    ".func f(x,y) = x*y",
    ".func f(x y) 'x*y'",
    ".param f(x,y)='x*y'",
    ".param f(x,y)=x*y",
  ])("%s", (text) => {
    const [card] = statements(text);
    expect(card).toMatchObject({ kind: "func", name: "f", parameters: ["x", "y"] });
    expect(card?.kind === "func" && shown(card.body)).toBe("(x*y)");
  });

  test("a card of parameters and functions", () => {
    expect(statements(".param a=1 f(x)='x+a' b=2").map(({ kind }) => kind)).toEqual(["param", "func"]);
  });

  test.each([
    ".model m memristor(ron=1 x={k})",
    ".model m memristor ron=1 x={k}",
    ".model m memristor ( ron = 1, x = {k} )",
  ])("%s", (text) => {
    const [card] = statements(text);
    if (card?.kind !== "model") throw new Error("no model");
    expect([card.name, card.type].map(spelled)).toEqual(["m", "memristor"]);
    expect(card.settings.map(sketch)).toEqual(["ron=1", "x=<k>"]);
  });

  test("a subcircuit with what is in it", () => {
    const [card] = statements(".subckt amp in out params: g=2 h={g*2}\nE1 out 0 in 0 {g}\n.ends AMP");
    if (card?.kind !== "subcircuit") throw new Error("no subcircuit");
    expect(card.nodes.map(spelled)).toEqual(["in", "out"]);
    expect(card.parameters.map(({ name, value }) => `${name}=${shown(value)}`)).toEqual(["g=2", "h=(g*2)"]);
    expect(card.body).toHaveLength(1);
  });

  test("a device by its equations", () => {
    const [card] = statements(`.device hp p n  ron=100 roff=16k
.state  x = {x0} min=0 max=1
.eq ddt(x) = {i * x}
.eq v = (ron*x + roff*(1-x))*i
.out r_eff={v/i} g={i/v}
.when {abs(i)>ith}
.check {ron<roff} "ron must be smaller"
.claims pinched passive
.enddevice`);
    if (card?.kind !== "device") throw new Error("no device");
    expect(card.terminals.map(spelled)).toEqual(["p", "n"]);
    expect(card.states.map(({ name, min, max }) => [name, min && shown(min), max && shown(max)])).toEqual([
      ["x", "0", "1"],
    ]);
    expect(card.equations.map(sketch)).toEqual(["<ddt(x)>=<(i*x)>", "<v>=<(((ron*x)+(roff*(1-x)))*i)>"]);
    expect(card.outputs.map(({ name }) => name)).toEqual(["r_eff", "g"]);
    expect(card.events.map(({ condition }) => shown(condition))).toEqual(["(abs(i)>ith)"]);
    expect(card.checks[0]!.message).toBe("ron must be smaller");
    expect(card.claims.map(spelled)).toEqual(["pinched", "passive"]);
  });

  test("a device with more than two terminals", () => {
    const [card] = statements(".device t a b c\n.eq i(a,b) = {v(a,b)/2}\n.eq i(b,c) = 0\n.enddevice");
    expect(card?.kind === "device" && card.equations.map(sketch)).toEqual(["<i[a,b]>=<(v[a,b]/2)>", "<i[b,c]>=<0>"]);
  });

  test("loops and conditions nest", () => {
    const [loop] = statements(
      ".for i = 1 to n*2 step 2\n.if i == 1\nR1 a b 1\n.elseif (i>2)\n.else\nR2 a b 1\n.endif\n.endfor",
    );
    if (loop?.kind !== "for") throw new Error("no loop");
    expect([loop.variable, shown(loop.from), shown(loop.to), shown(loop.step!)]).toEqual(["i", "1", "(n*2)", "2"]);
    const [condition] = loop.body;
    if (condition?.kind !== "if") throw new Error("no condition");
    expect(
      condition.branches.map((branch) => [branch.condition && shown(branch.condition), branch.body.length]),
    ).toEqual([
      ["(i==1)", 1],
      ["(i>2)", 0],
      [undefined, 1],
    ]);
  });

  test("`.lib` with one word is a section exactly when an `.endl` closes it", () => {
    const kinds = (text: string) =>
      statements(text).map((card) => (card.kind === "include" ? `include ${card.file}` : card.kind));
    expect(kinds(".lib tt\nR1 a b 1\n.endl tt")).toEqual(["library"]);
    expect(kinds(".lib tt\nR1 a b 1\n.endl")).toEqual(["library"]);
    expect(kinds(".lib models.lib\nR1 a b 1")).toEqual(["include models.lib", "instance"]);
    expect(kinds(".lib models.lib\n.lib tt\n.endl tt")).toEqual(["include models.lib", "library"]);
    expect(kinds('.lib "my models.lib"')).toEqual(["include my models.lib"]);
  });

  test("files are named with and without quotes", () => {
    const files = statements(`.include a/b.cir\n.inc "a b.cir"\n.include 'c d.cir'\n.lib "x y.lib" TT`);
    expect(files.map((card) => card.kind === "include" && [card.file, card.section])).toEqual([
      ["a/b.cir", undefined],
      ["a b.cir", undefined],
      ["c d.cir", undefined],
      ["x y.lib", "tt"],
    ]);
  });

  test("every span holds the text it speaks of", () => {
    const text = "R1 a b\n* between\n+ {2*\n+ k} tc=1";
    const [card] = statements(text);
    if (card?.kind !== "instance") throw new Error("no element");
    const at = ({ span }: { span: { start: number; end: number } }) => text.slice(span.start, span.end);
    expect(at(card)).toBe(text);
    expect(card.items.map(at)).toEqual(["a", "b", "{2*\n+ k}", "tc=1"]);
  });
});

describe("faults", () => {
  /** Each fault as `line:column code message`. */
  const faults = (text: string): string[] =>
    read(text)
      .told.filter(({ severity }) => severity === "error")
      .map(({ code, message, span }) => {
        const { line, column } = span!.source.locate(span!.start);
        return `${line}:${column} ${code} ${message}`;
      });

  test.each<[string, string]>([
    [".step param a {rr", "1:18 unfinished-card Expected an operator or `}`, found the end of the line."],
    ["B1 2 0 V=V(1)*(", "1:16 unfinished-card Expected a number, a name or a bracket, found the end of the line."],
    [".param a=2*", "1:12 unfinished-card Expected a number, a name or a bracket, found the end of the line."],
    [".param a 5", "1:10 unexpected-text Expected `=`, found `5`."],
    [".param x=2x", "1:10 bad-number `2x` is a number glued to a name: write `2*x`."],
    [".param x=4k7", "1:10 bad-number `4k7` is not a number here: write `4.7k`."],
    [".param x=2 y", "1:12 unexpected-text Expected an operator or the end of the line, found `y`."],
    [
      ".param 2x=1",
      "1:8 bad-name `2x` cannot be used as a name: it starts with a letter or `_` and goes on with letters, digits and `_`.",
    ],
    [
      "B1 a 0 v=if(v(a)=1,2,3)",
      "1:17 unexpected-text Expected an operator, `,` or `)`, found `=`. To compare, write `==`.",
    ],
    [
      ".if a=2\n.endif",
      "1:6 unexpected-text `=` cannot stand here. A setting is `name=value`; to compare, write `==`.",
    ],
    ['R2 a b "abc', '1:8 unclosed-quote The quotation that starts here is never closed: write `"` at its end.'],
    [".step param a b}", "1:16 stray-character `}` closes nothing: there is no `{` before it."],
    ["R4 a ) b", "1:6 unexpected-text `)` closes nothing: there is no `(` before it."],
    ["V1 a b \u201cx\u201d", '1:8 stray-character `\u201c` is a typographic quote: write `"`.'],
    ["R1 a b\u200b 1k", "1:7 stray-character A character that cannot be seen (U+200B) stands here: delete it."],
    [
      "( a b",
      "1:1 stray-character A card starts with an element such as `R1` or a dot card such as `.tran`, not with `(`.",
    ],
    [".foo 1", "1:1 unknown-statement There is no card `.foo`."],
    [".sens v(a)", "1:1 not-supported-yet `.sens` is not supported yet."],
    [".print v(out)*2", "1:14 unexpected-text `*2` cannot follow at once. Put an expression in braces: `{\u2026}`."],
    [
      ".nodeset v(a)=0.5*vdd",
      "1:15 bad-number Expected a number, a name or a signal. Put an expression in braces: `{\u2026}`.",
    ],
    [".model foo", "1:11 unfinished-card Expected a word, found the end of the line."],
    [".model foo r(ron 5)", "1:18 unexpected-text Expected `=`, found `5`."],
    [".func h(x) {x*2} 3", "1:18 unexpected-text Expected the end of the line, found `3`."],
    [".include", "1:9 unfinished-card Expected a file, found the end of the line."],
    [".ends", "1:1 stray-end `.ends` closes nothing: there is no `.subckt` before it."],
    [".else", "1:1 stray-branch `.else` belongs between `.if` and `.endif`."],
    [".subckt a b c", "1:1 unclosed-block `.subckt` is never closed: write `.ends` behind its last card."],
    [
      ".subckt a b c=1, d\n.ends",
      "1:18 node-behind-parameter `d` has no value: nodes stand before the parameters, and a parameter is written `name=value`.",
    ],
    [".if 1\n.else\n.else\n.endif", "3:1 stray-branch `.else` stands behind `.else`, which is the last branch."],
    [".if 1\n.endif x", "2:8 text-behind-card Expected the end of the line: the card is complete before this."],
    [".eq v=1", "1:1 stray-device-line This line belongs between `.device` and `.enddevice`."],
    [
      ".device d p n\nR1 p n 1\n.eq v=1\n.enddevice",
      "2:1 card-in-device Between `.device` and `.enddevice` stand `.state`, `.eq`, `.out`, `.when`, `.check` and `.claims` only.",
    ],
    [
      ".device d p n\n.enddevice",
      "1:1 device-without-equation `.device d` has no equation: write `.eq i = {\u2026}` or `.eq v = {\u2026}`.",
    ],
    [
      ".device d p n\n.state x=0 mni=0\n.eq v=1\n.enddevice",
      "2:12 unknown-setting A state has the settings `min` and `max`, and no `mni`: another state is another `.state` card.",
    ],
    [
      ".param a=2^3^2",
      "1:10 chained-power A power of a power can be read in two ways, and simulators differ: write `(a^b)^c` or `a^(b^c)`.",
    ],
    [".for i=1 3\n.endfor", "1:10 unexpected-text Expected an operator or `to`, found `3`."],
    [
      `.param a=${"(".repeat(300)}`,
      "1:210 nested-too-deep Brackets and conditionals stand more than 200 deep here: give parts of it a name with `.param` or `.func`.",
    ],
    [
      `.param a=${"-".repeat(2000)}1`,
      "1:10 expression-too-deep This expression has more than 1000 operations within each other: give parts of it a name with `.param` or `.func`.",
    ],
  ])("%s", (text, fault) => {
    expect(faults(text)).toEqual([fault]);
  });

  test("all of a file at once, in the order of the file", () => {
    const told = faults("R1 a b {x*\n.foo\n.param a=2* b=3* c=1\n.for i=1 to 2\n.ends");
    expect(told.map((fault) => fault.replace(/ .*/, ""))).toEqual(["1:11", "2:1", "3:13", "3:18", "4:1", "5:1"]);
  });

  test("one cause is told once", () => {
    expect(faults(".subckt a b c={\n.ends")).toHaveLength(1);
    expect(faults(".for i=1\n.endfor")).toHaveLength(1);
    expect(faults(".if (\n.elseif 2\n.else\n.endif")).toHaveLength(1);
    expect(faults(".if 1\n.elseif (\n.else\n.endif")).toHaveLength(1);
    expect(faults(".device d p n\n.eq v={\n.enddevice")).toHaveLength(1);
    expect(faults(".for i=1 to 2\n.subckt a b\n.endfor\n.ends")).toHaveLength(1);
    expect(faults(".quantum q\nqubit a theta={\n.endquantum")).toHaveLength(1);
  });

  test("crossed blocks name both places", () => {
    const [fault] = read(".subckt a b\n.for i=1 to 2\n.ends\n.endfor").told;
    expect(fault).toMatchObject({ code: "crossed-blocks", notes: [{ message: "`.for` is open since here" }] });
    expect(fault!.notes![0]!.span).toMatchObject({ start: 12 });
  });

  test("an open bracket is shown", () => {
    const [fault] = read("B1 a 0 v=max(1, 2").told;
    expect(fault!.notes).toMatchObject([{ message: "`(` is open since here", span: { start: 12, end: 13 } }]);
  });

  test("the nearest name is proposed", () => {
    expect(read(".trna 1m 1").told[0]!.help).toBe("did you mean `.tran`?");
    expect(read(".subcircuit a b").told[0]!.help).toBeUndefined();
  });
});

describe("notes", () => {
  test("cards of schematic editors are noted once each", () => {
    const { told } = read(".backanno\n.title it's free text (\n.backanno");
    expect(told.map(({ severity, code }) => `${severity} ${code}`)).toEqual(["note ignored-card", "note ignored-card"]);
  });
});

test("no text whatever makes the reader throw or linger", { timeout: 20_000 }, () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "R1 a b",
      ".param a=",
      ".subckt s a",
      ".ends\n",
      ".for i=1 to",
      ".endfor\n",
      ".if",
      ".else\n",
      ".endif\n",
    ),
    fc.constantFrom(
      "{",
      "}",
      "(",
      ")",
      "'",
      '"',
      "=",
      ",",
      "+",
      "\n+",
      "*",
      ";",
      "$",
      "//",
      "\t",
      "\u0000",
      "\n",
      " ",
      "?",
      ":",
    ),
    fc.constantFrom(
      ".print v(",
      ".eq",
      ".device d a b\n",
      ".lib x\n",
      ".endl\n",
      "@r1[",
      "]",
      "^",
      "2x",
      "1e",
      ".5.",
      "v(a",
      "\u00b5",
    ),
    fc.constantFrom(
      ".control\n",
      ".endc\n",
      ".end\n",
      ".model m r(",
      "sin(",
      "a==b",
      "file='",
      "R{i}_{j}",
      "!",
      "&&",
      "|",
      "~",
      "\\",
    ),
    fc.string({ unit: "binary", maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), fc.boolean(), (pieces, main) => {
      const text = pieces.join("");
      const complaints = new Complaints();
      parseNetlist(new Source("deck.cir", text), { main }, complaints);
      for (const { span, message } of complaints.all) {
        expect(span!.start).toBeGreaterThanOrEqual(0);
        expect(span!.start).toBeLessThanOrEqual(text.length);
        expect(span!.end).toBeGreaterThanOrEqual(span!.start); // the end of the text is a place without width
        expect(message).toMatch(/[.!?]$/);
      }
    }),
    { numRuns: 1500, seed: 11 },
  );
});
