import type { ChannelFigure } from "../circuit/channels/channel-measure.js";
import type { ChannelPrint } from "../circuit/channels/print-card.js";
import type { Circuit } from "../circuit/circuit.js";
import { type Built, channelsOf } from "../equations/channels/built.js";
import type { ComplexMatrix } from "../numerics/linear/complex-matrix.js";
import { preservationError } from "../quantum/channel.js";
import type { ChannelDistance } from "../quantum/channel-distance.js";
import { choiMatrix, krausRank } from "../quantum/choi.js";
import type { Column, Result, Table } from "../result/result.js";

/** A figure of one channel, or of two; channels by their places. */
export function channelFigure(circuit: Circuit, what: ChannelFigure, channels: readonly number[]): number {
  const built = channelsOf(circuit);
  const [one, other] = channels as readonly [number, number?];
  if (what === "distance" || what === "diamond_least" || what === "diamond_most") {
    const found = other === undefined ? undefined : built.distance(one, other);
    return found === undefined ? Number.NaN : distances(found)[what];
  }
  const made = built.at(one);
  return made === undefined ? Number.NaN : figureOf(made, what);
}

const distances = ({ found, diamond: [least, most] }: ChannelDistance) => ({
  distance: found,
  diamond_least: least,
  diamond_most: most,
});

function figureOf(
  { channel, products, corrected }: Built,
  what: "rank" | "kraus" | "products" | "trace_error" | "corrected",
) {
  switch (what) {
    case "rank":
      return krausRank(channel);
    case "kraus":
      return channel.count;
    case "products":
      return products;
    case "trace_error":
      return preservationError(channel).error;
    case "corrected":
      return corrected;
  }
}

/** What a `.print channel` card tells: its figures as columns of one row, its matrices as tables. */
export function printedChannel(circuit: Circuit, card: ChannelPrint, place: number): Result {
  const { name, input, output } = circuit.channels[card.channel]!;
  const { channel } = channelsOf(circuit).at(card.channel)!;
  const figures = (["kraus", "products", "rank", "trace_error", "corrected"] as const).map((what) =>
    single(what, channelFigure(circuit, what, [card.channel])),
  );
  const compared = card.others.flatMap((other) => {
    const found = distances(channelsOf(circuit).distance(card.channel, other)!);
    return Object.entries(found).map(([what, value]) => single(`${what}(${circuit.channels[other]!.name})`, value));
  });
  const columns = [single("in", input), single("out", output), ...figures, ...compared];
  const tables = card.tables.map((what): Table => {
    if (what === "kraus") return { name: what, columns: matrixColumns(channel.re, channel.im, input) };
    const J: ComplexMatrix = choiMatrix(channel);
    return { name: what, columns: matrixColumns(J.re, J.im, J.size) };
  });
  return {
    analysis: "channel",
    name,
    card: place,
    title: circuit.title,
    axes: 0,
    columns,
    ended: "complete",
    statistics: { method: "kraus", points: 1, steps: 0, rejected: 0, iterations: 0, factorizations: 0 },
    ...(tables.length > 0 && { tables }),
  };
}

const single = (name: string, value: number): Column => ({ name, unit: "1", values: Float64Array.of(value) });

/** A row of the table for each of the matrix: real and imaginary parts in turn, as files of operators are read. */
function matrixColumns(re: Float64Array, im: Float64Array, width: number): readonly Column[] {
  const rows = re.length / width;
  return Array.from({ length: width }, (_, j) => j).flatMap((j) =>
    (
      [
        ["re", re],
        ["im", im],
      ] as const
    ).map(([part, plane]) => ({
      name: `${part}(${j + 1})`,
      unit: "1" as const,
      values: Float64Array.from({ length: rows }, (_, i) => plane[i * width + j]!),
    })),
  );
}
