/** Dot cards with a shape of their own in the grammar; the names that a slip of the hand is compared with, first. */
const shaped = [
  ".param",
  ".params",
  ".global_param",
  ".func",
  ".model",
  ".subckt",
  ".macro",
  ".device",
  ".quantum",
  ".state",
  ".eq",
  ".out",
  ".when",
  ".check",
  ".if",
  ".elseif",
  ".for",
  ".include",
  ".inc",
  ".lib",
];
/** Dot cards that the circuit reads by order and names; an alias stands for its first name. */
const plain = [
  ".op",
  ".dc",
  ".tran",
  ".ac",
  ".noise",
  ".qtran",
  ".step",
  ".mc",
  ".options",
  ".temp",
  ".global",
  ".ic",
  ".nodeset",
  ".save",
  ".print",
  ".plot",
  ".measure",
  ".four",
  ".assert",
  ".data",
  ".dataset",
  ".train",
  ".test",
  ".weights",
  ".preprocess",
  ".channel",
  ".compress",
];
const aliases: Readonly<Record<string, string>> = {
  ".option": ".options",
  ".opt": ".options",
  ".meas": ".measure",
  ".eom": ".ends",
};
const ends = [".ends", ".eom", ".enddevice", ".endfor", ".else", ".endif", ".endl", ".endquantum", ".claims"];
/** Written by schematic editors for themselves; free text may stand behind. */
const ignored = [".backanno", ".probe", ".title", ".width"];
const later = [".tf", ".sens", ".pz", ".disto", ".sp", ".hb"];
/** What is said to a beginner: names that work now. */
export const statementNames: readonly string[] = [...shaped, ...plain, ...Object.keys(aliases), ...ends, ".end"];

export type StatementClass = "shaped" | "plain" | "end" | "ignored" | "later" | "unknown";

const classes: ReadonlyMap<string, StatementClass> = new Map<string, StatementClass>([
  ...shaped.map((name) => [name, "shaped"] as const),
  ...[...plain, ...Object.keys(aliases)].map((name) => [name, "plain"] as const),
  ...ends.map((name) => [name, "end"] as const),
  ...ignored.map((name) => [name, "ignored"] as const),
  ...later.map((name) => [name, "later"] as const),
]);

/** What kind of dot card a name is; case does not matter. */
export function classOf(name: string): StatementClass {
  return classes.get(name.toLowerCase()) ?? "unknown";
}

/** The name under which the circuit knows a dot card: `.meas` is `.measure`. */
export function canonical(name: string): string {
  const lower = name.toLowerCase();
  return aliases[lower] ?? lower;
}
