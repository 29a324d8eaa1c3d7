import type { ParameterTable, Values } from "../parameter.js";

/** How an independent source depends on the time. At a jump it has the value after it (continuous from the right). */
export interface Waveform<Table extends ParameterTable = ParameterTable> {
  /** Its name in a netlist. */
  readonly kind: string;
  readonly title: string;
  readonly equations: readonly string[];
  /** In the order in which a netlist lists them. The unit is that of a voltage source. */
  readonly parameters: Table;
  /** So many current sources of this waveform in parallel. Default 1. */
  readonly copies?: number;
  value(t: number, values: Values<Table>): number;
  /** The first corner or jump after t, s; Infinity if there is none. */
  next(t: number, values: Values<Table>): number;
  /** The shortest period, s; Infinity if there is none. */
  period(values: Values<Table>): number;
  /** Between its corners it goes in straight lines. */
  readonly isStraight?: boolean;
  /** Its value is `sineAt` of its parameters, in their order. */
  readonly isSine?: boolean;
}

/** Keeps the parameter names of a definition in its type. */
export const waveform = <Table extends ParameterTable>(it: Waveform<Table>): Waveform<Table> => it;

const anything = [-1e30, 1e30] as const;

/** A level of a source, V (A for a current source). */
export const level = (meaning: string, value?: number) => ({
  meaning,
  unit: "V" as const,
  default: value,
  range: anything,
});

/** A span of time, s. */
export const duration = (meaning: string, value: number | undefined, min = 0) => ({
  meaning,
  unit: "s" as const,
  default: value,
  range: [min, Number.POSITIVE_INFINITY] as const,
});

/** A frequency, Hz. */
export const frequency = (meaning: string) => ({
  meaning,
  unit: "Hz" as const,
  default: undefined,
  range: [0, 1e30] as const,
});

/** A phase in degrees, as netlists give it. */
export const phase = (meaning: string) => ({ meaning, unit: "°" as const, default: 0, range: [-1e9, 1e9] as const });

/** A plain number. */
export const ratio = (meaning: string, value?: number) => ({
  meaning,
  unit: "1" as const,
  default: value,
  range: anything,
});
