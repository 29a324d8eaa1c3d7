import type { Card } from "../card.js";
import { readBehavioural } from "./behavioural.js";
import { readCapacitor } from "./capacitor.js";
import { readControlled } from "./controlled.js";
import { readDiode } from "./diode.js";
import { readCoupling, readInductor } from "./inductor.js";
import { readResistor } from "./resistor.js";
import { readCurrentSource, readVoltageSource } from "./sources.js";
import { readSubcircuitUse } from "./subcircuit.js";
import { readCurrentSwitch, readVoltageSwitch } from "./switches.js";

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
  ["x", readSubcircuitUse],
]);

/** Letters that SPICE gives a meaning which is not built. */
export const laterElements: ReadonlyMap<string, string> = new Map([
  ["a", "code models"],
  ["j", "junction field-effect transistors"],
  ["m", "MOSFETs"],
  ["n", "compiled device models"],
  ["o", "lossy lines"],
  ["p", "coupled lines"],
  ["q", "bipolar transistors"],
  ["t", "transmission lines"],
  ["u", "distributed lines"],
  ["z", "MESFETs"],
]);
