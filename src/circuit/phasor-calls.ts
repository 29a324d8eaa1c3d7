import type { Formula } from "../expressions/formula.js";
import { asksForPhasor, isReal, type PhasorFunction, phasorFunctions, withoutPhasor } from "../expressions/phasor.js";
import type { Expression, Word } from "../syntax/ast.js";
import type { Unit } from "../units/unit.js";
import type { Signal } from "./circuit.js";
import type { Items } from "./items.js";
import { probe, type Reader } from "./probes.js";
import { written } from "./readings.js";

type Call = Extract<Expression, { kind: "call" }>;

const aliases: Readonly<Record<string, PhasorFunction>> = { phase: "ph", arg: "ph", real: "re", imag: "im" };
const letters: Readonly<Record<string, PhasorFunction>> = { m: "mag", p: "ph", db: "db", r: "re", i: "im" };

/** `db(…)`, `ph(…)`: what a complex amplitude is asked for; undefined for other calls. */
export function phasorFunction({ name, arguments: operands }: Call): PhasorFunction | undefined {
  const known = aliases[name] ?? phasorFunctions.find((one) => one === name);
  return operands.length === 1 ? known : undefined;
}

/** SPICE's `vdb(out)`, `vm(a,b)`, `vp`, `vr`, `vi`, and `idb(v1)`, `ip`, `ir`, `ii`; undefined for other calls. */
export function spicePhasor(call: Call, reader: Reader): Formula | undefined {
  const [, quantity, letter] = /^([vi])(m|p|db|r|i)$/.exec(call.name) ?? [];
  if (quantity === undefined || letter === undefined || call.name === "im") return undefined;
  if (call.arguments.length === 0 || call.arguments.length > 2) return undefined;
  // Names of nodes were read as an expression: `1`, `out`, `x1.out`.
  const names = call.arguments.map(({ span }): Word => ({ kind: "word", parts: [written(span)], span }));
  const amplitude = probe({ kind: "probe", quantity: quantity as "v" | "i", names, span: call.span }, reader);
  return asked(letters[letter]!, amplitude);
}

export const asked = (name: PhasorFunction, amplitude: Formula): Formula => ({
  kind: "call",
  name,
  arguments: [amplitude],
});

const units: Readonly<Partial<Record<PhasorFunction, Unit>>> = { ph: "rad", db: "dB" };

/** A part of a complex signal, as a signal that is a real number. */
export const partOf = (signal: Signal, name: PhasorFunction): Signal => ({
  ...signal,
  name: `${name}(${bare(signal.name)})`,
  unit: units[name] ?? signal.unit,
  formula: asked(name, signal.formula),
});

const bare = (name: string): string => (/^\{[^{}]*\}$/.test(name) ? name.slice(1, -1) : name);

/** The signals as real numbers, for data: real and imaginary part of what is complex. */
export const dataOf = (signals: readonly Signal[]): readonly Signal[] =>
  signals.flatMap((signal) => (isReal(signal.formula) ? [signal] : [partOf(signal, "re"), partOf(signal, "im")]));

/** For a picture: decibel and phase of what is complex, the phase in degrees. */
export const curvesOf = (signals: readonly Signal[]): readonly Signal[] => [
  ...signals.map((signal) => (isReal(signal.formula) ? signal : partOf(signal, "db"))),
  ...signals.flatMap((signal) => (isReal(signal.formula) ? [] : [inDegrees(partOf(signal, "ph"))])),
];

const inDegrees = (signal: Signal): Signal => ({
  ...signal,
  unit: "°",
  name: `${signal.name} in degrees`,
  formula: { kind: "call", name: "*", arguments: [{ kind: "number", value: 180 / Math.PI }, signal.formula] },
});

/** Complains of a complex signal where a number is wanted. */
function complainOfComplex(signal: Signal, items: Items): void {
  if (isReal(signal.formula)) return;
  const text = bare(signal.name);
  const help = `write \`mag(${text})\`, \`db(${text})\`, \`ph(${text})\` (rad), \`re(${text})\` or \`im(${text})\`.`;
  items.error(
    "complex-signal",
    `\`${text}\` is a complex number in \`.ac\`: say which part of it is meant.`,
    signal.span,
    help,
  );
}

/** Complains of a signal that the analysis asked for does not know. */
export function checkPhasors(signal: Signal, analysis: string | undefined, items: Items): void {
  const isNoise = signal.inputs.some(({ kind }) => kind === "noise");
  if (analysis !== undefined && isNoise !== (analysis === "noise") && (isNoise || signal.inputs.length > 0)) {
    const message = isNoise
      ? `\`${signal.name}\` is noise, which \`.noise\` computes: \`.${analysis}\` does not know it.`
      : `\`.noise\` does not know \`${signal.name}\`.`;
    items.error(
      "other-run",
      message,
      signal.span,
      "it gives `onoise`, `inoise`, `gain`, and of one device `onoise(r1)`.",
    );
  } else if (analysis === "ac") complainOfLarge(signal, items);
  else if (analysis !== undefined && asksForPhasor(signal.formula)) {
    const message = `\`${signal.name}\` is of small signals, which \`.ac\` computes: \`.${analysis}\` does not know it.`;
    items.error("other-run", message, signal.span);
  }
}

/** As `checkPhasors`, where one number is wanted: of a complex signal a part has to be named. */
export function checkReal(signal: Signal, analysis: string, items: Items): void {
  checkPhasors(signal, analysis, items);
  if (analysis === "ac") complainOfComplex(signal, items);
}

/** Complains of a signal that small signals say nothing of. */
function complainOfLarge(signal: Signal, items: Items): void {
  const odd = signal.inputs.find(
    (input) => (input.kind === "observable" && input.name !== "r") || input.kind === "quantum",
  );
  if (odd !== undefined)
    items.error(
      "other-run",
      `\`.ac\` knows small changes of voltages, currents and states, not \`${signal.name}\`.`,
      signal.span,
    );
  const name = withoutPhasor(signal.formula);
  if (name !== undefined)
    items.error(
      "not-complex",
      `\`${name}\` says nothing of complex numbers, which \`.ac\` gives.`,
      signal.span,
      "ask for a part first: `mag(v(out))`, `re(v(out))`.",
    );
}
