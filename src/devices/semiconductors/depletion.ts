/** k/q, V/K. */
export const boltzmannByCharge = 1.380649e-23 / 1.602176634e-19;

/** Fraction of the junction potential from which on the depletion capacitance goes on along a straight line. */
const fc = 0.5;

/** The band gap of silicon, eV, as SPICE has it (its form: Varshni, Physica 34, 149 (1967)). */
export const siliconGap = (temp: number): number => 1.16 - (7.02e-4 * temp * temp) / (temp + 1108);

/** A potential of silicon at `temp`: vj·T/Tnom − 3·Vt·ln(T/Tnom) − Eg(Tnom)·T/Tnom + Eg(T). */
export function potentialAt(vj: number, temp: number, tnom: number): number {
  if (temp === tnom) return vj;
  const ratio = temp / tnom;
  return ratio * (vj - siliconGap(tnom)) - 3 * boltzmannByCharge * temp * Math.log(ratio) + siliconGap(temp);
}

/** A depletion capacitance at `temp`: c·(1 + m·(4e-4·(T − Tnom) + 1 − vj(T)/vj)); `vjNow` is vj(T). */
export function capacitanceAt(
  c: number,
  vjNow: number,
  { m, vj, temp, tnom }: { readonly m: number; readonly vj: number; readonly temp: number; readonly tnom: number },
): number {
  return temp === tnom ? c : c * (1 + m * (4e-4 * (temp - tnom) + 1 - vjNow / vj));
}

/** Adds the charge of a depletion layer, the integral of c/(1 − v/vj)^m, and its slope. */
export function addDepletion(v: number, c: number, vj: number, m: number, at: { q: number; c: number }): void {
  const bend = fc * vj;
  if (v < bend) {
    const s = 1 - v / vj;
    const power = m === 0.5 ? Math.sqrt(s) : s ** m;
    at.q += (c * vj * (1 - s / power)) / (1 - m);
    at.c += c / power;
    return;
  }
  const s = 1 - fc;
  const slope = (c * m) / (vj * s ** (1 + m)); // dC/dv at the bend
  const c0 = c / s ** m;
  const past = v - bend;
  at.q += (c * vj * (1 - s ** (1 - m))) / (1 - m) + past * (c0 + 0.5 * slope * past);
  at.c += c0 + slope * past;
}
