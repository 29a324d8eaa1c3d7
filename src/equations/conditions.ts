import { type DeviceClass, gather } from "./classes.js";
import { type Guarded, slackAfter } from "./guard.js";

interface Conditional {
  readonly of: DeviceClass;
  readonly index: number;
  /** The number of its first guard. */
  readonly first: number;
}

/** Conditions within laws: the sign they have now counts as positive, and a change of sign is an event. */
export class Conditions implements Guarded {
  readonly guards: number;
  readonly #members: readonly Conditional[];
  readonly #memberOf: Int32Array; // size guards: by guard, the number of its member
  readonly #now: Float64Array; // size guards
  readonly #sign: Float64Array; // size guards: 1 or −1
  readonly #slack: Float64Array; // size guards
  readonly #part: Float64Array; // the guards of one instance

  constructor(classes: readonly DeviceClass[]) {
    const members: Conditional[] = [];
    let guards = 0;
    let most = 0;
    for (const of of classes) {
      const count = of.device.switching?.count ?? 0;
      most = Math.max(most, count);
      if (count === 0) continue;
      for (const index of of.instances.keys()) {
        members.push({ of, index, first: guards });
        guards += count;
      }
    }
    this.guards = guards;
    this.#members = members;
    this.#memberOf = Int32Array.from(
      members.flatMap(({ of }, m) => Array.from({ length: of.device.switching!.count }, () => m)),
    );
    this.#now = new Float64Array(guards);
    this.#sign = new Float64Array(guards).fill(1);
    this.#slack = new Float64Array(guards);
    this.#part = new Float64Array(most);
  }

  owner(k: number): number {
    const { of, index } = this.#members.findLast(({ first }) => first <= k)!;
    return of.instances[index]!;
  }

  guard(t: number, x: Float64Array, out: Float64Array, first: number): void {
    this.#evaluate(t, x);
    for (let k = 0; k < this.guards; k++) out[first + k] = this.#signed(k);
  }

  guardAt(k: number, t: number, x: Float64Array): number {
    this.#evaluateMember(this.#members[this.#memberOf[k]!]!, t, x);
    return this.#signed(k);
  }

  #signed(k: number): number {
    return this.#sign[k]! * this.#now[k]! + this.#slack[k]!;
  }

  cross(k: number, t: number, x: Float64Array): void {
    this.#evaluate(t, x);
    this.#sign[k] = -this.#sign[k]!;
    this.#slack[k] = slackAfter(this.#sign[k]! * this.#now[k]!);
  }

  /** The law takes its branch by the condition itself, which is still the old one. */
  excuse(k: number, t: number, x: Float64Array): boolean {
    this.cross(k, t, x);
    return false;
  }

  settle(t: number, x: Float64Array): void {
    this.#evaluate(t, x);
    for (let k = 0; k < this.guards; k++) this.#sign[k] = this.#now[k]! < 0 ? -1 : 1;
    this.#slack.fill(0);
  }

  #evaluate(t: number, x: Float64Array): void {
    for (let m = 0; m < this.#members.length; m++) this.#evaluateMember(this.#members[m]!, t, x);
  }

  #evaluateMember({ of, index, first }: Conditional, t: number, x: Float64Array): void {
    gather(of, index, x);
    const { switching } = of.device;
    switching!.guard(t, of.x, of.values.of(index), this.#part);
    for (let k = 0; k < switching!.count; k++) this.#now[first + k] = this.#part[k]!;
  }
}
