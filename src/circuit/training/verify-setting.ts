import type { CardSettings } from "./card-settings.js";
import type { TrainCard } from "./cards.js";

/** `verify=2% max=20`: how close a write must come, over its change, and how many pulses it may take. */
export function verifyOf(given: CardSettings): TrainCard["verify"] {
  const tolerance = given.share("verify");
  const max = given.count("max", 20);
  if (tolerance === undefined) {
    if (given.value("max") !== undefined)
      given.error(
        "no-effect",
        "`max=` says how often a write is repeated, which only `verify=` asks for.",
        given.at("max"),
      );
    return undefined;
  }
  if (tolerance <= 0 || tolerance >= 1) {
    const message = `\`verify\` is ${tolerance}, but must lie between 0 and 1: how far from its change a write may stay, over the change.`;
    given.error("parameter-range", message, given.at("verify"), "write `verify=2% max=20`.");
  }
  return { tolerance, max };
}
