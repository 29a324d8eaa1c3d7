import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { evaluate } from "../src/expressions/evaluate.js";
import { call, type Formula, number, type Program } from "../src/expressions/formula.js";
import { compileFormula, walkFormula } from "../src/expressions/forward-ad.js";
import { functions } from "../src/expressions/functions.js";
import { plainHabits } from "../src/expressions/habits.js";
import { constant, resolve } from "../src/expressions/resolve.js";
import type { Scope, UserFunction } from "../src/expressions/scope.js";
import type { Expression, FunctionDefinition } from "../src/syntax/ast.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

const time: Formula = { kind: "time" };
const input = (index: number): Formula => ({ kind: "input", index });

/** Reads `text` as the value of a parameter; inputs are `v(u0)`, `v(u1)` …, `definitions` are `.func` cards. */
function read(text: string, definitions = "", options: Partial<Scope> & { values?: Record<string, number> } = {}) {
  const complaints = new Complaints();
  const source = new Source("it.cir", `title\n${definitions}\n.param it={${text}}\n`);
  const { statements } = parseNetlist(source, { main: true }, complaints);
  complaints.settle();
  const cards = statements.filter((card): card is FunctionDefinition => card.kind === "func");
  const names = {
    name: (name: string) => (options.values?.[name] === undefined ? undefined : number(options.values[name])),
    function: (name: string): UserFunction | undefined => {
      const card = cards.find((it) => it.name === name);
      return card && { parameters: card.parameters, body: card.body, scope: names };
    },
    names: () => Object.keys(options.values ?? {}),
  };
  const scope: Scope = {
    ...names,
    probe: (it) => (it.kind === "probe" ? input(Number(`${it.names[0]!.parts[0]}`.slice(1))) : undefined),
    call: () => undefined,
    dynamic: () => undefined,
    random: (_, [nominal]) => nominal,
    habits: plainHabits,
    time: true,
    ...options,
  };
  const param = statements.find((card) => card.kind === "param")!;
  const expression: Expression = param.assignments[0]!.value;
  const formula = resolve(expression, scope, complaints);
  return { formula, complaints: complaints.all, expression };
}

const value = (text: string, definitions = "", u: number[] = [], t = 0): number => {
  const { formula, complaints } = read(text, definitions);
  expect(complaints).toEqual([]);
  return evaluate(formula, t, u);
};

const complaint = (text: string, definitions = "", options: Parameters<typeof read>[2] = {}) => {
  const { complaints, formula } = read(text, definitions, options);
  expect(formula).toEqual(number(NaN));
  expect(complaints).toHaveLength(1);
  const { code, message, span, help } = complaints[0]!;
  return { code, message, help, at: span!.source.text.slice(span!.start, span!.end) };
};

const load = (program: Program, u: readonly number[], t = 0): number[] => {
  const out = new Float64Array(1 + program.inputs).fill(NaN);
  program.load(t, Float64Array.from(u), out);
  return Array.from(out, (it) => it + 0); // no −0
};

const guards = (program: Program, u: readonly number[], t = 0): number[] => {
  const out = new Float64Array(program.guards);
  program.guard(t, Float64Array.from(u), out);
  return [...out];
};

describe("values", () => {
  test.each([
    ["-2^2", -4],
    ["(-2)^3", -8],
    ["2**-1", 0.5],
    ["0^0", 1],
    ["pow(-3,2)", 9],
    ["pwr(-8,2)", 64],
    ["pwrs(-8,2)", -64],
    ["7%4", 3],
    ["-7%4", -3],
    ["fmod(7.5,2)", 1.5],
    ["1<2", 1],
    ["2<=1", 0],
    ["3==3 && 2!=1", 1],
    ["0 || 0.2", 1],
    ["!3", 0],
    ["1 ? 2 : 3", 2],
    ["if(0,2,3)", 3],
    ["ternary_fcn(1>2,2,3)", 3],
    ["abs(-3)+sgn(-2)+sign(5)", 3],
    ["sign(-3,2)", 3],
    ["log(e)+ln(e)+log10(1000)+log2(8)", 8],
    ["atan2(1,-1)", (3 * Math.PI) / 4],
    ["arctan(1)", Math.PI / 4],
    ["min(3,1,2)+max(3,1,2)", 4],
    ["limit(5,0,1)+limit(-5,0,1)+limit(0.5,0,1)+limit(5,1,0)", 2.5],
    ["floor(-1.5)+ceil(-1.5)+int(-1.5)", -4],
    ["nint(2.5)+nint(3.5)+nint(-0.5)", 6],
    ["round(2.5)+round(-2.5)+round(-1.4)", -1],
    ["hypot(3,4)", 5],
    ["u(-1)+u(0)+u(2)+stp(0)", 2],
    ["uramp(-2)+uramp(3)", 3],
    ["limexp(2)/exp(2)", 1],
    ["limexp(81)/exp(80)", 2],
    ["table(1.5, 1,10, 2,20)", 15],
    ["table(0, 1,10, 2,20)+tbl(9, 1,10, 2,20)", 30],
    ["pwl(0, 1,10, 2,20, 3,20)", 0],
    ["pwl(1.5, 1,10, 2,20, 3,24)", 15],
    ["pwl(2.5, 1,10, 2,20, 3,24)+pwl(3, 1,10, 2,20, 3,24)+pwl(5, 1,10, 2,20, 3,24)", 78],
    ["pwl(7, 1,10)", 10],
    ["spline(2, 0,0, 1,1, 3,3)", 2],
    ["gauss(5,0.1,3)+limit(2,1)", 7],
    ["4*atan(1)-pi", 0],
    ["q-echarge+true-false", 1],
    ["hbar*2*pi/planck", 1],
    ["kelvin", -273.15],
    ["boltz/1.380649e-23", 1],
  ])("%s is %d", (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 14);
  });

  test("0.8^20 by a parameter's exponent", () => {
    expect(Math.abs(value("0.8^{2*10}") / 0.8 ** 20 - 1)).toBeLessThan(1e-15);
    const { formula } = read("v(u0)^{2*10}");
    for (const program of [compileFormula(formula, 1), walkFormula(formula, 1)]) {
      const [power, slope] = load(program, [0.8]) as [number, number];
      expect(Math.abs(power / 0.011529215046068483 - 1)).toBeLessThan(1e-14);
      expect(Math.abs(slope / (20 * 0.8 ** 19) - 1)).toBeLessThan(1e-14);
    }
  });

  test("a negative base has powers with integer exponents, and no others", () => {
    expect(value("v(u0)^(1/3)", "", [-8])).toBeNaN();
    expect(value("v(u0)^3", "", [-2])).toBe(-8);
    expect(value("v(u0)^v(u1)", "", [-2, 3])).toBe(-8);
    const program = compileFormula(read("v(u0)^1.5").formula, 1);
    expect(load(program, [-1])).toEqual([NaN, NaN]);
  });

  test("the steep start of a root has a finite slope, so that an iteration can leave it", () => {
    for (const text of ["sqrt(v(u0))", "v(u0)^0.5", "v(u0)^0.3", "pwrs(v(u0),0.5)"]) {
      const [at0, slope] = load(compileFormula(read(text).formula, 1), [0]) as [number, number];
      expect(at0).toBe(0);
      expect(slope > 1e6 && Number.isFinite(slope), text).toBe(true);
    }
  });

  test("sinh keeps all digits, near zero too", () => {
    for (const x of [1e-12, 1e-3, 0.5, 0.999, 1, 1.5, 20, 300, 710]) {
      for (const sign of [1, -1]) {
        expect(Math.abs(value("sinh(v(u0))", "", [sign * x]) / Math.sinh(sign * x) - 1)).toBeLessThan(1e-15);
        expect(Math.abs(value("cosh(v(u0))", "", [sign * x]) / Math.cosh(x) - 1)).toBeLessThan(1e-15);
      }
    }
  });

  test("a spline goes through its points and never overshoots", () => {
    const points = [0, 0, 1, 0, 2, 1, 5, 1, 6, 0.5];
    const spline = (x: number) => evaluate(call("spline", number(x), ...points.map(number)), 0, []);
    for (let k = 0; k < points.length; k += 2) expect(spline(points[k]!)).toBe(points[k + 1]);
    for (let x = 0; x < 1; x += 0.1) expect(spline(x)).toBe(0);
    for (let x = 2; x < 5; x += 0.1) expect(spline(x)).toBeCloseTo(1, 14);
    for (let x = 1; x < 2; x += 0.1) expect(spline(x + 0.1)).toBeGreaterThan(spline(x));
  });

  test("the time of a static analysis is 0", () => {
    expect(compileFormula(time, 0).value(-Infinity, new Float64Array())).toBe(0);
    expect(value("time+1", "", [], -Infinity)).toBe(1);
  });
});

test("the points of a curve may stand in a file", () => {
  const files: string[] = [];
  const table = (file: string) => {
    files.push(file);
    return [0, 1, 2, 5];
  };
  const { formula } = read('table(v(u0), "Points.csv")', "", { table });
  expect(files).toEqual(["Points.csv"]);
  expect(load(compileFormula(formula, 1), [1])).toEqual([3, 2]);
  expect(complaint('table(v(u0), "Points.csv")').code).toBe("no-file-here");
});

test("the reader of a constant's name is told, so that `e` and `q` can be noted", () => {
  const told: string[] = [];
  read("2*e+pi+r", "", { constant: (name) => told.push(name), values: { r: 1 } });
  expect(told).toEqual(["e", "pi"]);
});

describe("functions of users", () => {
  test("are written into their calls, also within each other", () => {
    const definitions = ".func half(x) {x/2}\n.func mean(x,y) {half(x)+half(y)}";
    expect(value("mean(v(u0), mean(2,4))", definitions, [7])).toBe(5);
  });

  test("see the names of their definition, not those of the call", () => {
    expect(value("f(2)", ".func f(y) {g(y+1)}\n.func g(x) {10*x}")).toBe(30);
    expect(complaint("f(2)", ".func f(x) {g(1)}\n.func g(y) {x}")).toMatchObject({ code: "unknown-name", at: "x" });
  });

  test("parameters win over constants, and a user's function over one of the language", () => {
    expect(value("f(3)", ".func f(e) {2*e}")).toBe(6);
    expect(value("sin(3)", ".func sin(x) {2*x}")).toBe(6);
  });

  test("a circle of functions is reported whole", () => {
    expect(complaint("1+f(2)", ".func f(x) {g(x)}\n.func g(x) {h(x)+1}\n.func h(x) {g(x-1)}")).toEqual({
      code: "recursive-function",
      message: "Function `g` calls itself: g → h → g. A function may call others only.",
      help: undefined,
      at: "g(x-1)",
    });
  });

  test("that would fill the memory are refused", () => {
    const cards = Array.from({ length: 40 }, (_, k) => `.func f${k + 1}(x) {f${k}(x+1)+f${k}(x+2)}`);
    const { code } = complaint("f40(v(u0))", [".func f0(x) {x}", ...cards].join("\n"));
    expect(code).toBe("expression-too-large");
  });
});

describe("complaints", () => {
  test.each([
    ["2*widht", "unknown-name", "widht", "did you mean `width`?"],
    ["sin", "unknown-name", "sin", "`sin` is a function: write `sin(…)`."],
    ["snh(1)", "unknown-function", "snh(1)", "did you mean `sinh`?"],
    ["neg(1)", "unknown-function", "neg(1)", undefined],
    ["atan2(1)", "argument-count", "atan2(1)", undefined],
    ["limit(1)", "argument-count", "limit(1)", undefined],
    ["2+1/0", "not-finite", "1/0", undefined],
    ["sqrt(-1)", "not-finite", "sqrt(-1)", undefined],
    ["(-8)^(1/3)", "not-finite", undefined, undefined],
    ["v(u0)*ln(0)", "not-finite", "ln(0)", undefined],
    ["freq", "not-supported-yet", "freq", undefined],
    ["table(v(u0),1,2,3)", "bad-table", "3", undefined],
    ["table(v(u0),1,2,1,3)", "bad-table", "1", undefined],
    ["table(v(u0),1,v(u1),2,3)", "bad-table", "v(u1)", undefined],
  ])("%s: %s", (text, code, at, help) => {
    const found = complaint(text, "", { values: { width: 1 } });
    expect(found.code).toBe(code);
    if (at !== undefined) expect(found.at).toBe(at);
    if (help !== undefined) expect(found.help).toBe(help);
  });

  test("say what is wrong", () => {
    expect(complaint("1/(2-2)").message).toBe("`1/(2-2)` is not a finite number: `1 / 0` is infinite.");
    expect(complaint("(-8)^(1/3)").message).toMatch("`(-8)^(1/3)` is not a finite number: `-8 ** 0.3333");
    expect(complaint("sqrt(-1)").message).toBe("`sqrt(-1)` is not a finite number: `sqrt(-1)` has no value.");
    expect(complaint("atan2(1)").message).toBe("`atan2` takes 2 arguments, found 1.");
    expect(complaint("min(1)").message).toBe("`min` takes at least 2 arguments, found 1.");
    expect(complaint("f(1)", ".func f(x,y) {x*y}").message).toBe("`f` takes 2 arguments (x, y), found 1.");
  });

  test("time is refused where it has no value, and ^ in LTspice's language", () => {
    expect(complaint("2*time", "", { time: false }).code).toBe("no-time-here");
    expect(complaint("2^3", "", { habits: { ...plainHabits, caretIsPower: false } })).toMatchObject({
      code: "caret-in-ltspice",
    });
  });

  test("name the calls that led there", () => {
    const { complaints } = read("1+f(0)", ".func f(x) {1/x}");
    expect(complaints[0]!.message).toBe("`1/x` is not a finite number: `1 / 0` is infinite.");
    expect(complaints[0]!.notes![0]!.message).toBe("In this call of `f`:");
  });

  test("come once, though one fault is met in many places", () => {
    expect(complaint("f(1)+f(2)+f(v(u0))", ".func f(x) {x*wrong}").code).toBe("unknown-name");
    expect(complaint("ln(wrong)/0").code).toBe("unknown-name");
  });

  test("all faults are found at once, also in a branch not taken", () => {
    const { complaints } = read("if(1>0, one, two)");
    expect(complaints.map(({ code }) => code)).toEqual(["unknown-name", "unknown-name"]);
  });

  test("what is not finite in a branch that is not taken is no fault", () => {
    expect(value("if(0, 1/0, 2)")).toBe(2);
    expect(value("0 && 1/0")).toBe(0);
    expect(value("if(v(u0)>0, 1/0, 2)", "", [-1])).toBe(2);
  });

  test("an expression nested too deep is refused, a long one is not", () => {
    const { complaints } = read(`${"sin(".repeat(100)}v(u0)${")".repeat(100)}`);
    expect(complaints).toEqual([]);
    expect(value(Array.from({ length: 900 }, () => "1").join("+"))).toBe(900);
    let deep: Expression = read("1").expression;
    const { span } = deep;
    for (let k = 0; k < 5000; k++) deep = { kind: "unary", operator: "!", operand: deep, span };
    const told = new Complaints();
    const { scope } = { scope: { time: true, habits: plainHabits } as unknown as Scope };
    expect(constant(resolve(deep, scope, told))).toBeNaN();
    expect(told.all.map(({ code }) => code)).toEqual(["expression-too-deep"]);
  });
});

/** Where the slopes of a function are looked at: away from the ends of its domain and from its jumps. */
const domains: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  ln: [[0.1, 3]],
  log10: [[0.1, 3]],
  log2: [[0.1, 3]],
  sqrt: [[0.1, 3]],
  acosh: [[1.1, 3]],
  asin: [[-0.9, 0.9]],
  acos: [[-0.9, 0.9]],
  atanh: [[-0.9, 0.9]],
  tan: [[-1.2, 1.2]],
  pow: [
    [0.2, 3],
    [-2, 2],
  ],
  pwr: [
    [0.2, 3],
    [-2, 2],
  ],
  pwrs: [
    [-3, -0.2],
    [-2, 2],
  ],
  "/": [
    [-2, 2],
    [0.3, 2],
  ],
  "%": [
    [-2, 2],
    [2.1, 3],
  ],
  nint: [[0.6, 1.4]],
  round: [[0.6, 1.4]],
  floor: [[0.1, 0.9]],
  ceil: [[0.1, 0.9]],
  int: [[0.1, 0.9]],
  sign: [
    [-2, 2],
    [0.2, 2],
  ],
  atan2: [
    [0.2, 2],
    [-2, 2],
  ],
  hypot: [
    [0.2, 2],
    [0.2, 2],
  ],
  limit: [
    [-2, 2],
    [-1.5, -0.5],
    [0.5, 1.5],
  ],
  "==": [
    [0, 1],
    [2, 3],
  ],
};
const points = [-1, 2, 0.5, -1, 3, 4].map(number);

describe.each([...new Set(functions.values())].map((of) => [of.name, of] as const))("%s", (name, of) => {
  const takes = of.interpolant !== undefined ? 1 : Math.max(of.arguments[0], Math.min(2, of.arguments[1]));
  const arguments_ = Array.from({ length: takes }, (_, k) => {
    const [min, max] = domains[name]?.[k] ?? ([-2, 2] as const);
    return fc.double({ min, max, noNaN: true });
  });
  const inputs = Array.from({ length: takes }, (_, k) => input(k));
  const formula = call(name, ...inputs, ...(of.interpolant === undefined ? [] : points));

  test("runs as generated code as it does by walking", () => {
    const generated = compileFormula(formula, takes);
    const walked = walkFormula(formula, takes);
    fc.assert(
      fc.property(fc.tuple(...arguments_), (u) => {
        expect(generated.value(0, Float64Array.from(u))).toBe(evaluate(formula, 0, u));
        expect(load(generated, u)).toEqual(load(walked, u));
      }),
    );
  });

  test("states its own slopes", () => {
    const program = compileFormula(formula, takes);
    const h = 1e-6;
    fc.assert(
      fc.property(fc.tuple(...arguments_), (u) => {
        const [, ...slopes] = load(program, u);
        for (let k = 0; k < takes; k++) {
          const at = (by: number) => evaluate(formula, 0, u.with(k, u[k]! + by));
          const before = (at(0) - at(-h)) / h;
          const behind = (at(h) - at(0)) / h;
          // At a bend the slope is one of the two sides'; across a jump there is none.
          fc.pre(Math.abs(before) < 1e5 && Math.abs(behind) < 1e5);
          const near = (slope: number) => Math.abs(slopes[k]! - slope) <= 1e-3 * (1 + Math.abs(slope));
          expect(near(before) || near(behind), `${name}(${u}) by argument ${k}: ${slopes}, ${before}`).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

const leaf = fc.oneof(
  fc.constantFrom(input(0), input(1), input(2)),
  fc.constantFrom(time),
  fc.double({ min: -3, max: 3, noNaN: true }).map(number),
  fc.integer({ min: -2, max: 3 }).map(number),
);

/** Random formulas of the functions that `names` lists. */
const formulas = (names: readonly string[]) =>
  fc.letrec<{ formula: Formula }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 6, depthSize: "medium" },
      leaf,
      ...names.map((name) => {
        const [min, max] = functions.get(name)!.arguments;
        return fc
          .array(tie("formula"), { minLength: min, maxLength: Math.min(max, 3) })
          .map((operands) => call(name, ...operands));
      }),
    ),
  })).formula;

const all = [...new Set(functions.values())]
  .filter(({ interpolant }) => interpolant === undefined)
  .map(({ name }) => name);
/** Their values stay of the order of 1, so that differences of them keep their digits. */
const harmless = ["+", "-", "*", "neg", "sin", "cos", "tanh", "atan", "asinh"];
const us = fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: 3, maxLength: 3 });

describe("laws", () => {
  test("generated code gives what walking the tree gives", () => {
    // Powers with a constant exponent are products in the code: equal but for rounding, so they have a law of their own.
    const names = all.filter((name) => name !== "pow");
    fc.assert(
      fc.property(formulas(names), us, fc.double({ min: 0, max: 1, noNaN: true }), (formula, u, t) => {
        const expected = evaluate(formula, t, u) + 0;
        const generated = compileFormula(formula, 3);
        expect(generated.value(t, Float64Array.from(u)) + 0).toBe(expected);
        expect(load(generated, u, t)[0]! + 0).toBe(expected);
        expect(walkFormula(formula, 3).value(t, Float64Array.from(u)) + 0).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  test("slopes agree with central differences, forward in code and backward by walking", () => {
    fc.assert(
      fc.property(formulas(harmless), us, (formula, u) => {
        const [at, ...slopes] = load(compileFormula(formula, 3), u);
        fc.pre(Math.abs(at!) < 1e3 && slopes.every((slope) => Math.abs(slope) < 1e3));
        const h = 1e-4;
        for (let k = 0; k < 3; k++) {
          const f = (by: number) => evaluate(formula, 0, u.with(k, u[k]! + by));
          const near = (f(h) - f(-h)) / (2 * h);
          const far = (f(2 * h) - f(-2 * h)) / (4 * h);
          const scale = 1 + Math.abs(near);
          fc.pre(Math.abs(near - far) < 1e-5 * scale); // else it bends too sharply for differences to tell
          expect(Math.abs((4 * near - far) / 3 - slopes[k]!)).toBeLessThan(1e-4 * scale);
        }
        const [, ...backward] = load(walkFormula(formula, 3), u);
        for (let k = 0; k < 3; k++) expect(Math.abs(backward[k]! - slopes[k]!)).toBeLessThan(1e-9 * 1e3);
      }),
      { numRuns: 300 },
    );
  });

  test("integer powers are the mathematical ones, with their slopes", () => {
    const exponent = fc.integer({ min: -70, max: 70 });
    fc.assert(
      fc.property(fc.double({ min: -1.5, max: 1.5, noNaN: true }), exponent, (x, n) => {
        fc.pre(Math.abs(x) > 0.1);
        const [power, slope] = load(compileFormula(call("pow", input(0), number(n)), 1), [x]);
        expect(Math.abs(power! - x ** n)).toBeLessThanOrEqual(1e-13 * Math.abs(x ** n));
        expect(Math.abs(slope! - n * x ** (n - 1))).toBeLessThanOrEqual(1e-12 * Math.abs(n * x ** (n - 1)));
      }),
    );
  });
});

describe("branches", () => {
  const programs = (formula: Formula, inputs: number) => [
    compileFormula(formula, inputs),
    walkFormula(formula, inputs),
  ];

  test("one that is not taken is not evaluated, nor are its slopes", () => {
    const { formula } = read("if(v(u0)>0, ln(v(u0))+sqrt(v(u0)), 3*v(u1))");
    for (const program of programs(formula, 2)) {
      expect(load(program, [-1, 2])).toEqual([6, 0, 3]);
      expect(load(program, [1, 2])).toEqual([1, 1.5, 0]);
    }
  });

  test("within each other, sharing parts", () => {
    const { formula } = read("v(u0)>0 ? (v(u0)>1 ? exp(v(u0)) : exp(v(u0))+1) : exp(v(u1))");
    for (const program of programs(formula, 2)) {
      expect(load(program, [2, 0])).toEqual([Math.exp(2), Math.exp(2), 0]);
      expect(load(program, [0.5, 0])).toEqual([Math.exp(0.5) + 1, Math.exp(0.5), 0]);
      expect(load(program, [-1, 0])).toEqual([1, 0, 1]);
    }
  });

  test("a condition that has no value has no branch", () => {
    for (const program of programs(read("if(sqrt(v(u0))>1, 1, 0)").formula, 1)) {
      expect(load(program, [-1])[0]).toBeNaN();
    }
  });

  test("a part that is shared a hundred times over is computed once", () => {
    let formula: Formula = input(0);
    for (let k = 0; k < 100; k++) formula = call("-", call("+", formula, formula), formula);
    for (const program of programs(formula, 1)) expect(load(program, [3])).toEqual([3, 1]);
    for (let k = 0; k < 100; k++) {
      const test = (n: number, it: Formula) => call("if", call("<", input(0), number(n)), it, it);
      formula = call("if", call("<", input(0), number(k)), test(k + 200, formula), test(k + 400, formula));
    }
    for (const program of programs(formula, 1)) expect(load(program, [3])).toEqual([3, 1]);
    expect(evaluate(formula, 0, [3])).toBe(3);
  });
});

describe("switching", () => {
  const program = (text: string, inputs = 2) => compileFormula(read(text).formula, inputs);

  test("conditions of the time are breakpoints, not guards", () => {
    expect(program("if(time<1m, 1, 2)").breakpoints).toEqual([1e-3]);
    expect(program("u(time-3m)-u(2*time-4m)+(time/2>=5m)").breakpoints).toEqual([2e-3, 3e-3, 10e-3]);
    expect(program("table(time-1, 0,0, 1,5, 3,0)*v(u0)").breakpoints).toEqual([1, 2, 4]);
    expect(program("abs(1-time)+max(0,time-2)+u(-1-time)").breakpoints).toEqual([1, 2]);
    for (const text of ["if(time<1m, 1, 2)", "table(time, 0,0, 1,5)*v(u0)", "uramp(time-1)"]) {
      expect(program(text)).toMatchObject({ guards: 0, smooth: true });
    }
  });

  test("conditions of signals are guards that change their sign where the formula jumps", () => {
    const it = program("if(v(u0)>2 && v(u1)<=1, 1, 0) + u(v(u0)+v(u1))");
    expect(it).toMatchObject({ guards: 3, smooth: false, breakpoints: [] });
    const signs = (u: number[]) => guards(it, u).map(Math.sign).sort();
    expect(signs([3, 0])).toEqual([-1, 1, 1]);
    expect(signs([3, 2])).toEqual([1, 1, 1]);
    expect(signs([1, -2])).toEqual([-1, -1, -1]);
  });

  test("a jump that a factor hides is a bend, and no guard", () => {
    for (const text of [
      "v(u0)*(1-(v(u1)-stp(-v(u0)))**4)", // Biolek's window
      "3*v(u0)/(1+v(u1)**2)*if(v(u0)<0, v(u1), 2)",
      "v(u0)>0.3 ? 5*(v(u0)/0.3-1)**3*v(u1) : 0", // a threshold
      "v(u0)>0.16 ? 4k*(exp(v(u0))-exp(0.16)) : 0",
      "(v(u0)-v(u1))*stp(v(u1)-v(u0))",
      "sgn(v(u0))*sinh(2*v(u0))",
    ]) {
      expect(program(text), text).toMatchObject({ guards: 0, smooth: false });
    }
  });

  test("a jump that no factor hides, or that a pole brings back, is a guard", () => {
    for (const text of [
      "v(u0)*stp(v(u1))",
      "v(u0)*stp(0.1-v(u0))",
      "v(u0)/v(u0)*stp(v(u0))",
      "v(u0)*(ln(v(u0)**2)*stp(v(u0)))",
      "v(u0)*stp(v(u0))+stp(v(u0))",
      "v(u0)>0 ? v(u0) : 1",
    ]) {
      expect(program(text).guards, text).toBe(1);
    }
  });

  test("a guard in a branch that is not taken keeps still", () => {
    const it = program("if(v(u0)>0, if(ln(v(u0))>1, 5, 6), 0)");
    expect(it.guards).toBe(2);
    expect(guards(it, [-1, 0]).toSorted()).toEqual([-1, 1]);
    expect(guards(it, [Math.E ** 3, 0]).toSorted((a, b) => a - b)[0]).toBeCloseTo(2, 12);
  });

  test("steps at integers are found", () => {
    for (const [text, below, above] of [
      ["floor(v(u0))", 1.9, 2.1],
      ["round(v(u0))", 1.4, 1.6],
      ["v(u0)%0.5", 1.4, 1.6],
    ] as const) {
      const it = program(text);
      expect(it.guards).toBe(1);
      expect(Math.sign(guards(it, [below, 0])[0]!), text).toBe(-Math.sign(guards(it, [above, 0])[0]!));
    }
  });

  test("what is smooth says so", () => {
    for (const text of ["sin(v(u0))*exp(v(u1))", "v(u0)^3/(1+v(u1)^2)", "limexp(v(u0))", "if(1,v(u0),2)"]) {
      expect(program(text).smooth, text).toBe(true);
    }
    for (const text of ["abs(v(u0))", "min(v(u0),1)", "table(v(u0),0,0,1,1)", "v(u0)==1", "if(v(u0),1,2)", "v(u0)>1"]) {
      expect(program(text).smooth, text).toBe(false);
    }
    expect(program("abs(v(u0))+limit(v(u0),0,1)").guards).toBe(0);
  });
});

describe("large formulas", () => {
  const many = 10_000;
  const sum = Array.from({ length: many }, (_, k) => call("*", number(k + 0.5), input(k)));
  const ones = new Array<number>(many).fill(1);

  test("a sum of ten thousand signals", () => {
    const { span } = read("1").expression;
    let chain: Expression = { kind: "name", name: "u0", span };
    for (let k = 1; k < many; k++) {
      chain = { kind: "binary", operator: "-", left: chain, right: { kind: "name", name: `u${k}`, span }, span };
    }
    const names = { name: (name: string) => input(Number(name.slice(1))), function: () => undefined } as unknown;
    const formula = resolve(chain, names as Scope, new Complaints());
    expect(load(compileFormula(formula, many), ones).slice(0, 4)).toEqual([2 - many, 1, -1, -1]);
    const weighted = load(compileFormula(call("+", ...sum), many), ones);
    expect(weighted[0]).toBe((many * many) / 2);
    expect(weighted.slice(1)).toEqual(Array.from({ length: many }, (_, k) => k + 0.5));
  });

  test("a product of a thousand signals is walked, for its slopes would fill a book", () => {
    const formula = Array.from({ length: 1000 }, (_, k) => input(k)).reduce<Formula>(
      (a, b) => call("*", a, b),
      number(2),
    );
    const out = load(compileFormula(formula, 1000), new Array<number>(1000).fill(1));
    expect(out).toEqual(new Array(1001).fill(2));
  });

  test("a formula nested twenty thousand deep", () => {
    let formula = input(0);
    for (let k = 0; k < 20_000; k++) formula = call("sin", call("+", formula, number(0.1)));
    const program = compileFormula(formula, 1);
    expect(program.value(0, Float64Array.of(0.3))).toBe(evaluate(formula, 0, [0.3]));
  });

  test("branches nested two thousand deep", () => {
    let formula: Formula = number(-1);
    for (let k = 2000; k > 0; k--)
      formula = call("if", call("<", input(0), number(k)), call("*", number(k), input(0)), formula);
    const program = compileFormula(formula, 1);
    expect(load(program, [1500.5])).toEqual([1501 * 1500.5, 1501]);
    expect(load(program, [2001])).toEqual([-1, 0]);
  });
});

describe("generated code", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test("is shared by formulas that differ in their numbers alone", () => {
    let made = 0;
    const Original = Function;
    class Counting extends Original {
      constructor(...parts: string[]) {
        super(...parts);
        made++;
      }
    }
    vi.stubGlobal("Function", Counting);
    const program = (R: number) => compileFormula(call("/", call("tanh", input(0)), number(R)), 1);
    expect(load(program(100.5), [1])[0]).toBe(Math.tanh(1) / 100.5);
    expect(load(program(200.5), [1])[0]).toBe(Math.tanh(1) / 200.5);
    expect(made).toBe(1);
  });

  test("is done without where it is forbidden", () => {
    class Forbidden {
      constructor() {
        throw new EvalError("Refused to evaluate a string as JavaScript.");
      }
    }
    vi.stubGlobal("Function", Forbidden);
    const program = compileFormula(read("if(v(u0)>0, exp(-v(u0))*v(u1)^2, time)").formula, 2);
    expect(load(program, [1, 3])).toEqual([Math.exp(-1) * 9, -Math.exp(-1) * 9, Math.exp(-1) * 6]);
    expect(load(program, [-1, 3], 2)).toEqual([2, 0, 0]);
  });

  test("keeps numbers that have no plain spelling", () => {
    const numbers = [-0, 1e-320, 1.7976931348623157e308, -123456789.123, 0.1, -16, 17];
    for (const it of numbers) {
      expect(load(compileFormula(call("*", number(it), input(0)), 1), [1])).toEqual([it + 0, it + 0]);
    }
  });
});
