import { type DeviceClass, gather } from "./classes.js";
import { type Guarded, slackAfter } from "./guard.js";

interface Moded {
  readonly of: DeviceClass;
  readonly index: number;
  slack: number;
}

/** The discrete modes of devices, such as on and off of a switch. */
export class DeviceModes implements Guarded {
  readonly #members: readonly Moded[];

  constructor(classes: readonly DeviceClass[]) {
    this.#members = classes
      .filter(({ device }) => device.modes !== undefined)
      .flatMap((of) => [...of.instances.keys()].map((index) => ({ of, index, slack: 0 })));
  }

  get guards(): number {
    return this.#members.length;
  }

  owner(k: number): number {
    const { of, index } = this.#members[k]!;
    return of.instances[index]!;
  }

  guard(t: number, x: Float64Array, out: Float64Array, first: number): void {
    for (let k = 0; k < this.#members.length; k++) out[first + k] = this.guardAt(k, t, x);
  }

  guardAt(k: number, t: number, x: Float64Array): number {
    const member = this.#members[k]!;
    return t < 0 && remembers(member) ? startsOtherwise(member, x) : guardOf(member, x) + member.slack;
  }

  cross(k: number, t: number, x: Float64Array, before?: Float64Array): void {
    const member = this.#members[k]!;
    const { of, index } = member;
    const from = of.modes[index]!;
    gather(of, index, x);
    if (t < 0 && remembers(member)) {
      of.modes[index] = of.device.modes!.initial(of.x, of.values.of(index));
      return;
    }
    of.modes[index] = of.device.modes!.next(from, of.x, of.values.of(index));
    if (remembers(member) && before !== undefined) enter(member, from, t, x, before);
    member.slack = slackAfter(guardOf(member, x));
  }

  excuse(k: number, _t: number, x: Float64Array): boolean {
    const member = this.#members[k]!;
    member.slack = Math.max(member.slack, slackAfter(guardOf(member, x)));
    return true;
  }

  settle(_t: number, x: Float64Array): void {
    for (const member of this.#members) {
      const { of, index } = member;
      gather(of, index, x);
      of.modes[index] = of.device.modes!.initial(of.x, of.values.of(index));
      // A device that remembers may have to leave its first mode at once, as t = 0 comes.
      member.slack = remembers(member) ? 0 : slackAfter(guardOf(member, x));
    }
  }
}

/** Whether changes of mode set its states: before a transient begins nothing is sampled, and none comes about. */
const remembers = ({ of }: Moded): boolean => of.device.modes!.enter !== undefined;

/** Below 0 where the mode is not the one that the device starts with at x. */
function startsOtherwise({ of, index }: Moded, x: Float64Array): number {
  gather(of, index, x);
  return of.device.modes!.initial(of.x, of.values.of(index)) === of.modes[index]! ? 0 : -1;
}

/** Lets a device set its own states anew, and puts them into x. */
function enter({ of, index }: Moded, from: number, t: number, x: Float64Array, before: Float64Array): void {
  const { device, columns, places } = of;
  gather(of, index, before);
  const earlier = of.x.slice();
  gather(of, index, x);
  device.modes!.enter!(t, of.x, earlier, of.values.of(index), of.modes[index]!, from);
  const first = device.terminals.length;
  for (let k = first; k < first + device.own.length; k++) x[places[index * columns + k]!] = of.x[k]!;
}

function guardOf({ of, index }: Moded, x: Float64Array): number {
  gather(of, index, x);
  return of.device.modes!.guard(of.x, of.values.of(index), of.modes[index]!);
}
