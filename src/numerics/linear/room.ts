import { instantiated } from "../lanes/instance.js";
import { type Kernels, plainKernels } from "./kernels/index.js";
import { compiledKernels, kernelsTake } from "./kernels.wasm.js";

/** Gives out arrays that lie in one memory. */
export interface Room {
  /** So many zeros, or a copy. */
  ints(content: number | Int32Array): Int32Array;
  doubles(content: number | Float64Array): Float64Array;
}

/** Arrays, and the kernels that work on them. */
export interface Furnished<Arrays> {
  readonly arrays: Arrays;
  readonly kernels: Kernels;
}

/** What takes fewer bytes is computed sooner than a memory of its own is made, and the kernels compiled. */
const small = 65536;

/**
 * Room for the arrays that `furnish` asks for, which is called twice: once to see how much that is. The kernels are those
 * that the build made WebAssembly of, or, for small matrices and where the host has none, as they are written; either
 * way they know only arrays in here.
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
    doubles: (content) => {
      count(8 * (typeof content === "number" ? content : content.length));
      return empty.doubles;
    },
  });
  const made = size < small ? undefined : instantiated<Compiled>(module, size);
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
    doubles: (content) => {
      const length = typeof content === "number" ? content : content.length;
      const array = new Float64Array(memory, take(8 * length), length);
      if (typeof content !== "number") array.set(content);
      return array;
    },
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

/** The kernels of a module, by their names. */
type Compiled = Readonly<Record<string, (...given: number[]) => unknown>>;

/** WebAssembly knows an array by its address, and takes what a record holds one after the other. */
function addressed(functions: Compiled, memory: ArrayBuffer): Kernels {
  const address = (given: unknown): number => {
    if (typeof given === "number") return given;
    const { buffer, byteOffset } = given as Int32Array | Float64Array;
    if (buffer !== memory) throw new Error("A kernel was given an array that lies elsewhere.");
    return byteOffset;
  };
  const of = (kernel: Compiled[string], takes: readonly ("" | readonly string[])[]) => {
    return (...given: unknown[]): unknown => {
      const taken: number[] = [];
      for (let k = 0; k < takes.length; k++) {
        const names = takes[k]!;
        if (names === "") taken.push(address(given[k]));
        else for (const name of names) taken.push(address((given[k] as Readonly<Record<string, unknown>>)[name]));
      }
      return kernel(...taken);
    };
  };
  const bound = Object.entries(kernelsTake).map(([name, takes]) => [name, of(functions[name]!, takes)]);
  // What is exported has the names of the kernels, and takes what they take.
  return Object.fromEntries(bound) as unknown as Kernels;
}
