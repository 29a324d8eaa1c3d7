import { type Channel, emptyChannel, identityChannel } from "./channel.js";

/** First one, then the other: all products B_b A_a, as many as both counts multiply to. */
export function composed(after: Channel, before: Channel): Channel {
  const product = emptyChannel(before.input, after.output, after.count * before.count);
  const [n, block] = [before.input, before.output * before.input];
  for (let row = 0; row < after.count * after.output; row++) {
    const [b, o] = [Math.floor(row / after.output), row % after.output];
    for (let a = 0; a < before.count; a++) {
      const to = ((b * before.count + a) * after.output + o) * n;
      for (let k = 0; k < after.input; k++) {
        const [x, y] = [after.re[row * after.input + k]!, after.im[row * after.input + k]!];
        if (x !== 0 || y !== 0) addTimes(product, to, x, y, before, a * block + k * n, n);
      }
    }
  }
  return product;
}

/** n entries of one from `to` on grow by x + iy times those of the other from `from` on. */
function addTimes(one: Channel, to: number, x: number, y: number, other: Channel, from: number, n: number): void {
  for (let j = 0; j < n; j++) {
    const [u, v] = [other.re[from + j]!, other.im[from + j]!];
    one.re[to + j]! += x * u - y * v;
    one.im[to + j]! += x * v + y * u;
  }
}

/** Side by side, the first one's part the slow one of an index. */
export function sideBySide(first: Channel, second: Channel): Channel {
  const input = first.input * second.input;
  const output = first.output * second.output;
  const product = emptyChannel(input, output, first.count * second.count);
  for (let p = 0; p < first.count * first.output; p++) {
    for (let q = 0; q < second.count * second.output; q++) {
      const operator = Math.floor(p / first.output) * second.count + Math.floor(q / second.output);
      const row = operator * output + (p % first.output) * second.output + (q % second.output);
      for (let i = 0; i < first.input; i++) {
        const at = p * first.input + i;
        const to = row * input + i * second.input;
        addTimes(product, to, first.re[at]!, first.im[at]!, second, q * second.input, second.input);
      }
    }
  }
  return product;
}

/** The channel on the middle of three parts, the first and the last of which stay as they are. */
export const onMiddle = (before: number, channel: Channel, after: number): Channel =>
  sideBySide(sideBySide(identityChannel(before), channel), identityChannel(after));
