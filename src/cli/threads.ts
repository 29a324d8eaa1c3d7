import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Piscina } from "piscina";
import type { Diagnostic, Executor, PlainDeck, Workers } from "../index.js";
import { unpacked } from "../text/packed.js";
import { ScarceError } from "./exit-code.js";
import type { Noticed, ThreadDone } from "./thread.js";

// Loads Piscina: import it when threads are asked for.

/** What threads have come upon that is the asker's: files that a deck names in some of its runs only. */
export interface Asker {
  /** The real paths of what the deck reads. */
  readonly inputs: Set<string>;
  note(diagnostic: Diagnostic): void;
}

/** Makes runs in threads of this process, at most so many at a time. */
export const threadsFor = (threads: number, asker: Asker): Executor => ({
  threads,
  open: (deck, workers) => openPool(deck, workers, asker),
});

/** Where a thread begins: beside the command, from the sources, the build and the bundle alike. */
const beginning = join(dirname(createRequire(import.meta.url).resolve("pinched/package.json")), "bin/thread.js");

async function openPool(deck: PlainDeck, threads: number, asker: Asker): Promise<Workers> {
  const pool = new Piscina<object, ThreadDone>({
    filename: beginning,
    minThreads: threads,
    maxThreads: threads,
    workerData: deck,
    recordTiming: false,
  });
  // Threads also break where no one waits for them.
  const broken = new Promise<never>((_, reject) => pool.on("error", reject));
  broken.catch(() => undefined);
  const noticed: (Noticed & { readonly first: number })[] = [];
  return {
    async work(job) {
      const { done, noticed: its } = await Promise.race([pool.run(job), broken]).catch(explain);
      noticed.push({ first: job.first, ...its });
      return done;
    },
    async close() {
      await pool.destroy();
      tell(
        noticed.sort((a, b) => a.first - b.first),
        asker,
      );
    },
  };
}

/** A thread that has no memory left ends by itself, where a process would be ended. */
function explain(error: unknown): never {
  if (!(error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY")) throw error;
  throw new ScarceError(
    "A thread of `--threads` has no memory left for the runs that it makes.",
    "take fewer threads, or keep less: fewer output points, `.save` of fewer signals.",
  );
}

/** What several threads have noticed is told once, as one thread would. */
function tell(noticed: readonly Noticed[], { inputs, note }: Asker): void {
  const told = new Set<string>();
  for (const { inputs: read, notes } of noticed) {
    for (const path of read) inputs.add(path);
    for (const packed of notes) {
      const diagnostic = unpacked(packed, []);
      const key = `${diagnostic.span?.source.name}\n${diagnostic.message}`;
      if (!told.has(key)) note(diagnostic);
      told.add(key);
    }
  }
}
