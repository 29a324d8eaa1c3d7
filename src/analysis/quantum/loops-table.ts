import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { Column, Table } from "../../result/result.js";
import type { Unit } from "../../units/unit.js";
import { timeUnit } from "./block-run.js";
import type { MemristorLoop } from "./memristor-loops.js";

/** A row a loop, with the figures of each memristor's; empty where it has fewer than another. */
export function loopsTable(block: QuantumBlock, loops: readonly (readonly MemristorLoop[])[]): readonly Table[] {
  const rows = Math.max(0, ...loops.map(({ length }) => length));
  if (rows === 0) return [];
  const number: Column = { name: "loop", unit: "1", values: Float64Array.from({ length: rows }, (_, k) => k + 1) };
  const figures = block.memristors.flatMap(({ name }, memristor) =>
    heads(block).map(([head, figure, unit]): Column => {
      const values = Float64Array.from({ length: rows }, (_, k) => loops[memristor]![k]?.[figure] ?? Number.NaN);
      return { name: `${head}(${block.name}.${name})`, unit, values };
    }),
  );
  return [{ name: "loops", alone: true, columns: [number, ...figures] }];
}

function heads(block: QuantumBlock): readonly (readonly [head: string, figure: keyof MemristorLoop, unit: Unit])[] {
  const time = timeUnit(block);
  return [
    ["start", "start", time],
    ["end", "end", time],
    ["area", "area", time === "s" ? "V·A" : "1"],
    ["perimeter", "perimeter", "1"],
    ["formfactor_raw", "raw", "1"],
    ["formfactor", "formfactor", "1"],
    ["pinch", "pinch", "1"],
    ["ohm", "ohm", "1"],
  ];
}
