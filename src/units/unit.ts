/** The units a quantity can have; `"1"` is a pure number. What is measured along an axis may be per, or times, its unit. */
export type Unit = OfDevices | `${OfDevices}/${OfAxes}` | `(${Compound})/${OfAxes}` | `${OfDevices}·${OfAxes}`;

type OfAxes = "s" | "V" | "A" | "Ω";
type Compound = "1/s" | "1/V" | "m²/(V·s)";

type OfDevices =
  | "1"
  | "V"
  | "A"
  | "Ω"
  | "S"
  | "F"
  | "H"
  | "C"
  | "Wb"
  | "s"
  | "Hz"
  | "W"
  | "J"
  | "m"
  | "m²/(V·s)"
  | "Ω/(V·s)"
  | "K"
  | "°C"
  | "1/s"
  | "1/V"
  | "V·A"
  | "°"
  | "rad"
  | "dB";

/** Whether people put an SI prefix before a unit: not before one that starts with a number, a bracket or a degree. */
export const takesPrefix = (unit: Unit): boolean => !/^(1|K|°|rad|dB|\(|m²)/.test(unit);
