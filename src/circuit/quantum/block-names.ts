import type { Formula } from "../../expressions/formula.js";
import type { Expression, Instance, Item, QuantumDefinition } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Environment } from "../environment.js";
import type { Elements } from "../expand.js";
import type { Asking } from "./asking.js";
import type { QuantumObservable } from "./observable.js";

/** What stands in a block under a name. All of a block's names are one namespace. */
export type Member =
  | { readonly kind: "qubit" | "oscillator"; readonly index: number; readonly levels: number }
  | { readonly kind: "memristor" | "photonic" | "monitor" | "lc" | "port"; readonly index: number }
  | { readonly kind: "weight" | "feature"; readonly index: number }
  | { readonly kind: "other" };

export type SystemMember = Extract<Member, { kind: "qubit" | "oscillator" }>;

/** A block as it stands in the netlist, and the names that it gives; known before any of its laws is read. */
export class BlockNames {
  readonly #members = new Map<string, { readonly member: Member; readonly span: Span }>();
  /** By kind, in the order of their cards. */
  readonly #counts = new Map<string, number>();
  /** A line could not be read that may have given a name: what asks for one is no second error. */
  torn = false;
  /** What devices of the circuit read of it. */
  readonly outputs: QuantumObservable[] = [];
  /** What is asked for in units that the frequency of a system makes. */
  readonly lengths: { readonly name: "pos" | "mom"; readonly system: number; readonly span: Span }[] = [];
  /** The circuit's nodes whose voltages its laws read. */
  readonly nodesRead = new Set<number>();
  /** It is computed with the circuit; known once the analyses are. */
  isInCircuit = false;

  constructor(
    /** Lower case, with the path of its subcircuit: `x1.pair`. */
    readonly name: string,
    /** Its place among the blocks. */
    readonly index: number,
    readonly definition: QuantumDefinition,
    readonly place: Environment,
    /** Its lines, loops unrolled. */
    readonly lines: Elements<Instance>,
    readonly si: boolean,
  ) {}

  /** The next free place of a kind; qubits and oscillators, which are the register's factors, share theirs, as weights and features do. */
  count(kind: Member["kind"]): number {
    const counted = kind === "oscillator" ? "qubit" : kind === "feature" ? "weight" : kind;
    const count = this.#counts.get(counted) ?? 0;
    this.#counts.set(counted, count + 1);
    return count;
  }

  /** Gives a name away; complains where it is taken, and counts no second member then. */
  add(shown: string, make: () => Member, span: Span): void {
    const before = this.#members.get(shown.toLowerCase());
    if (before !== undefined) this.place.elaboration.duplicate(`\`${shown}\``, span, before.span);
    else this.#members.set(shown.toLowerCase(), { member: make(), span });
  }

  find(name: string): Member | undefined {
    return this.#members.get(name.toLowerCase())?.member;
  }

  system(name: string): SystemMember | undefined {
    const member = this.find(name);
    return member?.kind === "qubit" || member?.kind === "oscillator" ? member : undefined;
  }

  /** Of each factor of the register, in their order. */
  dimensions(): readonly { readonly dimension: number }[] {
    return [...this.#members.values()].flatMap(({ member }) =>
      member.kind === "qubit" || member.kind === "oscillator" ? [{ dimension: member.levels }] : [],
    );
  }

  /** Names of some kinds, in the order of their cards. */
  names(...kinds: readonly Member["kind"][]): readonly string[] {
    return [...this.#members].flatMap(([name, { member }]) => (kinds.includes(member.kind) ? [name] : []));
  }

  /** The number of an output; a new one unless it has been asked for before. */
  output(of: QuantumObservable): number {
    const key = JSON.stringify(of);
    const known = this.outputs.findIndex((one) => JSON.stringify(one) === key);
    return known >= 0 ? known : this.outputs.push(of) - 1;
  }

  /** The name that a text means within the block: without the block's own, as it is called inside or outside of its subcircuit. */
  local(text: string): string {
    const own = [this.name, this.name.slice(this.place.path.length)];
    const before = own.find((name) => text.startsWith(`${name}.`));
    return before === undefined ? text : text.slice(before.length + 1);
  }

  /** How the outside calls a member: `pair.m1`. */
  path(name: string): string {
    return `${this.name}.${name.toLowerCase()}`;
  }
}

/** The blocks of a netlist by their names. */
export class Blocks {
  readonly all: BlockNames[] = [];
  /** What a call asks of a block, one number for each column; it stands in `observable-calls.ts`. */
  answer: (call: Extract<Expression, { kind: "call" }>, asking: Asking) => readonly Formula[] | undefined = () =>
    undefined;
  /** The calls that a block answers. */
  calls: readonly string[] = [];

  /** The nodes of the circuit that laws of blocks read. */
  get nodesRead(): readonly number[] {
    return this.all.flatMap(({ nodesRead }) => [...nodesRead]);
  }

  /** Adds a block, unless its name is taken, which is told. */
  add(block: BlockNames): boolean {
    const before = this.all.find(({ name }) => name === block.name);
    if (before === undefined) this.all.push(block);
    else {
      const { definition, place } = block;
      place.elaboration.duplicate(`Block \`${block.name}\``, definition.name.span, before.definition.name.span);
    }
    return before === undefined;
  }

  /** Whether a name is one of a block, or of something in it. */
  names(written: string, place: Environment): boolean {
    const found = this.locate(written, place);
    return found !== undefined && (found.local === "" || found.block.find(found.local) !== undefined);
  }

  /**
   * The block and the local name that `pair.m1` means at a place, from outside of a subcircuit `x1.pair.m1`; where there is one
   * block its name may be left out. A block's name alone means all of it: the local name is empty.
   */
  locate(written: string, place: Environment): { readonly block: BlockNames; readonly local: string } | undefined {
    const text = place.path + written.toLowerCase();
    const named = this.all.find(({ name }) => text === name || text.startsWith(`${name}.`));
    if (named !== undefined) return { block: named, local: text.slice(named.name.length + 1) };
    const only = this.only(place);
    return only && { block: only, local: written.toLowerCase() };
  }

  /** The one block that can be meant without its name: that of the same subcircuit; at the top else the only one there is. */
  only(place: Environment): BlockNames | undefined {
    const here = this.all.filter((block) => block.place.path === place.path);
    const meant = here.length === 0 && place.path === "" ? this.all : here;
    return meant.length === 1 ? meant[0] : undefined;
  }
}

/** The items of a line that stand by their order, and those that have a name. */
export const byOrder = (items: readonly Item[]): readonly Item[] => items.filter(({ kind }) => kind !== "setting");
