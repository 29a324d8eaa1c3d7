import type { CircuitLetter, CircuitPart, QuantumCircuit } from "../result/quantum-circuit.js";
import type { CircuitPicture } from "../result/quantum-pictures.js";
import { formulaWidth, writeFormula } from "./formula-text.js";
import { rule, write } from "./pen.js";
import { hundredths } from "./polyline.js";
import { columnsOf, type GateColumn } from "./quantum-columns.js";
import {
  drawBox,
  drawGate,
  drawMeter,
  formulaSize,
  gateWidth,
  meterRoom,
  wireSpacing,
  wireWidth,
} from "./quantum-gates.js";
import { layTitle, openSheet, titleHeight } from "./sheet.js";
import type { SvgSelection } from "./svg-selection.js";
import { faintInk, ink, loopWidth, padding, tickSize } from "./theme.js";

const columnGap = 16;
/** Between a frame and what stands in it, and between frames. */
const frameMargin = 14;
const partGap = 12;
/** Above and below the outer wires, inside a frame. */
const frameHead = 32;
const letterSize = 14;
const letterLine = 24;

/** A part of the circuit, and how it is shown: gate by gate, or as one box that stands for steps shown before. */
interface Shown {
  readonly part: CircuitPart;
  readonly columns: readonly GateColumn[] | undefined;
  readonly width: number;
}

/**
 * Draws the circuit of a digital run, time from left to right: the gates of one step within a frame that says how often
 * they act, what acts once before and between, and what is measured. Below stands what the letters mean.
 */
export function drawQuantumCircuit(svg: SvgSelection, picture: CircuitPicture): void {
  const { circuit } = picture;
  const { wires } = circuit;
  const acting = circuit.parts.filter(({ gates }) => gates.length > 0); // nothing acts in the steps of a circuit of timed gates
  const parts = acting.map((part, k) => shownPart(part, acting, wires.length, k));
  const names = wires.map(
    ({ name, role, state }) => (role === "system" && !state.includes(name) ? `${name}: ` : "") + state,
  );
  const nameWidth = Math.max(...names.map((name) => formulaWidth(name, formulaSize)));
  const meters = wires.map(({ measured }) => measured.map((axis) => `\\langle\\sigma_{${axis}}\\rangle`).join(", "));
  const meterWidth = Math.max(...meters.map(meterRoom));
  const body = parts.reduce((sum, { width }) => sum + width + partGap, partGap);
  const inner = nameWidth + 8 + body + partGap + meterWidth;
  const letters = [...explained(circuit.letters), ...remarks(circuit)];
  const width = Math.ceil(
    Math.max(loopWidth * 0.8, inner + 2 * padding, ...letters.map((it) => formulaWidth(it, letterSize) + 2 * padding)),
  );
  const title = layTitle(picture.title, width);
  const top = titleHeight(title) + 24 + frameHead;
  const yOf = (wire: number): number => top + wire * wireSpacing;
  const bottom = yOf(wires.length - 1) + frameHead;
  const sheet = openSheet(svg, title, width, bottom + 18 + letters.length * letterLine + padding);
  const left = (width - inner) / 2;
  const start = left + nameWidth + 8;
  const end = start + body + partGap;
  for (const [k, name] of names.entries()) {
    writeFormula(sheet, name, start - 8, yOf(k) + formulaSize * 0.33, { size: formulaSize, anchor: "end" });
    rule(sheet, [[start, yOf(k), end - (wires[k]!.role === "system" ? 0 : partGap / 2), yOf(k)]], ink, wireWidth);
  }
  let x = start + partGap;
  for (const shown of parts) {
    drawPart(sheet, shown, x, yOf, wires.length);
    x += shown.width + partGap;
  }
  for (const [k, formula] of meters.entries()) if (formula !== "") drawMeter(sheet, formula, end, yOf(k));
  for (const [k, formula] of letters.entries()) {
    writeFormula(sheet, formula, width / 2, bottom + 18 + (k + 0.7) * letterLine, {
      size: letterSize,
      anchor: "middle",
    });
  }
}

function shownPart(part: CircuitPart, parts: readonly CircuitPart[], wires: number, k: number): Shown {
  const first = parts.findIndex(({ kind }) => kind === "steps");
  if (part.kind === "steps" && k > first) return { part, columns: undefined, width: 64 };
  const columns = columnsOf(part.gates, wires);
  const gates = columns.reduce((sum, column) => sum + widthOf(column) + columnGap, -columnGap);
  const margin = part.kind === "steps" ? 2 * frameMargin : 0;
  const label = part.kind === "steps" ? formulaWidth(countOf(part), formulaSize) : 0;
  return { part, columns, width: Math.max(gates + margin, label) };
}

const widthOf = (column: GateColumn): number => Math.max(...column.map(gateWidth));

const countOf = ({ count }: CircuitPart): string => `× ${count} step${count === 1 ? "" : "s"}`;

function drawPart(
  into: SvgSelection,
  { part, columns, width }: Shown,
  left: number,
  yOf: (wire: number) => number,
  wires: number,
): void {
  const last = yOf(wires - 1);
  const over = { size: tickSize, anchor: "middle" } as const;
  if (part.kind === "steps") write(into, countOf(part), left + width / 2, yOf(0) - frameHead - 7, over);
  if (columns === undefined) {
    drawBox(into, "step^{ }", left + width / 2, yOf(0), last, width - 8);
    return;
  }
  if (part.kind === "steps") drawFrame(into, left, yOf(0) - frameHead, width, last - yOf(0) + 2 * frameHead);
  const gates = columns.reduce((sum, column) => sum + widthOf(column) + columnGap, -columnGap);
  let x = left + (width - gates) / 2;
  for (const column of columns) {
    const middle = x + widthOf(column) / 2;
    for (const gate of column) drawGate(into, gate, middle, yOf);
    x += widthOf(column) + columnGap;
  }
}

/** Round what is repeated. */
function drawFrame(into: SvgSelection, x: number, y: number, width: number, height: number): void {
  const frame = into.append("rect").attr("x", hundredths(x)).attr("y", hundredths(y)).attr("rx", 5);
  frame.attr("width", hundredths(width)).attr("height", hundredths(height)).attr("fill", "none");
  frame.attr("stroke", faintInk).attr("stroke-width", 1).attr("stroke-dasharray", "5 3");
}

/** `θ_i = 2 arccos …: 0.0522 … 0.178`; letters that a number says all about share a line, `δ = 0.014`. */
function explained(letters: readonly CircuitLetter[]): readonly string[] {
  const short = (value: number): string => String(Number(value.toPrecision(4))).replace("-", "−");
  const lines = letters.map(({ letter, meaning, range: [low, high] }) => {
    const values = low === high ? short(low) : `${short(low)} \\dots ${short(high)}`;
    return { own: meaning !== undefined, text: [letter, meaning ?? [], values].flat().join(" = ") };
  });
  const plain = lines.filter(({ own }) => !own).map(({ text }) => text);
  return [...lines.filter(({ own }) => own).map(({ text }) => text), ...(plain.length > 0 ? [plain.join(",   ")] : [])];
}

function remarks({ shots }: QuantumCircuit): readonly string[] {
  const basis = "|1\\rangle = |e\\rangle, |0\\rangle = |g\\rangle";
  return [shots === undefined ? basis : `${basis}; ${shots} shots for each observable`];
}
