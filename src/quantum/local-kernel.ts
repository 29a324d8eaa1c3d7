/** A sparse matrix on few systems, by its entries. */
export interface LocalEntries {
  readonly size: number;
  /** Ascending by rows. */
  readonly entries: readonly (readonly [row: number, column: number, value: number])[];
}

/** Where a local matrix acts on a register. */
export interface LocalPlaces {
  /** Where each of its states stands, from a base on. */
  readonly places: Int32Array;
  /** Where the states of all other systems stand, ascending. */
  readonly bases: Int32Array;
}

/** Adds factor · Ay, A being one local matrix at all bases. */
export type LocalKernel = (factor: number, y: Float64Array, out: Float64Array, at: LocalPlaces) => void;

/** Matrices of more entries than this are walked: their code would be longer than a processor likes. */
const mostWritten = 300;

/** Makes kernels; matrices that are equal share theirs, so that it is compiled once. */
export class LocalKernels {
  readonly #written = new Map<string, LocalKernel>();

  of(matrix: LocalEntries): LocalKernel {
    if (matrix.entries.length > mostWritten) return walked(matrix);
    const code = codeOf(matrix);
    try {
      const kernel = this.#written.get(code) ?? (new Function(code)() as LocalKernel);
      this.#written.set(code, kernel);
      return kernel;
    } catch (error) {
      // A host that forbids making code of text.
      if (error instanceof EvalError) return walked(matrix);
      throw error;
    }
  }
}

/** Entry by entry, the same list at each base. */
function walked({ size, entries }: LocalEntries): LocalKernel {
  const start = new Int32Array(size + 1);
  for (const [row] of entries) start[row + 1]!++;
  for (let i = 0; i < size; i++) start[i + 1]! += start[i]!;
  const column = Int32Array.from(entries, ([, j]) => j);
  const value = Float64Array.from(entries, ([, , v]) => v);
  return (factor, y, out, { places, bases }) => {
    const from = column.map((j) => places[j]!);
    for (let k = 0; k < bases.length; k++) {
      const base = bases[k]!;
      for (let i = 0, e = 0; i < size; i++) {
        const end = start[i + 1]!;
        let sum = 0;
        for (; e < end; e++) sum += value[e]! * y[base + from[e]!]!;
        out[base + places[i]!]! += factor * sum;
      }
    }
  };
}

/**
 * The same in straight lines, where nothing is looked up: a base's numbers are read once (measured: half the time of a
 * sparse matrix by rows on 6 qubits, and it needs none of its entries laid out). The text is made of numbers alone.
 */
function codeOf({ size, entries }: LocalEntries): string {
  const values = [...new Set(entries.map(([, , value]) => Math.abs(value)))];
  const columns = [...new Set(entries.map(([, column]) => column))];
  const rows = Array.from({ length: size }, (_, row) => {
    const own = entries.filter(([of]) => of === row);
    const parts = values.flatMap((value, k) => {
      const terms = own.filter(([, , it]) => Math.abs(it) === value);
      if (terms.length === 0) return [];
      return [`c${k} * (${terms.map(([, column, it]) => `${it < 0 ? "-" : "+"} y${column}`).join(" ")})`];
    });
    return parts.length === 0 ? [] : [`out[b + p${row}] += f * (${parts.join(" + ")});`];
  });
  return `"use strict";
const ${values.map((value, k) => `c${k} = ${value}`).join(", ")};
return (f, y, out, { places, bases }) => {
  const ${Array.from({ length: size }, (_, k) => `p${k} = places[${k}]`).join(", ")};
  for (let k = 0; k < bases.length; k++) {
    const b = bases[k];
    ${columns.map((column) => `const y${column} = y[b + p${column}];`).join("\n    ")}
    ${rows.flat().join("\n    ")}
  }
};`;
}
