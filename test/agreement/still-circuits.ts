/** What another simulator must agree on beside transients: sweeps, noise and harmonics. Decks that both read as they stand. */
export interface StillAgreement {
  readonly name: string;
  /** Everything but title and analysis. */
  readonly cards: string;
  /** The card of the analysis; of harmonics the transient. */
  readonly analysis: string;
  /** Columns that are compared, each with the peer's name of it. */
  readonly columns: readonly (readonly [ours: string, theirs: string])[];
  /** `.four`: of which signal, at which frequency; magnitudes of the harmonics are compared. */
  readonly four?: { readonly frequency: string; readonly signal: string };
  /** Largest allowed deviation over the largest value of the column. */
  readonly tolerance: number;
}

const nmos = ".model n nmos level=1 vto=0.7 kp=110u gamma=0.4 phi=0.65 lambda=0.04 rd=20 rs=30";
const pmos = ".model p pmos level=1 vto=-0.8 kp=50u gamma=0.57 phi=0.7 lambda=0.05";

export const stillAgreements: readonly StillAgreement[] = [
  {
    name: "output curves of both kinds of MOSFET, both ways round",
    cards: `${nmos}\n${pmos}\nVd d 0 1\nVg g 0 2\nVb b 0 -0.5\nM1 d g 0 b n w=10u l=1u\nVp dp 0 -2\nEg gp 0 g 0 -1\nVn np 0 3.5\nM2 dp gp d np p w=20u l=1u`,
    analysis: ".dc Vd -1 3 0.1 Vg 0.5 3 0.5",
    columns: [
      ["i(vd)", "i(vd)"],
      ["i(vp)", "i(vp)"],
    ],
    tolerance: 1e-6,
  },
  {
    name: "a warm inverter's transfer",
    cards: `${nmos}\n${pmos}\n.options temp=85\nVdd dd 0 3.3\nVin in 0 0\nM1 out in 0 0 n w=4u l=1u\nM2 out in dd dd p w=10u l=1u`,
    analysis: ".dc Vin 0 3.3 20m",
    columns: [
      ["v(out)", "v(out)"],
      ["i(vdd)", "i(vdd)"],
    ],
    tolerance: 1e-5,
  },
  {
    name: "noise of a biased diode behind a filter",
    cards:
      ".model dd d(is=1e-14 rs=10 cjo=2p)\nV1 in 0 dc 1 ac 1\nR1 in out 10k\nC1 out 0 1n\nR2 out 0 40k\nD1 out 0 dd",
    analysis: ".noise v(out) V1 dec 10 10 100Meg",
    columns: [
      ["onoise", "onoise_spectrum"],
      ["inoise", "inoise_spectrum"],
      ["onoise(r1)", "onoise_r1"],
      ["onoise(d1)", "onoise_d1"],
    ],
    tolerance: 1e-5,
  },
  {
    name: "noise of an amplifier of one MOSFET",
    cards: `.model n nmos level=1 vto=0.7 kp=110u rd=20 rs=30 cgso=0.2n cgdo=0.2n\nVdd dd 0 5\nV1 g 0 dc 1.2 ac 1\nRg g gg 1k\nM1 out gg 0 0 n w=50u l=1u\nRl dd out 2k\nCl out 0 10p`,
    analysis: ".noise v(out) V1 dec 5 1k 1G",
    columns: [
      ["onoise", "onoise_spectrum"],
      ["inoise", "inoise_spectrum"],
      ["onoise(m1)", "onoise_m1"],
      ["onoise(rg)", "onoise_rg"],
    ],
    tolerance: 1e-5,
  },
  {
    name: "harmonics of a clipped sine",
    cards: ".model dd d(is=1e-14)\nV1 in 0 sin(0 2 1k)\nR1 in out 1k\nD1 out 0 dd\nD2 0 x dd\nV2 out x 0.5",
    analysis: ".tran 1u 5m",
    columns: [],
    four: { frequency: "1k", signal: "v(out)" },
    // The peer takes 200 points of a period, and straight lines between its own.
    tolerance: 1e-4,
  },
];

/** The deck as our simulator gets it. */
export const ourStillDeck = ({ name, cards, analysis, columns, four }: StillAgreement): string => {
  const kind = /^\.(\w+)/.exec(analysis)![1]!;
  const asked = four
    ? `.four ${four.frequency} ${four.signal}`
    : `.print ${kind} ${columns.map(([ours]) => ours).join(" ")}`;
  return `${name}\n${cards}\n${analysis}\n${asked}\n.end\n`;
};

/** The deck as the peer gets it: what it prints holds a row of numbers for each point. */
export const peerStillDeck = ({ name, cards, analysis, columns, four }: StillAgreement): string => {
  const tight = ".options reltol=1e-7 abstol=1e-15 vntol=1e-9 numdgt=10";
  if (four) return `${name}\n${cards}\n${tight}\n${analysis} 0 0.2u\n.four ${four.frequency} ${four.signal}\n.end\n`;
  const noise = analysis.startsWith(".noise");
  const run = noise ? `${analysis.slice(1)} 1\nsetplot noise1` : analysis.slice(1);
  const print = `set numdgt=10\nset width=500\nset noaskquit\nwrdata out ${columns.map(([, theirs]) => theirs).join(" ")}`;
  return `${name}\n${cards}\n${tight}\n.control\n${run}\n${print}\nquit\n.endc\n.end\n`;
};
