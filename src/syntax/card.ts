import type { Source } from "../text/source.js";

/**
 * A card: one line of a netlist with its continuations. `text` is as long as the stretch of the source that it covers,
 * with comments, continuation signs and line ends blanked, so character k of it is character `start + k` of the source.
 */
export interface Card {
  readonly text: string;
  readonly start: number;
}

/** A card that is one line without a comment: its text is cut out of the source when somebody asks. */
export class WholeLine implements Card {
  constructor(
    readonly source: Source,
    readonly start: number,
    readonly end: number,
  ) {}

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }
}
