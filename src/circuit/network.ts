import type { Device } from "../devices/device.js";
import { NameTable } from "../syntax/name-table.js";
import type { PlainCards } from "../syntax/plain-cards.js";
import { PlainWord } from "../syntax/word.js";
import type { Complaints } from "../text/diagnostic.js";
import type { Span } from "../text/source.js";
import type { Held, Instance, NodeValue } from "./circuit.js";
import type { Environment } from "./environment.js";
import { InstanceNames } from "./instance-names.js";
import { type Made, Named, none, Part } from "./part.js";
import { PartsByDevice } from "./parts-by-device.js";
import { PlainDevice } from "./plain-device.js";
import { PlainDevices } from "./plain-devices.js";
import { PlainReader } from "./plain-reader.js";

const groundNames: readonly string[] = ["0", "gnd", "gnd!"];

/** Whether a node's name is one of those of ground. */
export const isGround = (name: string): boolean => groundNames.includes(name);

/** What the checks of a circuit look at. */
export type Looked = Pick<Part, "element" | "device" | "terminals" | "controls">;

/** The nodes and devices of the circuit while it is built. */
export class Network {
  /** Names by number; 0 is ground. */
  readonly nodes: string[] = ["0"];
  /** The first place that names each node. */
  readonly #nodeSpans: (Span | undefined)[] = [undefined];
  /** undefined: a plain device, of which nobody has asked for more than its row says */
  readonly #parts: (Part | undefined)[] = [];
  readonly #plain = new PlainDevices();
  readonly #reader = new PlainReader();
  readonly #seen = { element: "", device: undefined as Device | undefined, terminals: [0, 0], controls: none };
  readonly globals = new Set<string>();
  readonly initial: NodeValue[] = [];
  readonly guesses: NodeValue[] = [];
  readonly held: Held[] = [];
  /** Nodes with a dot in their own names. */
  readonly #dotted: { readonly prefix: string; readonly name: string; readonly span: Span }[] = [];
  #kinds: PartsByDevice | undefined;
  readonly #nodeNames = new NameTable();
  /** The place of the next device, where devices take those of others. */
  next: number | undefined;
  readonly names = new InstanceNames((index) => {
    const named = new Named(this.#plain.card(index));
    named.part = this.part(index);
    return named;
  });

  constructor(readonly complaints: Complaints) {
    for (const name of groundNames) this.#nodeNames.give(name, 0);
  }

  /** How many devices there are. */
  get count(): number {
    return this.#parts.length;
  }

  /** A device by its place. */
  part(index: number): Part {
    return (this.#parts[index] ??= this.#madeOfRow(index));
  }

  get parts(): readonly Part[] {
    for (let k = 0; k < this.#parts.length; k++) this.#parts[k] ??= this.#madeOfRow(k);
    return this.#parts as Part[];
  }

  /** All devices but plain ones of which nobody has asked more than their rows say. */
  made(): readonly Part[] {
    return this.#parts.filter((part) => part !== undefined);
  }

  #madeOfRow(index: number): Part {
    const { element, device } = this.#plain.kind(index);
    const shown = this.#plain.shown(index);
    const made = { device, values: this.#plain.values(index) };
    const name = shown.toLowerCase();
    return new Part(
      index,
      name,
      shown,
      element,
      this.#plain.terminals(index),
      undefined,
      this.#plain.card(index),
      made,
    );
  }

  /** A device by its place, to be looked at before the next one is: plain ones show themselves in one object. */
  look(index: number): Looked {
    const part = this.#parts[index];
    if (part !== undefined) return part;
    const { element, device } = this.#plain.kind(index);
    const seen = this.#seen;
    seen.element = element;
    seen.device = device;
    seen.terminals[0] = this.#plain.plus(index);
    seen.terminals[1] = this.#plain.minus(index);
    return seen;
  }

  /** The first place that names a node. */
  nodeSpan(node: number): Span | undefined {
    return this.#nodeSpans[node];
  }

  /** The node that a name means at a place; made if it is new. */
  node(name: string, place: Environment, span: Span): number {
    const key = name.toLowerCase();
    const given = isGround(key) ? 0 : place.ports?.get(key);
    if (given !== undefined) return given;
    const dot = key.lastIndexOf(".");
    if (dot > 0) this.#dotted.push({ prefix: place.path + key.slice(0, dot), name, span });
    return this.#nodeOf(place.path === "" || this.globals.has(key) ? key : place.path + key, span);
  }

  /** Complains of cards that name a node inside a subcircuit, which would tie them together in silence. */
  checkDotted(): void {
    for (const { prefix, name, span } of this.#dotted) {
      if (this.names.find(prefix)?.ports === undefined) continue;
      const message = `\`${name}\` is a node inside a subcircuit: an element can be connected to it only from inside.`;
      const help = "give the subcircuit one more terminal, or write the node with another sign than a dot.";
      this.complaints.error("inner-node", message, span, { help });
    }
  }

  /** The node that a name means at a place, if there is one; from outside, `x1.n` or `x1:n` is a node of a subcircuit. */
  findNode(name: string, place: Environment): number | undefined {
    const key = name.toLowerCase();
    const given = isGround(key) ? 0 : place.ports?.get(key);
    if (given !== undefined) return given;
    const found = this.#findPath(key, place);
    return found ?? (key.includes(":") ? this.#findPath(key.replaceAll(":", "."), place) : undefined);
  }

  #findPath(key: string, place: Environment): number | undefined {
    const path = this.globals.has(key) ? key : place.path + key;
    return this.#nodeNames.bearer(path) || this.#portNode(path);
  }

  /** Whether the main circuit has a node that a subcircuit asks for in vain. */
  isOutside(name: string, place: Environment): boolean {
    return place.path !== "" && (this.#nodeNames.bearer(name.toLowerCase()) ?? 0) > 0;
  }

  /** `x1.p`, a terminal of a subcircuit, by the node outside. */
  #portNode(key: string): number | undefined {
    const dot = key.lastIndexOf(".");
    if (dot < 0) return undefined;
    const ports = this.names.find(key.slice(0, dot))?.ports;
    const local = key.slice(dot + 1);
    return ports?.get(local) ?? (ports && isGround(local) ? 0 : undefined);
  }

  #nodeOf(key: string, span: Span): number {
    const next = this.nodes.length;
    const node = this.#nodeNames.give(key, next);
    if (node < next) return node;
    this.nodes.push(key);
    this.#nodeSpans.push(span);
    return node;
  }

  /** Reads plain cards of the main circuit from one on, up to one that has to be looked at closely; gives its number. */
  readPlain(cards: PlainCards, from: number): number {
    const { source } = cards;
    const [names, nodes, devices] = [this.names.table, this.#nodeNames, this.#plain];
    const [deviceCount, nodeCount] = [this.count, this.nodes.length];
    const taken = this.#reader.read(from, cards, { names, nodes, devices, deviceCount, nodeCount });
    if (taken.devices > 0) this.#plain.begin(deviceCount, source);
    for (let k = 0; k < taken.devices; k++) this.#parts.push(undefined);
    for (let k = 0; k < taken.nodes.length; k += 2) {
      const [start, end] = [taken.nodes[k]!, taken.nodes[k + 1]!];
      this.nodes.push(source.text.slice(start, end).toLowerCase());
      this.#nodeSpans.push(new PlainWord(source, start, end));
    }
    return from + taken.devices;
  }

  /** Puts a device into the circuit. Its name, `shown` in lower case, must be free; see `claim`. */
  add(
    shown: string,
    element: string,
    terminals: readonly number[],
    span: Span,
    made?: Made,
    branch?: number,
    name = shown.toLowerCase(),
  ): Part {
    const index = this.next ?? this.#parts.length;
    // Mostly one and the same text, which is kept once.
    const written = name === shown ? name : shown;
    // A copy is as long as it has to be: what is put together of pieces keeps room for sixteen more.
    const part = new Part(index, name, written, element, terminals.slice(), branch, span, made);
    this.#parts[index] = part;
    if (this.next !== undefined) this.next++;
    return part;
  }

  /** As `add`, of a device that has the name itself instead of its card; false, with nothing done, where it is taken. */
  addNamed(shown: string, element: string, terminals: readonly number[], span: Span, made: Made): boolean {
    const name = shown.toLowerCase();
    if (this.names.find(name) !== undefined) return false;
    const part = this.add(shown, element, terminals, span, made, undefined, name);
    const named = new Named(part);
    named.part = part;
    this.names.claim(name, named);
    return true;
  }

  /** The device or subcircuit that a name means at a place; from outside, `x1.r1` is one of a subcircuit. */
  find(name: string, place: Environment): Named | undefined {
    return this.names.find(place.path + name.toLowerCase());
  }

  /** Names of instances as they are written at a place. */
  *instanceNames(place: Environment): Iterable<string> {
    for (const [name, { part }] of this.names.all()) {
      if (name.startsWith(place.path)) yield (part?.shown ?? name).slice(place.path.length);
    }
  }

  /** Names of nodes as they are written at a place. */
  *nodeNames(place: Environment): Iterable<string> {
    yield* place.ports?.keys() ?? [];
    for (let node = 1; node < this.nodes.length; node++) {
      const name = this.nodes[node]!;
      if (name.startsWith(place.path) && !name.includes("#")) yield name.slice(place.path.length);
    }
  }

  /** The parts by their devices, which must be known. */
  get kinds(): PartsByDevice {
    if (this.#kinds?.count !== this.count) this.#kinds = new PartsByDevice(this);
    return this.#kinds;
  }

  /** The devices as they stand in the circuit; all of them must be known. */
  instances(): readonly Instance[] {
    return Array.from({ length: this.count }, (_, k) => {
      const part = this.#parts[k];
      return part === undefined ? new PlainDevice(this.#plain, k) : part.instance();
    });
  }
}
