import { D3Node } from "d3-node";
import type { Picture } from "../result/picture.js";
import { draw } from "../views/draw.js";

// This module costs most of a second to load (d3-node brings a whole DOM): import it when a picture is asked for.

/** A picture as the text of an SVG file; the same picture gives the same bytes. */
export function svgOf(picture: Picture): string {
  const page = new D3Node();
  draw(page.createSVG(), picture);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${page.svgString()}\n`;
}
