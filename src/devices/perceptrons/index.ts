import type { Device } from "../device.js";
import type { Law } from "../law.js";
import { hp, hpDifferential, linear, sigmoid, tanh } from "./activations.js";
import { hold } from "./hold.js";
import { integrator, integratorWithReset } from "./integrator.js";
import { learnSource } from "./learn-source.js";
import { makeNeuron } from "./neuron.js";
import { makePerceptron } from "./perceptron.js";
import { synapse, synapseWithPort, tunedSynapse, tunedSynapseWithPort } from "./synapse.js";
import { synapsePair } from "./synapse-pair.js";

/** A law that is always 0. */
const silence: Law = {
  inputs: 0,
  value: () => 0,
  load(_t, _u, out) {
    out[0] = 0;
  },
  smooth: true,
  guards: 0,
  guard: () => undefined,
  breakpoints: [],
};

/** The range and ratio of the films that stand in this list. */
const [range, ratio] = [4, 0.01];

/** The devices of perceptrons, with one of each kind of those that are made for a model. */
export const perceptronDevices: readonly Device[] = [
  synapse,
  synapseWithPort,
  tunedSynapse,
  tunedSynapseWithPort,
  synapsePair as Device,
  makeNeuron({ activation: sigmoid, bias: "additive", differential: false, port: true, reset: false }),
  makeNeuron({ activation: tanh, bias: "additive", differential: false, port: false, reset: false }),
  makeNeuron({ activation: linear, bias: "none", differential: false, port: false, reset: false }),
  makeNeuron({ activation: hp(range, ratio), bias: "gain", differential: false, port: true, reset: true }),
  makeNeuron({ activation: hpDifferential(range), bias: "additive", differential: false, port: false, reset: false }),
  makeNeuron({ activation: sigmoid, bias: "additive", differential: true, port: true, reset: false }),
  makeNeuron({ activation: hp(range, ratio), bias: "additive", differential: true, port: false, reset: false }),
  makePerceptron(2, sigmoid, true),
  makePerceptron(3, tanh, false),
  integrator as Device,
  integratorWithReset as Device,
  hold as Device,
  learnSource(silence),
];
