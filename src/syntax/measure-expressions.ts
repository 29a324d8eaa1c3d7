/** What an expression without braces stands behind on a `.measure` card, and what ends it. */
const before = /\b(?:avg|average|rms|min|max|pp|integ|integral|find|deriv|derivative|param|eqn)\s+/gi;
const behind = /\s+(?:at|when|from|to|trig|targ|td|rise|fall|cross|val)\b/i;

/**
 * A `.measure` card with apostrophes round expressions that stand without them, as LTspice writes them: `avg V(a)*I(R1)`,
 * `param top/2`. They take the places of blanks, so that every character keeps its place; the
 * last one may come to stand behind the card.
 */
export function braceMeasure(text: string): string {
  if (/[{}'"]/.test(text)) return text;
  const chars = [...text];
  for (const match of text.matchAll(before)) {
    const start = match.index + match[0].length;
    const rest = text.slice(start);
    const end = start + (behind.exec(rest)?.index ?? rest.trimEnd().length);
    if (!isCompound(text.slice(start, end))) continue;
    chars[start - 1] = "'";
    chars[end] = "'";
  }
  return Array.from(chars, (c) => c ?? " ").join("");
}

/** Whether something is calculated outside all parentheses; a fault in them is told of as it stands. */
function isCompound(text: string): boolean {
  let plain = text.replace(/[\d.]+e[+-]?\d+/gi, "1");
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replace(/\([^()]*\)/g, "");
  }
  return /[-+*/%<>&|?]/.test(plain) && !/[()]/.test(plain);
}
