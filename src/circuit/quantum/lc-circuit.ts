import type { BlockUnits, LcCircuit } from "./block.js";
import type { Line } from "./line.js";
import { rateLaw } from "./memristors.js";

export const lcSettings = ["c", "l", "rate", "strength", "diffusion", "q", "phi", "mu"] as const;

const positive = [Number.MIN_VALUE, Number.MAX_VALUE] as const;

/** `lc L1 c=1 l=1 rate={0.1*(1-sin(mu))} strength=0.05 q=2 [phi= mu= diffusion=]`. */
export function readLc(line: Line, units: BlockUnits): LcCircuit | undefined {
  const name = line.ownName().toLowerCase();
  line.end();
  const natural = units.system === "natural" ? 1 : undefined;
  const [capacitance, inductance] = [line.number("c", natural, positive), line.number("l", natural, positive)];
  for (const [setting, value] of [["c", capacitance] as const, ["l", inductance] as const])
    if (value === undefined) line.error("missing-value", `\`lc\` needs \`${setting}=\` in SI units.`, line.span);
  if (line.value("rate") === undefined)
    line.error("missing-value", "`lc` needs a rate of damping: `rate={0.1*(1-sin(mu))}`.", line.span);
  const rate =
    line.value("rate") === undefined ? undefined : rateLaw("rate", line, new Map([["mu", { kind: "memory" }]]), false);
  const read = {
    name,
    strength: line.number("strength", 0, [0, Number.MAX_VALUE]),
    diffusion: line.number("diffusion", undefined, [0, Number.MAX_VALUE]),
    charge: line.number("q", 0),
    flux: line.number("phi", 0),
    memory: line.number("mu", 0),
    span: line.span,
  };
  if (capacitance === undefined || inductance === undefined || rate === undefined) return undefined;
  const least = rate.kind === "number" ? rate.value * units.hbar * Math.sqrt(capacitance / inductance) : 0;
  if (read.diffusion !== undefined && read.diffusion < least * (1 - 1e-12))
    line.error(
      "diffusion-too-small",
      `\`diffusion\` is ${read.diffusion}, but damping at \`rate\` needs ${Number(least.toPrecision(6))} (γħωC) or more: less takes states to what is none.`,
      line.at("diffusion"),
    );
  return { ...read, capacitance, inductance, rate };
}
