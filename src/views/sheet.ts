import { inTwoLines, legible } from "./lettering.js";
import { write } from "./pen.js";
import { hundredths } from "./polyline.js";
import type { SvgSelection } from "./svg-selection.js";
import { faintInk, fontFamily, labelSize, padding, paper, titleSize } from "./theme.js";

const lineHeight = titleSize * 1.3;

/** A title in lines that fit the picture's width. */
export function layTitle(title: string, width: number): readonly string[] {
  const text = legible(title);
  return text === "" ? [] : inTwoLines(text, titleSize, width - padding);
}

/** How many pixels a title takes at the picture's top, the padding included. */
export function titleHeight(lines: readonly string[]): number {
  return padding + (lines.length === 0 ? 0 : lines.length * lineHeight + 4);
}

/**
 * Makes the svg a sheet of white paper, which looks the same on a light and on a dark page, with the title on it; gives
 * the group to draw into. Only presentation attributes of SVG 1.1 are used, here and everywhere.
 */
export function openSheet(svg: SvgSelection, title: readonly string[], width: number, height: number): SvgSelection {
  const size = [width, Math.ceil(height)] as const;
  svg
    .attr("version", "1.1")
    .attr("width", size[0])
    .attr("height", size[1])
    .attr("viewBox", `0 0 ${size.join(" ")}`);
  if (title.length > 0) svg.append("title").text(title.join(" "));
  svg.append("rect").attr("width", size[0]).attr("height", size[1]).attr("fill", paper);
  const sheet = svg.append("g").attr("font-family", fontFamily);
  title.forEach((line, k) => {
    const y = hundredths(padding + titleSize + k * lineHeight);
    write(sheet, line, width / 2, y, { size: titleSize, anchor: "middle", bold: true });
  });
  return sheet;
}

/** A picture that has nothing to show says so. */
export function drawEmpty(svg: SvgSelection, title: string, width: number, reason: string): void {
  const lines = layTitle(title, width);
  const top = titleHeight(lines);
  const sheet = openSheet(svg, lines, width, top + 160);
  write(sheet, reason, width / 2, top + 80, { size: labelSize, anchor: "middle", colour: faintInk });
}
