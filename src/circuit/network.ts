import type { Device } from "../devices/device.js";
import { withCurrent } from "../devices/with-current.js";
import type { Instance as Card } from "../syntax/ast.js";
import type { Complaints } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import type { Held, Instance, NodeValue, Unknown } from "./circuit.js";
import type { XyceNames } from "./elements/xyce-levels.js";
import type { Environment } from "./environment.js";
import { PartsByDevice } from "./parts-by-device.js";

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
}

const nothing = {};
const none: readonly Unknown[] = [];

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

const groundNames: ReadonlySet<string> = new Set(["0", "gnd", "gnd!"]);

/** Whether a node's name is one of those of ground. */
export const isGround = (name: string): boolean => groundNames.has(name);

/** The nodes and devices of the circuit while it is built. */
export class Network {
  /** Names by number; 0 is ground. */
  readonly nodes: string[] = ["0"];
  /** The first place that names each node. */
  readonly nodeSpans: (Span | undefined)[] = [undefined];
  readonly parts: Part[] = [];
  readonly globals = new Set<string>();
  readonly initial: NodeValue[] = [];
  readonly guesses: NodeValue[] = [];
  readonly held: Held[] = [];
  /** Nodes with a dot in their own names. */
  readonly #dotted: { readonly prefix: string; readonly name: string; readonly span: Span }[] = [];
  #kinds: PartsByDevice | undefined;
  readonly #nodes = new Map<string, number>();
  /** The place of the next device, where devices take those of others. */
  next: number | undefined;
  readonly #named = new Map<string, Named>();

  constructor(readonly complaints: Complaints) {}

  /** The node that a name means at a place; made if it is new. */
  node(name: string, place: Environment, span: Span): number {
    const key = name.toLowerCase();
    const given = groundNames.has(key) ? 0 : place.ports?.get(key);
    if (given !== undefined) return given;
    const dot = key.lastIndexOf(".");
    if (dot > 0) this.#dotted.push({ prefix: place.path + key.slice(0, dot), name, span });
    return this.#nodeOf(place.path === "" || this.globals.has(key) ? key : place.path + key, span);
  }

  /** Complains of cards that name a node inside a subcircuit, which would tie them together in silence. */
  checkDotted(): void {
    for (const { prefix, name, span } of this.#dotted) {
      if (this.#named.get(prefix)?.ports === undefined) continue;
      const message = `\`${name}\` is a node inside a subcircuit: an element can be connected to it only from inside.`;
      const help = "give the subcircuit one more terminal, or write the node with another sign than a dot.";
      this.complaints.error("inner-node", message, span, { help });
    }
  }

  /** The node that a name means at a place, if there is one; from outside, `x1.n` or `x1:n` is a node of a subcircuit. */
  findNode(name: string, place: Environment): number | undefined {
    const key = name.toLowerCase();
    const given = groundNames.has(key) ? 0 : place.ports?.get(key);
    if (given !== undefined) return given;
    const found = this.#findPath(key, place);
    return found ?? (key.includes(":") ? this.#findPath(key.replaceAll(":", "."), place) : undefined);
  }

  #findPath(key: string, place: Environment): number | undefined {
    const path = this.globals.has(key) ? key : place.path + key;
    return this.#nodes.get(path) ?? this.#portNode(path);
  }

  /** Whether the main circuit has a node that a subcircuit asks for in vain. */
  isOutside(name: string, place: Environment): boolean {
    return place.path !== "" && this.#nodes.has(name.toLowerCase());
  }

  /** `x1.p`, a terminal of a subcircuit, by the node outside. */
  #portNode(key: string): number | undefined {
    const dot = key.lastIndexOf(".");
    if (dot < 0) return undefined;
    const ports = this.#named.get(key.slice(0, dot))?.ports;
    const local = key.slice(dot + 1);
    return ports?.get(local) ?? (ports && groundNames.has(local) ? 0 : undefined);
  }

  #nodeOf(key: string, span: Span): number {
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const node = this.nodes.length;
    this.nodes.push(key);
    this.nodeSpans.push(span);
    this.#nodes.set(key, node);
    return node;
  }

  /** Puts a device into the circuit. Its name, `shown` in lower case (mostly one text, kept once), must be free: `claim`. */
  add(
    shown: string,
    element: string,
    terminals: readonly number[],
    span: Span,
    made?: Made,
    branch?: number,
    name = shown.toLowerCase(),
  ): Part {
    const index = this.next ?? this.parts.length;
    const part = new Part(index, name, name === shown ? name : shown, element, terminals, branch, span, made);
    this.parts[index] = part;
    if (this.next !== undefined) this.next++;
    return part;
  }

  /** As `add`, of a device that has the name itself instead of its card; false, with nothing done, where it is taken. */
  addNamed(shown: string, element: string, terminals: readonly number[], span: Span, made: Made): boolean {
    const name = shown.toLowerCase();
    if (this.#named.has(name)) return false;
    const part = this.add(shown, element, terminals, span, made, undefined, name);
    const named = new Named(part);
    named.part = part;
    this.#named.set(name, named);
    return true;
  }

  /** Gives a name away; gives what has had it before. */
  claim(name: string, named: Named): Named | undefined {
    const before = this.#named.get(name);
    if (before === undefined) this.#named.set(name, named);
    return before;
  }

  /** The device or subcircuit that a name means at a place; from outside, `x1.r1` is one of a subcircuit. */
  find(name: string, place: Environment): Named | undefined {
    return this.#named.get(place.path + name.toLowerCase());
  }

  /** Names of instances as they are written at a place. */
  *instanceNames(place: Environment): Iterable<string> {
    for (const [name, { part }] of this.#named) {
      if (name.startsWith(place.path)) yield (part?.shown ?? name).slice(place.path.length);
    }
  }

  /** Names of nodes as they are written at a place. */
  *nodeNames(place: Environment): Iterable<string> {
    yield* place.ports?.keys() ?? [];
    for (const name of this.#nodes.keys()) {
      if (name.startsWith(place.path) && !name.includes("#")) yield name.slice(place.path.length);
    }
  }

  /** The parts by their devices, which must be known. */
  get kinds(): PartsByDevice {
    if (this.#kinds?.count !== this.parts.length) this.#kinds = new PartsByDevice(this.parts);
    return this.#kinds;
  }

  /** The devices as they stand in the circuit; all of them must be known. */
  instances(): readonly Instance[] {
    return this.parts.map((part) => {
      const { name, element, values, terminals, controls, initial, smallSignal, law, span } = part;
      if (part.device === undefined) throw new Error(`The device of \`${name}\` was never found.`);
      const device = part.measured ? withCurrent(part.device) : part.device;
      if (smallSignal !== undefined) return { name, element, device, values, terminals, controls, smallSignal, span };
      if (law !== undefined && initial === undefined)
        return { name, element, device, values, terminals, controls, law, span };
      if (initial === undefined) return { name, element, device, values, terminals, controls, span };
      return { name, element, device, values, terminals, controls, initial, span };
    });
  }
}
