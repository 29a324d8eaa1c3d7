/** Memory that all who do jobs see: whether they are to stop, and how far each job is. */
export class Board {
  readonly #stopped: Int32Array;
  readonly #done: Float64Array;

  constructor(readonly memory: SharedArrayBuffer) {
    this.#stopped = new Int32Array(memory, 0, 1);
    this.#done = new Float64Array(memory, 8);
  }

  static for(jobs: number): Board {
    return new Board(new SharedArrayBuffer(8 * (1 + jobs)));
  }

  stop(): void {
    Atomics.store(this.#stopped, 0, 1);
  }

  get stopped(): boolean {
    return Atomics.load(this.#stopped, 0) !== 0;
  }

  /** So many runs of a job are done, and the fraction of the next one. */
  tell(slot: number, runs: number): void {
    this.#done[slot] = runs;
  }

  /** Runs that are done, in all jobs. */
  get done(): number {
    return this.#done.reduce((sum, runs) => sum + runs, 0);
  }
}
