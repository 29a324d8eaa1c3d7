import type { Directive } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Environment } from "../environment.js";
import type { Placed } from "../expand.js";
import { didYouMean, nearName } from "../readings.js";
import type { DatasetCard } from "./cards.js";
import { readDataset } from "./dataset-card.js";

/** The data sets of a netlist by their names; each is read when it is first asked for. */
export class Datasets {
  readonly #cards = new Map<string, { readonly card: Directive; readonly place: Environment }>();
  readonly #read = new Map<string, DatasetCard | undefined>();
  /** What of the circuit or of a block takes in rows. */
  readonly feeds: Feed[] = [];

  declare(cards: readonly Placed[]): void {
    for (const { card, place } of cards) {
      if (card.kind !== "directive" || card.name !== ".dataset") continue;
      const [first] = card.items;
      const name = first?.kind === "word" ? first.parts.join("").toLowerCase() : "";
      const before = this.#cards.get(name);
      if (before === undefined) this.#cards.set(name, { card, place });
      else place.elaboration.duplicate(`Data set \`${name}\``, card.span, before.card.span);
    }
  }

  get any(): boolean {
    return this.#cards.size > 0;
  }

  /** All of them, read. */
  all(): ReadonlyMap<string, DatasetCard | undefined> {
    for (const name of this.#cards.keys()) this.#get(name);
    return this.#read;
  }

  /** `ts.u`: a column of a data set; undefined after having complained. */
  column(text: string, span: Span, { elaboration }: Environment): SeriesColumn | undefined {
    const { complaints } = elaboration;
    const [name, column] = [text.slice(0, text.indexOf(".")), text.slice(text.indexOf(".") + 1)];
    if (!text.includes(".")) {
      const help = "write the data set and its column: `ts.u` of a `.dataset ts`.";
      complaints.error("unknown-column", `\`${text}\` names no column of a data set.`, span, { help });
      return undefined;
    }
    if (!this.#cards.has(name)) {
      const { help } = didYouMean(nearName(name, this.#cards.keys()));
      complaints.error("unknown-dataset", `There is no data set \`${name}\`.`, span, help ? { help } : {});
      return undefined;
    }
    const data = this.#get(name);
    if (data === undefined) return undefined;
    const names = [...data.inputs, ...data.targets];
    const place = names.indexOf(column);
    if (place >= 0) return { data, name: column, values: data.rows.map((row) => row[place]!) };
    const list = names.map((it) => `\`${it}\``).join(", ");
    const help = didYouMean(nearName(column, names)).help ?? `it has ${list}.`;
    complaints.error("unknown-column", `The data set \`${name}\` has no column \`${column}\`.`, span, { help });
    return undefined;
  }

  #get(name: string): DatasetCard | undefined {
    if (!this.#read.has(name)) {
      const { card, place } = this.#cards.get(name)!;
      this.#read.set(name, readDataset(card, place));
    }
    return this.#read.get(name);
  }
}

/** Something that takes in a row each period. */
export interface Feed {
  readonly data: DatasetCard;
  /** s, or in the time of the block that takes it. */
  readonly period: number;
  readonly span: Span;
}

/** A column of a data set as a series: a number a row. */
export interface SeriesColumn {
  readonly data: DatasetCard;
  readonly name: string;
  readonly values: readonly number[];
}
