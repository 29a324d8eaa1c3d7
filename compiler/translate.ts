import ts from "typescript";
import {
  type Code,
  double,
  f64,
  get,
  i32,
  leb,
  number,
  type WrittenFunction,
} from "../src/numerics/lanes/assembler.js";
import { type Arithmetic, binary, converted, type Value, type ValueType } from "./operations.js";

// One file, for it is one walk over one tree.

/** A function of the kernels: what it takes, and what it gives. */
export interface Signature {
  readonly index: number; // among the functions of the module
  readonly declaration: ts.FunctionDeclaration;
  readonly parameters: readonly Variable["kind"][];
  readonly result: ValueType | undefined;
}

/** What kernels know of one another. */
export interface Surroundings {
  readonly functions: ReadonlyMap<string, Signature>;
  readonly constants: ReadonlyMap<string, number>;
}

/** An array is known by its address in bytes. */
interface Variable {
  readonly kind: ValueType | "ints" | "doubles";
  readonly local: number;
}

/** What lies around a statement: names, and how deep in blocks it is. */
interface Scope {
  readonly names: ReadonlyMap<string, Variable>[];
  readonly depth: number;
  /** How deep the blocks lie that `break` and `continue` leave. */
  readonly end?: number;
  readonly next?: number;
}

const [block, loop, iff, otherwise, end, branch, branchIf, give, call, drop] = [
  0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0f, 0x10, 0x1a,
] as const;
const nothing = 0x40;
const isZero = 0x45;
const memoryFill: Code = [0xfc, 0x0b, 0];
const memoryCopy: Code = [0xfc, 0x0a, 0, 0];

/** The kind of thing that a type stands for. Whole numbers are written `number`, doubles `Double`. */
export function kindOf(type: ts.TypeNode | undefined): Variable["kind"] | undefined {
  const kinds: Readonly<Record<string, Variable["kind"] | undefined>> = {
    number: "int",
    Double: "double",
    Int32Array: "ints",
    Float64Array: "doubles",
    void: undefined,
  };
  const name = type?.getText() ?? "nothing";
  if (!(name in kinds)) throw new Error(`A kernel knows no type \`${name}\`.`);
  return kinds[name];
}

/** Translates a function. */
export function translated(name: string, { declaration, parameters, result }: Signature, around: Surroundings) {
  return new Translation(around, result).function(name, declaration, parameters);
}

class Translation {
  readonly #locals: number[] = [];
  #parameters = 0;

  constructor(
    readonly around: Surroundings,
    readonly result: ValueType | undefined,
  ) {}

  function(name: string, declaration: ts.FunctionDeclaration, kinds: readonly Variable["kind"][]): WrittenFunction {
    const names = new Map<string, Variable>();
    declaration.parameters.forEach(
      (parameter, k) => void names.set(parameter.name.getText(), { kind: kinds[k]!, local: k }),
    );
    this.#parameters = kinds.length;
    const code = this.#body(declaration.body!.statements, { names: [names], depth: 0 });
    return {
      name,
      parameters: kinds.map((kind) => (kind === "double" ? f64 : i32)),
      results: this.result === undefined ? [] : [this.result === "double" ? f64 : i32],
      locals: this.#locals,
      // What follows a `return` on every way is never come to.
      code: this.result === undefined ? code : [...code, 0x00],
    };
  }

  #local(kind: ValueType): number {
    return this.#parameters + this.#locals.push(kind === "double" ? f64 : i32) - 1;
  }

  #body(statements: readonly ts.Statement[], outer: Scope): Code {
    const scope = { ...outer, names: [...outer.names, new Map<string, Variable>()] };
    return statements.flatMap((statement) => this.#statement(statement, scope));
  }

  #statement(node: ts.Statement, scope: Scope): Code {
    if (ts.isBlock(node)) return this.#body(node.statements, scope);
    if (ts.isVariableStatement(node)) return this.#declared(node.declarationList, scope);
    if (ts.isExpressionStatement(node)) return this.#effect(node.expression, scope);
    if (ts.isIfStatement(node)) return this.#if(node, scope);
    if (ts.isForStatement(node)) return this.#for(node, scope);
    if (ts.isWhileStatement(node)) return this.#loop(node.expression, node.statement, undefined, scope);
    if (ts.isReturnStatement(node)) {
      if (node.expression === undefined) return [give];
      return [...converted(this.#value(node.expression, scope), this.result ?? "int"), give];
    }
    const left = ts.isBreakStatement(node) ? scope.end : ts.isContinueStatement(node) ? scope.next : undefined;
    if (left !== undefined) return [branch, ...leb(scope.depth - left)];
    throw unknown(node);
  }

  #declared({ declarations }: ts.VariableDeclarationList, { names, ...scope }: Scope): Code {
    return declarations.flatMap((declaration) => {
      const value = this.#value(declaration.initializer!, { names, ...scope });
      const kind = declaration.type === undefined ? value.type : (kindOf(declaration.type) as ValueType);
      const local = this.#local(kind);
      (names.at(-1) as Map<string, Variable>).set(declaration.name.getText(), { kind, local });
      return [...converted(value, kind), ...set(local)];
    });
  }

  #if({ expression, thenStatement, elseStatement }: ts.IfStatement, scope: Scope): Code {
    const inside = { ...scope, depth: scope.depth + 1 };
    const other = elseStatement === undefined ? [] : [otherwise, ...this.#body([elseStatement], inside)];
    return [...this.#condition(expression, scope), iff, nothing, ...this.#body([thenStatement], inside), ...other, end];
  }

  #for({ initializer, condition, incrementor, statement }: ts.ForStatement, outer: Scope): Code {
    const scope = { ...outer, names: [...outer.names, new Map<string, Variable>()] };
    const begin = initializer === undefined ? [] : this.#declared(initializer as ts.VariableDeclarationList, scope);
    return [...begin, ...this.#loop(condition, statement, incrementor, scope)];
  }

  /** A block that `break` leaves, in it the loop, in it a block that `continue` leaves. */
  #loop(
    condition: ts.Expression | undefined,
    statement: ts.Statement,
    step: ts.Expression | undefined,
    scope: Scope,
  ): Code {
    const { depth } = scope;
    const test = condition === undefined ? [] : [...this.#condition(condition, scope), isZero, branchIf, 1];
    const inside = { ...scope, depth: depth + 3, end: depth + 1, next: depth + 3 };
    return [
      ...[block, nothing, loop, nothing, ...test],
      ...[block, nothing, ...this.#body([statement], inside), end],
      ...(step === undefined ? [] : this.#effect(step, scope)),
      ...[branch, 0, end, end],
    ];
  }

  #condition(node: ts.Expression, scope: Scope): Code {
    return converted(this.#value(node, scope), "int");
  }

  /** An expression for what it does. */
  #effect(node: ts.Expression, scope: Scope): Code {
    const expression = bare(node);
    if (ts.isBinaryExpression(expression)) {
      const operator = assigned(expression.operatorToken.kind);
      if (expression.operatorToken.kind === ts.SyntaxKind.CommaToken) {
        return [...this.#effect(expression.left, scope), ...this.#effect(expression.right, scope)];
      }
      if (operator !== undefined) return this.#assign(bare(expression.left), operator, expression.right, scope);
    }
    if (ts.isPostfixUnaryExpression(expression) || ts.isPrefixUnaryExpression(expression)) {
      return this.#assign(bare(expression.operand), stepped(expression), one, scope);
    }
    if (ts.isCallExpression(expression)) {
      if (ts.isPropertyAccessExpression(expression.expression)) return this.#moved(expression, scope);
      const { code, type } = this.#called(expression, scope);
      return type === undefined ? code : [...code, drop];
    }
    throw unknown(node);
  }

  /** place = value, or place = place operator value */
  #assign(place: ts.Expression, operator: Arithmetic | "=", right: ts.Expression | Value, scope: Scope): Code {
    const value = "code" in right ? right : this.#value(right, scope);
    if (ts.isIdentifier(place)) {
      const { kind, local } = this.#variable(place, scope);
      const before = { code: get(local), type: kind as ValueType };
      const now = operator === "=" ? value : binary(operator, before, value);
      return [...converted(now, kind as ValueType), ...set(local)];
    }
    const { address, behind, type } = this.#place(place, scope);
    if (operator === "=") return [...address, ...converted(value, type), ...store(type, behind)];
    const at = this.#local("int");
    const before = { code: [...get(at), ...load(type, behind)], type };
    const now = converted(binary(operator, before, value), type);
    return [...address, ...set(at), ...get(at), ...now, ...store(type, behind)];
  }

  /** Where an element of an array lies: an address, and so many bytes behind it. */
  #place(node: ts.Expression, scope: Scope): { address: Code; behind: number; type: ValueType } {
    if (!ts.isElementAccessExpression(node)) throw unknown(node);
    const { kind, local } = this.#variable(node.expression, scope);
    if (kind !== "ints" && kind !== "doubles") throw unknown(node);
    const type = kind === "ints" ? "int" : "double";
    const bytes = kind === "ints" ? 2 : 3; // as a shift
    const { index, plus } = offset(bare(node.argumentExpression));
    const code = index === undefined ? [] : converted(this.#value(index, scope), "int");
    const address = index === undefined ? get(local) : [...get(local), ...code, ...number(bytes), 0x74, 0x6a];
    return { address, behind: plus << bytes, type };
  }

  /** `fill` and `copyWithin` of an array, with all that they take. */
  #moved({ expression, arguments: given }: ts.CallExpression, scope: Scope): Code {
    const { expression: array, name } = expression as ts.PropertyAccessExpression;
    const { kind, local } = this.#variable(array, scope);
    const bytes = kind === "ints" ? 2 : 3;
    const int = (k: number): Code => converted(this.#value(given[k]!, scope), "int");
    const inBytes = (code: Code): Code => [...code, ...number(bytes), 0x74];
    const at = (k: number): Code => [...get(local), ...inBytes(int(k)), 0x6a];
    const length = inBytes([...int(2), ...int(1), 0x6b]);
    if (given.length !== 3) throw unknown(expression);
    if (name.text === "copyWithin") return [...at(0), ...at(1), ...length, ...memoryCopy];
    if (name.text !== "fill") throw unknown(expression);
    // Bytes are filled: with those of 0, or of −1 as a whole number.
    const value = this.#value(given[0]!, scope).literal;
    if (value !== 0 && !(value === -1 && kind === "ints")) throw unknown(expression);
    return [...at(1), ...number(value === 0 ? 0 : 255), ...length, ...memoryFill];
  }

  #called(node: ts.CallExpression, scope: Scope): { code: Code; type: ValueType | undefined } {
    const signature = this.around.functions.get(node.expression.getText());
    if (signature === undefined || signature.parameters.length !== node.arguments.length) throw unknown(node);
    const given = node.arguments.flatMap((argument, k) => {
      const kind = signature.parameters[k]!;
      if (kind === "int" || kind === "double") return converted(this.#value(argument, scope), kind);
      const array = this.#variable(argument, scope);
      if (array.kind !== kind) throw unknown(argument);
      return get(array.local);
    });
    return { code: [...given, call, ...leb(signature.index)], type: signature.result };
  }

  #value(node: ts.Expression, scope: Scope): Value {
    const expression = bare(node);
    const literal =
      literalOf(expression) ?? (ts.isIdentifier(expression) ? this.around.constants.get(expression.text) : undefined);
    if (literal !== undefined) {
      if (Number.isInteger(literal) && Math.abs(literal) < 2 ** 31)
        return { code: number(literal), type: "int", literal };
      return { code: double(literal), type: "double", literal };
    }
    if (ts.isIdentifier(expression)) {
      const { kind, local } = this.#variable(expression, scope);
      if (kind === "ints" || kind === "doubles") throw unknown(node);
      return { code: get(local), type: kind };
    }
    if (ts.isElementAccessExpression(expression)) {
      const { address, behind, type } = this.#place(expression, scope);
      return { code: [...address, ...load(type, behind)], type };
    }
    if (ts.isPostfixUnaryExpression(expression)) return this.#stepped(expression, scope);
    if (ts.isPrefixUnaryExpression(expression)) return this.#signed(expression, scope);
    if (ts.isConditionalExpression(expression)) return this.#chosen(expression, scope);
    if (ts.isBinaryExpression(expression)) return this.#combined(expression, scope);
    if (!ts.isCallExpression(expression)) throw unknown(node);
    if (ts.isPropertyAccessExpression(expression.expression)) return this.#mathematical(expression, scope);
    const { code, type } = this.#called(expression, scope);
    if (type === undefined) throw unknown(node);
    return { code, type };
  }

  /** place++ for its value, which is that before. */
  #stepped(node: ts.PostfixUnaryExpression, scope: Scope): Value {
    const place = bare(node.operand);
    const step = binary(stepped(node), { code: [], type: "int" }, one).code;
    if (ts.isIdentifier(place)) {
      const { local } = this.#variable(place, scope);
      return { code: [...get(local), ...get(local), ...step, ...set(local)], type: "int" };
    }
    const { address, behind, type } = this.#place(place, scope);
    if (type !== "int") throw unknown(node);
    const [at, before] = [this.#local("int"), this.#local("int")];
    const read = [...address, ...set(at), ...get(at), ...load(type, behind), ...set(before)];
    return { code: [...read, ...get(at), ...get(before), ...step, ...store(type, behind), ...get(before)], type };
  }

  #signed(node: ts.PrefixUnaryExpression, scope: Scope): Value {
    if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) {
      const place = bare(node.operand);
      const changed = this.#effect(node, scope);
      const { code, type } = this.#value(place, scope);
      if (!ts.isIdentifier(place)) throw unknown(node);
      return { code: [...changed, ...code], type };
    }
    const { code, type } = this.#value(node.operand, scope);
    if (node.operator === ts.SyntaxKind.ExclamationToken && type === "int") return { code: [...code, isZero], type };
    if (node.operator !== ts.SyntaxKind.MinusToken) throw unknown(node);
    return type === "double" ? { code: [...code, 0x9a], type } : binary("-", { code: number(0), type }, { code, type });
  }

  #chosen({ condition, whenTrue, whenFalse }: ts.ConditionalExpression, scope: Scope): Value {
    const [yes, no] = [this.#value(whenTrue, scope), this.#value(whenFalse, scope)];
    const type = yes.type === "double" || no.type === "double" ? "double" : "int";
    const taken = [type === "double" ? f64 : i32, ...converted(yes, type), otherwise, ...converted(no, type), end];
    return { code: [...this.#condition(condition, scope), iff, ...taken], type };
  }

  #combined({ left, operatorToken, right }: ts.BinaryExpression, scope: Scope): Value {
    const operator = operatorToken.getText();
    if (operator === "&&" || operator === "||") {
      const [first, second] = [this.#condition(left, scope), this.#condition(right, scope)];
      const taken = operator === "&&" ? [...second, otherwise, ...number(0)] : [...number(1), otherwise, ...second];
      return { code: [...first, iff, i32, ...taken, end], type: "int" };
    }
    return binary(operator as Arithmetic, this.#value(left, scope), this.#value(right, scope));
  }

  #mathematical({ expression, arguments: given }: ts.CallExpression, scope: Scope): Value {
    const values = given.map((argument) => this.#value(argument, scope));
    const codes: Readonly<Record<string, number>> = {
      "Math.abs": 0x99,
      "Math.sqrt": 0x9f,
      "Math.min": 0xa4,
      "Math.max": 0xa5,
    };
    const name = expression.getText();
    if (!(name in codes)) throw unknown(expression);
    return { code: [...values.flatMap((value) => converted(value, "double")), codes[name]!], type: "double" };
  }

  #variable(node: ts.Expression, { names }: Scope): Variable {
    const found = names.findLast((inner) => inner.has(node.getText()))?.get(node.getText());
    if (found === undefined) throw unknown(node);
    return found;
  }
}

const one: Value = { code: number(1), type: "int", literal: 1 };
const set = (local: number): Code => [0x21, ...leb(local)];
const load = (type: ValueType, behind: number): Code =>
  type === "int" ? [0x28, 2, ...leb(behind)] : [0x2b, 3, ...leb(behind)];
const store = (type: ValueType, behind: number): Code =>
  type === "int" ? [0x36, 2, ...leb(behind)] : [0x39, 3, ...leb(behind)];

/** Without what means nothing here: parentheses, and `!` behind an element. */
function bare(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) ? bare(node.expression) : node;
}

function literalOf(node: ts.Expression): number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.getText() === "Infinity") return Infinity;
  if (!ts.isPrefixUnaryExpression(node) || node.operator !== ts.SyntaxKind.MinusToken) return undefined;
  const value = literalOf(node.operand);
  return value === undefined ? undefined : -value;
}

/** An index as one that varies, and a number that the instruction adds. */
function offset(index: ts.Expression): { index: ts.Expression | undefined; plus: number } {
  const literal = literalOf(index);
  if (literal !== undefined && literal >= 0) return { index: undefined, plus: literal };
  if (!ts.isBinaryExpression(index) || index.operatorToken.kind !== ts.SyntaxKind.PlusToken) return { index, plus: 0 };
  const plus = literalOf(bare(index.right));
  return plus === undefined ? { index, plus: 0 } : { index: index.left, plus };
}

function assigned(kind: ts.SyntaxKind): Arithmetic | "=" | undefined {
  if (kind === ts.SyntaxKind.EqualsToken) return "=";
  if (kind === ts.SyntaxKind.PlusEqualsToken) return "+";
  if (kind === ts.SyntaxKind.MinusEqualsToken) return "-";
  return kind === ts.SyntaxKind.AsteriskEqualsToken ? "*" : undefined;
}

function stepped({ operator }: ts.PostfixUnaryExpression | ts.PrefixUnaryExpression): "+" | "-" {
  return operator === ts.SyntaxKind.PlusPlusToken ? "+" : "-";
}

function unknown(node: ts.Node): Error {
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return new Error(`${node.getSourceFile().fileName}:${line + 1}: a kernel cannot say \`${node.getText()}\`.`);
}
