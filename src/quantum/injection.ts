import type { DensityMatrix } from "./density-matrix.js";
import { offsetsOf, others } from "./space.js";

/**
 * ρ ← |ψ⟩⟨ψ| ⊗ Tr_q ρ, ψ = √(1 − s)|0⟩ + √s|1⟩ of qubit q: it forgets what it was, the others what they shared with it
 * (K. Fujii and K. Nakajima, Physical Review Applied 8, 024030, 2017). |1⟩ is |e⟩, the first of the basis.
 */
export function inject(rho: DensityMatrix, system: number, s: number): void {
  const { space, size: D, re, im } = rho;
  const excited = space.strides[system]!; // |g⟩ stands behind |e⟩ by as much
  const rest = offsetsOf(space, others(space, [system]));
  const [ee, gg, eg] = [s, 1 - s, Math.sqrt(s * (1 - s))];
  for (const p of rest) {
    for (const q of rest) {
      const at = p * D + q;
      const [right, down, both] = [at + excited, at + excited * D, at + excited * (D + 1)];
      const [x, y] = [re[at]! + re[both]!, im[at]! + im[both]!];
      [re[at], im[at]] = [ee * x, ee * y];
      [re[both], im[both]] = [gg * x, gg * y];
      [re[right], im[right]] = [eg * x, eg * y];
      [re[down], im[down]] = [eg * x, eg * y];
    }
  }
}
