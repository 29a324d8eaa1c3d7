import type { Device } from "../devices/device.js";
import type { Formula, Program } from "../expressions/formula.js";
import type { Braced, Equation, Expression, Group, Instance, Item, Quoted, Setting, Word } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Elaboration } from "./elaboration.js";
import type { Environment } from "./environment.js";
import type { Made, Named, Part } from "./part.js";
import { looksLikeValue, nearName, nodeOf, numberOf, written } from "./readings.js";
import { signalLaw } from "./signal-scope.js";
import { nameOf, textOf } from "./words.js";

/** An item without a name. */
type Plain = Exclude<Item, Setting>;

const isSetting = (item: Item): item is Setting => item.kind === "setting";

const noSettings: ReadonlyMap<string, Setting> = new Map();

/** How a law becomes a device. */
export interface ByLaw {
  device(law: Program): Device;
  constant(value: number): Made;
  /** The own unknown that is its current, where the device has one. */
  readonly branch?: number;
  /** The voltage or current that it starts with. */
  readonly initial?: number;
  /** Applied to the formula before it is compiled. */
  wrap?(formula: Formula): Formula;
}

/** The items of an element card, read from left to right; settings by their names. */
export class Card {
  readonly elaboration: Elaboration;
  readonly #items: readonly Plain[];
  readonly #written: readonly Item[];
  #settings: Map<string, Setting> | undefined;
  #at = 0;

  constructor(
    readonly card: Instance,
    readonly place: Environment,
    readonly named: Named,
    /** The element's own name as the user wrote it: `R1`. */
    readonly shown: string,
    /** Its name with the path of its subcircuit, lower case: `x1.r1`. */
    readonly path: string,
    items: readonly Item[],
  ) {
    this.elaboration = place.elaboration;
    this.#written = items;
    this.#items = items.some(isSetting) ? items.filter((item) => !isSetting(item)) : (items as readonly Plain[]);
    if (this.#items !== items) for (const item of items) if (isSetting(item)) this.#addSetting(item);
  }

  /** The same card, of which nothing has been read. */
  unread(): Card {
    return new Card(this.card, this.place, this.named, this.shown, this.path, this.#written);
  }

  get span(): Span {
    return this.card.span;
  }

  #addSetting(setting: Setting): void {
    const name = nameOf(setting.name, this.place);
    const settings = (this.#settings ??= new Map());
    const before = settings.get(name);
    if (before === undefined) settings.set(name, setting);
    else
      this.error("duplicate-setting", `\`${name}=\` is given twice.`, setting.span, [before.span, "given here first"]);
  }

  error(code: string, message: string, span: Span = this.span, note?: readonly [Span, string], help?: string): void {
    this.elaboration.complaints.error(code, message, span, {
      ...(note && { notes: [{ span: note[0], message: note[1] }] }),
      ...(help !== undefined && { help }),
    });
  }

  /** How many items without a name are left. */
  get left(): number {
    return this.#items.length - this.#at;
  }

  peek(ahead = 0): Word | Braced | Quoted | Group | Equation | undefined {
    return this.#items[this.#at + ahead];
  }

  next(): Word | Braced | Quoted | Group | Equation | undefined {
    return this.#items[this.#at++];
  }

  /** The lower-case text of the next item, if it is a word. */
  peekWord(ahead = 0): string | undefined {
    const item = this.peek(ahead);
    return item?.kind === "word" ? nameOf(item, this.place) : undefined;
  }

  /** Takes the next item if it is this word. */
  takeWord(...words: readonly string[]): string | undefined {
    const word = this.peekWord();
    if (word === undefined || !words.includes(word)) return undefined;
    this.#at++;
    return word;
  }

  setting(...names: readonly string[]): Setting | undefined {
    const settings = this.#settings;
    if (settings === undefined) return undefined;
    for (const name of names) {
      const found = settings.get(name);
      if (found === undefined) continue;
      settings.delete(name);
      return found;
    }
    return undefined;
  }

  /** The settings that nobody has taken yet. */
  get settings(): ReadonlyMap<string, Setting> {
    return this.#settings ?? noSettings;
  }

  /** The number of a setting; undefined if it is not there. */
  settingNumber(...names: readonly string[]): number | undefined {
    const setting = this.setting(...names);
    if (setting === undefined) return undefined;
    const name = written(setting.name.span);
    const read = () => numberOf(setting.value, this.place, `a number behind \`${name}=\``);
    return this.elaboration.draws.within(name.toLowerCase(), read);
  }

  /** Nodes for the given terminals; undefined after having complained. */
  nodes(...roles: readonly string[]): readonly number[] | undefined {
    const found: number[] = [];
    for (const _ of roles) {
      const node = this.#node(roles, found.length);
      if (node === undefined) return undefined;
      found.push(node);
    }
    return found;
  }

  #node(roles: readonly string[], k: number): number | undefined {
    const item = this.next();
    if (item === undefined) {
      const [role] = [roles[k]];
      const found = k === 0 ? "no nodes" : k === 1 ? "one node" : `${k} nodes`;
      const message = `\`${this.shown}\` needs ${roles.length} nodes (${roles.join(", ")}), found ${found}: \`${role}\` is missing.`;
      this.error("missing-node", message);
      return undefined;
    }
    return nodeOf(item, this.place);
  }

  /** The number at the next place; NaN after having complained. */
  number(what: string): number {
    const item = this.next();
    if (item !== undefined) return numberOf(item, this.place, what);
    this.error("missing-value", `\`${this.shown}\` needs ${what} behind its nodes, found the end of the card.`);
    return Number.NaN;
  }

  /** Complains of a card that ends before its value. A node may be what is really missing. */
  missingValue(what: string): void {
    const last = this.#items[this.#at - 1];
    if (last?.kind === "word" && looksLikeValue(textOf(last, this.place))) {
      const message = `\`${this.shown}\` needs two nodes and ${what}; found \`${written(last.span)}\` where the second node may stand, and nothing behind it.`;
      this.error("missing-node", message, last.span, undefined, "write both nodes before the value.");
      return;
    }
    this.error("missing-value", `\`${this.shown}\` needs ${what} behind its nodes, found the end of the card.`);
  }

  /** Puts the device of this card into the circuit. */
  add(element: string, terminals: readonly number[], made?: Made, branch?: number): Part {
    const part = this.elaboration.network.add(
      this.place.path + this.shown,
      element,
      terminals,
      this.span,
      made,
      branch,
      this.path,
    );
    this.named.part = part;
    return part;
  }

  /** Puts a further device into the circuit that this card stands for, under a name that no netlist can write. */
  addHidden(suffix: string, element: string): Part {
    return this.elaboration.network.add(this.path + suffix, element, [], this.span);
  }

  /**
   * Puts a device into the circuit whose law speaks of the solution: names of other devices are known only when all
   * cards are read. Where the law comes out as a plain number, `constant` says what device it is.
   */
  addByLaw(element: string, terminals: readonly number[], expression: Expression, by: ByLaw): void {
    const part = this.add(element, terminals, undefined, by.branch);
    if (by.initial !== undefined) part.initial = by.initial;
    this.elaboration.later(() => {
      const found = signalLaw(expression, this.place, part.name, by.wrap);
      if (found.kind === "number") part.become(by.constant(found.value));
      else {
        const { formula, controls } = found;
        part.become({ device: by.device(found.law), controls, law: { formula, device: by.device } });
      }
    });
  }

  /** Complains of what nobody has taken: text behind a complete card, settings it does not know. */
  end(known: readonly string[] = [], notModelled: readonly string[] = []): void {
    const item = this.peek();
    if (item !== undefined) {
      const message = `\`${written(item.span)}\` stands behind a complete card for \`${this.shown}\`.`;
      const help = this.#decimalComma() ?? "take it away, or put `;` before it to make it a comment.";
      this.error("text-behind-card", message, item.span, undefined, help);
    }
    if (this.#settings === undefined) return;
    for (const [name, setting] of this.#settings) this.#leftover(name, setting, known, notModelled);
  }

  /** `1,5u` is two words, for a comma parts them. */
  #decimalComma(): string | undefined {
    const [before, item] = [this.peek(-1), this.peek()];
    if (before?.kind !== "word" || item?.kind !== "word") return undefined;
    const text = item.span.source.text.slice(before.span.start, item.span.end);
    return /^[-+]?\d+,\d\S*$/.test(text) ? `the decimal mark is a point: \`${text.replace(",", ".")}\`.` : undefined;
  }

  #leftover(name: string, setting: Setting, known: readonly string[], notModelled: readonly string[]): void {
    if (notModelled.includes(name)) {
      const message = `\`${name}\` of \`${this.shown}\` is known to SPICE but not modelled here; it has no effect.`;
      this.elaboration.complaints.warning("not-modelled", message, setting.span);
      return;
    }
    const near = nearName(name, known);
    const list = known.map((it) => `\`${it}\``).join(", ");
    const help = near ? `did you mean \`${near}\`?` : known.length > 0 ? `it takes ${list}.` : "it takes no settings.";
    this.error("unknown-parameter", `\`${this.shown}\` has no parameter \`${name}\`.`, setting.span, undefined, help);
  }
}
