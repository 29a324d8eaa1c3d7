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

  guard(_t: number, x: Float64Array, out: Float64Array, first: number): void {
    for (let k = 0; k < this.#members.length; k++) {
      const member = this.#members[k]!;
      out[first + k] = guardOf(member, x) + member.slack;
    }
  }

  cross(k: number, t: number, x: Float64Array, before?: Float64Array): void {
    const member = this.#members[k]!;
    const { of, index } = member;
    const modes = of.device.modes!;
    gather(of, index, x);
    of.modes[index] = modes.next(of.modes[index]!, of.x, of.values[index]!);
    if (modes.enter !== undefined && before !== undefined) enter(of, index, t, x, before);
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
      of.modes[index] = of.device.modes!.initial(of.x, of.values[index]!);
      member.slack = slackAfter(guardOf(member, x));
    }
  }
}

/** Lets a device set its own states anew, and puts them into x. */
function enter(of: DeviceClass, index: number, t: number, x: Float64Array, before: Float64Array): void {
  const { device, columns, places } = of;
  gather(of, index, before);
  const earlier = of.x.slice();
  gather(of, index, x);
  device.modes!.enter!(t, of.x, earlier, of.values[index]!, of.modes[index]!);
  const first = device.terminals.length;
  for (let k = first; k < first + device.own.length; k++) x[places[index * columns + k]!] = of.x[k]!;
}

function guardOf({ of, index }: Moded, x: Float64Array): number {
  gather(of, index, x);
  return of.device.modes!.guard(of.x, of.values[index]!, of.modes[index]!);
}
