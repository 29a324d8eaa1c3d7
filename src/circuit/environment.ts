import { constants } from "../expressions/constants.js";
import type { Formula } from "../expressions/formula.js";
import type { Names, UserFunction } from "../expressions/scope.js";
import type {
  Assignment,
  DeviceDefinition,
  Expression,
  FunctionDefinition,
  ModelDefinition,
  Subcircuit,
} from "../syntax/ast.js";
import type { Source, Span } from "../text/source.js";
import { constantOf } from "./constant-scope.js";
import type { Elaboration } from "./elaboration.js";
import type { NumberTable } from "./tables.js";

/** A `.data` card: its numbers are read when they are first asked for; undefined after having complained. */
export interface DataDefinition {
  numbers(): NumberTable | undefined;
  readonly span: Span;
}

/** What a netlist defines by name, beside parameters; each kind has names of its own. */
export interface Definitions {
  readonly model: ModelDefinition;
  readonly subcircuit: Subcircuit;
  readonly device: DeviceDefinition;
  readonly function: FunctionDefinition;
  readonly data: DataDefinition;
}

/** A definition together with the place whose names it sees. */
export interface Defined<Kind extends keyof Definitions = keyof Definitions> {
  readonly definition: Definitions[Kind];
  readonly place: Environment;
  readonly span: Span;
}

/** A parameter, evaluated when it is first asked for, so that the order of definitions does not matter. */
interface Parameter {
  readonly name: string;
  readonly expression: Expression | undefined;
  readonly place: Environment;
  readonly span: Span;
  value: number | undefined;
  /** What `.param` it came from, to tell whether anything used it. */
  readonly origin: object | undefined;
}

/** Where an environment lies. */
export interface Surroundings {
  /** Where the text stands: functions, models and subcircuits are looked up there. */
  readonly around?: Environment;
  /** Who uses the subcircuit: parameters are looked up there first, as ngspice does. */
  readonly caller?: Environment;
  /** The path of the subcircuit with its last dot, `x1.`; empty at the top. */
  readonly path?: string;
  /** The nodes that the subcircuit is connected to, by the lower-case names of its terminals. */
  readonly ports?: ReadonlyMap<string, number>;
  /** A turn of a `.for`: shares everything but its variable and parameters with what is around it. */
  readonly turn?: boolean;
}

/** What names mean at one place: in the main file, in one use of a subcircuit, in one turn of a loop. */
export class Environment implements Names {
  readonly around: Environment | undefined;
  /** The main file or the subcircuit that a turn of a loop stands in; else the environment itself. */
  readonly home: Environment;
  readonly path: string;
  readonly ports: ReadonlyMap<string, number> | undefined;
  readonly #caller: Environment | undefined;
  /** The first that was set: the variable of a turn, of which there may be hundreds of thousands that have nothing else. */
  #first: Parameter | undefined;
  #parameters: Map<string, Parameter> | undefined;
  #definitions: Map<keyof Definitions, Map<string, Defined>> | undefined;
  #functions: Map<FunctionDefinition, UserFunction> | undefined;

  constructor(
    readonly elaboration: Elaboration,
    { around, caller, path = around?.path ?? "", ports = around?.ports, turn = false }: Surroundings = {},
  ) {
    this.around = around;
    this.home = turn && around ? around.home : this;
    this.path = path;
    this.ports = ports;
    this.#caller = turn ? around : (caller?.home ?? around);
  }

  /** Gives a name a value that is known: an argument of a subcircuit, the variable of a loop. */
  set(name: string, value: number, span: Span): void {
    const parameter = { name, expression: undefined, place: this, span, value, origin: undefined };
    if (this.#first === undefined) this.#first = parameter;
    else (this.#parameters ??= new Map()).set(name, parameter);
  }

  #own(name: string): Parameter | undefined {
    return this.#first?.name === name ? this.#first : this.#parameters?.get(name);
  }

  has(name: string): boolean {
    return this.#own(name) !== undefined;
  }

  /** Parameters whose values the user gives from outside; only the main file's can be. */
  overrides: Map<string, Assignment> | undefined;

  /** Defines a parameter here. One that a header offers may stay unused. */
  defineParameter(assignment: Assignment, offered = false): void {
    const { nameSpan, value } = assignment;
    const name = assignment.name.toLowerCase();
    this.#noteShadow(name, nameSpan);
    const before = this.#own(name);
    if (before !== undefined && before.origin !== value) {
      this.elaboration.duplicate(`Parameter \`${name}\``, nameSpan, before.span);
      return;
    }
    if (!offered) this.elaboration.declared.set(value, { title: `Parameter \`${assignment.name}\``, span: nameSpan });
    const expression = this.overrides?.get(name)?.value ?? value;
    const parameter = { name, expression, place: this, span: nameSpan, value: undefined, origin: value };
    (this.#parameters ??= new Map()).set(name, parameter);
  }

  /** A parameter goes before a constant of the same name. */
  #noteShadow(name: string, span: Span): void {
    const { complaints } = this.elaboration;
    if (!constants.has(name) && !builtIn.has(name)) return;
    const message = `Wherever \`${name}\` stands, this parameter is meant, not what the language has under that name.`;
    complaints.note("shadowed-name", message, span);
  }

  /** Defines a model, a subcircuit …; `place` is where its names are looked up. */
  define<Kind extends keyof Definitions>(kind: Kind, name: string, definition: Definitions[Kind], place: Environment) {
    const before = this.#definitions?.get(kind)?.get(name);
    if (before?.definition === definition && before.place === place) return;
    const { span } = definition;
    if (before !== undefined) this.elaboration.duplicate(`${titles[kind]} \`${name}\``, span, before.span);
    else {
      const definitions = (this.#definitions ??= new Map());
      definitions.set(kind, (definitions.get(kind) ?? new Map()).set(name, { definition, place, span }));
      if (kind === "model") this.elaboration.declared.set(definition, { title: `Model \`${name}\``, span });
    }
  }

  /** The definition that a name means here, and where it stands. */
  find<Kind extends keyof Definitions>(kind: Kind, name: string): Defined<Kind> | undefined {
    for (let here: Environment | undefined = this; here; here = here.around) {
      const found = here.#definitions?.get(kind)?.get(name);
      if (found === undefined) continue;
      this.elaboration.used.add(found.definition);
      return found as Defined<Kind>;
    }
    return undefined;
  }

  /** All names of a kind that may stand here. */
  *defined(kind: keyof Definitions): Iterable<string> {
    for (let here: Environment | undefined = this; here; here = here.around) {
      yield* here.#definitions?.get(kind)?.keys() ?? [];
    }
  }

  name(name: string): Formula | undefined {
    for (let here: Environment | undefined = this; here; here = here.#caller) {
      const parameter = here.#own(name);
      if (parameter !== undefined) return { kind: "number", value: this.#valueOf(parameter) };
    }
    const builtIn = this.elaboration.builtIn(name);
    return builtIn === undefined ? undefined : { kind: "number", value: builtIn };
  }

  /** The value of a parameter; undefined if there is none of that name. */
  parameter(name: string): number | undefined {
    const formula = this.name(name);
    return formula?.kind === "number" ? formula.value : undefined;
  }

  /** Evaluates what nothing has asked for, so that its faults are told too; a file that is included may hold more than is used. */
  evaluateAll(source: Source | undefined): void {
    for (const it of this.#parameters?.values() ?? []) if (it.span.source === source) this.#valueOf(it);
    for (const { definition } of this.#definitions?.get("data")?.values() ?? [])
      if ("numbers" in definition && definition.span.source === source) definition.numbers();
  }

  function(name: string): UserFunction | undefined {
    const found = this.find("function", name);
    if (found === undefined) return undefined;
    const { definition, place } = found;
    const functions = (place.#functions ??= new Map());
    const known = functions.get(definition);
    if (known !== undefined) return known;
    const made: UserFunction = { parameters: definition.parameters, body: definition.body, scope: place };
    functions.set(definition, made);
    return made;
  }

  *names(): Iterable<string> {
    for (let here: Environment | undefined = this; here; here = here.#caller) {
      if (here.#first !== undefined) yield here.#first.name;
      yield* here.#parameters?.keys() ?? [];
    }
  }

  /** What a parameter of the main file is in the run at hand, where a `.step` says so. */
  #stepped(name: string): number | undefined {
    return this.overrides === undefined ? undefined : this.elaboration.steppedValue(name);
  }

  #valueOf(parameter: Parameter): number {
    const { elaboration } = this;
    if (parameter.origin !== undefined) elaboration.used.add(parameter.origin);
    const { pending, draws } = elaboration;
    if (parameter.value !== undefined) {
      draws.ask(parameter);
      return parameter.value;
    }
    const start = pending.indexOf(parameter);
    if (start >= 0) return elaboration.cycle(pending.slice(start));
    pending.push(parameter);
    const { path } = parameter.place;
    const find = () =>
      draws.at(
        path + parameter.name,
        () => parameter.place.#stepped(parameter.name) ?? constantOf(parameter.expression!, parameter.place),
      );
    const forget = () => {
      parameter.value = undefined;
    };
    const value = draws.keep(parameter, find, forget);
    pending.pop();
    parameter.value ??= value;
    return parameter.value;
  }
}

export type { Parameter };

/** What the language has under these names. */
const builtIn: ReadonlySet<string> = new Set(["temp", "temper", "vt", "time"]);

const titles: Readonly<Record<keyof Definitions, string>> = {
  model: "Model",
  subcircuit: "Subcircuit",
  device: "Device",
  function: "Function",
  data: "Table",
};
