import { type Diagnostic, type Paint, render } from "../text/diagnostic.js";
import type { Terminal } from "./terminal.js";

/** How the program speaks on standard error: in colour on a screen, plainly elsewhere. */
export interface Voice {
  diagnostic(diagnostic: Diagnostic): void;
  /** An error without a place: the command line, files, limits. */
  error(code: string, message: string, help?: string): void;
  /** A line of the summary. */
  line(text: string): void;
  readonly paint: Paint;
}

export interface VoiceOptions {
  readonly color: boolean;
  /** Only errors are said. */
  readonly quiet?: boolean;
}

export function voice(terminal: Terminal, { color, quiet = false }: VoiceOptions): Voice {
  const paint = paints(color && wantsColor(terminal));
  const diagnostic = (it: Diagnostic): void => {
    if (!quiet || it.severity === "error") terminal.say(`${render(it, paint)}\n\n`);
  };
  return {
    paint,
    diagnostic,
    error: (code, message, help) => diagnostic({ severity: "error", code, message, ...(help && { help }) }),
    line: (text) => {
      if (!quiet) terminal.say(`${text}\n`);
    },
  };
}

/** See https://no-color.org: any value but the empty one; `FORCE_COLOR` is its opposite. */
function wantsColor({ env, screen }: Terminal): boolean {
  if (env["NO_COLOR"]) return false;
  return Boolean(env["FORCE_COLOR"]) || (screen !== undefined && env["TERM"] !== "dumb");
}

function paints(color: boolean): Paint {
  return (kind, text) => (color ? `\x1b[${codes[kind]}m${text}\x1b[0m` : text);
}

// ECMA-48, 8.3.117: 0 is plain, 1 bold, 31 to 36 are red, green, yellow, blue, magenta, cyan.
const codes = {
  error: "1;31",
  warning: "1;33",
  note: "1;36",
  help: "1;32",
  gutter: "34",
} as const satisfies Record<Parameters<Paint>[0], string>;
