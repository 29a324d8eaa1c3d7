import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layOut } from "../src/syntax/layout.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

function laid(text: string, main = false) {
  const complaints = new Complaints();
  const { title, cards } = layOut(new Source("deck.cir", text), main, complaints);
  return { title, cards, told: complaints.all };
}

const texts = (text: string): string[] => laid(text).cards.map((card) => card.text.replace(/\s+/g, " ").trim());

describe("cards", () => {
  test.each<[string, string[]]>([
    ["R1 a b 1", ["R1 a b 1"]],
    ["R1 a b 1\r\nR2 a b 2\r\n", ["R1 a b 1", "R2 a b 2"]],
    ["R1 a b\n+ 1k", ["R1 a b 1k"]],
    ["R1 a b\n* between\n\n   +1k", ["R1 a b 1k"]],
    ["R1 a b 1 ; comment", ["R1 a b 1"]],
    ["R1 a b 1 $ comment", ["R1 a b 1"]],
    ["R1 a$b c,$ comment", ["R1 a$b c,"]],
    ["R1 a b 1 // comment", ["R1 a b 1"]],
    [".include x//y", [".include x//y"]],
    ["R1 a b 1;comment\n+ tc1=2", ["R1 a b 1 tc1=2"]],
    ['V1 a 0 pwl file="a;b $ c // d"', ['V1 a 0 pwl file="a;b $ c // d"']],
    [".param a='1 +\n+ 2 $ no comment in quotes'", [".param a='1 + 2 $ no comment in quotes'"]],
    ["R1 a b 1 ; it's\nR2 a b 2 ; so", ["R1 a b 1", "R2 a b 2"]],
    ["R1 a 'b\nR2 a b 2 ; c", ["R1 a 'b", "R2 a b 2"]],
    ["  * comment\n\tR1 a b 1", ["R1 a b 1"]],
    ["\ufeffR1 a b 1", ["R1 a b 1"]],
    ["R1 a b 1\n.end\nR2 a b 2", ["R1 a b 1"]],
    ["R1 a b 1\n.control\nrun\n.endc\nR2 a b 2", ["R1 a b 1", "R2 a b 2"]],
    ["R1 a b 1\n.csparam x=1\n+ y=2\nR2 a b 2", ["R1 a b 1", "R2 a b 2"]],
    ["$ a\n// b\n; c\nR1 a b 1", ["R1 a b 1"]],
    [".ends\n.endx", [".ends", ".endx"]],
  ])("%j", (text, cards) => {
    expect(texts(text)).toEqual(cards);
  });

  test("every character stands where it stood", () => {
    const line = fc.oneof(
      fc.constantFrom(
        "",
        "R1 a b 1",
        "+ more",
        "* comment",
        "  + x ; y",
        "V1 a 0 'x",
        "b' $ c",
        '"a;b" // c',
        ".end",
        "\t",
      ),
      fc.constantFrom(".control", ".endc", ".csparam a", "\u00b5 { }", "a,$b", "; only", "+", "+$ x", "x\r", "\ufeff"),
      fc.string({ maxLength: 12 }).map((text) => text.replace(/[\n]/g, "")),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), (lines, main) => {
        const text = lines.join("\n");
        let behind = 0;
        for (const card of laid(text, main).cards) {
          expect(card.start).toBeGreaterThanOrEqual(behind);
          behind = card.start + card.text.length;
          expect(behind).toBeLessThanOrEqual(text.length);
          expect(card.text).not.toContain("\n");
          for (let k = 0; k < card.text.length; k++) {
            if (card.text[k] !== " ") expect(card.text[k]).toBe(text[card.start + k]);
          }
        }
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

describe("the title", () => {
  test("is the first line, whatever it says, without the asterisk of a comment", () => {
    expect(laid("  * An RC filter \nR1 a b 1", true).title).toBe("An RC filter");
    expect(laid("\ufeffAn RC filter\r\nR1 a b 1", true).title).toBe("An RC filter");
    expect(laid("R1 a b 1", false).title).toBe("");
  });

  test.each([
    "R1 in out 1k",
    "r1 in out {x}",
    "V1 in 0 sin(0 1 1k)",
    ".tran 1m 1",
    "D1 a 0 dmod",
    "B1 out 0 v=v(in)",
    "X1 a b amp",
    "E1 a 0 b 0 10",
    "K1 L1 L2 0.9",
  ])("%s reads as a card, which is a warning", (line) => {
    const { told } = laid(`${line}\n.model dmod d\n.subckt amp a b\n.ends`, true);
    expect(told.map(({ code, severity }) => `${severity} ${code}`)).toEqual(["warning title-is-card"]);
    expect(told[0]!.message).toBe(`Line 1 is the title, so \`${line}\` is not in the circuit.`);
  });

  test.each([
    "RC filter",
    "Diode bridge rectifier circuit",
    "Voltage divider",
    "RLC ringing",
    "* R1 a b 1k",
    "I-V loop",
    "",
  ])("%j does not", (line) => {
    expect(laid(`${line}\n.model dmod d`, true).told).toEqual([]);
  });
});

describe("what is said of lines", () => {
  const codes = (text: string, main = false) =>
    laid(text, main).told.map(({ severity, code }) => `${severity} ${code}`);

  test.each<[string, string[]]>([
    ["R1 a b 1\n.end\n* comment\n\n", []],
    ["R1 a b 1\n.end\n* comment\nR2 a b 1", ["note text-behind-end"]],
    [".end R2 a b 1", ["note text-behind-end"]],
    ["+ a", ["error stray-continuation"]],
    [".control\nrun", ["error unclosed-block"]],
    [".control\nrun\n.endc\n.control\n.endc\n.csparam a=1", ["note passed-over"]],
    ["R1 a b 1\rR2 a b 1", ["error line-end"]],
    ["R1 a b 1\r\r\n", []],
    ["R1 a b 1\r", []],
  ])("%j", (text, told) => {
    expect(codes(text)).toEqual(told);
  });

  test("the lines passed over are named", () => {
    expect(laid("R1 a b 1\n.control\nrun\n.endc\n.csparam a=1").told[0]!.message).toMatch(
      /^Lines 2 to 4, 5 are not run/,
    );
    expect(laid(".csparam a=1").told[0]!.message).toMatch(/^Line 1 is not run/);
  });

  test("a line of a hundred megabytes is an error and takes no time", () => {
    const long = "x".repeat(1e8);
    const start = performance.now();
    expect(codes(`t\n${long}\nR1 a b 1`, true)).toEqual(["error line-too-long"]);
    expect(codes(long, true)).toEqual(["error line-too-long"]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
