import type { Device, Preset } from "../../devices/device.js";
import { knowm } from "../../devices/memristors/knowm.js";
import { linearDrift } from "../../devices/memristors/linear-drift.js";
import { pem } from "../../devices/memristors/pem.js";
import { team } from "../../devices/memristors/team.js";
import { filmWindows, windows } from "../../devices/memristors/windows.js";
import { yakopcic } from "../../devices/memristors/yakopcic.js";
import type { Given } from "../device-values.js";
import type { Model } from "../models.js";
import { numberOf } from "../readings.js";
import { withTables } from "./memristor-tables.js";

/** What a `level=` of Xyce means here: a kind, what Xyce sets where a deck does not, and what is left of its settings. */
export interface LevelMeaning {
  readonly device: Device;
  readonly preset: Preset["values"];
  readonly given: readonly Given[];
  readonly names: XyceNames;
}

/** What Xyce prints under its own names of a memristor. */
export interface XyceNames {
  /** `n(ymemristor!m1_x)` is offset + factor·x; undefined: x. */
  readonly state?: { readonly offset: number; readonly factor: number };
  /** `n(ymemristor!m1:r)` is 1/(∂i/∂v), not v/i. */
  readonly isDifferential?: boolean;
  /** Where neither model nor card says where it starts, Xyce looks at the voltage of the operating point. */
  readonly startsByVoltage?: boolean;
}

/** Random telegraph noise, which Xyce has in levels 2 and 3. */
const noise = /^(res|x)(noise|seed|lambda|td|eptd|delta|deltagrad)$/;
const ofKnowm = ["von", "voff", "tau", "phi", "sfa", "sfb", "sra", "srb"];
const ofDrift = ["ron", "roff", "d", "uv", "p", "rinit", "r_init"];

/**
 * The model that `level=2 … 5` means: 2 to 4 as Xyce has them. Knowm's fork of Xyce uses 4 and 5 for models of its own,
 * which are told by the names of their parameters. Undefined after having complained.
 */
export function levelMeaning(level: Given, all: readonly Given[], model: Model): LevelMeaning | undefined {
  const { complaints } = model.place.elaboration;
  const given = all.filter((it) => it !== level && !isNoise(it));
  for (const it of all.filter(isNoise)) {
    complaints.warning("not-modelled", `\`${it.name}\`, a telegraph noise of Xyce, has no effect here.`, it.span);
  }
  const has = (names: readonly string[]) => given.some(({ name }) => names.includes(name));
  const number = numberOf(level.value, level.place, "a level");
  if (number === 2) return teamOf(given, model);
  if (number === 3) return yakopcicOf(given, model);
  if (number === 5 || (number === 4 && has(ofKnowm))) return { device: knowm, preset: {}, given, names: {} };
  if (number === 4) return has(ofDrift) ? driftOf(given) : pemOf(given, model);
  if (!Number.isNaN(number)) {
    const help = "there are 2 (TEAM), 3 (Yakopcic), 4 (PEM), and those of Knowm's decks, 4 (Joglekar's window) and 5.";
    complaints.error("unknown-level", `There is no memristor of level ${number}.`, level.value.span, { help });
  }
  return undefined;
}

/** What the card of a memristor by its level says: `ivrelation` is a number there. */
export function ofLevelCard(it: Given): Given {
  if (it.name !== "ivrelation" || it.value.kind !== "word") return it;
  const { span } = it.value;
  const value = numberOf(it.value, it.place, "0 or 1");
  return { ...it, value: { kind: "expression", expression: { kind: "number", value, span }, lone: true, span } };
}

const isNoise = ({ name }: Given): boolean => noise.test(name);

/** A number of a model; NaN after having complained. */
function numberAt(name: string, given: readonly Given[], otherwise: number): number {
  const found = given.find((it) => it.name === name);
  return found === undefined ? otherwise : numberOf(found.value, found.place, `a number for \`${name}\``);
}

/** Level 4 and 5 of Knowm's decks: Joglekar's window if no metastable switch is spoken of. */
const driftOf = (given: readonly Given[]): LevelMeaning => ({
  device: linearDrift,
  preset: { ron: 100, roff: 16e3, d: 10e-9, uv: 1e-14, p: 1, window: windows.indexOf("joglekar"), x0: 0 },
  given,
  names: {},
});

/** Level 3. Its own default of `vn` is below 0, where the state would move without a voltage. */
function yakopcicOf(given: readonly Given[], { definition, place }: Model): LevelMeaning {
  if (!given.some(({ name }) => name === "vn")) {
    const message =
      "This model gives no `vn`: Xyce takes -0.01, with which the state moves without a voltage; here it is 0.01.";
    place.elaboration.complaints.warning("xyce-default", message, definition.span, { help: "give `vn`, above 0." });
  }
  const ones = ["a1", "a2", "b", "ap", "an", "xp", "xn", "alphap", "alphan", "eta"].map((name) => [name, 1]);
  const preset = { ...Object.fromEntries(ones), vp: 0.01, vn: 0.01, x0: 0 };
  // Xyce reads `xscaling` and does nothing with it.
  const rest = given.filter(({ name }) => name !== "xscaling");
  return { device: yakopcic, preset, given: rest, names: { isDifferential: true } };
}

/** Level 4. */
function pemOf(given: readonly Given[], model: Model): LevelMeaning | undefined {
  const files = [
    ["fxpdata", "filep.dat"],
    ["fxmdata", "filem.dat"],
  ] as const;
  const { span } = model.definition;
  const missing = files
    .filter(([name]) => !given.some((it) => it.name === name))
    .map(([name, text]): Given => ({ name, value: { kind: "quoted", text, span }, span, place: model.place }));
  const made = withTables({ device: pem, given: [...given, ...missing] }, model);
  return made && { ...made, preset: {}, names: { isDifferential: true, startsByVoltage: true } };
}

/** The windows of level 2 that mean the same here. */
const windowOf = new Map<number, (typeof filmWindows)[number]>([
  [0, "none"],
  [1, "joglekar"],
  [4, "kvatinsky"],
]);
const ofWindow = ["wt", "d", "p", "j", "xscaling"];

/**
 * Level 2. `xscaling` multiplies all lengths but `d`, which leaves x, the share of the film, as it is: it only says in
 * what unit Xyce prints the state.
 */
function teamOf(given: readonly Given[], model: Model): LevelMeaning | undefined {
  const number = (name: string, otherwise: number) => numberAt(name, given, otherwise);
  const [xon, xoff, scale] = [number("xon", 0), number("xoff", 3e-9), number("xscaling", 1)];
  const window = windowAt(number("wt", 0), given, model, (xoff - xon) * scale);
  if (window === undefined) return undefined;
  warnOfIon(given, model);
  if (window === "none") warnOfWalls(model);
  const preset = {
    window: filmWindows.indexOf(window),
    clamp: window === "kvatinsky" ? 1 : 0,
    x0: xoff === xon ? 0 : Math.min(1, Math.max(0, -xon / (xoff - xon))),
    ...(window === "joglekar" && { p: number("p", 1) }),
  };
  const rest = given.filter(({ name }) => !ofWindow.includes(name));
  const state = { offset: xon * scale, factor: (xoff - xon) * scale };
  return { device: team, preset, given: rest, names: { state } };
}

function warnOfIon(given: readonly Given[], { definition, place }: Model): void {
  if (given.some(({ name }) => name === "ion")) return;
  const message =
    "This model gives no `ion`: Xyce takes +8.9 µA, with which the state moves without a current; here it is -8.9 µA.";
  place.elaboration.complaints.warning("xyce-default", message, definition.span, { help: "give `ion`, below 0." });
}

function warnOfWalls({ definition, place }: Model): void {
  const message = "This model has no window: Xyce lets its state run beyond `xon` and `xoff`; here it stops there.";
  const help = "give `wt=4` with `aon`, `aoff` and `wc`, if that is not what you want.";
  place.elaboration.complaints.warning("xyce-walls", message, definition.span, { help });
}

/** The window of a number `wt`; undefined after having complained. `width`: of the film, in the unit of `d`. */
function windowAt(wt: number, given: readonly Given[], model: Model, width: number) {
  const { complaints } = model.place.elaboration;
  const at = given.find(({ name }) => name === "wt")?.span ?? model.definition.span;
  const found = windowOf.get(wt);
  const refuse = (message: string, help: string): undefined => {
    complaints.error("xyce-window", message, at, { help });
    return undefined;
  };
  if (Number.isNaN(wt)) return undefined;
  if (wt === 2) {
    const message =
      "Xyce's `wt=2` is Biolek's window with its sign turned round: the state would run through its walls.";
    return refuse(message, "for the window as it was published write `kind=team window=biolek`.");
  }
  if (wt === 3) {
    const message = "Xyce's `wt=3` is not the window of Prodromakis: a sign is turned round, and its base is negative.";
    return refuse(message, "for the window as it was published write `kind=team window=prodromakis`.");
  }
  if (found === undefined)
    return refuse(`There is no window \`wt=${wt}\`.`, "there are 0 (none), 1 (Joglekar) and 4 (Kvatinsky).");
  if (found !== "joglekar") return found;
  const d = numberAt("d", given, Number.NaN);
  if (given.every(({ name }) => name !== "d") || given.every(({ name }) => name !== "p")) {
    return refuse(
      "Joglekar's window, `wt=1`, needs `d` and `p`.",
      "Xyce would take 1.15e-4 for each, which is no window.",
    );
  }
  if (Math.abs(d / width - 1) <= 1e-9) return found;
  const message = `Joglekar's window spans \`d\` = ${d}, but the film spans ${width} (\`xoff\` - \`xon\`, times \`xscaling\`).`;
  return refuse(message, "let them be the same: `d` is not multiplied by `xscaling`.");
}
