/**
 * Names of signals, which are the heads of columns: one name for one content. What a loop writes several times with
 * other values, `{v(a)*i}`, is counted: `{v(a)*i}#2`.
 */
export class SignalNames {
  readonly #contents = new Map<string, string>();

  /** The name itself, or with a count where it means something else already. */
  of(name: string, content: string): string {
    for (let count = 1; ; count++) {
      const counted = count === 1 ? name : `${name}#${count}`;
      const before = this.#contents.get(counted);
      if (before === content) return counted;
      if (before !== undefined) continue;
      this.#contents.set(counted, content);
      return counted;
    }
  }
}
