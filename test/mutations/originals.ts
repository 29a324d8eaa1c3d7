import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { templates } from "../../src/cli/templates/index.js";
import { agreements, ourDeck } from "../agreement/circuits.js";

/** A netlist that works. */
export interface Original {
  /** Its mutants depend on it, and on nothing else that stands in the list. */
  readonly name: string;
  readonly text: string;
}

const folder = resolve(import.meta.dirname, "../../netlists");
const examples = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".cir"))
  .sort()
  .map((name): Original => ({ name, text: shortened(readFileSync(join(folder, name), "utf8")) }));

/**
 * The same with trainings of a few epochs, crossbars and nets of a few lines and quantum runs of a few steps: there are thousands
 * of mutants.
 */
function shortened(text: string): string {
  return text
    .replace(/epochs=\d+/g, "epochs=2")
    .replace(/runs=\d+/g, "runs=2")
    .replace(/nodes=\d+/, "nodes=4")
    .replace(/levels=\d\d/g, "levels=8")
    .replace(/\b([nm])=(16|64)\b/g, "$1=4")
    .replace(/\[1:(16|64)\]/g, "[1:4]")
    .replace(/^\.qtran.*/gm, (card) => card.replace(/\{\d+\*T\}/, "{2*T}").replace(/\{T\/\d+\}/, "{T/30}"));
}

const agreed = agreements.map((it): Original => ({ name: it.name, text: ourDeck(it) }));
const offered = templates.map(({ name, text }): Original => ({ name, text: shortened(text({ rows: 2, cols: 3 })) }));

/** The files that netlists of trainings read, by their names. */
export const dataFiles: ReadonlyMap<string, string> = new Map(
  ["iris.csv", "sine.csv"].map((name) => [name, readFileSync(join(folder, "perceptrons", name), "utf8")] as const),
);

/** Cards that the examples have none of. */
const rare = [
  `Sources of every shape
V1 a 0 dc 1 ac 1 90 pulse(0 5 1u 10n 10n 5u 12u 3)
V2 b 0 sin(0.5 1 10k 2u 1000 30)
V3 c 0 exp(0 1 1u 2u 6u 3u)
V4 d 0 pwl(0 0 1u 1 2u -1 5u 0) r=0 td=1u
V5 e 0 sffm(0 1 100k 2 10k)
I1 0 f am(1m 1 10k 100k 1u)
B1 f 0 i={1m*u(time-5u)}
R1 a g 1k tc1=1m tc2=1u
R2 b g 2k m=2
R3 c g 1k
R4 d g 1k
R5 e g 1k
R6 f 0 1k
C1 g 0 1n ic=0.1
.options temp=50 reltol=1e-5 maxsteps=100000
.ic v(g)=0.2
.nodeset v(f)=1
.op
.dc V1 0 1 0.25 V2 -1 1 1
.tran 0.1u 30u 5u 0.2u
.save v(*) i(V1) i(R1)
.print tran format=csv v(a,b) {v(g)**2} @r1[r]
.measure tran m1 avg v(g) from=1u to=20u
.measure tran m2 rms v(b)
.measure tran m3 pp i(V2)
.measure tran m4 trig v(a) val=2.5 rise=1 targ v(a) val=2.5 fall=last
.measure tran m5 find v(g) when v(a)=1 cross=2 td=1u
.measure tran m6 deriv v(g) at=10u
.measure tran m7 integ v(c)
.measure tran m8 param={m1/m2+sqrt(abs(m3))}
.measure dc m9 max v(g)
.assert {m2 > 0} "a sine has a value"
.plot tran v(a) v(b) y2=v(g) title="all of them" xlabel="t" ylabel="v"
.plot xy {v(a)} {v(g)} logx
.plot dc v(g)
.end
`,
  `Controlled sources
.param k=2 half={k/4} small='1e-3*k'
.func square(x) {x*x}
.func mix(x,y) = x > y ? square(x) : y
V1 in 0 sin(0 1 1k)
R1 in 0 1k
E1 e1 0 in 0 {k}
E2 e2 0 poly(2) in 0 e1 0 0.1 1 2 0.5
E3 e3 0 value={mix(v(in),half)*limit(v(e1),-1,1)}
E4 e4 0 table {v(in)} = (-1,-2) (0,0) (1,3)
G1 0 g1 in 0 1m
G2 0 g2 value={small*tanh(v(in))}
F1 0 f1 V1 2
H1 h1 0 V1 100
B1 b1 0 v={if(v(in)>0.5, pwr(v(in),1.5), min(v(in), exp(-v(e1)))) + atan2(v(e2),1)}
B2 0 b2 i={table(v(in), -1, -1m, 0, 0, 1, 2m) + 1u*ddt(v(in))}
B3 b3 0 v={idt(v(in)*1k) + floor(v(in)*3) % 2}
R2 e2 0 1k
R3 e3 e4 1k
R4 g1 0 1k
R5 g2 0 1k
R6 f1 0 1k
R7 h1 b1 1k
R8 b2 0 1k
R9 b3 0 r={1k*(1+0.1*v(in)**2)}
C9 b3 b2 q={1n*v(b3,b2)*(1+v(b3,b2)^2)}
L9 b1 h1 10m ic=0
.tran 20u 2m
.print tran v(e3) v(b1) i(R9) {ln(abs(v(e2))+1)} {v(b2,0)/(1+i(E1)^2)}
.measure tran top max v(e3) from=0.1m
.end
`,
  `Switches and diodes
V1 in 0 pulse(0 5 0 0 0 0.5m 1m)
V2 c 0 sin(0 2 700)
S1 in a c 0 sw1 on
S2 a b c 0 sw2 off
W1 b d V2 cw
R1 a 0 1k
R2 b 0 1k
R3 d 0 1k
R4 c 0 100
D1 b e dio 2
D2 0 e dio
C1 e 0 100n
R5 e 0 10k
.model sw1 sw(vt=0.5 vh=0.1 ron=1 roff=1e6)
.model sw2 vswitch(von=1 voff=0 ron=10 roff=1e5)
.model cw csw(it=1m ih=0.5m ron=1 roff=1e6)
.model dio d(is=1e-14 n=1.2 rs=1 cjo=2p vj=0.8 m=0.4 tt=1n bv=50 ibv=1u eg=1.1 xti=3)
.options method=ndf itl1=50 gmin=1e-12
.op
.dc V2 -2 2 0.5
.tran 10u 3m
.measure tran charge integ i(D1) from=1m
.measure tran when1 when v(e)=v(b) rise=1
.end
`,
  `Structure
.param n=3 r0={1k*n} on=1
.global vdd
.subckt cell in out params: r=1k c=1n
.param tau={r*c}
R1 in mid {r}
C1 mid out {c}
X1 mid out leaf g={1/r}
.subckt leaf p q g=1m
G1 p q p q {g}
.ends leaf
.ends
V1 vdd 0 1
.for i = 1 to n
X{i} n{i} n{i+1} cell r={r0*i}
.for j = 1 to 2 step 1
R{i}_{j} n{i} 0 {w(i,j)*1k}
.endfor
.endfor
.if {on > 1}
R9 n1 0 1k
.elseif {on == 1}
R9 vdd n1 2k
.else
R9 vdd n2 2k
.endif
R10 n4 0 1k
.data w
+ 1 2
+ 3 4
+ 5 6
.ic v(n2)=0.1
.op
.tran 1u 100u uic
.print tran v(n*) v(x1.mid) i(x2.r1)
.end
`,
  `Devices of one's own
.device osc p n  k=10 mu=1 th=0.5 x0=0.1
.state x = {x0} min=-3 max=3
.state y = 0
.eq ddt(x) = {k*y + th*v}
.eq ddt(y) = {k*(mu*(1-x**2)*y - x)}
.eq i = {1m*v*(1+0.1*x)}
.out speed={y*k}
.when {x > th}
.check {mu>0} "mu must be positive"
.enddevice
.model m1 memristor(kind=linear_drift window=biolek p=2 ron=100 roff=16k d=10n uv=10f)
.model m2 memristor(kind=linear_drift window=joglekar p=1 x0=0.3)
.model m3 memristor(kind=linear_drift window=prodromakis p=3 j=1.1 eta=-1)
V1 a 0 sin(0 1 1)
V2 u 0 sin(0 1 2)
Xo u 0 osc mu=0.5
Yosc o2 u 0 th=0.2
YMEMRISTOR a1 a b m1 x0=0.2
YMEMRISTOR a2 b 0 m2 rinit=8k
YMEMRISTOR a3 a 0 m3
R1 b 0 1k
.options method=auto reltol=1e-4
.tran 5m 2
.print tran x(a1) r(a2) p(a3) n(xo:x) n(xo:speed) {v(a1)/i(a1)}
.plot iv a1 periods=1..2 norm=max
.plot iv a3
.measure tran area loop_area a1
.measure tran shape formfactor a2 period=1
.measure tran pinched pinch a3
.end
`,
].map((text): Original => ({ name: text.slice(0, text.indexOf("\n")), text }));

/** Netlists that work, for mutation: what is shipped, what is compared with a peer, and what neither has. */
export const originals: readonly Original[] = [...examples, ...agreed, ...offered, ...rare];
