import type { Formula } from "../../expressions/formula.js";
import type { Expression } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import { didYouMean, nearName, written } from "../readings.js";
import { type Asking, ask } from "./asking.js";
import { blockCalls } from "./block-calls.js";
import type { BlockNames, Member, SystemMember } from "./block-names.js";
import { targetOf } from "./fidelity-target.js";
import { isHermitian } from "./hermitian.js";
import { lettered, levelOf, placeOf } from "./levels.js";
import { aOr, complainOfUnknownSystem } from "./line.js";
import { moments, type QuantumObservable } from "./observable.js";
import { operatorOf } from "./operator-reader.js";

// Every way to ask a block for something is in one file, so that one can see what there is.

type Call = Extract<Expression, { kind: "call" }>;

const failed: Formula = { kind: "number", value: Number.NaN };

/** What a call asks of a block, one number for each column; undefined if it is of no block. */
export function observableCalls(call: Call, asking: Asking): readonly Formula[] | undefined {
  const { blocks } = asking.place.elaboration;
  if (blocks.all.length === 0) return undefined;
  const inner = call.arguments[0];
  if ((call.name === "re" || call.name === "im") && call.arguments.length === 1 && inner?.kind === "call") {
    return blockCalls.includes(inner.name) ? [new BlockCall(inner, asking).part(call.name)] : undefined;
  }
  return blockCalls.includes(call.name) ? new BlockCall(call, asking).all() : undefined;
}

/** The heads of the columns that a call makes, behind its own. */
export function columnNames({ name, arguments: given }: Call, base: string, count: number): readonly string[] {
  if (count === 1) return [base];
  if (name === "moment" && given.length > 0) return moments.map((it) => `${base.slice(0, -1)},${it})`);
  if (name === "bloch" && given.length > 0) return ["x", "y", "z"].map((axis) => `${base.slice(0, -1)},${axis})`);
  return [`re(${base})`, `im(${base})`];
}

/** Reads one call. */
class BlockCall {
  readonly #block: BlockNames | undefined;

  constructor(
    readonly call: Call,
    readonly asking: Asking,
  ) {
    this.#block = this.#blockOf();
  }

  /** Its columns; one NaN after having complained. */
  all(): readonly Formula[] {
    const found = this.#observables();
    return found.length === 0 ? [failed] : found.map((one) => this.#ask(one));
  }

  /** The real or imaginary part of what may be complex. */
  part(part: "re" | "im"): Formula {
    const found = this.#observables();
    const one = found.find((it) => "part" in it && it.part === part);
    if (one !== undefined) return this.#ask(one);
    const [first] = found;
    if (first === undefined) return failed;
    return "part" in first || part === "im" ? { kind: "number", value: 0 } : this.#ask(first);
  }

  #ask(one: QuantumObservable): Formula {
    return ask(one, this.#block!, this.asking, this.call.span, one.kind === "rate" ? "1/s" : "1");
  }

  #error(code: string, message: string, span: Span, help?: string): undefined {
    const { complaints } = this.asking.place.elaboration;
    if (!this.#block?.torn) complaints.error(code, message, span, { ...(help !== undefined && { help }) });
  }

  /** The block that the first name speaks of; the only one where none stands. */
  #blockOf(): BlockNames | undefined {
    const { blocks } = this.asking.place.elaboration;
    const name = firstName(this.call);
    const found = blocks.locate(name?.name ?? "", this.asking.place)?.block;
    if (found !== undefined) return found;
    const list = blocks.all
      .map((it) => `\`${name === undefined ? it.name : it.path(this.#example(name.name))}\``)
      .join(" or ");
    this.#error(
      "which-block",
      `There are ${blocks.all.length} blocks: say which.`,
      name?.span ?? this.call.span,
      `write ${list}.`,
    );
    return undefined;
  }

  #example(name: string): string {
    return name.slice(name.lastIndexOf(".") + 1);
  }

  #observables(): readonly QuantumObservable[] {
    if (this.#block === undefined) return [];
    const { name, arguments: given } = this.call;
    const one = (made: QuantumObservable | undefined) => (made === undefined ? [] : [made]);
    switch (name) {
      case "ex":
        return this.#expectation();
      case "rho":
        return this.#element();
      case "bloch":
        return this.#bloch();
      case "pop":
        return one(this.#population());
      case "top":
        return one(this.#top());
      case "fidelity":
        return one(this.#fidelity());
      case "purity":
      case "entropy": {
        const systems = this.#systems(given);
        return one(systems && { kind: name, systems: systems.map(({ index }) => index) });
      }
      case "concurrence":
        return one(this.#concurrence());
      case "negativity":
        return one(this.#negativity());
      case "nin":
      case "nout":
      case "reflectivity":
      case "angle":
        return one(this.#device("photonic", (photonic) => ({ kind: name, photonic })));
      case "moment":
        return this.#moment();
      case "record":
        return one(this.#device("monitor", (monitor) => ({ kind: "record", monitor })));
      case "rate": {
        const [of] = this.call.arguments;
        const isLc = of?.kind === "name" && this.#block.find(this.#example(of.name))?.kind === "lc";
        if (isLc) return one(this.#device("lc", (circuit) => ({ kind: "moment", circuit, of: "rate" })));
        return one(this.#device("memristor", (memristor) => ({ kind: "rate", memristor })));
      }
      default:
        return one(this.#device("memristor", (memristor) => ({ kind: name as "rate", memristor })));
    }
  }

  /** `fidelity(a)` with the start; `fidelity(a,b,(ket(e,g)-ket(g,e))/sqrt(2))`, `fidelity(a,b,"psi-")` with a ket. */
  #fidelity(): QuantumObservable | undefined {
    const given = this.call.arguments;
    const last = given.at(-1);
    const target = last?.kind === "name" ? undefined : last;
    const systems = this.#systems(target === undefined ? given : given.slice(0, -1));
    if (systems === undefined) return undefined;
    const places = systems.map(({ index }) => index);
    if (target === undefined) return { kind: "fidelity", systems: places, target: undefined };
    const block = this.#block!;
    const all = block.names("qubit", "oscillator").map((name) => block.system(name)!);
    const error = (code: string, message: string, span: Span, help?: string) => this.#error(code, message, span, help);
    const reader = { block, place: this.asking.place, error };
    const ket = targetOf(target, systems.length === 0 ? all : systems, reader);
    return ket && { kind: "fidelity", systems: places, target: ket };
  }

  #expectation(): readonly QuantumObservable[] {
    const [expression, second] = this.call.arguments;
    if (expression === undefined || second !== undefined) return this.#wrong("`ex({sy(a)})`: one operator");
    const block = this.#block!;
    const operator = operatorOf(expression, block, this.asking.place);
    if (operator === undefined) return [];
    const parts = isHermitian(operator, block.dimensions()) ? (["re"] as const) : (["re", "im"] as const);
    return parts.map((part) => ({ kind: "expectation", operator, part }));
  }

  #wrong(form: string): readonly never[] {
    this.#error("wrong-arguments", `\`${this.call.name}\` is written ${form}.`, this.call.span);
    return [];
  }

  #element(): readonly QuantumObservable[] {
    const given = this.call.arguments;
    if (given.length < 2) return this.#wrong("`rho(a,0,1)`: systems, a row and a column");
    const systems = this.#systems(given.slice(0, -2));
    if (systems === undefined) return [];
    const counted =
      systems.length === 0
        ? this.#block!.dimensions().map(({ dimension }) => dimension)
        : systems.map(({ levels }) => levels);
    const size = counted.reduce((product, levels) => product * levels, 1);
    const isQubit = systems.length === 1 && systems[0]!.kind === "qubit";
    const [row, column] = given.slice(-2).map((level) => this.#entry(level, isQubit, size));
    if (row === undefined || column === undefined) return [];
    const places = systems.map(({ index }) => index);
    const parts = row === column ? (["re"] as const) : (["re", "im"] as const);
    return parts.map((part) => ({ kind: "element", systems: places, row, column, part }));
  }

  /** A row or a column by its number, in the order of the basis, |e⟩ first; of one qubit also `e` or `g`. */
  #entry(level: Expression, isQubit: boolean, size: number): number | undefined {
    const letter = isQubit ? lettered(level) : undefined;
    return letter ?? this.#below(size, placeOf(level, "A row or column of `rho`", this.#block!), level);
  }

  #level(level: Expression, { kind, levels }: SystemMember): number | undefined {
    return this.#below(levels, levelOf(level, kind, this.#block!), level);
  }

  #below(size: number, found: number | undefined, level: Expression): number | undefined {
    if (found === undefined || found < size) return found;
    this.#error("parameter-range", `Level ${found} is beyond the highest, which is ${size - 1}.`, level.span);
    return undefined;
  }

  #bloch(): readonly QuantumObservable[] {
    const [of, axis, ...more] = this.call.arguments;
    const system = of && this.#system(of, "qubit");
    if (of === undefined || more.length > 0) return this.#wrong("`bloch(a)`, or `bloch(a,x)` for one axis");
    if (system === undefined) return [];
    const axes = (["x", "y", "z"] as const).filter(
      (it) => axis === undefined || (axis.kind === "name" && axis.name === it),
    );
    if (axes.length === 0) this.#error("wrong-arguments", "An axis is `x`, `y` or `z`.", axis!.span);
    return axes.map((it) => ({ kind: "bloch", system: system.index, axis: it }));
  }

  #population(): QuantumObservable | undefined {
    const [of, level, ...more] = this.call.arguments;
    if (of === undefined || level === undefined || more.length > 0) {
      this.#wrong("`pop(o,n)`: a system and a level");
      return undefined;
    }
    const system = this.#system(of);
    const found = system && this.#level(level, system);
    return system && found !== undefined ? { kind: "population", system: system.index, level: found } : undefined;
  }

  #top(): QuantumObservable | undefined {
    const [of] = this.call.arguments;
    if (this.call.arguments.length !== 1) this.#wrong("`top(o)`: an oscillator");
    const system = of && this.#system(of, "oscillator");
    return system && { kind: "top", system: system.index };
  }

  #concurrence(): QuantumObservable | undefined {
    const systems = this.#systems(this.call.arguments, "qubit");
    if (systems === undefined) return undefined;
    const [a, b] = systems;
    if (systems.length === 2 && a!.index !== b!.index) return { kind: "concurrence", systems: [a!.index, b!.index] };
    this.#wrong("`concurrence(a,b)`: two qubits");
    return undefined;
  }

  /** `negativity(a,b)`: of a against b; `negativity(a)`: of a against all others. */
  #negativity(): QuantumObservable | undefined {
    const systems = this.#systems(this.call.arguments);
    if (systems === undefined) return undefined;
    const [a, ...others] = systems.map(({ index }) => index);
    const all = this.#block!.dimensions().map((_, index) => index);
    if (a === undefined || others.includes(a)) this.#wrong("`negativity(a,b)`, or `negativity(a)` against all others");
    if (a === undefined) return undefined;
    return { kind: "negativity", systems: [a], others: others.length > 0 ? others : all.filter((it) => it !== a) };
  }

  #systems(given: readonly Expression[], kind?: SystemMember["kind"]): readonly SystemMember[] | undefined {
    // A block's name alone means all of it, as no name does.
    const named = given.filter((one) => one.kind !== "name" || one.name !== this.#block!.name);
    const found = named.map((one) => this.#system(one, kind));
    const systems = found.filter((it) => it !== undefined);
    return systems.length === found.length ? systems : undefined;
  }

  #system(of: Expression, kind?: SystemMember["kind"]): SystemMember | undefined {
    const block = this.#block!;
    const name = this.#local(of);
    if (name === undefined) return undefined;
    const found = block.system(name);
    if (found === undefined) return complainOfUnknownSystem(name, block, of.span) as undefined;
    if (kind === undefined || found.kind === kind) return found;
    return this.#error(
      "unlike-systems",
      `\`${this.call.name}\` is of ${aOr(kind)}, but \`${name}\` is ${aOr(found.kind)}.`,
      of.span,
    );
  }

  /** The name of a member of the block; undefined after having complained. */
  #local(of: Expression): string | undefined {
    if (of.kind !== "name")
      return this.#error("expected-name", `Expected a name of the block, found \`${written(of.span)}\`.`, of.span);
    const found = this.asking.place.elaboration.blocks.locate(of.name, this.asking.place);
    if (found?.block === this.#block) return found!.local;
    const message = `\`${of.name}\` is of another block: what is asked for is of \`${this.#block!.name}\`.`;
    return this.#error("which-block", message, of.span);
  }

  /** `moment(L1)`, all of them, or `moment(L1,qq)`. */
  #moment(): readonly QuantumObservable[] {
    const [of, which, ...more] = this.call.arguments;
    if (of === undefined || more.length > 0) return this.#wrong("`moment(L1)`, or `moment(L1,qq)` for one of them");
    const asked = moments.filter((it) => which === undefined || (which.kind === "name" && which.name === it));
    const found = this.#device("lc", (circuit) => ({ kind: "moment", circuit, of: "q" }), [of]);
    if (asked.length === 0) {
      const list = moments.map((it) => `\`${it}\``).join(", ");
      this.#error("wrong-arguments", `The moments are ${list}.`, which!.span);
    }
    return found?.kind === "moment" ? asked.map((it) => ({ ...found, of: it })) : [];
  }

  #device(
    kind: "photonic" | "monitor" | "memristor" | "lc",
    make: (index: number) => QuantumObservable,
    given = this.call.arguments,
  ): QuantumObservable | undefined {
    const block = this.#block!;
    const [of, second] = given;
    if (of === undefined || second !== undefined) {
      this.#wrong(`\`${this.call.name}(${block.names(kind)[0] ?? "m1"})\`: a ${kind}`);
      return undefined;
    }
    const name = this.#local(of);
    const member: Member | undefined = name === undefined ? undefined : block.find(name);
    if (name === undefined) return undefined;
    if (member?.kind === kind) return make(member.index);
    const names = block.names(kind);
    const list = names.map((it) => `\`${it}\``).join(", ");
    const help = didYouMean(nearName(name, names)).help ?? (names.length > 0 ? `it has ${list}.` : undefined);
    return this.#error(`unknown-${kind}`, `The block \`${block.name}\` has no ${kind} \`${name}\`.`, of.span, help);
  }
}

/** The first name that a call speaks of, also within its operators. */
function firstName(call: Call): { readonly name: string; readonly span: Span } | undefined {
  const look = (e: Expression): { readonly name: string; readonly span: Span } | undefined => {
    switch (e.kind) {
      case "name":
        return { name: e.name, span: e.span };
      case "unary":
        return look(e.operand);
      case "binary":
        return look(e.left) ?? look(e.right);
      case "call":
        return firstOf(e.arguments, look);
      default:
        return undefined;
    }
  };
  // A coefficient's name is no system: those within operators go first.
  const operators = call.name === "ex" ? firstOf(call.arguments, operatorArgument) : undefined;
  return operators ?? firstOf(call.arguments, look);
}

function operatorArgument(e: Expression): { readonly name: string; readonly span: Span } | undefined {
  switch (e.kind) {
    case "unary":
      return operatorArgument(e.operand);
    case "binary":
      return operatorArgument(e.left) ?? operatorArgument(e.right);
    case "call": {
      const [of] = e.arguments;
      return of?.kind === "name" ? { name: of.name, span: of.span } : firstOf(e.arguments, operatorArgument);
    }
    default:
      return undefined;
  }
}

function firstOf<Found>(all: readonly Expression[], look: (e: Expression) => Found | undefined): Found | undefined {
  for (const one of all) {
    const found = look(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
