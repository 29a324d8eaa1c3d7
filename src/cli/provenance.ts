import type { Simulation } from "../analysis/simulation.js";
import type { Source } from "../text/source.js";
import type { Provenance } from "../views/json.js";
import { UsageError } from "./exit-code.js";
import { version } from "./package.js";
import type { RunOptions } from "./run.js";
import { sha256 } from "./sha256.js";
import type { Terminal } from "./terminal.js";

/** What someone needs to make the same result again; `simulation` is undefined where the netlist is faulty. */
export function provenanceOf(
  { name, text }: Source,
  simulation: Simulation | undefined,
  { include, set, seed }: RunOptions,
  date: Date,
): Provenance {
  const { title, options } = simulation?.circuit ?? { title: "", options: { seed: seed ?? 1 } };
  return {
    title,
    netlist: name,
    get sha256() {
      return sha256(text); // what it takes to make is loaded for those who write it
    },
    date: date.toISOString(),
    version,
    node: process.version,
    seed: options.seed,
    options,
    include,
    set,
  };
}

/** Now, or what `SOURCE_DATE_EPOCH` says (seconds since 1970), so that the same run can give the same bytes. */
export function dateOf({ env }: Terminal): Date {
  const epoch = env["SOURCE_DATE_EPOCH"];
  if (epoch === undefined || epoch === "") return new Date();
  if (!/^\d{1,12}$/.test(epoch)) {
    throw new UsageError(`\`SOURCE_DATE_EPOCH\` is \`${epoch}\`; it must be a whole number of seconds since 1970.`);
  }
  return new Date(1000 * Number(epoch));
}
