import type { Instance, Quantity, Signal, Unknown } from "../circuit/circuit.js";
import type { CompiledSystem } from "../equations/compiled-system.js";
import { patternOf } from "../equations/pattern.js";
import { evaluatePhasor, type Phasor } from "../expressions/phasor.js";
import { factoredMatrix } from "../numerics/linear/choose.js";
import { linearization } from "../numerics/system.js";

/** States that are integrals of what they are given: they oscillate with it, where others stand still. */
const integrals: ReadonlySet<string> = new Set(["idt", "integrator"]);

/**
 * A circuit that oscillates a little about a point: (G + iωC)·δx = b, with the slopes G = ∂f/∂x and C = ∂q/∂x there.
 * States of devices stand still, δx = 0, but for integrals. A complex number takes two places in a row: its real part,
 * then its imaginary part.
 */
export class SmallOscillations {
  readonly #size: number;
  readonly #g: Float64Array; // size nnz
  readonly #c: Float64Array; // size nnz
  readonly #late: Float64Array; // size nnz, s: by how much an entry's unknown is looked at as it was
  readonly #slots: Int32Array; // size 4·nnz: of re-re, re-im, im-re, im-im of each entry
  readonly #frozen: Int32Array; // slots of the ones on the diagonals of what stands still
  readonly #matrix: ReturnType<typeof factoredMatrix>;
  readonly #values: Float64Array;

  /** `adjoint`: the transposed problem, which finds what all places of b do to one unknown. */
  constructor(
    readonly system: CompiledSystem,
    readonly x: Float64Array,
    adjoint = false,
  ) {
    const at = linearization(system);
    system.load(-Infinity, x, at);
    const { size, columnStart, row } = system.pattern;
    const still = statesAtRest(system);
    this.#size = size;
    this.#g = at.G;
    this.#c = at.C;
    this.#late = delaysOf(system);
    const rows: number[] = [];
    const columns: number[] = [];
    for (let column = 0; column < size; column++) {
      for (let k = columnStart[column]!; k < columnStart[column + 1]!; k++) {
        const i = still[row[k]!] === 1 ? -1 : 2 * row[k]!; // a row that is left out
        const imaginary = i < 0 ? -1 : i + 1;
        rows.push(i, i, imaginary, imaginary);
        columns.push(2 * column, 2 * column + 1, 2 * column, 2 * column + 1);
      }
    }
    const held = [...still.keys()].filter((k) => still[k] === 1).flatMap((k) => [2 * k, 2 * k + 1]);
    for (const k of held) {
      rows.push(k);
      columns.push(k);
    }
    const [down, across] = [Int32Array.from(rows), Int32Array.from(columns)];
    const { pattern, slots } = adjoint ? transposed(2 * size, down, across) : patternOf(2 * size, down, across);
    this.#slots = slots.subarray(0, 4 * row.length);
    this.#frozen = slots.subarray(4 * row.length);
    this.#matrix = factoredMatrix(pattern);
    this.#values = new Float64Array(pattern.row.length);
  }

  get factorizations(): number {
    return this.#matrix.factorizations;
  }

  /** Makes ready for an angular frequency, rad/s; gives the place of an unknown that nothing determines. */
  at(omega: number): number | undefined {
    const values = this.#values.fill(0);
    for (let k = 0; k < this.#g.length; k++) {
      const late = this.#late[k]!;
      // What was τ ago is e^(−iωτ) times what is; a delay has no charge.
      const g = late === 0 ? this.#g[k]! : this.#g[k]! * Math.cos(omega * late);
      const c = late === 0 ? omega * this.#c[k]! : -this.#g[k]! * Math.sin(omega * late);
      this.#add(4 * k, g);
      this.#add(4 * k + 1, -c);
      this.#add(4 * k + 2, c);
      this.#add(4 * k + 3, g);
    }
    for (const slot of this.#frozen) values[slot] = 1;
    const singular = this.#matrix.factor(values);
    return singular && singular.column >> 1;
  }

  #add(entry: number, value: number): void {
    const slot = this.#slots[entry]!;
    if (slot >= 0) this.#values[slot]! += value;
  }

  /** Overwrites the amplitudes b, size 2n, with those of the unknowns. */
  solve(b: Float64Array): void {
    this.#matrix.solve(b);
  }

  /** size 2n: amplitudes that are all 0. */
  none(): Float64Array {
    return new Float64Array(2 * this.#size);
  }
}

/** size nnz: the times of delays, in the entries of their rows by what they delay; 0 elsewhere. */
function delaysOf(system: CompiledSystem): Float64Array {
  const { size, columnStart, row } = system.pattern;
  const ofRow = new Float64Array(size);
  for (const [instance, { device }] of system.circuit.instances.entries())
    if (device.past !== undefined) ofRow[system.place({ kind: "own", instance, index: 0 })] = device.past.span;
  const late = new Float64Array(row.length);
  for (let column = 0; column < size; column++)
    for (let k = columnStart[column]!; k < columnStart[column + 1]!; k++)
      if (row[k] !== column) late[k] = ofRow[row[k]!]!;
  return late;
}

/** Rows and columns change places; a row that is left out (−1) is a column that is. */
function transposed(size: number, rows: Int32Array, columns: Int32Array): ReturnType<typeof patternOf> {
  const isLeftOut = (k: number): boolean => rows[k]! < 0;
  const down = columns.map((column, k) => (isLeftOut(k) ? -1 : column));
  return patternOf(size, down, rows);
}

/** size n: 1 for states that stand still. */
function statesAtRest(system: CompiledSystem): Uint8Array {
  const still = new Uint8Array(system.unknowns.length);
  for (const [instance, { device }] of system.circuit.instances.entries()) {
    if (integrals.has(device.type)) continue;
    for (const [index, { role }] of device.own.entries())
      if (role === "state") still[system.place({ kind: "own", instance, index })] = 1;
  }
  return still;
}

/** Adds what a source of unit amplitude drives, times a complex amplitude, to b: minus its contribution to f. */
export function drive(system: CompiledSystem, instance: number, [re, im]: Phasor, b: Float64Array): void {
  const { device, values, terminals } = system.circuit.instances[instance] as Instance;
  const rows = terminals.length + device.own.length;
  const part = () => new Float64Array(rows * rows);
  const out = { q: new Float64Array(rows), f: new Float64Array(rows), q_x: part(), f_x: part() };
  device.load(-Infinity, new Float64Array(rows), { ...values, dc: 1 }, out, 0);
  for (const [k, f] of out.f.entries()) {
    const own = k - terminals.length;
    const place =
      own < 0
        ? system.place({ kind: "node", node: terminals[k]! })
        : system.place({ kind: "own", instance, index: own });
    if (place < 0) continue;
    b[2 * place]! -= f * re;
    b[2 * place + 1]! -= f * im;
  }
}

/** The complex amplitude of a signal, as a function of those of the unknowns (size 2n); about the point x. */
export function phasorReader(
  system: CompiledSystem,
  x: Float64Array,
  { formula, inputs }: Signal,
): (amplitudes: Float64Array) => Phasor {
  const readers = inputs.map((quantity) => quantityReader(system, x, quantity));
  return (amplitudes) =>
    evaluatePhasor(
      formula,
      readers.map((read) => read(amplitudes)),
    );
}

/** v/i of a device with two terminals: of a memristor, whose state stands still, its resistance for small changes. */
function impedanceReader(
  system: CompiledSystem,
  x: Float64Array,
  instance: number,
): (amplitudes: Float64Array) => Phasor {
  const [p = 0, n = 0] = system.circuit.instances[instance]!.terminals;
  const [high, low] = [p, n].map((node) => quantityReader(system, x, { kind: "node", node }));
  const current = quantityReader(system, x, { kind: "current", instance, terminal: 0 });
  const input = (index: number): Signal["formula"] => ({ kind: "input", index });
  const ratio: Signal["formula"] = { kind: "call", name: "/", arguments: [input(0), input(1)] };
  return (amplitudes) => {
    const [a, b] = [high!(amplitudes), low!(amplitudes)];
    return evaluatePhasor(ratio, [[a[0] - b[0], a[1] - b[1]], current(amplitudes)]);
  };
}

/** How a voltage of the circuit follows the unknowns, by their places in x (−1: ground). */
export function outputOf(
  system: CompiledSystem,
  { formula, inputs }: Signal,
): readonly { readonly place: number; readonly slope: number }[] {
  const signs = new Map<number, number>();
  const add = (part: Signal["formula"], sign: number): void => {
    if (part.kind === "input") signs.set(part.index, (signs.get(part.index) ?? 0) + sign);
    if (part.kind === "call")
      for (const [k, it] of part.arguments.entries()) add(it, k > 0 || part.name === "neg" ? -sign : sign);
  };
  add(formula, 1);
  return [...signs].map(([index, slope]) => ({ place: system.place(inputs[index] as Unknown), slope }));
}

function quantityReader(
  system: CompiledSystem,
  x: Float64Array,
  quantity: Quantity,
): (amplitudes: Float64Array) => Phasor {
  if (quantity.kind === "observable" && quantity.name === "r") return impedanceReader(system, x, quantity.instance);
  if (quantity.kind === "quantum" || quantity.kind === "observable" || quantity.kind === "noise")
    return () => [Number.NaN, Number.NaN];
  const terms =
    quantity.kind === "current"
      ? system.currentSlopes(quantity.instance, quantity.terminal, x)
      : [{ place: system.place(quantity), slope: 1 }];
  return (amplitudes) => {
    let [re, im] = [0, 0];
    for (const { place, slope } of terms) {
      if (place < 0) continue;
      re += slope * amplitudes[2 * place]!;
      im += slope * amplitudes[2 * place + 1]!;
    }
    return [re, im];
  };
}
