import { waveform } from "../waveform.js";

/** No waveform at all: the source keeps its DC value, which the source itself supplies. */
export const constant = waveform({
  kind: "dc",
  title: "Constant",
  equations: ["dc"],
  parameters: {},
  value: () => 0,
  next: () => Number.POSITIVE_INFINITY,
  period: () => Number.POSITIVE_INFINITY,
  isStraight: true,
});
