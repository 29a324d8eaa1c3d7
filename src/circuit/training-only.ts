import type { Circuit } from "./circuit.js";
import type { Network } from "./network.js";
import type { Part } from "./part.js";

type Cards = Circuit["analyses"];

/** Says of imperfections that other analyses than trainings do without: noise, and levels once a state moves. */
export function noteTrainingOnly(network: Network, analyses: Cards): void {
  const { complaints } = network;
  const parts = network.kinds.such(({ slopes }) => slopes?.fixed !== "q and f"); // what is linear is perfect
  const plain = analyses.find(({ kind }) => !["train", "descent", "kernel", "test", "weights"].includes(kind));
  const transient = analyses.find(({ kind }) => kind === "tran");
  const noisy = plain && parts.find((part) => noiseOf(part) !== undefined);
  if (noisy !== undefined) {
    const message = `\`${noiseOf(noisy)}\` of \`${noisy.shown}\`, as of all of its kind, acts where a training reads and writes: in \`.${plain!.kind}\` there is no noise.`;
    complaints.note("acts-in-training", message, noisy.span);
  }
  const stepped = transient && parts.find(({ values }) => (values["levels"] ?? 0) > 0);
  if (stepped === undefined) return;
  const message = `In \`.tran\` the state of \`${stepped.shown}\`, as of all of its kind, starts at one of its \`levels\` and moves freely between them.`;
  complaints.note("acts-in-training", message, stepped.span);
}

const noiseOf = ({ values }: Part): string | undefined =>
  ["write_noise", "read_noise"].find((name) => (values[name] ?? 0) > 0);
