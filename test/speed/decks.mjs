// The netlists of the benchmarks, in the words that ngspice and pinched both read. All numbers are decided here, so
// that both simulate the same circuit.

const state = "Cx x 0 1 ic={x0}\nRx x 0 1e12"; // the state is the voltage of a 1 F capacitor

/** HP drift with Joglekar's window of exponent p: i = v/R(x), dx/dt = k i (1 − (2x − 1)^2p), k = 1e4 per coulomb. */
const memristor = (p) => `.subckt mem p n x0=0.1
${state}
Bm p n I = V(p,n)/(100*V(x)+16000*(1-V(x)))
Bx 0 x I = 1e4*V(p,n)/(100*V(x)+16000*(1-V(x)))*(1-pow(2*V(x)-1,${2 * p}))
.ends`;

/** The same law as it was published: Biolek, Biolek & Biolková, Radioengineering 18, 210 (2009), with Joglekar's window. */
const published = `.subckt mem plus minus params: x0=0.1 Ron=100 Roff=16K D=10N uv=10F
Gx 0 x value={I(Emem)*uv*Ron/D^2*(1-(2*V(x)-1)^2)}
Cx x 0 1 IC={x0}
Raux x 0 1G
Emem plus aux value={-I(Emem)*V(x)*(Roff-Ron)}
Roff aux minus {Roff}
.ends`;

/** The same law as our own device. */
const hp = ".model hp memristor(kind=linear_drift window=joglekar p=1 ron=100 roff=16k d=10n uv=10f)";

/** One device over many periods of a sine; its exact state is periodic. */
export const single = (periods, pointsAPeriod) => `* one memristor, ${periods} periods
${memristor(10)}
Vin in 0 SIN(0 1.2 1)
X1 in 0 mem
.save v(in) i(vin) v(x1.x)
.tran ${1 / pointsAPeriod} ${periods} uic
.end
`;

/** The same with our own device. */
export const singleDevice = (periods, pointsAPeriod) => `* one memristor, ${periods} periods
${hp.replace("p=1", "p=10")}
Vin in 0 SIN(0 1.2 1)
YMEMRISTOR m1 in 0 hp x0=0.1
.save v(in) i(m1) x(m1)
.tran ${1 / pointsAPeriod} ${periods}
.end
`;

/**
 * N × N cells between rows and columns with 2.5 Ω a segment; row r is driven through 50 Ω at its left end, column c is
 * read over 50 Ω at its lower end. Two periods of a sine, of a volt about, times `drive`; window exponent 1.
 *
 * @param most the longest step, s
 * @param form `subcircuit`: cells of two sources and a capacitor, which both simulators read; `published`: those of five
 *   elements, as they were published; `device`: our own memristor, the same law
 */
export function crossbar(n, { form = "subcircuit", periods = 2, points = 1000, drive = 1, most = "", more = "" } = {}) {
  const cells = { device: hp, subcircuit: memristor(1), published };
  const cards = [`* ${n} by ${n} crossbar`, cells[form]];
  let seed = 12345;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const at = (r) => (n > 1 ? (r - 1) / (n - 1) : 1);
  for (let r = 1; r <= n; r++) {
    const amplitude = (drive * (0.6 + 0.6 * at(r))).toPrecision(6);
    cards.push(`Vr${r} d${r} 0 SIN(0 ${amplitude} 1)`, `Rd${r} d${r} r${r}_1 50`);
    for (let c = 1; c < n; c++) cards.push(`Rr${r}_${c} r${r}_${c} r${r}_${c + 1} 2.5`);
  }
  for (let c = 1; c <= n; c++) {
    for (let r = 1; r < n; r++) cards.push(`Rc${r}_${c} c${r}_${c} c${r + 1}_${c} 2.5`);
    cards.push(`Rs${c} c${n}_${c} 0 50`);
  }
  for (let r = 1; r <= n; r++) {
    for (let c = 1; c <= n; c++) {
      const x0 = (0.1 + 0.3 * random()).toFixed(4);
      const between = `r${r}_${c} c${r}_${c}`;
      cards.push(
        form === "device" ? `YMEMRISTOR m${r}_${c} ${between} hp x0=${x0}` : `Xm${r}_${c} ${between} mem x0=${x0}`,
      );
    }
  }
  for (let c = 1; c <= n; c++) cards.push(`.save v(c${n}_${c})`);
  cards.push(
    `.tran ${periods / points} ${periods} ${most && `0 ${most}`} ${form === "device" ? "" : "uic"}`,
    ...(more ? [more] : []),
    ".end",
  );
  return `${cards.join("\n")}\n`;
}

/** N × N cells at rest, read with `vectors` rows of voltages out of a file beside the netlist. */
export const staticReads = (n, data) => `* ${n} by ${n} cells, read
${hp}
.for k = 1 to ${n}
Vr{k} r{k} 0 0
Rs{k} c{k} 0 50
.endfor
YCROSSBAR xb rows=r[1:${n}] cols=c[1:${n}] model=hp rline=2.5 x0=0.3
.save v(c*)
.dc data="${data}"
.end
`;

/** The table that `staticReads` reads. */
export function readVectors(n, vectors) {
  let seed = 1;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const row = (of) => Array.from({ length: n }, of).join(",");
  return `${[row((_, k) => `vr${k + 1}`), ...Array.from({ length: vectors }, () => row(() => (0.2 * random()).toFixed(4)))].join("\n")}\n`;
}

/** A period of one device whose resistances scatter by a tenth, so many times, and each run's largest current. */
export const monteCarlo = {
  ours: (runs) => `* ${runs} devices that scatter
.model m memristor(kind=linear_drift window=joglekar p=10 ron={gauss(100,0.1,1)} roff={gauss(16k,0.1,1)} d=10n uv=10f)
Vin in 0 SIN(0 1.2 1)
YMEMRISTOR m1 in 0 m x0=0.1
.save i(m1)
.tran 1m 1
.mc ${runs} seed=42
.measure tran imax max i(m1)
.end
`,
  peer: (runs) => `* ${runs} devices that scatter
.param ron=100 roff=16k x0=0.1
.subckt mem p n
${state}
Bm p n I = V(p,n)/({ron}*V(x)+{roff}*(1-V(x)))
Bx 0 x I = 1e4*V(p,n)/({ron}*V(x)+{roff}*(1-V(x)))*(1-pow(2*V(x)-1,20))
.ends
Vin in 0 SIN(0 1.2 1)
X1 in 0 mem
.save i(vin) v(x1.x)
.tran 1m 1 uic
.control
setseed 42
let k = 0
dowhile k < ${runs}
  let r1 = 100*(1+0.1*sgauss(0))
  let r2 = 16000*(1+0.1*sgauss(0))
  alterparam ron = $&r1
  alterparam roff = $&r2
  reset
  run
  let im = -i(vin)
  meas tran imx max im
  let const.last = imx
  destroy $curplot
  let k = k + 1
end
.endc
.end
`,
};

const cards = (count, of) => Array.from({ length: count }, (_, k) => of(k)).join("\n");

/** A line of so many RC sections, driven by a sine. */
export const rcLadder = (sections) => `* RC ladder
V1 n0 0 SIN(0 1 1k)
${cards(sections, (k) => `R${k} n${k} n${k + 1} 1\nC${k} n${k + 1} 0 1n`)}
.save v(n10) v(n100) v(n1000)
.tran 2u 2m
.end
`;

/** Diodes in series, a megohm to ground behind each, under half a kilovolt of sine. */
export const diodeChain = (diodes) => `* diode chain
V1 n0 0 SIN(0 ${diodes / 2} 1k)
.model d D(is=1e-14)
${cards(diodes, (k) => `D${k} n${k} n${k + 1} d\nR${k} n${k + 1} 0 1meg`)}
Rl n${diodes} 0 1k
.save v(n10) v(n${diodes})
.tran 2u 2m
.end
`;

/** A matched line of LC sections, and a pulse on it. */
export const lcLine = (sections) => `* LC line
V1 in 0 PULSE(0 1 0 1n 1n 20n 1)
Rs in n0 50
${cards(sections, (k) => `L${k} n${k} n${k + 1} 2.5n\nC${k} n${k + 1} 0 1p`)}
Rl n${sections} 0 50
.save v(n10) v(n${sections})
.tran 0.1n 100n
.end
`;

/** A resistor ladder of `cards` cards with a source at its end. */
export function ladder(cards) {
  const lines = ["* a long ladder", "V1 n0 0 1"];
  for (let k = 0; lines.length <= cards; k++) lines.push(`R${k} n${k} n${k + 1} 1`, `Rg${k} n${k + 1} 0 1k`);
  lines.push(".save v(n10)", ".op", ".end");
  return `${lines.join("\n")}\n`;
}

const perceptrons = {
  slp: () => `.model memory perceptron(activation=sigmoid ith=20 spacing=1 a=0.02)
YPERCEPTRON p (x1,x2) y memory`,
  mlp: () => `.model s synapse(ith=20 a=10 wmin=-4 wmax=4)
.model node neuron(activation=hp_differential w=4 bias=additive ith=20 a=10 wmin=-4 wmax=4)
.for j = 1 to 2
YSYNAPSE s{j}_1 x1 u{j} s
YSYNAPSE s{j}_2 x2 u{j} s
YNEURON  h{j} u{j} v{j} node
YSYNAPSE o{j} v{j} u3 s
.endfor
YNEURON y u3 y node`,
};

/** A perceptron of one memristor (slp) or a 2-2-1 network of differential HP nodes (mlp) that learns a gate. */
export const perceptron = (kind, gate, runs, epochs) => `* ${kind} learns ${gate}
V1 x1 0 0
V2 x2 0 0
${perceptrons[kind]()}
.dataset d gate=${gate}
.train t rule=${kind === "slp" ? "delta" : "backprop"} data=d inputs=(V1,V2) outputs=(y) rate=${kind === "mlp" && gate === "xor" ? 0.01 : 0.1} epochs=${epochs} runs=${runs}
.measure train last find t.error.mean at=${epochs}
.end
`;
