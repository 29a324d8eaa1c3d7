import type { Netlist } from "../syntax/ast.js";
import { type ElaborateContext, type Elaborated, elaborate } from "./elaborate.js";
import { FormulaPrograms } from "./formula-programs.js";
import type { RunPoint } from "./runs/runs.js";

/**
 * Elaborates a netlist as it stands, and for its runs. Of runs that differ in their draws and in what is stepped alone the first is read
 * as a whole, and of the others, where it can be, the cards that these decide: what comes of it is the same.
 */
export function elaborateRuns(netlist: Netlist, context: ElaborateContext): (run?: RunPoint) => Elaborated {
  let programs = new FormulaPrograms();
  let last: { readonly run: RunPoint; readonly elaborated: Elaborated } | undefined;
  return (run) => {
    const circuit = run && last && areAlike(run, last.run) ? last.elaborated.redraw?.(run) : undefined;
    if (last && circuit) return { ...last.elaborated, circuit };
    if (programs.isFull) programs = new FormulaPrograms();
    const elaborated = elaborate(netlist, { ...context, programs, run });
    last = run && elaborated.redraw && { run, elaborated };
    return elaborated;
  };
}

/** Whether runs step the same, and are at one temperature, which all devices may follow. */
const areAlike = (a: RunPoint, b: RunPoint): boolean =>
  (a.stream === undefined) === (b.stream === undefined) &&
  a.axes.length === b.axes.length &&
  a.axes.every((axis, k) => axis === b.axes[k] && (axis.sets.kind !== "temperature" || a.values[k] === b.values[k]));
