/**
 * Circuits that another simulator must agree on. Every deck is read as it stands by both; only the options of accuracy
 * are added for the peer, which is run far tighter than by default so that it can serve as a reference.
 */
export interface Agreement {
  readonly name: string;
  readonly kind: "linear" | "coupled" | "diode" | "switching" | "behavioural" | "memristive" | "transistors";
  /** Everything but title, `.tran`, `.options` and `.end`. */
  readonly cards: string;
  readonly step: number; // s, output grid
  readonly stop: number; // s
  /** The peer's largest step, s. */
  readonly peerStep: number;
  readonly uic: boolean;
  /** Columns that are compared. */
  readonly columns: readonly string[];
  /** Largest allowed deviation over the largest value of the column. */
  readonly tolerance: number;
}

const circuit = (
  kind: Agreement["kind"],
  name: string,
  cards: string,
  step: number,
  stop: number,
  columns: string,
  more: Partial<Agreement> = {},
): Agreement => ({
  name,
  kind,
  cards,
  step,
  stop,
  peerStep: step / 40,
  uic: false,
  columns: columns.split(" "),
  tolerance: 2e-5,
  ...more,
});

const stateOf = (rate: string, current: string) => `.subckt mem p n x0=0.1
Cx x 0 1 ic={x0}
Rx x 0 1e12
Bm p n I = ${current}
Bx 0 x I = ${rate}
.ends`;

const hp = "V(p,n)/(100*V(x)+16000*(1-V(x)))";

const transistors = `.model n nmos level=1 vto=0.7 kp=110u gamma=0.4 phi=0.65 lambda=0.04 cgso=0.2n cgdo=0.2n cgbo=0.3n cj=0.5m cjsw=0.3n pb=0.9 mjsw=0.33
.model p pmos level=1 vto=-0.8 kp=50u gamma=0.57 phi=0.7 lambda=0.05 cgso=0.2n cgdo=0.2n cgbo=0.3n cj=0.9m cjsw=0.4n pb=0.9 mjsw=0.33`;

export const agreements: readonly Agreement[] = [
  circuit(
    "linear",
    "RC charged by a pulse",
    `V1 in 0 pulse(0 1 10u 1u 1u 1m 2m)\nR1 in out 1k\nC1 out 0 0.2u`,
    10e-6,
    4e-3,
    "v(out) i(v1)",
  ),
  circuit("linear", "RL on a sine", `V1 in 0 sin(0 5 1k)\nR1 in out 10\nL1 out 0 2m`, 10e-6, 4e-3, "v(out) i(v1)"),
  circuit(
    "linear",
    "series RLC rings",
    `V1 in 0 pulse(0 1 10u 1u 1u 1 2)\nR1 in a 20\nL1 a out 1m\nC1 out 0 100n`,
    0.5e-6,
    400e-6,
    "v(out) i(v1)",
  ),
  circuit(
    "linear",
    "parallel RLC on a current pulse",
    `I1 0 out pulse(0 1m 5u 1u 1u 20u 400u)\nR1 out 0 2k\nL1 out 0 1m\nC1 out 0 10n`,
    0.5e-6,
    300e-6,
    "v(out)",
  ),
  circuit(
    "linear",
    "five-stage RC ladder",
    `V1 n0 0 sin(0 1 2k)\n${[1, 2, 3, 4, 5].map((k) => `R${k} n${k - 1} n${k} 1k\nC${k} n${k} 0 20n`).join("\n")}`,
    5e-6,
    2e-3,
    "v(n1) v(n5)",
  ),
  circuit(
    "linear",
    "Sallen-Key low-pass",
    `V1 in 0 exp(0 1 20u 30u 500u 100u)\nR1 in a 10k\nR2 a b 10k\nC1 a out 2n\nC2 b 0 1n\nE1 out 0 b 0 1`,
    2e-6,
    1e-3,
    "v(out) v(b)",
  ),
  circuit(
    "linear",
    "current-controlled sources",
    `V1 in 0 sffm(0 1 1k 3 200)\nVs in a 0\nR1 a 0 1k\nF1 0 f Vs 4\nRf f 0 500\nCf f 0 100n\nH1 h 0 Vs 2k\nRh h 0 1k\nG1 0 g in 0 2m\nRg g 0 1k\nCg g 0 50n`,
    10e-6,
    5e-3,
    "v(f) v(h) v(g)",
  ),
  circuit(
    "linear",
    "piecewise linear drive",
    `V1 in 0 pwl(0 0 1m 1 1.1m -1 3m -1 4m 2)\nR1 in out 1k\nC1 out 0 0.1u`,
    10e-6,
    5e-3,
    "v(out)",
  ),
  circuit(
    "coupled",
    "transformer",
    `V1 in 0 sin(0 1 1k)\nR1 in p 1\nL1 p 0 10m\nL2 s 0 40m\nK1 L1 L2 0.95\nR2 s 0 1k`,
    5e-6,
    3e-3,
    "v(p) v(s)",
  ),
  circuit(
    "coupled",
    "double-tuned circuit",
    `V1 in 0 sin(0 1 50k)\nR1 in a 10k\nC1 a 0 1n\nL1 a 0 10m\nL2 b 0 10m\nK1 L1 L2 0.1\nC2 b 0 1n\nR2 b 0 50k`,
    0.2e-6,
    200e-6,
    "v(a) v(b)",
  ),
  circuit(
    "diode",
    "half-wave rectifier",
    `.model d1 D(is=1e-14 rs=1 n=1.1)\nV1 in 0 sin(0 5 50)\nD1 in out d1\nC1 out 0 10u\nR1 out 0 10k`,
    50e-6,
    60e-3,
    "v(out)",
  ),
  circuit(
    "diode",
    "clipper with junction capacitance",
    `.model d1 D(is=1e-14 cjo=100p vj=0.8 m=0.4 tt=5n)\nV1 in 0 sin(0 3 200k)\nR1 in out 1k\nD1 out 0 d1\nD2 0 out d1`,
    20e-9,
    15e-6,
    "v(out)",
  ),
  circuit(
    "diode",
    "Zener regulator",
    `.model dz D(is=1e-14 bv=5.1 ibv=1m rs=2)\nV1 in 0 sin(9 3 100)\nR1 in out 220\nD1 0 out dz\nRL out 0 2k`,
    50e-6,
    20e-3,
    "v(out) i(v1)",
  ),
  circuit(
    "switching",
    "chopper with a filter",
    `.model sw1 SW(vt=0.5 vh=0 ron=1 roff=1meg)\nVc c 0 pulse(0 1 0 1u 1u 48u 100u)\nV1 in 0 10\nS1 in a c 0 sw1\nRd a 0 1k\nR1 a out 100\nC1 out 0 1u`,
    1e-6,
    1e-3,
    "v(out)",
    { peerStep: 20e-9 },
  ),
  circuit(
    "switching",
    "relaxation oscillator",
    `.model s1 SW(vt=2.5 vh=1 ron=2k roff=1e9)\nV1 v 0 5\nR1 v c 10k\nC1 c 0 100n ic=0\nS1 c 0 c 0 s1`,
    10e-6,
    6e-3,
    "v(c)",
    // The peer turns at ends of steps, a little late each time.
    { uic: true, peerStep: 10e-9, tolerance: 1e-4 },
  ),
  circuit(
    "switching",
    "switch with hysteresis behind a filter",
    `.model s1 SW(vt=0.2 vh=0.5 ron=10 roff=100k)\nVc c 0 sin(0 1 1k)\nRc c cc 1k\nCc cc 0 20n\nV1 in 0 10\nS1 in a cc 0 s1\nRa a 0 1k\nR2 a o 1k\nC2 o 0 100n`,
    5e-6,
    4e-3,
    "v(o) v(a)",
    { peerStep: 5e-9, tolerance: 5e-5 },
  ),
  circuit(
    "switching",
    "pulse-width modulation",
    `V1 tri 0 pulse(-1 1 0 24.9u 24.9u 0.1u 50u)\nV2 ref 0 sin(0 0.8 500)\nB1 sw 0 V=v(ref)>v(tri) ? 12 : -12\nR1 sw o 0.1\nL1 o a 1m\nC1 a 0 4.7u\nRL a 0 10`,
    2e-6,
    3e-3,
    "v(a) v(sw)",
    { peerStep: 2e-9, tolerance: 5e-5 },
  ),
  circuit(
    "switching",
    "Schmitt trigger",
    `V1 in 0 sin(0 2 1k 0 0 -90)\nRi in p 10k\nRf p o 40k\nBo o1 0 V=5*tanh(200*v(p))\nRo o1 o 100\nCo o 0 1n`,
    2e-6,
    3e-3,
    "v(o) v(p)",
    { peerStep: 10e-9 },
  ),
  circuit(
    "behavioural",
    "product of two sines",
    `V1 a 0 sin(0 1 1k)\nV2 b 0 sin(0 1 10k)\nB1 m 0 V=V(a)*V(b)\nR1 m out 1k\nC1 out 0 10n`,
    2e-6,
    2e-3,
    "v(m) v(out)",
  ),
  circuit(
    "behavioural",
    "van der Pol oscillator",
    `C1 x 0 1 ic=1\nBx 0 x I = V(y)\nC2 y 0 1 ic=0\nBy 0 y I = 2*(1-V(x)*V(x))*V(y)-V(x)\nRx x 0 1e12\nRy y 0 1e12`,
    0.02,
    20,
    "v(x) v(y)",
    { uic: true, tolerance: 5e-5, peerStep: 1e-3 },
  ),
  circuit(
    "behavioural",
    "saturating amplifier",
    `V1 in 0 am(1 0 300 5k 0)\nVi s 0 sin(0 1 1k)\nB1 out 0 V=2*tanh(3*V(s))+0.1*exp(-V(s)*V(s))\nR1 out f 1k\nC1 f 0 20n`,
    5e-6,
    3e-3,
    "v(out) v(f)",
  ),
  circuit(
    "memristive",
    "HP device, Joglekar's window",
    `${stateOf(`1e4*${hp}*(1-pow(2*V(x)-1,20))`, hp)}\nV1 in 0 sin(0 1.2 1)\nX1 in 0 mem`,
    3e-3,
    3,
    "i(v1) v(x1.x)",
    { uic: true },
  ),
  circuit(
    "memristive",
    "HP device, Biolek's window",
    `${stateOf(`1e4*${hp}*(1-pow(V(x)-u(-V(p,n)),4))`, hp)}\nV1 in 0 sin(0 1.2 1)\nX1 in 0 mem`,
    3e-3,
    3,
    "i(v1) v(x1.x)",
    { uic: true },
  ),
  circuit(
    "memristive",
    "two thresholds",
    `${stateOf("V(p,n)>0.3 ? 200*pow(V(p,n)/0.3-1,3)*(1-exp(-50*(1-V(x)))) : (V(p,n)<-0.5 ? -2000*pow(V(p,n)/-0.5-1,3)*(1-exp(-50*V(x))) : 0)", "V(p,n)/(50+950*V(x))")}\nV1 in 0 sin(0 1 1k)\nX1 in 0 mem x0=0.5`,
    3e-6,
    3e-3,
    "i(v1) v(x1.x)",
    { uic: true },
  ),
  circuit(
    "memristive",
    "sinh conduction",
    `${stateOf("( V(p,n)>=0 ? (V(x)>=0.3 ? exp(-(V(x)-0.3))*((0.3-V(x))/0.7+1) : 1) : (V(x)<=0.5 ? exp(5*(V(x)-0.5))*(V(x)/0.5) : 1) ) * ( V(p,n)<=0.16 ? (V(p,n)>=-0.15 ? 0 : -4000*(exp(-V(p,n))-exp(0.15))) : 4000*(exp(V(p,n))-exp(0.16)) )", "0.17*V(x)*sinh(0.05*V(p,n))")}\nV1 in 0 sin(0 0.5 100)\nX1 in 0 mem x0=0.11`,
    20e-6,
    20e-3,
    "i(v1) v(x1.x)",
    { uic: true },
  ),
  circuit(
    "memristive",
    "memristor with a capacitor",
    `${stateOf(`1e4*${hp}*(1-pow(2*V(x)-1,4))`, hp)}\nV1 in 0 sin(0 1.5 2)\nR1 in a 2k\nX1 a 0 mem x0=0.3\nC1 a 0 5u`,
    1e-3,
    1,
    "v(a) v(x1.x)",
    { uic: true },
  ),
  circuit(
    "transistors",
    "CMOS inverter",
    `${transistors}\nVdd vdd 0 3.3\nVin in 0 pulse(0 3.3 0.2n 0.1n 0.1n 2n 4n)\nMN out in 0 0 n w=2u l=0.5u ad=2p as=2p pd=4u ps=4u\nMP out in vdd vdd p w=5u l=0.5u ad=5p as=5p pd=7u ps=7u\nCL out 0 0.02p`,
    20e-12,
    8e-9,
    "v(out) i(vdd)",
    { tolerance: 1e-4, peerStep: 0.1e-12 },
  ),
  circuit(
    "transistors",
    "ring of three inverters",
    `${transistors}\n.subckt inv in out vdd\nMN out in 0 0 n w=2u l=0.5u ad=2p as=2p\nMP out in vdd vdd p w=5u l=0.5u ad=5p as=5p\nCL out 0 0.01p\n.ends\nVdd vdd 0 3.3\nX1 a b vdd inv\nX2 b c vdd inv\nX3 c a vdd inv\n.ic v(a)=0 v(b)=3.3 v(c)=0`,
    5e-12,
    1e-9,
    "v(a) v(b)",
    { uic: true, tolerance: 1e-4, peerStep: 0.1e-12 },
  ),
  circuit(
    "transistors",
    "pass transistor with body effect and resistances",
    `.model n nmos level=1 vto=0.6 kp=110u gamma=0.5 phi=0.65 lambda=0.02 rd=200 rs=300 cgso=0.3n cgdo=0.3n cbd=5f cbs=5f\nVg g 0 3\nVb b 0 -0.5\nVin in 0 sin(1 1.5 20meg)\nM1 in g out b n w=10u l=1u\nC1 out 0 1pF\nR1 out 0 20k`,
    1e-9,
    200e-9,
    "v(out) i(vin)",
    { tolerance: 1e-4 },
  ),
];

/** The deck as our simulator gets it: default accuracy. */
export const ourDeck = (it: Agreement): string =>
  `${it.name}\n${it.cards}\n.tran ${it.step} ${it.stop}${it.uic ? " uic" : ""}\n.end\n`;

/** The deck as the peer gets it. */
export const peerDeck = (it: Agreement): string =>
  `${it.name}\n${it.cards}\n.options reltol=1e-6 abstol=1e-14 vntol=1e-9\n.save ${it.columns.join(" ")}\n.tran ${it.step} ${it.stop} 0 ${it.peerStep}${it.uic ? " uic" : ""}\n.end\n`;
