import { spawnSync } from "node:child_process";

/**
 * CPU seconds (user and system) of a command, and what it printed.
 *
 * @throws Error if the command fails
 */
export function timedOutput(command, args) {
  const script = 'exec 3>&2; TIMEFORMAT="%U %S"; { time "$0" "$@" 2>&3; } 2>&4';
  const run = spawnSync("bash", ["-c", script, command, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe", "ignore", "pipe"],
    maxBuffer: 1e9,
  });
  if (run.status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${run.stderr}`);
  const [user, system] = run.output[4].trim().split(/\s+/).map(Number);
  return { seconds: user + system, output: run.stdout };
}

/** CPU seconds (user and system) of a command. */
export const timed = (command, args) => timedOutput(command, args).seconds;
