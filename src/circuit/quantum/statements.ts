import type { Instance } from "../../syntax/ast.js";
import type { Environment } from "../environment.js";
import { textOf } from "../words.js";
import { gateKinds, modeGateKinds } from "./block.js";
import type { Member } from "./block-names.js";
import { encodeSettings } from "./encode.js";

/** A line that a block may hold; its settings stand in `statementSettings`. */
export interface BlockStatement {
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

const statements = {
  qubit: { names: "qubit", isMeant: always },
  oscillator: { names: "oscillator", isMeant: always },
  state: { names: undefined, isMeant: beginsWith("group") },
  thermal: { names: undefined, isMeant: having("beta") },
  memristor: { names: "memristor", isMeant: having("gamma0", "rate", "omega") },
  photonic: { names: "photonic", isMeant: always },
  ion: { names: "photonic", isMeant: having("window") },
  lc: { names: "lc", isMeant: having("rate") },
  couple: { names: "other", isMeant: having("delta", "g") },
  hamiltonian: { names: undefined, isMeant: beginsWith("expression") },
  lindblad: { names: undefined, isMeant: beginsWith("expression") },
  channel: { names: "other", isMeant: having("kind", "channel") },
  apply: { names: undefined, isMeant: always },
  gate: { names: undefined, isMeant: namesGate },
  encode: { names: undefined, isMeant: having(...encodeSettings) },
  weight: { names: "weight", isMeant: isShort },
  feature: { names: "feature", isMeant: isShort },
  monitor: { names: "monitor", isMeant: having("strength") },
  unitary: { names: "other", isMeant: beginsWith("word") },
  input: { names: undefined, isMeant: having("from") },
  mix: { names: undefined, isMeant: having("eps") },
  port: { names: "port", isMeant: always },
} as const satisfies Record<string, BlockStatement>;

export type StatementName = keyof typeof statements;

/** The lines that a block may hold, by their first words. */
export const blockStatements: ReadonlyMap<string, BlockStatement> = new Map(Object.entries(statements));

/** Whether a word begins one of them. */
export const isStatement = (word: string): word is StatementName => blockStatements.has(word);

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
