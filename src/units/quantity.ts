import { takesPrefix, type Unit } from "./unit.js";

/** What a piece of text says as a number; `unit` are the letters behind it, as written. */
export type Reading =
  | { readonly value: number; readonly unit: string; readonly suffix: string }
  | { readonly error: string };

const suffixes: ReadonlyMap<string, number> = new Map([
  ["t", 1e12],
  ["g", 1e9],
  ["meg", 1e6],
  ["k", 1e3],
  ["mil", 25.4e-6],
  ["m", 1e-3],
  ["u", 1e-6],
  ["\u00b5", 1e-6], // µ, the micro sign
  ["\u03bc", 1e-6], // μ, the Greek letter
  ["n", 1e-9],
  ["p", 1e-12],
  ["f", 1e-15],
]);

/** Units that may stand behind a number in an expression; there, other letters are a forgotten `*`. */
const units: ReadonlySet<string> = new Set(
  (
    " v volt volts a amp amps ampere amperes ohm ohms \u03c9 \u2126 s sec secs second seconds hz hertz f farad farads " +
    "h henry henries w watt watts j joule joules c k kelvin m meter meters metre metres siemens mho mhos wb weber " +
    "coul coulomb deg degree degrees rad v/s v/m"
  ).split(" "),
);

const shape = /^([+-]?)((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z\u00b5\u03bc\u03c9\u2126\u00b0%]*)$/i;
const resistorCode = /^([+-]?\d+)([a-z\u00b5\u03bc\u03c9\u2126]+)(\d+)([a-z\u03c9\u2126]*)$/i;

/** Texts that were read lately: netlists repeat their values, and look at each more than once. */
const lately = new Map<string, Reading>();
const most = { texts: 1000, length: 12 };

/**
 * Reads a number as netlists write it: `1`, `.5`, `1e-3`, `4.7k`, `1Meg`, `10kOhm`. The suffixes are
 * T G Meg K Mil M U N P F in either case; letters behind them are a unit and are ignored. An A behind a number is
 * ampere. `4k7` and the suffix X are errors that say what to write.
 */
export function readQuantity(text: string): Reading {
  const known = lately.get(text);
  if (known !== undefined) return known;
  const reading = read(text);
  if (lately.size === most.texts) lately.clear();
  if (text.length <= most.length) lately.set(text, reading);
  return reading;
}

function read(text: string): Reading {
  if (isDecimal(text)) return { value: Number(text), unit: "", suffix: "" };
  const parts = shape.exec(text);
  if (!parts) return { error: whyNot(text) };
  const [, sign, digits, letters] = parts as unknown as [string, string, string, string];
  if (/^x/i.test(letters)) {
    return { error: `\`${text}\` has no suffix that is known here: for a million write \`${sign}${digits}Meg\`.` };
  }
  const suffix = suffixOf(letters.toLowerCase());
  const value = scaled(sign + digits, suffix === "" ? 1 : suffixes.get(suffix)!);
  if (!Number.isFinite(value)) return { error: `\`${text}\` is too large for a number.` };
  return { value, unit: letters.slice(suffix.length), suffix };
}

/** Digits with at most one point among or behind them, and too few to be too large. */
function isDecimal(text: string): boolean {
  let points = 0;
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (code === 0x2e && k > 0) points++;
    else if (code < 0x30 || code > 0x39) return false;
  }
  return points < 2 && text.length > 0 && text.length < 300;
}

const xyceMillion = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)x$/i;

/** Xyce's suffix X is a million, `1.5X`; undefined for any other text. */
export function readXyceMillion(text: string): number | undefined {
  const [, digits] = xyceMillion.exec(text) ?? [];
  const reading = digits === undefined ? undefined : readQuantity(`${digits}meg`);
  return reading && "value" in reading ? reading.value : undefined;
}

/** Reads a number of an expression, where letters that are no unit (`2x`, `3pi`) are an error. */
export function readFactor(text: string): Reading {
  const reading = readQuantity(text);
  if ("error" in reading && !/^[\d.]+x/i.test(text)) return reading;
  if (!("error" in reading) && units.has(reading.unit.toLowerCase())) return reading;
  const [, digits = text, letters = ""] = /^((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(.*)$/i.exec(text) ?? [];
  return { error: `\`${text}\` is a number glued to a name: write \`${digits}*${letters}\`.` };
}

/** Multiplies by a power of ten as a decimal would: `4.7n` is exactly the number that `4.7e-9` is. */
function scaled(digits: string, factor: number): number {
  const exponent = Math.round(Math.log10(factor));
  if (factor !== 10 ** exponent && Number(`1e${exponent}`) !== factor) return Number(digits) * factor;
  const [mantissa, own = "0"] = digits.toLowerCase().split("e");
  return Number(`${mantissa}e${Number(own) + exponent}`);
}

function suffixOf(letters: string): string {
  for (const length of [3, 1]) {
    const start = letters.slice(0, length);
    if (start.length === length && suffixes.has(start)) return start;
  }
  return "";
}

function whyNot(text: string): string {
  const code = resistorCode.exec(text);
  if (code && !/^e$/i.test(code[2]!)) {
    const suffix = suffixes.has(code[2]!.toLowerCase()) ? code[2]! : "";
    return `\`${text}\` is not a number here: write \`${code[1]}.${code[3]}${suffix}${code[4]}\`.`;
  }
  if (/^[\u2212\u2013\u2014]/.test(text)) {
    return `\`${text}\` starts with a typographic dash: write \`-${text.slice(1)}\`.`;
  }
  return `\`${text}\` is not a number: write it like \`4.7k\`, \`1e-3\` or \`10u\`.`;
}

const prefixes = ["f", "p", "n", "µ", "m", "", "k", "M", "G", "T"] as const;

/** Writes a quantity for people: four digits that count and an SI prefix, `4.7 kΩ`. */
export function formatQuantity(value: number, unit: Unit): string {
  const behind = unit === "1" ? "" : ` ${unit}`;
  if (Number.isNaN(value)) return `not a number${unit === "1" ? "" : ` (${unit})`}`;
  if (!Number.isFinite(value)) return `${value < 0 ? "-" : ""}∞${behind}`;
  if (value === 0) return `0${behind}`;
  const rounded = Number(value.toPrecision(4));
  if (!takesPrefix(unit)) return `${rounded}${behind}`;
  const third = Math.floor(exponentOf(rounded) / 3);
  const place = unit === "s" ? Math.min(third, 0) : third; // nobody says kiloseconds
  if (third < -5 || third > (unit === "s" ? 1 : 4)) return `${rounded.toExponential().replace("+", "")}${behind}`;
  return `${Number((rounded / 10 ** (3 * place)).toPrecision(4))} ${prefixes[place + 5]}${unit}`;
}

/** As `formatQuantity`, for tables and legends: nobody counts the zeros of 0.000001, which is `1e-6`. */
export function formatCell(value: number, unit: Unit): string {
  const isSmall = unit === "1" && value !== 0 && Math.abs(value) < 1e-3;
  return isSmall ? Number(value.toPrecision(4)).toExponential() : formatQuantity(value, unit);
}

/** Of a number that is not 0: the e in d.ddd × 10^e. */
function exponentOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}
