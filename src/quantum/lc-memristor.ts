import type { ExplicitSystem } from "../numerics/system.js";

/** What an LC memristor is made of; natural units or SI alike. */
export interface LcMemristor {
  readonly capacitance: number;
  readonly inductance: number;
  readonly hbar: number;
  /** k: how strongly the charge is measured. */
  readonly strength: number;
  /** γ(µ, t). */
  readonly rate: (memory: number, t: number) => number;
  /** D; undefined: γħωC, that of a bath at temperature 0. */
  readonly diffusion: number | undefined;
}

/** Places of the unknowns. */
export const lc = { q: 0, phi: 1, mu: 2, qq: 3, ff: 4, qf: 5 } as const;

/** Thrown where D < γħωC: the equation would take states to what is none (A. Caldeira and A. Leggett, Physica A 121, 587, 1983). */
export class DiffusionTooSmall extends Error {
  constructor(
    readonly time: number,
    readonly diffusion: number,
    readonly least: number,
  ) {
    super(`The diffusion is ${diffusion} at ${time}, but at least ${least} is needed.`);
  }
}

/** ω = 1/√(LC). */
export const lcFrequency = ({ capacitance, inductance }: LcMemristor): number =>
  1 / Math.sqrt(capacitance * inductance);

/** An LC circuit's ground state around a charge and a flux, with a memory. */
export function lcVacuum(it: LcMemristor, charge: number, flux: number, memory: number): Float64Array {
  const width = (it.hbar * lcFrequency(it) * it.capacitance) / 2;
  return Float64Array.of(charge, flux, memory, width, it.hbar ** 2 / 4 / width, 0);
}

/**
 * An LC circuit whose charge is measured and whose damping follows the record (P. Pfeiffer and others, Scientific Reports
 * 6, 29507, 2016), in a Gaussian state: with ξ = dW/dt
 *
 *     ⟨q⟩' = −⟨φ⟩/L − 2γ⟨q⟩ + 2√(2k)·Vqq ξ      Vqq' = −4γVqq − 2Vqf/L + 2D − 8kVqq²
 *     ⟨φ⟩' = ⟨q⟩/C + 2√(2k)·Vqf ξ               Vff' = 2Vqf/C + 2ħ²k − 8kVqf²
 *     µ'   = (⟨q⟩ + ξ/√(8k))/C                  Vqf' = Vqq/C − Vff/L − 2γVqf − 8kVqqVqf
 *
 * γ depends on µ, which alone carries noise of constant size, and the noises of ⟨q⟩ and ⟨φ⟩ depend on V, which carries
 * none: Itô's and Stratonovich's readings agree, and ξ constant over a step tends to the right process.
 */
export class LcEquation implements ExplicitSystem {
  readonly size = 6;
  readonly negligible: Float64Array;
  readonly kind = Int32Array.of(0, 1, 2, 3, 4, 5);
  /** ξ at present. */
  noise = 0;

  constructor(readonly of: LcMemristor) {
    const ground = lcVacuum(of, 0, 0, 0);
    const [qq, ff] = [ground[lc.qq]!, ground[lc.ff]!];
    const memory = Math.sqrt(qq) / (lcFrequency(of) * of.capacitance);
    this.negligible = Float64Array.of(Math.sqrt(qq), Math.sqrt(ff), memory, qq, ff, of.hbar / 2);
  }

  rate(t: number, y: Float64Array, out: Float64Array): boolean {
    const { capacitance: C, strength: k, diffusion: D } = this.of;
    const gamma = this.of.rate(y[lc.mu]!, t);
    const least = leastDiffusion(this.of, gamma);
    if (D !== undefined && D < least * (1 - 1e-12)) throw new DiffusionTooSmall(t, D, least);
    lcRates(this.of, y, gamma, out);
    if (this.noise !== 0) {
      const kick = 2 * Math.sqrt(2 * k) * this.noise;
      out[lc.q]! += kick * y[lc.qq]!;
      out[lc.phi]! += kick * y[lc.qf]!;
      out[lc.mu]! += this.noise / Math.sqrt(8 * k) / C;
    }
    return Number.isFinite(gamma);
  }
}

/** γħωC: with less, damping at γ would take states to what is none. */
export const leastDiffusion = (of: LcMemristor, gamma: number): number =>
  gamma * of.hbar * lcFrequency(of) * of.capacitance;

type Moments = readonly [q: number, phi: number, mu: number, qq: number, ff: number, qf: number];

/** The rates of all moments and of the memory without noise, γ being what it is. */
export function lcRates(of: LcMemristor, y: Float64Array, gamma: number, out: Float64Array): void {
  const { capacitance: C, inductance: L, hbar, strength: k } = of;
  const [q, phi, , qq, ff, qf] = y as unknown as Moments;
  const D = of.diffusion ?? leastDiffusion(of, gamma);
  out[lc.q] = -phi / L - 2 * gamma * q;
  out[lc.phi] = q / C;
  out[lc.mu] = q / C;
  out[lc.qq] = -4 * gamma * qq - (2 * qf) / L + 2 * D - 8 * k * qq * qq;
  out[lc.ff] = (2 * qf) / C + 2 * hbar * hbar * k - 8 * k * qf * qf;
  out[lc.qf] = qq / C - ff / L - 2 * gamma * qf - 8 * k * qq * qf;
}

/** Which of the rates follow which unknown by themselves: row, column. */
export const lcEntries: readonly (readonly [row: number, column: number])[] = [
  [lc.q, lc.q],
  [lc.q, lc.phi],
  [lc.phi, lc.q],
  [lc.mu, lc.q],
  [lc.qq, lc.qq],
  [lc.qq, lc.qf],
  [lc.ff, lc.qf],
  [lc.qf, lc.qq],
  [lc.qf, lc.ff],
  [lc.qf, lc.qf],
];

/** The slopes of the rates: those of `lcEntries` in the unknowns, γ staying as it is, and those in γ. */
export function lcSlopes(of: LcMemristor, y: Float64Array, gamma: number): readonly [by: number[], byRate: number[]] {
  const { capacitance: C, inductance: L, strength: k } = of;
  const [q, , , qq, , qf] = y as unknown as Moments;
  const damped = -2 * gamma;
  const by = [
    ...[damped, -1 / L, 1 / C, 1 / C],
    ...[2 * damped - 16 * k * qq, -2 / L, 2 / C - 16 * k * qf],
    ...[1 / C - 8 * k * qf, -1 / L, damped - 8 * k * qq],
  ];
  const more = of.diffusion === undefined ? 2 * leastDiffusion(of, 1) : 0;
  return [by, [-2 * q, 0, 0, -4 * qq + more, 0, -2 * qf]];
}

/** Tr ρ² of a Gaussian state: ħ/(2√det V). */
export function lcPurity(y: Float64Array, hbar: number): number {
  return hbar / 2 / Math.sqrt(y[lc.qq]! * y[lc.ff]! - y[lc.qf]! ** 2);
}
