import type { Production, Shape } from "./shapes.js";

/** A piece of track: it enters at (0, 0) and leaves at (width, 0); it takes `up` above and `down` below that line. */
interface Track {
  readonly width: number; // px, as all lengths here
  readonly up: number;
  readonly down: number;
  draw(x: number, y: number): string;
}

const character = 7.2;
const gap = 12;
const half = 13; // of a box's height
const radius = 8;

/** The grammar as railroad diagrams: a page of its own, which needs nothing else. */
export function diagrams(rules: readonly Production[]): string {
  const figures = rules.map(({ name, shape }) => `<h2 id="${name}">${name}</h2>\n${figure(trackOf(shape))}`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The netlist language of pinched</title>
<!-- Written by \`npm run grammar\` from netlist.ts. -->
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222; }
h2 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
svg { max-width: 100%; height: auto; }
path { fill: none; stroke: #555; stroke-width: 1.5; }
rect { stroke: #555; stroke-width: 1.2; fill: #eef3fa; }
rect.literal { fill: #f6efdf; }
text { font: 12px ui-monospace, monospace; text-anchor: middle; dominant-baseline: central; fill: #222; }
</style>
<h1>The netlist language</h1>
<p>One diagram a production: a card is one line of a netlist with its continuations. Rounded boxes are written as they stand.</p>
${figures.join("\n")}
</html>
`;
}

function figure(track: Track): string {
  const [width, height] = [track.width + 40, track.up + track.down + 8];
  const y = track.up + 4;
  const ends = `${line(4, y, 20)}${line(20 + track.width, y, 36 + track.width)}${bar(4, y)}${bar(36 + track.width, y)}`;
  return `<svg width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" role="img">${ends}${track.draw(20, y)}</svg>`;
}

function trackOf(shape: Shape): Track {
  switch (shape.kind) {
    case "literal":
      return box(shape.text, "literal");
    case "token":
      return box(shape.name, "token");
    case "rule":
      return box(shape.name, "rule");
    case "sequence":
      return inRow(shape.parts.map(trackOf));
    case "choice":
      return inColumn(shape.parts.map(trackOf));
    case "option":
      return inColumn([empty, trackOf(shape.part)]);
    case "repetition": {
      const looped = loop(trackOf(shape.part), shape.separator ? trackOf(shape.separator) : empty);
      return shape.atLeastOnce ? looped : inColumn([empty, looped]);
    }
  }
}

const empty: Track = { width: 0, up: 0, down: 0, draw: () => "" };

function box(text: string, kind: "literal" | "token" | "rule"): Track {
  const width = text.length * character + 18;
  const shown = escaped(text);
  return {
    width,
    up: half,
    down: half,
    draw: (x, y) => {
      const corners = kind === "literal" ? ` class="literal" rx="${half}"` : "";
      const label = `<text x="${round(x + width / 2)}" y="${round(y)}">${shown}</text>`;
      const drawn = `<rect x="${round(x)}" y="${round(y - half)}" width="${round(width)}" height="${2 * half}"${corners}/>${label}`;
      return kind === "rule" ? `<a href="#${text}">${drawn}</a>` : drawn;
    },
  };
}

function inRow(parts: readonly Track[]): Track {
  const width = parts.reduce((sum, part) => sum + part.width, gap * (parts.length - 1));
  return {
    width,
    up: Math.max(...parts.map(({ up }) => up)),
    down: Math.max(...parts.map(({ down }) => down)),
    draw: (x, y) => {
      let at = x;
      return parts
        .map((part, k) => {
          const before = k === 0 ? "" : line(at, y, (at += gap));
          const drawn = part.draw(at, y);
          at += part.width;
          return before + drawn;
        })
        .join("");
    },
  };
}

/** The first part lies on the line, the others below it. */
function inColumn(parts: readonly Track[]): Track {
  const inner = Math.max(...parts.map(({ width }) => width));
  const width = inner + 4 * radius;
  const depths = parts.map(() => 0);
  for (let k = 1; k < parts.length; k++) {
    depths[k] = depths[k - 1]! + Math.max(parts[k - 1]!.down + parts[k]!.up + 8, 2 * radius);
  }
  return {
    width,
    up: parts[0]!.up,
    down: depths.at(-1)! + parts.at(-1)!.down,
    draw: (x, y) =>
      parts
        .map((part, k) => {
          const [from, to, row] = [x + 2 * radius, x + width - 2 * radius, y + depths[k]!];
          const tail = line(from + part.width, row, to);
          if (k === 0) return line(x, y, from) + part.draw(from, y) + line(from + part.width, y, x + width);
          return down(x, y, row) + part.draw(from, row) + tail + mirroredUp(to, row, y, x + width);
        })
        .join(""),
  };
}

/** Forth through `part`, back below it through `back`. */
function loop(part: Track, back: Track): Track {
  const inner = Math.max(part.width, back.width);
  const width = inner + 2 * radius;
  const depth = Math.max(part.down + back.up + 8, 2 * radius);
  return {
    width,
    up: part.up,
    down: depth + back.down,
    draw: (x, y) => {
      const [left, right, row] = [x + radius, x + width - radius, y + depth];
      const forth = line(x, y, left) + part.draw(left, y) + line(left + part.width, y, x + width);
      const turn = `<path d="M${round(right)} ${round(y)}a${radius} ${radius} 0 0 1 ${radius} ${radius}V${round(row - radius)}a${radius} ${radius} 0 0 1 ${-radius} ${radius}H${round(left)}a${radius} ${radius} 0 0 1 ${-radius} ${-radius}V${round(y + radius)}a${radius} ${radius} 0 0 1 ${radius} ${-radius}"/>`;
      return forth + turn + back.draw(left + (inner - back.width) / 2, row);
    },
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
const line = (x: number, y: number, to: number): string =>
  to > x ? `<path d="M${round(x)} ${round(y)}H${round(to)}"/>` : "";
const bar = (x: number, y: number): string => `<path d="M${round(x)} ${round(y - 7)}v14"/>`;
const down = (x: number, y: number, row: number): string =>
  `<path d="M${round(x)} ${round(y)}a${radius} ${radius} 0 0 1 ${radius} ${radius}V${round(row - radius)}a${radius} ${radius} 0 0 0 ${radius} ${radius}"/>`;
const mirroredUp = (x: number, row: number, y: number, end: number): string =>
  `<path d="M${round(x)} ${round(row)}a${radius} ${radius} 0 0 0 ${radius} ${-radius}V${round(y + radius)}a${radius} ${radius} 0 0 1 ${radius} ${-radius}H${round(end)}"/>`;
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
