// The netlists of the benchmarks, in the words that ngspice and pinched both read. All numbers are decided here, so
// that both simulate the same circuit.

const state = "Cx x 0 1 ic={x0}\nRx x 0 1e12"; // the state is the voltage of a 1 F capacitor

/** HP drift with Joglekar's window of exponent p: i = v/R(x), dx/dt = k i (1 − (2x − 1)^2p), k = 1e4 per coulomb. */
const memristor = (p) => `.subckt mem p n x0=0.1
${state}
Bm p n I = V(p,n)/(100*V(x)+16000*(1-V(x)))
Bx 0 x I = 1e4*V(p,n)/(100*V(x)+16000*(1-V(x)))*(1-pow(2*V(x)-1,${2 * p}))
.ends`;

/** One device over many periods of a sine; its exact state is periodic. */
export const single = (periods, pointsAPeriod) => `* one memristor, ${periods} periods
${memristor(10)}
Vin in 0 SIN(0 1.2 1)
X1 in 0 mem
.save v(in) i(vin) v(x1.x)
.tran ${1 / pointsAPeriod} ${periods} uic
.end
`;

/**
 * N × N cells between rows and columns with 2.5 Ω a segment; row r is driven through 50 Ω at its left end, column c is
 * read over 50 Ω at its lower end.
 */
export function crossbar(n, { periods = 1, points = 1000, p = 1, options = "" } = {}) {
  const cards = [`* ${n} by ${n} crossbar`, memristor(p)];
  let seed = 12345;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const at = (r) => (n > 1 ? (r - 1) / (n - 1) : 1);
  for (let r = 1; r <= n; r++) {
    cards.push(`Vr${r} d${r} 0 SIN(0 ${(0.6 + 0.6 * at(r)).toPrecision(6)} 1)`, `Rd${r} d${r} r${r}_1 50`);
    for (let c = 1; c < n; c++) cards.push(`Rr${r}_${c} r${r}_${c} r${r}_${c + 1} 2.5`);
  }
  for (let c = 1; c <= n; c++) {
    for (let r = 1; r < n; r++) cards.push(`Rc${r}_${c} c${r}_${c} c${r + 1}_${c} 2.5`);
    cards.push(`Rs${c} c${n}_${c} 0 50`);
  }
  for (let r = 1; r <= n; r++) {
    for (let c = 1; c <= n; c++)
      cards.push(`Xm${r}_${c} r${r}_${c} c${r}_${c} mem x0=${(0.1 + 0.3 * random()).toFixed(4)}`);
  }
  for (let c = 1; c <= n; c++) cards.push(`.save v(c${n}_${c})`);
  cards.push(`.tran ${periods / points} ${periods} uic`, ...(options ? [`.options ${options}`] : []), ".end");
  return `${cards.join("\n")}\n`;
}

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
