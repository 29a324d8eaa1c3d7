/** Characters; a longer line is a data file by mistake, or a file without line ends. */
export const longestLine = 1_000_000;

/** Where the line behind the one at `start` begins. */
export function nextLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end + 1;
}

export const tooLong = (line: number, length: number): string =>
  `Line ${line} has ${length} characters, and a line may have ${longestLine}: is this a netlist? Large tables belong in a file of their own (\`file="data.csv"\`).`;
