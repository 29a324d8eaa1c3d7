// Part of the build: writes the loops over memristors, one for each law, and translates them to WebAssembly.
import { readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { moduleOf } from "../src/numerics/lanes/assembler.js";
import { constantsOf, named, sourcesIn, statementsOf } from "./kernels.js";
import type { ValueType } from "./operations.js";
import { kindOf, type LawSurroundings, type Signature, translated } from "./translate.js";

const folder = new URL("../src/devices/memristors/laws/", import.meta.url);
const made = new URL("../src/equations/memristor-loops.wasm.ts", import.meta.url);

/** The functions of `Math` that laws may call beside those that are instructions, and how much each takes. */
const mathematics = { exp: 1, log: 1, pow: 2, sinh: 1, cosh: 1, expm1: 1, log1p: 1 } as const;

/** The text of `memristor-loops.wasm.ts`: a module with a loop for each law, and the order in which it has values. */
export function compiledLoops(): string {
  const { bytes, fields } = loopsOf(statementsOf(sourcesIn(folder)));
  const base64 = Buffer.from(bytes).toString("base64");
  return `// Made of the laws of memristors by compiler/laws.ts: do not edit.

/** A loop over memristors for each law, by its name, as a module of WebAssembly in base 64. */
export const memristorLoops =
  "${base64}";

/** What it takes of \`Math\`. */
export const mathematics = [${Object.keys(mathematics)
    .map((name) => `"${name}"`)
    .join(", ")}] as const;

/** Where values of an instance, and what comes of it, stand behind the beginning of either. */
export const fieldOrder: readonly string[] = JSON.parse(
  '${JSON.stringify(fields)}',
);
`;
}

function loopsOf(statements: readonly ts.Statement[]) {
  const fields = new Map<string, number>();
  const laws: LawSurroundings = { fields, mathematics: Object.keys(mathematics) };
  const first = laws.mathematics.length;
  const isLaw = true;
  const signatures = named(statements.filter(ts.isFunctionDeclaration), (declaration, index): Signature => {
    const parameters = declaration.parameters.map(({ type }) => kindOf(type, true, isLaw));
    return { index: first + index, declaration, parameters, result: resultOf(declaration), isLaw };
  });
  const around = { functions: signatures, constants: constantsOf(statements), laws };
  const functions = [...signatures].map(([name, signature]) => translated(name, signature, around));
  const loop = loopDeclaration();
  const parameters = loop.parameters.map(({ type }) => kindOf(type, true));
  const loops = [...signatures]
    .filter(([, { declaration }]) => isMemristor(declaration))
    .map(([name, law], k) => {
      const signature = { index: first + functions.length + k, declaration: loop, parameters, result: undefined };
      const inside = { ...around, functions: new Map([...signatures, ["law", law]]) };
      return translated(`${name}Loop`, signature, inside);
    });
  const given = Object.entries(mathematics).map(([name, takes]) => ({ name, takes }));
  return { bytes: moduleOf([...functions, ...loops], given), fields: [...fields.keys()] };
}

function loopDeclaration(): ts.FunctionDeclaration {
  const text = readFileSync(new URL("memristor-loop.ts", import.meta.url), "utf8");
  return statementsOf([{ name: "memristor-loop.ts", text }])
    .filter(ts.isFunctionDeclaration)
    .find(({ body }) => body !== undefined)!;
}

const resultOf = ({ type }: ts.FunctionDeclaration): ValueType | undefined =>
  type?.getText() === "void" ? undefined : (kindOf(type, false, true) as ValueType);

/** A law of a state, a voltage and values, which is exported. */
function isMemristor({ modifiers, parameters }: ts.FunctionDeclaration): boolean {
  const [, second, third, fourth] = parameters.map(({ name }) => name.getText());
  return modifiers !== undefined && parameters.length === 4 && second === "v" && third === "values" && fourth === "at";
}

if (import.meta.filename === process.argv[1]) writeFileSync(made, compiledLoops());
