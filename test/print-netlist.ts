import type { Assignment, Expression, Item, Netlist, Statement, Word } from "../src/syntax/ast.js";

/** A netlist as text again: what is read from it is the same tree. */
export function printNetlist({ statements }: Pick<Netlist, "statements">): string {
  return lines(statements).join("\n");
}

function lines(statements: readonly Statement[]): string[] {
  return statements.flatMap((statement) => printed(statement));
}

function printed(s: Statement): string[] {
  switch (s.kind) {
    case "instance":
      return [[word(s.name), ...s.items.map((item) => itemOf(item, bareKeys(s.name)))].join(" ")];
    case "cards":
      return lines(s.all());
    case "directive":
      return [[s.name, ...s.items.map((item) => itemOf(item, /^\.meas/.test(s.name) ? ["param"] : []))].join(" ")];
    case "param":
      return [`.param ${assignments(s.assignments)}`];
    case "func":
      return [`.func ${s.name}(${s.parameters.join(",")}) {${expression(s.body)}}`];
    case "model":
      return [`.model ${word(s.name)} ${word(s.type)} (${s.settings.map((item) => itemOf(item, [])).join(" ")})`];
    case "subcircuit":
      return [
        `.subckt ${[...[s.name, ...s.nodes].map(word), assignments(s.parameters)].join(" ")}`,
        ...lines(s.body),
        ".ends",
      ];
    case "device":
      return device(s);
    case "quantum":
      return [
        `.quantum ${word(s.name)} ${s.settings.map((item) => itemOf(item, [])).join(" ")}`,
        ...lines(s.body),
        ".endquantum",
      ];
    case "for": {
      const step = s.step ? ` step ${expression(s.step)}` : "";
      const head = `.for ${s.variable} = ${expression(s.from)} to ${expression(s.to)}${step}`;
      return [head, ...lines(s.body), ".endfor"];
    }
    case "if":
      return [
        ...s.branches.flatMap(({ condition, body }, k) => [
          condition ? `${k === 0 ? ".if" : ".elseif"} ${expression(condition)}` : ".else",
          ...lines(body),
        ]),
        ".endif",
      ];
    case "include":
      return [s.section === undefined ? `.include "${s.file}"` : `.lib "${s.file}" ${s.section}`];
    case "library":
      return [`.lib ${s.name}`, ...lines(s.body), `.endl ${s.name}`];
  }
}

function device(s: Extract<Statement, { kind: "device" }>): string[] {
  const bound = (name: string, value: Expression | undefined) => (value ? ` ${name}=${expression(value)}` : "");
  return [
    `.device ${[...[s.name, ...s.terminals].map(word), assignments(s.parameters)].join(" ")}`,
    ...s.states.map(
      ({ name, initial, min, max }) => `.state ${name}=${expression(initial)}${bound("min", min)}${bound("max", max)}`,
    ),
    ...s.equations.map(({ left, right }) => `.eq ${expression(left)} = ${expression(right)}`),
    ...(s.outputs.length > 0 ? [`.out ${assignments(s.outputs)}`] : []),
    ...s.events.map(({ condition }) => `.when ${expression(condition)}`),
    ...s.checks.map(({ condition, message }) => `.check ${expression(condition)} "${message}"`),
    ...(s.claims.length > 0 ? [`.claims ${s.claims.map(word).join(" ")}`] : []),
    ".enddevice",
  ];
}

const assignments = (all: readonly Assignment[]): string =>
  all.map(({ name, value }) => `${name}=${expression(value)}`).join(" ");

const bareOf: Readonly<Record<string, readonly string[]>> = {
  b: ["v", "i"],
  r: ["r"],
  c: ["q", "c"],
  l: ["l", "flux"],
  ...Object.fromEntries(["e", "f", "g", "h"].map((letter) => [letter, ["value", "vol", "cur"]])),
};
const bareKeys = (name: Word): readonly string[] => bareOf[word(name).charAt(0).toLowerCase()] ?? [];

function itemOf(item: Item, bare: readonly string[]): string {
  switch (item.kind) {
    case "word":
      return word(item);
    case "expression":
      return item.lone ? `{${expression(item.expression)}}` : unbraced(item.expression);
    case "quoted":
      return `"${item.text}"`;
    case "group":
      return `(${item.items.map((inner) => itemOf(inner, bare)).join(" ")})`;
    case "setting": {
      const takesAll = bare.includes(word(item.name).toLowerCase());
      const { value } = item;
      const text = value.kind === "expression" && takesAll ? expression(value.expression) : itemOf(value, bare);
      return `${word(item.name)}=${text}`;
    }
    case "equation":
      return `${unbraced(item.left)}=${rightSide(item.right)}`;
  }
}

/** As signals are listed; what is no signal stood in quotes. */
function unbraced(e: Expression): string {
  return e.kind === "probe" || e.kind === "call" || e.kind === "setting-of" ? expression(e) : `'${expression(e)}'`;
}

function rightSide(e: Expression): string {
  return e.kind === "number" || (e.kind === "name" && !e.glued) ? expression(e) : unbraced(e);
}

const word = ({ parts }: Word): string => spliced(parts);

const spliced = (parts: Word["parts"]): string =>
  parts.map((part) => (typeof part === "string" ? part : `{${expression(part)}}`)).join("");

/** With all of its parentheses. */
export function expression(e: Expression): string {
  switch (e.kind) {
    case "number":
      return String(e.value);
    case "imaginary":
      return `${e.value}i`;
    case "name":
      return e.glued ? spliced(e.glued) : e.name;
    case "unary":
      return `${e.operator}(${expression(e.operand)})`;
    case "binary":
      return `(${expression(e.left)}) ${e.operator} (${expression(e.right)})`;
    case "conditional":
      return `((${expression(e.condition)}) ? (${expression(e.yes)}) : (${expression(e.no)}))`;
    case "call":
      return `${e.lot ? "lot " : ""}${e.name}(${e.arguments.map(expression).join(", ")})`;
    case "probe":
      return `${e.quantity}(${e.names.map(word).join(",")})`;
    case "setting-of":
      return `@${word(e.device)}[${e.setting}]`;
    case "text":
      return `"${e.text}"`;
  }
}
