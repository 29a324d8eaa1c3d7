import type { Item } from "../../syntax/ast.js";
import type { Span } from "../../text/source.js";
import type { Environment } from "../environment.js";
import { Settings } from "../settings.js";
import { nameOf } from "../words.js";

/** The settings of a card that consists of a name and `name=value` in any order. */
export class CardSettings extends Settings {
  /** The card's own name, lower case; empty after having complained. */
  readonly name: string;

  constructor(card: string, items: readonly Item[], place: Environment, span: Span, known: readonly string[]) {
    const [first, ...rest] = items;
    const isNamed = first?.kind === "word";
    super(card, isNamed ? rest : items, place, span, known);
    this.name = isNamed ? nameOf(first, place) : "";
    if (!isNamed) this.error("missing-name", `\`${card}\` needs a name behind it.`, first?.span ?? span);
  }
}
