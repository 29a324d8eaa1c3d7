/** How a command ends, told to the shell. */
export const exitCode = {
  well: 0,
  /** No convergence, a limit reached, files that cannot be written. */
  failed: 1,
  /** The command line or the netlist is wrong. */
  wrong: 2,
  /** An `.assert` is false. */
  assertFailed: 3,
  /** A fault of the program itself. */
  fault: 70,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Several decks, one answer: the gravest. */
export const gravest = (codes: readonly ExitCode[]): ExitCode => Math.max(...codes) as ExitCode;

/** The machine has too little of something: ends the command with code 1. */
export class ScarceError extends Error {
  override readonly name = "ScarceError";
  constructor(
    message: string,
    readonly help: string,
  ) {
    super(message);
  }
}

/** Something about the command line that cannot be: ends the command with code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  constructor(
    message: string,
    readonly help?: string,
  ) {
    super(message);
  }
}
