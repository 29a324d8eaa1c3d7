import type { Expression, Item, Word } from "../syntax/ast.js";
import type { MeasureCard, Signal, SwitchingTask } from "./circuit.js";
import type { Environment } from "./environment.js";
import type { Items } from "./items.js";
import { percentOf } from "./percent.js";
import { numberOf } from "./readings.js";
import { signalOf } from "./signals.js";
import { textOf } from "./words.js";

/** What can be measured of the change of a device's state. */
export const switchingMeasures = ["switch_time", "switch_energy"] as const;

/** `switch_time m1 [from=] [to=] [low=10%] [high=90%]`; undefined after having complained. */
export function readSwitching(
  what: SwitchingTask["what"],
  items: Items,
  analysis: MeasureCard["analysis"],
): SwitchingTask | undefined {
  const { complaints } = items.place.elaboration;
  const before = complaints.errors;
  const item = items.next();
  if (item?.kind !== "word") {
    items.error("missing-device", `\`${what}\` needs the name of a device: \`${what} m1\`.`, item?.span ?? items.span);
    return undefined;
  }
  if (analysis !== "tran") {
    const message = `\`${what}\` is of a \`.tran\`, but the measure is of a \`.${analysis}\`.`;
    items.error("other-run", message, item.span);
    return undefined;
  }
  const state = quantityOf(item, "x", items.place);
  const power = quantityOf(item, "p", items.place);
  const settings = readSettings(items);
  return complaints.errors > before ? undefined : { kind: "switching", what, state, power, ...settings };
}

function quantityOf(device: Word, quantity: "x" | "p", place: Environment): Signal {
  const { span } = device;
  const name = textOf(device, place).toLowerCase();
  const names = [{ kind: "word", parts: [`${name}:${quantity}`], span }] as const;
  const probe: Expression = { kind: "probe", quantity: "n", names, span };
  return signalOf(probe, `${quantity}(${name})`, span, place);
}

function readSettings(items: Items): Pick<SwitchingTask, "from" | "to" | "low" | "high"> {
  let [from, to]: (number | undefined)[] = [];
  let [low, high] = [0.1, 0.9];
  for (;;) {
    const share = items.setting("low", "high");
    if (share?.name === "low") low = shareOf(share.value, items);
    else if (share !== undefined) high = shareOf(share.value, items);
    const start = share === undefined ? items.number("from") : undefined;
    const end = share === undefined && start === undefined ? items.number("to") : undefined;
    from = start ?? from;
    to = end ?? to;
    if (share === undefined && start === undefined && end === undefined) break;
  }
  if (low >= high)
    items.error(
      "parameter-range",
      "`low` must be below `high`: both are shares of the change, such as `10%`.",
      items.span,
    );
  return { from, to, low, high };
}

/** `10%` or `0.1`. */
function shareOf(value: Item, items: Items): number {
  const share = percentOf(value, items.place) ?? numberOf(value, items.place, "a share of the change, such as `10%`");
  if (share >= 0 && share <= 1) return share;
  if (!Number.isNaN(share)) items.error("parameter-range", "A share of the change lies from 0% to 100%.", value.span);
  return Number.NaN;
}
