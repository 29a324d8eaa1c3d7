import type { CircuitChannel, CircuitGate, QuantumCircuit } from "../result/quantum-circuit.js";

/** A channel of a circuit that becomes a gate of a program. */
export interface DefinedChannel {
  /** The gate's name. */
  readonly called: string;
  readonly channel: CircuitChannel;
  /** How many qubits it acts on, its spare ones counted. */
  readonly qubits: number;
}

/** The channels of a circuit: those that are alike are one. */
export class DefinedChannels {
  readonly #all = new Map<string, DefinedChannel>();
  /** Those that were met before, with what they look like. */
  readonly #known = new Map<CircuitChannel, DefinedChannel>();

  constructor({ parts }: QuantumCircuit) {
    for (const { wires, channel } of parts.flatMap(({ gates }) => gates)) {
      if (channel === undefined) continue;
      const key = JSON.stringify([channel, wires.length]);
      const defined = this.#all.get(key) ?? {
        called: this.#nameOf(channel),
        channel,
        qubits: wires.length + channel.spare,
      };
      this.#all.set(key, defined);
      this.#known.set(channel, defined);
    }
  }

  get all(): readonly DefinedChannel[] {
    return [...this.#all.values()];
  }

  /** Of a gate that is a channel. */
  of({ channel }: CircuitGate): DefinedChannel | undefined {
    return channel && this.#known.get(channel);
  }

  /** The most spare qubits that one of them takes. */
  get spare(): number {
    return Math.max(0, ...this.all.map(({ channel }) => channel.spare));
  }

  /** A name of letters, digits and low lines that no other has. */
  #nameOf({ name }: CircuitChannel): string {
    const plain = `channel_${name.replaceAll(/[^A-Za-z0-9_]/g, "_")}`;
    const taken = new Set(this.all.map(({ called }) => called));
    let found = plain;
    for (let k = 2; taken.has(found); k++) found = `${plain}_${k}`;
    return found;
  }
}
