import { channelKinds, couplingKinds, gateKinds, type Operation, type When } from "./block.js";
import type { Line } from "./line.js";
import { drive } from "./memristors.js";
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

export const channelSettings = ["kind", "p", ...actionSettings] as const;

/** `channel K1 a kind=damping p=0.1 [each=step | at=t]`. */
export function readChannel(line: Line): Operation | undefined {
  const name = line.ownName().toLowerCase();
  const systems = singleOf(line);
  line.end();
  const type = line.word("kind", channelKinds);
  const p = line.number("p", undefined, [0, 1]);
  if (line.value("kind") === undefined) {
    const list = channelKinds.map((it) => `\`kind=${it}\``).join(", ");
    line.error("missing-value", "`channel` needs its kind.", line.span, `there is ${list}.`);
  }
  if (p === undefined) line.error("missing-value", "`channel` needs `p=`, its probability.", line.span);
  const when = whenOf(line);
  if (systems === undefined || type === undefined || p === undefined) return undefined;
  return { kind: "channel", when, name, type, systems, p, span: line.span };
}

function whenOf(line: Line): When {
  const given = line.oneOf(["each", "at"], undefined);
  if (given === "each") line.word("each", ["step"]);
  if (given === "each") return { kind: "step" };
  return given === "at" ? { kind: "at", time: line.number("at", 0, [0, Infinity]) } : { kind: "start" };
}
