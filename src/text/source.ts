/** A piece of text with a name: where every span points into. */
export class Source {
  #known: readonly number[] | undefined;

  constructor(
    /** What the user calls it, usually a path. */
    readonly name: string,
    readonly text: string,
  ) {}

  /** Where lines begin; found when a place is first asked for, which most netlists never come to. */
  get #lineStarts(): readonly number[] {
    if (this.#known !== undefined) return this.#known;
    const starts = [0];
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.#known = starts;
    return starts;
  }

  /** The line that holds `offset`; line and column count from 1, as editors do. */
  locate(offset: number): { line: number; column: number } {
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The text of a line, without its line ending. */
  line(number: number): string {
    return this.text.slice(this.#lineStarts[number - 1], this.#lineStarts[number]).replace(/\r?\n$/, "");
  }
}

/** The characters `start` (included) to `end` (excluded) of a source. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}
