/** Rows of cells as aligned lines, two blanks between the columns; nothing hangs over at the end of a line. */
export function table(rows: readonly (readonly string[])[], indent = "  "): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [k, cell] of row.entries()) widths[k] = Math.max(widths[k] ?? 0, cell.length);
  }
  return rows.map((row) => `${indent}${row.map((cell, k) => cell.padEnd(widths[k]!)).join("  ")}`.trimEnd()).join("\n");
}
