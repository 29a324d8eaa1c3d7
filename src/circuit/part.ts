import type { Device } from "../devices/device.js";
import { withCurrent } from "../devices/with-current.js";
import type { Instance as Card } from "../syntax/ast.js";
import type { Span } from "../text/source.js";
import type { Instance, Unknown } from "./circuit.js";
import type { XyceNames } from "./elements/xyce-levels.js";

/** A device and the numbers it is evaluated with. */
export interface Made {
  device?: Device;
  values?: Readonly<Record<string, number>>;
  controls?: readonly Unknown[];
  initial?: number;
  smallSignal?: NonNullable<Instance["smallSignal"]>;
  law?: NonNullable<Instance["law"]>;
  xyce?: XyceNames;
}

/** A device on its way into the circuit: where it stands is known at once, what it is perhaps later. */
export class Part {
  /** Absent until it is known, and where its card is wrong. */
  device: Device | undefined;
  values: Readonly<Record<string, number>>;
  controls: readonly Unknown[];
  initial: number | undefined;
  readonly smallSignal: Instance["smallSignal"] | undefined;
  law: Instance["law"] | undefined;
  /** What Xyce's names of its quantities mean, where that is not what they mean here. */
  readonly xyce: XyceNames | undefined;
  /** Somebody reads the current into its first terminal, which is then an own unknown behind the others. */
  measured = false;
  /** Its card is wrong, and that has been told. */
  failed = false;
  /** Draws, or what is stepped, decide some of its values; `anew` reads them, where its card need not be read for that. */
  drawn = false;
  anew: (() => Pick<Made, "device" | "values">) | undefined;

  constructor(
    readonly index: number,
    readonly name: string,
    /** Its name as the user wrote it, with the path of its subcircuit. */
    readonly shown: string,
    readonly element: string,
    /** A node for each terminal. */
    readonly terminals: readonly number[],
    /** The own unknown that is the current from the first terminal to the second, where that is known beforehand. */
    readonly branch: number | undefined,
    readonly span: Span,
    made: Made | undefined,
  ) {
    this.device = made?.device;
    this.values = made?.values ?? nothing;
    this.controls = made?.controls ?? none;
    this.initial = made?.initial;
    this.smallSignal = made?.smallSignal;
    this.law = made?.law;
    this.xyce = made?.xyce;
  }

  /** Says what device it is, once that is known. */
  become({ device, values = nothing, controls = none, law }: Made): void {
    this.device = device;
    this.values = values;
    this.controls = controls;
    this.law = law;
  }

  /** As it stands in the circuit; its device must be known. */
  instance(): Instance {
    const { name, element, values, terminals, controls, initial, smallSignal, law, span } = this;
    if (this.device === undefined) throw new Error(`The device of \`${name}\` was never found.`);
    const device = this.measured ? withCurrent(this.device) : this.device;
    if (smallSignal !== undefined) return { name, element, device, values, terminals, controls, smallSignal, span };
    if (law !== undefined && initial === undefined)
      return { name, element, device, values, terminals, controls, law, span };
    if (initial === undefined) return { name, element, device, values, terminals, controls, span };
    return { name, element, device, values, terminals, controls, initial, span };
  }
}

const nothing = {};
/** No controls. */
export const none: readonly Unknown[] = [];

/** What a name of the one namespace of instances means: a device or, with `ports`, a subcircuit. */
export class Named {
  part: Part | undefined;
  /** The nodes at the terminals of a subcircuit, by their names inside. */
  ports: ReadonlyMap<string, number> | undefined;

  constructor(
    /** The card that gave the name, or a device that comes from none of its own. */
    readonly card: Card | Part,
  ) {}

  get span(): Span {
    return this.card instanceof Part ? this.card.span : this.card.name.span;
  }
}
