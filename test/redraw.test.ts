import { describe, expect, test } from "vitest";
import { elaborate } from "../src/circuit/elaborate.js";
import { elaborateRuns } from "../src/circuit/elaborate-runs.js";
import { countOf, pointOf } from "../src/ensemble/plan.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints, NetlistError } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

// Of runs that differ in their draws alone only the cards that draws decide are read anew: each is what it is when its netlist
// is elaborated by itself, and where draws decide anything else it is read as a whole.

const runs = 8;

/** All that stands in a circuit, devices by their types and places by where they begin. */
const written = (it: object): string =>
  JSON.stringify(it, (name, value) =>
    name === "span" ? value?.start : name === "device" ? (value?.type ?? value) : value,
  );

/** Elaborates the runs of a deck one after the other; how many of them were read as a whole. */
function compared(deck: string, draws = `.mc ${runs} seed=5`): number {
  const source = new Source("deck", `title\n${deck}\n${draws}\n`);
  const complaints = new Complaints();
  const context = { source, found: complaints.all };
  const netlist = parseNetlist(source, { main: true }, complaints);
  const nominal = elaborate(netlist, context).circuit;
  const each = elaborateRuns(netlist, context);
  const told = (task: () => ReturnType<typeof elaborate>) => {
    try {
      const { circuit, diagnostics } = task();
      return { circuit, diagnostics };
    } catch (error) {
      if (!(error instanceof NetlistError)) throw error;
      return { diagnostics: error.diagnostics };
    }
  };
  const count = countOf(nominal);
  const outputs = new Set<unknown>();
  for (let number = 1; number <= count; number++) {
    const run = pointOf(nominal, number);
    const [one, alone] = [told(() => each(run)), told(() => elaborate(netlist, { ...context, run }))];
    expect(written(one)).toBe(written(alone));
    outputs.add(one.circuit?.outputs ?? {});
  }
  return outputs.size;
}

const memristor = "YMEMRISTOR m1 a 0 m x0=0.2\nV1 a 0 SIN(0 1 1)\n.tran 0.1 1\n.save i(m1)";

const redrawn: Readonly<Record<string, string>> = {
  "numbers of a model, for each device": `${memristor}\nYMEMRISTOR m2 a 0 m\n.model m memristor(kind=linear_drift ron={gauss(100,0.1,1)} x0={aunif(0.3,0.1)})`,
  "imperfections of a model, and of its devices, in percent and as numbers": `${memristor}\nYMEMRISTOR m2 a 0 m levels={8+round(unif(4,0.5))}\n.model m memristor(kind=linear_drift ron=100 stuck_on={aunif(0.1,0.05)} stuck_off=5%)`,
  "numbers of a model, one for all its devices": `${memristor}\nYMEMRISTOR m2 a 0 m\n.model m memristor(kind=linear_drift ron={lot gauss(100,0.1,1)} roff={unif(16k,0.1)})`,
  "one number of a model that all its devices share":
    "R1 a b batch\nR2 b 0 batch\n.model batch r(r={lot unif(1k,0.1)})\nV1 a 0 1\n.op\n.measure op i find i(v1)",
  "a number of a model that stands in a parameter": `${memristor}\nYMEMRISTOR m2 a 0 m\n.param r=unif(100,0.1)\n.model m memristor(kind=linear_drift ron={r})`,
  "a parameter that a model names": `${memristor}\n.param r=gauss(100,0.1,1) s={r*100}\n.model m memristor(kind=linear_drift ron={r} roff={s})`,
  "values of elements, by parameters, functions and themselves":
    ".param r=gauss(1k,0.1,1)\n.func twice(x) {2*x}\nR1 a b {twice(r)}\nR2 b 0 {r} tc1={unif(1m,0.1)}\nC1 b 0 {agauss(1u,0.1u,3)}\nL1 b 0 {mc(1m,0.1)}\nV1 a 0 {rand()}\nI1 0 b SIN(0 {r/1meg} 1k)\n.tran 1u 1m",
  "elements of subcircuits and of turns of a loop":
    ".subckt s p n r=1k\nR1 p n {r+unif(10,1)}\n.ends\nX1 a 0 s r=2k\nX2 a 0 s\n.for k = 1 to 3\nR{k} a 0 {k*limit(1k,10)}\n.endfor\nV1 a 0 1\n.op\n.measure op i find i(v1)",
};

const whole: Readonly<Record<string, string>> = {
  "a condition": ".param r=gauss(1k,0.1,1)\nV1 a 0 1\n.if {r>1k}\nR1 a 0 {r}\n.else\nR2 a 0 {r}\n.endif\n.op",
  "how often a loop turns": "V1 a 0 1\n.for k = 1 to {3+round(3*rand())}\nR{k} a 0 1k\n.endfor\n.op",
  "an analysis": ".param f=unif(1k,0.1)\nV1 a 0 SIN(0 1 {f})\nR1 a 0 1k\n.tran 1u {1/f}",
  "a measure": ".param r=unif(1k,0.1)\nV1 a 0 1\nR1 a 0 {r}\n.op\n.measure op p find {v(a)/r}",
  "a value that a signal reads": "V1 a 0 1\nR1 a 0 {unif(1k,0.1)}\n.op\n.measure op p find {v(a)/@r1[resistance]}",
  "an initial voltage": "V1 a 0 1\nR1 a b 1k\nC1 b 0 1u\n.ic v(b)={rand()}\n.tran 1u 1m",
  "the start of a capacitor": "V1 a 0 1\nR1 a b 1k\nC1 b 0 1u ic={rand()}\n.tran 1u 1m",
  "an option": ".options temp={unif(30,0.1)}\nV1 a 0 1\nR1 a 0 1k tc1=1m\n.op",
  "what a subcircuit is given": ".subckt s p n r=1k\nR1 p n {r}\n.ends\nX1 a 0 s r={unif(2k,0.1)}\nV1 a 0 1\n.op",
  "a law": "V1 a 0 1\nB1 a 0 I={unif(1,0.1)}*V(a)\n.op",
  "a coupling": "V1 s 0 SIN(0 1 1k)\nR2 s a 1\nL1 a 0 {unif(1m,0.1)}\nL2 b 0 1m\nR1 b 0 1k\nK1 L1 L2 0.9\n.tran 1u 1m",
  "what nothing uses": ".param r=unif(1k,0.1)\nV1 a 0 1\nR1 a 0 1k\n.op",
};

describe("runs whose draws decide no more than numbers of elements", () => {
  for (const [name, text] of Object.entries(redrawn))
    test(`are elaborated once: ${name}`, () => expect(compared(text)).toBe(1));

  test("are elaborated once for all values that are stepped", () => {
    const text = ".param r=1k\nV1 a 0 1\nR1 a b {r*unif(1,0.1)}\nR2 b 0 1k\n.op\n.step param r list 1k 2k";
    expect(compared(text)).toBe(1);
  });

  test("say all the same what is to be said of each, also of those that are faulty", () => {
    const text = `${memristor}\n.model m memristor(kind=linear_drift ron={agauss(60,40,1)} roff=80)`;
    expect(compared(text)).toBeGreaterThan(1);
  });
});

describe("runs whose draws decide more", () => {
  for (const [name, text] of Object.entries(whole))
    test(`are each read as a whole: ${name}`, () => expect(compared(text)).toBe(runs));
});

const divider = "V1 a 0 1\nR1 a b {r}\nR2 b 0 1k\n.op\n.measure op most max v(b)";
const drift = "YMEMRISTOR m1 a 0 m x0=0.2\nV1 a 0 SIN(0 1 1)\n.tran 0.1 1";

/** Decks with a `.step`, and how many of their runs are read as a whole. */
const stepped: Readonly<Record<string, readonly [number, string]>> = {
  "a parameter of the deck": [1, `.param r=1k\n${divider}\n.step param r 1k 3k 1k`],
  "a parameter that nothing else defines, by way of another": [
    1,
    "V1 a 0 1\nR1 a 0 {2*s}\n.param s={r+1}\n.op\n.step param r list 1 2 3",
  ],
  "two of them": [1, `.param r=1k v=1\n${divider}\nI1 0 b {v}\n.step param r 1k 3k 1k\n.step param v list 1 2`],
  "a number of a model": [
    1,
    `${drift}\n.model m memristor(kind=linear_drift ron=100)\n.step memristor m(ron) 100 300 100`,
  ],
  "a number that a model leaves to its kind": [
    1,
    `${drift}\n.model m memristor(kind=linear_drift)\n.step m:roff list 10k 20k`,
  ],
  "a resistance of a model": [1, "V1 a 0 1\nR1 a 0 batch\n.model batch r(r=1k)\n.op\n.step batch:r list 1k 2k"],
  "a number of a diode": [1, "V1 a 0 1\nR1 a b 1k\nD1 b 0 d\n.model d d(is=1f)\n.op\n.step d:is list 1f 2f 5f"],
  "a number of a transistor": [
    1,
    "V1 a 0 1\nM1 a a 0 0 n w={w} l=1u\n.model n nmos(vto=0.5)\n.op\n.step param w list 1u 2u",
  ],
  "sources and resistors": [1, "V1 a 0 1\nR1 a b 2k\nR2 b 0 1k\n.op\n.step v1 1 3 1\n.step r2 list 1k 2k"],
  "what one of the runs cannot have": [3, `.param r=1k\n${divider}\n.step param r list 1k 2k -1 3k 4k`],
  "the temperature, once for each": [2, `.param r=1k\n${divider}\n.step param r 1k 3k 1k\n.step temp list 27 50`],
  "a condition": [3, `.param r=1k\n${divider}\n.if {r>1.5k}\nR3 b 0 1k\n.endif\n.step param r 1k 3k 1k`],
  "an analysis": [2, ".param f=1k\nV1 a 0 SIN(0 1 {f})\nR1 a 0 1k\n.tran 1u {1/f}\n.step param f list 1k 2k"],
  "a measure": [2, `.param r=1k\n${divider}\n.measure op p find {v(b)/r}\n.step param r list 1k 2k`],
  "what a subcircuit is given": [
    2,
    ".param r=1k\n.subckt s p n q=1k\nR1 p n {q}\n.ends\nX1 a 0 s q={r}\nV1 a 0 1\n.op\n.step param r list 1k 2k",
  ],
  "levels that a note tells of": [
    2,
    `${drift}\n.model m memristor(kind=linear_drift ron=100)\n.step memristor m(levels) list 0 16`,
  ],
};

describe("runs of values that are stepped", () => {
  for (const [name, [whole, text]] of Object.entries(stepped))
    test(`are read as a whole only where they decide more than numbers of elements: ${name}`, () =>
      expect(compared(text, "")).toBe(whole));
});
