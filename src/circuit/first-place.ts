import type { Span } from "../text/source.js";

/** Keeps the first of the places it is told of: in the file that was met first, the one nearest its beginning. */
export class FirstPlace {
  span: Span | undefined;

  add(span: Span): void {
    const first = this.span;
    if (first === undefined || (span.source === first.source && span.start < first.start)) this.span = span;
  }
}
