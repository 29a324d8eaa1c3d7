import { basename, join } from "node:path";
import type { Simulation } from "../analysis/simulation.js";
import { FileError } from "../files/file-error.js";
import {
  type Chunks,
  checkFile,
  checkFolder,
  checkNoInput,
  makeFolder,
  removeEmptyFolder,
  writeWhole,
} from "../files/write.js";
import type { Picture } from "../result/picture.js";
import type { Result } from "../result/result.js";
import { csvChunks } from "../views/csv.js";
import { jsonChunks, measuresText, type Provenance } from "../views/json.js";
import { prnChunks } from "../views/prn.js";
import { rawChunks } from "../views/raw.js";
import { checkpointName, removeCheckpoints } from "./checkpoints.js";
import type { Deck } from "./decks.js";
import type { Format } from "./option-values.js";

/** Where the results of a deck go: a folder, or one raw file with everything. */
export interface Destination {
  readonly kind: "folder" | "raw";
  readonly path: string;
}

export interface Writing {
  readonly place: Destination;
  readonly format: readonly Format[];
  readonly provenance: Provenance;
  /** The real paths of what the run reads: results never replace it. */
  readonly inputs: ReadonlySet<string>;
}

/** What became of the files of a run. */
export interface Written {
  readonly files: readonly string[];
  readonly failures: readonly FileError[];
}

/** Before long work: is there a place for its results? Throws `FileError`. */
export function checkDestination({ kind, path }: Destination, inputs: ReadonlySet<string>): void {
  if (kind === "folder") checkFolder(path);
  else {
    checkNoInput(path, inputs);
    checkFile(path);
  }
}

/** Writes the data of a simulation, then its pictures. A file that cannot be written does not keep others from it. */
export async function writeResults(deck: Deck, simulation: Simulation, writing: Writing): Promise<Written> {
  const { place, provenance, inputs } = writing;
  const writer = new Writer(inputs);
  if (place.kind === "raw") {
    writer.write(place.path, rawChunks(simulation.results, headingOf(provenance)));
    return writer;
  }
  const isNew = makeFolder(place.path);
  for (const { name, chunks } of dataFiles(deck, simulation, writing)) writer.writeInto(place.path, name, chunks);
  for (const { name, chunks } of await pictureFiles(deck, simulation)) writer.writeInto(place.path, name, chunks);
  if (simulation.checkpoints.size === 0) removeCheckpoints(place.path, deck.stem);
  if (isNew && writer.files.length === 0) removeEmptyFolder(place.path);
  return writer;
}

class Writer implements Written {
  readonly files: string[] = [];
  readonly failures: FileError[] = [];
  readonly #taken = new Set<string>();

  constructor(readonly inputs: ReadonlySet<string>) {}

  write(path: string, chunks: Chunks): void {
    try {
      checkNoInput(path, this.inputs);
      writeWhole(path, chunks);
      this.files.push(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.failures.push(error);
    }
  }

  writeInto(folder: string, wish: string, chunks: Chunks): void {
    const name = freeName(wish, this.#taken);
    this.#taken.add(name);
    this.write(join(folder, name), chunks);
  }
}

interface NamedFile {
  readonly name: string;
  readonly chunks: Chunks;
}

function* dataFiles({ stem }: Deck, simulation: Simulation, { format, provenance }: Writing): Generator<NamedFile> {
  const kinds = new Map<string, number>();
  const { results, printed, measures } = simulation;
  for (const result of results) {
    const what = result.name === undefined ? result.analysis : `${result.analysis}.${result.name}`;
    const count = (kinds.get(what) ?? 0) + 1;
    kinds.set(what, count);
    const head = `${stem}.${what}${count > 1 ? `.${count}` : ""}`;
    const more = printed.filter((it) => it.result === result).map((it) => it.format);
    for (const kind of new Set([...format, ...more]))
      yield { name: `${head}.${kind}`, chunks: dataOf(result, kind, provenance) };
    for (const { name, file, alone, columns } of result.tables ?? [])
      yield { name: file ?? `${alone ? stem : head}.${name}.csv`, chunks: csvChunks(columns) };
  }
  for (const { file, format: kind, result } of printed)
    if (file !== undefined) yield { name: file, chunks: dataOf(result, kind, provenance) };
  for (const [training, checkpoint] of simulation.checkpoints)
    yield { name: checkpointName(stem, training), chunks: [JSON.stringify(checkpoint)] };
  if (simulation.runs !== undefined) yield { name: `${stem}.runs.csv`, chunks: csvChunks(simulation.runs.columns) };
  if (measures.length > 0) yield { name: `${stem}.measure.json`, chunks: [measuresText(measures, provenance)] };
}

function dataOf(result: Result, format: Format, provenance: Provenance): Chunks {
  if (format === "csv") return csvChunks(result.columns);
  if (format === "raw") return rawChunks([result], headingOf(provenance));
  if (format === "prn") return prnChunks(result);
  return jsonChunks({ results: [result] }, provenance);
}

/** Drawn one by one, for each may be large; d3-node is loaded only if there is one. */
async function pictureFiles({ stem }: Deck, { pictures }: Simulation): Promise<Iterable<NamedFile>> {
  if (pictures.length === 0) return [];
  const { svgOf } = await import("./svg.js");
  return drawn(pictures, stem, svgOf);
}

function* drawn(pictures: readonly Picture[], stem: string, svgOf: (picture: Picture) => string): Generator<NamedFile> {
  for (const picture of pictures) {
    const head = picture.named ? basename(picture.name).replace(/\.svg$/i, "") : `${stem}.${picture.name}`;
    yield { name: `${head}.svg`, chunks: [svgOf(picture)] };
  }
}

/** Two files of one name: the second is called `name.2.csv`, as a second analysis is. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const [, head, ending] = /^(.*?)(\.[^.]*)?$/.exec(name)!;
  let free = name;
  for (let k = 2; taken.has(free); k++) free = `${head}.${k}${ending ?? ""}`;
  return free;
}

const headingOf = (provenance: Provenance) => ({ ...provenance, date: new Date(provenance.date) });
