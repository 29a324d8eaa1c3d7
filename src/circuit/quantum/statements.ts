import type { Instance } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import { textOf } from "../words.js";
import { actionSettings, channelSettings, coupleSettings } from "./actions.js";
import { gateKinds, modeGateKinds } from "./block.js";
import type { Member } from "./block-names.js";
import { encodeSettings } from "./encode.js";
import { inputSettings, mixSettings, unitarySettings } from "./inputs.js";
import { jointSettings } from "./joint-state.js";
import { lindbladSettings, monitorSettings, portSettings } from "./laws.js";
import { lcSettings } from "./lc-circuit.js";
import { memristorSettings } from "./memristors.js";
import { photonicSettings } from "./photonics.js";
import { oscillatorSettings, qubitSettings } from "./systems.js";
import { thermalSettings } from "./thermal.js";

/** The lines that a block may hold, each with its settings and what it names. */
export interface BlockStatement {
  readonly settings: readonly string[];
  /** What its first word names; undefined for lines without a name. */
  readonly names: Member["kind"] | undefined;
  /** Whether a line outside of all blocks is one of these rather than an element. */
  readonly isMeant: (card: Instance, place: Environment) => boolean;
}

const always = () => true;
const having =
  (...settings: readonly string[]) =>
  ({ items }: Instance): boolean =>
    items.some((item) => item.kind === "setting" && settings.includes(item.name.parts.join("").toLowerCase()));
const beginsWith =
  (kind: Instance["items"][number]["kind"]) =>
  ({ items: [first] }: Instance): boolean =>
    first?.kind === kind;

export const blockStatements: ReadonlyMap<string, BlockStatement> = new Map<string, BlockStatement>([
  ["qubit", { settings: qubitSettings, names: "qubit", isMeant: always }],
  ["oscillator", { settings: oscillatorSettings, names: "oscillator", isMeant: always }],
  ["state", { settings: jointSettings, names: undefined, isMeant: beginsWith("group") }],
  ["thermal", { settings: thermalSettings, names: undefined, isMeant: having("beta") }],
  ["memristor", { settings: memristorSettings, names: "memristor", isMeant: having("gamma0", "rate", "omega") }],
  ["photonic", { settings: photonicSettings, names: "photonic", isMeant: always }],
  ["ion", { settings: photonicSettings, names: "photonic", isMeant: having("window") }],
  ["lc", { settings: lcSettings, names: "lc", isMeant: having("rate") }],
  ["couple", { settings: coupleSettings, names: "other", isMeant: having("delta", "g") }],
  ["hamiltonian", { settings: [], names: undefined, isMeant: beginsWith("expression") }],
  ["lindblad", { settings: lindbladSettings, names: undefined, isMeant: beginsWith("expression") }],
  ["channel", { settings: channelSettings, names: "other", isMeant: having("kind", "channel") }],
  ["apply", { settings: actionSettings, names: undefined, isMeant: always }],
  ["gate", { settings: actionSettings, names: undefined, isMeant: namesGate }],
  ["encode", { settings: encodeSettings, names: undefined, isMeant: having(...encodeSettings) }],
  ["weight", { settings: [], names: "weight", isMeant: isShort }],
  ["feature", { settings: [], names: "feature", isMeant: isShort }],
  ["monitor", { settings: monitorSettings, names: "monitor", isMeant: having("strength") }],
  ["unitary", { settings: unitarySettings, names: "other", isMeant: beginsWith("word") }],
  ["input", { settings: inputSettings, names: undefined, isMeant: having("from") }],
  ["mix", { settings: mixSettings, names: undefined, isMeant: having("eps") }],
  ["port", { settings: portSettings, names: "port", isMeant: always }],
]);

/** A name and a number: elements of these letters have more. */
function isShort({ items }: Instance): boolean {
  return items.length <= 2;
}

function namesGate({ items: [first] }: Instance, place: Environment): boolean {
  return (
    first?.kind === "word" &&
    ([...gateKinds, ...modeGateKinds] as readonly string[]).includes(textOf(first, place).toLowerCase())
  );
}
