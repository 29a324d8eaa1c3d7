/** Other spellings: `log` is the natural logarithm, as in SPICE. */
export const spellings: Readonly<Record<string, string>> = {
  "**": "pow",
  "^": "pow",
  "&": "&&",
  "|": "||",
  ternary_fcn: "if",
  log: "ln",
  arctan: "atan",
  arcsin: "asin",
  arccos: "acos",
  arcsinh: "asinh",
  arccosh: "acosh",
  arctanh: "atanh",
  fmod: "%",
  mod: "%",
  stp: "u",
  tbl: "table",
};
