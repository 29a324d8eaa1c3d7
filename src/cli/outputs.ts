import { basename, join } from "node:path";
import type { Simulation } from "../analysis/simulation.js";
import { type Chunks, checkFile, checkFolder, makeFolder, writeWhole } from "../files/write.js";
import type { Picture } from "../result/picture.js";
import type { Result } from "../result/result.js";
import { csvChunks } from "../views/csv.js";
import { jsonChunks, measuresText, type Provenance } from "../views/json.js";
import { rawChunks } from "../views/raw.js";
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
}

/** Before long work: is there a place for its results? Throws `FileError`. */
export const checkDestination = ({ kind, path }: Destination): void =>
  kind === "folder" ? checkFolder(path) : checkFile(path);

/** Writes the data and pictures of a simulation; gives the files' names. Throws `FileError`. */
export async function writeResults(deck: Deck, simulation: Simulation, writing: Writing): Promise<readonly string[]> {
  const { place, provenance } = writing;
  if (place.kind === "raw") {
    writeWhole(place.path, rawChunks(simulation.results, headingOf(provenance)));
    return [place.path];
  }
  makeFolder(place.path);
  const files: string[] = [];
  const taken = new Set<string>();
  for (const { name: wish, chunks } of [
    ...dataFiles(deck, simulation, writing),
    ...(await pictureFiles(deck, simulation)),
  ]) {
    const name = freeName(wish, taken);
    taken.add(name);
    const path = join(place.path, name);
    writeWhole(path, chunks);
    files.push(path);
  }
  return files;
}

interface NamedFile {
  readonly name: string;
  readonly chunks: Chunks;
}

function* dataFiles({ stem }: Deck, simulation: Simulation, { format, provenance }: Writing): Generator<NamedFile> {
  const kinds = new Map<string, number>();
  const { results, printed, measures } = simulation;
  for (const result of results) {
    const count = (kinds.get(result.analysis) ?? 0) + 1;
    kinds.set(result.analysis, count);
    const head = `${stem}.${result.analysis}${count > 1 ? `.${count}` : ""}`;
    const more = printed.filter((it) => it.result === result).map((it) => it.format);
    for (const kind of new Set([...format, ...more]))
      yield { name: `${head}.${kind}`, chunks: dataOf(result, kind, provenance) };
  }
  for (const { file, format: kind, result } of printed)
    if (file !== undefined) yield { name: file, chunks: dataOf(result, kind, provenance) };
  if (measures.length > 0) yield { name: `${stem}.measure.json`, chunks: [measuresText(measures, provenance)] };
}

function dataOf(result: Result, format: Format, provenance: Provenance): Chunks {
  if (format === "csv") return csvChunks(result.columns);
  if (format === "raw") return rawChunks([result], headingOf(provenance));
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

const headingOf = ({ title, date, version }: Provenance) => ({ title, date: new Date(date), version });
