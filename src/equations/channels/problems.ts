import type { ChannelCard } from "../../circuit/channels/card.js";
import { type Channel, preservationError } from "../../quantum/channel.js";
import type { Diagnostic } from "../../text/diagnostic.js";
import { type BuiltChannels, channelsOf, type Declared } from "./built.js";

/** How far Kraus operators may be from preserving traces: what rounding leaves of numbers that were written down. */
const rounding = 1e-9;

/** What is wrong with a circuit's channels: operators that do not sum to one, and compressions that lose a state. */
export function channelProblems(circuit: Declared): readonly Diagnostic[] {
  const built = channelsOf(circuit);
  return circuit.channels.flatMap((card, index): readonly Diagnostic[] => {
    if (card === undefined) return []; // which has been told of
    const { kind } = card.definition;
    if (kind === "kraus" || kind === "unitary") return sumProblem(card, index, built);
    return kind === "compressed" ? lossProblem(card, index, built) : [];
  });
}

function sumProblem({ definition, span }: ChannelCard, index: number, built: BuiltChannels): readonly Diagnostic[] {
  const { channel } = built.at(index)!;
  const { error, row, column } = preservationError(channel);
  if (error <= rounding) return [];
  if (!Number.isFinite(error)) {
    const message =
      "These operators do not preserve traces: an entry is so large, or has no value, that their sum has none.";
    return [{ severity: "error", code: "not-trace-preserving", message, span, help: "entries are at most 1 in size." }];
  }
  const place = `(${row + 1}, ${column + 1})`;
  const off = Number(error.toPrecision(4));
  const isUnitary = definition.kind === "unitary";
  const message = isUnitary
    ? `This matrix is not unitary: entry ${place} of U†U is off by ${off} from that of the identity.`
    : `These Kraus operators do not preserve traces: entry ${place} of Σ K†K is off by ${off} from that of the identity.`;
  const help =
    row === column
      ? `column ${column + 1} ${isUnitary ? "of U" : "of all operators together"} must have the square sum 1, and has ${squaresOf(channel, column)}; write roots as \`{sqrt(0.1)}\`, with all digits.`
      : `columns ${row + 1} and ${column + 1} must be orthogonal.`;
  return [{ severity: "error", code: "not-trace-preserving", message, span, help }];
}

/** Operators of which it is told what each has. */
const mostShares = 8;

/** What the squares of a column sum up to, and what of it each operator has. */
function squaresOf({ input, output, count, re, im }: Channel, column: number): string {
  const shares = Array.from({ length: count }, (_, a) => {
    const places = Array.from({ length: output }, (_, row) => (a * output + row) * input + column);
    return places.reduce((sum, at) => sum + re[at]! ** 2 + im[at]! ** 2, 0);
  });
  const sum = rounded(shares.reduce((all, share) => all + share, 0));
  return count === 1 || count > mostShares ? sum : `${shares.map(rounded).join(" + ")} = ${sum}`;
}

const rounded = (value: number): string => String(Number(value.toPrecision(10)));

function lossProblem(card: ChannelCard, index: number, built: BuiltChannels): readonly Diagnostic[] {
  const { definition, span } = card;
  if (definition.kind !== "compressed" || built.at(index) !== undefined) return [];
  if (built.at(definition.of) === undefined) return []; // which is told of that one
  const message = `${definition.rank} Kraus operators are too few: some state goes to nothing at all, so that no factor makes them preserve traces.`;
  return [
    { severity: "error", code: "lost-state", message, span, help: "allow a higher `rank=`, or take `method=sketch`." },
  ];
}
