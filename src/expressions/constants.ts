/**
 * Constants that an expression may name, lower case. Physical ones in SI, exact since the SI of 2019 (BIPM, The
 * International System of Units, 9th edition, 2019).
 */
export const constants: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["e", Math.E],
  ["boltz", 1.380649e-23], // J/K
  ["echarge", 1.602176634e-19], // C
  ["q", 1.602176634e-19], // C
  ["kelvin", -273.15], // °C: absolute zero, as ngspice has it
  ["planck", 6.62607015e-34], // J·s
  ["hbar", 6.62607015e-34 / (2 * Math.PI)], // J·s
  ["true", 1],
  ["false", 0],
]);
