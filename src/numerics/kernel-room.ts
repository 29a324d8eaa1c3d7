import { instantiated } from "./lanes/instance.js";

/** Gives out arrays that lie in one memory. */
export interface Room {
  /** So many zeros, or a copy. */
  ints(content: number | Int32Array): Int32Array;
  doubles(content: number | Float64Array): Float64Array;
  /** So many zeros. */
  bytes(count: number): Uint8Array;
}

/** Gives out arrays that lie anywhere. */
export const plainRoom: Room = {
  ints: (content) => (typeof content === "number" ? new Int32Array(content) : content.slice()),
  doubles: (content) => (typeof content === "number" ? new Float64Array(content) : content.slice()),
  bytes: (count) => new Uint8Array(count),
};

/** Kernels of a folder. */
export interface KernelSet<Kernels> {
  /** As they are written. */
  readonly plain: Kernels;
  /** As a module of WebAssembly, in base 64, and what each of them takes. */
  readonly compiled: string;
  readonly take: Readonly<Record<string, readonly ("" | readonly string[])[]>>;
  /** What the module is given of `Math`. */
  readonly given?: Readonly<Record<string, (...of: number[]) => number>>;
}

/** Arrays, and the kernels that work on them. */
export interface Furnished<Arrays, Kernels> {
  readonly arrays: Arrays;
  readonly kernels: Kernels;
  /** Where the arrays lie, for other modules that work on them; undefined where kernels are not compiled. */
  readonly memory?: WebAssembly.Memory | undefined;
}

/** What gives kernels their arrays. */
interface Binder {
  /** A kernel that is called often: the same with its first arguments, arrays, once for all; what is left are numbers. */
  bind<Given extends readonly unknown[], Rest extends readonly number[], Result>(
    kernel: (...all: [...Given, ...Rest]) => Result,
    ...given: Given
  ): (...rest: Rest) => Result;
}

/**
 * Room for the arrays that `furnish` asks for, which is called twice: once to see how much that is. The kernels are those
 * that the build made WebAssembly of, or, for fewer bytes than `least` and where the host has none, as they are written;
 * either way they know only arrays in here.
 */
export function roomWith<Arrays, Kernels>(
  set: KernelSet<Kernels>,
  least: number,
  furnish: (room: Room) => Arrays,
): Furnished<Arrays, Kernels> & Binder {
  let size = 0;
  const count = (bytes: number): void => void (size += Math.ceil(bytes / 8) * 8);
  const empty = { ints: new Int32Array(0), doubles: new Float64Array(0), bytes: new Uint8Array(0) };
  furnish({
    ints: (content) => {
      count(4 * (typeof content === "number" ? content : content.length));
      return empty.ints;
    },
    doubles: (content) => {
      count(8 * (typeof content === "number" ? content : content.length));
      return empty.doubles;
    },
    bytes: (length) => {
      count(length);
      return empty.bytes;
    },
  });
  const made = size < least ? undefined : instantiated<Compiled>(() => moduleOf(set.compiled), size, set.given);
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
    bytes: (length) => new Uint8Array(memory, take(length), length),
  });
  if (made !== undefined) return { arrays, ...addressed(set, made.functions, memory), memory: made.shared };
  return { arrays, kernels: set.plain, bind: boundPlainly };
}

const boundPlainly: Binder["bind"] =
  (kernel, ...given) =>
  (...rest) =>
    kernel(...given, ...rest);

const modules = new Map<string, WebAssembly.Module>();

/** A module, compiled once in a process. */
export function moduleOf(text: string): WebAssembly.Module {
  const known = modules.get(text);
  if (known !== undefined) return known;
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let k = 0; k < letters.length; k++) bytes[k] = letters.charCodeAt(k);
  const module = new WebAssembly.Module(bytes);
  modules.set(text, module);
  return module;
}

/** The kernels of a module, by their names. */
type Compiled = Readonly<Record<string, (...given: number[]) => unknown>>;

/** WebAssembly knows an array by its address, and takes what a record holds one after the other. */
function addressed<Kernels>(
  { take }: KernelSet<Kernels>,
  functions: Compiled,
  memory: ArrayBuffer,
): Pick<Furnished<unknown, Kernels>, "kernels"> & Binder {
  const address = (given: unknown): number => {
    if (typeof given === "number") return given;
    const { buffer, byteOffset } = given as Int32Array | Float64Array;
    if (buffer !== memory) throw new Error("A kernel was given an array that lies elsewhere.");
    return byteOffset;
  };
  const of = (kernel: Compiled[string], takes: readonly ("" | readonly string[])[]) => {
    if (takes.every((names) => names === "")) return direct(kernel);
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
  // Most calls are of such, and most of what they are given are numbers.
  const direct =
    (kernel: Compiled[string]) =>
    (...given: unknown[]): unknown => {
      for (let k = 0; k < given.length; k++) if (typeof given[k] !== "number") given[k] = address(given[k]);
      return kernel(...(given as number[]));
    };
  const inside = new Map<unknown, Compiled[string]>();
  const outside = Object.entries(take).map(([name, takes]) => {
    const kernel = of(functions[name]!, takes);
    inside.set(kernel, functions[name]!);
    return [name, kernel];
  });
  return {
    // What is exported has the names of the kernels, and takes what they take.
    kernels: Object.fromEntries(outside) as unknown as Kernels,
    bind: <Rest extends readonly number[], Result>(kernel: unknown, ...given: readonly unknown[]) =>
      inside.get(kernel)!.bind(undefined, ...given.map(address)) as unknown as (...rest: Rest) => Result,
  };
}
