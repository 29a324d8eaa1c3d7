// Part of the build: writes the loops over memristors, one for each law, and translates them to WebAssembly.
import { readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { moduleOf } from "../src/numerics/lanes/assembler.js";
import { constantsOf, givenTo, mathematics, named, namesTaken, recordOf, sourcesIn, statementsOf } from "./kernels.js";
import type { ValueType } from "./operations.js";
import { type Kind, kindOf, type Signature, translated } from "./translate.js";

const folder = new URL("../src/devices/memristors/laws/", import.meta.url);
const equations = new URL("../src/equations/", import.meta.url);

const templateIn = (file: URL): ts.Statement[] =>
  statementsOf([{ name: file.pathname, text: readFileSync(file, "utf8") }]);

const sourceIn = (file: string): ts.Statement[] =>
  statementsOf([{ name: file, text: readFileSync(new URL(`../src/${file}`, import.meta.url), "utf8") }]);

/** The text of `memristor-loops.wasm.ts`: a module with a loop for each law, and the order in which it has values. */
export function compiledLoops(): string {
  const { bytes, fields } = made({
    laws: [],
    others: [],
    templates: templateIn(new URL("memristor-loop.ts", import.meta.url)),
  });
  return `// Made of the laws of memristors by compiler/laws.ts: do not edit.

/** A loop over memristors for each law, by its name, as a module of WebAssembly in base 64. */
export const memristorLoops =
  "${Buffer.from(bytes).toString("base64")}";

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

/** Laws whose devices may be smooth: those with a threshold, beyond which slopes jump, are no matter of explicit methods. */
const smoothLaws = ["linearDrift", "linearDriftByLogit", "lehtonenLaiho", "lehtonenLaihoByLogit", "pershin"];

/** The text of `memristor-steps.wasm.ts`: a module with steps for each law, what they take, and the order in which it has values. */
export function compiledSteps(): string {
  const fields = new Map<string, number>();
  const modules = smoothLaws.map((law) => {
    const template = {
      laws: sourceIn("devices/sources/laws/sine.ts"),
      others: [
        ...sourceIn("numerics/linear/kernels/errors.ts"),
        ...sourceIn("numerics/integrators/kernels/step-sizes.ts"),
      ],
      templates: templateIn(new URL("memristor-steps.ts", import.meta.url)),
    };
    return [law, made(template, fields, law)] as const;
  });
  const { takes } = modules[0]![1];
  const texts = modules.map(([law, { bytes }]) => `  ${law}:\n    "${Buffer.from(bytes).toString("base64")}",`);
  return `// Made of the laws of memristors by compiler/laws.ts: do not edit.

/** Steps of memristors for each law, by its name, each as a module of WebAssembly in base 64. */
export const memristorSteps: Readonly<Record<string, string>> = {
${texts.join("\n")}
};

/** What each function takes: of a record the names of what it holds, in the order in which the module takes them. */
export const stepsTake: Readonly<Record<string, readonly ("" | readonly string[])[]>> = JSON.parse(
  '${JSON.stringify(takes)}',
);

/** Where values of an object stand behind its beginning. */
export const stepFields: readonly string[] = JSON.parse(
  '${JSON.stringify([...fields.keys()])}',
);
`;
}

/** Functions that are not laws of memristors, and those that are made for each law. */
interface Template {
  /** More laws: functions of doubles. */
  readonly laws: readonly ts.Statement[];
  /** What the templates call beside laws. */
  readonly others: readonly ts.Statement[];
  /** Functions, of which those that come to call `law` are translated once for each law. */
  readonly templates: readonly ts.Statement[];
}

/**
 * A module.
 *
 * @param fields the order of what objects hold, to which more may come
 * @param only the law for which it is made, by whose name nothing is called then; undefined: all of them
 */
function made({ laws: more, others, templates }: Template, fields = new Map<string, number>(), only?: string) {
  const statements = [...statementsOf(sourcesIn(folder)), ...more];
  const declared = statements.filter(ts.isFunctionDeclaration);
  const written = templates.filter(ts.isFunctionDeclaration).filter(({ body }) => body !== undefined);
  const needed = only === undefined ? declared : calledBy(declared, [only, `${only}Current`], written);
  // What a module is given costs as it is made.
  const imports = givenTo(needed);
  let index = imports.length;
  const records = recordsOf([...others, ...templates]);
  const ofLaws = callersOfLaw(written);
  const helping = calledBy(others.filter(ts.isFunctionDeclaration), [], written);
  const plain = [...helping, ...written.filter((it) => !ofLaws.has(it))];
  const signature = (declaration: ts.FunctionDeclaration, isLaw: boolean): Signature => {
    const parameters = declaration.parameters.map(({ type }) =>
      isLaw ? kindOf(type, true, true) : (records.get(type?.getText() ?? "") ?? kindOf(type, true)),
    );
    return { index: index++, declaration, parameters, result: resultOf(declaration, isLaw), isLaw };
  };
  const known = named(needed, (it) => signature(it, true));
  const memristors = [...known].filter(
    ([name, { declaration }]) => isMemristor(declaration) && (only === undefined || only === name),
  );
  // `memristorLoop` of linear drift is `linearDriftLoop`.
  const nameFor = (law: string, name: string): string => (only ? name : `${law}${name.replace("memristor", "")}`);
  const around = {
    functions: new Map([...known, ...named(plain, (it) => signature(it, false))]),
    constants: constantsOf([...statements, ...others, ...templates]),
    mathematics: imports.map(({ name }) => name),
    fields,
  };
  const functions = [...around.functions].map(([name, it]) => translated(name, it, around));
  for (const [name, law] of memristors) {
    const own = named([...ofLaws], (it) => signature(it, false));
    const inside = {
      ...around,
      functions: new Map([...around.functions, ...own, ["law", law], ["current", known.get(`${name}Current`) ?? law]]),
    };
    for (const [it, mine] of own) functions.push(translated(nameFor(name, it), mine, inside));
  }
  const takes = written
    .filter(({ modifiers }) => modifiers !== undefined)
    .flatMap((it) => {
      const of = ofLaws.has(it) ? memristors.map(([law]) => nameFor(law, it.name!.text)) : [it.name!.text];
      const taken = it.parameters.map(({ type }) => namesTaken(records.get(type?.getText() ?? "") ?? "int"));
      return of.map((name) => [name, taken] as const);
    });
  const shown = Object.fromEntries(takes);
  const outer = (name: string): boolean => only === undefined || name in shown;
  const module = functions.map((it) => ({ ...it, isInner: !outer(it.name) }));
  return { bytes: moduleOf(module, imports), fields: [...fields.keys()], takes: shown };
}

/** Interfaces as records, but those of doubles alone, which lie in memory. */
function recordsOf(statements: readonly ts.Statement[]): ReadonlyMap<string, ReadonlyMap<string, Kind>> {
  const found = named(statements.filter(ts.isInterfaceDeclaration), (it) => recordOf(it, true));
  return new Map([...found].filter(([, record]) => [...record.values()].some((kind) => kind !== "double")));
}

/** Those of some functions that are so named, that others call, and those that they come to call. */
function calledBy(
  declared: readonly ts.FunctionDeclaration[],
  names: readonly string[],
  others: readonly ts.FunctionDeclaration[],
): readonly ts.FunctionDeclaration[] {
  const found = new Set(declared.filter(({ name }) => names.includes(name!.text)));
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const called = declared.find(({ name }) => name!.text === node.expression.getText());
      if (called !== undefined) found.add(called);
    }
    ts.forEachChild(node, look);
  };
  for (const it of others) look(it.body!);
  for (const it of found) look(it.body!); // grows as it goes
  return declared.filter((it) => found.has(it));
}

/** Those of some functions that call `law` or `current`, or one that does. */
function callersOfLaw(written: readonly ts.FunctionDeclaration[]): ReadonlySet<ts.FunctionDeclaration> {
  const names = new Set(["law", "current"]);
  const calls = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) && names.has(node.expression.getText())) ||
    (ts.forEachChild(node, (child) => calls(child) || undefined) ?? false);
  const found = new Set<ts.FunctionDeclaration>();
  for (let size = -1; size < found.size; ) {
    size = found.size;
    for (const it of written.filter((one) => !found.has(one) && calls(one.body!))) {
      found.add(it);
      names.add(it.name!.text);
    }
  }
  return found;
}

const resultOf = ({ type }: ts.FunctionDeclaration, isLaw: boolean): ValueType | undefined =>
  type?.getText() === "void" ? undefined : (kindOf(type, false, isLaw) as ValueType);

/** A law of a state, a voltage and values, which is exported; the current alone is none. */
function isMemristor({ name, modifiers, parameters }: ts.FunctionDeclaration): boolean {
  const [, second, third, fourth] = parameters.map(({ name }) => name.getText());
  if (name!.text.endsWith("Current")) return false;
  return modifiers !== undefined && parameters.length === 4 && second === "v" && third === "values" && fourth === "at";
}

if (import.meta.filename === process.argv[1]) {
  writeFileSync(new URL("memristor-loops.wasm.ts", equations), compiledLoops());
  writeFileSync(new URL("memristor-steps.wasm.ts", equations), compiledSteps());
}
