import type { Circuit, Instance, Unknown } from "../circuit/circuit.js";
import { changed } from "../circuit/plain-device.js";
import type { Device } from "../devices/device.js";
import { learnType } from "../devices/perceptrons/learn-source.js";
import { makeNeuron } from "../devices/perceptrons/neuron.js";
import { makePerceptron } from "../devices/perceptrons/perceptron.js";
import { shape } from "../devices/perceptrons/pulse-shape.js";
import { neuronKind, perceptronKind, synapseKind } from "../devices/perceptrons/recognise.js";
import { synapseWithPort } from "../devices/perceptrons/synapse.js";
import { currentSource, voltageSource } from "../devices/sources/independent.js";
import { duration, ratio, type Waveform, waveform } from "../devices/sources/waveform.js";
import { constant } from "../devices/sources/waveforms/constant.js";

// What a training makes of devices before it uses the circuit: its own clock says when is read and when written.

const constantVoltage = voltageSource(constant as Waveform);
const constantCurrent = currentSource(constant as Waveform);

/** A part of a learning pulse of height dc, from its beginning on. */
const partOfPulse = waveform({
  kind: "pulse_part",
  title: "Part of a learning pulse",
  equations: ["dc·h(t)"],
  parameters: { part: ratio("part of the pulse", 0), rise: duration("rise and fall time", 0) },
  value: (t, values) => (values as { readonly dc?: number }).dc! * shape(values, values.part, t)[0],
  next: () => Number.POSITIVE_INFINITY,
  period: () => Number.POSITIVE_INFINITY,
});
const partCurrent = currentSource(partOfPulse as unknown as Waveform);

/**
 * The circuit with sources that stay at their DC values, whatever their waveforms, with learning pulses of its own
 * silent, with neurons that rest while nothing comes in, whatever the line that would reset them, and with ideal cells:
 * a training knows itself what its realisations are made of.
 */
export const atRest = (circuit: Circuit): Circuit => ({
  ...circuit,
  instances: circuit.instances.map((instance) => restful(isCell(instance) ? ideal(instance) : instance)),
});

function ideal(instance: Instance): Instance {
  const { pieces: _, ...plain } = changed(instance, { values: { ...instance.values, asym: 0, retention: 0 } });
  return plain;
}

function restful(instance: Instance): Instance {
  const { element, device, values, terminals } = instance;
  const still = { values: { dc: values["dc"] ?? 0 } };
  if (element === "v" && "dc" in values) return changed(instance, { ...still, device: constantVoltage });
  if (element === "i" && "dc" in values) return changed(instance, { ...still, device: constantCurrent });
  if (device.type === learnType) return changed(instance, { ...still, device: constantCurrent, controls: [] });
  if (neuronKind(device)?.reset !== true) return instance;
  return changed(instance, { device: variant(device, false), terminals: terminals.slice(0, -1) });
}

/** Whether an instance holds a voltage for ever. */
export const isConstantVoltage = ({ device }: Instance): boolean => device === constantVoltage;

/** Whether a device has a write port: its terminals p and q, the first two. */
export const hasPort = ({ device }: Instance): boolean => kindOf(device)?.port === true;

/** Whether a device is one of a network's: a synapse, a neuron or a perceptron. */
export const isCell = ({ device }: Instance): boolean => kindOf(device) !== undefined;

const kindOf = (device: Device) => synapseKind(device) ?? neuronKind(device) ?? perceptronKind(device);

/** A device with a write port between p and q; one that has a port has this one then. */
export const withPort = (instance: Instance, p: number, q: number): Instance =>
  changed(instance, {
    device: hasPort(instance) ? instance.device : variant(instance.device, true),
    terminals: [p, q, ...instance.terminals.slice(hasPort(instance) ? 2 : 0)],
  });

const variants = new WeakMap<Device, Map<boolean, Device>>();

/** The same device without a reset line and, if `port`, with a write port; one for all that are alike. */
function variant(device: Device, port: boolean): Device {
  const made = variants.get(device) ?? new Map<boolean, Device>();
  variants.set(device, made);
  const known = made.get(port) ?? makeVariant(device, port);
  made.set(port, known);
  return known;
}

function makeVariant(device: Device, port: boolean): Device {
  const neuron = neuronKind(device);
  const perceptron = perceptronKind(device);
  if (neuron !== undefined) return makeNeuron({ ...neuron, port: neuron.port || port, reset: false });
  return perceptron === undefined ? synapseWithPort : makePerceptron(perceptron.inputs, perceptron.activation, true);
}

type Wiring = Pick<Instance, "name" | "terminals" | "span">;

const noControls = { controls: [] } as const;

/** A source of `dc` volts. */
export const voltage = (wiring: Wiring, dc: number): Instance => ({
  ...wiring,
  ...noControls,
  element: "v",
  device: constantVoltage,
  values: { dc },
});

/**
 * A source of a current that is set for each pulse (`dc`), from its first node through itself to the second; where pulses
 * take time to rise, which part of a pulse it gives is set too (`part`).
 */
export const pulseSource = (wiring: Wiring, rise: number): Instance => ({
  ...wiring,
  ...noControls,
  element: "i",
  ...(rise > 0
    ? { device: partCurrent, values: { dc: 0, part: 0, rise } }
    : { device: constantCurrent, values: { dc: 0 } }),
});

/** The own unknown that an instance calls by a name. */
export function ownUnknown({ device }: Instance, instance: number, name: string): Unknown {
  return { kind: "own", instance, index: device.own.findIndex((own) => own.name === name) };
}
