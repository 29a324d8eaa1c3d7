import { type Channel, channelKinds, couplingKinds, gateKinds, type Operation, type When } from "./block.js";
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

function pairOf(line: Line): readonly [number, number] | undefined {
  const [first, second] = [line.system("qubit"), line.system("qubit")];
  if (first === undefined || second === undefined) return undefined;
  if (first.index === second.index)
    line.error("unlike-systems", `\`${line.card}\` acts on two systems, but both are \`${first.name}\`.`, line.span);
  return [first.index, second.index];
}

const rotations: readonly string[] = ["rx", "ry", "rz", "p", "crx", "cry", "crz"];
const onTwo: readonly string[] = ["cnot", "cx", "cy", "cz", "crx", "cry", "crz", "swap", "iswap"];

export const actionSettings = ["each", "at"] as const;

/** `gate ry a {theta} [each=step | at=t]`, `gate cnot a b`. */
export function readGate(line: Line): Operation | undefined {
  const type = line.choice("a gate", gateKinds);
  if (type === undefined) return undefined;
  const systems = onTwo.includes(type) ? pairOf(line) : singleOf(line);
  const law = rotations.includes(type) ? angleOf(line) : undefined;
  line.end();
  const when = whenOf(line);
  if (law?.kind !== "law")
    return systems && { kind: "gate", when, type, systems, angle: law?.value, law: undefined, span: line.span };
  return systems && { kind: "gate", when, type, systems, angle: 0, law, span: line.span }; // its angle comes with all numbers
}

/** An angle in rad, or a law of weights and features. */
function angleOf(line: Line): Drive {
  const item = line.next();
  if (item !== undefined) return numberLaw(item, line, "an angle in rad");
  line.error("missing-value", `\`${line.card}\` needs an angle in rad behind it.`);
  return steady(Number.NaN);
}

function singleOf(line: Line): readonly number[] | undefined {
  const system = line.system("qubit");
  return system && [system.index];
}

export const channelSettings = ["kind", "p", "channel", ...actionSettings] as const;

/** `channel K1 a kind=damping p=0.1 [each=step | at=t]`, `channel K1 (a,b) channel=c`. */
export function readChannel(line: Line): Operation | undefined {
  const name = line.ownName().toLowerCase();
  line.oneOf(["kind", "channel"], undefined);
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

function standardOf(line: Line): Pick<Channel, "systems" | "map"> | undefined {
  const systems = singleOf(line);
  line.end();
  const type = line.word("kind", channelKinds);
  const p = line.number("p", undefined, [0, 1]);
  if (line.value("kind") === undefined) {
    const list = channelKinds.map((it) => `\`kind=${it}\``).join(", ");
    const help = `there is ${list}, or \`channel=\` a \`.channel\`.`;
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
