import fc from "fast-check";
import { expect, test } from "vitest";
import { elaborate } from "../src/circuit/elaborate.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints, NetlistError } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

/** What a deck of these cards gives, in words that do not speak of places. */
function read(cards: readonly string[]) {
  const source = new Source("deck.cir", ["* deck", "V1 n1 0 1", ...cards, ".op", ".end"].join("\n"));
  const complaints = new Complaints();
  const netlist = parseNetlist(source, { main: true }, complaints);
  const told = (all: readonly { readonly code: string; readonly message: string }[]) =>
    all.map(({ code, message }) => `${code}: ${message}`);
  try {
    const { circuit, diagnostics } = elaborate(netlist, { source, found: complaints.all });
    const { nodes, instances } = circuit;
    return {
      nodes,
      devices: instances.map(({ name, element, device, values, terminals }) => ({
        name,
        element,
        type: device.type,
        values,
        terminals,
      })),
      told: told(diagnostics),
    };
  } catch (error) {
    if (error instanceof NetlistError) return told(error.diagnostics);
    throw error;
  }
}

const letter = fc.constantFrom("R", "r", "C", "c", "L", "l");
const node = fc.constantFrom("0", "gnd", "GND", "n1", "N1", "n2", "a.b", "x1");
const value = fc.oneof(
  fc.constantFrom(
    "1k",
    "4K7",
    "1F",
    "2M",
    "3a",
    "0",
    "-1",
    "1e-3",
    "1e400",
    ".5",
    "5.",
    "1.2.3",
    "10u",
    "1meg",
    "x",
    "+2",
  ),
  fc.double({ min: 1e-12, max: 1e12, noNaN: true }).map(String),
);
const card = fc
  .record({ letter, name: fc.constantFrom("1", "2", "_a", "hannel"), a: node, b: node, value })
  .map(({ letter, name, a, b, value }) => `${letter}${name} ${a} ${b} ${value}`);

test("cards of resistors, capacitors and inductors mean the same read at once and read as any card", () => {
  fc.assert(
    fc.property(fc.array(card, { minLength: 1, maxLength: 4 }), (cards) => {
      expect(read(cards)).toEqual(read(cards.map((one) => `${one} m=1`)));
    }),
    { numRuns: 150 },
  );
});
