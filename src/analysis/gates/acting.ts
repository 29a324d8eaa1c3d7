import type { Coupling, Gate, QuantumBlock, StandardChannel } from "../../circuit/quantum/block.js";
import type { CircuitGate, CircuitGateName } from "../../result/quantum-circuit.js";
import type { Letters } from "./letters.js";
import type { Wires } from "./wires.js";

// How what acts at once is made of gates. The memristors' σx, σy, σz are the gates' X, −Y, −Z, for |e⟩ is |1⟩: of one y or
// z the sign turns, of two it stays.

/** A gate of the netlist is one of the circuit. */
export function gateOf({ type, systems, angle }: Gate, wires: Wires): CircuitGate {
  return {
    name: type === "cnot" ? "cx" : type,
    wires: systems.map((k) => wires.system[k]!),
    angles: angle === undefined ? undefined : [angle],
    symbol: angle === undefined ? "" : shownAngle(angle),
  };
}

const whole = (delta: number): boolean => Math.abs(delta - Math.PI) < 1e-15;

/** exp(−iδK) of a coupling by gates, but for a phase that none can see; `from`: in the frame that turns, from that time. */
export function couplingGates(
  { type, systems, strength, frame }: Coupling,
  block: QuantumBlock,
  wires: Wires,
  times: Float64Array,
  letters: Letters,
): readonly CircuitGate[] {
  if (strength.kind !== "delta") return [];
  const { delta } = strength;
  const on = systems.map((k) => wires.system[k]!);
  const by = (name: CircuitGateName, factor: number, sign = ""): CircuitGate => ({
    name,
    wires: on,
    angles: [factor * delta],
    symbol: letters.of("\\delta", [delta], { sign }),
  });
  const one = (name: CircuitGateName): CircuitGate => ({ name, wires: on, angles: undefined, symbol: "" });
  const gates = ((): readonly CircuitGate[] => {
    switch (type) {
      case "xx":
        return [by("rxx", 2, "2")];
      case "yy":
        return [by("ryy", 2, "2")];
      case "zz":
        return [by("rzz", 2, "2")];
      case "xy":
        return [by("rxx", 1), by("ryy", 1)];
      case "crx":
        return [by("crx", 1)];
      case "cry":
        return [by("cry", -1, "−")];
      case "crz":
        return [by("crz", -1, "−")];
      case "cz":
        return whole(delta) ? [one("cz")] : [by("cp", -1, "−")];
      case "cx":
        if (whole(delta)) return [one("cx")];
        return [by("crx", -1, "−"), { ...by("p", -0.5, "−½"), wires: [on[0]!] }];
      case "pswap":
        return [by("rxx", 1), by("ryy", 1), by("rzz", 1)];
      case "swap":
        return whole(delta) ? [one("swap")] : [by("rxx", -0.5, "−½"), by("ryy", -0.5, "−½"), by("rzz", -0.5, "−½")];
    }
  })();
  if (frame === "laboratory") return gates;
  // exp(−iH₀t)·A·exp(iH₀t): back by what the systems have turned, and forth again.
  const turned = (sign: 1 | -1): readonly CircuitGate[] =>
    systems.flatMap((k) => {
      const { omega } = block.systems[k]!;
      if (omega === 0) return [];
      const turns = Array.from(times.subarray(1), (t) => omega * t);
      const symbol = letters.of("\\phi", turns, { sign: sign < 0 ? "−" : "", meaning: "\\omega t" });
      return [{ name: "rz", wires: [wires.system[k]!], angles: turns.map((angle) => sign * angle), symbol } as const];
    });
  return [...turned(1), ...gates, ...turned(-1)];
}

/** A channel by gates on its qubit and an environment that is then forgotten. */
export function channelGates({ type, p }: StandardChannel, system: number, wires: Wires): readonly CircuitGate[] {
  const qubit = wires.system[system]!;
  const environment = wires.environment[system]!;
  const turned = (name: "ry" | "cry", probability: number): CircuitGate => {
    const angle = 2 * Math.asin(Math.sqrt(probability));
    const on = name === "ry" ? [environment] : [qubit, environment];
    return { name, wires: on, angles: [angle], symbol: shownAngle(angle) };
  };
  const back = (name: "cx" | "cy" | "cz"): CircuitGate => ({
    name,
    wires: [environment, qubit],
    angles: undefined,
    symbol: "",
  });
  const flip = (name: "cx" | "cy" | "cz", probability: number): readonly CircuitGate[] => [
    turned("ry", probability),
    back(name),
    forgotten(environment),
  ];
  switch (type) {
    case "damping":
      return [turned("cry", p), back("cx"), forgotten(environment)];
    case "dephasing":
      return [turned("cry", p), forgotten(environment)];
    case "bitflip":
      return flip("cx", p);
    case "phaseflip":
      return flip("cz", p);
    case "depolarizing": {
      // Three flips shrink each axis twice by 1 − 2r, which is to be 1 − p.
      const r = (1 - Math.sqrt(1 - p)) / 2;
      return (["cx", "cy", "cz"] as const).flatMap((name) => flip(name, r));
    }
  }
}

export const forgotten = (environment: number): CircuitGate => ({
  name: "reset",
  wires: [environment],
  angles: undefined,
  symbol: "",
});

/** An angle as people read it: `π/3`, `0.1234`. */
function shownAngle(angle: number): string {
  for (const parts of [1, 2, 3, 4, 6, 8]) {
    const times = (angle * parts) / Math.PI;
    const count = Math.round(times);
    if (count === 0 || Math.abs(times - count) > 1e-12 * Math.abs(times)) continue;
    const head = Math.abs(count) === 1 ? "" : String(Math.abs(count));
    return `${count < 0 ? "−" : ""}${head}\\pi${parts === 1 ? "" : `/${parts}`}`;
  }
  return String(Number(angle.toPrecision(3))).replace("-", "−");
}
