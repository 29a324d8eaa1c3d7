import { behaviouralInductance, behaviouralInductor } from "../../devices/behavioural/stores.js";
import { coupling } from "../../devices/linear/coupling.js";
import { inductor } from "../../devices/linear/inductor.js";
import type { Word } from "../../syntax/ast.js";
import type { Card } from "../card.js";
import { checkRange } from "../device-values.js";
import { modelNumbers } from "../models.js";
import type { Part } from "../part.js";
import { nearName } from "../readings.js";
import { nameOf, textOf } from "../words.js";
import { ratings, withParasitics } from "./parasitics.js";
import { initialOf, passiveValue, temperatureFactor, warnOfNegative } from "./passive.js";
import { scaledBy } from "./scaled.js";

const notModelled = ["temp", "dtemp", "scale", "nt", ...ratings];

const modelTable = {
  l: { meaning: "inductance", unit: "H", default: Number.NaN, range: [-1e6, 1e6], aliases: ["ind", "inductance"] },
  tc1: { meaning: "linear temperature coefficient, 1/K", unit: "1", default: 0, range: [-1e3, 1e3] },
  tc2: { meaning: "quadratic temperature coefficient, 1/K²", unit: "1", default: 0, range: [-1e3, 1e3] },
} as const;

/** `L1 a b 1m [ic= tc1= tc2= m=]`, `L1 a b flux={…}` and `L1 a b l={…}` (of its own `i(L1)` and more), `L1 a b [1m] model`. */
export function readInductor(card: Card): void {
  const nodes = card.nodes("+", "-");
  if (nodes === undefined) return;
  noteMilliohm(card);
  const terminals = withParasitics(card, nodes, "rser", "rpar", "cpar");
  if (card.settings.has("flux")) {
    readFlux(card, terminals);
    return;
  }
  const given = passiveValue(card, "an inductance", "l", "inductance");
  const model = modelNumbers(card, ["l", "ind"], modelTable, ["csect", "length", "dia", "mu", "nt", "tnom"]);
  const factor = temperatureFactor(card, model) / (card.settingNumber("m") ?? 1);
  const initial = initialOf(card);
  card.end(["l", "flux", "ic", "tc1", "tc2", "m"], notModelled);
  if (given?.kind === "expression") {
    card.addByLaw("l", terminals, given.expression, {
      device: behaviouralInductance,
      wrap: scaledBy(factor),
      constant: (l) => ({ device: inductor, values: { l } }),
      branch: 0,
      ...initial,
    });
  } else if (given === undefined && (model === undefined || Number.isNaN(model.l))) {
    card.missingValue("an inductance");
  } else {
    const value = (given?.value ?? model!.l) * factor;
    warnOfNegative(card, "inductance", value);
    card.add("l", terminals, { device: inductor, values: { l: value }, ...initial });
  }
}

/** LTspice gives an inductor 1 mΩ unless its card says what it has. */
function noteMilliohm(card: Card): void {
  if (card.elaboration.dialect !== "ltspice" || card.settings.has("rser")) return;
  const message = `\`${card.shown}\` has no resistance of its own; LTspice gives it 1 mΩ.`;
  card.elaboration.complaints.note("no-milliohm", message, card.span, { help: "write `rser=1m`, or `rser=0`." });
}

function readFlux(card: Card, terminals: readonly number[]): void {
  const { value } = card.setting("flux")!;
  const initial = initialOf(card);
  card.end(["flux", "ic"], [...notModelled, "m"]);
  if (value.kind !== "expression") {
    card.error("expected-expression", "Expected the flux as an expression, `flux={…}`.", value.span);
    return;
  }
  card.addByLaw("l", terminals, value.expression, {
    device: behaviouralInductor,
    ...initial,
    constant: () => {
      const help = `write \`flux={1m*i(${card.shown})}\` for 1 mH.`;
      card.error("constant-flux", "A constant flux makes no inductor.", value.span, undefined, help);
      return {};
    },
    branch: 0,
  });
}

/** `K1 L1 L2 [L3 …] k`: couples every pair of the inductors. */
export function readCoupling(card: Card): void {
  const names: Word[] = [];
  while (card.left > 1 || (card.left === 1 && /^l/i.test(card.peekWord() ?? ""))) {
    const item = card.next();
    if (item?.kind === "word") names.push(item);
    else card.error("expected-device", `Expected the name of an inductor in \`${card.shown}\`.`, item?.span);
  }
  if (names.length < 2) {
    card.error("missing-device", `\`${card.shown}\` needs the names of two inductors and a coupling between -1 and 1.`);
    return;
  }
  const start = card.peek();
  const k = card.number("a coupling between -1 and 1");
  card.end();
  checkRange("k", coupling.parameters.k, k, start?.span ?? card.span, card.place);
  const pairs = names.flatMap((first, at) => names.slice(at + 1).map((second) => [first, second] as const));
  const parts = pairs.map((_, at) => (at === 0 ? card.add("k", []) : card.addHidden(`#${at + 1}`, "k")));
  card.elaboration.later(() => {
    for (const [at, [first, second]] of pairs.entries()) couple(card, parts[at]!, first, second, k);
  });
}

function couple(card: Card, part: Part, first: Word, second: Word, k: number): void {
  const [a, b] = [inductorOf(card, first), inductorOf(card, second)];
  if (a === undefined || b === undefined) return;
  if (a === b)
    card.error("self-coupling", `\`${card.shown}\` couples \`${textOf(first, card.place)}\` to itself.`, second.span);
  const controls = [a, b].map(({ index }) => ({ kind: "own" as const, instance: index, index: 0 }));
  part.become({
    device: coupling,
    values: { k, l1: a.values["l"] ?? Number.NaN, l2: b.values["l"] ?? Number.NaN },
    controls,
  });
}

function inductorOf(card: Card, word: Word): Part | undefined {
  const { network } = card.elaboration;
  const part = network.find(nameOf(word, card.place), card.place)?.part;
  if (part?.device === inductor) return part;
  if (part?.failed) return undefined;
  const names = [...network.instanceNames(card.place)].filter((name) => /^l/i.test(name));
  const near = nearName(textOf(word, card.place), names);
  const help = near ? `did you mean \`${near}\`?` : undefined;
  const message = part
    ? `\`${textOf(word, card.place)}\` is no inductor, so \`${card.shown}\` cannot couple it.`
    : `There is no inductor \`${textOf(word, card.place)}\` for \`${card.shown}\` to couple.`;
  card.error("unknown-device", message, word.span, undefined, help);
  return undefined;
}
