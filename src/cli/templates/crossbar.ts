import type { Template } from "./template.js";

export const crossbar: Template = {
  name: "crossbar",
  title: "an array of memristors with the resistance of its lines (--rows, --cols)",
  takes: ["rows", "cols"],
  text: ({ rows = 4, cols = rows }) => `A crossbar of ${rows} x ${cols} memristors
* Row i is driven from the left at node r{i}_1; column j ends at the bottom in node c${rows}_{j}, held at 0 V.
* Each cell joins r{i}_{j} to c{i}_{j}; between neighbouring cells a line has the resistance rline.
.param rows=${rows} cols=${cols} rline=2.5 vread=0.2
.model cell memristor(kind=linear_drift ron=1k roff=100k d=10n uv=10f window=joglekar p=1)

.for i = 1 to {rows}
  Vrow{i} r{i}_1 0 {vread*i/rows}
  .for j = 1 to {cols}
    * A pattern of good and bad conductors: a cell on every third place is written.
    YMEMRISTOR m{i}_{j} r{i}_{j} c{i}_{j} cell x0={if((i+j)%3==0, 0.9, 0.1)}
  .endfor
  .for j = 1 to {cols-1}
    Rrow{i}_{j} r{i}_{j} r{i}_{j+1} {rline}
  .endfor
.endfor

.for j = 1 to {cols}
  .for i = 1 to {rows-1}
    Rcol{i}_{j} c{i}_{j} c{i+1}_{j} {rline}
  .endfor
  * A source of 0 V measures the current of the column.
  Vcol{j} c${rows}_{j} 0 0
.endfor

* The currents of the columns: the product of the voltages and the matrix of conductances, less what the lines take.
.op
.for j = 1 to {cols}
.print op i(Vcol{j})
.endfor
.end
`,
};
