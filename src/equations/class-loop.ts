import type { Device, Junction } from "../devices/device.js";
import type { Linearization } from "../numerics/system.js";
import { addBlock, addRows, type DeviceClass, evaluate } from "./classes.js";

/** Adds all instances of a class to the circuit's equations. */
export type ClassLoop = (of: DeviceClass, t: number, x: Float64Array, out: Linearization) => void;

/** Blocks with more entries are not written out. */
const mostEntries = 150;

/**
 * The inner loop of a class. It is written out for the shape of the device's block, one function for each class: an
 * engine that optimises by what a piece of code has seen then sees one device in each. Where code from text is
 * forbidden, `plainLoop` does the same. The text is made of the numbers of the shape alone, and of how many values differ.
 */
export function loopOf(of: DeviceClass): ClassLoop {
  return written<ClassLoop>(of, codeOf(of)) ?? plainLoop;
}

/**
 * Adds all instances of a class, each evaluated with its junction at a voltage and continued to that at x along its slopes;
 * `voltage` is that of all junctions, `first` the place of the class's.
 */
export type LedLoop = (
  of: DeviceClass,
  t: number,
  x: Float64Array,
  out: Linearization,
  voltage: Float64Array,
  first: number,
) => void;

/** The loop of a class that has junctions, while these are led; undefined where it cannot be written out. */
export const ledLoopOf = (of: DeviceClass, { plus, minus }: Junction): LedLoop | undefined =>
  written<LedLoop>(of, codeOf(of, { plus, minus }));

/** What the text says; undefined for large blocks, and where code from text is forbidden. */
function written<Loop>(of: DeviceClass, code: string): Loop | undefined {
  if (of.columns + of.charge.entries.length + of.current.entries.length > mostEntries) return undefined;
  const loops = known.get(of.device) ?? new Map<string, unknown>();
  known.set(of.device, loops);
  try {
    const loop = loops.get(code) ?? new Function("hold", code)(hold);
    loops.set(code, loop);
    return loop as Loop;
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}

/** What was written for a device, by its text: a second circuit finds it warm. */
const known = new WeakMap<Device, Map<string, unknown>>();

/** The loop for any class. */
export const plainLoop: ClassLoop = (of, t, x, out) => {
  const { at, charge, current } = of;
  const charged = charge.entries.length > 0;
  for (let index = 0; index < of.instances.length; index++) {
    evaluate(of, index, t, x);
    if (of.heldCount > 0) hold(of, index);
    addRows(of, index, at.f, out.f);
    addBlock(current, index, at.f_x, out.G);
    if (!charged) continue; // without slopes q is constant, and only its change counts
    addRows(of, index, at.q, out.q);
    addBlock(charge, index, at.q_x, out.C);
  }
};

/** Makes the rows of states that are held at their walls dx/dt = 0. */
function hold({ held, rows, columns, at: { f, f_x } }: DeviceClass, index: number): void {
  for (let row = 0; row < rows; row++) {
    if (held[index * rows + row] === 0) continue;
    f[row] = 0;
    f_x.fill(0, row * columns, (row + 1) * columns);
  }
}

/** `plainLoop` with its inner loops unrolled: gather, clear, evaluate, scatter; with a junction, that of `LedLoop`. */
function codeOf(
  { rows, columns, charge, current, device, values }: DeviceClass,
  led?: { readonly plus: number; readonly minus: number },
): string {
  const qs = [...charge.entries];
  const fs = [...current.entries];
  const local = [...Array(columns).keys()];
  const ownRows = local.slice(0, rows);
  const lines = (list: readonly number[], line: (item: number, k: number) => string) => list.map(line).join("\n");
  const differing = values.names.map((_, k) => k);
  const isCharged = qs.length > 0;
  const ahead = (row: number, plus: number): string => {
    const slope = row * columns + plus;
    return `f[${row}] += f_x[${slope}] * ahead;${isCharged ? ` q[${row}] += q_x[${slope}] * ahead;` : ""}`;
  };
  const walled = device.own.some(({ walls }) => walls !== undefined);
  return `"use strict";
return (of, t, x, out${led ? ", voltage, first" : ""}) => {
  const { device, modes, places, x: u, at } = of;
  const { shown: v, names, columns } = of.values;
  const { q, f, q_x, f_x } = at;
  const { q: Q, f: F, C, G } = out;
  const qs = of.charge.slots, fs = of.current.slots;
  const count = of.instances.length;
  ${lines(differing, (k) => `const n${k} = names[${k}], c${k} = columns[${k}];`)}
  for (let i = 0; i < count; i++) {
    ${lines(local, (k) => `const p${k} = places[i * ${columns} + ${k}]; u[${k}] = p${k} < 0 ? 0 : x[p${k}];`)}
    ${lines(ownRows, (k) => `q[${k}] = 0; f[${k}] = 0;`)}
    ${lines(qs, (e) => `q_x[${e}] = 0;`)}
    ${lines(fs, (e) => `f_x[${e}] = 0;`)}
    ${lines(differing, (k) => `v[n${k}] = c${k}[i];`)}
    ${led ? `const ahead = u[${led.plus}] - u[${led.minus}] - voltage[first + i]; u[${led.plus}] -= ahead;` : ""}
    device.load(t, u, v, at, modes[i]);
    ${led ? lines(ownRows, (row) => ahead(row, led.plus)) : ""}
    ${walled ? "if (of.heldCount > 0) hold(of, i);" : ""}
    ${lines(ownRows, (k) => `if (p${k} >= 0) { F[p${k}] += f[${k}]; ${qs.length > 0 ? `Q[p${k}] += q[${k}];` : ""} }`)}
    let s = 0;
    ${lines(fs, (e, k) => `s = fs[i * ${fs.length} + ${k}]; if (s >= 0) G[s] += f_x[${e}];`)}
    ${lines(qs, (e, k) => `s = qs[i * ${qs.length} + ${k}]; if (s >= 0) C[s] += q_x[${e}];`)}
  }
};`;
}
