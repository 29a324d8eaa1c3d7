import { large, type StepArrays, stepArrays } from "../numerics/integrators/step-room.js";
import { type Furnished, roomFor } from "../numerics/linear/room.js";
import type { Linearization, Pattern, System } from "../numerics/system.js";
import { type ClassLoop, loopOf } from "./class-loop.js";
import type { DeviceClass } from "./classes.js";
import { isLinear, type LinearArrays, type LinearPart } from "./linear-part.js";
import { bringValues, isCompiled, type LoopArrays, loopArrays, MemristorLoops } from "./memristor-loop.js";

type Load = System["load"];

/** A class that is no part of the linear one, and its loop. */
interface Looped {
  readonly of: DeviceClass;
  loop: ClassLoop;
  /** In so many values instances differ. */
  differing: number;
}

/**
 * Loads the equations of a circuit: the linear part, then class by class. Of a large circuit all that is compiled lies in
 * one memory with the arrays of whoever steps; what is loaded elsewhere is loaded there first, and copied.
 */
export class Loader {
  readonly #pattern: Pattern;
  readonly #charges: Int32Array;
  readonly #linear: LinearPart | null;
  readonly #looped: Looped[];
  readonly #compiled: DeviceClass[];
  #memory: Memory | undefined;
  #isStale = true;

  /** @param linear null: the others are added to what stands there */
  constructor(classes: readonly DeviceClass[], pattern: Pattern, charges: Int32Array, linear: LinearPart | null) {
    const others = classes.filter((of) => !isLinear(of));
    const isLarge = linear !== null && pattern.size >= large && typeof WebAssembly !== "undefined";
    this.#pattern = pattern;
    this.#charges = charges;
    this.#linear = linear;
    this.#compiled = isLarge ? others.filter(isCompiled) : [];
    const rest = others.filter((of) => !this.#compiled.includes(of));
    this.#looped = rest.map(looped);
  }

  /** Writes q, f and their slopes. */
  readonly load: Load = (t, x, out) => {
    const memory = this.#room();
    if (memory === undefined) {
      this.#linear?.load(x, out);
      for (let k = 0; k < this.#looped.length; k++) this.#looped[k]!.loop(this.#looped[k]!.of, t, x, out);
    } else if (x.buffer === memory.buffer && out.q.buffer === memory.buffer) this.#loadIn(memory, t, x, out);
    else {
      const { elsewhere } = memory.furnished.arrays;
      elsewhere.x.set(x);
      this.#loadIn(memory, t, elsewhere.x, elsewhere);
      out.q.set(elsewhere.q);
      out.f.set(elsewhere.f);
      out.C.set(elsewhere.C);
      out.G.set(elsewhere.G);
    }
  };

  /** Arrays to step by in the memory, to whoever asks first. */
  stepRoom(): Furnished<StepArrays> | undefined {
    const memory = this.#room();
    if (memory === undefined || memory.isTaken) return undefined;
    memory.isTaken = true;
    const { arrays, ...rest } = memory.furnished;
    return { arrays: arrays.steps, ...rest };
  }

  /** The values of a class have changed. */
  change(of: DeviceClass): void {
    if (this.#compiled.includes(of)) this.#isStale = true;
    for (const one of this.#looped) {
      if (one.of === of && one.differing < of.values.names.length) Object.assign(one, looped(of));
    }
  }

  #loadIn({ furnished: { arrays, kernels }, loops }: Memory, t: number, x: Float64Array, out: Linearization): void {
    this.#linear?.loadIn({ arrays: arrays.linear, kernels }, x, out);
    for (let k = 0; k < this.#looped.length; k++) this.#looped[k]!.loop(this.#looped[k]!.of, t, x, out);
    for (let k = 0; k < this.#compiled.length; k++) loops.add(this.#compiled[k]!, arrays.loops[k]!, x, out);
  }

  #room(): Memory | undefined {
    if (!this.#isStale || this.#compiled.length === 0) return this.#memory;
    this.#isStale = false;
    const known = this.#memory;
    if (known !== undefined && bring(this.#compiled, known)) return known;
    this.#memory = this.#made();
    if (this.#memory !== undefined) bring(this.#compiled, this.#memory);
    else this.#looped.push(...this.#compiled.splice(0).map(looped)); // the host has no room
    return this.#memory;
  }

  #made(): Memory | undefined {
    const linear = this.#linear!; // without it nothing is compiled
    const { size, row } = this.#pattern;
    const { memory, ...furnished } = roomFor((room) => ({
      steps: stepArrays(room, { pattern: this.#pattern, charges: this.#charges }),
      elsewhere: {
        ...{ x: room.doubles(size), q: room.doubles(size), f: room.doubles(size) },
        ...{ C: room.doubles(row.length), G: room.doubles(row.length) },
      },
      linear: linear.furnish(room),
      loops: this.#compiled.map((of) => loopArrays(room, of)),
    }));
    return memory && { furnished, buffer: memory.buffer, loops: new MemristorLoops(memory), isTaken: false };
  }
}

const looped = (of: DeviceClass): Looped => ({ of, loop: loopOf(of), differing: of.values.names.length });

interface Memory {
  readonly furnished: Furnished<{
    readonly steps: StepArrays;
    readonly elsewhere: Linearization & { readonly x: Float64Array };
    readonly linear: LinearArrays;
    readonly loops: readonly LoopArrays[];
  }>;
  readonly buffer: ArrayBuffer;
  readonly loops: MemristorLoops;
  isTaken: boolean;
}

/** Copies the values of all classes; false if there is no room for them. */
const bring = (classes: readonly DeviceClass[], { furnished: { arrays } }: Memory): boolean =>
  classes.every((of, k) => bringValues(of, arrays.loops[k]!));
