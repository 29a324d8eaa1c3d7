import type { MeasureTask, Signal } from "./circuit.js";

/** The signals that a measure looks at. */
export function signalsOfTask(task: MeasureTask): readonly Signal[] {
  const event = (crossing: unknown): readonly Signal[] =>
    typeof crossing === "object" && crossing !== null && "left" in crossing && "right" in crossing
      ? [crossing.left as Signal, crossing.right as Signal]
      : [];
  switch (task.kind) {
    case "statistic":
    case "at":
    case "harmonic":
      return [task.signal];
    case "when":
      return [...(task.signal ? [task.signal] : []), ...event(task.event)];
    case "between":
      return [...event(task.trigger), ...event(task.target)];
    case "loop":
      return [task.voltage, task.current];
    case "switching":
      return [task.state, task.power];
    case "param":
    case "learned":
    case "channel":
      return [];
  }
}
