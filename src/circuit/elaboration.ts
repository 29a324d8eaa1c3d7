import type { Habits, Trap } from "../expressions/habits.js";
import type { Instance, Statement, Subcircuit } from "../syntax/ast.js";
import type { ReadFile } from "../text/read.js";
import type { Span } from "../text/source.js";
import { ChannelCards } from "./channels/channel-cards.js";
import type { Options } from "./circuit.js";
import { DistinctComplaints } from "./distinct-complaints.js";
import type { DataDefinition, Environment, Parameter } from "./environment.js";
import { FirstPlace } from "./first-place.js";
import { FormulaPrograms } from "./formula-programs.js";
import { habitsOf } from "./habits.js";
import { Network } from "./network.js";
import { Blocks } from "./quantum/block-names.js";
import { DrawnCards } from "./runs/drawn-cards.js";
import { Draws } from "./runs/draws.js";
import { SteppedParameters } from "./runs/stepped-parameters.js";
import { SharedLaws } from "./shared-laws.js";
import { SignalNames } from "./signal-names.js";
import { Datasets } from "./training/datasets.js";

/** What all parts of one elaboration share: the complaints, the circuit as far as it is known, what has been used. */
export class Elaboration {
  readonly complaints = new DistinctComplaints();
  readonly network = new Network(this.complaints);
  /** Definitions that something asked for. */
  readonly used = new Set<object>();
  /** Parameters whose values are being found, the outermost first. */
  readonly pending: Parameter[] = [];
  /** Of all loops so far. */
  turns = 0;
  readonly blocks = new Blocks();
  /** The channels of the deck; none before its cards are known. */
  channels = new ChannelCards([]);
  readonly datasets = new Datasets();
  readonly laws = new SharedLaws();
  readonly signalNames = new SignalNames();
  /** Where spellings stand that mean different things to simulators. */
  readonly traps = new Map<Trap, FirstPlace>();
  readonly stepped = new SteppedParameters();
  readonly draws = new Draws();
  readonly drawn = new DrawnCards();
  /** °C; what `temp` means in expressions. */
  temperature = 27;
  /** °C: the temperature that values of models are meant for. */
  nominalTemperature = 27;
  /** S: the conductance beside every junction. */
  gmin = 1e-12;
  /** `tstep` of the first `.tran`, s; decks marked ngspice have rise times from it. */
  outputStep: number | undefined;
  /** The unit of what `.noise` refers noise to; undefined where the deck has none. */
  noiseInput: "V/√Hz" | "A/√Hz" | undefined;
  dialect: Options["dialect"] = "auto";

  constructor(
    readonly read: ReadFile | undefined,
    readonly programs = new FormulaPrograms(),
  ) {}

  /** The subcircuits that are being written out, outermost first. */
  readonly within: Subcircuit[] = [];
  /** Reads the cards of a body into the circuit; what it is stands in `cards.ts`. */
  readBody: (statements: readonly Statement[], place: Environment) => void = () => {};
  /** Reads one card that no text has, such as one that a card stands for. */
  readCard: (card: Instance, place: Environment) => void = () => {};
  readonly #waiting: (() => void)[] = [];

  /** The `.data` cards met so far. */
  readonly data = new Map<object, DataDefinition>();
  /** What the deck defines by name, to tell what of it nothing uses. */
  readonly declared = new Map<object, { readonly title: string; readonly span: Span }>();

  /** Does something once all names of the circuit are known. */
  later(task: () => void): void {
    this.#waiting.push(task);
  }

  /** How much waits for the names. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Does what has waited for the names. */
  catchUp(): void {
    for (const task of this.#waiting.splice(0)) task();
  }

  /** What spellings mean in this deck. */
  get habits(): Habits {
    return habitsOf(this.dialect);
  }

  /** Remembers the first place of a trap. */
  met(trap: Trap, span: Span): void {
    const known = this.traps.get(trap) ?? new FirstPlace();
    known.add(span);
    this.traps.set(trap, known);
  }

  /** Names that mean something everywhere, unless a parameter has the same name. */
  builtIn(name: string): number | undefined {
    if (name === "temp" || name === "temper") return this.temperature;
    if (name === "vt") return (boltzmann / elementaryCharge) * (this.temperature + 273.15);
    if (this.stepped.given.has(name)) this.draws.touched++;
    return this.stepped.of(name);
  }

  /** What a `.step` gives a parameter in the run at hand: another run has another value, as of a draw. */
  steppedValue(name: string): number | undefined {
    const value = this.stepped.given.get(name);
    if (value !== undefined) this.draws.touched++;
    return value;
  }

  duplicate(what: string, span: Span, before: Span, help?: string): void {
    this.complaints.error("duplicate-name", `${what} is defined twice; a name can mean one thing only.`, span, {
      notes: [{ message: "it was defined here first", span: before }],
      ...(help !== undefined && { help }),
    });
  }

  /** Tells of parameters that are defined by each other, once; all of them have failed. */
  cycle(parameters: readonly Parameter[]): number {
    const [first] = parameters as [Parameter];
    const chain = [...parameters, first].map(({ name }) => `\`${name}\``).join(" needs ");
    const message =
      parameters.length === 1
        ? `Parameter \`${first.name}\` is defined by itself.`
        : `These parameters are defined by each other: ${chain}.`;
    const notes = parameters.slice(1).map(({ name, span }) => ({ message: `\`${name}\` is defined here`, span }));
    this.complaints.error("parameter-cycle", message, first.span, { notes });
    for (const parameter of parameters) parameter.value = Number.NaN;
    return Number.NaN;
  }
}

const boltzmann = 1.380649e-23; // J/K
const elementaryCharge = 1.602176634e-19; // C
