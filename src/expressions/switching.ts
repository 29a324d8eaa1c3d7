import type { Call, Graph, Node } from "./graph.js";
import { isHidden } from "./hidden-jumps.js";
import type { Schedule } from "./schedule.js";

/** Where a formula jumps or bends. */
export interface Switching {
  /** Places in the graph of the switching functions. */
  readonly guards: readonly number[];
  /** Ascending, s. */
  readonly breakpoints: readonly number[];
  /** Between its breakpoints it neither jumps nor bends. */
  readonly smooth: boolean;
}

/** In formulas with more nodes nobody looks for jumps that are hidden: each would be looked for in all of them. */
const largest = 2000;

/** The branches that a region lies in, innermost first. */
type Path = { readonly condition: number; readonly side: "yes" | "no"; readonly around: Path } | undefined;

/**
 * Finds the switching functions of what `plan` computes, the formula at `output`, and adds them to the graph. One that is
 * affine in the time alone is no guard: the time of its zero is known beforehand. What only bends (`abs`, `max`, a table,
 * a jump that a factor hides) is no guard either, for a solver copes with a bend; its times are breakpoints all the same.
 */
export function switching(graph: Graph, plan: Schedule, output: number): Switching {
  const affine = affineInTime(graph.nodes);
  const guards = new Set<number>();
  const times = new Set<number>();
  let smooth = true;
  let allHidden = graph.nodes.length <= largest;
  for (const [of, path, place] of calls(graph, plan)) {
    const quantities = of.function.switches?.(of.operands, graph) ?? [];
    const unforeseen = quantities.filter((quantity) => affine(quantity) === undefined);
    for (const time of [...quantities.map((quantity) => zeroOf(affine(quantity))), ...cornerTimes(of, affine)]) {
      if (time !== undefined && time >= 0 && time < Infinity) times.add(time);
    }
    if (of.function.nature === "jumps") {
      for (const quantity of unforeseen) {
        guards.add(within(graph, path, quantity));
        allHidden &&= isHidden(graph, output, place, quantity);
      }
    }
    if (!foreseen(of, graph.nodes, quantities.length > 0 && unforeseen.length === 0, affine)) smooth = false;
  }
  // Beside a real jump, such as a wall that is written as `x < 1 ? g : 0`, hidden ones are located too: what rests at the
  // wall by rounding alone must leave it at once when g changes its sign, or it goes to and fro.
  if (allHidden) guards.clear();
  return { guards: [...guards], breakpoints: [...times].sort((a, b) => a - b), smooth };
}

/** The calls that are computed, each with the branches around it, and its place. */
function calls(graph: Graph, plan: Schedule): readonly (readonly [Call, Path, number])[] {
  const found: (readonly [Call, Path, number])[] = [];
  const waiting: [region: number, path: Path][] = [[0, undefined]];
  while (waiting.length > 0) {
    const [region, path] = waiting.pop()!;
    for (const place of plan.nodes[region]!) {
      const node = graph.nodes[place]!;
      if (node.kind !== "call") continue;
      found.push([node, path, place]);
      const branches = plan.branches.get(place);
      if (branches === undefined) continue;
      const condition = node.operands[0]!;
      waiting.push([branches[0], { condition, side: "yes", around: path }]);
      waiting.push([branches[1], { condition, side: "no", around: path }]);
    }
  }
  return found;
}

/** Branches within branches are looked at up to this depth, lest a long chain of `if` cost its length squared. */
const deepestPath = 16;

/** Reads 1 where the branches of `path` are not taken. */
function within(graph: Graph, path: Path, quantity: number): number {
  let guard = quantity;
  let depth = 0;
  for (let at = path; at !== undefined && depth < deepestPath; at = at.around, depth++) {
    const elsewhere = graph.number(1);
    guard = graph.call("if", at.side === "yes" ? [at.condition, guard, elsewhere] : [at.condition, elsewhere, guard]);
  }
  return guard;
}

/** Whether the times at which a call jumps or bends are all known, or are those of its operands. */
function foreseen(of: Call, nodes: readonly Node[], byTime: boolean, affine: AffineInTime): boolean {
  const { nature, truths } = of.function;
  if (truths !== undefined) return of.operands.slice(0, truths).every((operand) => isTruth(nodes[operand]!));
  if (of.interpolant !== undefined) return affine(of.operands[0]!) !== undefined;
  return nature === "smooth" || byTime;
}

/** A comparison and the like: it changes at switching functions of its own. A number is none, but for constants. */
const isTruth = (node: Node): boolean =>
  node.kind === "number" || (node.kind === "call" && node.function.nature === "jumps");

/** c₀ + c₁·time */
type Affine = readonly [c0: number, c1: number];
type AffineInTime = (place: number) => Affine | undefined;

/** Tells of each node whether it is affine in the time and depends on nothing else. */
function affineInTime(nodes: readonly Node[]): AffineInTime {
  const known: (Affine | undefined)[] = [];
  return (place) => {
    while (known.length <= place) known.push(affineOf(nodes[known.length]!, known));
    return known[place];
  };
}

function affineOf(node: Node, known: readonly (Affine | undefined)[]): Affine | undefined {
  if (node.kind === "number") return [node.value, 0];
  if (node.kind === "time") return [0, 1];
  if (node.kind === "input") return undefined;
  const terms: Affine[] = [];
  for (const operand of node.operands) {
    const term = known[operand];
    if (term === undefined) return undefined;
    terms.push(term);
  }
  const [a, b = [0, 0]] = terms as [Affine, Affine?];
  switch (node.function.name) {
    case "+":
      return terms.reduce(([c0, c1], [d0, d1]) => [c0 + d0, c1 + d1]);
    case "-":
      return [a[0] - b[0], a[1] - b[1]];
    case "neg":
      return [-a[0], -a[1]];
    case "*":
      return a[1] === 0 ? [a[0] * b[0], a[0] * b[1]] : undefined; // a number stands in front
    case "/":
      return b[1] === 0 ? [a[0] / b[0], a[1] / b[0]] : undefined;
    default:
      return undefined;
  }
}

const zeroOf = (affine: Affine | undefined): number | undefined =>
  affine === undefined || affine[1] === 0 ? undefined : -affine[0] / affine[1];

/** When the time brings a curve's x to its corners. */
function cornerTimes({ interpolant, operands }: Call, affine: AffineInTime): readonly number[] {
  const x = affine(operands[0]!);
  if (interpolant === undefined || x === undefined || x[1] === 0) return [];
  return Array.from(interpolant.corners, (corner) => (corner - x[0]) / x[1]);
}
