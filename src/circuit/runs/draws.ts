import type { RandomName } from "../../expressions/scope.js";
import type { Span } from "../../text/source.js";
import type { Draw, Stream } from "./runs.js";

/** Where something is read: for a parameter or a device, for a value of it, of a model that it uses. */
interface Where {
  readonly place: string | undefined;
  readonly value: string | undefined;
  readonly model: string | undefined;
}

/**
 * What random functions draw. A draw depends on the seed, the number of the draw and its place in the deck, nothing else:
 * on neither comments, the order of cards nor what other places draw.
 */
export class Draws {
  /** In the order in which they were asked for. */
  made: Draw[] = [];
  /** How often something was asked for that draws, or values that are stepped, decide: by itself or by way of a parameter. */
  touched = 0;
  /** What is kept and follows from these, and how it is forgotten. */
  readonly #followers = new Map<object, (() => void)[]>();
  /** Undefined while nothing is drawn. */
  stream: ((place: string) => Stream) | undefined;
  /** Draws that gave their nominal values, to be told of where the deck draws nothing. */
  readonly nominal: { readonly name: RandomName; readonly span: Span }[] = [];
  readonly #counts = new Map<string, number>();
  /** Draws that all devices of a model share, by the place of their text. */
  readonly #shared = new Map<string, number>();
  /** How many draws were not of a whole model. */
  own = 0;
  #now: Where = { place: undefined, value: undefined, model: undefined };

  /** Finds something of an owner that is kept; `forget` takes it back, should it follow from draws that are made anew. */
  keep<Value>(owner: object, find: () => Value, forget: () => void): Value {
    const { touched } = this;
    const value = find();
    if (this.touched > touched) this.#followers.set(owner, [...(this.#followers.get(owner) ?? []), forget]);
    return value;
  }

  /** Something of an owner that is kept is asked for again. */
  ask(owner: object): void {
    if (this.#followers.has(owner)) this.touched++;
  }

  /** Begins anew, as another run draws. */
  restart(stream: ((place: string) => Stream) | undefined): void {
    this.stream = stream;
    this.made = [];
    this.own = this.touched = 0;
    this.#counts.clear();
    this.#shared.clear();
    for (const forgets of this.#followers.values()) for (const forget of forgets) forget();
    this.#followers.clear();
  }

  /** Does something for a place, a parameter or a value of a device: what is drawn meanwhile is drawn there. */
  at<Value>(place: string, task: () => Value): Value {
    return this.#during({ place, value: undefined, model: undefined }, task);
  }

  /** As `at`, for a value by its name within the place at hand: `r1.tc1`. */
  within<Value>(value: string, task: () => Value): Value {
    return this.#during({ ...this.#now, value }, task);
  }

  /** Does something for a model that a device uses: draws with `lot` are the model's, all others the device's. */
  ofModel<Value>(model: string, task: () => Value): Value {
    return this.#during({ ...this.#now, model }, task);
  }

  #during<Value>(now: Where, task: () => Value): Value {
    const around = this.#now;
    this.#now = now;
    try {
      return task();
    } finally {
      this.#now = around;
    }
  }

  /** A number by a random function; its nominal value where nothing is drawn. */
  draw(name: RandomName, inputs: readonly number[], span: Span, lot: boolean): number {
    const { place, value, model } = this.#now;
    const within = value === undefined ? "" : `.${value}`;
    if (this.stream === undefined || place === undefined) {
      this.nominal.push({ name, span });
      return nominalOf(name, inputs);
    }
    this.touched++;
    if (!lot || model === undefined) {
      this.own++;
      return this.#drawAt(place + within, name, inputs);
    }
    const key = `${span.source.name} ${span.start}`;
    const shared = this.#shared.get(key) ?? this.#drawAt(model + within, name, inputs);
    this.#shared.set(key, shared);
    return shared;
  }

  #drawAt(place: string, name: RandomName, inputs: readonly number[]): number {
    const count = (this.#counts.get(place) ?? 0) + 1;
    this.#counts.set(place, count);
    const counted = count === 1 ? place : `${place}#${count}`;
    const value = drawnBy(name, inputs, this.stream!(counted));
    this.made.push({ place: counted, value });
    return value;
  }
}

/**
 * The numbers that random functions mean in HSPICE and ngspice (`gauss agauss unif aunif limit`), LTspice (`mc flat`, and
 * `gauss` of one number, its standard deviation) and Xyce (`rand`).
 */
function drawnBy(name: RandomName, inputs: readonly number[], stream: Stream): number {
  const [a = 0, b = 0, c = 1] = inputs;
  const signed = (): number => 2 * stream.uniform() - 1;
  switch (name) {
    case "gauss":
      return inputs.length === 1 ? a * stream.normal() : a * (1 + (b / c) * stream.normal());
    case "agauss":
      return a + (b / c) * stream.normal();
    case "unif":
    case "mc":
      return a * (1 + b * signed());
    case "aunif":
      return a + b * signed();
    case "limit":
      return signed() < 0 ? a - b : a + b;
    case "flat":
      return a * signed();
    case "rand":
    case "rnd":
      return stream.uniform();
  }
}

/** What stands for a draw where nothing is drawn: the mean. */
function nominalOf(name: RandomName, inputs: readonly number[]): number {
  if (name === "rand" || name === "rnd") return 0.5;
  return name === "flat" || (name === "gauss" && inputs.length === 1) ? 0 : inputs[0]!;
}
