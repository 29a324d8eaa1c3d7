import { written } from "../readings.js";
import type { PhotonicMemristor, QuantumMemristor } from "./block.js";
import type { Line } from "./line.js";
import { drive } from "./memristors.js";

export const photonicSettings = ["mode", "nin", "window", "history"] as const;

/** `photonic P1 mode=a | nin={…} window=0.5 history=half|periodic`; `ion` for `photonic` is the same map in other words. */
export function readPhotonic(line: Line): PhotonicMemristor | undefined {
  const name = line.ownName().toLowerCase();
  line.end();
  const given = line.oneOf(["mode", "nin"], "what comes in");
  const window = line.number("window", undefined);
  if (window === undefined)
    line.error(
      "missing-value",
      `\`${line.card}\` needs \`window=\`, the time over which its feedback averages.`,
      line.span,
    );
  if (window !== undefined && !(window > 0 && window < Infinity) && !Number.isNaN(window))
    line.error("parameter-range", `\`window\` is ${window}, but must be longer than 0.`, line.at("window"));
  const input = given === undefined ? undefined : inputOf(given, line);
  const history = line.word("history", ["half", "periodic"]) ?? "half";
  if (input === undefined || window === undefined) return undefined;
  if (history === "periodic") complainOfPast(input, line);
  const platform = line.card === "ion" ? "ion" : "photonic";
  return { name, platform, input, window, history, span: line.span };
}

function inputOf(given: "mode" | "nin", line: Line): PhotonicMemristor["input"] | undefined {
  if (given === "nin") {
    const nin = drive("nin", line);
    const outside = nin.kind === "number" && (nin.value < 0 || nin.value > 1);
    if (outside) {
      const message = `\`nin\` is ${nin.value}, but a mode of one photon at most holds 0 to 1.`;
      line.error("parameter-range", message, line.at("nin"));
    }
    return { kind: "drive", nin };
  }
  const value = line.value("mode")!;
  if (value.kind === "word") {
    const system = line.systemOf(value, ["qubit"]);
    return system && { kind: "mode", system: system.index };
  }
  line.error("expected-name", `\`mode\` is the name of a qubit, found \`${written(value.span)}\`.`, value.span);
  return undefined;
}

/** What was before the start is known of a law of time, and of nothing else. */
function complainOfPast(input: PhotonicMemristor["input"], line: Line): void {
  if (input.kind === "drive" && (input.nin.kind === "number" || input.nin.inputs.length === 0)) return;
  const what = input.kind === "mode" ? "A mode has" : "What follows signals has";
  const message = `${what} no past before the start: \`history=periodic\` is for \`nin=\` that is a law of time.`;
  const help = "leave it away, and look at the run from one period after a whole window on.";
  line.error("no-past", message, line.at("history"), help);
}

/** A mode passes one beam splitter, and comes from where nothing else is read of it as a device. */
export function complainOfSharedModes(
  photonics: readonly PhotonicMemristor[],
  memristors: readonly QuantumMemristor[],
  complain: (message: string, at: PhotonicMemristor) => void,
): void {
  for (const [k, it] of photonics.entries()) {
    if (it.input.kind !== "mode") continue;
    const { system } = it.input;
    const before = photonics.slice(0, k).find(({ input }) => input.kind === "mode" && input.system === system);
    const memristor = memristors.find((one) => one.system === system);
    const other = before ?? memristor;
    if (other !== undefined)
      complain(`The mode of \`${it.name}\` is that of \`${other.name}\` already: a mode goes to one device.`, it);
  }
}
