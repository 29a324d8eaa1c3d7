import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder, writeWhole } from "../files/write.js";
import { similar } from "../text/similar.js";
import { type ExitCode, exitCode, UsageError } from "./exit-code.js";
import { templates } from "./templates/index.js";
import type { Template, TemplateOptions } from "./templates/template.js";
import type { Terminal } from "./terminal.js";

export interface NewOptions extends TemplateOptions {
  readonly out?: string;
}

/** Writes a netlist to start from; without a name, lists what there is. */
export function newNetlist(name: string | undefined, options: NewOptions, terminal: Terminal): ExitCode {
  if (name === undefined) return list(terminal);
  const template = templateOf(name);
  complainOfForeign(template, options);
  const text = template.text(options);
  if (options.out === undefined || options.out === "-") terminal.out(text);
  else write(options.out, text, terminal);
  return exitCode.well;
}

function list(terminal: Terminal): ExitCode {
  const width = Math.max(...templates.map(({ name }) => name.length));
  const lines = templates.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`);
  terminal.out(
    `Netlists to start from:\n\n${lines.join("\n")}\n\n\`pinched new memristor -o first.cir\` writes one.\n`,
  );
  return exitCode.well;
}

/** An option that means nothing to a netlist would be lost in silence. */
function complainOfForeign({ name, takes = [] }: Template, options: NewOptions): void {
  const known = templates.flatMap((template) => template.takes ?? []);
  const odd = known.find((option) => options[option] !== undefined && !takes.includes(option));
  if (odd === undefined) return;
  const owner = templates.find((template) => template.takes?.includes(odd))!;
  throw new UsageError(`\`--${odd}\` belongs to \`${owner.name}\`, not to \`${name}\`.`);
}

function templateOf(name: string): Template {
  const names = templates.map((template) => template.name);
  const found = templates.find((template) => template.name === name.toLowerCase());
  if (found) return found;
  const near = similar(name, names);
  throw new UsageError(
    `There is no netlist called \`${name}\`.`,
    near ? `did you mean \`${near}\`?` : `there are ${names.map((it) => `\`${it}\``).join(", ")}.`,
  );
}

function write(path: string, text: string, terminal: Terminal): void {
  if (existsSync(path)) {
    throw new UsageError(`\`${path}\` is there already, and is not overwritten.`, "give another name with `-o`.");
  }
  makeFolder(dirname(path));
  writeWhole(path, [text]);
  terminal.say(`Wrote ${path}. Next: pinched run ${path}\n`);
}
