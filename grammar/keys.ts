/**
 * The settings of element cards whose right side is an expression without braces, by the element's letter:
 * `B1 out 0 v=v(a)*v(b)`, `R1 a b r=1k*(1+v(c))`. Everywhere else an expression wants its braces.
 */
const expressionKeys: Readonly<Record<string, readonly string[]>> = {
  b: ["v", "i"],
  c: ["q", "c"],
  e: ["value", "vol", "cur"],
  f: ["value", "vol", "cur"],
  g: ["value", "vol", "cur"],
  h: ["value", "vol", "cur"],
  l: ["l", "flux"],
  r: ["r"],
};

/** Whether `key=` on a card whose first word is `head` takes an expression without braces. */
export function takesExpression(head: string, key: string): boolean {
  if (/^\.meas/i.test(head)) return key.toLowerCase() === "param";
  return expressionKeys[head.charAt(0).toLowerCase()]?.includes(key.toLowerCase()) === true;
}

/** Settings whose value is a file, so that `'…'` is a quotation and not an expression. */
export function namesFile(key: string): boolean {
  return /^(?:file|data|save)$/i.test(key);
}
