import type { Card } from "../card.js";
import { readBehavioural } from "./behavioural.js";
import { readCapacitor } from "./capacitor.js";
import { readCodeModel } from "./code-model.js";
import { readControlled } from "./controlled.js";
import { readCrossbar } from "./crossbar.js";
import { readDiode } from "./diode.js";
import { readHold } from "./hold.js";
import { readCoupling, readInductor } from "./inductor.js";
import { readIntegrator } from "./integrator.js";
import { readMemristor } from "./memristor.js";
import { readMosfet } from "./mosfet.js";
import { readNeuron } from "./neuron.js";
import { readPerceptron } from "./perceptron.js";
import { readResistor } from "./resistor.js";
import { readCurrentSource, readVoltageSource } from "./sources.js";
import { readSubcircuitUse } from "./subcircuit.js";
import { readCurrentSwitch, readVoltageSwitch } from "./switches.js";
import { readSynapse } from "./synapse.js";

/** Reads a card into the circuit, or complains of it. */
export type ElementReader = (card: Card) => void;

/** What the first letter of a card says. An element exists when it stands in this list. */
export const elements: ReadonlyMap<string, ElementReader> = new Map<string, ElementReader>([
  ["r", readResistor],
  ["c", readCapacitor],
  ["l", readInductor],
  ["k", readCoupling],
  ["v", readVoltageSource],
  ["i", readCurrentSource],
  ["e", readControlled("e")],
  ["f", readControlled("f")],
  ["g", readControlled("g")],
  ["h", readControlled("h")],
  ["b", readBehavioural],
  ["s", readVoltageSwitch],
  ["w", readCurrentSwitch],
  ["d", readDiode],
  ["a", readCodeModel],
  ["m", readMosfet],
  ["x", readSubcircuitUse],
]);

/** What a card says behind its `Y`, where it is no `.device` of the netlist. */
export const typedElements: ReadonlyMap<string, ElementReader> = new Map<string, ElementReader>([
  ["memristor", readMemristor],
  ["synapse", readSynapse],
  ["neuron", readNeuron],
  ["node", readNeuron],
  ["perceptron", readPerceptron],
  ["integrator", readIntegrator],
  ["hold", readHold],
  ["crossbar", readCrossbar],
]);

/** Letters that SPICE gives a meaning which is not built. */
export const laterElements: ReadonlyMap<string, string> = new Map([
  ["j", "junction field-effect transistors"],
  ["n", "compiled device models"],
  ["o", "lossy lines"],
  ["p", "coupled lines"],
  ["q", "bipolar transistors"],
  ["t", "transmission lines"],
  ["u", "distributed lines"],
  ["z", "MESFETs"],
]);
