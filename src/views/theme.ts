/** How pictures look: one place for sizes (pixels), colours and dashes. */

export const paper = "#ffffff";
export const ink = "#222222";
export const faintInk = "#555555";
export const gridColour = "#e4e4e4";
export const zeroLineColour = "#9a9a9a";

export const fontFamily = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
/** Of formulas: what a paper sets them in, as far as it is there. */
export const formulaFamily = "'STIX Two Text', 'Times New Roman', 'Liberation Serif', 'DejaVu Serif', serif";
export const titleSize = 15;
export const labelSize = 14;
export const tickSize = 12.5;
export const legendSize = 12.5;

/** Of a picture of waveforms; the height follows from its panels and its legend. */
export const pictureWidth = 640;
/** Of a loop's picture, whose frame is nearly square. */
export const loopWidth = 560;
export const padding = 14;
export const tickLength = 5;
export const curveWidth = 1.7;

export interface LineStyle {
  readonly colour: string;
  /** SVG's `stroke-dasharray`; undefined for a solid line. */
  readonly dash: string | undefined;
  /** Pixels; undefined: as curves are. */
  readonly width?: number;
}

/**
 * Colours that the colour-blind tell apart (Okabe & Ito, Color Universal Design, 2008), without the yellow that
 * vanishes on paper.
 */
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#222222", "#e69f00", "#56b4e9"] as const;

export const mostColours = colours.length;

/** Dashes tell the lines apart in grey print; their number has no common factor with that of the colours. */
const dashes = [undefined, "7 3", "2.2 2.2", "9 3 2.2 3", "14 3", "9 3 2.2 3 2.2 3"] as const;

/** The look of the trace number `index` (from 0); it repeats after 42. */
export function lineStyle(index: number): LineStyle {
  return { colour: colours[index % colours.length]!, dash: dashes[index % dashes.length] };
}

/** How strongly a band between two curves is shaded: the curves of others are seen through it. */
export const bandOpacity = 0.17;

/** The line of a median beside that of the mean. */
export const medianStyle = (colour: string): LineStyle => ({ colour, dash: "6 2 1.2 2", width: 1.2 });

/** Weights tell their sign by colour and, in grey print, by dashes. */
export const positiveStyle: LineStyle = { colour: colours[0], dash: undefined };
export const negativeStyle: LineStyle = { colour: colours[1], dash: "6 3.5" };

type Colour = readonly [red: number, green: number, blue: number];

/** Viridis (van der Walt & Smith, 2015), whose lightness falls evenly, from light to dark: it can be read in grey. */
const viridis: readonly Colour[] = [
  [253, 231, 37],
  [170, 220, 50],
  [93, 200, 99],
  [39, 173, 129],
  [33, 144, 140],
  [44, 114, 142],
  [59, 82, 139],
  [71, 45, 123],
  [68, 1, 84],
];

/** The colour of a value in a map; `part` is 0 for the smallest, which is the lightest, and 1 for the largest. */
export const mapColour = (part: number): string => between(viridis, part);

/** From white to a dark blue, for shares in tables: nothing is white, as the paper. */
const shades: readonly Colour[] = [
  [255, 255, 255],
  [198, 219, 239],
  [107, 174, 214],
  [33, 113, 181],
  [8, 48, 107],
];

/** The colour of a share, 0 … 1. */
export const shareColour = (part: number): string => between(shades, part);

/** Orange below zero, blue above it, white at it (the colours of `lineStyle`), each darker at its end. */
const signs: readonly Colour[] = [
  [166, 54, 3],
  [230, 133, 68],
  [255, 255, 255],
  [86, 150, 205],
  [8, 69, 128],
];

/** The colour of a number that has a sign; `part` is 0 for the lowest, ½ for zero, 1 for the highest. */
export const signColour = (part: number): string => between(signs, part);

/** Once round: both ends are one colour, for they are one phase. */
const circle: readonly Colour[] = [
  [226, 217, 226],
  [107, 142, 190],
  [72, 38, 118],
  [176, 76, 74],
  [226, 217, 226],
];

/** The colour of a phase; `part` is 0 for −π, ½ for 0, 1 for π. */
export const phaseColour = (part: number): string => between(circle, part);

/** Black or white, whichever is read better on a ground of this colour, `#rrggbb`. */
export function inkOn(ground: string): string {
  const [dark, light] = [luminance(ink), luminance(paper)].map((other) => contrast(other, luminance(ground)));
  return dark! >= light! ? ink : paper;
}

/** Letters that are paler than that against the paper are hard to read. */
const leastContrast = 3;

/** A curve's colour for letters: darker where letters of it could hardly be read. */
export function letterColour(colour: string): string {
  for (let part = 0; part < 1; part += 0.1) {
    const darker = between([rgb(colour), rgb(ink)], part);
    if (contrast(luminance(darker), luminance(paper)) >= leastContrast) return darker;
  }
  return ink;
}

const rgb = (colour: string): Colour => [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16)) as unknown as Colour; // biome-ignore format: one thought

/** The ratio of WCAG 2.1, 1 … 21. */
const contrast = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** The relative luminance of an sRGB colour (IEC 61966-2-1). */
function luminance(colour: string): number {
  const [r, g, b] = rgb(colour).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** Viridis without its dark and yellow ends. */
const sequence: readonly Colour[] = [
  [94, 201, 98],
  [33, 145, 140],
  [59, 82, 139],
  [68, 1, 84],
];

/** The colour of the period number `index` of `count`: the first is the lightest, the last the darkest. */
export const periodColour = (index: number, count: number): string =>
  between(sequence, count < 2 ? 1 : index / (count - 1));

function between(colours: readonly Colour[], part: number): string {
  const at = part * (colours.length - 1);
  const low = Math.min(Math.floor(at), colours.length - 2);
  const channel = (k: 0 | 1 | 2): string => {
    const value = colours[low]![k] + (at - low) * (colours[low + 1]![k] - colours[low]![k]);
    return Math.round(value).toString(16).padStart(2, "0");
  };
  return `#${channel(0)}${channel(1)}${channel(2)}`;
}
