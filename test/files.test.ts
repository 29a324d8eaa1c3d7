import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decode } from "../src/files/decode.js";
import { FileError } from "../src/files/file-error.js";
import { fileReader, readSource } from "../src/files/read.js";
import { realPath } from "../src/files/real-path.js";
import { checkFile, checkFolder, makeFolder, writeWhole } from "../src/files/write.js";
import type { Diagnostic } from "../src/text/diagnostic.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pinched-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (...names: string[]): string => join(folder, ...names);
const messageOf = (work: () => void): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
  return "";
};

describe("a text is read in the encoding it was written in", () => {
  const text = "1 µΩ – ½";
  const utf16be = (it: string): Buffer => Buffer.from(it, "utf16le").swap16();
  test.each([
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with its mark", Buffer.from(`\ufeff${text}`), "utf-8"],
    ["UTF-16, little end first", Buffer.from(`\ufeff${text}`, "utf16le"), "utf-16le"],
    ["UTF-16, big end first", utf16be(`\ufeff${text}`), "utf-16be"],
  ] as const)("%s", (_, bytes, encoding) => {
    expect(decode(bytes)).toEqual({ text, encoding });
  });

  test("anything else is Windows-1252, and a note points at the first letter that shows it", () => {
    writeFileSync(at("old.cir"), Buffer.from([0x74, 0x0a, 0x31, 0xb5, 0x80])); // t, line end, 1, µ, €
    const notes: Diagnostic[] = [];
    expect(readSource(at("old.cir"), (note) => notes.push(note)).text).toBe("t\n1µ€");
    expect(notes.map(({ severity, span }) => [severity, span?.source.locate(span.start)])).toEqual([
      ["note", { line: 2, column: 2 }],
    ]);
  });
});

describe("reading", () => {
  const read = fileReader(() => undefined);

  test("an included file is sought beside the file that names it", () => {
    mkdirSync(at("models"));
    writeFileSync(at("models", "a.lib"), "of models");
    writeFileSync(at("a.lib"), "of the top");
    expect(read("a.lib", at("models", "main.lib"))).toMatchObject({ text: "of models" });
    expect(read("../a.lib", at("models", "main.lib"))).toMatchObject({ text: "of the top" });
    expect(read(at("a.lib"), "elsewhere.cir")).toMatchObject({ text: "of the top" });
  });

  test("a file that is not there is told apart from one that cannot be read", () => {
    expect(read("none.lib", at("main.cir"))).toEqual({});
    writeFileSync(at("file.lib"), "");
    expect(read("flie.lib", at("main.cir"))).toEqual({ near: "file.lib" });
    expect(read("file.lib/none.lib", at("main.cir"))).toEqual({});
    expect(read(".", at("main.cir"))).toEqual({ reason: "it is a folder" });
  });

  test("what was read is remembered", () => {
    const inputs = new Set<string>();
    writeFileSync(at("a.lib"), "");
    fileReader(() => undefined, inputs)("a.lib", at("main.cir"));
    expect([...inputs]).toEqual([realPath(at("a.lib"))]);
  });
});

describe("writing", () => {
  test("writes the pieces in their order, text and bytes alike", () => {
    writeWhole(at("data"), ["a,µ\n", Uint8Array.of(1, 2), "z"]);
    expect(readFileSync(at("data"))).toEqual(
      Buffer.concat([Buffer.from("a,µ\n"), Buffer.from([1, 2]), Buffer.from("z")]),
    );
    expect(readdirSync(folder)).toEqual(["data"]);
  });

  test("a write that breaks off leaves the old file, and nothing beside it", () => {
    writeFileSync(at("data"), "old");
    function* broken(): Generator<string> {
      yield "half";
      throw Object.assign(new Error("no space"), { code: "ENOSPC" });
    }
    expect(messageOf(() => writeWhole(at("data"), broken()))).toBe(
      `\`${at("data")}\` cannot be written: the disk is full.`,
    );
    expect(readFileSync(at("data"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["data"]);
  });

  test("a link stays a link, and its file gets the text", () => {
    writeFileSync(at("real"), "old");
    symlinkSync(at("real"), at("link"));
    writeWhole(at("link"), ["new"]);
    expect(readFileSync(at("real"), "utf8")).toBe("new");
  });

  test.skipIf(!existsSync("/dev/full"))("a device is written to, never replaced; a full one says so", () => {
    writeWhole("/dev/null", ["gone"]);
    expect(readFileSync("/dev/null", "utf8")).toBe("");
    expect(messageOf(() => writeWhole("/dev/full", ["x"]))).toBe("`/dev/full` cannot be written: the disk is full.");
  });

  test("a place is judged before the work, and nothing is made by it", () => {
    writeFileSync(at("file"), "");
    expect(messageOf(() => checkFolder(at("new", "deep")))).toBe("");
    expect(messageOf(() => checkFile(at("new", "deep.raw")))).toBe("");
    expect(messageOf(() => checkFolder(at("file", "below")))).toMatch(/a part of its path is a file, not a folder\.$/);
    expect(messageOf(() => checkFile(folder))).toMatch(/cannot be written: it is a folder\.$/);
    expect(messageOf(() => makeFolder(at("file")))).toMatch(/not a folder\.$/);
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  test.skipIf(!existsSync("/proc/self"))("a folder where nothing can be made is refused", () => {
    expect(messageOf(() => makeFolder("/proc/self/results"))).toMatch(/cannot be written: /);
  });
});
