import type { Word } from "../../syntax/ast.js";
import type { Card } from "../card.js";
import type { Unknown } from "../circuit.js";
import { Inputs } from "../inputs.js";
import type { Made, Part } from "../part.js";
import { currentOf } from "../probes.js";
import { textOf } from "../words.js";

/** The name of the device whose current controls another; undefined after having complained. */
export function controllingDevice(card: Card): Word | undefined {
  const control = card.next();
  if (control?.kind === "word") return control;
  const message = `\`${card.shown}\` needs the name of the device whose current controls it.`;
  card.error("missing-device", message, control?.span);
  return undefined;
}

/** Makes a part what it is, with that current as its control, once the names of all devices are known. */
export function becomeControlled(card: Card, part: Part, control: Word, made: Made): void {
  card.elaboration.later(() => {
    const inputs = new Inputs<Unknown>();
    currentOf(textOf(control, card.place), control.span, {
      place: card.place,
      input: (it) => inputs.of(it as Unknown),
      unknownsOnly: true,
    });
    part.become({ ...made, controls: inputs.all });
  });
}
