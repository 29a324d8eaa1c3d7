/**
 * Text of a netlist as a picture can hold it: characters that XML forbids or that turn the direction of writing become
 * blanks, runs of blanks one blank.
 */
export function legible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\s]+/gu, " ").trim(); // a lone surrogate is \p{Cs}
}

/** The name of a signal as people read it: the braces that a netlist puts round a formula are left out. */
export function shownName(name: string): string {
  const inner = /^\{([^{}]*)\}$/.exec(name)?.[1]?.trim();
  return inner ? inner : name.replace(/\(\{([^{}]*)\}\)/g, "($1)");
}

/** How much wider bold letters are: of DejaVu Sans Bold, in lines of small letters. */
const boldness = 1.12;

/**
 * The width of a text in pixels, estimated on the safe side: no font can be asked here, and DejaVu Sans, whose widths
 * these are, is wider than Helvetica.
 */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const letter of text) ems += letterWidth(letter);
  return ems * size * (bold ? boldness : 1);
}

function letterWidth(letter: string): number {
  if (/[ijlI.,:;'|![\](){}fr t/\\-]/.test(letter)) return 0.4;
  if (/[mwMW%@—…−+=<>~]/.test(letter)) return 0.92;
  if (/[\u0300-\u036f]/.test(letter)) return 0;
  if (letter.codePointAt(0)! >= 0x2e80) return 1.05;
  return /\p{Lu}/u.test(letter) ? 0.72 : 0.62;
}

/** The text, or its beginning and end with an ellipsis between them if it is wider than `room` pixels. */
export function shortened(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const letters = Array.from(text);
  for (let kept = letters.length - 1; kept > 1; kept--) {
    const tail = Math.floor(kept / 2.5); // names differ at the end, yet begin with what they are
    const candidate = `${letters.slice(0, kept - tail).join("")}…${tail === 0 ? "" : letters.slice(-tail).join("")}`;
    if (textWidth(candidate, size) <= room) return candidate;
  }
  return "…";
}

/** The texts, each at most `room` pixels wide; those that differ stay different: it is what they share that is cut. */
export function shortenedApart(texts: readonly string[], size: number, room: number): readonly string[] {
  const short = texts.map((text) => shortened(text, size, room));
  return texts.map((text, k) => {
    const alike = texts.filter((_, other) => short[other] === short[k]);
    return alike.every((other) => other === text) ? short[k]! : withDifference(text, alike, size, room);
  });
}

/** The part of a text in which it differs from others like it, with what has room of the parts round it. */
function withDifference(text: string, alike: readonly string[], size: number, room: number): string {
  const before = sharedLength(alike);
  const behind = sharedLength(alike.map((each) => [...each.slice(before)].toReversed().join("")));
  const [start, end] = [text.slice(0, before), text.slice(text.length - behind)];
  const own = shortened(text.slice(before, text.length - behind), size, 0.6 * room);
  const rest = room - textWidth(own, size);
  const tail = shortened(end, size, rest / 2);
  return `${shortened(start, size, rest - textWidth(tail, size))}${own}${tail}`;
}

/** How many letters all texts begin with alike. */
function sharedLength(texts: readonly string[]): number {
  const [first, ...others] = texts;
  let length = 0;
  while (length < first!.length && others.every((other) => other[length] === first![length])) length++;
  return length;
}

/**
 * Bold text in one line of `room` pixels, or in two that are about as long, broken between words; where two do not hold it,
 * the second is cut with an ellipsis.
 */
export function inTwoLines(text: string, size: number, room: number): readonly string[] {
  const width = (line: string): number => textWidth(line, size, true);
  if (width(text) <= room) return [text];
  const breaks = breaksWithin(text.split(" "), (line) => width(line) <= room);
  const longer = (lines: readonly string[]): number => Math.max(...lines.map(width));
  const last = breaks.at(-1) ?? [text];
  const even = width(text) > 2 * room ? last : breaks.reduce((best, lines) => (longer(lines) < longer(best) ? lines : best), last); // biome-ignore format: one thought
  return even.map((line) => cutAtEnd(line, size, room));
}

/** All ways to break words into two lines of which the first fits. */
function breaksWithin(words: readonly string[], fits: (line: string) => boolean): readonly (readonly string[])[] {
  const breaks: string[][] = [];
  let first = words[0]!;
  for (let k = 1; k < words.length && fits(first); k++) {
    breaks.push([first, words.slice(k).join(" ")]);
    first += ` ${words[k]!}`;
  }
  return breaks;
}

function cutAtEnd(text: string, size: number, room: number): string {
  if (textWidth(text, size, true) <= room) return text;
  const letters = Array.from(text);
  let width = textWidth("…", size, true);
  let kept = 0;
  while (kept < letters.length && (width += textWidth(letters[kept]!, size, true)) <= room) kept++;
  return `${letters.slice(0, kept).join("").trimEnd()}…`;
}
