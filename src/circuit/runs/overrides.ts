import { parseNetlist } from "../../syntax/parse.js";
import { Source } from "../../text/source.js";
import type { Environment } from "../environment.js";
import { nearName } from "../readings.js";
import type { RunPoint } from "./runs.js";

/** `--set name=value`: an expression that goes before what the deck says. */
export function setParameters(top: Environment, set: Readonly<Record<string, string>>): void {
  const { complaints } = top.elaboration;
  top.overrides = new Map();
  for (const [name, text] of Object.entries(set)) {
    const source = new Source("--set", `.param ${name}=${text}`);
    for (const statement of parseNetlist(source, { main: false }, complaints).statements) {
      if (statement.kind === "param")
        for (const it of statement.assignments) top.overrides.set(it.name.toLowerCase(), it);
    }
  }
}

/** `.step` of parameters, of the main circuit and of models: what a run says goes before what the deck and the command line say. */
export function setStepped(top: Environment, run: RunPoint | undefined): void {
  const { elaboration } = top;
  elaboration.draws.stream = run?.stream;
  const given = new Map<string, number>();
  for (const [k, { name, sets, span }] of (run?.axes ?? []).entries()) {
    const value = run!.values[k]!;
    if (sets.kind === "model") elaboration.stepped.setModel(sets.model, sets.parameter, { value, span });
    if (sets.kind !== "parameter") continue;
    given.set(name, value);
    top.overrides?.set(name, { name, nameSpan: span, value: { kind: "number", value, span } });
  }
  elaboration.stepped.given = given;
}

export function complainOfUnset(top: Environment): void {
  for (const [name, { nameSpan: span }] of top.overrides ?? []) {
    if (top.has(name) || top.elaboration.stepped.given.has(name)) continue;
    const near = nearName(name, top.names());
    const help = near
      ? `did you mean \`${near}\`?`
      : "only parameters that a `.param` of the main circuit defines can be set.";
    top.elaboration.complaints.error("unknown-parameter", `There is no parameter \`${name}\` to set.`, span, { help });
  }
}
