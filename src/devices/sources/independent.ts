import { type Device, device } from "../device.js";
import { branch, branchCurrent } from "../one-port.js";
import type { Parameter } from "../parameter.js";
import type { Waveform } from "./waveform.js";

/** What a source with this waveform can be given; `dc` is what it is in a static analysis (t = −∞). */
type SourceTable = Readonly<Record<string, Parameter>>;

const table = ({ kind, parameters }: Waveform): SourceTable => ({
  dc: {
    meaning: "value in a static analysis; where a netlist gives none, the waveform's just before t = 0",
    unit: "V",
    default: kind === "dc" ? 0 : undefined,
    range: [-1e30, 1e30],
  },
  ...parameters,
});

/** The value to put into `dc` where a netlist gives a waveform and no DC value: the waveform's just before t = 0. */
export const dcOf = (waveform: Waveform, values: Readonly<Record<string, number>>): number =>
  waveform.kind === "dc" ? (values["dc"] ?? 0) : waveform.value(-Number.MIN_VALUE, values);

/** The value of a source at time t. The constant waveform leaves it to `dc`, so that a sweep may set it. */
const valueAt = (waveform: Waveform): ((t: number, values: Readonly<Record<string, number>>) => number) =>
  waveform.kind === "dc"
    ? (_t, values) => values["dc"]!
    : (t, values) => (t === Number.NEGATIVE_INFINITY ? values["dc"]! : waveform.value(t, values));

const describe = (waveform: Waveform) => ({
  reference: "Nagel, SPICE2: A computer program to simulate semiconductor circuits, UCB/ERL M520, Berkeley (1975)",
  terminals: ["p", "n"],
  parameters: table(waveform),
  controls: 0,
  smooth: true,
  source: {
    next: (t: number, values: Readonly<Record<string, number>>) => waveform.next(t, values),
    period: (values: Readonly<Record<string, number>>) => waveform.period(values),
    isStraight: waveform.isStraight === true,
    isSine: waveform.isSine === true,
  },
});

/** An independent voltage source: v(p,n) = waveform(t). Its current i flows from p through the source to n. */
function makeVoltageSource(waveform: Waveform): Device {
  const value = valueAt(waveform);
  return device({
    ...describe(waveform),
    type: `vsource_${waveform.kind}`,
    title: `Voltage source: ${waveform.title.toLowerCase()}`,
    equations: ["v(p,n) = e(t)", ...waveform.equations.map((equation) => `e(t): ${equation}`)],
    own: [branchCurrent],
    slopes: { q: [], f: branch, fixed: "q and f" },
    load(t, x, values, { f, f_x }) {
      const i = x[2]!;
      f[0] = i;
      f[1] = -i;
      f[2] = x[0]! - x[1]! - value(t, values);
      f_x[2] = 1; // p by i
      f_x[5] = -1; // n by i
      f_x[6] = 1;
      f_x[7] = -1;
    },
  });
}

/** An independent current source: waveform(t) amperes from p through the source to n. */
function makeCurrentSource(waveform: Waveform): Device {
  const value = valueAt(waveform);
  const { copies = 1 } = waveform;
  return device({
    ...describe(waveform),
    type: `isource_${waveform.kind}`,
    title: `Current source: ${waveform.title.toLowerCase()}`,
    equations: ["i = e(t)", ...waveform.equations.map((equation) => `e(t): ${equation}`)],
    own: [],
    slopes: { q: [], f: [], fixed: "q and f" },
    load(t, _x, values, { f }) {
      const i = copies * value(t, values);
      f[0] = i;
      f[1] = -i;
    },
  });
}

/** One device a waveform, made when it is first asked for. */
function once(make: (waveform: Waveform) => Device): (waveform: Waveform) => Device {
  const made = new WeakMap<Waveform, Device>();
  return (waveform) => {
    const known = made.get(waveform);
    if (known !== undefined) return known;
    const fresh = make(waveform);
    made.set(waveform, fresh);
    return fresh;
  };
}

/** The voltage source with a waveform; the same device for the same waveform. */
export const voltageSource = once(makeVoltageSource);

/** The current source with a waveform; the same device for the same waveform. */
export const currentSource = once(makeCurrentSource);
