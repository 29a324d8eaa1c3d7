import type { Unknown } from "../../circuit/circuit.js";
import type { QuantumBlock } from "../../circuit/quantum/block.js";
import type { QuantumObservable } from "../../circuit/quantum/observable.js";
import type { Drive } from "../../circuit/quantum/operator.js";
import type { Law } from "../../devices/law.js";
import { asUnknown } from "./block-device.js";

// What the devices have in common that stand for what is beside a register: photonic memristors and LC circuits.

/** The numbers of a block's outputs that a device gives. */
export const ownOutputs = ({ outputs }: QuantumBlock, isOwn: (of: QuantumObservable) => boolean): readonly number[] =>
  outputs.flatMap((of, k) => (isOwn(of) ? [k] : []));

/** What a drive reads of the circuit. */
export const controlsOf = (drive: Drive): readonly Unknown[] =>
  drive.kind === "number" ? [] : drive.inputs.filter(({ kind }) => kind !== "memory").map(asUnknown);

/** A drive as a law. */
export const lawOfDrive = (drive: Drive): Law => (drive.kind === "law" ? drive.law : constant(drive.value));

const constant = (value: number): Law => ({
  inputs: 0,
  value: () => value,
  load: (_t, _u, out) => {
    out[0] = value;
  },
  smooth: true,
  guards: 0,
  guard: () => {},
  breakpoints: [],
});

/** A law that is what it reads. */
export const identity: Law = {
  inputs: 1,
  value: (_t, u) => u[0]!,
  load: (_t, u, out) => {
    out[0] = u[0]!;
    out[1] = 1;
  },
  smooth: true,
  guards: 0,
  guard: () => {},
  breakpoints: [],
};
