import type { Progress } from "../analysis/simulation.js";
import { now } from "./clock.js";
import type { Terminal } from "./terminal.js";

/** `auto`: a bar on a screen; `json`: a line of JSON now and then; `off`: nothing. */
export type ProgressStyle = "auto" | "off" | "json";

/** Shows how far a run is; `clear` takes the bar away. */
export interface ProgressView {
  show(progress: Progress): void;
  clear(): void;
}

/** Work that is done by then needs no bar, ms. */
const shortWork = 1000;
/** Between two drawings, ms. */
const pace = 100;

export function progressView(style: ProgressStyle, name: string, terminal: Terminal): ProgressView {
  if (style === "json")
    return paced(0, (progress) => terminal.say(`${JSON.stringify({ netlist: name, ...progress })}\n`));
  if (style === "off" || !terminal.screen) return { show: () => undefined, clear: () => undefined };
  const { columns } = terminal.screen;
  const view = paced(shortWork, (progress) => terminal.say(`\r${bar(name, progress, columns)}`));
  return { ...view, clear: () => view.drawn() && terminal.say(`\r${" ".repeat(columns - 1)}\r`) };
}

function paced(after: number, draw: (progress: Progress) => void) {
  let next = now() + after;
  let drawn = false;
  return {
    show(progress: Progress): void {
      const time = now();
      if (time < next) return;
      next = time + pace;
      drawn = true;
      draw(progress);
    },
    clear: (): void => undefined,
    drawn: () => drawn,
  };
}

/** `hp.cir  2/3 ███████░░░░░░  54 %`, at most a line wide. */
function bar(name: string, { analysis, of, fraction }: Progress, columns: number): string {
  const head = `${name}${of > 1 ? `  ${analysis + 1}/${of}` : ""} `;
  const tail = ` ${String(Math.floor(100 * Math.min(fraction, 1))).padStart(3)} %`;
  const width = Math.max(0, Math.min(30, columns - head.length - tail.length - 1));
  const full = Math.round(width * Math.min(fraction, 1));
  return `${head}${"█".repeat(full)}${"░".repeat(width - full)}${tail}`.slice(0, columns - 1);
}
