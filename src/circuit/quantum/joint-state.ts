import type { Item } from "../../syntax/ast.js";
import { readNumberTable } from "../tables.js";
import { nameOf } from "../words.js";
import type { JointState } from "./block.js";
import type { SystemMember } from "./block-names.js";
import { ketOf } from "./ket.js";
import type { Line } from "./line.js";

export const jointSettings = ["ket", "bell", "rho"] as const;

const half = Math.SQRT1_2;
/** Amplitudes of Bell states, in the order ee, eg, ge, gg. */
export const bells = {
  "phi+": [half, 0, 0, half],
  "phi-": [half, 0, 0, -half],
  "psi+": [0, half, half, 0],
  "psi-": [0, half, -half, 0],
} as const;

/** How far from Hermitian, from trace 1 and below 0 a density matrix of a file may be. */
const rounding = 1e-9;

/** `state (a,b) ket={…} | bell=phi+ | rho="f.csv"`. */
export function readJoint(line: Line): JointState | undefined {
  const item = line.next();
  const names = systemItems(item, line);
  line.end();
  const given = line.oneOf(["ket", "bell", "rho"], "the state");
  const members = names.flatMap((one) => {
    const found = line.systemOf(one);
    return found === undefined ? [] : [line.block.system(found.name)!];
  });
  const systems = members.map(({ index }) => index);
  const twin = systems.findIndex((system, k) => systems.indexOf(system) < k);
  if (twin >= 0) line.error("duplicate-name", "A system stands in a joint state once.", names[twin]!.span);
  if (given === undefined || members.length < names.length || members.length === 0 || twin >= 0) return undefined;
  const state = stateOf(given, members, line);
  return state && { systems, state, span: line.span };
}

/** The systems that a card names in parentheses, or one alone; empty after having complained. */
export function systemItems(item: Item | undefined, line: Line): readonly Item[] {
  if (item?.kind === "group" && item.items.length > 0) return item.items;
  if (item?.kind === "word" && line.block.system(nameOf(item, line.place)) !== undefined) return [item];
  const example = line.card === "state" ? "`state (a,b) bell=phi+`" : "`encode (a,b) angle=(0.3,0.7)`";
  const message = `\`${line.card}\` needs the systems whose state it is: ${example}.`;
  line.error("missing-name", message, item?.span ?? line.span);
  return [];
}

function stateOf(given: "ket" | "bell" | "rho", members: readonly SystemMember[], line: Line) {
  if (given === "rho") return fromFile(members, line);
  if (given === "ket") {
    const ket = ketOf(line.value("ket")!, members, line);
    return ket && ({ kind: "ket", ket } as const);
  }
  if (members.length !== 2 || members.some(({ kind }) => kind !== "qubit")) {
    line.error("unlike-systems", "A Bell state is one of two qubits.", line.at("bell"));
    return undefined;
  }
  const name = line.word("bell", Object.keys(bells) as (keyof typeof bells)[]);
  return name && ({ kind: "ket", ket: { re: bells[name], im: [0, 0, 0, 0] } } as const);
}

/** A row for each row of ρ: real and imaginary parts in turn. */
function fromFile(members: readonly SystemMember[], line: Line): JointState["state"] | undefined {
  const file = line.text("rho");
  const size = members.reduce((product, { levels }) => product * levels, 1);
  const table = file === undefined ? undefined : readNumberTable(file, line.at("rho"), line.place.elaboration);
  if (file === undefined || table === undefined) return undefined;
  const { rows } = table;
  if (rows.length !== size || rows.some((row) => row.length !== 2 * size)) {
    const message = `\`${file}\` must have ${size} rows of ${2 * size} numbers, real and imaginary parts in turn; it has ${rows.length} of ${rows[0]?.length ?? 0}.`;
    line.error("bad-table", message, line.at("rho"));
    return undefined;
  }
  const re = rows.flatMap((row) => row.filter((_, k) => k % 2 === 0));
  const im = rows.flatMap((row) => row.filter((_, k) => k % 2 === 1));
  checkDensity(file, size, re, im, line);
  return { kind: "rho", re, im };
}

function checkDensity(file: string, size: number, re: readonly number[], im: readonly number[], line: Line): void {
  const places = Array.from({ length: size }, (_, k) => k);
  const trace = places.reduce((sum, k) => sum + re[k * size + k]!, 0);
  const skew = places.some((r) =>
    places.some((c) => {
      const [here, there] = [r * size + c, c * size + r];
      return Math.abs(re[here]! - re[there]!) > rounding || Math.abs(im[here]! + im[there]!) > rounding;
    }),
  );
  const at = line.at("rho");
  if (Math.abs(trace - 1) > rounding) {
    const message = `The state in \`${file}\` has trace ${Number(trace.toPrecision(6))}, but a state has trace 1.`;
    line.error("not-normalised", message, at, "divide it by its trace.");
  }
  if (skew) line.error("not-hermitian", `The state in \`${file}\` is not equal to its adjoint.`, at);
}
