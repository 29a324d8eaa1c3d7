import type { Item } from "../syntax/ast.js";
import type { ColumnsCard } from "./circuit.js";
import type { Items } from "./items.js";
import { nearName, written } from "./readings.js";
import { nameOf, quotedText, textOf } from "./words.js";

const formats = ["csv", "raw", "json", "prn"] as const;
type Format = (typeof formats)[number];

/** Xyce's word for its columns of text, which it writes into a file that ends with `.prn`. */
const columnsOfXyce = "std";

/** Formats of other simulators. */
const foreign = ["noindex", "probe", "tecplot", "gnuplot", "splot"];

/** Where a `.print` wants its columns written, wherever on the card it says so. */
export class DataReader {
  #format: Format | undefined;
  #file: string | undefined;

  constructor(
    readonly items: Items,
    /** The name of the card. */
    readonly card: string,
  ) {}

  /** Takes the next item if it is of this. */
  take(): boolean {
    const { items } = this;
    const { complaints } = items.place.elaboration;
    const own = this.card === ".print" ? items.setting("format", "file") : undefined;
    if (own?.name === "file") this.#file = this.#fileOf(own.value);
    else if (own !== undefined) this.#format = this.#formatOf(own.value);
    if (own !== undefined) return true;
    const odd = items.setting("format", "file", "width", "delimiter", "timescalefactor");
    if (odd === undefined) return false;
    const message = `\`${odd.name}=\` of \`${this.card}\` is known to other simulators; it has no effect here.`;
    complaints.warning("not-modelled", message, odd.span);
    return true;
  }

  /** The card's entry, if it says anything of files. */
  wanted(): Pick<ColumnsCard, "data"> {
    if (this.#file === undefined && this.#format === undefined) return {};
    return { data: { format: this.#format ?? byEnding(this.#file), file: this.#file } };
  }

  /** The name alone: data is written where all results are. */
  #fileOf(value: Item): string | undefined {
    const { place } = this.items;
    const isWord = value.kind === "word";
    const text = value.kind === "quoted" ? quotedText(value, place) : isWord ? textOf(value, place) : "";
    const name = text.split(/[\\/]/).at(-1)!;
    if (name !== "" && !/^\.+$/.test(name)) return name;
    this.items.error("expected-text", `Expected the name of a file, found \`${written(value.span)}\`.`, value.span);
    return undefined;
  }

  #formatOf(value: Item): Format | undefined {
    const word = value.kind === "word" ? nameOf(value, this.items.place) : "";
    const found = word === columnsOfXyce ? "prn" : formats.find((format) => format === word);
    if (found !== undefined) return found;
    const shown = `\`${written(value.span)}\``;
    if (foreign.includes(word)) {
      const message = `Data is not written in the format ${shown}; it is CSV here.`;
      this.items.place.elaboration.complaints.warning("not-modelled", message, value.span);
    } else {
      const near = nearName(word, formats);
      const help = near
        ? `did you mean \`${near}\`?`
        : "there are `csv`, `raw`, `json`, and `std`, the columns of Xyce.";
      this.items.error("unknown-word", `${shown} is no format of data.`, value.span, help);
    }
    return undefined;
  }
}

const byEnding = (file: string | undefined): Format =>
  formats.find((format) => file?.toLowerCase().endsWith(`.${format}`)) ?? "csv";
