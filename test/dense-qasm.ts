/**
 * A dense simulator of the OpenQASM 3 that is written here, made from the language's own definitions (U, controls, the
 * bodies of gates) and nothing of the program's: what a program does to a register in |0…0⟩.
 */
export class DenseRegister {
  readonly #places = new Map<string, number>();
  // As stdgates.inc writes it down.
  readonly #gates = new Map<string, Body>([
    ["swap", { angle: undefined, wires: ["a", "b"], statements: ["cx a, b", "cx b, a", "cx a, b"] }],
  ]);
  qubits = 0;
  /** ρ, size 2ⁿ × 2ⁿ, the first declared qubit slowest. */
  rho: Complex[][] = [[[1, 0]]];
  readonly measured: string[] = [];

  run(text: string): this {
    const [head, ...lines] = text
      .replaceAll(/\/\/.*$/gm, "")
      .trim()
      .split(";\n");
    if (head !== "OPENQASM 3.0") throw new Error(`not a program: ${head}`);
    const all = lines.join(";\n");
    const defined = all.replaceAll(/gate (\w+)(?:\((\w+)\))? ([\w, ]+) \{([^}]*)\}/g, (_, name, angle, wires, body) => {
      const statements: string[] = body.split(";").filter((it: string) => it.trim() !== "");
      this.#gates.set(name, { angle, wires: wires.split(", "), statements });
      return "";
    });
    for (const statement of defined.split(";")) this.#do(statement.trim());
    return this;
  }

  #do(statement: string): void {
    const declared = /^qubit\[(\d+)\] (\w+)$/.exec(statement);
    if (declared) for (let k = 0; k < Number(declared[1]); k++) this.#declare(`${declared[2]}[${k}]`);
    else if (statement.startsWith("reset ")) this.#reset(statement.slice(6));
    else if (/ = measure /.test(statement)) this.measured.push(statement.split(" = measure ")[1]!);
    else if (statement !== "" && !/^(include|bit)\b/.test(statement)) this.#gate(statement, new Map(), {});
  }

  #declare(name: string): void {
    this.#places.set(name, this.qubits++);
    const n = this.rho.length;
    this.rho = table(2 * n, (i, j) => (i % 2 || j % 2 ? [0, 0] : this.rho[i >> 1]![j >> 1]!));
  }

  #gate(statement: string, names: ReadonlyMap<string, string>, values: Readonly<Record<string, number>>): void {
    const [, modifiers, name, angle, wires] = /^((?:(?:neg)?ctrl @ )*)(\w+)(?:\(([^)]*)\))? (.*)$/.exec(
      statement.trim(),
    )!;
    const on = wires!.split(", ").map((it) => names.get(it) ?? it);
    const theta = angle === undefined ? 0 : numberOf(angle, values);
    const body = this.#gates.get(name!);
    if (body !== undefined) {
      const inner = new Map(body.wires.map((wire, k) => [wire, on[k]!]));
      for (const each of body.statements) this.#gate(each, inner, { [body.angle ?? ""]: theta });
      return;
    }
    const own = modifiers!.split(" @ ").filter(Boolean);
    const [controls, matrix] = standard(name!, theta);
    this.#act(matrix, [...own.map((it) => (it === "ctrl" ? 1 : 0)), ...Array<number>(controls).fill(1)], on);
  }

  /** ρ ← AρA†, A a 2 × 2 matrix on the last of some qubits while those before have the values `when`. */
  #act(u: Matrix, when: readonly number[], on: readonly string[]): void {
    const shifts = on.map((name) => this.qubits - 1 - this.#places.get(name)!);
    const target = shifts.at(-1)!;
    const n = this.rho.length;
    const entry = (i: number, j: number): Complex => {
      const active = when.every((value, k) => ((i >> shifts[k]!) & 1) === value);
      if (!active) return i === j ? [1, 0] : [0, 0];
      return (i ^ j) & ~(1 << target) ? [0, 0] : u[(i >> target) & 1]![(j >> target) & 1]!;
    };
    const A = table(n, entry);
    const left = product(A, this.rho);
    this.rho = product(
      left,
      table(n, (i, j) => [A[j]![i]![0], -A[j]![i]![1]]),
    );
  }

  #reset(name: string): void {
    const all = [...this.#places].filter(([place]) => place === name || place.startsWith(`${name}[`));
    if (all.length === 0) throw new Error(`no qubit ${name}`);
    for (const [, place] of all) {
      const bit = 1 << (this.qubits - 1 - place);
      const old = this.rho;
      this.rho = table(old.length, (i, j) => (i & bit || j & bit ? [0, 0] : sum(old[i]![j]!, old[i | bit]![j | bit]!)));
    }
  }

  /** ρ of some qubits, the first slowest. */
  reduced(names: readonly string[]): Complex[][] {
    const bits = names.map((name) => 1 << (this.qubits - 1 - this.#places.get(name)!));
    const kept = bits.reduce((all, bit) => all | bit, 0);
    const spread = (k: number): number =>
      bits.reduce((index, bit, place) => ((k >> (bits.length - 1 - place)) & 1 ? index | bit : index), 0);
    return table(2 ** bits.length, (i, j) => {
      let total: Complex = [0, 0];
      for (let rest = 0; rest < this.rho.length; rest++)
        if (!(rest & kept)) total = sum(total, this.rho[spread(i) | rest]![spread(j) | rest]!);
      return total;
    });
  }
}

type Complex = readonly [re: number, im: number];
type Matrix = readonly (readonly Complex[])[];

interface Body {
  readonly angle: string | undefined;
  readonly wires: readonly string[];
  readonly statements: readonly string[];
}

const sum = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
const times = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const table = (n: number, of: (i: number, j: number) => Complex): Complex[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => of(i, j)));

function product(a: Matrix, b: Matrix): Complex[][] {
  return a.map((row) =>
    b[0]!.map((_, j) => {
      let total: Complex = [0, 0];
      for (const [k, value] of row.entries())
        if (value[0] !== 0 || value[1] !== 0) total = sum(total, times(value, b[k]![j]!));
      return total;
    }),
  );
}

/** `-pi/2`, `0.3`, `t`. */
function numberOf(text: string, values: Readonly<Record<string, number>>): number {
  const [, sign, name, divisor] = /^(-?)([\w.+-]+?)(?:\/(\d+))?$/.exec(text)!;
  const value = name === "pi" ? Math.PI : (values[name!] ?? Number(name));
  return ((sign === "-" ? -1 : 1) * value) / Number(divisor ?? 1);
}

const at = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];

/** U(θ, φ, λ) of the language's specification, times a phase. */
function U(theta: number, phi: number, lambda: number, phase = 0): Matrix {
  const [c, s] = at(theta / 2);
  const by = (size: number, angle: number): Complex => times([size, 0], at(phase + angle));
  return [
    [by(c, 0), by(-s, lambda)],
    [by(s, phi), by(c, phi + lambda)],
  ];
}

/** Gates of stdgates.inc as controls and a matrix. */
function standard(name: string, angle: number): readonly [controls: number, matrix: Matrix] {
  const { PI } = Math;
  const single: Readonly<Record<string, Matrix>> = {
    x: U(PI, 0, PI),
    y: U(PI, PI / 2, PI / 2),
    z: U(0, 0, PI),
    h: U(PI / 2, 0, PI),
    s: U(0, 0, PI / 2),
    sdg: U(0, 0, -PI / 2),
    t: U(0, 0, PI / 4),
    tdg: U(0, 0, -PI / 4),
    p: U(0, 0, angle),
    rx: U(angle, -PI / 2, PI / 2),
    ry: U(angle, 0, 0),
    rz: U(0, 0, angle, -angle / 2),
  };
  const own = single[name];
  if (own !== undefined) return [0, own];
  const under = name.startsWith("c") ? single[name.slice(1)] : undefined;
  if (under === undefined) throw new Error(`stdgates.inc has no ${name} that is known here`);
  return [1, under];
}
