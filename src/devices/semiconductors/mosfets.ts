import type { Device } from "../device.js";
import { mosfet, type Parts } from "./mosfet.js";
import { isCharged } from "./mosfet-junction.js";
import { drainResistance, type MosfetValues, sourceResistance } from "./mosfet-parameters.js";

/** Every transistor with resistances or without, with charges or without. */
const kinds: readonly (readonly [parts: Parts, device: Device])[] = [false, true].flatMap((charged) =>
  [false, true].flatMap((rd) =>
    [false, true].map((rs) => {
      const parts = { rd, rs, charged };
      const type = `mos1${rd ? "_rd" : ""}${rs ? "_rs" : ""}${charged ? "_c" : ""}`;
      const with_ = [...(rd ? ["rd"] : []), ...(rs ? ["rs"] : []), ...(charged ? ["charges"] : [])];
      const title = `MOSFET of level 1${with_.length > 0 ? ` with ${with_.join(" and ")}` : ""}`;
      return [parts, mosfet(type, title, parts)] as const;
    }),
  ),
);

export const mosfets: readonly Device[] = kinds.map(([, it]) => it);

/** The transistor that looks at just those of the given values that are not zero. */
export function mosfetFor(values: MosfetValues): Device {
  const { cgso, cgdo, cgbo, tox } = values;
  const rd = drainResistance(values) > 0;
  const rs = sourceResistance(values) > 0;
  const charged = cgso + cgdo + cgbo + tox > 0 || isCharged(values, "drain") || isCharged(values, "source");
  const found = kinds.find(([parts]) => parts.rd === rd && parts.rs === rs && parts.charged === charged);
  return found![1];
}
