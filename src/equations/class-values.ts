/** The values of a device, by name. */
type Named = Readonly<Record<string, number>>;

/**
 * The values of all instances of a class. Most are those of a model, the same for all: they stand once, in one object, and
 * what differs in columns. The object is shown for one instance after the other, so that a loop over a hundred thousand
 * memristors reads a few numbers that lie side by side, and no objects from all over the memory.
 */
export class ClassValues {
  readonly count: number;
  /** The values of the instance that was shown last. */
  readonly shown: Record<string, number> = {};
  /** The names of the values in which instances differ. */
  readonly names: string[] = [];
  /** How often a value was given anew. */
  changes = 0;
  /** size count each, by `names` */
  readonly columns: Float64Array[] = [];

  /** @param given of each instance, what is not among it being as in `missing` */
  constructor(names: readonly string[], missing: Named, given: readonly Named[]) {
    this.count = given.length;
    const valueIn = (of: Named, name: string): number => of[name] ?? missing[name] ?? Number.NaN;
    // At first a fraction: V8 would make room for a small integer, and compile anew when a fraction comes.
    for (const name of names) this.shown[name] = 0.5;
    const [first = {}] = given;
    for (const name of names) this.shown[name] = valueIn(first, name);
    // One instance after the other, for their values lie all over the memory.
    let alike = names;
    let last = first;
    for (const one of given) {
      if (one === last) continue;
      last = one;
      if (alike.every((name) => Object.is(valueIn(one, name), this.shown[name]))) continue;
      alike = alike.filter((name) => Object.is(valueIn(one, name), this.shown[name]));
    }
    for (const name of names)
      if (!alike.includes(name)) this.#columnOf(name).set(Float64Array.from(given, (one) => valueIn(one, name)));
  }

  /** Shows the values of an instance; the next call shows those of another in the same object. */
  of(index: number): Record<string, number> {
    const { shown, names, columns } = this;
    for (let k = 0; k < names.length; k++) shown[names[k]!] = columns[k]![index]!;
    return shown;
  }

  has(name: string): boolean {
    return name in this.shown;
  }

  /** Gives an instance another value; from then on instances differ in it. */
  set(index: number, name: string, value: number): void {
    this.changes++;
    this.#columnOf(name)[index] = value;
  }

  #columnOf(name: string): Float64Array {
    const known = this.names.indexOf(name);
    if (known >= 0) return this.columns[known]!;
    const column = new Float64Array(this.count).fill(this.shown[name]!);
    this.names.push(name);
    this.columns.push(column);
    return column;
  }
}
