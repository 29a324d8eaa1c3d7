import type { Device } from "../../devices/device.js";
import { isZero } from "../../expressions/affine.js";
import { fold } from "../../expressions/fold.js";
import { call, type Formula, number } from "../../expressions/formula.js";
import type { StateNode } from "./states.js";
import type { Lawful, Surroundings } from "./surroundings.js";

/**
 * How near to its walls the window of a state x is evaluated: x is drawn in by this much, so that the factor x·(1 − x) can
 * be divided out of it in numbers. A window is off by about this part of itself then, and so is the round-off of 1 − x.
 */
const margin = 1e-8;

/**
 * Whether a state starts between walls at which it stands still: its rate is 0 at x = 0 and at x = 1 whatever else it
 * reads (Joglekar & Wolf, Eur. J. Phys. 30, 661 (2009), eq. 11; Prodromakis et al., IEEE Trans. Electron Devices 58, 3099
 * (2011), eq. 8), as far as it can be told from the formula, by its factors. Then x reaches neither wall in finite time,
 * and what is left to it, 1 − x, decides how late it comes back.
 */
export function isClosed({ node, source, initial, leak }: StateNode, around: Surroundings): boolean {
  if (!(initial > 0 && initial < 1) || leak < 0) return false; // a negative one would carry it through the upper wall
  const { law, controls, device } = around.instance(source) as Lawful;
  const state = controls.findIndex((read) => read.kind === "node" && read.node === node);
  const known = closing.get(device) ?? new Map<number, boolean>();
  closing.set(device, known);
  const found = known.get(state) ?? [0, 1].every((wall) => isZero(withState(wall, law.formula, state)));
  known.set(state, found);
  return found;
}

/** What was found, by the input that is the state, by devices: those of one device have equal laws. */
const closing = new WeakMap<Device, Map<number, boolean>>();

/** A formula at a value of the state, with products of 0 computed. */
function withState(x: number, root: Formula, state: number): Formula {
  const known = new Map<Formula, Formula>();
  const of = (formula: Formula): Formula => {
    if (formula.kind === "input") return formula.index === state ? number(x) : formula;
    if (formula.kind !== "call") return formula;
    const before = known.get(formula);
    if (before !== undefined) return before;
    const parts = formula.arguments.map(of);
    const made = isPlainlyZero(formula.name, parts) ? number(0) : fold(formula.name, parts);
    known.set(formula, made);
    return made;
  };
  return of(root);
}

function isPlainlyZero(name: string, parts: readonly Formula[]): boolean {
  if (name === "*") return parts.some(isZero);
  if (name === "/") return isZero(parts[0]!) && !isZero(parts[1]!);
  return name === "if" && parts.slice(1).every(isZero);
}

/** The state by its coordinate y = ln(x/(1 − x)). */
export const stateBy = (y: Formula): Formula => call("logistic", y);

/** The coordinate of a start between the walls. */
export const coordinateOf = (x: number): number => Math.log(x / (1 - x));

/** What dy/dt = (dx/dt)/(x·(1 − x)) is made of, at the coordinate y. */
export function motionBy(y: Formula) {
  const x = call("+", number(margin), call("*", number(1 - 2 * margin), stateBy(y)));
  return {
    /** The state that the window is evaluated with. */
    x,
    /** A rate that vanishes at both walls, without that factor. */
    divided: (rate: Formula): Formula => call("/", rate, call("*", x, call("-", number(1), x))),
    /** x/(x·(1 − x)), of what leaks: 1/(1 − x) with all its digits. */
    leaking: call("+", number(1), call("exp", y)),
  };
}
