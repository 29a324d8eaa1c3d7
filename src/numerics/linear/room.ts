import { instantiated } from "../lanes/instance.js";
import { type Kernels, plainKernels } from "./kernels/index.js";
import { compiledKernels } from "./kernels.wasm.js";

/** Gives out arrays that lie in one memory. */
export interface Room {
  /** So many zeros, or a copy. */
  ints(content: number | Int32Array): Int32Array;
  doubles(count: number): Float64Array;
}

/** Arrays, and the kernels that work on them. */
export interface Furnished<Arrays> {
  readonly arrays: Arrays;
  readonly kernels: Kernels;
}

/**
 * Room for the arrays that `furnish` asks for, which is called twice: once to see how much that is. The kernels are those
 * that the build made WebAssembly of, or, where the host has none, as they are written; either knows only arrays in here.
 */
export function roomFor<Arrays>(furnish: (room: Room) => Arrays): Furnished<Arrays> {
  let size = 0;
  const count = (bytes: number): void => void (size += Math.ceil(bytes / 8) * 8);
  const empty = { ints: new Int32Array(0), doubles: new Float64Array(0) };
  furnish({
    ints: (content) => {
      count(4 * (typeof content === "number" ? content : content.length));
      return empty.ints;
    },
    doubles: (length) => {
      count(8 * length);
      return empty.doubles;
    },
  });
  const made = instantiated<Kernels>(module, size);
  const memory = made?.memory ?? new ArrayBuffer(size);
  let at = 0;
  const take = (bytes: number): number => {
    const from = at;
    at += Math.ceil(bytes / 8) * 8;
    return from;
  };
  const arrays = furnish({
    ints: (content) => {
      const length = typeof content === "number" ? content : content.length;
      const array = new Int32Array(memory, take(4 * length), length);
      if (typeof content !== "number") array.set(content);
      return array;
    },
    doubles: (length) => new Float64Array(memory, take(8 * length), length),
  });
  return { arrays, kernels: made === undefined ? plainKernels : addressed(made.functions, memory) };
}

let compiled: WebAssembly.Module | undefined;

/** The kernels, compiled once in a process. */
function module(): WebAssembly.Module {
  if (compiled !== undefined) return compiled;
  const letters = atob(compiledKernels);
  const bytes = new Uint8Array(letters.length);
  for (let k = 0; k < letters.length; k++) bytes[k] = letters.charCodeAt(k);
  compiled = new WebAssembly.Module(bytes);
  return compiled;
}

/** WebAssembly knows an array by its address. */
function addressed(functions: Kernels, memory: ArrayBuffer): Kernels {
  const of =
    (kernel: (...given: unknown[]) => unknown) =>
    (...given: unknown[]): unknown => {
      for (let k = 0; k < given.length; k++) {
        const array = given[k];
        if (typeof array === "number") continue;
        const { buffer, byteOffset } = array as Int32Array | Float64Array;
        if (buffer !== memory) throw new Error("A kernel was given an array that lies elsewhere.");
        given[k] = byteOffset;
      }
      return kernel(...given);
    };
  // What is exported has the names of the kernels, and takes what they take, arrays as addresses.
  return Object.fromEntries(
    Object.keys(plainKernels).map((name) => [name, of(functions[name as keyof Kernels] as never)]),
  ) as unknown as Kernels;
}
