/** A line of constant value on a grid, in fractional indices: (1.5, 2) is half-way between the columns 1 and 2 of row 2. */
export interface Contour {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * The lines along which values on a grid (size rows × columns, row-major) cross a level, by marching squares
 * (Lorensen & Cline, Computer Graphics 21, 163 (1987), in two dimensions), linear between neighbours. In a saddle the
 * mean of the corners decides. A closed line ends where it starts; a square with a value that is not finite has none.
 */
export function contoursOf(values: Float64Array, rows: number, columns: number, level: number): readonly Contour[] {
  const grid: Grid = { values, columns, level };
  const links = new Map<number, number[]>();
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      for (const [a, b] of crossings(grid, row, column)) {
        links.set(a, [...(links.get(a) ?? []), b]);
        links.set(b, [...(links.get(b) ?? []), a]);
      }
    }
  }
  return chains(links).map((edges) => {
    const points = edges.map((edge) => pointOn(grid, edge));
    return { x: Float64Array.from(points, ([x]) => x), y: Float64Array.from(points, ([, y]) => y) };
  });
}

interface Grid {
  readonly values: Float64Array;
  readonly columns: number;
  readonly level: number;
}

/** An edge of the grid is twice its first corner, plus one where it goes down a row instead of along it. */
type Edge = number;

/** The pieces of line in the square whose first corner is given, each from edge to edge. */
function crossings({ values, columns, level }: Grid, row: number, column: number): readonly (readonly [Edge, Edge])[] {
  const first = row * columns + column;
  const corners = [first, first + 1, first + columns + 1, first + columns]; // round the square
  const edges = [2 * first, 2 * (first + 1) + 1, 2 * (first + columns), 2 * first + 1]; // from each to the next
  const at = corners.map((corner) => values[corner]!);
  if (!at.every(Number.isFinite)) return [];
  const inside = at.map((value) => value >= level);
  const crossed = edges.filter((_, k) => inside[k] !== inside[(k + 1) % 4]);
  if (crossed.length < 4) return crossed.length === 2 ? [[crossed[0]!, crossed[1]!]] : [];
  const middle = at.reduce((sum, value) => sum + value / 4, 0) >= level;
  const [a, b, c, d] = crossed as [Edge, Edge, Edge, Edge];
  return middle === inside[0] ? [[a, b], [c, d]] : [[d, a], [b, c]]; // biome-ignore format: two lines, two pairs
}

/** Joins pieces into lines: open ones first, from end to end, then closed ones. */
function chains(links: ReadonlyMap<Edge, readonly Edge[]>): readonly (readonly Edge[])[] {
  const seen = new Set<Edge>();
  const found: Edge[][] = [];
  const ends = [...links.keys()].filter((edge) => links.get(edge)!.length === 1);
  for (const start of [...ends, ...links.keys()]) {
    if (seen.has(start)) continue;
    const chain: Edge[] = [];
    for (let edge: Edge | undefined = start; edge !== undefined; ) {
      seen.add(edge);
      chain.push(edge);
      edge = links.get(edge)!.find((next) => !seen.has(next));
    }
    if (links.get(start)!.length === 2) chain.push(start);
    found.push(chain);
  }
  return found;
}

function pointOn({ values, columns, level }: Grid, edge: Edge): readonly [x: number, y: number] {
  const first = edge >> 1;
  const down = edge % 2 === 1;
  const [from, to] = [values[first]!, values[down ? first + columns : first + 1]!];
  const part = (level - from) / (to - from);
  const [row, column] = [Math.floor(first / columns), first % columns];
  return down ? [column, row + part] : [column + part, row];
}
