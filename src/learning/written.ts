import { movesPlainly, readsPlainly, restOf, switchesPlainly } from "./cells.js";
import { diverged, type Epoch, type EpochPlan, neuronsRead } from "./epoch.js";
import { ReadDisturb } from "./read-disturb.js";
import { walkedEpoch } from "./walked.js";
import { disturbCode, limitsCode, text, times } from "./written-disturb.js";

/** Networks whose code would have more parts than this are walked, those whose writes are verified, and those with lines. */
const mostParts = 2000;

/**
 * Networks of more parts than this are shown to one realisation at a time: a processor has no room for the weights of two
 * (measured: one neuron of three weights takes a quarter less, a 2-2-1 network twice the time).
 */
const mostPartsOfTwo = 40;

/**
 * `walkedEpoch` written out for one network: a loop over samples without branches on structure, with all weights in
 * locals. It does the same operations in the same order, and so gives the same bits. The text is made of the network's
 * shape and numbers, with names of our own; nothing of a netlist's text enters it.
 */
export function writtenEpoch(plan: EpochPlan): Epoch {
  if (partsOf(plan) > mostParts || plan.verify !== undefined || plan.network.grids !== undefined)
    return walkedEpoch(plan);
  const activations = [...new Set(plan.network.neurons.map(({ activation }) => activation))];
  try {
    const reading = new ReadDisturb(plan);
    const make = new Function("activations", "data", "reading", codeOf(plan, activations));
    return make(activations, plan.data.train, reading) as Epoch;
  } catch (error) {
    if (error instanceof EvalError) return walkedEpoch(plan);
    throw error;
  }
}

const partsOf = ({ network, chainOf }: EpochPlan): number =>
  4 * network.synapses.length + 8 * network.neurons.length + chainOf.reduce((sum, { length }) => sum + length, 0);

function codeOf(plan: EpochPlan, activations: readonly unknown[]): string {
  const parts = [askCode(plan, activations), learnCode(plan)];
  const count = plan.network.weights.length;
  return `"use strict";
const out = new Float64Array(3);
const all = {
  read: new Float64Array(${count}), weights: new Float64Array(${count}),
  values: new Float64Array(${plan.first + plan.network.neurons.length}),
};
${text(activations.map((_, k) => `const a${k} = activations[${k}];`))}
const one = ${epochCode(plan, ["A"], parts)};
${partsOf(plan) > mostPartsOfTwo ? "" : `one.two = ${epochCode(plan, ["A", "B"], parts)};`}
return one;`;
}

/**
 * An epoch: its loop, told where the thresholds of the realisations' devices lie. That is asked for outside the function
 * of the loop: a call in it that V8 knows nothing of yet, when it compiles the loop after a few epochs, costs it the
 * compiled code at the next epoch, and for good about every second time (measured: half the time of a whole training).
 */
const epochCode = (plan: EpochPlan, lanes: readonly string[], parts: readonly string[]): string => {
  const given = lanes.map((lane) => inLane("weights, rows, cells, tally", lane)).join(", ");
  const limits = lanes.map((lane) => inLane("limits", lane)).join(", ");
  const asked = lanes.map((lane) => inLane("reading.begin(cells)", lane)).join(", ");
  return `((loop) => (${given}) => loop(${given}, ${asked}))((${given}, ${limits}) => ${loopCode(plan, lanes, parts)})`;
};

/** The names in the code of a sample that stand for what belongs to one realisation. */
const ofLane =
  /(?<!\.)\b(?:[wtvrpqydegsl]\d+|weights|rows?|cells|limits|tally|error|right|(?:best|top)(?:Wanted|Given))\b/g;

/** The same code for one realisation of several: what belongs to it gets its letter. */
const inLane = (code: string, lane: string): string => code.replace(ofLane, `$&${lane}`);

/**
 * The loop over samples, for one realisation or for two side by side; `parts` is the code of a sample, of which each part
 * is done for all of them before the next.
 */
function loopCode(plan: EpochPlan, lanes: readonly string[], parts: readonly string[]): string {
  const indices = plan.network.weights.map((_, index) => index);
  const scattered = indices.filter((k) => !switchesPlainly(plan.network.weights[k]!));
  const sources = neuronsRead(plan);
  const forLanes = (code: string): string => text(lanes.map((lane) => inLane(code, lane)));
  return `{
  let pulses = tallyA.pulses, missed = tallyA.missed, largest = tallyA.largestPulse, crossTalk = tallyA.crossTalk;
  const values = tallyA.largestValue;
  ${text(sources.map((unit) => `let h${unit} = values[${unit}];`))}
  ${forLanes(`let error = 0, right = 0;
  ${text(indices.map((k) => `let w${k} = weights[${k}];`))}
  ${text(scattered.map((k) => `const t${k} = cells.ith[${k}];`))}
  ${limitsCode(plan)}`)}
  for (let n = 0; n < rowsA.length; n++) {
    ${text(parts.map(forLanes)).replaceAll("STOP", lanes.length === 1 ? "break" : "return false")}
  }
  ${forLanes(`tally.error = error; tally.right = right;
  ${text(indices.map((k) => `weights[${k}] = w${k};`))}`)}
  ${text(sources.map((unit) => `values[${unit}] = h${unit};`))}
  tallyA.pulses = pulses; tallyA.missed = missed; tallyA.largestPulse = largest; tallyA.crossTalk = crossTalk;
  return true;
}`;
}

/** Shows a sample and compares the answer. */
function askCode(plan: EpochPlan, activations: readonly unknown[]): string {
  const { network, data } = plan;
  return `const row = rows[n] * ${data.inputs.length + data.targets.length};
    ${text(data.inputs.map((_, k) => `const v${k} = data[row + ${k}];`))}
    ${text(network.constants.map(({ value }, k) => `const v${data.inputs.length + k} = ${value};`))}
    ${text(network.weights.map((weight, k) => `const r${k} = ${readsPlainly(weight) ? `w${k}` : `cells.read(${k}, w${k})`};`))}
    ${forward(plan, activations)}
    ${compare(plan)}
    if (!(error <= ${diverged})) STOP;`;
}

/** Writes the weights after a sample. */
function learnCode(plan: EpochPlan): string {
  const indices = plan.network.weights.map((_, index) => index);
  return `${text(neuronsRead(plan).map((unit) => `if (Math.abs(v${unit}) > h${unit}) h${unit} = Math.abs(v${unit});`))}
    ${backward(plan)}
    ${disturbCode(plan)}
    ${text(indices.map((index) => pulse(plan, index)))}
    ${text(indices.map((index) => forget(plan, index)))}`;
}

function forward({ network, first, synapsesTo }: EpochPlan, activations: readonly unknown[]): string {
  return text(
    network.neurons.map(({ activation, bias }, k) => {
      const terms = synapsesTo[k]!.map(({ from, weight, gain }) => `${times(gain, `r${weight}`)} * v${from}`);
      if (bias?.kind === "additive") terms.push(`r${bias.weight}`);
      const b = bias?.kind === "gain" ? `r${bias.weight}` : "0";
      const slopes = `p${k} = out[1]${bias?.kind === "gain" ? `, q${k} = out[2]` : ""}`;
      return `a${activations.indexOf(activation)}.load(${["0", ...terms].join(" + ")}, ${b}, out);
      const v${first + k} = out[0], ${slopes};`;
    }),
  );
}

function compare({ network, data, answers }: EpochPlan): string {
  const targets = data.targets.map((_, k) => k);
  const output = (k: number) => `v${network.outputs[k]}`;
  const differences = targets.map(
    (k) =>
      `const y${k} = data[row + ${data.inputs.length + k}], d${k} = y${k} - ${output(k)}; error += 0.5 * d${k} * d${k};`,
  );
  const sameSide = targets.map((k) => `(y${k} > ${answers.level}) === (${output(k)} > ${answers.level})`);
  const largest = (name: string, of: (k: number) => string) => `let best${name} = 0, top${name} = ${of(0)};
    ${text(targets.slice(1).map((k) => `if (${of(k)} > top${name}) { best${name} = ${k}; top${name} = ${of(k)}; }`))}`;
  const oneHot = () =>
    `${largest("Wanted", (k) => `y${k}`)}\n${largest("Given", output)}\nif (bestWanted === bestGiven) right++;`;
  const verdict = answers.kind === "levels" ? `if (${sameSide.join(" && ")}) right++;` : oneHot();
  return `${text(differences)}\n${verdict}`;
}

/** Writes the sums in the order in which `walkedEpoch` adds. */
function backward({ network, first, synapsesTo, rate }: EpochPlan): string {
  const errors = network.neurons.map((): string[] => ["0"]);
  const gradient = network.weights.map((): string[] => ["0"]);
  for (const [k, unit] of network.outputs.entries()) errors[unit - first]?.push(`d${k}`);
  const lines: string[] = [];
  for (let k = network.neurons.length - 1; k >= 0; k--) {
    const { bias } = network.neurons[k]!;
    lines.push(`const e${k} = ${errors[k]!.join(" + ")}, g${k} = e${k} * p${k};`);
    if (bias !== undefined) gradient[bias.weight]!.push(bias.kind === "additive" ? `g${k}` : `e${k} * q${k}`);
    for (const { from, weight, gain } of synapsesTo[k]!) {
      errors[from - first]?.push(`g${k} * (${times(gain, `r${weight}`)})`);
      gradient[weight]!.push(`g${k} * (${times(gain, `v${from}`)})`);
    }
  }
  const pulses = network.weights.map(({ trained }, k) =>
    trained ? `const s${k} = ${rate} * (${gradient[k]!.join(" + ")});` : "",
  );
  return text([...lines, ...pulses]);
}

/**
 * The pulse of a weight: one comparison where it is alone in its window, else all of its chain is asked. Which inputs are
 * 0 is what no processor can guess, so that there is no branch on s = 0 where it would change nothing.
 */
function pulse(plan: EpochPlan, index: number): string {
  const { network, chainOf } = plan;
  const device = network.weights[index]!;
  if (!device.trained) return "";
  const s = `s${index}`;
  const ask = text(chainOf[index]!.map((other) => answer(plan, index, other)));
  const alone = plan.rise === 0 && isAlone(plan, index) && switchesPlainly(device) && movesPlainly(device);
  const direct = () =>
    `if (m < ${device.law.a}) { ${move(plan, index, times(plan.reach[index]!, s))} } else { ${ask} }`;
  const edges = plan.rise > 0 ? `const f = ${plan.rise} / (m + ${device.law.ith});` : "";
  const inside = alone ? direct() : `if (m !== 0) { ${edges} ${ask} }`;
  return `{
      const m = Math.abs(${s});
      pulses += (m !== 0) | 0;
      if (m > largest) largest = m;
      ${inside}
    }`;
}

/** Whether pulses that do not miss their own window are in no other one of the chain. */
function isAlone({ network, chainOf }: EpochPlan, index: number): boolean {
  const { ith, a } = network.weights[index]!.law;
  return chainOf[index]!.every((other) => {
    if (other === index) return true;
    const { law } = network.weights[other]!;
    const shift = ith - law.ith; // as `walkedEpoch` takes it, in the same rounding
    return switchesPlainly(network.weights[other]!) && (shift >= law.a || a + shift <= 0);
  });
}

/** How a device of the chain answers to a pulse for `index` of excess m. */
function answer(plan: EpochPlan, index: number, other: number): string {
  const { law } = plan.network.weights[index]!;
  const device = plan.network.weights[other]!;
  const own = other === index;
  const shift = switchesPlainly(device) ? `${law.ith - device.law.ith}` : `(${law.ith} - t${other})`;
  const excess = own && switchesPlainly(device) ? "m" : `m + ${shift}`;
  const { a, rate } = device.law;
  const flat = times(plan.reach[other]!, "x");
  const edges = times(rate, "(f * (c * c))");
  const size = plan.rise > 0 ? `const c = Math.min(x, ${a}), y = (x < ${a} ? ${flat} : 0) + ${edges};` : "";
  const change = plan.rise > 0 ? "y" : flat;
  const after = size + move(plan, other, `(s${index} > 0 ? ${change} : -(${change}))`);
  const noted = own
    ? after
    : `const before = w${other}; ${after} crossTalk = Math.max(crossTalk, Math.abs(w${other} - before));`;
  const missed = own ? `if (!(x >= 0 && x < ${a})) missed++;` : "";
  const reached = plan.rise > 0 ? "x >= 0" : `x >= 0 && x < ${a}`;
  return `{ const x = ${excess}; ${missed} if (${reached}) { ${noted} } }`;
}

function move({ network }: EpochPlan, index: number, change: string): string {
  const device = network.weights[index]!;
  if (!movesPlainly(device)) return `w${index} = cells.moved(${index}, w${index}, ${change});`;
  const { min, max } = device.law;
  const above = min === -Infinity ? `w${index} + ${change}` : `Math.max(${min}, w${index} + ${change})`;
  return `w${index} = ${max === Infinity ? above : `Math.min(${max}, ${above})`};`;
}

function forget({ network, kept }: EpochPlan, index: number): string {
  if (kept[index] === 1) return "";
  const rest = restOf(network.weights[index]!);
  return `if (cells.stuck[${index}] === 0) w${index} = ${rest} + (w${index} - ${rest}) * ${kept[index]};`;
}
