import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { elaborate } from "../src/circuit/elaborate.js";
import { changed } from "../src/circuit/plain-device.js";
import { blockStatements } from "../src/circuit/quantum/statements.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints, NetlistError } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

afterEach(() => void vi.unstubAllGlobals());

/** So many that they are read as rows, with what stands among them. */
const many = Array.from({ length: 200 }, (_, k) => `Rline${k} p${k} p${k + 1} 1.5k`);

/** What a deck of these cards gives, in words that do not speak of places. */
function read(cards: readonly string[]) {
  const before = ["* deck", "V1 n1 0 1", "Rend p200 n1 1", ...many.slice(0, 150)];
  const source = new Source("deck.cir", [...before, ...cards, ...many.slice(150), ".op", ".end"].join("\n"));
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
    "3n",
    "2.2P",
    "1e-30",
    "12345678901234567",
    "1E2",
    "1e+3",
    "1ek",
    "4.7Meg",
    "1megohm",
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

test("what stands between rows of plain cards belongs to the card before it, or to none", () => {
  const told = (cards: readonly string[]) => {
    const found = read(cards);
    if (!("devices" in found)) throw new Error(found.join());
    return found.devices.map(({ name, values }) => `${name} ${JSON.stringify(values)}`);
  };
  const fill = ["Rx1 n1 0 1", "Rx2 n1 0 2"];
  expect(told([fill[0]!, "+ m=2", fill[1]!])).toEqual(told(["Rx1 n1 0 1 m=2", fill[1]!]));
  expect(told([fill[0]!, "* a comment's line", "", "+ m=2", fill[1]!])).toEqual(told(["Rx1 n1 0 1 m=2", fill[1]!]));
  expect(told([fill[0]!, "* µ", "  ", fill[1]!])).toEqual(told(fill));
  expect(told(["Rx1 n1 0 1\r", "Rx2 n1, 0\t2 \r"])).toEqual(told(fill));
  expect(told(["Rx1 n1 0 \\", "1", fill[1]!])).toEqual(told(fill));
});

test("rows are the same by kernels that are compiled and by those as they are written", () => {
  const cards = Array.from(
    { length: 4000 },
    (_, k) => `${"RCL"[k % 3]}x${k} n${k % 977} N${(k * 7) % 1013} ${k + 1}e-3`,
  );
  const compiled = read(cards);
  vi.stubGlobal("WebAssembly", undefined);
  expect(read(cards)).toEqual(compiled);
});

test("a plain device is an object with all that it holds, where somebody asks", () => {
  const text = ["* deck", "V1 p0 0 1", ...many, "Rend p200 0 1", ".end"].join("\n");
  const source = new Source("deck.cir", text);
  const { circuit } = elaborate(parseNetlist(source, { main: true }, new Complaints()), { source });
  const device = circuit.instances.find(({ name }) => name === "rline7")!;
  const { name, element, terminals, values, span } = changed(device, { values: { r: 3 } });
  expect({ name, element, terminals, values }).toEqual({
    name: "rline7",
    element: "r",
    terminals: [8, 9],
    values: { r: 3 },
  });
  expect(text.slice(span.start, span.end)).toBe("Rline7 p7 p8 1.5k");
});

test("no line of a quantum block that might be an element has a digit in its name", () => {
  expect([...blockStatements.keys()].filter((name) => /^[rcl].*\d/.test(name))).toEqual([]);
});
