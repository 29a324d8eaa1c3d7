import { memristive } from "../memristive.js";
import { memristor } from "../memristor.js";
import { growthLessOne, growthSlope, logistic } from "./laws/exponentials.js";

/** Boltzmann's constant over the elementary charge, V/K (exact in the SI of 2019). */
const boltzmannByCharge = 1.380649e-23 / 1.602176634e-19;

/** Very many switches that go on and off at random, by their mean; beside them a Schottky contact. */
const law = memristor({
  type: "knowm",
  title: "Mean metastable switch (Knowm)",
  reference:
    "Nugent & Molter, PLoS ONE 9, e85175 (2014); Molter & Nugent, The generalized metastable switch memristor model, " +
    "15th International Workshop on Cellular Nanoscale Networks and their Applications (2016)",
  equations: [
    "i = phi·G·v + (1 - phi)·(sfa·e^(sfb·v) - sra·e^(-srb·v)),  G = x/ron + (1 - x)/roff",
    "dx/dt = ((1 - x)·on - x·off)/tau,  x in [0, 1]",
    "on = 1/(1 + e^(-(v - von)/VT)),  off = 1 - 1/(1 + e^(-(v + voff)/VT)),  VT = k·temp/q",
    "without a voltage it forgets, with the rate 2/(tau·(1 + e^(von/VT))) where von = voff",
    "eta = -1 turns the device round",
  ],
  parameters: {
    ron: { meaning: "resistance with all switches on", unit: "Ω", default: 100, range: [1e-6, 1e15] },
    roff: { meaning: "resistance with all switches off", unit: "Ω", default: 16e3, range: [1e-6, 1e15] },
    von: { meaning: "voltage at which half of the switches would be on", unit: "V", default: 1, range: [-80, 80] },
    voff: { meaning: "its counterpart below 0, a positive number", unit: "V", default: 1, range: [-80, 80] },
    tau: { meaning: "time constant", unit: "s", default: 10e-9, range: [1e-18, 1e18], aliases: ["tc"] },
    phi: { meaning: "the memristor's share of the current", unit: "1", default: 1, range: [0, 1] },
    sfa: { meaning: "amplitude of the contact's forward current", unit: "A", default: 0, range: [0, 1e9] },
    sfb: { meaning: "its exponent", unit: "1/V", default: 0, range: [0, 1e6] },
    sra: { meaning: "amplitude of the contact's reverse current", unit: "A", default: 0, range: [0, 1e9] },
    srb: { meaning: "its exponent", unit: "1/V", default: 0, range: [0, 1e6] },
    temp: { meaning: "temperature", unit: "K", default: 300.15, range: [1e-3, 1e5] },
    eta: { meaning: "polarity: 1 or -1", unit: "1", default: 1, range: [-1, 1] },
    x0: { meaning: "share of switches that are on at t = 0", unit: "1", default: 0, range: [0, 1], aliases: ["xo"] },
  },
  presets: [
    {
      name: "knowm_typical",
      reference: "the values of a typical deck of the metastable switch model, after Nugent & Molter (2014)",
      threshold: "0.27 V either way, smeared over kT/q = 26 mV",
      values: {
        ron: 500,
        roff: 1500,
        von: 0.27,
        voff: 0.27,
        tau: 1e-4,
        phi: 0.8,
        sfa: 8e-4,
        sfb: 4,
        sra: 8e-4,
        srb: 4,
        x0: 1,
      },
    },
    {
      name: "knowm_one_volt",
      reference: "round numbers made for lessons, of no device that was measured",
      threshold: "1 V either way, smeared over kT/q = 26 mV",
      values: { ron: 1e3, roff: 100e3, von: 1, voff: 1, tau: 1e-3 },
    },
  ],
  claims: { pinched: true, passive: true, clamped: true },
  // Its slopes are continuous, but its own time is often shorter than anything that drives it by many orders.
  smooth: () => false,
  real: {
    start: "x0",
    resistances: ["ron", "roff"],
    conductances: ["sfa", "sra"],
    thresholds: ["von", "voff"],
    ends: { on: 1, off: 0 },
  },
  stateAt: (r, { ron, roff }) => (1 / r - 1 / roff!) / (1 / ron! - 1 / roff!),
  remarks: ({ phi, sfa, sra }) =>
    phi! < 1 && sfa !== sra
      ? [
          {
            severity: "warning",
            code: "not-pinched",
            message: `carries ${((1 - phi!) * (sfa! - sra!)).toPrecision(3)} A without a voltage, for \`sfa\` is not \`sra\`: its loop is not pinched.`,
            help: "give both the same value.",
          },
        ]
      : [],
  initial: ({ x0 }) => x0,
  walls: () => [0, 1],

  evaluate(x, v, values, out) {
    const { ron, roff, phi, sfa, sfb, sra, srb, eta } = values;
    const u = eta * v;
    const inside = Math.min(1, Math.max(0, x));
    const g = inside / ron + (1 - inside) / roff;
    const contact = 1 - phi;
    out.i = phi * g * v + eta * contact * (sfa * growthLessOne(sfb * u) - sra * growthLessOne(-srb * u) + (sfa - sra));
    out.i_v = phi * g + contact * (sfa * sfb * growthSlope(sfb * u) + sra * srb * growthSlope(-srb * u));
    out.i_x = inside === x ? phi * v * (1 / ron - 1 / roff) : 0;

    const { von, voff, tau, temp } = values;
    const vt = boltzmannByCharge * temp;
    const on = logistic((u - von) / vt);
    const off = logistic(-(u + voff) / vt);
    out.rate = ((1 - x) * on - x * off) / tau;
    out.rate_x = -(on + off) / tau;
    out.rate_v = (eta * ((1 - x) * on * logistic((von - u) / vt) + x * off * logistic((u + voff) / vt))) / (tau * vt);
  },
});

/** `kind=knowm`. */
export const knowm = memristive(law);
