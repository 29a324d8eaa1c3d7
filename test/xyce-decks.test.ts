import { describe, expect, test } from "vitest";
import { Source, simulate } from "../src/index.js";
import { prnChunks } from "../src/views/prn.js";

// Memristors by Xyce's levels, beside subcircuits written from the papers that the levels implement; in one deck.

interface Level {
  readonly name: string;
  readonly model: string;
  readonly card?: string;
  /** The subcircuit `form p n x`: v(x) is what Xyce prints as the state. */
  readonly form: string;
  readonly drive: string;
  readonly run: string;
  /** dv/di of the subcircuit, where Xyce prints that as `:R`; else v/i. */
  readonly slope?: string;
}

const levels: readonly Level[] = [
  {
    name: "level 2 with Kvatinsky's window, lengths in nanometres",
    model: `level=2 ron=1000 roff=10000 koff=2u kon=-1u alphaoff=2 alphaon=1 ioff=0.0001 ion=-0.0001
+ wt=4 xscaling=1e9 xoff=3n xon=0.3n aoff=2.7n aon=0.6n wc=0.15n`,
    form: `.subckt form p n x params: s=1e9
.func g(i) {i>1e-4 ? 2u*s*(i/1e-4-1)**2 : (i<-1e-4 ? -1u*s*(i/-1e-4-1) : 0)}
Gx 0 x value={g(i(Gm))*exp(-exp(if(g(i(Gm))<0,0.6-v(x),v(x)-2.7)/0.15))}
Cx x 0 1 ic=0.3
Gm p n value={v(p,n)/(1k+9k*(v(x)-0.3)/2.7)}
.ends`,
    drive: "sin(0 1 50)",
    run: "100u 40m",
  },
  {
    name: "level 2 with an exponential resistance that its card asks for",
    model: `level=2 ron=1000 roff=10000 koff=2u kon=-1u alphaoff=2 alphaon=1 ioff=0.0001 ion=-0.0001
+ wt=4 aoff=2.7n aon=0.3n wc=0.15n`,
    card: "IVRELATION=1",
    form: `.subckt form p n x
.func g(i) {i>1e-4 ? 2*(i/1e-4-1)**2 : (i<-1e-4 ? -1*(i/-1e-4-1) : 0)}
Gx 0 w value={1e3*g(i(Gm))*exp(-exp(if(g(i(Gm))<0,0.3-v(w),v(w)-2.7)/0.15))}
Cx w 0 1 ic=0
Ex x 0 value={v(w)*1e-9}
Rx x 0 1
Gm p n value={v(p,n)/(1k*exp(ln(10)*v(w)/3))}
.ends`,
    drive: "sin(0 1 50)",
    run: "100u 40m",
  },
  {
    name: "level 3",
    model: "level=3 a1=0.2 a2=0.1 b=0.05 vp=0.16 vn=0.15 ap=4000 an=3000 xp=0.3 xn=0.5 alphap=1 alphan=5 xscaling=1",
    card: "XO=0.3",
    form: `.subckt form p n x
.func g(v) {v>0.16 ? 4k*(exp(v)-exp(0.16)) : (v<-0.15 ? -3k*(exp(-v)-exp(0.15)) : 0)}
.func f(x,v) {v>0 ? (x>=0.3 ? exp(-(x-0.3))*((0.3-x)/0.7+1) : 1) : (x<=0.5 ? exp(5*(x-0.5))*x/0.5 : 1)}
Gx 0 x value={g(v(p,n))*f(v(x),v(p,n))}
Cx x 0 1 ic=0.3
Gm p n value={if(v(p,n)<0,0.1,0.2)*v(x)*sinh(0.05*v(p,n))}
.ends`,
    drive: "sin(0 0.5 100)",
    run: "50u 20m",
    slope: "{1/(if(v(a)<0,0.1,0.2)*0.05*v(xs)*cosh(0.05*v(a)))}",
  },
  {
    name: "level 4 of Knowm's decks, Joglekar's window",
    model: "level=4 Ron=1000 Roff=16000 D=10n uv=10f p=2",
    card: "R_init=11k",
    form: `.subckt form p n x
Gx 0 x value={1e5*i(Gm)*(1-(2*v(x)-1)**4)}
Cx x 0 1 ic={5k/15k}
Gm p n value={v(p,n)/(1k*v(x)+16k*(1-v(x)))}
.ends`,
    drive: "sin(0 0.1 1)",
    run: "2m 2",
  },
  {
    name: "level 5",
    model: "level=5 Ron=500 Roff=1500 Von=0.27 Voff=0.2 TAU=0.0001 PHI=0.8 SFA=0.0008 SFB=4 SRA=0.0008 SRB=3",
    card: "Rinit=1k",
    form: `.subckt form p n x params: kt={boltz*300.15/echarge}
Gx 0 x value={((1-v(x))/(1+exp(-(v(p,n)-0.27)/kt)) - v(x)*(1-1/(1+exp(-(v(p,n)+0.2)/kt))))*1e4}
Cx x 0 1 ic=0.25
Gm p n value={0.8*v(p,n)*(v(x)/500+(1-v(x))/1500)+0.2*8e-4*(exp(4*v(p,n))-exp(-3*v(p,n)))}
.ends`,
    drive: "sin(0 0.5 100)",
    run: "50u 20m",
  },
];

/** The greatest difference of two columns where `counts`, as a part of the largest value. */
function apart(a: Float64Array, b: Float64Array, counts: (k: number) => boolean): number {
  let [difference, largest] = [0, 0];
  for (let k = 0; k < a.length; k++) {
    if (!counts(k)) continue;
    difference = Math.max(difference, Math.abs(a[k]! - b[k]!));
    largest = Math.max(largest, Math.abs(b[k]!));
  }
  return difference / largest;
}

describe("a level and the law that it stands for, in one deck", () => {
  test.each(levels.map((it) => [it.name, it] as const))(
    "%s",
    async (_, { model, card = "", form, drive, run, slope }) => {
      const { results, diagnostics } = await simulate(`side by side
.model m memristor ${model}
${form}
V1 a 0 ${drive}
YMEMRISTOR MR1 a 0 m ${card}
Vs s 0 ${drive}
X1 s 0 xs form
.options dialect=xyce
.tran ${run}
.print tran v(a) N(YMEMRISTOR!MR1_X) N(YMEMRISTOR!MR1:R) I(YMEMRISTOR!MR1) P(YMEMRISTOR!MR1) W(YMEMRISTOR!MR1) v(xs) i(Vs) ${slope ?? ""}
.end`);
      expect(diagnostics.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
      const [, v, x, r, i, p, w, state, back, rd] = results[0]!.columns.map(({ values }) => values);
      const all = () => true;
      expect(apart(x!, state!, all), "state").toBeLessThan(5e-4);
      expect(
        apart(
          i!,
          back!.map((current) => -current),
          all,
        ),
        "current",
      ).toBeLessThan(5e-4);
      const power = v!.map((voltage, k) => voltage * i![k]!);
      expect(apart(p!, power, all), "power").toBeLessThan(1e-12);
      expect(w).toEqual(p);
      const isDriven = (k: number) => Math.abs(v![k]!) > 1e-3;
      const resistance = rd ?? v!.map((voltage, k) => voltage / i![k]!);
      expect(apart(r!, resistance, isDriven), "resistance").toBeLessThan(5e-4);
    },
  );
});

test("level 4 with measured curves: at rest 1/:R is x·(i1/v1 + i2/v2 + g0)", async () => {
  const { results } = await simulate(
    `pem
.model m memristor level=4 i1=1u i2=2u v1=0.5 v2=0.8 g0=3u vp=0.3 vn=-0.3
V1 a 0 0
.subckt cell p n
YMEMRISTOR MR1 p n m XO=0.5
.ends
X1 a 0 cell
.op
.print op N(YMEMRISTOR!X1:MR1:R) N(YMEMRISTOR!X1:MR1_X) N(X1.MR1:rd)`,
    { read: () => new Source("points", "0,1\n1 0") },
  );
  const [r, x, rd] = results[0]!.columns.map(({ values }) => values[0]!);
  expect(1 / r! / (0.5 * (1e-6 / 0.5 + 2e-6 / 0.8 + 3e-6))).toBeCloseTo(1, 12);
  expect([x, rd]).toEqual([0.5, r]);
});

test("`format=std` writes columns that can be parted at blanks, with the last line that says the run went to its end", () => {
  const columns = [
    { name: "time", unit: "s", values: Float64Array.of(0, 1e-3) },
    { name: "v(a)", unit: "V", values: Float64Array.of(-0, -2.5e-120) },
    { name: "{v(a) * 2}", unit: "V", values: Float64Array.of(1 / 3, 4e8) },
  ] as const;
  const lines = [...prnChunks({ columns, ended: "complete" })].join("").split("\n");
  const words = lines.map((line) => line.trim().split(/\s+/));
  expect(words[0]).toEqual(["Index", "TIME", "V(A)", "{V(A)_*_2}"]);
  expect(words[1]!.map(Number)).toEqual([0, 0, 0, 0.333333333]);
  expect(words[2]!.map(Number)).toEqual([1, 1e-3, -2.5e-120, 4e8]);
  expect(words[1]![1]).toBe("0.00000000e+00");
  expect(lines.slice(3)).toEqual(["End of Xyce(TM) Simulation", ""]);
  expect([...prnChunks({ columns, ended: "failed" })].join("")).not.toContain("End of");
});
