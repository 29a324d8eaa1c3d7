import type { QtranCard, QuantumBlock } from "../../circuit/quantum/block.js";
import { mostPieces } from "../../quantum/feedback-window.js";
import type { NotCarried } from "../../quantum/propagators/propagator.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import type { Span } from "../../text/source.js";
import { formatQuantity } from "../../units/quantity.js";
import type { Stopped } from "./beside-run.js";

/** Why the run of a block ended early, in the words of the netlist; at the line that it is of, else at `span`. */
export function explainCarried(carried: NotCarried | Stopped, block: QuantumBlock, span: Span): Diagnostic {
  const when = `t = ${formatQuantity(carried.time, block.units.system === "si" || block.isInCircuit ? "s" : "1")}`;
  const line = lineOf(carried, block);
  const [code, message, help] = ((): readonly [string, string, string?] => {
    switch (carried.outcome) {
      case "negative rate": {
        const what = `${rateOf(line)} turns negative at ${when}: no state decays by it.`;
        return "part" in carried ? ["negative-rate", what] : ["negative-rate", what, negativeHelp];
      }
      case "no rate":
        return ["not-finite", `${rateOf(line)} has no finite value at ${when}.`];
      case "past too long": {
        const what = `The light of ${line.name} changes so often that only its first ${mostPieces} pieces are kept, up to ${when}.`;
        return ["past-too-long", what, "a shorter `window=` remembers less, a shorter run asks for less."];
      }
      case "no photon number": {
        if (Number.isNaN(carried.value)) return ["not-finite", `\`nin\` has no finite value at ${when}.`];
        const gone = carried.value < 0 ? "falls below 0" : "rises above 1";
        return ["parameter-range", `\`nin\` ${gone} at ${when}, but a mode of one photon at most holds 0 to 1.`];
      }
      case "too little diffusion": {
        const [value, least] = [carried.value, carried.least].map((it) => Number(it.toPrecision(6)));
        const what = `\`diffusion\` is ${value} at ${when}, but damping at its rate there needs ${least} (γħωC) or more.`;
        return ["diffusion-too-small", what, "leave it away: then it is γħωC at all times."];
      }
      case "not positive":
        return ["lost-positivity", `The state has a negative probability at ${when}: it is none any more.`, lostHelp];
      case "no state": {
        if (!Number.isFinite(carried.by)) {
          const what = `The state has no finite numbers any more at ${when}.`;
          return ["lost-state", what, "look for an amount of a gate, a rate or a frequency that is too large."];
        }
        const what =
          carried.lost === "trace" ? "Probabilities do not add up any more" : "The state is not Hermitian any more";
        const by = Number(carried.by.toPrecision(2));
        return ["lost-state", `${what} at ${when} (off by ${by}).`, "ask for more digits by a smaller `reltol=`."];
      }
      case "too many steps":
        return ["too-many-steps", `The limit of steps is reached at ${when}.`, "raise it with `.options maxsteps=…`."];
      default:
        return ["no-convergence", `The run cannot go on at ${when}.`, "try another `method=`, or a larger `reltol=`."];
    }
  })();
  return { severity: "error", code, message, span: line.span ?? span, ...(help !== undefined && { help }) };
}

const lostHelp =
  "a rate may be negative as far as it gives back what was lost before; else ask for more digits by a smaller `reltol=`.";
const negativeHelp = "write `negative=yes` where the whole evolution stays one of states.";

interface Part {
  readonly name: string | undefined;
  readonly span: Span | undefined;
}

/** The line of the block that cannot go on, where it is one. */
function lineOf(carried: NotCarried | Stopped, { name, memristors, jumps }: QuantumBlock): Part {
  if ("part" in carried) return { name: `\`${name}.${carried.part.name}\``, span: carried.part.span };
  const of = "of" in carried ? carried.of : undefined;
  const memristor = of === undefined ? undefined : memristors[of];
  if (memristor !== undefined) return { name: `\`${name}.${memristor.name}\``, span: memristor.span };
  const jump = of === undefined ? undefined : jumps[of - memristors.length];
  return { name: jump && "this `lindblad`", span: jump?.span };
}

const rateOf = ({ name }: Part): string => (name === undefined ? "A rate of decay" : `The rate of ${name}`);

/** A run that nothing here carries. */
export const explainUnserved = (what: string, { span }: QtranCard): Diagnostic => ({
  severity: "error",
  code: "not-supported-yet",
  message: `${what} is not supported yet.`,
  span,
});

/** A digital run knows free motion and damping between its steps, and nothing else. */
export const explainBetween = (why: string, { span }: QtranCard): Diagnostic => ({
  severity: "error",
  code: "not-digital",
  message: `A digital step is free motion and damping, then what acts at once, but here ${why}.`,
  span,
  help: "write couplings by `delta=`, gates and channels with `each=step`; or leave `method=digital` away.",
});
