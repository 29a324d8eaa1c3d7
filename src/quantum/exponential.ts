import { type ComplexMatrix, combined } from "../numerics/linear/complex-matrix.js";
import { MatrixRoom } from "./matrix-room.js";

/** Up to this norm Taylor's polynomial of degree 16 is the exponential to rounding: what is left out is 0.8¹⁷/17! = 6 · 10⁻¹⁷. */
const near = 0.8;
const mostSquarings = 1100;

/** Room for each size, made once: whoever asks for one exponential asks for others. */
const rooms = new Map<number, ReturnType<typeof roomOf>>();

function roomOf(size: number) {
  const room = new MatrixRoom(size, 7, 20);
  const factors = room.take(20);
  // Behind each other, as they are summed up.
  const powers = [room.take(), room.take(), room.take(), room.take(), room.take()] as const;
  return { room, factors, powers, sum: room.take(), next: room.take() };
}

/**
 * exp(−iHt) of a Hermitian matrix, unitary to rounding: exp(−iHt/2ˢ) by Taylor's polynomial of degree 16, in powers of the fourth power
 * (M. Paterson and L. Stockmeyer, SIAM Journal on Computing 2, 60, 1973), then s squarings (C. Moler and C. Van Loan, SIAM
 * Review 45, 3, 2003). H is taken without the mean of its diagonal, which is a phase. Like eigenvalues, squarings
 * leave an error of some |H|t roundings.
 */
export function turning(H: ComplexMatrix, time: number): ComplexMatrix {
  const { size } = H;
  const kept = rooms.get(size) ?? roomOf(size);
  rooms.set(size, kept);
  const { room, factors, powers } = kept;
  const { memory, numbers, width } = room;
  const [one, first, second, third, fourth] = powers;
  const mean = meanOfDiagonal(H);
  const shifted = { re: H.im.map((y) => y * time), im: H.re.map((x) => -x * time) };
  for (let i = 0; i < size; i++) shifted.im[i * (size + 1)]! += mean * time;
  const squarings = Math.min(mostSquarings, Math.max(0, Math.ceil(Math.log2(normOf(shifted, size) / near))));
  const scale = 0.5 ** squarings;
  memory.fill(0, one, one + numbers);
  for (let i = 0; i < size; i++) memory[one + 2 * i * width + i] = 1;
  room.lay({ re: shifted.re.map((x) => x * scale), im: shifted.im.map((y) => y * scale) }, first);
  room.multiply(first, first, second);
  room.multiply(second, first, third);
  room.multiply(second, second, fourth);
  let [sum, next] = [kept.sum, kept.next];
  memory.set(taylor, factors);
  room.kernels.combine(memory, factors + 12, 5, one, sum, numbers);
  for (let block = 2; block >= 0; block--) {
    room.kernels.combine(memory, factors + 4 * block, 4, one, next, numbers);
    room.kernels.addProduct(memory, sum, width, fourth, next, size, size, width);
    [sum, next] = [next, sum];
  }
  for (let k = 0; k < squarings; k++) {
    room.multiply(sum, sum, next);
    [sum, next] = [next, sum];
  }
  // Squarings leave U†U = 1 + E; U(3 − U†U)/2 leaves |E|² of that (Å. Björck and C. Bowie, SIAM Journal on Numerical Analysis 8, 358, 1971).
  const U = room.read(sum);
  room.layAdjoint(U, first);
  room.multiply(first, sum, second);
  room.multiply(sum, second, third);
  return withPhase(combined(1.5, U, -0.5, room.read(third)), -mean * time);
}

/** 1/k! */
const taylor = Float64Array.from({ length: 17 }, () => 1);
for (let k = 1; k < taylor.length; k++) taylor[k] = taylor[k - 1]! / k;

function meanOfDiagonal({ size, re }: ComplexMatrix): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += re[i * (size + 1)]!;
  return sum / size;
}

/** The greatest sum of absolute values of a row. */
function normOf({ re, im }: Pick<ComplexMatrix, "re" | "im">, size: number): number {
  let most = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let k = i * size; k < (i + 1) * size; k++) sum += Math.hypot(re[k]!, im[k]!);
    most = Math.max(most, sum);
  }
  return most;
}

function withPhase(U: ComplexMatrix, angle: number): ComplexMatrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (let k = 0; k < U.re.length; k++) {
    const [x, y] = [U.re[k]!, U.im[k]!];
    U.re[k] = c * x - s * y;
    U.im[k] = c * y + s * x;
  }
  return U;
}
