import type { Device } from "../devices/device.js";
import type { PlainInstance } from "../syntax/plain-instance.js";
import type { Instance, Unknown } from "./circuit.js";
import { none } from "./part.js";
import type { PlainDevices } from "./plain-devices.js";

/** A resistor, capacitor or inductor of a number, as its card says it: what it holds stands in columns, and is made of them when somebody asks. */
export class PlainDevice implements Instance {
  readonly #of: PlainDevices;
  readonly #index: number;

  constructor(of: PlainDevices, index: number) {
    this.#of = of;
    this.#index = index;
  }

  get name(): string {
    return this.#of.shown(this.#index).toLowerCase();
  }

  get element(): string {
    return this.#of.kind(this.#index).element;
  }

  get device(): Device {
    return this.#of.kind(this.#index).device;
  }

  get values(): Readonly<Record<string, number>> {
    return this.#of.values(this.#index);
  }

  get terminals(): readonly [number, number] {
    return this.#of.terminals(this.#index);
  }

  get controls(): readonly Unknown[] {
    return none;
  }

  get span(): PlainInstance {
    return this.#of.card(this.#index);
  }

  /** With all that it holds. */
  toJSON(): Instance {
    const { name, element, device, values, terminals, controls, span } = this;
    return { name, element, device, values, terminals, controls, span };
  }
}

/** An instance with something of it changed. A plain one has nothing that `...` would take along. */
export const changed = (instance: Instance, changes: Partial<Instance>): Instance => ({
  ...(instance instanceof PlainDevice ? instance.toJSON() : instance),
  ...changes,
});
