import type { Call, Graph, Node } from "./graph.js";

/**
 * Whether what jumps at `quantity` = 0 is hidden there: a factor that is 0 at the same place keeps the whole formula
 * continuous, as in `i·(1 − (x − stp(−i))²)` and in `v > vt ? k·(v/vt − 1) : 0`. It only bends then.
 *
 * What must hold where the quantity is 0 (`v = vt`) is put into the graph, and numbers are followed from there: a node
 * whose number comes out whatever the jumping call gives does not jump. It errs on one side: what it cannot prove jumps.
 */
export function isHidden(graph: Graph, output: number, jumping: number, quantity: number): boolean {
  const { nodes } = graph;
  const known = whereZero(nodes, quantity);
  const carries = new Uint8Array(nodes.length); // 1: may jump there
  for (let k = 0; k <= output; k++) {
    const node = nodes[k]!;
    if (node.kind === "number") known[k] = node.value;
    if (node.kind !== "call") continue;
    if (k !== jumping) known[k] ??= numberOf(node, known);
    // A pole at the same place may undo any factor that is 0.
    if (known[k] !== undefined && !Number.isFinite(known[k])) return false;
    if (k === jumping) {
      known[k] = undefined;
      carries[k] = 1;
    } else if (known[k] === undefined && node.operands.some((operand) => carries[operand] === 1)) carries[k] = 1;
  }
  return carries[output] === 0;
}

/** The numbers that nodes have where the quantity is 0: its own, and those of what it is made of in an obvious way. */
function whereZero(nodes: readonly Node[], quantity: number): (number | undefined)[] {
  const known: (number | undefined)[] = new Array(nodes.length).fill(undefined);
  const constant = (place: number): number | undefined => {
    const node = nodes[place]!;
    return node.kind === "number" ? node.value : undefined;
  };
  const put = (place: number, value: number): void => {
    if (constant(place) !== undefined || known[place] !== undefined || !Number.isFinite(value)) return;
    known[place] = value;
    const node = nodes[place]!;
    if (node.kind !== "call") return;
    const [a, b] = node.operands as [number, number];
    const [ka, kb] = node.operands.map(constant);
    const { name } = node.function;
    if (name === "neg") put(a, -value);
    else if (name === "-") {
      if (kb !== undefined) put(a, value + kb);
      else if (ka !== undefined) put(b, ka - value);
      else mirror(nodes, a, b, (other) => put(other, -value));
    } else if (name === "*" && ka) put(b, value / ka);
    else if (name === "/" && kb) put(a, value * kb);
    else if (name === "+" && node.operands.length === 2) {
      if (kb !== undefined) put(a, value - kb);
      else if (ka !== undefined) put(b, value - ka);
    }
  };
  put(quantity, 0);
  return known;
}

/** Finds b − a where there is an a − b. */
function mirror(nodes: readonly Node[], a: number, b: number, found: (place: number) => void): void {
  nodes.forEach((node, place) => {
    if (node.kind === "call" && node.function.name === "-" && node.operands[0] === b && node.operands[1] === a) {
      found(place);
    }
  });
}

/** The number of a call where enough of its operands are known; undefined where they are not. */
function numberOf({ function: of, operands, interpolant }: Call, known: readonly (number | undefined)[]) {
  const values = operands.map((operand) => known[operand]);
  if (of.name === "*" && values.includes(0)) return 0;
  if (of.name === "/" && values[1] === 0) return Number.NaN;
  if (of.name === "/" && values[0] === 0) return 0;
  if (of.name === "if" && values[1] !== undefined && values[1] === values[2]) return values[1];
  if (!values.every((value) => value !== undefined)) return undefined;
  return interpolant === undefined ? of.value(...values) : interpolant.value(values[0]!);
}
