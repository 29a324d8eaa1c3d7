import type { ModeAction, QuantumBlock } from "../../circuit/quantum/block.js";
import type { ComplexMatrix } from "../../numerics/linear/complex-matrix.js";
import type { AppliedChannel } from "../../quantum/applied-channel.js";
import { beamSplitter, displacement, photonLoss, squeezing, turned } from "../../quantum/mode-operators.js";

/** What acts on oscillators at once, between as many levels as they have. */
export const modeAction = (it: ModeAction, { systems }: QuantumBlock): AppliedChannel => ({
  systems: it.systems,
  kraus: operatorsOf(
    it,
    it.systems.map((system) => systems[system]!.dimension),
  ),
});

function operatorsOf({ type, angle }: ModeAction, [levels = 1, second = 1]: readonly number[]): ComplexMatrix[] {
  switch (type) {
    case "displace":
      return [displacement(levels, { re: angle, im: 0 })];
    case "kick":
      return [displacement(levels, { re: 0, im: angle })];
    case "squeeze":
      return [squeezing(levels, angle)];
    case "rotate":
      return [turned(levels, (n) => angle * n)];
    case "kerr":
      return [turned(levels, (n) => angle * n * n)];
    case "beamsplitter":
      return [beamSplitter(levels, second, angle)];
    case "loss":
      return photonLoss(levels, angle);
  }
}
