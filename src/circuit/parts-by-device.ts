import type { Device } from "../devices/device.js";
import type { Part } from "./network.js";

/** Parts by their devices. Large circuits are made of a few devices, and most questions are put to those. */
export class PartsByDevice {
  /** Of how many parts. */
  readonly count: number;
  readonly #groups = new Map<Device, Part[]>();

  /** Parts without a device, whose cards are wrong, are left out. */
  constructor(parts: readonly Part[]) {
    this.count = parts.length;
    let last: Device | undefined;
    let group: Part[] = [];
    for (const part of parts) {
      const { device } = part;
      if (device === undefined) continue;
      if (device !== last) group = this.#groupOf(device);
      last = device;
      group.push(part);
    }
  }

  #groupOf(device: Device): Part[] {
    const known = this.#groups.get(device) ?? [];
    this.#groups.set(device, known);
    return known;
  }

  get devices(): Iterable<Device> {
    return this.#groups.keys();
  }

  /** The parts whose devices are such, in the order of the circuit. */
  such(is: (device: Device) => boolean): readonly Part[] {
    const found = [...this.#groups].filter(([device]) => is(device)).map(([, parts]) => parts);
    return found.length === 1 ? found[0]! : found.flat().sort((a, b) => a.index - b.index);
  }
}
