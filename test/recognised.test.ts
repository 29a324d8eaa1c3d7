import { describe, expect, test } from "vitest";
import type { Circuit, TransientCard } from "../src/circuit/circuit.js";
import { elaborate } from "../src/circuit/elaborate.js";
import { recognise } from "../src/equations/recognised/recognise.js";
import { check, simulate } from "../src/index.js";
import { parseNetlist } from "../src/syntax/parse.js";
import { Complaints } from "../src/text/diagnostic.js";
import { Source } from "../src/text/source.js";

// Subcircuits that hold their state in a capacitor, in the ways in which they were published: solved as states of devices
// and as the nodes that they are, they must give the same waveforms.

interface Published {
  readonly name: string;
  readonly cards: string;
  readonly run: string;
  readonly shown: string;
  /** How many states are found. */
  readonly states: number;
  /** Nodes that need not be solved for then. */
  readonly gone: readonly string[];
}

/** Biolek, Biolek & Biolková, Radioengineering 18, 210 (2009), as it stands in the paper. */
const biolek = `.SUBCKT memristor Plus Minus PARAMS: Ron=1K Roff=100K Rinit=80K D=10N uv=10F p=1
Gx 0 x value={I(Emem)*uv*Ron/D^2*f(V(x),p)}
Cx x 0 1 IC={(Roff-Rinit)/(Roff-Ron)}
Raux x 0 1G
Emem plus aux value={-I(Emem)*V(x)*(Roff-Ron)}
Roff aux minus {Roff}
Eflux flux 0 value={SDT(V(plus,minus))}
Echarge charge 0 value={SDT(I(Emem))}
.func f(x,p)={1-(x-stp(-I(Emem)))^(2*p)}
.ENDS memristor`;

const threshold = `.func g(u) {u>0.3 ? 200*(u/0.3-1)**3 : (u<-0.5 ? -2000*(u/-0.5-1)**3 : 0)}
.func stop(x,g) {g>0 ? g*(1-exp(-50*(1-x))) : g*(1-exp(-50*x))}`;

/** The same with the window of Joglekar & Wolf, Eur. J. Phys. 30, 661 (2009), p = 1; `leak`: a resistor beside the capacitor. */
const joglekar = (leak: string) => `.SUBCKT memristor Plus Minus PARAMS: Ron=100 Roff=16K Rinit=11K D=10N uv=10F p=1
Gx 0 x value={I(Emem)*uv*Ron/D^2*f(V(x),p)}
Cx x 0 1 IC={(Roff-Rinit)/(Roff-Ron)}
${leak}
Emem plus aux value={-I(Emem)*V(x)*(Roff-Ron)}
Roff aux minus {Roff}
.func f(x,p)={1-(2*x-1)^(2*p)}
.ENDS memristor`;

const decks: readonly Published[] = [
  {
    name: "Biolek's, with flux and charge",
    cards: `${biolek}
V1 in 0 sin(0 1.2 1)
X1 in 0 memristor`,
    run: "2m 2 uic",
    shown: "i(V1) v(x1.x) v(x1.aux) i(x1.emem) i(x1.roff) i(x1.raux) i(x1.gx) v(x1.flux) v(x1.charge)",
    states: 1,
    gone: ["x1.x", "x1.aux"],
  },
  {
    name: "Joglekar's window, which closes at both walls",
    cards: `${joglekar("Raux x 0 1G")}
V1 in 0 sin(0 1.2 1)
X1 in 0 memristor`,
    run: "2m 2 uic",
    shown: "i(V1) v(x1.x) v(x1.aux) i(x1.emem) i(x1.gx) i(x1.raux)",
    states: 1,
    gone: ["x1.x", "x1.aux"],
  },
  {
    name: "a window x(1 − x) and a port that is one source, in a divider",
    cards: `.subckt mem p n params: x0=0.3
Gx x 0 value={-5*sinh(2*v(p,n))*v(x)*(1-v(x))}
Cx x 0 1
.ic v(x)={x0}
Gm p n value={v(p,n)*(10u+1m*v(x))}
.ends
V1 in 0 sin(0 1 1)
X1 in a mem
R1 a 0 100`,
    run: "2m 2",
    shown: "i(V1) v(a) v(x1.x) i(x1.gm) i(x1.gx)",
    states: 1,
    gone: ["x1.x"],
  },
  {
    name: "two of them against each other, with a resistor and an operating point",
    cards: `${biolek}
V1 in 0 sin(0 2 1)
R1 in a 1k
X1 a b memristor Rinit=40k
X2 0 b memristor
C1 b 0 1u`,
    run: "2m 2",
    shown: "v(a) v(b) v(x1.x) v(x2.x) {i(x1.emem)+i(x2.emem)}",
    states: 2,
    gone: ["x1.x", "x1.aux", "x2.x", "x2.aux"],
  },
  {
    name: "a current through a source of 0 V, the other way round",
    cards: `.subckt mem p n params: x0=0.3
Vm n s 0
Gm s p cur='v(s,p)/(100+15.9k*(1-v(x)))'
Bx x 0 i={1e4*i(Vm)*(1-(2*v(x)-1)**4)}
Cx 0 x 2 ic={-x0}
Rx x 0 1Meg
.ends
V1 in 0 sin(0 1.2 1)
X1 in 0 mem`,
    run: "2m 2 uic",
    shown: "i(V1) v(x1.x) v(x1.s) i(x1.vm) i(x1.gm)",
    states: 1,
    gone: ["x1.x", "x1.s"],
  },
  {
    name: "a law by the voltage, .ic inside, a third terminal for the state that is left open",
    cards: `.subckt mem p n xsv params: x0=0.5
${threshold}
Gx 0 xsv value={stop(V(xsv),g(v(p,n)))}
Cx xsv 0 {1}
.ic V(xsv)={x0}
Gmem p n value={v(p,n)/(50+950*V(xsv))}
.ends
V1 in 0 sin(0 1 1k)
X1 in 0 s mem`,
    run: "2u 3m",
    shown: "i(V1) v(s) i(x1.gmem)",
    states: 1,
    gone: ["s"],
  },
  {
    name: "a resistor by the state, and a state in nanometres as volts",
    cards: `.subckt mem p n
Gw 0 w cur='2n*v(p,n)*(1-pwr(2*v(w)/3n-1,4))'
Cw w 0 1 ic=1n
Rm p n r={1k+10k*v(w)/3n}
.ends
V1 in 0 sin(0 1 1)
X1 in a mem
R1 a 0 100`,
    run: "2m 2 uic",
    shown: "i(V1) v(x1.w) v(a)",
    states: 1,
    gone: ["x1.w"],
  },
  {
    name: "a device that reads its own current beside one that is no state: two sources charge it",
    cards: `${biolek}
V1 in 0 sin(0 1.2 1)
X1 in 0 memristor
G1 0 y value={i(V1)*1k}
G2 y 0 value={v(y)}
C1 y 0 0.1 ic=0`,
    run: "2m 2 uic",
    shown: "i(V1) v(y) v(x1.x)",
    states: 1,
    gone: ["x1.x", "x1.aux"],
  },
];

const deckOf = ({ cards, run, shown }: Published, recognise: string): string =>
  `A published form
${cards}
.options reltol=1e-5 recognise=${recognise}
.tran ${run}
.print tran ${shown}
.end`;

function circuitOf(deck: string): Circuit {
  const complaints = new Complaints();
  return elaborate(parseNetlist(new Source("deck", deck), { main: true }, complaints)).circuit;
}

/** The columns of a transient, by their names. */
async function columnsOf(deck: string): Promise<ReadonlyMap<string, Float64Array>> {
  const { results } = await simulate(deck);
  expect(results[0]!.ended).toBe("complete");
  return new Map(results[0]!.columns.map(({ name, values }) => [name, values]));
}

/** The greatest difference of two columns, as a part of the largest value. */
function apart(a: Float64Array, b: Float64Array): number {
  let [difference, largest] = [0, 0];
  for (const [k, value] of a.entries()) {
    difference = Math.max(difference, Math.abs(value - b[k]!));
    largest = Math.max(largest, Math.abs(value));
  }
  return difference / (largest || 1);
}

describe("states in capacitors, recognised or not, give the same", () => {
  for (const deck of decks) {
    test(deck.name, async () => {
      const on = await columnsOf(deckOf(deck, "yes"));
      const off = await columnsOf(deckOf(deck, "no"));
      expect([...on.keys()]).toEqual([...off.keys()]);
      for (const [name, values] of on) expect(apart(values, off.get(name)!), name).toBeLessThan(3e-5);
    });

    test(`${deck.name}: what is solved for`, () => {
      const circuit = circuitOf(deckOf(deck, "yes"));
      const found = recognise(circuit, circuit.analyses[0] as TransientCard, [])!.circuit;
      const types = found.instances.map(({ device }) => device.type);
      expect(types.filter((type) => type === "capacitor_state").length).toBe(deck.states);
      expect(found.nodes.filter((name) => deck.gone.includes(name))).toEqual([]);
      expect(circuit.nodes).toEqual(expect.arrayContaining([...deck.gone]));
      expect(recognise(circuitOf(deckOf(deck, "no")), circuit.analyses[0] as TransientCard, [])).toBeUndefined();
    });

    test(`${deck.name}: what is found is said`, () => {
      const said = (recognise: string) =>
        check(deckOf(deck, recognise)).filter(({ code }) => code === "state-in-capacitor");
      expect(said("no")).toEqual([]);
      const [first, ...more] = said("yes");
      expect(more).toEqual([]);
      expect(first!.message.includes("times")).toBe(deck.states > 1);
    });
  }
});

// With a window that closes, a state driven hard onto x = 1 comes within 1e-100 of it: what is left decides when it comes
// back, so that neither x nor any tolerance of x can tell it. The equations can: dy/dt = 4k·i for y = ln(x/(1 − x)).

const k = 1e-14 * (100 / 1e-16); // uv·Ron/D², 1/C
const y0 = Math.log(5000 / 10900); // of x(0) = (Roff − Rinit)/(Roff − Ron)

/** ln(1 + eʸ) */
const softplus = (y: number) => Math.max(y, 0) + Math.log1p(Math.exp(-Math.abs(y)));
/** The flux of the charge q: φ = ∫ (Roff − (Roff − Ron)·x) dq, Vs. */
const fluxOf = (q: number) => 16000 * q - (15900 / (4 * k)) * (softplus(y0 + 4 * k * q) - softplus(y0));

function chargeOf(flux: number): number {
  let [low, high] = [-1, 1];
  while (fluxOf(low) > flux) low *= 2;
  while (fluxOf(high) < flux) high *= 2;
  for (let halving = 0; halving < 100; halving++) {
    const middle = (low + high) / 2;
    if (fluxOf(middle) < flux) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const driven = (amplitude: number, frequency: number, leak: string, reltol: number) => `Driven onto the wall
${joglekar(leak)}
V1 in 0 sin(0 ${amplitude} ${frequency})
X1 in 0 memristor
.options reltol=${reltol}
.tran ${1e-2 / frequency} ${2 / frequency} uic
.print tran v(x1.x)
.end`;

describe("a window that closes, driven hard onto its wall", () => {
  test("is spoken of where it is solved as a voltage", () => {
    const codes = (cards: string) =>
      check(
        `Solved as voltages\n${cards}\n.options recognise=no\nV1 a 0 sin(0 1 1)\nX1 a 0 memristor\n.tran 1m 1 uic`,
      ).map(({ code }) => code);
    expect(codes(joglekar(""))).toContain("closed-window-as-voltage");
    expect(codes(joglekar("").replace("1-(2*x-1)^(2*p)", "1-((x-0.5)^2+0.75)^p"))).toContain(
      "closed-window-as-voltage",
    );
    expect(codes(biolek)).not.toContain("closed-window-as-voltage");
  });

  const drives = [2, 6, 50].flatMap((amplitude) => [0.1, 1].map((frequency) => [amplitude, frequency] as const));
  test.each(drives)("%d V at %d Hz gives the flux its charge", async (amplitude, frequency) => {
    const columns = await columnsOf(driven(amplitude, frequency, "", 1e-6));
    const turn = 2 * Math.PI * frequency;
    const exact = columns.get("time")!.map((t) => {
      const y = y0 + 4 * k * chargeOf((amplitude / turn) * (1 - Math.cos(turn * t)));
      return 1 / (1 + Math.exp(-y));
    });
    expect(apart(exact, columns.get("v(x1.x)")!)).toBeLessThan(1e-7);
  });

  test("a leak keeps it off the wall by what it takes", async () => {
    const columns = await columnsOf(driven(6, 1, "Raux x 0 1G", 1e-6));
    // dy/dt = 4k·i − (1 + eʸ)/RC, by the classical rule of Runge and Kutta in steps far shorter than any change.
    const rate = (t: number, y: number) => {
      const x = 1 / (1 + Math.exp(-y));
      return (4 * k * 6 * Math.sin(2 * Math.PI * t)) / (16000 - 15900 * x) - 1e-9 * (1 + Math.exp(y));
    };
    const [rows, within] = [200, 1000];
    const h = 2 / (rows * within);
    const exact = new Float64Array(rows + 1);
    let y = y0;
    for (let n = 0; n <= rows * within; n++) {
      if (n % within === 0) exact[n / within] = 1 / (1 + Math.exp(-y));
      const t = n * h;
      const a = rate(t, y);
      const b = rate(t + h / 2, y + (h / 2) * a);
      const c = rate(t + h / 2, y + (h / 2) * b);
      y += (h / 6) * (a + 2 * b + 2 * c + rate(t + h, y + h * c));
    }
    expect(apart(exact, columns.get("v(x1.x)")!)).toBeLessThan(1e-5);
  });
});
