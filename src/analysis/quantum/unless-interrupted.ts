/**
 * Does a part of a run to its end, telling that the run is at a fraction of it; undefined: it was interrupted.
 *
 * @param every breaths of the work between two of its caller
 */
export function* unlessInterrupted<Outcome>(
  work: Generator<undefined, Outcome, undefined>,
  fraction: number,
  interrupted: () => boolean,
  every = 1,
): Generator<number, Outcome | undefined> {
  for (let count = 1; ; count++) {
    const next = work.next();
    if (next.done) return next.value;
    if (count % every === 0) yield fraction;
    if (interrupted()) return undefined;
  }
}
