import type { Instance } from "../circuit/circuit.js";
import { NetlistError } from "../text/diagnostic.js";

/**
 * The nodes between which a pulse is driven through the ports of some devices: it goes in where a p is no other's q, and
 * out where a q is no other's p.
 *
 * @throws NetlistError where there are not exactly two such nodes
 */
export function endsOf(devices: readonly Instance[]): readonly [start: number, end: number] {
  const [p, q] = [0, 1].map((k) => new Set(devices.map(({ terminals }) => terminals[k]!))) as [
    Set<number>,
    Set<number>,
  ];
  const starts = [...p].filter((node) => !q.has(node));
  const ends = [...q].filter((node) => !p.has(node));
  if (starts.length === 1 && ends.length === 1) return [starts[0]!, ends[0]!];
  const names = devices.map(({ name }) => `\`${name}\``).join(", ");
  throw new NetlistError([
    {
      severity: "error",
      code: "no-driver",
      message: `The write ports of ${names} hang together, but not as a chain with one start and one end: \`pulses=circuit\` finds no place for the source of their pulses.`,
      span: devices[0]!.span,
      help: "chain them, each one's second node being the next one's first: `prog=(p,m)`, `prog=(m,q)`.",
    },
  ]);
}
