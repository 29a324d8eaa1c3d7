import { diodeFor } from "../../devices/semiconductors/diode.js";
import { junctionParameters } from "../../devices/semiconductors/junction.js";
import type { Card } from "../card.js";
import { modelValues, takeModel } from "../models.js";

const absoluteZero = -273.15; // °C

/** Parameters of a card that the model does not set, and those that are none of a model's. */
const { copies: _copies, temp: _temp, gmin: _gmin, ...shared } = junctionParameters;
const modelTable = {
  ...shared,
  tnom: { ...shared.tnom, aliases: ["tref"], unit: "°C", default: 27, range: [-270, 1700] },
} as const;

const notModelled = (
  "level isr nr ikf ikr ik af kf fc trs trs1 trs2 tcv tbv1 tbv2 xw jsw php cjp cjsw cjsp mjsw vjsw pj pbsw fcs nbv " +
  "lm lp wm wp xom xoi xm xp cta ctp tpb tphp tlev tlevc tm1 tm2 ttt1 ttt2 jtun jtunsw ntun xtitun keg rth0 cth0 " +
  "bv_max fv_max id_max te_max pd_max ctc tvj cond iave vpk mfg type ibvl nbvl tikf isw ns is_sw"
).split(" ");

/** `D1 a k model [area]`; without it the model's `area`. */
export function readDiode(card: Card): void {
  const terminals = card.nodes("anode", "cathode");
  if (terminals === undefined) return;
  const model = takeModel(card, ["d"], "a diode");
  const off = card.takeWord("off");
  const next = card.peek();
  const plain = next === undefined ? undefined : card.number("an area factor");
  const again = plain === undefined ? undefined : card.setting("area");
  if (again !== undefined && next !== undefined) {
    const message = `The area factor of \`${card.shown}\` is given twice.`;
    card.error("duplicate-setting", message, again.span, [next.span, "given here first"]);
  }
  const ownArea = plain ?? card.settingNumber("area");
  const copies = card.settingNumber("m") ?? 1;
  const temp = card.settingNumber("temp") ?? card.elaboration.temperature;
  const last = off ?? card.takeWord("off");
  if (last !== undefined) {
    const message = `\`off\` of \`${card.shown}\` is known to SPICE but has no effect here.`;
    card.elaboration.complaints.warning("not-modelled", message, card.span);
  }
  card.end(["area", "m", "temp"], ["ic", "dtemp", "pj", "w", "l", "lm", "wm", "lp", "wp", "thermal"]);
  if (model === undefined) return;
  const { temperature: _, nominalTemperature, gmin } = card.elaboration;
  const given = modelValues(model, modelTable, notModelled);
  const named = model.definition.settings.some(({ name }) => /^(?:tnom|tref)$/i.test(String(name.parts[0])));
  const tnom = (named ? given.tnom : nominalTemperature) - absoluteZero;
  const area = ownArea ?? given.area; // as in ngspice
  const values = { ...given, area, copies, temp: temp - absoluteZero, tnom, gmin };
  if (area <= 0)
    card.error("parameter-range", `The area factor of \`${card.shown}\` must be greater than 0.`, next?.span);
  if (copies <= 0) card.error("parameter-range", `\`m\` of \`${card.shown}\` must be greater than 0.`);
  card.add("d", terminals, { device: diodeFor(values), values });
}
