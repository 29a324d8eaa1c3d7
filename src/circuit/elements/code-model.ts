import type { Card } from "../card.js";
import { typeOf } from "../models.js";
import { nameOf } from "../words.js";
import { readMemristor } from "./memristor.js";

/** `A1 a b model`: of ngspice's code models the memristor, whose law is that of `kind=pershin`. */
export function readCodeModel(card: Card): void {
  const last = card.peek(card.left - 1);
  const model = last?.kind === "word" ? card.place.find("model", nameOf(last, card.place)) : undefined;
  if (model !== undefined && typeOf(model) === "memristor") {
    readMemristor(card);
    return;
  }
  const type = model === undefined ? "" : `, and none of type \`${typeOf(model)}\``;
  const message = `\`${card.shown}\`: of code models (\`A\`) only memristors are supported${type}.`;
  card.error("not-supported-yet", message, card.card.name.span);
}
