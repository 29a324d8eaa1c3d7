import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readBytes } from "../files/read.js";
import { UsageError } from "./exit-code.js";

/** The file that a training of a deck is taken up from. */
export const checkpointName = (stem: string, training: string): string => `${stem}.train.${training}.checkpoint.json`;

/** The trainings that a stopped run of a deck has left in a folder, by their names. */
export function readCheckpoints(folder: string, stem: string): ReadonlyMap<string, unknown> {
  const found = checkpointsIn(folder, stem);
  if (found.length > 0) return new Map(found.map(({ training, path }) => [training, parsed(path)]));
  throw new UsageError(
    `There is nothing to take up: \`${folder}\` holds no \`${checkpointName(stem, "NAME")}\`.`,
    "a training that is stopped leaves one; run without `--resume` to start from the beginning.",
  );
}

/** Takes away what a run that came to its end has made useless. */
export function removeCheckpoints(folder: string, stem: string): void {
  for (const { path } of checkpointsIn(folder, stem)) rmSync(path, { force: true });
}

function checkpointsIn(folder: string, stem: string): readonly { readonly training: string; readonly path: string }[] {
  const [head, tail] = checkpointName(stem, "\n").split("\n") as [string, string];
  return filesOf(folder).flatMap((name) =>
    name.startsWith(head) && name.endsWith(tail) && name.length > head.length + tail.length
      ? [{ training: name.slice(head.length, -tail.length), path: join(folder, name) }]
      : [],
  );
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // a folder that is not there holds nothing
  }
}

function parsed(path: string): unknown {
  const text = new TextDecoder().decode(readBytes(path));
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`\`${path}\` is no checkpoint: it is not JSON.`, "take it away and run without `--resume`.");
  }
}
