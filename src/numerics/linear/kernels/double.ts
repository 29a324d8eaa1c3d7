/**
 * A double among the numbers of a kernel. Kernels are functions over arrays and numbers, in the part of TypeScript that
 * `compiler/` translates to WebAssembly, so that a module of a few kilobytes is as fast in its first call as in its last;
 * as they stand they are what a host without it runs. A `number` is a whole number of 32 bits there, unless it is said to
 * be a double, or comes of one; `| 0` makes one of a double below 2³¹, as in JavaScript.
 */
export type Double = number;
