import type { ModeAction, QuantumBlock } from "../../circuit/quantum/block.js";
import type { AppliedChannel } from "../../quantum/applied-channel.js";
import { modeOperator } from "../../quantum/mode-gates.js";
import { photonLoss } from "../../quantum/mode-operators.js";

/** What acts on oscillators at once, between as many levels as they have. */
export function modeAction({ type, systems, angle }: ModeAction, block: QuantumBlock): AppliedChannel {
  const levels = systems.map((system) => block.systems[system]!.dimension);
  return { systems, kraus: type === "loss" ? photonLoss(levels[0]!, angle) : [modeOperator(type, levels, angle)] };
}
