import { describe, expect, test } from "vitest";
import { type Diagnostic, NetlistError, Source, simulate } from "../src/index.js";
import { type Deck, deckFiles, decksOf, valueAt, type Wanted } from "./dialects/decks.js";

// Decks in the habits of other simulators: what they give here against what ngspice gives, or against a closed form,
// and every word that is said of them. At the end a table is printed of what each dialect's features pass.

const all = deckFiles.map((file) => [file, decksOf(file)] as const);
const passed = new Set<Deck>();

/** `error[unknown-node] 4`: an error with its line. */
function brief({ severity, code, span }: Diagnostic): string {
  return `${severity}[${code}]${severity === "error" && span ? ` ${span.source.locate(span.start).line}` : ""}`;
}

async function run({ netlist, files }: Deck) {
  const read = (name: string) => {
    const text = files.get(name);
    return text === undefined ? undefined : new Source(name, text);
  };
  return simulate(netlist, { name: "deck.cir", pictures: false, read }).catch((error: unknown) => {
    if (error instanceof NetlistError) return { results: [], measures: [], diagnostics: error.diagnostics };
    throw error;
  });
}

type Run = Awaited<ReturnType<typeof run>>;

function found({ results, measures }: Run, { signal, at }: Wanted): number | null | undefined {
  const measure = measures.find(({ name }) => name === signal);
  if (measure !== undefined) return measure.value;
  for (const { columns } of results) {
    const column = columns.find(({ name }) => name === signal);
    if (column !== undefined)
      return at === undefined ? column.values[0] : valueAt(columns[0]!.values, column.values, at);
  }
  return undefined;
}

describe.each(all)("%s", (_file, decks) => {
  test.each(decks.map((deck) => [`${deck.feature}: ${deck.title}`, deck] as const))("%s", async (_, deck) => {
    const made = await run(deck);
    expect(made.diagnostics.map(brief)).toEqual(deck.says);
    for (const wanted of deck.numbers) {
      const value = found(made, wanted);
      const shown = `${wanted.signal}${wanted.at === undefined ? "" : ` @ ${wanted.at}`}`;
      expect(value, shown).toBeTypeOf("number");
      const allowed = 1e-4 * Math.abs(wanted.value) + 2e-6;
      expect(Math.abs(value! - wanted.value), `${shown}: ${value}, expected ${wanted.value}`).toBeLessThan(allowed);
    }
    expect(deck.numbers.length + deck.says.length, "something is expected").toBeGreaterThan(0);
    passed.add(deck);
  });
});

/** Features down, simulators across; in each cell how many of the decks pass. */
function table(): string {
  const decks = all.flatMap(([, them]) => them);
  const simulators = [...new Set(decks.map(({ simulator }) => simulator))];
  const features = [...new Set(decks.map(({ feature }) => feature))].sort();
  const cell = (those: readonly Deck[]): string =>
    those.length === 0 ? "" : `${those.filter((deck) => passed.has(deck)).length}/${those.length}`;
  const row = (name: string, of: readonly Deck[]): string => {
    const cells = simulators.map((simulator) => cell(of.filter((deck) => deck.simulator === simulator)).padStart(8));
    return `| ${name.padEnd(21)} | ${cells.join(" | ")} | ${cell(of).padStart(6)} |`;
  };
  return [
    `| ${"feature".padEnd(21)} | ${simulators.map((it) => it.padStart(8)).join(" | ")} |    all |`,
    `| --------------------- | ${simulators.map(() => "-------:").join(" | ")} | -----: |`,
    ...features.map((feature) =>
      row(
        feature,
        decks.filter((deck) => deck.feature === feature),
      ),
    ),
    row("all", decks),
  ].join("\n");
}

describe("what passes", () => {
  test("is at least sixty decks, and stands in results.md", async () => {
    const made = table();
    console.log(`Decks in other simulators' habits that pass:\n\n${made}`);
    expect(all.flatMap(([, decks]) => decks).length).toBeGreaterThanOrEqual(60);
    const peers = all.flatMap(([, decks]) => decks).filter(({ peer }) => peer !== undefined).length;
    const head = `# Decks in the habits of other simulators

How many of the decks in this folder give what ngspice 39 gives (${peers} of them) or what a closed form says, and are told of
what simulators read differently. Written by \`npx vitest run -u --project unit test/dialects.test.ts\`.
`;
    await expect(`${head}\n${made}\n`).toMatchFileSnapshot("dialects/results.md");
  });
});
