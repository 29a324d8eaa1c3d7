import type { Setting } from "../../syntax/ast.js";
import { Settings } from "../settings.js";
import { nameOf } from "../words.js";
import { readApply, readChannel, readCouple, readGate } from "./actions.js";
import type { BlockUnits, JointState, QuantumBlock, QuantumSystem } from "./block.js";
import type { BlockNames, SystemMember } from "./block-names.js";
import { reducedPlanck } from "./declare.js";
import { readAmplitudes, readAngles } from "./encode.js";
import { readInput, readMix, readUnitary } from "./inputs.js";
import { readJoint } from "./joint-state.js";
import { readHamiltonian, readJump, readMonitor, readPort } from "./laws.js";
import { readLc } from "./lc-circuit.js";
import { Line } from "./line.js";
import { type ReadMemristor, readMemristor } from "./memristors.js";
import { readNumber, settled } from "./numbers.js";
import { complainOfSharedModes, readPhotonic } from "./photonics.js";
import { statementSettings } from "./statement-settings.js";
import { isStatement } from "./statements.js";
import { readOscillator, readQubit, stateSettings } from "./systems.js";
import { readThermal } from "./thermal.js";

/** Reads all lines of a block whose names are declared; what is wrong is told, and left out. */
export function readBlock(block: BlockNames): QuantumBlock {
  const { definition } = block;
  const units = block.place.elaboration.draws.at(block.name, () => unitsOf(block));
  const lines = linesOf(block);
  const { draws } = block.place.elaboration;
  const drawn = <Made>(line: Line, read: (line: Line) => Made): Made =>
    draws.at(drawPlace(line, block), () => read(line));
  const of = <Made>(word: string, read: (line: Line) => Made | undefined): readonly Made[] =>
    lines.flatMap((line) => {
      const made = line.card === word ? drawn(line, read) : undefined;
      return made === undefined ? [] : [made]; // an operator is a list itself
    });
  const declared = lines.flatMap((line) => drawn(line, () => systemOf(line, block)) ?? []);
  const memristors = of("memristor", (line) => readMemristor(line, units, declared));
  const systems = withFrequencies(declared, memristors);
  const states = of("state", readJoint);
  const encoders = lines.filter((line) => line.card === "encode" && line.value("amplitude") !== undefined);
  const encoded = encoders.flatMap((line, k) => drawn(line, () => readAmplitudes(line, states.length + k)) ?? []);
  const joint = [...states, ...encoded.map(({ state }) => state)];
  const unitaries = of("unitary", (line) => readUnitary(line, systems));
  complainOfTwoStates(joint, lines, systems);
  const photonics = [...of("photonic", readPhotonic), ...of("ion", readPhotonic)];
  complainOfSharedModes(
    photonics,
    memristors.map(({ memristor }) => memristor),
    (message, { span }) => block.place.elaboration.complaints.error("shared-mode", message, span),
  );
  if (declared.length === 0 && !block.torn) complainOfEmpty(block, lines);
  const numbers = lines
    .filter(({ card }) => card === "weight" || card === "feature")
    .map((line) => drawn(line, readNumber));
  const hamiltonian = of("hamiltonian", (line) => readHamiltonian(line, systems));
  const operations = lines.flatMap((line) => drawn(line, operationOf) ?? []);
  const read: QuantumBlock = {
    name: block.name,
    units,
    systems,
    joint,
    thermal: draws.at(`${block.name}.thermal`, () =>
      readThermal(lines, { units, systems, joint, hamiltonian, operations }),
    ),
    memristors: memristors.map(({ memristor }) => memristor),
    photonics,
    circuits: of("lc", (line) => readLc(line, units)),
    hamiltonian,
    jumps: of("lindblad", readJump),
    operations,
    monitors: of("monitor", (line) => readMonitor(line, systems)),
    ports: of("port", (line) => readPort(line, systems)),
    numbers,
    laws: { hamiltonian, amplitudes: encoded.map((it) => it.encoded) },
    inputs: lines.flatMap((line) => {
      if (line.card === "input") return drawn(line, () => readInput(line, systems)) ?? [];
      return line.card === "mix" ? (drawn(line, () => readMix(line, unitaries)) ?? []) : [];
    }),
    outputs: [],
    isInCircuit: false,
    span: definition.span,
  };
  return settled(
    read,
    numbers.map(({ value }) => value),
  );
}

/** Lines whose first word is no name of their own: what they draw is told apart by the order of their kind. */
const nameless: readonly string[] = ["hamiltonian", "lindblad", "gate", "state", "encode", "apply"];

/** Where the numbers of a line are drawn: `q.u1`, `q.hamiltonian`. */
function drawPlace(line: Line, block: BlockNames): string {
  const item = line.peek();
  const isNamed = item?.kind === "word" && !nameless.includes(line.card);
  return `${block.name}.${isNamed ? nameOf(item, line.place) : line.card}`;
}

function linesOf(block: BlockNames): readonly Line[] {
  const { cards, places } = block.lines;
  return cards.flatMap((card, k) => {
    const place = places[k]!;
    const word = nameOf(card.name, place);
    return isStatement(word) ? [new Line(block, card, place, statementSettings[word])] : [];
  });
}

function systemOf(line: Line, block: BlockNames): QuantumSystem | undefined {
  const item = line.peek();
  if ((line.card !== "qubit" && line.card !== "oscillator") || item?.kind !== "word") return undefined;
  const member = block.system(nameOf(item, line.place)) as SystemMember | undefined;
  if (member?.kind !== line.card) return undefined;
  return line.card === "qubit" ? readQubit(line, member) : readOscillator(line, member);
}

function operationOf(line: Line) {
  if (line.card === "couple") return readCouple(line);
  if (line.card === "gate") return readGate(line);
  if (line.card === "encode" && line.value("amplitude") === undefined) return readAngles(line);
  if (line.card === "apply") return readApply(line);
  return line.card === "channel" ? readChannel(line) : undefined;
}

const positive = [Number.MIN_VALUE, Infinity] as const;

function unitsOf({ definition, place }: BlockNames): BlockUnits {
  const items: readonly Setting[] = definition.settings;
  const given = new Settings(".quantum", items, place, definition.span, ["units", "omega0", "vunit", "iunit"]);
  const system = given.word("units", ["natural", "si"]) ?? "natural";
  for (const name of ["omega0", "vunit", "iunit"])
    if (system === "si" && given.value(name) !== undefined)
      given.error(
        "no-effect",
        `\`${name}=\` says what a natural unit is; with \`units=si\` there is none.`,
        given.at(name),
      );
  return {
    system,
    hbar: system === "si" ? reducedPlanck : 1,
    omega0: given.number("omega0", undefined, positive),
    vunit: given.number("vunit", undefined, positive),
    iunit: given.number("iunit", undefined, positive),
  };
}

/** A memristor says the frequency and the mass of its system; who says both, says the same. */
function withFrequencies(systems: readonly QuantumSystem[], read: readonly ReadMemristor[]): readonly QuantumSystem[] {
  return systems.map((system, index) => {
    let { omega, mass } = system;
    for (const { memristor, omega: its, mass: own, line } of read) {
      if (memristor.system !== index) continue;
      if (omega !== 0 && omega !== its) complainOfTwo("omega", system.name, omega, its, line);
      if (own !== undefined && mass !== 1 && mass !== own) complainOfTwo("m", system.name, mass, own, line);
      omega = its;
      mass = own ?? mass;
    }
    return { ...system, omega, mass };
  });
}

function complainOfTwo(what: "omega" | "m", name: string, before: number, here: number, line: Line): void {
  if (Number.isNaN(before) || Number.isNaN(here)) return;
  const message = `\`${name}\` has \`${what}=${before}\` already, and \`${what}=${here}\` here: they are the same quantity.`;
  line.error("two-values", message, line.at(what));
}

/** A system of a joint state has no state of its own, and stands in one joint state only. */
function complainOfTwoStates(joint: readonly JointState[], lines: readonly Line[], systems: readonly QuantumSystem[]) {
  const own = lines.filter(({ card }) => card === "qubit" || card === "oscillator");
  for (const [index, { name }] of systems.entries()) {
    const [first, second] = joint.filter((it) => it.systems.includes(index));
    const line = own[index];
    const setting = stateSettings.find((it) => line?.value(it) !== undefined);
    const { complaints } = own[0]!.place.elaboration;
    const notes = first === undefined ? [] : [{ message: "the joint state", span: first.span }];
    if (second !== undefined)
      complaints.error("two-states", `\`${name}\` has a joint state already.`, second.span, { notes });
    if (first !== undefined && setting !== undefined)
      complaints.error(
        "two-states",
        `\`${name}\` has a joint state, and \`${setting}=\` beside it.`,
        line!.at(setting),
        {
          notes,
        },
      );
  }
}

function complainOfEmpty({ definition, name, place }: BlockNames, lines: readonly Line[]): void {
  const isOther = lines.some(({ card }) => card === "photonic" || card === "ion" || card === "lc");
  if (isOther) return; // these need no register
  const help = "declare one: `qubit a theta={pi/4}`.";
  const message = `The block \`${name}\` has no qubit and no oscillator.`;
  place.elaboration.complaints.error("empty-block", message, definition.name.span, { help });
}
