import type { Span } from "../text/source.js";
import type { Unit } from "../units/unit.js";
import type { Sweep } from "./circuit.js";
import type { Environment } from "./environment.js";
import type { Part } from "./network.js";
import { didYouMean, nearName } from "./readings.js";

/** The source that a sweep sets. */
export function targetOf(name: string, span: Span, place: Environment): Sweep["targets"][number] | undefined {
  const { complaints, network } = place.elaboration;
  const part = network.find(name, place)?.part;
  if (part?.failed) return undefined;
  if (part === undefined) {
    if (place.parameter(name.toLowerCase()) !== undefined) {
      const message = `A sweep of the parameter \`${name}\` is not supported yet: \`.dc\` sweeps sources and resistors.`;
      const help = `write \`.op\` and \`.step param ${name} 1 5 1\`.`;
      complaints.error("not-supported-yet", message, span, { help });
      return undefined;
    }
    const near = nearName(name, network.instanceNames(place));
    complaints.error("unknown-device", `There is no source \`${name}\` to sweep.`, span, didYouMean(near));
    return undefined;
  }
  const swept = sweptValue(part);
  if (swept !== undefined) return { instance: part.index, name: part.name, ...swept };
  complaints.error(
    "cannot-sweep",
    `\`${name}\` cannot be swept: a sweep sets independent sources and resistors.`,
    span,
  );
  return undefined;
}

export function sweptValue({ element, values }: Part): { readonly setting: string; readonly unit: Unit } | undefined {
  if (element === "v" && "dc" in values) return { setting: "dc", unit: "V" };
  if (element === "i" && "dc" in values) return { setting: "dc", unit: "A" };
  if (element === "r" && "r" in values) return { setting: "r", unit: "Ω" };
  return undefined;
}
