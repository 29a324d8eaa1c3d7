import {
  channelLength,
  type MosfetValues,
  mosfetParameters,
  oxideOver,
} from "../../devices/semiconductors/mosfet-parameters.js";
import { mosfetFor } from "../../devices/semiconductors/mosfets.js";
import { formatQuantity } from "../../units/quantity.js";
import type { Card } from "../card.js";
import { type Given, readValues } from "../device-values.js";
import { givenBy, type Model, modelValues, takeModel, typeOf } from "../models.js";

const absoluteZero = -273.15; // °C

/** Values of a card that models do not set. */
const sizes = ["w", "l", "ad", "as", "pd", "ps", "nrd", "nrs", "m"] as const;
const {
  polarity: _polarity,
  w,
  l,
  ad,
  as,
  pd,
  ps,
  nrd,
  nrs,
  m,
  temp: _temp,
  gmin: _gmin,
  ...shared
} = mosfetParameters;
const cardTable = { w, l, ad, as, pd, ps, nrd, nrs, m };
const modelTable = {
  ...shared,
  level: { meaning: "which model", unit: "1", default: 1, range: [0, 1000] },
  tnom: { ...shared.tnom, aliases: ["tref"], unit: "°C", default: 27, range: [-270, 1700] },
} as const;

const notModelled = (
  "nsub nss nfs tpg xj ucrit uexp utra vmax neff kf af fc delta theta eta kappa gdsnoi nlev acm hdif ldif rdc rsc wd xl xw " +
  "tt eg xti n mfg vds ron rg rb rds bv type capop"
).split(" ");

/** `M1 d g s b model [w= l= ad= as= pd= ps= nrd= nrs= m=]`. */
export function readMosfet(card: Card): void {
  if (isWithoutBulk(card)) return;
  const terminals = card.nodes("drain", "gate", "source", "bulk");
  if (terminals === undefined) return;
  const model = takeModel(card, ["nmos", "pmos"], "a MOSFET");
  if (card.takeWord("off")) {
    const message = `\`off\` of \`${card.shown}\` is known to SPICE but has no effect here.`;
    card.elaboration.complaints.warning("not-modelled", message, card.span);
  }
  const own = sizes.flatMap((name): Given[] => {
    const setting = card.setting(name);
    return setting === undefined ? [] : [{ name, value: setting.value, span: setting.span, place: card.place }];
  });
  const temp = (card.settingNumber("temp") ?? card.elaboration.temperature) - absoluteZero;
  card.end([...sizes, "temp"], ["ic", "dtemp", "thermal", "geo", "rdc", "rsc", "delvto", "nf"]);
  const owner = { title: `\`${card.shown}\``, span: card.span, place: card.place };
  const given = readValues(cardTable, own, owner);
  if (model === undefined) return;
  const of = ofModel(model);
  const { gmin } = card.elaboration;
  const polarity = typeOf(model) === "pmos" ? -1 : 1;
  const values = { ...of, ...given, polarity, temp, gmin } as MosfetValues;
  if (channelLength(values) <= 0) {
    const message = `The channel of \`${card.shown}\` is ${formatQuantity(values.l, "m")} - 2·${formatQuantity(values.ld, "m")} long: \`l\` must be greater than twice the model's \`ld\`.`;
    card.error("parameter-range", message);
  }
  card.add("m", terminals, { device: mosfetFor(values), values });
}

/** What a model says, kp by the oxide where it says nothing else of it. */
function ofModel(model: Model): Readonly<Record<string, number>> {
  const { level, tnom, ...values } = modelValues(model, modelTable, notModelled);
  const { elaboration } = model.place;
  const settings = givenBy(model);
  const levelSpan = settings.find(({ name }) => name === "level")?.span;
  if (level !== 1 && levelSpan !== undefined) complainOfLevel(level, levelSpan, model);
  const names = new Set(settings.map(({ name }) => name));
  const nominal = names.has("tnom") || names.has("tref") ? tnom : elaboration.nominalTemperature;
  const kp = names.has("kp") || values.tox === 0 ? values.kp : values.uo * 1e-4 * oxideOver(values);
  return { ...values, kp, tnom: nominal - absoluteZero };
}

const toldOf = new WeakSet<Model>();

/** Once a model, however many cards use it. */
function complainOfLevel(level: number, span: Given["span"], model: Model): void {
  if (Number.isNaN(level) || toldOf.has(model)) return; // what is no number has been told of
  toldOf.add(model);
  const message = `MOSFETs of level ${level} are not supported: there is level 1.`;
  const help = "write `level=1` and its `vto kp gamma phi lambda`.";
  model.place.elaboration.complaints.error("not-supported-yet", message, span, { help });
}

/** `M1 d g s model`: the model stands where the bulk may. */
function isWithoutBulk(card: Card): boolean {
  const name = card.peekWord(3);
  if (name === undefined || card.peekWord(4) !== undefined || card.place.find("model", name) === undefined)
    return false;
  const message = `\`${card.shown}\` needs 4 nodes (drain, gate, source, bulk), found three before the model \`${name}\`.`;
  card.error(
    "missing-node",
    message,
    card.peek(3)!.span,
    undefined,
    "name the bulk: the source's node again, if they are joined.",
  );
  return true;
}
