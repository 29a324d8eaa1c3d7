import { nameOf } from "../words.js";
import {
  type Channel,
  channelKinds,
  couplingKinds,
  gateKinds,
  type ModeAction,
  modeGateKinds,
  type Operation,
  type When,
} from "./block.js";
import type { SystemMember } from "./block-names.js";
import type { Line } from "./line.js";
import { drive } from "./memristors.js";
import { mapOf } from "./named-channel.js";
import { numberLaw } from "./numbers.js";
import { type Drive, steady } from "./operator.js";

export const coupleSettings = ["delta", "g", "frame"] as const;

/** `couple U1 a b yy delta=0.014 | g={…} [frame=rotating]`. */
export function readCouple(line: Line): Operation | undefined {
  const name = line.ownName().toLowerCase();
  const systems = pairOf(line);
  const type = line.choice("a kind of coupling", couplingKinds);
  line.end();
  const given = line.oneOf(["delta", "g"], "its strength");
  const frame = line.word("frame", ["laboratory", "rotating"]) ?? "laboratory";
  if (systems === undefined || type === undefined || given === undefined) return undefined;
  const strength =
    given === "g"
      ? ({ kind: "g", g: drive("g", line) } as const)
      : ({ kind: "delta", delta: line.number("delta", 0) } as const);
  return { kind: "coupling", name, type, systems, strength, frame, span: line.span };
}

function pairOf(line: Line, kind: SystemMember["kind"] = "qubit"): readonly [number, number] | undefined {
  const [first, second] = [line.system(kind), line.system(kind)];
  if (first === undefined || second === undefined) return undefined;
  if (first.index === second.index)
    line.error("unlike-systems", `\`${line.card}\` acts on two systems, but both are \`${first.name}\`.`, line.span);
  return [first.index, second.index];
}

const rotations: readonly string[] = ["rx", "ry", "rz", "p", "crx", "cry", "crz", "rxx", "ryy", "rzz"];
const onTwo: readonly string[] = ["cnot", "cx", "cy", "cz", "crx", "cry", "crz", "rxx", "ryy", "rzz", "swap", "iswap"];

export const actionSettings = ["each", "at"] as const;

/** `gate ry a {theta} [each=step | at=t]`, `gate cnot a b`. */
export function readGate(line: Line): Operation | undefined {
  const type = line.choice("a gate", [...gateKinds, ...modeGateKinds]);
  if (type === undefined) return undefined;
  if (isOfModes(type)) return modeGateOf(type, line);
  const systems = onTwo.includes(type) ? pairOf(line) : singleOf(line);
  const law = rotations.includes(type) ? angleOf(line) : undefined;
  line.end();
  const when = whenOf(line);
  if (law?.kind !== "law")
    return systems && { kind: "gate", when, type, systems, angle: law?.value, law: undefined, span: line.span };
  return systems && { kind: "gate", when, type, systems, angle: 0, law, span: line.span }; // its angle comes with all numbers
}

const isOfModes = (type: string): type is (typeof modeGateKinds)[number] =>
  (modeGateKinds as readonly string[]).includes(type);

/** `gate displace o {x}`, `gate beamsplitter a b {theta}`. */
function modeGateOf(type: ModeAction["type"], line: Line): Operation | undefined {
  const systems = type === "beamsplitter" ? pairOf(line, "oscillator") : singleOf(line, "oscillator");
  const law = angleOf(line, "a number or a law of weights and features");
  line.end();
  const when = onceOf(line);
  const angle = law.kind === "law" ? 0 : law.value; // that of a law comes with all numbers
  return systems && { kind: "mode", when, type, systems, angle, law: steadyOr(law), span: line.span };
}

const steadyOr = (law: Drive): Drive | undefined => (law.kind === "law" ? law : undefined);

/** When something acts on oscillators: at the start or at a time. */
function onceOf(line: Line): When {
  const when = whenOf(line);
  if (when.kind !== "step") return when;
  const message = "`each=step` is of what acts on qubits: digital steps know no gates of oscillators.";
  line.error("unlike-systems", message, line.at("each"), "let it act once, or give `at=` a time.");
  return { kind: "start" };
}

/** An angle in rad, or a law of weights and features. */
function angleOf(line: Line, what = "an angle in rad"): Drive {
  const item = line.next();
  if (item !== undefined) return numberLaw(item, line, what);
  line.error("missing-value", `\`${line.card}\` needs ${what} behind it.`);
  return steady(Number.NaN);
}

function singleOf(line: Line, kind: SystemMember["kind"] = "qubit"): readonly number[] | undefined {
  const system = line.system(kind);
  return system && [system.index];
}

export const channelSettings = ["kind", "p", "channel", ...actionSettings] as const;

/** `channel K1 a kind=damping p=0.1 [each=step | at=t]`, `channel K1 (a,b) channel=c`. */
export function readChannel(line: Line): Operation | undefined {
  const name = line.ownName().toLowerCase();
  line.oneOf(["kind", "channel"], undefined);
  if (line.value("channel") === undefined && isLoss(line)) return lossOf(line);
  const made = line.value("channel") === undefined ? standardOf(line) : namedOf(line);
  const when = whenOf(line);
  return made && { kind: "channel", when, name, ...made, span: line.span };
}

/** `apply c (a,b) -> o [each=step | at=t]`. */
export function readApply(line: Line): Operation | undefined {
  const item = line.next();
  const { channels } = line.place.elaboration;
  if (item === undefined) {
    line.error("missing-name", "`apply` needs the name of a channel: `apply c (a,b) -> o`.");
    return undefined;
  }
  const found = channels.named(item, line.place);
  const made = mapOf(found, line);
  const when = whenOf(line);
  return found && made && { kind: "channel", when, name: found.card.name, ...made, span: line.span };
}

function namedOf(line: Line): Pick<Channel, "systems" | "map"> | undefined {
  if (line.value("p") !== undefined && line.value("kind") === undefined)
    line.error("no-effect", "`p=` is of `kind=`: a `.channel` says itself what it does.", line.at("p"));
  const value = line.value("channel");
  return mapOf(value && line.place.elaboration.channels.named(value, line.place), line);
}

const isLoss = (line: Line): boolean => {
  const kind = line.value("kind");
  return kind?.kind === "word" && nameOf(kind, line.place) === "loss";
};

/** `channel L1 o kind=loss p=0.1`: an oscillator loses photons, each with probability p. */
function lossOf(line: Line): Operation | undefined {
  const systems = singleOf(line, "oscillator");
  line.end();
  const angle = line.number("p", undefined, [0, 1]);
  line.word("kind", ["loss"]);
  const when = onceOf(line);
  if (angle === undefined) line.error("missing-value", "`channel` needs `p=`, its probability.", line.span);
  if (systems === undefined || angle === undefined) return undefined;
  return { kind: "mode", when, type: "loss", systems, angle, law: undefined, span: line.span };
}

function standardOf(line: Line): Pick<Channel, "systems" | "map"> | undefined {
  const systems = singleOf(line);
  line.end();
  const type = line.word("kind", [...channelKinds, "loss"]) as (typeof channelKinds)[number] | undefined; // "loss" has gone its own way
  const p = line.number("p", undefined, [0, 1]);
  if (line.value("kind") === undefined) {
    const list = channelKinds.map((it) => `\`kind=${it}\``).join(", ");
    const help = `there is ${list}, \`kind=loss\` of an oscillator, or \`channel=\` a \`.channel\`.`;
    line.error("missing-value", "`channel` needs its kind.", line.span, help);
  }
  if (p === undefined) line.error("missing-value", "`channel` needs `p=`, its probability.", line.span);
  if (systems === undefined || type === undefined || p === undefined) return undefined;
  return { systems, map: { kind: "standard", type, p } };
}

function whenOf(line: Line): When {
  const given = line.oneOf(["each", "at"], undefined);
  if (given === "each") line.word("each", ["step"]);
  if (given === "each") return { kind: "step" };
  return given === "at" ? { kind: "at", time: line.number("at", 0, [0, Infinity]) } : { kind: "start" };
}
