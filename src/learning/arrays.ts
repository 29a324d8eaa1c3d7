import type { Circuit, Instance } from "../circuit/circuit.js";
import { NodeSets } from "../circuit/connections.js";
import { neuronKind, perceptronKind, synapseKind } from "../devices/perceptrons/recognise.js";
import { isConstantVoltage } from "./at-rest.js";
import { inputsOf, terminal } from "./connection.js";
import { alongLines, isLine } from "./lines.js";
import type { KeptWeight, ReadCircuit } from "./read-circuit.js";

/** Pairs that hang together by rows, columns and lines: a pulse through one of them is felt by all. */
export interface PairArray {
  /** Of the network, by their numbers. */
  readonly weights: readonly number[];
  /** Pairs, and the resistors of their lines, by their numbers in the circuit. */
  readonly instances: readonly number[];
  /** The nodes at which drivers hold rows, and at which neurons take what columns carry. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** The ends of the two lines between which the memristor of a weight lies. */
  endsOf(index: number): { readonly row: number; readonly column: number };
}

/** The arrays of pairs in a circuit that is read. */
export function arraysOf({ circuit, weights }: ReadCircuit): readonly PairArray[] {
  const { instances } = circuit;
  const ends = lineEnds(circuit);
  const stops = new Set([...ends.rows, ...ends.columns]);
  const reach = new Map(
    instances.flatMap((instance, k) => (isPair(instance) ? [[k, reachOf(circuit, instance, stops)] as const] : [])),
  );
  const sets = new NodeSets(circuit.nodes.length);
  for (const nodes of reach.values()) for (const node of nodes) sets.join(nodes[0]!, node);
  const endFrom = (node: number, among: ReadonlySet<number>): number =>
    [...alongLines(circuit, node, stops)].find((it) => among.has(it)) ?? node;
  const roots = [...new Set([...reach.values()].map(([first]) => sets.of(first!)))];
  return roots.map((root) => {
    const pairs = [...reach.keys()].filter((pair) => sets.of(reach.get(pair)![0]!) === root);
    const nodes = new Set(pairs.flatMap((pair) => reach.get(pair)!));
    const lines = [...instances.keys()].filter(
      (k) => isLine(instances[k]!) && instances[k]!.terminals.some((node) => nodes.has(node) && !stops.has(node)),
    );
    return {
      weights: [...weights.keys()].filter((index) => pairs.includes(weights[index]!.instance)),
      instances: [...pairs, ...lines],
      rows: [...nodes].filter((node) => ends.rows.has(node)),
      columns: [...nodes].filter((node) => ends.columns.has(node)),
      endsOf(index) {
        const [row, column] = nodesOf(weights[index]!, circuit);
        return { row: endFrom(row, ends.rows), column: endFrom(column, ends.columns) };
      },
    };
  });
}

const isPair = ({ device }: Instance): boolean => synapseKind(device)?.kind === "pair";

/** The nodes that drivers hold, and the inputs of neurons. */
function lineEnds({ instances }: Circuit) {
  const isCell = ({ device }: Instance) => (neuronKind(device) ?? perceptronKind(device)) !== undefined;
  const sources = instances.filter((it) => isConstantVoltage(it) && it.terminals[1] === 0);
  return {
    rows: new Set([
      ...sources.map(({ terminals }) => terminals[0]!),
      ...instances.filter(isCell).map((it) => terminal(it, "out")),
    ]),
    columns: new Set(
      instances.filter(({ device }) => neuronKind(device) !== undefined).flatMap((it) => [...inputsOf(it).keys()]),
    ),
  };
}

/** All nodes but ground that lines lead to from a pair. */
const reachOf = (circuit: Circuit, { terminals }: Instance, stops: ReadonlySet<number>): readonly number[] =>
  [...new Set(terminals.flatMap((node) => [...alongLines(circuit, node, stops)]))].filter((node) => node !== 0);

/** The nodes between which a pair's memristor lies. */
function nodesOf({ instance, state }: KeptWeight, { instances }: Circuit): readonly [row: number, column: number] {
  const pair = instances[instance]!;
  const side = state.kind === "own" && pair.device.own[state.index]!.name === "gp" ? "plus" : "minus";
  return [terminal(pair, "row"), terminal(pair, side)];
}
