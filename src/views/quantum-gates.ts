import type { CircuitGate, CircuitGateName } from "../result/quantum-circuit.js";
import { formulaWidth, writeFormula } from "./formula-text.js";
import { rule } from "./pen.js";
import { hundredths } from "./polyline.js";
import { spanOf } from "./quantum-columns.js";
import type { SvgSelection } from "./svg-selection.js";
import { ink, paper } from "./theme.js";

/** Of formulas in and at gates, pixels. */
export const formulaSize = 15;
/** Between two wires, pixels. */
export const wireSpacing = 56;
export const wireWidth = 1.1;
const boxHeight = 34;
const dotRadius = 3.6;
const targetRadius = 9;
/** Of the gap in which a wire starts again in |0⟩. */
const resetWidth = 40;

/** How a gate looks: what its last wire carries, and what those before, which control it, are joined to it by. */
type Look =
  | { readonly kind: "box" | "controlled" | "wide"; readonly label: string }
  | { readonly kind: "target" | "dots" | "crosses" | "reset" };

const wide: Readonly<Partial<Record<CircuitGateName, string>>> = {
  rxx: "R_{xx}",
  ryy: "R_{yy}",
  rzz: "R_{zz}",
  iswap: "iSWAP",
};
const lone: Readonly<Partial<Record<CircuitGateName, string>>> = {
  ...{ h: "H", x: "X", y: "Y", z: "Z", s: "S", t: "T", sdg: "S^{†}", tdg: "T^{†}", p: "P" },
  ...{ rx: "R_{x}", ry: "R_{y}", rz: "R_{z}" },
};

function lookOf({ name, symbol, channel }: CircuitGate): Look {
  if (channel !== undefined) return { kind: "wide", label: channel.name };
  const with_ = (label: string): string => (symbol === "" ? label : `${label}(${symbol})`);
  const [both, own] = [wide[name], lone[name]];
  if (both !== undefined) return { kind: "wide", label: with_(both) };
  if (own !== undefined) return { kind: "box", label: with_(own) };
  if (name === "reset") return { kind: "reset" };
  if (name === "swap") return { kind: "crosses" };
  if (name === "cx") return { kind: "target" };
  if (name === "cz") return { kind: "dots" };
  return { kind: "controlled", label: with_(lone[name.slice(1) as CircuitGateName] ?? name) };
}

/** How much room a gate takes along its wires, pixels. */
export function gateWidth(gate: CircuitGate): number {
  const look = lookOf(gate);
  if ("label" in look) return Math.max(boxHeight, formulaWidth(look.label, formulaSize) + 14);
  return look.kind === "reset" ? resetWidth : 2 * targetRadius;
}

/** Draws a gate with its middle at x; `yOf` gives the height of a wire. */
export function drawGate(into: SvgSelection, gate: CircuitGate, x: number, yOf: (wire: number) => number): void {
  const look = lookOf(gate);
  const { wires } = gate;
  const last = yOf(wires.at(-1)!);
  const width = gateWidth(gate);
  if (wires.length > 1) {
    const [from, to] = spanOf(gate).map(yOf) as [number, number];
    rule(into, [[x, from, x, to]], ink, wireWidth);
  }
  switch (look.kind) {
    case "box":
    case "controlled":
      for (const wire of wires.slice(0, -1)) drawDot(into, x, yOf(wire));
      drawBox(into, look.label, x, last, last, width);
      return;
    case "wide":
      drawWide(into, look.label, x, wires.map(yOf), width);
      return;
    case "target":
      drawDot(into, x, yOf(wires[0]!));
      drawTarget(into, x, last);
      return;
    case "dots":
      for (const wire of wires) drawDot(into, x, yOf(wire));
      return;
    case "crosses":
      for (const y of wires.map(yOf)) {
        const d = 6;
        rule(into, [[x - d, y - d, x + d, y + d], [x - d, y + d, x + d, y - d]], ink, 1.6); // biome-ignore format: a cross
      }
      return;
    case "reset":
      drawReset(into, x, last);
  }
}

/** One box over neighbours; over wires that others lie between a box on each, joined. */
function drawWide(into: SvgSelection, label: string, x: number, heights: readonly number[], width: number): void {
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
  if (bottom - top <= (heights.length - 1) * wireSpacing * 1.01) drawBox(into, label, x, top, bottom, width);
  else for (const y of heights) drawBox(into, label, x, y, y, width);
}

/** A box from one wire to another. */
export function drawBox(
  into: SvgSelection,
  label: string,
  x: number,
  top: number,
  bottom: number,
  width: number,
): void {
  const box = into
    .append("rect")
    .attr("x", hundredths(x - width / 2))
    .attr("y", hundredths(top - boxHeight / 2));
  box.attr("width", hundredths(width)).attr("height", hundredths(bottom - top + boxHeight));
  box.attr("fill", paper).attr("stroke", ink).attr("stroke-width", wireWidth);
  writeFormula(into, label, x, (top + bottom) / 2 + formulaSize * 0.33, { size: formulaSize, anchor: "middle" });
}

function drawDot(into: SvgSelection, x: number, y: number): void {
  into.append("circle").attr("cx", hundredths(x)).attr("cy", hundredths(y)).attr("r", dotRadius).attr("fill", ink);
}

function drawTarget(into: SvgSelection, x: number, y: number): void {
  const circle = into.append("circle").attr("cx", hundredths(x)).attr("cy", hundredths(y)).attr("r", targetRadius);
  circle.attr("fill", paper).attr("stroke", ink).attr("stroke-width", wireWidth);
  const r = targetRadius;
  rule(into, [[x - r, y, x + r, y], [x, y - r, x, y + r]], ink, wireWidth); // biome-ignore format: a cross
}

/** The wire ends, and another begins in |0⟩. */
function drawReset(into: SvgSelection, x: number, y: number): void {
  const [left, right] = [x - resetWidth / 2, x + resetWidth / 2];
  const gap = into
    .append("rect")
    .attr("x", hundredths(left))
    .attr("y", hundredths(y - 8));
  gap.attr("width", resetWidth).attr("height", 16).attr("fill", paper);
  rule(into, [[left, y - 9, left, y + 9]], ink, 1.8);
  const right0 = right - 4;
  writeFormula(into, "|0\\rangle", right0, y + formulaSize * 0.33, { size: formulaSize, anchor: "end" });
}

/** Of a meter and what stands behind it, pixels. */
const meterWidth = 34;
const meterGap = 8;

/** How much room a meter with its formula takes. */
export const meterRoom = (formula: string): number => meterWidth + meterGap + formulaWidth(formula, formulaSize);

/** Draws a meter whose left edge is at x, and what it measures. */
export function drawMeter(into: SvgSelection, formula: string, x: number, y: number): void {
  drawBox(into, "", x + meterWidth / 2, y, y, meterWidth);
  const [middle, foot] = [x + meterWidth / 2, y + 8];
  const arc = into.append("path").attr("d", `M${hundredths(middle - 11)},${hundredths(foot)}a11,11 0 0 1 22,0`);
  arc.attr("fill", "none").attr("stroke", ink).attr("stroke-width", wireWidth);
  rule(into, [[middle, foot, middle + 9, foot - 17]], ink, wireWidth);
  writeFormula(into, formula, x + meterWidth + meterGap, y + formulaSize * 0.33, { size: formulaSize });
}
