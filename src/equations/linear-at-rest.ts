import type { DeviceClass } from "./classes.js";

/**
 * Whether nothing of a device turns or looks back, and its currents are linear in all it reads but its own states, as
 * those of a resistor, a source, or a memristor whose state stands.
 */
export function isLinearAtRest({ device, columns, current }: DeviceClass): boolean {
  if (device.modes ?? device.switching ?? device.past) return false;
  if (device.slopes?.fixed === "q and f" || device.claims?.ohmic) return true;
  const stated = new Set(device.slopes?.linear);
  const first = device.terminals.length;
  const isState = (column: number): boolean => device.own[column - first]?.role === "state";
  const read = new Set([...current.entries].map((entry) => entry % columns));
  return [...read].every((column) => isState(column) || stated.has(column));
}
