import type { Complaints } from "../text/diagnostic.js";
import type { Source } from "../text/source.js";
import { type Card, WholeLine } from "./card.js";
import { longestLine, nextLine, tooLong } from "./line.js";
import { plainInstance } from "./plain-instance.js";
import { PlainLine } from "./plain-line.js";

/** Characters of a card with all its continuations. */
const longestCard = 4_000_000;

/** Takes the lines of a file one after the other and puts cards together. */
export class Lines {
  ended = false;
  readonly #cards: Card[] = [];
  /** The lines of `.control`. */
  readonly commands: Card[] = [];
  /** What is passed over: offsets of first and last line. */
  readonly #passed: [number, number][] = [];
  /** The text of the card that is open; undefined while it is one line that stands in the source just so. */
  #pieces: string[] | undefined;
  #start = 0;
  #length = 0;
  /** What is seen of the line at hand. */
  #plain = new PlainLine();
  /** What was seen of the card that is open, while it is one line. */
  #seen = new PlainLine();
  #quote = "";
  #open: "card" | "dropped" | "none" = "none";
  #control: number | undefined;
  /** The line before ends in a backslash: HSPICE's way to say that the card goes on. */
  #goesOn = false;

  constructor(
    private readonly source: Source,
    private readonly complaints: Complaints,
  ) {}

  /** A line without its line feed: characters `start` to `end` of the source. */
  read(start: number, end: number): void {
    if (end - start > longestLine) {
      const { line } = this.source.locate(start);
      const span = { source: this.source, start, end: start + 1 };
      this.complaints.error("line-too-long", tooLong(line, end - start), span);
      return;
    }
    if (this.isFree && this.#readPlain(start, end)) return;
    const line = this.source.text.slice(start, end).replace(/^\ufeff/, " ");
    const first = line.search(/\S/);
    if (first < 0) return;
    if (this.#control !== undefined) this.#inControl(line, start);
    else if (isComment(line, first)) return;
    else if (line[first] === "+") this.#continue(line, first, start);
    else if (this.#goesOn && this.#open !== "none") this.#continue(line, -1, start);
    else this.#begin(line, first, start);
  }

  /** Whether the next line begins with nothing open but a card that it may end. */
  get isFree(): boolean {
    return this.#control === undefined && !this.#goesOn;
  }

  /** Takes cards that were found. */
  add(card: Card): void {
    this.#flush();
    this.#cards.push(card);
  }

  /** Reads a line without anything to be left out of it, as most are; false where it is another. */
  #readPlain(start: number, feed: number): boolean {
    const { text } = this.source;
    const end = feed > start && text.charCodeAt(feed - 1) === carriageReturn ? feed - 1 : feed;
    const line = this.#plain;
    if (!line.look(text, start, end)) return false;
    if (line.first === end) return true;
    const head = text.charCodeAt(line.first);
    if (head === plus || head === dot) return false;
    if (head === asterisk) return true;
    this.#flush();
    this.#open = "card";
    this.#start = start;
    this.#length = end - start;
    this.#plain = this.#seen;
    this.#seen = line;
    return true;
  }

  finish(end: number): readonly Card[] {
    this.#flush();
    if (this.#control !== undefined) {
      const span = { source: this.source, start: this.#control, end: this.#control + ".control".length };
      this.complaints.error("unclosed-block", "`.control` is never closed: write `.endc` behind its commands.", span);
    }
    this.#tellPassed();
    if (this.ended) this.#tellBehind(end);
    return this.#cards;
  }

  #begin(line: string, first: number, start: number): void {
    this.#flush();
    const clean = this.#uncomment(line, first);
    if (clean.trim() === "") return;
    const word = clean.charAt(first) === "." ? (/^\S+/.exec(clean.slice(first))?.[0].toLowerCase() ?? "") : "";
    if (word === ".end") {
      this.ended = true;
      this.#behindEnd(clean, first, start);
    } else if (word === ".control") this.#control = start + first;
    else {
      this.#pieces = [];
      this.#open = word === ".csparam" ? "dropped" : "card";
      if (this.#open === "dropped") this.#passed.push([start, start]);
      this.#start = start;
      this.#take(clean, start);
    }
  }

  #continue(line: string, first: number, start: number): void {
    if (this.#open === "none") {
      const span = { source: this.source, start: start + first, end: start + first + 1 };
      this.complaints.error("stray-continuation", "`+` continues the card before, but there is none.", span);
      return;
    }
    if (this.#open === "dropped") this.#passed.at(-1)![1] = start;
    const clean = this.#uncomment(line, first + 1);
    this.#take(`${" ".repeat(first + 1)}${clean.slice(first + 1)}`, start);
  }

  /** Adds text that stands at `start`, with blanks for what was left out before it. */
  #take(text: string, start: number): void {
    const { source } = this;
    const gap = start - (this.#start + this.#length);
    const pieces = (this.#pieces ??= [source.text.slice(this.#start, this.#start + this.#length)]);
    if (gap > 0) pieces.push(" ".repeat(gap));
    const [tail] = /\\{1,2}\s*$/.exec(text) ?? [];
    this.#goesOn = tail !== undefined;
    pieces.push(tail === undefined ? text : text.slice(0, -tail.length) + " ".repeat(tail.length));
    const before = this.#length;
    this.#length += gap + text.length;
    if (before <= longestCard && this.#length > longestCard) {
      const span = { source, start: this.#start, end: this.#start + 1 };
      const message = `This card has more than ${longestCard} characters: put its data into a file.`;
      this.complaints.error("card-too-long", message, span);
      this.#open = "dropped";
    }
  }

  #flush(): void {
    this.#goesOn = false;
    if (this.#open === "card") this.#cards.push(this.#card());
    this.#open = "none";
    this.#pieces = undefined;
    this.#length = 0;
    this.#quote = "";
  }

  #card(): Card {
    if (this.#pieces === undefined)
      return (
        plainInstance(this.source, this.#seen) ?? new WholeLine(this.source, this.#start, this.#start + this.#length)
      );
    return { text: this.#pieces.join(""), start: this.#start };
  }

  #inControl(line: string, start: number): void {
    if (!/^\s*\.endc\b/i.test(line)) {
      const clean = this.#uncomment(line, 0);
      this.#quote = "";
      this.commands.push({ text: clean, start });
      return;
    }
    this.#passed.push([this.#control!, start]);
    this.#control = undefined;
  }

  /**
   * The line with its comment blanked: `;` outside quotes, `$` and `//` behind a blank, a comma or nothing. A quotation may
   * go on in the next line.
   */
  #uncomment(line: string, from: number): string {
    if (this.#quote === "" && !/[;$'"]|\/\//.test(line)) return line.endsWith("\r") ? `${line.slice(0, -1)} ` : line;
    for (let at = from; at < line.length; at++) {
      const c = line[at]!;
      if (this.#quote !== "") {
        if (c === this.#quote) this.#quote = "";
      } else if (c === '"' || c === "'") this.#quote = c;
      else if (c === ";" || ((c === "$" || (c === "/" && line[at + 1] === "/")) && isGap(line, at, from))) {
        return line.slice(0, at) + " ".repeat(line.length - at);
      }
    }
    return line.endsWith("\r") ? `${line.slice(0, -1)} ` : line;
  }

  #behindEnd(clean: string, first: number, start: number): void {
    const rest = clean.slice(first + ".end".length).search(/\S/);
    if (rest < 0) return;
    const at = start + first + ".end".length + rest;
    this.#tellIgnored(at, start + clean.trimEnd().length);
  }

  #tellIgnored(start: number, end: number): void {
    const span = { source: this.source, start, end };
    this.complaints.note("text-behind-end", "What stands behind `.end` is not read.", span);
  }

  /** Notes the first line behind `.end` that is neither blank nor a comment. */
  #tellBehind(from: number): void {
    const { text } = this.source;
    for (let start = from; start < text.length; start = nextLine(text, start)) {
      const line = text.slice(start, Math.min(nextLine(text, start), start + 200));
      const first = line.search(/\S/);
      if (first < 0 || isComment(line, first)) continue;
      this.#tellIgnored(start + first, start + line.trimEnd().length);
      return;
    }
  }

  #tellPassed(): void {
    if (this.#passed.length === 0) return;
    const lines = this.#passed.map(([from, to]) => {
      const [first, last] = [this.source.locate(from).line, this.source.locate(to).line];
      return first === last ? `${first}` : `${first} to ${last}`;
    });
    const plural = lines.length > 1 || lines[0]!.includes(" ") ? "Lines" : "Line";
    const [start] = this.#passed[0]!;
    const span = { source: this.source, start, end: nextLine(this.source.text, start) };
    this.complaints.note(
      "passed-over",
      `${plural} ${lines.join(", ")} ${plural === "Lines" ? "are" : "is"} not run: commands of other simulators are passed over.`,
      span,
    );
  }
}

/** A line that holds nothing but a comment: a card may go on behind it. */
const isComment = (line: string, first: number): boolean =>
  "*;$".includes(line[first]!) || line.startsWith("//", first);

function isGap(line: string, at: number, from: number): boolean {
  return at === from || /[\s,]/.test(line[at - 1]!);
}

const carriageReturn = 0x0d;
const plus = 0x2b;
const dot = 0x2e;
const asterisk = 0x2a;
