/** Boltzmann's constant, J/K, and the elementary charge, C (SI, 2019). */
const boltzmann = 1.380649e-23;
const charge = 1.602176634e-19;

/** Thermal noise of a conductance g at a temperature, A²/Hz: 4kT·g (H. Nyquist, Phys. Rev. 32, 110 (1928)). */
export const thermalNoise = (temp: number, g: number): number => 4 * boltzmann * temp * Math.max(0, g);

/** Shot noise of independent streams of charge that add up to a current without regard to sign, A²/Hz: 2q·i (W. Schottky, 1918). */
export const shotNoise = (i: number): number => 2 * charge * Math.max(0, i);
