import type { Double } from "../../numerics/linear/kernels/double.js";

// Of a gate stand in `code` six whole numbers: its kind, the stride of its target, where the first of its pairs are listed and
// how many there are, where its numbers stand in `memory`, and the place of its slope, −1 where nobody asks for it.
const inCode = 6;

const turnX = 0;
const turnY = 1;
const turnZ = 2;
const phase = 3;
const fixed = 4;
const signs = 5;

/** Gates from one to before another act on the amplitudes at psi, `size` real parts before as many imaginary ones. */
export function applyGates(
  memory: Float64Array,
  code: Int32Array,
  psi: number,
  size: number,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k++) act(memory, code, k, psi, size, 1);
}

/**
 * Carries ψ and λ = Oψ back through gates, from the last to the first, and adds 2 Re⟨λ|dU/dθ|ψ⟩ of each, both behind the gate:
 * dU/dθ is a constant times U.
 */
export function carryBack(
  memory: Float64Array,
  code: Int32Array,
  psi: number,
  lambda: number,
  slopes: number,
  size: number,
  first: number,
  count: number,
): void {
  for (let k = count - 1; k >= first; k--) {
    const place = code[inCode * k + 5]!;
    if (place >= 0) memory[slopes + place]! += slope(memory, code, k, psi, lambda, size);
    if (k === first) return; // nothing in front of it is wanted
    act(memory, code, k, psi, size, -1);
    act(memory, code, k, lambda, size, -1);
  }
}

/** A gate acts, or its inverse where `way` is −1. */
function act(memory: Float64Array, code: Int32Array, k: number, psi: number, size: number, way: number): void {
  const kind = code[inCode * k]!;
  const target = code[inCode * k + 1]!;
  const first = code[inCode * k + 2]!;
  const count = code[inCode * k + 3]!;
  const own = code[inCode * k + 4]!;
  if (kind === turnX) actX(memory, code, first, count, target, psi, size, memory[own]!, way * memory[own + 1]!);
  else if (kind === turnY) actY(memory, code, first, count, target, psi, size, memory[own]!, way * memory[own + 1]!);
  else if (kind === turnZ) actZ(memory, code, first, count, target, psi, size, memory[own]!, way * memory[own + 1]!);
  else if (kind === phase) actPhase(memory, code, first, count, psi, size, memory[own]!, way * memory[own + 1]!);
  else if (kind === fixed) actFixed(memory, code, first, count, target, psi, size, own);
  else if (kind === signs) actSigns(memory, own, psi, size);
  else actDiagonal(memory, own, psi, size, way);
}

/** e ← c·e − is·g, g ← c·g − is·e. */
function actX(
  memory: Float64Array,
  code: Int32Array,
  first: number,
  count: number,
  target: number,
  psi: number,
  size: number,
  c: Double,
  s: Double,
): void {
  for (let k = first; k < first + count; k++) {
    const i = psi + code[k]!;
    const j = i + target;
    const x = memory[i]!;
    const y = memory[i + size]!;
    const u = memory[j]!;
    const v = memory[j + size]!;
    memory[i] = c * x + s * v;
    memory[i + size] = c * y - s * u;
    memory[j] = c * u + s * y;
    memory[j + size] = c * v - s * x;
  }
}

/** e ← c·e + s·g, g ← c·g − s·e. */
function actY(
  memory: Float64Array,
  code: Int32Array,
  first: number,
  count: number,
  target: number,
  psi: number,
  size: number,
  c: Double,
  s: Double,
): void {
  for (let k = first; k < first + count; k++) {
    const i = psi + code[k]!;
    const j = i + target;
    const x = memory[i]!;
    const y = memory[i + size]!;
    const u = memory[j]!;
    const v = memory[j + size]!;
    memory[i] = c * x + s * u;
    memory[i + size] = c * y + s * v;
    memory[j] = c * u - s * x;
    memory[j + size] = c * v - s * y;
  }
}

/** e ← (c + is)·e, g ← (c − is)·g. */
function actZ(
  memory: Float64Array,
  code: Int32Array,
  first: number,
  count: number,
  target: number,
  psi: number,
  size: number,
  c: Double,
  s: Double,
): void {
  for (let k = first; k < first + count; k++) {
    const i = psi + code[k]!;
    const j = i + target;
    const x = memory[i]!;
    const y = memory[i + size]!;
    const u = memory[j]!;
    const v = memory[j + size]!;
    memory[i] = c * x - s * y;
    memory[i + size] = c * y + s * x;
    memory[j] = c * u + s * v;
    memory[j + size] = c * v - s * u;
  }
}

/** e ← e^{iθ}·e. */
function actPhase(
  memory: Float64Array,
  code: Int32Array,
  first: number,
  count: number,
  psi: number,
  size: number,
  c: Double,
  s: Double,
): void {
  for (let k = first; k < first + count; k++) {
    const i = psi + code[k]!;
    const x = memory[i]!;
    const y = memory[i + size]!;
    memory[i] = c * x - s * y;
    memory[i + size] = c * y + s * x;
  }
}

/** A matrix that is its own inverse, at `own`: ee, eg, ge, gg, each with real and imaginary part. */
function actFixed(
  memory: Float64Array,
  code: Int32Array,
  first: number,
  count: number,
  target: number,
  psi: number,
  size: number,
  own: number,
): void {
  const ar = memory[own]!;
  const ai = memory[own + 1]!;
  const br = memory[own + 2]!;
  const bi = memory[own + 3]!;
  const cr = memory[own + 4]!;
  const ci = memory[own + 5]!;
  const dr = memory[own + 6]!;
  const di = memory[own + 7]!;
  for (let k = first; k < first + count; k++) {
    const i = psi + code[k]!;
    const j = i + target;
    const x = memory[i]!;
    const y = memory[i + size]!;
    const u = memory[j]!;
    const v = memory[j + size]!;
    memory[i] = ar * x - ai * y + br * u - bi * v;
    memory[i + size] = ar * y + ai * x + br * v + bi * u;
    memory[j] = cr * x - ci * y + dr * u - di * v;
    memory[j + size] = cr * y + ci * x + dr * v + di * u;
  }
}

/** What is diagonal and real. */
function actSigns(memory: Float64Array, own: number, psi: number, size: number): void {
  for (let k = 0; k < size; k++) {
    memory[psi + k]! *= memory[own + k]!;
    memory[psi + size + k]! *= memory[own + k]!;
  }
}

/** What is diagonal. */
function actDiagonal(memory: Float64Array, own: number, psi: number, size: number, way: number): void {
  for (let k = 0; k < size; k++) {
    const x = memory[psi + k]!;
    const y = memory[psi + size + k]!;
    const c = memory[own + k]!;
    const s = memory[own + size + k]!;
    memory[psi + k] = c * x - way * s * y;
    memory[psi + size + k] = c * y + way * s * x;
  }
}

function slope(memory: Float64Array, code: Int32Array, k: number, psi: number, lambda: number, size: number): Double {
  const kind = code[inCode * k]!;
  const target = code[inCode * k + 1]!;
  const first = code[inCode * k + 2]!;
  const last = first + code[inCode * k + 3]!;
  let sum: Double = 0;
  for (let n = first; n < last; n++) {
    const i = code[n]!;
    const x = memory[psi + i]!;
    const y = memory[psi + size + i]!;
    const a = memory[lambda + i]!;
    const b = memory[lambda + size + i]!;
    if (kind === phase) {
      sum += b * x - a * y;
      continue;
    }
    const u = memory[psi + i + target]!;
    const v = memory[psi + size + i + target]!;
    const d = memory[lambda + i + target]!;
    const e = memory[lambda + size + i + target]!;
    if (kind === turnX) sum += a * v - b * u + d * y - e * x;
    else if (kind === turnY) sum += a * u + b * v - d * x - e * y;
    else sum += b * x - a * y + d * v - e * u;
  }
  return kind === phase ? 2 * sum : sum;
}
