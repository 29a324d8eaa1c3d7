import type { Expression } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { PlotCard, Signal } from "../circuit.js";
import type { Environment } from "../environment.js";
import type { Items } from "../items.js";
import { complainOfOption, StyleReader } from "../plot-style.js";
import { written } from "../readings.js";
import { textOf } from "../words.js";
import type { BlockNames, SystemMember } from "./block-names.js";
import { aOr, complainOfUnknownSystem } from "./line.js";
import type { QuantumObservable } from "./observable.js";

/** Settings that say nothing of a picture without axes. */
const ofAxes = ["logx", "logy", "xunit", "xlabel", "ylabel", "mark"] as const;

/** `.plot circuit [block]`: the gates of its digital run. */
export function readCircuitPlot(items: Items): PlotCard | undefined {
  const reading = new Reading(items, []);
  const [first, second] = reading.words;
  if (second !== undefined)
    items.error("text-behind-card", "`.plot circuit` draws one block: this is one too many.", second.span);
  const block = reading.block(first);
  if (block !== undefined && first !== undefined && first.text !== block.name)
    items.error("unknown-block", `There is no block \`${first.text}\`.`, first.span, `write \`${block.name}\`.`);
  if (block === undefined || reading.failed) return undefined;
  return { kind: "circuit", block: block.index, style: reading.style.style(), span: items.span };
}

/** `.plot bloch a [b …]`: the path of each qubit on its sphere. */
export function readBlochPlot(items: Items): PlotCard | undefined {
  const reading = new Reading(items, []);
  if (reading.words.length === 0 && !reading.failed)
    items.error("missing-name", "`.plot bloch` needs the name of a qubit: `.plot bloch a`.", items.span);
  const spheres = reading.words.flatMap((word) => {
    const block = reading.block(word);
    const qubit = block && reading.system(word, block, "qubit");
    if (block === undefined || qubit === undefined) return [];
    const signal = (axis: "x" | "y" | "z"): Signal => {
      const name = `bloch(${block.path(qubit.name)},${axis})`;
      return blockSignal({ kind: "bloch", system: qubit.index, axis }, name, block, items.place, word.span);
    };
    return [{ name: block.path(qubit.name), axes: [signal("x"), signal("y"), signal("z")] as const }];
  });
  if (reading.failed || spheres.length === 0) return undefined;
  return { kind: "bloch", spheres, style: reading.style.style(), span: items.span };
}

/** More states than this have no room for their names. */
const mostStates = 32;

/** `.plot map rho [parts=re|polar] [at=2]`, `.plot map rho(a,b)`: the entries of a density matrix at a time. */
export function readRhoPlot(items: Items): PlotCard | undefined {
  const item = items.next()!;
  const reading = new Reading(items, ["at", "parts"]);
  for (const { span } of reading.words)
    items.error("text-behind-card", "`.plot map rho` draws one density matrix: name systems as in `rho(a,b)`.", span);
  const names =
    item.kind === "expression" && item.expression.kind === "call"
      ? item.expression.arguments.map(nameOfExpression)
      : [];
  const block = reading.block(names[0]);
  if (block === undefined) return undefined;
  const named = names.flatMap((name) => (name.text === block.name ? [] : (reading.system(name, block) ?? [])));
  if (reading.failed) return undefined;
  const all = block.names("qubit", "oscillator").map((name) => ({ ...block.system(name)!, name }));
  const shown = named.length === 0 ? all : named;
  const basis = basisOf(shown);
  if (basis.length > mostStates) {
    const message = `This density matrix has ${basis.length} rows, but a map shows ${mostStates} at most.`;
    items.error("too-many-states", message, item.span, `name fewer systems: \`rho(${shown[0]!.name})\`.`);
    return undefined;
  }
  const systems = named.map(({ index }) => index);
  const label = `rho(${named.length === 0 ? block.name : named.map(({ name }) => block.path(name)).join(",")})`;
  const entry = (row: number, column: number, part: "re" | "im"): Signal => {
    const name = `${part}(${label.slice(0, -1)},${row},${column}))`;
    return blockSignal({ kind: "element", systems, row, column, part }, name, block, items.place, item.span);
  };
  const places = basis.flatMap((_, row) => basis.slice(row).map((__, k) => [row, row + k] as const));
  return {
    kind: "rho",
    name: label,
    basis,
    real: places.map(([row, column]) => entry(row, column, "re")),
    imaginary: places.filter(([row, column]) => row < column).map(([row, column]) => entry(row, column, "im")),
    parts: reading.parts,
    at: reading.at,
    style: reading.style.style(),
    span: items.span,
  };
}

/** Whether `.plot map` is of a density matrix: `rho`, or `rho(a,b)` of systems alone. */
export function asksForRho(items: Items): boolean {
  const item = items.peek();
  if (items.place.elaboration.blocks.all.length === 0) return false;
  if (items.word() === "rho") return true;
  if (item?.kind !== "expression" || item.lone) return false;
  return item.expression.kind === "call" && item.expression.name === "rho";
}

interface Name {
  readonly text: string;
  readonly span: Span;
}

const nameOfExpression = (e: Expression): Name => ({
  text: e.kind === "name" ? e.name.toLowerCase() : written(e.span),
  span: e.span,
});

type Found = SystemMember & { readonly name: string };

/** What stands on the card: words, settings, the look. */
class Reading {
  readonly words: Name[] = [];
  readonly style: StyleReader;
  at: number | undefined;
  parts: "re" | "polar" = "re";
  readonly #before: number;

  constructor(
    readonly items: Items,
    own: readonly ("at" | "parts")[],
  ) {
    this.#before = items.place.elaboration.complaints.errors;
    this.style = new StyleReader(items, ofAxes);
    while (items.left > 0) this.#next(own);
  }

  get failed(): boolean {
    return this.items.place.elaboration.complaints.errors > this.#before;
  }

  #next(own: readonly ("at" | "parts")[]): void {
    const { items } = this;
    const at = own.includes("at") ? items.number("at") : undefined;
    const parts = at === undefined && own.includes("parts") ? items.setting("parts") : undefined;
    if (at !== undefined) this.at = at;
    else if (parts !== undefined) {
      const word = parts.value.kind === "word" ? textOf(parts.value, items.place).toLowerCase() : "";
      if (word === "re" || word === "polar") this.parts = word;
      else {
        const help = "`re` shows real and imaginary parts, `polar` magnitudes and phases.";
        items.error("unknown-word", "`parts` is `re` or `polar`.", parts.value.span, help);
      }
    } else if (!this.style.take() && !complainOfOption(items, own)) {
      const item = items.next()!;
      if (item.kind === "word") this.words.push({ text: textOf(item, items.place).toLowerCase(), span: item.span });
      else items.error("expected-name", `Expected a name, found \`${written(item.span)}\`.`, item.span);
    }
  }

  /** The block that a name speaks of; the only one where none stands. */
  block(name: Name | undefined): BlockNames | undefined {
    const { items } = this;
    const { blocks, complaints } = items.place.elaboration;
    const found = blocks.locate(name?.text ?? "", items.place)?.block;
    if (found !== undefined || complaints.failed) return found;
    const list = blocks.all.map((it) => `\`${it.name}\``).join(" and ");
    const [message, help] =
      blocks.all.length === 0
        ? ["This picture is of a quantum block, which the netlist has not.", "write one: `.quantum q … .endquantum`."]
        : [`There are ${blocks.all.length} blocks, ${list}: say which.`, "write `block.name`, or the block's name."];
    items.error("which-block", message, name?.span ?? items.span, help);
    return undefined;
  }

  system({ text, span }: Name, block: BlockNames, kind?: SystemMember["kind"]): Found | undefined {
    const local = block.local(text);
    const found = block.system(local);
    if (found === undefined) complainOfUnknownSystem(local, block, span);
    if (found === undefined || kind === undefined || found.kind === kind) return found && { ...found, name: local };
    this.items.error("unlike-systems", `A sphere is of ${aOr(kind)}, but \`${local}\` is ${aOr(found.kind)}.`, span);
    return undefined;
  }
}

/** Names of the states of a basis, the last system's level changing fastest: `eg`; levels above 9 are parted by commas. */
function basisOf(systems: readonly SystemMember[]): readonly string[] {
  const names = (it: SystemMember): readonly string[] =>
    it.kind === "qubit" ? ["e", "g"] : Array.from({ length: it.levels }, (_, n) => String(n));
  const comma = systems.length > 1 && systems.some(({ levels }) => levels > 10) ? "," : "";
  return systems.reduce<readonly string[]>(
    (all, it) => all.flatMap((head) => names(it).map((level) => (head === "" ? level : `${head}${comma}${level}`))),
    [""],
  );
}

/** A quantity of a block as a signal by itself. */
function blockSignal(of: QuantumObservable, name: string, block: BlockNames, place: Environment, span: Span): Signal {
  const { programs, signalNames } = place.elaboration;
  const formula = { kind: "input", index: 0 } as const;
  const inputs = [{ kind: "quantum", block: block.index, of, unit: "1", isInCircuit: block.isInCircuit } as const];
  const content = `${programs.keyOf(formula)} ${JSON.stringify(inputs)}`;
  return { name: signalNames.of(name, content), unit: "1", formula, inputs, span };
}
