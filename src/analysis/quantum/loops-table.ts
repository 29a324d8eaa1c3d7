import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { Column, Table } from "../../result/result.js";
import type { Unit } from "../../units/unit.js";
import { timeUnit } from "./block-run.js";
import type { MemristorLoop } from "./memristor-loops.js";
import type { Answers } from "./questions.js";

/** A row a loop, with the figures of each memristor's; empty where it has fewer than another. */
function loopsTable(block: QuantumBlock, loops: Answers["loops"]): readonly Table[] {
  const rows = loops.reduce((most, { length }) => Math.max(most, length), 0);
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

/** One row: what the run as a whole says of each memristor. */
function memristivityTable(block: QuantumBlock, figures: Answers["memristivity"]): readonly Table[] {
  const columns = figures.flatMap((own, memristor) =>
    (["pinch", "pinch_max", "ohm"] as const).map((figure): Column => {
      const name = `${figure}(${block.name}.${block.memristors[memristor]!.name})`;
      return { name, unit: "1", values: Float64Array.of(own[figure]) };
    }),
  );
  const known = columns.some(({ values }) => !Number.isNaN(values[0]));
  return known ? [{ name: "memristivity", alone: true, columns }] : [];
}

/** What a run tells of its memristors: loop by loop, and as a whole. */
export const memristorTables = (block: QuantumBlock, { loops, memristivity }: Answers): readonly Table[] => [
  ...loopsTable(block, loops),
  ...memristivityTable(block, memristivity),
];

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
