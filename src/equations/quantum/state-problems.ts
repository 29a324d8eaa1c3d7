import type { Circuit } from "../../circuit/circuit.js";
import { smallestEigenvalue } from "../../quantum/measures.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import { jointState } from "./initial-state.js";

/** An eigenvalue so little below 0 is rounding of what a file was written with. */
const rounding = 1e-9;

/** What is wrong with the joint states of a circuit's blocks: one from a file may have probabilities below 0. */
export const stateProblems = ({ blocks }: Circuit): readonly Diagnostic[] =>
  blocks.flatMap((block) =>
    block.joint.flatMap((joint): readonly Diagnostic[] => {
      if (joint.state.kind !== "rho") return [];
      const least = smallestEigenvalue(jointState(joint, block));
      if (least >= -rounding) return [];
      const message = `The state from the file has the eigenvalue ${Number(least.toPrecision(4))}, but those of a state are probabilities, 0 or more.`;
      return [{ severity: "error", code: "not-positive", message, span: joint.span }];
    }),
  );
