import type { Columns } from "../../numerics/linear/columns.js";
import type { CircuitGate } from "../../result/quantum-circuit.js";

/** Amplitudes and turns below this are rounding. */
const least = 1e-15;

/** A turn of two basis states that differ in one qubit. */
interface Turn {
  readonly name: "ry" | "p";
  readonly angle: number;
  /** Either of the states: the other qubits are as in it. */
  readonly state: number;
  /** The qubit, as a power of two. */
  readonly bit: number;
}

/**
 * Gates of a unitary whose columns at some basis states are given: each column is turned to its basis state by turns of two
 * states that differ in one qubit, each under the values of all others, from column to column in an order of Gray's, so that
 * what has come home need not be crossed; undone from the last to the first these make the columns (J. Vartiainen, M. Möttönen and
 * M. Salomaa, Physical Review Letters 92, 177902, 2004). A phase of the whole is left out.
 *
 * @param V is overwritten
 * @param starts the basis state of each column; the first qubit is the highest digit
 */
export function isometryGates(V: Columns, starts: readonly number[], qubits: number): readonly CircuitGate[] {
  const turns: Turn[] = [];
  const home = new Set<number>();
  const used = starts.reduce((all, start) => all | start, 0);
  const order = starts.map((_, k) => k ^ (k >> 1));
  for (const [done, column] of order.entries()) {
    const left = order.slice(done);
    for (const [state, before] of towards(starts[column]!, home, qubits).reverse())
      turns.push(...gather(V, column, left, before, state));
    home.add(starts[column]!);
  }
  const phase = (column: number): number => {
    const at = column * V.rows + starts[column]!;
    return Math.atan2(V.im[at]!, V.re[at]!);
  };
  const phases = order.slice(1).flatMap((column): readonly CircuitGate[] => {
    const start = starts[column]!;
    const bit = start & -start;
    return gateOf({ name: "p", angle: phase(column) - phase(order[0]!), state: start, bit }, qubits, used);
  });
  const undone = turns.reverse().flatMap((turn) => gateOf({ ...turn, angle: -turn.angle }, qubits, -1));
  return [...phases, ...undone];
}

/** All states that can be reached from one through neighbours that are not home, nearest first, each with the one before it. */
function towards(start: number, home: ReadonlySet<number>, qubits: number): [state: number, before: number][] {
  const seen = new Set([start]);
  const found: [number, number][] = [];
  const waiting = [start];
  for (let state = waiting.shift(); state !== undefined; state = waiting.shift()) {
    for (let bit = 1; bit < 2 ** qubits; bit *= 2) {
      const next = state ^ bit;
      if (seen.has(next) || home.has(next)) continue;
      seen.add(next);
      found.push([next, state]);
      waiting.push(next);
    }
  }
  return found;
}

/** Turns a column's amplitude at `state` over to its neighbour `to`, in all columns that are left. */
function gather(V: Columns, column: number, left: readonly number[], to: number, state: number): readonly Turn[] {
  const bit = to ^ state;
  const [zero, one] = [state & ~bit, state | bit];
  const amplitude = (row: number) => [V.re[column * V.rows + row]!, V.im[column * V.rows + row]!] as const;
  const [[a, b], [c, d]] = [amplitude(zero), amplitude(one)];
  const [size0, size1] = [Math.hypot(a, b), Math.hypot(c, d)];
  if ((state === zero ? size0 : size1) < least) return [];
  const phi = size0 < least || size1 < least ? 0 : Math.atan2(b, a) - Math.atan2(d, c);
  const half = state === one ? Math.atan2(-size1, size0) : Math.atan2(size0, size1);
  const [cos, sin] = [Math.cos(half), Math.sin(half)];
  for (const k of left) {
    const [i, j] = [k * V.rows + zero, k * V.rows + one];
    const [x, y] = [V.re[i]!, V.im[i]!];
    const u = Math.cos(phi) * V.re[j]! - Math.sin(phi) * V.im[j]!;
    const v = Math.cos(phi) * V.im[j]! + Math.sin(phi) * V.re[j]!;
    V.re[i] = cos * x - sin * u;
    V.im[i] = cos * y - sin * v;
    V.re[j] = sin * x + cos * u;
    V.im[j] = sin * y + cos * v;
  }
  return [
    { name: "p", angle: phi, state, bit },
    { name: "ry", angle: 2 * half, state, bit },
  ];
}

/** @param looked the qubits whose values a gate has to look at, as powers of two */
function gateOf({ name, angle, state, bit }: Turn, qubits: number, looked: number): readonly CircuitGate[] {
  if (Math.abs(angle) < least) return [];
  const places = Array.from({ length: qubits }, (_, place) => ({ place, power: 2 ** (qubits - 1 - place) }));
  const controls = places
    .filter(({ power }) => power !== bit && (looked & power) !== 0)
    .map(({ place, power }) => ({ wire: place, on: (state & power) === 0 ? (0 as const) : (1 as const) }));
  const wires = places.filter(({ power }) => power === bit).map(({ place }) => place);
  return [{ name, wires, angles: [angle], symbol: "", ...(controls.length > 0 && { controls }) }];
}
