import type { Directive } from "../../syntax/ast.js";
import type { ChannelCard } from "../channels/card.js";
import type { Environment } from "../environment.js";
import { CardSettings } from "./card-settings.js";
import { type ChannelTrainCard, channelCosts, channelRetractions, channelSteps } from "./cards.js";
import { complainOfReach } from "./reach.js";
import { keepOf, stopOf } from "./train-card.js";
import { complainOfUntrainable, movedBy } from "./trained-channels.js";
import { gateNames, gateTable } from "./truth-tables.js";

const settings = [
  ...["rule", "channel", "truth", "gate", "cost", "iterations", "runs", "t0", "retraction", "step"],
  ...["seed", "stop", "keep", "save", "unreachable"],
];

/** Levels of what a trained network takes, which are the rows of its truth table. */
const mostRows = 4096;

/** Of all realisations together, in their channels or in their histories: some hundred megabytes. */
const mostNumbers = 5e7;

interface Found {
  readonly card: ChannelCard;
  readonly index: number;
}

/** `.train name rule=stiefel channel=c truth=0110`, or `gate=parity`. */
export function readChannelTrain(card: Directive, place: Environment): ChannelTrainCard | undefined {
  const { complaints } = place.elaboration;
  const before = complaints.errors;
  const given = new CardSettings(".train", card.items, place, card.span, settings);
  const found = channelOf(given);
  if (found !== undefined) complainOfUntrainable(given, found.card, place.elaboration.channels.readAll());
  const truth = found && truthOf(given, found.card);
  // Random channels behind each other are nearly deaf: the first gradients of a network are small.
  const isNetwork = found?.card.definition.kind === "network";
  const runs = given.count("runs", 1);
  const free = given.flag("unreachable", false);
  const all = place.elaboration.channels.readAll();
  const read = {
    kind: "channel" as const,
    name: given.name,
    rule: "stiefel" as const,
    data: undefined,
    cost: given.word("cost", channelCosts) ?? "square",
    iterations: given.count("iterations", 20),
    runs,
    t0: given.number("t0", isNetwork ? 10 : 1, [1e-12, 1e6]),
    retraction: given.word("retraction", channelRetractions) ?? "qr",
    step: given.word("step", channelSteps) ?? (isNetwork ? "warm" : "backtrack"),
    seed: given.count("seed", undefined, 0),
    keep: keepOf(given, runs),
    stopBelow: stopOf(given),
    save: given.text("save"),
    span: card.span,
  };
  if (read.save !== undefined && found?.card.definition.kind === "network") {
    const message = `\`save=\` keeps the operators of one channel, but \`${found.card.name}\` is a network of them.`;
    given.error("no-effect", message, given.at("save"), "each has a file of its own beside the results.");
  }
  const isSound = complaints.errors === before;
  if (found !== undefined && truth !== undefined && !free && isSound) complainOfReach(given, found, all, truth);
  if (found === undefined || truth === undefined || complaints.errors > before) return undefined;
  const moved = movedBy(found.index, all);
  const entries = moved.reduce((sum, at) => sum + 2 * all[at]!.count * all[at]!.output * all[at]!.input, 0);
  if (Math.max(runs * entries, 2 * runs * read.iterations) > mostNumbers) {
    const what = `${runs} ${runs === 1 ? "realisation" : "realisations"} of ${entries} numbers, and ${read.iterations} iterations of each`;
    const help = "ask for fewer `runs` or `iterations`.";
    given.error("training-too-large", `\`${read.name}\` is larger than memory is given to: ${what}.`, card.span, help);
    return undefined;
  }
  return { ...read, channel: found.index, moved, truth };
}

function channelOf(given: CardSettings): Found | undefined {
  const { elaboration } = given.place;
  const value = given.value("channel");
  if (value === undefined) {
    const help = "write `.train t rule=stiefel channel=c truth=0110`, and `.channel c in=4 out=2 kraus=8`.";
    given.error("missing-value", "`rule=stiefel` needs `channel=`.", given.span, help);
    return undefined;
  }
  return elaboration.channels.named(value, given.place);
}

/** The wanted outputs, one for each basis input of the channel; undefined after having complained. */
function truthOf(given: CardSettings, channel: ChannelCard): readonly number[] | undefined {
  const [gate, digits] = [given.value("gate"), given.value("truth")];
  if ((gate === undefined) === (digits === undefined)) {
    const found = gate === undefined ? "it has neither" : "it has both";
    const help = `\`truth=\` is an output for each basis input, ${channel.input} digits.`;
    given.error("missing-value", `\`rule=stiefel\` needs \`truth=\` or \`gate=\`; ${found}.`, given.span, help);
    return undefined;
  }
  if (channel.input > mostRows) {
    const message = `\`${channel.name}\` takes a state of dimension ${channel.input}, but a truth table has up to ${mostRows} rows.`;
    given.error("too-large", message, given.at("channel"));
    return undefined;
  }
  return gate === undefined ? digitsOf(given, channel) : gateOf(given, channel);
}

function digitsOf(given: CardSettings, { name, input, output }: ChannelCard): readonly number[] | undefined {
  const text = given.text("truth") ?? "";
  if (text.length !== input || /\D/.test(text)) {
    const message = `\`truth\` must have ${input} digits, one for each basis input of \`${name}\`, found \`${text}\`${/\D/.test(text) ? "" : ` with ${text.length}`}.`;
    given.error(
      "bad-truth-table",
      message,
      given.at("truth"),
      "the first digit is for input 0, as in `truth=0110` for XOR.",
    );
    return undefined;
  }
  const truth = [...text].map(Number);
  const far = truth.findIndex((digit) => digit >= output);
  if (far < 0) return truth;
  const message = `\`truth\` wants output ${truth[far]} for input ${far}, but \`${name}\` gives 0 to ${output - 1}.`;
  given.error("bad-truth-table", message, given.at("truth"));
  return undefined;
}

function gateOf(given: CardSettings, { name, input, output }: ChannelCard): readonly number[] | undefined {
  const gate = given.word("gate", gateNames);
  const bits = Math.log2(input);
  if (!Number.isInteger(bits) || output !== 2) {
    const message = `\`gate=\` is of bits, but \`${name}\` takes ${input} levels and gives ${output}.`;
    given.error("bad-truth-table", message, given.at("gate"), "write `truth=`, a digit for each basis input.");
    return undefined;
  }
  return gate === undefined ? undefined : gateTable(gate, bits).map((row) => row[bits]!);
}
