import { thermalNoise } from "../noise.js";
import { potentialAt, siliconGap } from "./depletion.js";
import { channelLength, type MosfetValues, oxideOver } from "./mosfet-parameters.js";

/** A channel at one bias, as an n channel whose drain is the end with the higher voltage. */
export interface ChannelPoint {
  /** The bias: what is asked for, V; vds ≥ 0. */
  vgs: number;
  vds: number;
  vbs: number;
  /** Current from drain to source, A, and its slopes, S. */
  i: number;
  gm: number;
  gds: number;
  gmbs: number;
  /** Threshold at this bias, V. */
  von: number;
  /** −∂von/∂vbs. */
  body: number;
  /** The charge of the gate, the part of the channel's that is the drain's, and the bulk's, C. */
  qg: number;
  qd: number;
  qb: number;
  /** Slopes of qg, qd and qb by the overdrive u at the source's end and w at the drain's, F. */
  qg_u: number;
  qg_w: number;
  qd_u: number;
  qd_w: number;
  qb_u: number;
}

export const channelPoint = (): ChannelPoint => ({
  ...{ vgs: 0, vds: 0, vbs: 0 },
  ...{ i: 0, gm: 0, gds: 0, gmbs: 0, von: 0, body: 0, qg: 0, qd: 0, qb: 0 },
  ...{ qg_u: 0, qg_w: 0, qd_u: 0, qd_w: 0, qb_u: 0 },
});

/** β = kp·w/l of all transistors together at `temp`: kp falls as T^(-3/2). */
function strength(values: MosfetValues): number {
  const { kp, w, m, temp, tnom } = values;
  const cold = (m * kp * w) / channelLength(values);
  return temp === tnom ? cold : cold * (tnom / temp) ** 1.5;
}

/**
 * Writes Shichman and Hodges' channel at the bias of `at`:
 *
 *     von = vto + γ·(√(φ − vbs) − √φ),   u = vgs − von
 *     i   = 0                                     for u ≤ 0
 *     i   = β·(1 + λ·vds)·u²/2                    for u ≤ vds
 *     i   = β·(1 + λ·vds)·(u − vds/2)·vds         else
 *
 * Above vbs = 0 the root goes on along its tangent, down to 0. Current and slopes are continuous, also through vds = 0.
 */
export function evaluateChannel(values: MosfetValues, at: ChannelPoint): void {
  const { lambda } = values;
  const { vds } = at;
  threshold(values, at);
  const u = at.vgs - at.von;
  at.i = at.gm = at.gds = at.gmbs = 0;
  if (u <= 0) return;
  const beta = strength(values);
  const stretched = beta * (1 + lambda * vds);
  const reach = Math.min(u, vds);
  const square = reach * (u - 0.5 * reach);
  at.i = stretched * square;
  at.gm = stretched * reach;
  at.gds = lambda * beta * square + stretched * Math.max(0, u - vds);
  at.gmbs = at.gm * at.body;
}

/**
 * Thermal noise of the channel that was evaluated, A²/Hz, after A. van der Ziel, Noise in Solid State Devices and Circuits (1986):
 * 4kT·2/3·β·(1 + λ·vds)·(u² + uw + w²)/(u + w). In saturation that is SPICE's 8/3·kT·gm, at vds = 0 the noise of its conductance.
 */
export function channelNoise(values: MosfetValues, { vgs, vds, von }: ChannelPoint): number {
  const u = vgs - von;
  if (u <= 0) return 0;
  const w = Math.max(0, u - vds);
  const share = (u * u + u * w + w * w) / (u + w);
  return thermalNoise(values.temp, (2 / 3) * strength(values) * (1 + values.lambda * vds) * share);
}

function threshold(values: MosfetValues, at: ChannelPoint): void {
  const { vbs } = at;
  const { gamma, temp, tnom, polarity } = values;
  const phi = potentialAt(values.phi, temp, tnom);
  const flat = polarity * values.vto - gamma * Math.sqrt(values.phi);
  const shift = temp === tnom ? 0 : 0.5 * (polarity * (siliconGap(tnom) - siliconGap(temp)) + phi - values.phi);
  const root = Math.sqrt(phi);
  const layer = vbs <= 0 ? Math.sqrt(phi - vbs) : Math.max(0, root - vbs / (2 * root));
  at.von = flat + shift + gamma * layer;
  at.body = layer > 0 ? gamma / (2 * (vbs <= 0 ? layer : root)) : 0;
}

/**
 * Writes the charges of a channel whose threshold is known, under an oxide of capacitance C: by u at the source's end and w = max(0, u − vds),
 *
 *     qg = 2/3·C·(u² + uw + w²)/(u + w)
 *     qd = −2/15·C·(2u³ + 4u²w + 6uw² + 3w³)/(u + w)²,   the source has the rest (D. E. Ward & R. W. Dutton,
 *
 * IEEE J. Solid-State Circuits 13, 703 (1978)). The gate's slopes by its voltages to source and drain are the
 * capacitances of J. E. Meyer, RCA Rev. 32, 42 (1971); in Meyer's model charge is not conserved. Below threshold the
 * gate faces the bulk: C through −φ, falling to 0 at u = 0.
 */
export function evaluateChannelCharge(values: MosfetValues, at: ChannelPoint): void {
  const c = oxideOver(values) * values.w * values.m * channelLength(values);
  const u = at.vgs - at.von;
  at.qg = at.qd = at.qb = at.qg_u = at.qg_w = at.qd_u = at.qd_w = at.qb_u = 0;
  if (u <= 0) {
    const phi = potentialAt(values.phi, values.temp, values.tnom);
    const inside = Math.max(u, -phi);
    at.qg = c * ((-inside * inside) / (2 * phi) + (u - inside));
    at.qg_u = (-c * inside) / phi;
    at.qb = -at.qg;
    at.qb_u = -at.qg_u;
    return;
  }
  const w = Math.max(0, u - at.vds);
  const s = u + w;
  at.qg = ((2 / 3) * c * (u * u + u * w + w * w)) / s;
  at.qg_u = (2 / 3) * c * (1 - (w * w) / (s * s));
  at.qg_w = (2 / 3) * c * (1 - (u * u) / (s * s));
  const n = 2 * u ** 3 + 4 * u * u * w + 6 * u * w * w + 3 * w ** 3;
  const k = (-2 / 15) * c;
  at.qd = (k * n) / (s * s);
  at.qd_u = (k * ((6 * u * u + 8 * u * w + 6 * w * w) * s - 2 * n)) / s ** 3;
  at.qd_w = (k * ((4 * u * u + 12 * u * w + 9 * w * w) * s - 2 * n)) / s ** 3;
}
