import type { Device } from "../../devices/device.js";
import { formatQuantity } from "../../units/quantity.js";
import type { Card } from "../card.js";
import { checkRange, type Given, readValue } from "../device-values.js";

const rinit = { meaning: "resistance at t = 0", unit: "Ω", default: undefined, range: [0, 1e18] } as const;
const noResistance =
  "its state has no resistance of its own, for its current is not proportional to the voltage; give `x0`";
const rinitNames = ["rinit", "r_init"];
const stateNames = ["x0", "xo"];
/** Whether a setting says where it starts by its resistance. */
export const isResistance = ({ name }: Given): boolean => rinitNames.includes(name);
/** Whether it does by its state. */
export const isState = ({ name }: Given): boolean => stateNames.includes(name);

/** In one place, a model or a card, a start is said once; a card's goes before its model's, whatever their names. */
export function complainOfTwoStarts(given: readonly Given[]): void {
  const states = given.filter(isState);
  const [first, second] = given.filter(isResistance);
  const [before, again] = states.length > 0 ? [states[0], first] : [first, second];
  if (before === undefined || again === undefined) return;
  const message =
    states.length > 0
      ? "Both `x0` and `rinit` are given: each says where the device starts."
      : "`rinit` is given twice.";
  const notes = [{ message: "given here first", span: before.span }];
  again.place.elaboration.complaints.error("duplicate-setting", message, again.span, { notes });
}

/** The state that has the resistance rinit. */
export function stateOf(start: Given, device: Device, values: Readonly<Record<string, number>>): number {
  if (device.stateAt === undefined) {
    const message = `\`rinit\` has no effect here: of the kind \`${device.type}\` ${noResistance}.`;
    start.place.elaboration.complaints.error("no-effect", message, start.span);
    return Number.NaN;
  }
  const { ron = Number.NaN, roff = Number.NaN } = values;
  const r = readValue("rinit", rinit, start);
  const [low, high] = [Math.min(ron, roff), Math.max(ron, roff)];
  checkRange("rinit", { ...rinit, range: [low, high] }, r, start.value.span, start.place);
  return ron === roff ? (values["x0"] ?? 0) : device.stateAt(r, values);
}

/** Windows that are 0 at both walls: a state that starts there never moves. */
const closed = ["strukov", "joglekar", "prodromakis"];

export function checkStart(card: Card, device: Device, values: Readonly<Record<string, number>>): void {
  const { x0, eta, window } = values as { x0: number; eta: number; window: number };
  const name = device.parameters["window"]?.words?.[window];
  if (eta !== undefined && !Number.isNaN(eta) && Math.abs(eta) !== 1) {
    card.error(
      "parameter-range",
      `\`eta\` (polarity) of \`${card.shown}\` is ${formatQuantity(eta, "1")}, but must be 1 or -1.`,
    );
  }
  if ((x0 === 0 || x0 === 1) && name !== undefined && closed.includes(name)) {
    const message = `\`${card.shown}\` starts at x = ${x0}, where the window \`${name}\` is 0: its state never moves.`;
    const help = "start inside the range (`x0=0.1`, or `rinit` between ron and roff), or take `window=biolek`.";
    card.elaboration.complaints.warning("stuck-state", message, card.span, { help });
  }
}
