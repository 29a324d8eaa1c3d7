const numbers = [
  ...[
    "0",
    "-0",
    "-1",
    "0.5",
    "3",
    "1k",
    "1e-30",
    "1e30",
    "1e-300",
    "1e308",
    "-1e308",
    "5e-324",
    "1e999",
    "999999999999",
  ],
  ...[
    "nan",
    "inf",
    "2x",
    "4k7",
    "1e",
    ".",
    "{1/0}",
    "{0/0}",
    "{-1^0.5}",
    "{1e200*1e200}",
    "1e15",
    "4294967296",
    "{time}",
  ],
];
const signs =
  "{ } ( ) ' \" = , + * ; $ // \t \u0000 µ Ω \u{1F600} . \\ {{ v( i(m1) time 0 gnd pulse( - ^ ? : && < % [ @ #".split(
    " ",
  );
const cards = [
  "R1 a b 0",
  "V9 a 0 1",
  "C9 zz yy 1u",
  "B9 in 0 v={1/v(in)}",
  "B9 in 0 i={sqrt(v(in))}",
  "B9 0 in i={v(in)^3*1e30}",
  "R9 in 0 r={v(in)}",
  "C9 in 0 q={ln(v(in))}",
  "L9 in 0 0",
  "S9 in 0 in 0 sw9\n.model sw9 sw(vt=0 vh=0)",
  "X9 in out nowhere",
  ".for i = 1 to 3",
  ".for i = 1 to 1e9",
  ".endfor",
  ".ends",
  ".subckt s a b",
  ".subckt s9 a b\nX1 a b s9\n.ends\nX9 in 0 s9",
  ".func f9(x) {f9(x)+1}\n.param p9={f9(1)}",
  ".param a9={b9} b9={a9}",
  ".if {1}",
  ".end",
  ".include netlist.cir",
  ".op",
  ".dc V1 0 1 1e-9",
  ".dc V1 -1e300 1e300 1e299",
  ".tran 1e-30 1",
  ".tran 1 1e300",
  ".tran 1e-300 1e-299",
  ".tran 1m 1 0 1e-12",
  ".options reltol=1e-14 abstol=0",
  ".options reltol=1 gmin=0 itl1=1",
  ".options method=odex",
  ".options method=trap maxsteps=3",
  ".print tran {1/(v(in)-v(in))} {0*ln(-1)} {1e308*v(in)*1e308}",
  ".print op {1/0}",
  ".measure tran q9 param={0/0}",
  ".measure tran w9 when {1/v(in)}=0",
  ".plot xy {1/v(in)} {v(out)} logx logy",
  ".ic v(in)=1e300",
  ".nodeset v(out)=-1e308",
];
const functions = /\b(sin|cos|exp|sqrt|ln|log|abs|min|max|tanh|if|pwr|limit|table|ddt|idt|floor)\b/g;
const operators = /[-+*/^<>?:]+/g;

/** A netlist with one to four slips of the hand. */
export function mutate(text: string, next: () => number): string {
  let mutant = text;
  for (let count = 1 + Math.floor(next() ** 2 * 4); count > 0; count--) mutant = slip(mutant, next);
  return mutant;
}

function slip(text: string, next: () => number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const at = Math.floor(next() * (text.length + 1));
  const lines = text.split("\n");
  const line = Math.floor(next() * lines.length);
  const number = /(?<![\w.])[-+]?\d+\.?\d*(e[-+]?\d+)?[a-z]*/gi;
  switch (Math.floor(next() * 17)) {
    case 0: // a letter too few
      return text.slice(0, at) + text.slice(at + 1);
    case 1: // a letter too many
      return text.slice(0, at) + String.fromCharCode(32 + Math.floor(next() * 95)) + text.slice(at);
    case 2:
      return text.slice(0, at) + pick(signs) + text.slice(at);
    case 3: // another number
    case 4:
      return replaceOne(text, number, next, () => pick(numbers));
    case 5: // the same number, with its point elsewhere or another sign
    case 6:
      return replaceOne(
        text,
        number,
        next,
        (was) => `${pick(["", "", "-"])}${parseFloat(was)}e${Math.floor(next() * 60 - 30)}`,
      );
    case 7: // a word too few
      return replaceOne(text, /\S+/g, next, () => "");
    case 8: // a word in the place of another
      return replaceOne(text, /\S+/g, next, () => pick(text.match(/\S+/g) ?? ["x"]));
    case 9:
      return lines.filter((_, k) => k !== line).join("\n");
    case 10:
      return lines.flatMap((it, k) => (k === line ? [it, it] : [it])).join("\n");
    case 11:
      return text.slice(0, at);
    case 12: // two lines change places
      [lines[line], lines[0]] = [lines[0]!, lines[line]!];
      return lines.join("\n");
    case 13: // a node of another name
      return replaceOne(text, /\b[a-z]\d?\b/gi, next, () => pick(["a", "b", "in", "out", "0", "zz"]));
    case 14: // another function
      return replaceOne(text, functions, next, () =>
        pick(["sqrt", "ln", "exp", "tan", "acosh", "floor", "idt", "ddt", "1/"]),
      );
    case 15: // another operator
      return replaceOne(text, operators, next, () => pick(["+", "-", "*", "/", "**", "%", "<", "&&"]));
    default: // a card too many, behind any line but the title
      return [...lines.slice(0, line + 1), pick(cards), ...lines.slice(line + 1)].join("\n");
  }
}

function replaceOne(text: string, what: RegExp, next: () => number, by: (was: string) => string): string {
  const found = [...text.matchAll(what)];
  if (found.length === 0) return text;
  const match = found[Math.floor(next() * found.length)]!;
  return text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length);
}
