// Part of the build: translates the numerical kernels to WebAssembly.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { type GivenFunction, moduleOf } from "../src/numerics/lanes/assembler.js";
import type { ValueType } from "./operations.js";
import { type Kind, kindOf, type Parameter, type Signature, type Surroundings, translated } from "./translate.js";

/** Folders whose `kernels/` become a module, `kernels.wasm.ts` beside them. */
export const kernelFolders = ["numerics/linear", "learning/stiefel", "quantum", "syntax", "numerics/decimals"] as const;

const placeOf = (folder: string, name: string): URL => new URL(`../src/${folder}/${name}`, import.meta.url);

/** Where the module of a folder stands. */
export const moduleIn = (folder: string): URL => placeOf(folder, "kernels.wasm.ts");

/** The text of `kernels.wasm.ts`: a module with what the kernels export, and what they take. `npm run build` writes it. */
export function compiledKernels(where: string): string {
  const folder = placeOf(where, "kernels/");
  const own = sourcesIn(folder).filter(({ name }) => name !== "index.ts");
  const { bytes, takes } = compiled(own, borrowedBy(own, folder));
  const base64 = Buffer.from(bytes).toString("base64");
  return `// Made of kernels/ by compiler/kernels.ts: do not edit.

/** The kernels as a module of WebAssembly, in base 64. */
export const compiledKernels =
  "${base64}";

/** What each takes: of a record the names of what it holds, in the order in which the module takes them. */
export const kernelsTake: Readonly<Record<string, readonly ("" | readonly string[])[]>> = JSON.parse(
  '${JSON.stringify(takes)}',
);
`;
}

interface Compiled {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What each function that is exported takes; "" for what is no record. */
  readonly takes: Readonly<Record<string, readonly ("" | readonly string[])[]>>;
}

/** Functions over arrays and numbers, written in a part of TypeScript, as a module of WebAssembly, with those of others that they call. */
export function compiled(files: readonly Source[], borrowed: readonly Source[] = []): Compiled {
  const [own, others] = [statementsOf(files), statementsOf(borrowed)];
  const statements = [...own, ...others];
  const records = named(statements.filter(ts.isInterfaceDeclaration), (record) => recordOf(record));
  const written = statements.filter(ts.isFunctionDeclaration);
  const given = givenTo(written);
  const functions = named(written, (it, index) => signatureOf(it, given.length + index, records));
  const mathematics = given.map(({ name }) => name);
  const around: Surroundings = { functions, constants: constantsOf(statements), mathematics };
  const isOuter = (it: ts.FunctionDeclaration): boolean => it.modifiers !== undefined && own.includes(it);
  const translations = [...functions].map(([name, signature]) => {
    return { ...translated(name, signature, around), isInner: !isOuter(signature.declaration) };
  });
  const outer = [...functions].filter(([, { declaration }]) => isOuter(declaration));
  return {
    bytes: moduleOf(translations, given),
    takes: Object.fromEntries(outer.map(([name, { parameters }]) => [name, parameters.map(namesTaken)])),
  };
}

/** The functions of `Math` that the host gives, and how much each takes. */
export const mathematics = { exp: 1, log: 1, pow: 2, sinh: 1, cosh: 1, expm1: 1, log1p: 1, sin: 1, cos: 1 } as const;

/** Those of them that functions ask for. */
export const givenTo = (functions: readonly ts.FunctionDeclaration[]): readonly GivenFunction[] =>
  Object.entries(mathematics)
    .filter(([name]) => functions.some((it) => asksFor(it, name)))
    .map(([name, takes]) => ({ name, takes }));

/** Whether a function calls one of `Math`. */
const asksFor = (it: ts.FunctionDeclaration, name: string): boolean =>
  it.getText().includes(`Math.${name}(`) || (name === "pow" && it.getText().includes("**"));

/** What a parameter takes: of a record the names of what it holds. */
export const namesTaken = (parameter: Parameter): "" | string[] =>
  typeof parameter === "string" ? "" : [...parameter.keys()];

/** A file by its name and what stands in it. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** All that stands in files, one after the other. */
export const statementsOf = (files: readonly Source[]): ts.Statement[] =>
  files.flatMap(({ name, text }) => [...ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true).statements]);

/** The files of a folder, by their names. */
export const sourcesIn = (folder: URL): Source[] =>
  readdirSync(folder)
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));

/** Files of kernels in other folders, of which some take functions. */
function borrowedBy(files: readonly Source[], folder: URL): readonly Source[] {
  const taken = files.flatMap(({ text }) => [...text.matchAll(/^import \{[^}]*\} from "(\.\.\/[^"]+)\.js";$/gm)]);
  const paths = new Set(taken.map(([, path]) => new URL(`${path}.ts`, folder).href));
  return [...paths].map((name) => ({ name, text: readFileSync(new URL(name), "utf8") }));
}

/** The numbers that files know by names. */
export function constantsOf(statements: readonly ts.Statement[]): Map<string, number> {
  const variables = statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) => [...statement.declarationList.declarations])
    .filter(({ initializer }) => !ts.isArrowFunction(initializer!));
  return named(variables, ({ initializer }) => constantOf(initializer!));
}

/** Things by their names, of which each is to be one. */
export function named<Node extends ts.NamedDeclaration, Found>(
  nodes: readonly Node[],
  find: (node: Node, index: number) => Found,
): Map<string, Found> {
  const found = new Map<string, Found>();
  nodes.forEach((node, index) => {
    const name = node.name!.getText();
    if (found.has(name)) throw new Error(`Two kernels, or what belongs to them, are called \`${name}\`.`);
    found.set(name, find(node, index));
  });
  return found;
}

/** What a record holds. */
export function recordOf({ members }: ts.InterfaceDeclaration, objects = false): ReadonlyMap<string, Kind> {
  return new Map(
    members.filter(ts.isPropertySignature).map(({ name, type }) => [name.getText(), kindOf(type, objects)]),
  );
}

function signatureOf(
  declaration: ts.FunctionDeclaration,
  index: number,
  records: ReadonlyMap<string, ReadonlyMap<string, Kind>>,
): Signature {
  const parameters = declaration.parameters.map(({ type }) => records.get(type?.getText() ?? "") ?? kindOf(type));
  const gives = declaration.type?.getText();
  return {
    index,
    declaration,
    parameters,
    result: gives === "void" ? undefined : (kindOf(declaration.type) as ValueType),
  };
}

function constantOf(node: ts.Expression): number {
  if (node.getText() === "Number.EPSILON") return Number.EPSILON;
  if (node.getText() === "Math.PI") return Math.PI;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskToken) {
    return constantOf(node.left) * constantOf(node.right);
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) return -constantOf(node.operand);
  if (!ts.isNumericLiteral(node)) throw new Error(`\`${node.getText()}\` is no number that a kernel knows.`);
  return Number(node.text);
}

if (import.meta.filename === process.argv[1]) {
  for (const folder of kernelFolders) writeFileSync(moduleIn(folder), compiledKernels(folder));
}
