import { moduleOf, type WrittenFunction } from "./assembler.js";

/** A page of memory, in bytes. */
const page = 65536;

/** Functions with a memory of their own; undefined where the host makes no code of bytes, or has no vector instructions. */
export function instanceOf<Functions>(
  functions: readonly WrittenFunction[],
  doubles: number,
): (Functions & { readonly memory: Float64Array }) | undefined {
  const made = instantiated<Functions>(() => new WebAssembly.Module(moduleOf(functions)), 8 * doubles);
  return made && { ...made.functions, memory: new Float64Array(made.memory) };
}

/**
 * The functions of a module with a memory of their own, of so many bytes or a little more, and with what is given to them;
 * undefined where the host makes no code of bytes, lacks an instruction, or has no room for another memory.
 */
export function instantiated<Functions>(
  module: () => WebAssembly.Module,
  size: number,
  given: Readonly<Record<string, (...of: number[]) => number>> = {},
): { readonly functions: Functions; readonly memory: ArrayBuffer; readonly shared: WebAssembly.Memory } | undefined {
  if (typeof WebAssembly === "undefined") return undefined;
  try {
    const shared = new WebAssembly.Memory({ initial: Math.ceil(size / page) });
    const { exports } = new WebAssembly.Instance(module(), { m: { m: shared, ...given } });
    return { functions: exports as unknown as Functions, memory: shared.buffer, shared };
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof RangeError) return undefined;
    throw error;
  }
}
