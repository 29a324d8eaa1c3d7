import type { DecayRate, QuantumBlock } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import { type Drive, type Operator, steady } from "../../circuit/quantum/operator.js";

/** What a block's equations are linear in: laws, and the rates of memristors that are not laws. */
export type Driven = Drive | DecayRate;

/** Gives a number for each drive, one number for one object; undefined: it stays as it is. */
export type Setting = (drive: Driven) => number | undefined;

/** The drives of a block and of what is asked of it, each once. */
export function drivesOf(block: QuantumBlock, asked: readonly QuantumObservable[]): readonly Driven[] {
  const found = new Set<Driven>();
  const note: Setting = (drive) => {
    found.add(drive);
    return 0;
  };
  withNumbers(block, note);
  for (const one of asked) askedWithNumbers(one, note);
  return [...found];
}

/** The block with numbers in the places of its drives. */
export function withNumbers(block: QuantumBlock, set: Setting): QuantumBlock {
  const fixed = (drive: Drive): Drive => settled(drive, set);
  return {
    ...block,
    memristors: block.memristors.map((it) => ({ ...it, rate: rateWith(it.rate, set) })),
    hamiltonian: block.hamiltonian.map((operator) => operatorWith(operator, set)),
    jumps: block.jumps.map((it) => ({ ...it, operator: operatorWith(it.operator, set), rate: fixed(it.rate) })),
    operations: block.operations.map((it) =>
      it.kind === "coupling" && it.strength.kind === "g"
        ? { ...it, strength: { kind: "g" as const, g: fixed(it.strength.g) } }
        : it,
    ),
    ports: block.ports.map((it) => ({ ...it, voltage: fixed(it.voltage) })),
  };
}

function settled(drive: Drive, set: Setting): Drive {
  const value = drive.kind === "number" ? undefined : set(drive);
  return value === undefined ? drive : steady(value);
}

function rateWith(rate: DecayRate, set: Setting): DecayRate {
  if (rate.kind === "rate") return { kind: "rate", rate: settled(rate.rate, set) };
  const value = set(rate);
  return value === undefined ? rate : { kind: "rate", rate: steady(value) };
}

/** The same for an operator that is asked for. */
export const askedWithNumbers = (of: QuantumObservable, set: Setting): QuantumObservable =>
  of.kind === "expectation" ? { ...of, operator: operatorWith(of.operator, set) } : of;

const operatorWith = (operator: Operator, set: Setting): Operator =>
  operator.map(({ coefficient: { re, im }, factors }) => ({
    coefficient: { re: settled(re, set), im: settled(im, set) },
    factors,
  }));
