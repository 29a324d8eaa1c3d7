/** A small generator of random numbers with a seed (mulberry32), so that a failure can be repeated. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}

const numbers = [
  "0",
  "-1",
  "1e308",
  "1e-308",
  "1e999",
  "nan",
  "inf",
  "-0",
  "1k",
  "2x",
  "4k7",
  "1e",
  ".",
  "999999999999",
];
const snippets = [
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
  "µ",
  "Ω",
  "\u{1F600}",
  ".",
  "\\",
  "{{",
  "v(",
  "i(m1)",
  "time",
  "0",
  "gnd",
  ".for i = 1 to 3\n",
  ".endfor\n",
  ".ends\n",
  ".subckt s a b\n",
  ".if {1}\n",
  ".end\n",
  "pulse(",
  "{1/0}",
  "{sqrt(-1)}",
  "R1 a b 0\n",
  "V9 a 0 1\n",
  "C9 zz yy 1u\n",
];

/** A netlist with one to four slips of the hand. */
export function mutate(text: string, next: () => number): string {
  let mutant = text;
  for (let count = 1 + Math.floor(next() * 4); count > 0; count--) mutant = slip(mutant, next);
  return mutant;
}

function slip(text: string, next: () => number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const at = Math.floor(next() * (text.length + 1));
  const lines = text.split("\n");
  const line = Math.floor(next() * lines.length);
  switch (Math.floor(next() * 11)) {
    case 0: // a letter too few
      return text.slice(0, at) + text.slice(at + 1);
    case 1: // a letter too many
      return text.slice(0, at) + String.fromCharCode(32 + Math.floor(next() * 95)) + text.slice(at);
    case 2:
      return text.slice(0, at) + pick(snippets) + text.slice(at);
    case 3: // another number
      return replaceNth(text, /[-+]?\d+\.?\d*(e[-+]?\d+)?[a-z]*/gi, next, pick(numbers));
    case 4: // a word too few
      return replaceNth(text, /\S+/g, next, "");
    case 5: // a word in the place of another
      return replaceNth(text, /\S+/g, next, pick(text.match(/\S+/g) ?? ["x"]));
    case 6:
      return lines.filter((_, k) => k !== line).join("\n");
    case 7:
      return lines.flatMap((it, k) => (k === line ? [it, it] : [it])).join("\n");
    case 8:
      return text.slice(0, at);
    case 9: // two lines change places
      [lines[line], lines[0]] = [lines[0]!, lines[line]!];
      return lines.join("\n");
    default: // a node of another name
      return replaceNth(text, /\b[a-z]\d?\b/gi, next, pick(["a", "b", "in", "out", "0", "zz"]));
  }
}

function replaceNth(text: string, what: RegExp, next: () => number, by: string): string {
  const found = [...text.matchAll(what)];
  if (found.length === 0) return text;
  const match = found[Math.floor(next() * found.length)]!;
  return text.slice(0, match.index) + by + text.slice(match.index + match[0].length);
}
