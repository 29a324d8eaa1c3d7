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
  return inner ? inner : name;
}

/**
 * The width of a text in pixels, estimated on the safe side: no font can be asked here, and DejaVu Sans, whose widths
 * these are, is wider than Helvetica.
 */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) ems += letterWidth(letter);
  return ems * size;
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

/** The text in at most `most` lines of `room` pixels, broken between words; the last is cut with an ellipsis if need be. */
export function wrapped(text: string, size: number, room: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || textWidth(longer, size) <= room || lines.length === most - 1) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((each) => cutAtEnd(each, size, room));
}

function cutAtEnd(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const letters = Array.from(text);
  let width = textWidth("…", size);
  let kept = 0;
  while (kept < letters.length && (width += letterWidth(letters[kept]!) * size) <= room) kept++;
  return `${letters.slice(0, kept).join("").trimEnd()}…`;
}
