// Part of the build: translates the numerical kernels to WebAssembly.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { moduleOf } from "../src/numerics/lanes/assembler.js";
import type { ValueType } from "./operations.js";
import { kindOf, type Signature, type Surroundings, translated } from "./translate.js";

const folder = new URL("../src/numerics/linear/kernels/", import.meta.url);
const made = new URL("../src/numerics/linear/kernels.wasm.ts", import.meta.url);

/** The text of `kernels.wasm.ts`: a module with what the kernels export, of which `npm run build` writes it. */
export function compiledKernels(): string {
  const files = readdirSync(folder).filter((name) => name !== "index.ts");
  const bytes = compiled(files.sort().map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") })));
  return [
    "// Made of kernels/ by compiler/kernels.ts: do not edit.",
    "",
    "/** The kernels as a module of WebAssembly, in base 64. */",
    `export const compiledKernels =\n  "${Buffer.from(bytes).toString("base64")}";\n`,
  ].join("\n");
}

/** Functions over arrays and numbers, written in a part of TypeScript, as a module of WebAssembly. */
export function compiled(files: readonly { readonly name: string; readonly text: string }[]): Uint8Array<ArrayBuffer> {
  const functions = new Map<string, Signature>();
  const constants = new Map<string, number>();
  for (const { name, text } of files) {
    const { statements } = ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true);
    for (const statement of statements) {
      if (ts.isFunctionDeclaration(statement))
        functions.set(statement.name!.text, signatureOf(statement, functions.size));
      if (ts.isVariableStatement(statement)) {
        for (const { name, initializer } of statement.declarationList.declarations) {
          constants.set(name.getText(), constantOf(initializer!));
        }
      }
    }
  }
  const around: Surroundings = { functions, constants };
  return moduleOf([...functions].map(([name, signature]) => translated(name, signature, around)));
}

function signatureOf(declaration: ts.FunctionDeclaration, index: number): Signature {
  const parameters = declaration.parameters.map(({ type }) => kindOf(type) ?? "int");
  return { index, declaration, parameters, result: kindOf(declaration.type) as ValueType | undefined };
}

function constantOf(node: ts.Expression): number {
  if (node.getText() === "Number.EPSILON") return Number.EPSILON;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskToken) {
    return constantOf(node.left) * constantOf(node.right);
  }
  if (!ts.isNumericLiteral(node)) throw new Error(`\`${node.getText()}\` is no number that a kernel knows.`);
  return Number(node.text);
}

if (import.meta.filename === process.argv[1]) writeFileSync(made, compiledKernels());
