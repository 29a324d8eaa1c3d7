import type { Device } from "../devices/device.js";
import type { Network } from "./network.js";
import type { Part } from "./part.js";

/** Parts by their devices. Large circuits are made of a few devices, and most questions are put to those. */
export class PartsByDevice {
  /** Of how many parts. */
  readonly count: number;
  readonly #network: Network;
  readonly #devices = new Set<Device>();

  /** Parts without a device, whose cards are wrong, are left out. */
  constructor(network: Network) {
    this.count = network.count;
    this.#network = network;
    let last: Device | undefined;
    for (let k = 0; k < this.count; k++) {
      const { device } = network.look(k);
      if (device !== undefined && device !== last) this.#devices.add(device);
      last = device;
    }
  }

  get devices(): Iterable<Device> {
    return this.#devices;
  }

  /** The parts whose devices are such, in the order of the circuit. */
  such(is: (device: Device) => boolean): readonly Part[] {
    const wanted = new Set([...this.#devices].filter(is));
    const found: Part[] = [];
    if (wanted.size === 0) return found;
    for (let k = 0; k < this.count; k++) {
      const { device } = this.#network.look(k);
      if (device !== undefined && wanted.has(device)) found.push(this.#network.part(k));
    }
    return found;
  }
}
