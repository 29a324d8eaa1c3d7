import { NameTable } from "../syntax/name-table.js";
import type { Named } from "./part.js";

/** Names of devices and subcircuits. What a plain device's name means is an object for whoever asks for it. */
export class InstanceNames {
  /** By names: of a plain device its place, of others −1 − their number in `#named`. */
  readonly table = new NameTable();
  readonly #named: Named[] = [];
  readonly #plain = new Map<number, Named>();

  constructor(private readonly ofPlain: (index: number) => Named) {}

  /** Gives a name away; gives what has had it before. */
  claim(name: string, named: Named): Named | undefined {
    const own = -1 - this.#named.length;
    const who = this.table.give(name, own);
    if (who !== own) return this.#at(who);
    this.#named.push(named);
    return undefined;
  }

  find(name: string): Named | undefined {
    const who = this.table.bearer(name);
    return who === undefined ? undefined : this.#at(who);
  }

  *all(): Iterable<readonly [name: string, named: Named]> {
    for (const [name, who] of this.table.entries()) yield [name, this.#at(who)];
  }

  #at(who: number): Named {
    if (who < 0) return this.#named[-1 - who]!;
    const known = this.#plain.get(who) ?? this.ofPlain(who);
    this.#plain.set(who, known);
    return known;
  }
}
