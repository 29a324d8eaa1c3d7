import ts from "typescript";
import {
  type Code,
  double,
  f64,
  get,
  i32,
  leb,
  loadAt,
  loadTwiceAt,
  number,
  storeAt,
  v128,
  type WrittenFunction,
} from "../src/numerics/lanes/assembler.js";
import { type Arithmetic, binary, converted, functions, type Value, type ValueType } from "./operations.js";

// One file, for it is one walk over one tree.

/** A function of the kernels: what it takes, and what it gives. */
export interface Signature {
  readonly index: number; // among the functions of the module
  /** It knows doubles alone: what it calls `number` is one. */
  readonly isLaw?: boolean;
  readonly declaration: ts.FunctionDeclaration;
  readonly parameters: readonly Parameter[];
  readonly result: ValueType | undefined;
}

/** What a number, an array or an object of doubles is; what lies in memory is known by its address in bytes. */
export type Kind = ValueType | "bytes" | "ints" | "doubles" | "object";
/** A number, an array, or a record of them, by their names: the module takes what it holds one after the other. */
export type Parameter = Kind | ReadonlyMap<string, Kind>;

/** What kernels know of one another. */
export interface Surroundings {
  readonly functions: ReadonlyMap<string, Signature>;
  readonly constants: ReadonlyMap<string, number>;
  /** The functions of `Math` that are no instructions and may be called, in the order of their numbers. */
  readonly mathematics: readonly string[];
  /** Of laws: the names of what objects of doubles hold, in the order in which it lies there: one order for all of them. */
  readonly fields?: Map<string, number>;
}

interface Variable {
  readonly kind: Kind;
  readonly local: number;
  /** Whether it is a place that depends on the lane. */
  readonly ofLane?: boolean;
}
type Named = Variable | ReadonlyMap<string, Variable>;

/** What lies around a statement: names, and how deep in blocks it is. */
interface Scope {
  readonly names: readonly Map<string, Named>[];
  readonly depth: number;
  /** How deep the blocks lie that `break` and `continue` leave. */
  readonly end?: number;
  readonly next?: number;
  /** Whether it lies in a loop over `lane`. */
  readonly lanes?: boolean;
}

/**
 * What a loop's variable is called that takes two lanes at once: their number is even, doubles at places that depend on it
 * are those of both, and so is what is computed of them. Either lane has the bits that it has where lanes go one by one.
 */
const lanesVariable = "lane";

const [block, loop, iff, otherwise, end, branch, branchIf, give, call, drop, select] = [
  0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0f, 0x10, 0x1a, 0x1b,
] as const;
const nothing = 0x40;
const isZero = 0x45;
const memoryFill: Code = [0xfc, 0x0b, 0];
const memoryCopy: Code = [0xfc, 0x0a, 0, 0];

/** The kind of thing that a type stands for. Whole numbers are written `number`, doubles `Double`; in laws all are doubles. */
export function kindOf(type: ts.TypeNode | undefined, objects = false, isLaw = false): Kind {
  const kinds: Readonly<Record<string, Kind>> = {
    number: "int",
    Double: "double",
    Uint8Array: "bytes",
    Int32Array: "ints",
    Float64Array: "doubles",
  };
  const name = type?.getText() ?? "nothing";
  if (isLaw && name === "number") return "double";
  const kind = kinds[name];
  if (kind === undefined && objects && type !== undefined && ts.isTypeReferenceNode(type)) return "object";
  if (kind === undefined) throw new Error(`A kernel knows no type \`${name}\`.`);
  return kind;
}

/** What a kind is in the module. */
const typeOf = (kind: Kind): number => (kind === "pair" ? v128 : kind === "double" ? f64 : i32);

/** Translates a function. */
export function translated(name: string, signature: Signature, around: Surroundings) {
  const { declaration, parameters, result, isLaw = false } = signature;
  return new Translation(around, result, isLaw).function(name, declaration, parameters);
}

class Translation {
  readonly #locals: number[] = [];
  #parameters = 0;

  constructor(
    readonly around: Surroundings,
    readonly result: ValueType | undefined,
    readonly isLaw: boolean,
  ) {}

  function(name: string, declaration: ts.FunctionDeclaration, parameters: readonly Parameter[]): WrittenFunction {
    const names = new Map<string, Named>();
    const types: number[] = [];
    const variable = (kind: Kind): Variable => ({ kind, local: types.push(typeOf(kind)) - 1 });
    declaration.parameters.forEach((parameter, k) => {
      const given = parameters[k]!;
      const named =
        typeof given === "string" ? variable(given) : new Map([...given].map(([name, kind]) => [name, variable(kind)]));
      this.#name(parameter.name, named, names);
    });
    this.#parameters = types.length;
    const code = this.#body(declaration.body!.statements, { names: [names], depth: 0 });
    return {
      name,
      parameters: types,
      results: this.result === undefined ? [] : [typeOf(this.result)],
      locals: this.#locals,
      // What follows a `return` on every way is never come to.
      code: this.result === undefined ? code : [...code, 0x00],
    };
  }

  /** A name for something; or names for what a record holds, written `{ one, other }`. */
  #name(name: ts.BindingName, named: Named, names: Map<string, Named>): void {
    if (ts.isIdentifier(name)) names.set(name.text, named);
    else if (ts.isObjectBindingPattern(name) && "get" in named) {
      for (const { name: inner, propertyName } of name.elements) {
        const member = named.get((propertyName ?? inner).getText());
        if (member === undefined) throw unknown(inner);
        names.set(inner.getText(), member);
      }
    } else throw unknown(name);
  }

  #local(kind: ValueType): number {
    return this.#parameters + this.#locals.push(typeOf(kind)) - 1;
  }

  #body(statements: readonly ts.Statement[], outer: Scope): Code {
    const scope = { ...outer, names: [...outer.names, new Map<string, Named>()] };
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

  #declared({ declarations }: ts.VariableDeclarationList, scope: Scope): Code {
    const own = scope.names.at(-1)!;
    return declarations.flatMap(({ name, type, initializer }) => {
      if (ts.isObjectBindingPattern(name)) {
        const named = this.#named(initializer!, scope);
        if (!("get" in named)) return this.#taken(name, named, own);
        this.#name(name, named, own);
        return [];
      }
      const value = this.#value(initializer!, scope);
      const untyped = this.isLaw && value.literal !== undefined ? "double" : value.type;
      const named = type === undefined ? untyped : (kindOf(type, false, this.isLaw) as ValueType);
      const kind = named === "double" && scope.lanes ? "pair" : named;
      const local = this.#local(kind);
      const ofLane = kind === "int" && (name.getText() === lanesVariable || this.#dependsOnLane(initializer!, scope));
      own.set(name.getText(), { kind, local, ofLane });
      return [...converted(value, kind), ...set(local)];
    });
  }

  /** What an object of doubles holds now, by names. */
  #taken(name: ts.ObjectBindingPattern, { kind, local }: Variable, own: Map<string, Named>): Code {
    if (kind !== "object") throw unknown(name);
    return name.elements.flatMap(({ name: inner, propertyName }) => {
      const to = this.#local("double");
      own.set(inner.getText(), { kind: "double", local: to });
      const behind = this.#behind((propertyName ?? inner).getText());
      return [...get(local), ...access("double", behind).load, ...set(to)];
    });
  }

  /** How many bytes behind the beginning of an object it holds what is so called. */
  #behind(field: string): number {
    const fields = this.around.fields!;
    const place = fields.get(field) ?? fields.size;
    fields.set(field, place);
    return 8 * place;
  }

  /** The object of doubles that a property belongs to; undefined where it is none. */
  #object(node: ts.Expression, scope: Scope): Variable | undefined {
    if (!ts.isPropertyAccessExpression(node) || this.around.fields === undefined) return undefined;
    const named = this.#named(node.expression, scope);
    return "get" in named || named.kind !== "object" ? undefined : named;
  }

  #if({ expression, thenStatement, elseStatement }: ts.IfStatement, scope: Scope): Code {
    const inside = { ...scope, depth: scope.depth + 1 };
    const other = elseStatement === undefined ? [] : [otherwise, ...this.#body([elseStatement], inside)];
    return [...this.#condition(expression, scope), iff, nothing, ...this.#body([thenStatement], inside), ...other, end];
  }

  #for({ initializer, condition, incrementor, statement }: ts.ForStatement, outer: Scope): Code {
    const scope = { ...outer, names: [...outer.names, new Map<string, Named>()] };
    const begin = initializer === undefined ? [] : this.#declared(initializer as ts.VariableDeclarationList, scope);
    const variable = scope.names.at(-1)!.get(lanesVariable);
    if (variable === undefined) return [...begin, ...this.#loop(condition, statement, incrementor, scope)];
    if (scope.lanes || incrementor?.getText() !== `${lanesVariable}++`) throw unknown(incrementor ?? statement);
    return [...begin, ...this.#loop(condition, statement, incrementor, { ...scope, lanes: true })];
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
      const by = expression.operand.getText() === lanesVariable ? two : one;
      return this.#assign(bare(expression.operand), stepped(expression), by, scope);
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
      const { kind, local, ofLane } = this.#variable(place, scope);
      if (!ofLane && kind === "int" && !("code" in right) && this.#dependsOnLane(right, scope)) throw unknown(right);
      const before = { code: get(local), type: kind as ValueType };
      const now = operator === "=" ? value : binary(operator, before, value);
      return [...converted(now, kind as ValueType), ...set(local)];
    }
    const { address, type, load, store } = this.#place(place, scope);
    if (operator === "=") return [...address, ...converted(value, type), ...store];
    const at = this.#local("int");
    const before = { code: [...get(at), ...load], type };
    const now = converted(binary(operator, before, value), type);
    return [...address, ...set(at), ...get(at), ...now, ...store];
  }

  /** Where an element of an array lies: an address, and what takes or puts it so many bytes behind. */
  #place(node: ts.Expression, scope: Scope): Place {
    const object = this.#object(node, scope);
    if (object !== undefined) {
      const behind = this.#behind((node as ts.PropertyAccessExpression).name.text);
      return { address: get(object.local), behind, type: "double", ...access("double", behind) };
    }
    if (!ts.isElementAccessExpression(node)) throw unknown(node);
    const { kind, local } = this.#variable(node.expression, scope);
    if (!isArray(kind)) throw unknown(node);
    const isOfLane = this.#dependsOnLane(node.argumentExpression, scope);
    const isWhole = kind === "ints" || kind === "bytes";
    if (isOfLane && isWhole) throw unknown(node);
    const type = isWhole ? "int" : isOfLane ? "pair" : "double";
    const { index, plus } = offset(bare(node.argumentExpression));
    const code = index === undefined ? [] : converted(this.#value(index, scope), "int");
    const address = index === undefined ? get(local) : [...get(local), ...code, ...inBytes(kind), 0x6a];
    const behind = plus << shifts[kind];
    return { address, behind, type, ...access(kind === "bytes" ? "byte" : type, behind) };
  }

  /** `fill` and `copyWithin` of an array, with all that they take. */
  #moved({ expression, arguments: given }: ts.CallExpression, scope: Scope): Code {
    const { expression: array, name } = expression as ts.PropertyAccessExpression;
    const { kind, local } = this.#variable(array, scope);
    if (!isArray(kind)) throw unknown(expression);
    const int = (k: number): Code => converted(this.#value(given[k]!, scope), "int");
    const at = (k: number): Code => [...get(local), ...int(k), ...inBytes(kind), 0x6a];
    const length = [...int(2), ...int(1), 0x6b, ...inBytes(kind)];
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
    const given = node.arguments.flatMap((argument, k) => this.#given(argument, signature.parameters[k]!, scope));
    return { code: [...given, call, ...leb(signature.index)], type: signature.result };
  }

  /** What is handed on to another function. */
  #given(argument: ts.Expression, wanted: Parameter, scope: Scope): Code {
    if (wanted === "int" || wanted === "double") return converted(this.#value(argument, scope), wanted);
    const named = this.#named(argument, scope);
    const local = (kind: Kind, variable: Variable | undefined): Code => {
      if (variable?.kind !== kind) throw unknown(argument);
      return get(variable.local);
    };
    if (typeof wanted === "string") return local(wanted, "get" in named ? undefined : named);
    return [...wanted].flatMap(([name, kind]) => local(kind, "get" in named ? named.get(name) : undefined));
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
    if (this.#object(expression, scope) !== undefined) {
      const { address, load, type } = this.#place(expression, scope);
      return { code: [...address, ...load], type };
    }
    if (ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression)) {
      const { kind, local } = this.#variable(expression, scope);
      if (isArray(kind)) throw unknown(node);
      return { code: get(local), type: kind };
    }
    if (ts.isElementAccessExpression(expression)) {
      const { address, behind, load, type } = this.#place(expression, scope);
      const twice = type === "double" ? [...address, ...loadTwiceAt(behind)] : undefined;
      return { code: [...address, ...load], type, ...(twice && { twice }) };
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
    const step = binary(stepped(node), whole, one).code;
    if (ts.isIdentifier(place)) {
      const { local } = this.#variable(place, scope);
      return { code: [...get(local), ...get(local), ...step, ...set(local)], type: "int" };
    }
    const { address, type, load, store } = this.#place(place, scope);
    if (type !== "int") throw unknown(node);
    const [at, before] = [this.#local("int"), this.#local("int")];
    const read = [...address, ...set(at), ...get(at), ...load, ...set(before)];
    return { code: [...read, ...get(at), ...get(before), ...step, ...store, ...get(before)], type };
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
    if (type === "int") return binary("-", { code: number(0), type }, { code, type });
    return { code: [...code, ...functions["-"]![type === "pair" ? 1 : 0]], type };
  }

  #chosen({ condition, whenTrue, whenFalse }: ts.ConditionalExpression, scope: Scope): Value {
    const [yes, no] = [this.#value(whenTrue, scope), this.#value(whenFalse, scope)];
    const type = (["pair", "double"] as const).find((one) => one === yes.type || one === no.type) ?? "int";
    const taken = [typeOf(type), ...converted(yes, type), otherwise, ...converted(no, type), end];
    return { code: [...this.#condition(condition, scope), iff, ...taken], type };
  }

  #combined({ left, operatorToken, right }: ts.BinaryExpression, scope: Scope): Value {
    const operator = operatorToken.getText();
    if (operator === "**") {
      const index = this.around.mathematics.indexOf("pow");
      if (index < 0) throw unknown(operatorToken);
      const values = [left, right].flatMap((side) => converted(this.#value(side, scope), "double"));
      return { code: [...values, call, ...leb(index)], type: "double" };
    }
    if (operator === "&&" || operator === "||") {
      const [first, second] = [this.#condition(left, scope), this.#condition(right, scope)];
      const taken = operator === "&&" ? [...second, otherwise, ...number(0)] : [...number(1), otherwise, ...second];
      return { code: [...first, iff, i32, ...taken, end], type: "int" };
    }
    return binary(operator as Arithmetic, this.#value(left, scope), this.#value(right, scope));
  }

  #mathematical({ expression, arguments: given }: ts.CallExpression, scope: Scope): Value {
    const name = expression.getText();
    if (name === "Math.imul") return this.#product(given, scope);
    const values = given.map((argument) => this.#value(argument, scope));
    if ((name === "Math.min" || name === "Math.max") && values.every(({ type }) => type === "int")) {
      return this.#extreme(name === "Math.min" ? "<" : ">", values);
    }
    const code = name.startsWith("Math.") ? functions[name] : undefined;
    if (code === undefined) return this.#function(expression, values);
    const type = values.some((value) => value.type === "pair") ? "pair" : "double";
    const instruction = code[type === "pair" ? 1 : 0];
    return { code: [...values.flatMap((value) => converted(value, type)), ...instruction], type };
  }

  /** The lower word of a product of words, one of which may be written as a number without a sign. */
  #product(factors: readonly ts.Expression[], scope: Scope): Value {
    const code = factors.flatMap((factor) => {
      const literal = literalOf(bare(factor));
      return literal === undefined ? converted(this.#value(factor, scope), "int") : number(literal | 0);
    });
    return { code: [...code, ...binary("*", whole, whole).code], type: "int" };
  }

  /** A function of `Math` that there is no instruction for. */
  #function(name: ts.Expression, values: readonly Value[]): Value {
    const index = this.around.mathematics.indexOf(name.getText().replace("Math.", ""));
    if (index < 0) throw unknown(name);
    return { code: [...values.flatMap((value) => converted(value, "double")), call, ...leb(index)], type: "double" };
  }

  /** The smaller or the larger of two whole numbers. */
  #extreme(operator: "<" | ">", values: readonly Value[]): Value {
    const [one, other] = [this.#local("int"), this.#local("int")];
    const code = [...values.flatMap((value) => value.code), ...set(other), ...set(one)];
    return {
      code: [
        ...code,
        ...get(one),
        ...get(other),
        ...get(one),
        ...get(other),
        ...binary(operator, whole, whole).code,
        select,
      ],
      type: "int",
    };
  }

  /** Whether the variable of a loop over lanes has a part in an expression. */
  #dependsOnLane(node: ts.Node, scope: Scope): boolean {
    if (ts.isIdentifier(node)) {
      const named = scope.names.findLast((inner) => inner.has(node.text))?.get(node.text);
      return named !== undefined && !("get" in named) && named.ofLane === true;
    }
    if (ts.isElementAccessExpression(node)) return this.#dependsOnLane(node.argumentExpression, scope);
    return ts.forEachChild(node, (child) => this.#dependsOnLane(child, scope) || undefined) ?? false;
  }

  /** A number or an array, by its name or as what a record holds. */
  #variable(node: ts.Expression, scope: Scope): Variable {
    const named = this.#named(node, scope);
    if ("get" in named) throw unknown(node);
    return named;
  }

  #named(node: ts.Expression, scope: Scope): Named {
    const found = ts.isPropertyAccessExpression(node)
      ? this.#member(this.#named(node.expression, scope), node.name.text)
      : scope.names.findLast((inner) => inner.has(node.getText()))?.get(node.getText());
    if (found === undefined) throw unknown(node);
    return found;
  }

  #member(record: Named, name: string): Named | undefined {
    return "get" in record ? record.get(name) : undefined;
  }
}

const whole: Value = { code: [], type: "int" };
const one: Value = { code: number(1), type: "int", literal: 1 };
const two: Value = { code: number(2), type: "int", literal: 2 };
const set = (local: number): Code => [0x21, ...leb(local)];

/** An element of an array: an address, so many bytes behind it, and the instructions that take and put what lies there. */
interface Place {
  readonly address: Code;
  readonly behind: number;
  readonly type: ValueType;
  readonly load: Code;
  readonly store: Code;
}

/** How far an index is shifted for its bytes. */
const shifts = { bytes: 0, ints: 2, doubles: 3, object: 3 } as const;
const isArray = (kind: Kind): kind is keyof typeof shifts => kind in shifts;
const inBytes = (kind: keyof typeof shifts): Code => (shifts[kind] === 0 ? [] : [...number(shifts[kind]), 0x74]);

/** The instructions that take and put what lies so many bytes behind an address. */
function access(what: ValueType | "byte", behind: number): Pick<Place, "load" | "store"> {
  if (what === "pair") return { load: loadAt(behind), store: storeAt(behind) };
  const [load, store, alignment] = { byte: [0x2d, 0x3a, 0], int: [0x28, 0x36, 2], double: [0x2b, 0x39, 3] }[what] as [number, number, number]; // biome-ignore format: one thought
  return { load: [load, alignment, ...leb(behind)], store: [store, alignment, ...leb(behind)] };
}

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
