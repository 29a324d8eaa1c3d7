import type { Claims, Device, Preset, Remark } from "./device.js";
import type { MemristorPoint } from "./memristors/laws/point.js";
import type { ParameterTable, Values } from "./parameter.js";

/**
 * A memristive one-port with one state, after Chua & Kang (1976):
 *
 *     i     = G(x, v) · v        current into terminal p, A
 *     dx/dt = g(x, v)            x between its walls
 *
 * `evaluate` gives both right-hand sides with their slopes, because Newton needs them and they share their work. It is
 * called in the inner loop: it must not allocate, and must not look at anything but its arguments.
 *
 * Where the drift has the factor x(1 − x), walls are never reached, and close to one 1 − x has no digits left: such a law
 * is stated in the `coordinate` y = ln(x/(1 − x)), and whatever is called x here is y then.
 */
export interface Memristor<Table extends ParameterTable = ParameterTable> {
  /** The `kind` of a `.model … memristor(…)`. */
  readonly type: string;
  readonly title: string;
  /** Where the equations come from: authors, journal, year, equation numbers. */
  readonly reference: string;
  /** The equations as text, for the manual; one line each. */
  readonly equations: readonly string[];
  readonly parameters: Table;
  readonly presets?: readonly Preset<Table>[];
  readonly claims: Claims;
  readonly smooth: (values: Values<ParameterTable>) => boolean;
  /** In what real pieces differ. */
  readonly real: Real<Table>;
  /** The x at which it has the resistance r, for `rinit=`; without it a start is a state only. */
  stateAt?(r: number, values: Values<ParameterTable>): number;
  remarks?(values: Values<ParameterTable>): readonly Remark[];
  /** The state at t = 0. */
  initial(values: Values<Table>): number;
  /** The range of x. */
  walls(values: Values<Table>): readonly [min: number, max: number];
  readonly coordinate?: "logit";
  /** The device of the same law, in the coordinate that suits these values. */
  suited?(values: Values<ParameterTable>): Device | undefined;
  evaluate(x: number, v: number, values: Values<Table>, out: MemristorPoint): void;
  /** i alone, as `evaluate` has it, where that is had for less. */
  current?(x: number, v: number, values: Values<Table>): number;
  /** The function of `laws/` that `evaluate` is, where it is one of those that are compiled. */
  readonly compiled?: string;
}

/** What of a law's values differs from piece to piece, and the ends of its state. */
export interface Real<Table extends ParameterTable> {
  /** The state at the start. */
  readonly start: keyof Table & string;
  /** Resistances: a piece that conducts g times as well has each of them over g. */
  readonly resistances: readonly (keyof Table & string)[];
  /** Conductances and amplitudes of currents, which are multiplied by g. */
  readonly conductances?: readonly (keyof Table & string)[];
  /** Thresholds that scatter; none where any voltage moves the state. */
  readonly thresholds: readonly (keyof Table & string)[];
  /** The state that conducts best, and the other end, to which a piece without retention falls. */
  readonly ends: { readonly on: number; readonly off: number };
}

/** Keeps the parameter names of a definition in its type. */
export const memristor = <Table extends ParameterTable>(it: Memristor<Table>): Memristor<Table> => it;
