import { type Contribution, type Device, device, type Entry, type NoiseCurrent, type OwnUnknown } from "../device.js";
import { thermalNoise } from "../noise.js";
import { FlowRows } from "./flow-rows.js";
import type { JunctionPoint } from "./junction.js";
import { channelNoise, channelPoint, evaluateChannel, evaluateChannelCharge } from "./mosfet-channel.js";
import { bulkNoise, evaluateBulk } from "./mosfet-junction.js";
import {
  channelLength,
  drainResistance,
  type MosfetValues,
  mosfetParameters,
  sourceResistance,
} from "./mosfet-parameters.js";

// x: d, g, s, b, then the inner nodes that the resistances make. Everything is that of an n channel whose drain is the end
// with the higher voltage: a p channel turns all voltages and currents round, and the ends change places with the sign of vds.

/** What a transistor has beside its channel. */
export interface Parts {
  readonly rd: boolean;
  readonly rs: boolean;
  readonly charged: boolean;
}

const [gate, bulk] = [1, 3];
const at = channelPoint(); // filled and read within one call
const ends = ["drain", "source"] as const;
const junction: JunctionPoint = { i: 0, g: 0, q: 0, c: 0 };

/** A transistor with the given parts. */
export function mosfet(type: string, title: string, { rd, rs, charged }: Parts): Device {
  const [drain, source] = [rd ? 4 : 0, rs ? (rd ? 5 : 4) : 2];
  const own = [...(rd ? [inner("vd", "drain")] : []), ...(rs ? [inner("vs", "source")] : [])];
  const columns = 4 + own.length;
  const row = new FlowRows(columns);

  const inside = [...new Set([drain, gate, source, bulk])];
  const square = inside.flatMap((a) => inside.map((b): Entry => [a, b]));
  const resistors: readonly Entry[] = [...(rd ? [0] : []), ...(rs ? [2] : [])].flatMap((outer): Entry[] => {
    const within = outer === 0 ? drain : source;
    return [[outer, outer], [outer, within], [within, outer]]; // biome-ignore format: one matrix
  });

  /** Sets the bias of the channel; true where the drain is the end with the higher voltage. */
  function bias(x: Float64Array, { polarity }: MosfetValues): boolean {
    const isForward = polarity * (x[drain]! - x[source]!) >= 0;
    const low = x[isForward ? source : drain]!;
    at.vgs = polarity * (x[gate]! - low);
    at.vds = polarity * (x[isForward ? drain : source]! - low);
    at.vbs = polarity * (x[bulk]! - low);
    return isForward;
  }

  /** Currents of the channel and of both junctions. */
  function addCurrents(x: Float64Array, values: MosfetValues, { f, f_x }: Contribution): void {
    const to = row.of(f, f_x);
    const { polarity } = values;
    const isForward = bias(x, values);
    const [high, low] = isForward ? [drain, source] : [source, drain];
    evaluateChannel(values, at);
    to.add(high, low, polarity * at.i);
    to.slope(high, low, gate, low, at.gm);
    to.slope(high, low, high, low, at.gds);
    to.slope(high, low, bulk, low, at.gmbs);
    for (const end of ends) {
      const place = end === "drain" ? drain : source;
      evaluateBulk(polarity * (x[bulk]! - x[place]!), end, values, junction);
      to.add(bulk, place, polarity * junction.i);
      to.slope(bulk, place, bulk, place, junction.g);
    }
  }

  /** Charges of overlaps, junctions and the channel, which `addCurrents` has evaluated. */
  function addCharges(x: Float64Array, values: MosfetValues, { q, q_x }: Contribution): void {
    const to = row.of(q, q_x);
    const { polarity, cgso, cgdo, cgbo, w, m } = values;
    to.linear(gate, source, cgso * w * m, x);
    to.linear(gate, drain, cgdo * w * m, x);
    to.linear(gate, bulk, cgbo * channelLength(values) * m, x);
    for (const end of ends) {
      const place = end === "drain" ? drain : source;
      evaluateBulk(polarity * (x[bulk]! - x[place]!), end, values, junction);
      to.add(bulk, place, polarity * junction.q);
      to.slope(bulk, place, bulk, place, junction.c);
    }
    if (values.tox === 0) return;
    const isForward = bias(x, values);
    const [high, low] = isForward ? [drain, source] : [source, drain];
    evaluateChannelCharge(values, at);
    // What gate, drain and bulk have of it, the source has with the other sign.
    const moves = at.vgs - at.von > at.vds; // else w stands still at 0
    addPart(gate, at.qg, at.qg_u, moves ? at.qg_w : 0);
    addPart(high, at.qd, at.qd_u, moves ? at.qd_w : 0);
    addPart(bulk, at.qb, at.qb_u, 0);

    function addPart(terminal: number, charge: number, by_u: number, by_w: number): void {
      to.add(terminal, low, polarity * charge);
      to.slope(terminal, low, gate, low, by_u + by_w);
      to.slope(terminal, low, bulk, low, (by_u + by_w) * at.body);
      to.slope(terminal, low, high, low, -by_w);
    }
  }

  return device({
    type,
    title,
    reference:
      "Shichman & Hodges, IEEE J. Solid-State Circuits 3, 285 (1968); as level 1 of Vladimirescu & Liu, The simulation " +
      "of MOS integrated circuits using SPICE2, UCB/ERL M80/7, Berkeley (1980)",
    equations: [
      "von = vto + gamma·(sqrt(phi - vbs) - sqrt(phi)),  u = vgs - von,  beta = kp·w/(l - 2·ld)",
      "id = 0 for u <= 0,  beta·(1 + lambda·vds)·u²/2 for u <= vds,  beta·(1 + lambda·vds)·(u - vds/2)·vds else",
      "drain and source change places where vds < 0; pmos: all voltages and currents turned round",
      "bulk junctions: is·(exp(v/Vt) - 1) + gmin·v, charge of cbd, cbs or cj·area and cjsw·perimeter",
      "overlaps cgso·w, cgdo·w, cgbo·l; with tox the gate's charge after Meyer, 40 % of the channel's to the drain in saturation",
    ],
    terminals: ["d", "g", "s", "b"],
    parameters: mosfetParameters,
    own,
    controls: 0,
    smooth: false,
    noise: [
      { rows: flow(drain, source), density: (x, values) => channelNoise(values, biased(x, values)) },
      ...ends.map((end) => {
        const place = end === "drain" ? drain : source;
        return {
          rows: flow(bulk, place),
          density: (x: Float64Array, values: MosfetValues) =>
            bulkNoise(values.polarity * (x[bulk]! - x[place]!), end, values),
        };
      }),
      ...(rd ? [ohmic(0, drain, drainResistance)] : []),
      ...(rs ? [ohmic(2, source, sourceResistance)] : []),
    ],
    slopes: { q: charged ? square : [], f: [...square, ...resistors] },
    observables: [
      {
        name: "id",
        meaning: "current of the channel and the bulk junction into the drain, without that of charges",
        unit: "A",
        of(x, values) {
          const { polarity } = values;
          const sign = bias(x, values) ? polarity : -polarity;
          evaluateChannel(values, at);
          evaluateBulk(polarity * (x[bulk]! - x[drain]!), "drain", values, junction);
          return sign * at.i - polarity * junction.i;
        },
      },
      ...(["gm", "gds", "gmbs"] as const).map((name) => ({
        name,
        meaning: `slope of the channel's current by v${{ gm: "gs", gds: "ds", gmbs: "bs" }[name]}`,
        unit: "S" as const,
        of: (x: Float64Array, values: MosfetValues) => biased(x, values)[name],
      })),
      {
        name: "von",
        meaning: "threshold at the bias at hand, of the end with the lower voltage",
        unit: "V",
        of: (x, values) => values.polarity * biased(x, values).von,
      },
    ],
    load(_t, x, values, out) {
      addCurrents(x, values, out);
      if (rd) row.linear(0, drain, 1 / drainResistance(values), x);
      if (rs) row.linear(2, source, 1 / sourceResistance(values), x);
      if (charged) addCharges(x, values, out);
    },
  }) as Device;

  function biased(x: Float64Array, values: MosfetValues): typeof at {
    bias(x, values);
    evaluateChannel(values, at);
    return at;
  }
}

/** A noise current from one unknown to another. */
const flow = (from: number, to: number): NoiseCurrent["rows"] => [
  [from, 1],
  [to, -1],
];

const ohmic = (
  outer: number,
  within: number,
  r: (values: MosfetValues) => number,
): NoiseCurrent<typeof mosfetParameters> => ({
  rows: flow(outer, within),
  density: (_x, values) => thermalNoise(values.temp, 1 / r(values)),
});

const inner = (name: string, end: string): OwnUnknown => ({
  name,
  meaning: `voltage of the inner node behind the resistance of the ${end}`,
  unit: "V",
  role: "branch",
  initial: () => 0,
  negligible: 1e-6,
});
