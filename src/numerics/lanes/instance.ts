import { moduleOf, type WrittenFunction } from "./assembler.js";

/** A page of memory, in doubles. */
const page = 8192;

/** Functions with a memory of their own; undefined where the host makes no code of bytes, or has no vector instructions. */
export function instanceOf<Functions>(
  functions: readonly WrittenFunction[],
  doubles: number,
): (Functions & { readonly memory: Float64Array }) | undefined {
  if (typeof WebAssembly === "undefined") return undefined;
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(doubles / page) });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleOf(functions)), { m: { m: memory } });
    return { ...(exports as unknown as Functions), memory: new Float64Array(memory.buffer) };
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof RangeError) return undefined;
    throw error;
  }
}
