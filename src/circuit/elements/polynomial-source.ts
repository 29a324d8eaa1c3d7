import type { Formula } from "../../expressions/formula.js";
import type { ByLaw, Card } from "../card.js";
import type { Unknown } from "../circuit.js";
import { Inputs } from "../inputs.js";
import { currentOf } from "../probes.js";
import { numberOf } from "../readings.js";
import { lawOf } from "../signal-scope.js";
import { textOf } from "../words.js";
import { controlNodes } from "./control-nodes.js";
import { polynomial } from "./polynomial.js";
import { scaledBy } from "./scaled.js";

/** What a source with a polynomial is beside its coefficients. */
interface PolynomialSource {
  readonly element: string;
  readonly controlledBy: "voltage" | "current";
  readonly terminals: readonly number[];
  readonly by: ByLaw;
  readonly factor: number;
}

/** A controlling quantity, once the names of all devices are known. */
type Control = (inputs: Inputs<Unknown>) => Formula;

/** `E1 a b poly(2) c d e f p0 p1 …`, `F1 a b poly(1) V1 p0 p1 …`. */
export function readPolynomial(card: Card, source: PolynomialSource): void {
  card.next();
  const count = countOf(card);
  if (count === undefined) return;
  const controls = Array.from({ length: count }, () =>
    source.controlledBy === "voltage" ? voltage(card) : current(card),
  );
  const coefficients: number[] = [];
  while (card.left > 0) coefficients.push(card.number("a coefficient"));
  card.end();
  if (controls.some((control) => control === undefined)) return;
  if (coefficients.length === 0) {
    card.error("missing-value", `\`poly\` of \`${card.shown}\` needs coefficients.`);
    return;
  }
  const { element, terminals, by, factor } = source;
  const part = card.add(element, terminals, undefined, by.branch);
  card.elaboration.later(() => {
    const inputs = new Inputs<Unknown>();
    const x = controls.map((control) => control!(inputs));
    const law = lawOf(scaledBy(factor)(polynomial(x, coefficients)), inputs.all, card.place);
    if (law.kind === "number") part.become(by.constant(law.value));
    else part.become({ device: by.device(law.law), controls: law.controls });
  });
}

/** The number in `poly(2)`. */
function countOf(card: Card): number | undefined {
  const group = card.next();
  if (group?.kind !== "group" || group.items.length !== 1) {
    card.error("missing-value", "Expected the number of controls in parentheses: `poly(2)`.", group?.span);
    return undefined;
  }
  const count = numberOf(group.items[0]!, card.place, "the number of controls");
  if (Number.isInteger(count) && count >= 1 && count <= 100) return count;
  if (!Number.isNaN(count)) {
    card.error("parameter-range", "The number of controls must be a small whole number.", group.span);
  }
  return undefined;
}

function voltage(card: Card): Control | undefined {
  const nodes = controlNodes(card);
  if (nodes === undefined) return undefined;
  return (inputs) => {
    const [a, b] = nodes.map((node) => inputs.of({ kind: "node", node })) as [Formula, Formula];
    return b.kind === "number" ? a : { kind: "call", name: "-", arguments: [a, b] };
  };
}

function current(card: Card): Control | undefined {
  const item = card.next();
  if (item?.kind !== "word") {
    const message = `\`poly\` of \`${card.shown}\` needs the name of a source for each control.`;
    card.error("missing-device", message, item?.span);
    return undefined;
  }
  const { place } = card;
  return (inputs) =>
    currentOf(textOf(item, place), item.span, { place, input: (it) => inputs.of(it as Unknown), unknownsOnly: true });
}
