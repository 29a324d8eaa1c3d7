import { expect, test } from "vitest";
import { inFolderOfItsOwn } from "../command-line.js";
import { at, near, ran, T, tableOf } from "./reference-tables.js";

// Reference numbers of quantum memristors, each computed by two independent routes (a closed form and Runge and Kutta's order 8,
// or that and a splitting), against what the command line writes into its tables.

inFolderOfItsOwn();

const single = (gamma0: number, theta: string, phi: string) =>
  `.quantum q\nqubit a theta={${theta}} phi={${phi}}\nmemristor M1 a gamma0=${gamma0}\n.endquantum`;

// A3: t, <sx>, <sy>, rho_ee, V, I
const closed: Readonly<Record<string, readonly (readonly number[])[]>> = {
  "0.2 pi/8 pi/5": [
    [0, 0.572061402818, 0.415626937777, 0.853553390593, -0.146946313073, -0.00465905086],
    [1, -0.039603211356, 0.687726117316, 0.810082986404, -0.243147900576, -0.02361475468],
    [2, -0.546545260795, 0.308068519379, 0.671947845573, -0.108918669561, -0.030589572077],
    [5, 0.312363609513, -0.239867862849, 0.264785263388, 0.084806096205, 0.012214225979],
    [10, -0.089149086152, -0.231730961967, 0.10523766741, 0.081929267309, 0.028577306611],
    [20, -0.021419987498, 0.101508227912, 0.018373139948, -0.035888578151, -0.004329241947],
  ],
  "0.4 pi/4 pi/5": [
    [0, 0.809016994375, 0.587785252292, 0.5, -0.207813468889, -0.013177785827],
    [1, -0.054562569092, 0.947501541116, 0.450368122182, -0.334992382454, -0.065069555711],
    [2, -0.685793820711, 0.386558080548, 0.309870157081, -0.136668920039, -0.076766339453],
    [5, 0.246040720414, -0.18893769947, 0.048116745192, 0.066799564259, 0.019241658552],
    [10, -0.044269248977, -0.115071910367, 0.00760065548, 0.040684064072, 0.02838157868],
    [20, -0.004444373572, 0.021061659608, 0.000231672981, -0.007446421166, -0.001796524718],
  ],
};
test.each(Object.entries(closed))("A3: a memristor of %s", async (of, rows) => {
  const [gamma0, theta, phi] = of.split(" ") as [string, string, string];
  const told = await ran(
    `${single(Number(gamma0), theta, phi)}\n.qtran 0.1 20\n.print ex({sx(a)}) ex({sy(a)}) pop(a,e) v(M1) i(M1)`,
  );
  const columns = ["ex({sx(q.a)})", "ex({sy(q.a)})", "pop(q.a,e)", "v(q.m1)", "i(q.m1)"];
  for (const [t, ...values] of rows)
    for (const [k, asked] of values.entries()) near(at(told, columns[k]!, t!), asked, 1e-9, `${columns[k]} at ${t}`);
});

// A4: |A1| + |A2|, P, F raw, F of axes over their largest
test.each([
  [0.2, "pi/8", "pi/5", 2.112775961424e-3 + 1.523981927943e-3, 0.604724770608, 0.124970853753, 0.231893305964],
  [0.02, "pi/8", "pi/5", 5.300025831604e-4 + 5.131414740439e-4, 0.945816186256, 0.014653476364, 0.252073030742],
  [0.4, "pi/4", "pi/5", 3.074352702382e-3 + 1.587541913638e-3, 0.567494437988, 0.181906868323, 0.17936607601],
  [0.02, "pi/4", "0", 1.348822853345e-3 + 1.307656906665e-3, 1.329589849673, 0.018883434814, 0.316695024161],
])("A4: the loops of gamma0 = %d, a = %s, b = %s", async (gamma0, theta, phi, S, P, raw, F) => {
  const loops = await ran(`${single(gamma0, theta, phi)}\n.qtran {T/2400} {11.5*T}`, "loops");
  const of = (figure: string) => loops.get(`${figure}(q.m1)`)!;
  near(of("area")[0]! / S, 1, 1e-5, "area");
  near(of("perimeter")[0]! / P, 1, 1e-5, "perimeter");
  near(of("formfactor_raw")[0]!, raw, 1e-5, "F");
  near(of("formfactor")[0]!, F, 2e-4, "F of scaled axes"); // the largest is that of points
  for (const k of [1, 2, 3, 4])
    near(of("formfactor_raw")[k]! / of("formfactor_raw")[0]!, 1, 1e-9, `F of loop ${k + 1}`);
  for (const k of [0, 1, 2, 3, 4]) near(of("pinch")[k]!, 0, 1e-3, "pinch by straight lines");
});

test("B2: thirty digital steps a period", async () => {
  const told = await ran(
    `${single(0.4, "pi/4", "pi/5")}\n.qtran {4*T} method=digital steps_per_period=30\n.print ex({sx(a)}) ex({sy(a)})`,
  );
  for (const [m, x, y] of [
    [0, 0.809016994375, 0.587785252292],
    [1, 0.664591151346, 0.73810324993],
    [5, -0.098735100981, 0.93940173516],
    [30, 0.23025395732, 0.167289292235],
  ] as const) {
    near(at(told, "ex({sx(q.a)})", (m * T) / 30), x, 1e-11, `sx of step ${m}`);
    near(at(told, "ex({sy(q.a)})", (m * T) / 30), y, 1e-11, `sy of step ${m}`);
  }
});

test("C: an oscillator in a coherent state", async () => {
  const told = await ran(`.quantum q
oscillator o levels=30 alpha=2 arg={-pi/5}
memristor M1 o gamma0=0.2
.endquantum
.qtran 1 10
.print ex({num(o)}) ex({pos(o)}) ex({mom(o)}) v(M1) i(M1)`);
  const columns = ["ex({num(q.o)})", "ex({pos(q.o)})", "ex({mom(q.o)})", "v(q.m1)", "i(q.m1)"];
  for (const [t, ...values] of [
    [0, 4, 2.288245611271, -1.66250775111, -0.831253875555, -0.026355571653],
    [1, 3.796285014302, -0.158412845423, -2.750904469263, -1.375452234631, -0.133585225362],
    [2, 3.148943477835, -2.186181043179, -1.232274077515, -0.616137038758, -0.173040750792],
    [10, 0.493174386368, -0.356596344609, 0.926923847869, 0.463461923934, 0.161657658341],
  ])
    for (const [k, asked] of values.entries()) near(at(told, columns[k]!, t!), asked, 1e-9, `${columns[k]} at ${t}`);
});

const pair = (couple: string, second = "state=+") =>
  `.quantum p\nqubit a state=+\nqubit b ${second}\nmemristor M1 a gamma0=0.02\nmemristor M2 b gamma0=0.02\n${couple}\n.endquantum`;
const digital = ".qtran {20*T} method=digital steps_per_period=30\n.print concurrence(a,b) v(M1) v(M2)";

// D3: C at 1, 3, 5 and 20 T; V1 and V2 at 1 T; the median and the largest pinch and the Ohm residual of both
test.each([
  [
    "yy",
    [0.3212653, 0.59885601, 0.40818048, 0.07511907],
    [-0.0122665633, -0.0122665633],
    [0.0011, 0.0062, 0, 0.0011, 0.0062, 0],
  ],
  ["xx", [0.3049348, 0.55336532, 0.35726842, 0.0137645], [-0.0128142322], [0.879, 0.988, 0.975, 0.879, 0.988, 0.975]],
  ["zz", [0.61504284, 0.32981048, 0.37200961, 0.04402173], [0.015340337], [0.917, 1, 0.984, 0.917, 1, 0.984]],
  ["crx", [0, 0, 0, 0], [0.0000640352, -0.002238121], [0.807, 1, 0.899, 0.46, 0.521, 0.758]],
  ["cry", [0, 0, 0, 0], [-0.0008379264, -0.0003983716], [0.019, 0.127, 0.63, 0.0002, 0.0004, 0]],
  [
    "crz",
    [0.13465303, 0.31415071, 0.37196972, 0.04172772],
    [0.0042814228, -0.0635809918],
    [0.822, 0.998, 0.826, 0.474, 0.905, 0.838],
  ],
  ["xy", [0.31311498, 0.57662193, 0.38376486, 0.04417301], [-0.0083795494], [0.879, 0.978, 0.945, 0.879, 0.978, 0.945]],
] as const)("D3: %s", async (kind, C, V, left) => {
  const told = await ran(`${pair(`couple U a b ${kind} delta=0.014`)}\n${digital}`);
  for (const [k, n] of [1, 3, 5, 20].entries())
    near(at(told, "concurrence(p.a,p.b)", n * T), C[k]!, 1e-8, `C at ${n} T`);
  for (const [k, asked] of V.entries()) near(at(told, `v(p.m${k + 1})`, T), asked, 1e-9, `V${k + 1}`);
  const figures = tableOf("memristivity");
  const heads = ["m1", "m2"].flatMap((it) => ["pinch", "pinch_max", "ohm"].map((figure) => `${figure}(p.${it})`));
  for (const [k, head] of heads.entries()) near(figures.get(head)![0]!, left[k]!, 6e-4, head);
});

test("D3: yy later, and voltages", async () => {
  const told = await ran(`${pair("couple U a b yy delta=0.014")}\n${digital}`);
  for (const [n, C] of [
    [4, 0.5490004581],
    [7, 0.0170794652],
    [8, 0],
    [11, 0.2172212725],
    [15, 0],
  ] as const)
    near(at(told, "concurrence(p.a,p.b)", n * T), C, 1e-9, `C at ${n} T`);
  for (const [n, V] of [
    [4, -0.0599387784],
    [5.5, 0.0474415262],
    [8, 0.0216067307],
    [11, 0.070572808],
    [20, -0.0364044544],
  ] as const)
    near(at(told, "v(p.m1)", n * T), V, 1e-9, `V at ${n} T`);
});

// The reference cuts loops at the start and every second zero behind it, here they begin at the first zero behind the start: half a
// period later. Its extremes are the same: minima in loops 5 and 12 to 13, maxima in 8 and 16.
test("D3: the form factor of yy is least where entanglement is most", async () => {
  const loops = await ran(`${pair("couple U a b yy delta=0.014")}\n${digital}`, "loops");
  const F = [...loops.get("formfactor(p.m1)")!];
  const extreme = (from: number, to: number, sign: 1 | -1): number => {
    const part = F.slice(from - 1, to).map((value) => sign * value);
    return from + part.indexOf(Math.max(...part));
  };
  expect([4, 5]).toContain(extreme(1, 8, -1));
  expect([12, 13]).toContain(extreme(8, 16, -1));
  expect(extreme(5, 12, 1)).toBe(8);
  expect(extreme(12, 19, 1)).toBe(16);
});

test("D4: yy in continuous time", async () => {
  const told = await ran(
    `${pair("couple U a b yy g={0.014*30/T}")}\n.qtran {T/4} {16*T}\n.print concurrence(a,b) v(M1) i(M1) ex({sx(a)}) purity()`,
  );
  const columns = ["concurrence(p.a,p.b)", "v(p.m1)", "i(p.m1)", "ex({sx(p.a)})", "purity(p)"];
  for (const [n, ...values] of [
    [0.25, 0.0964814811, -0.3483631765, -0.006967263529, -0.0110948646, 0.9878475846],
    [1, 0.3205317205, -0.0123010296, -0.000039001402, 0.8638801206, 0.8997046259],
    [2, 0.5252062136, -0.0326389262, -0.000103484337, 0.6119057513, 0.810463716],
    [5, 0.406711455, -0.0539068093, -0.000170915868, -0.2323196719, 0.6229068697],
    [7, 0.016559397, -0.0077269481, -0.000024498909, -0.454060174, 0.6291735718],
    [10, 0.203057024, 0.0659452787, 0.000209084802, -0.1932123891, 0.6919680463],
    [15, 0, -0.0098786761, -0.000031321136, 0.2383177245, 0.7926256138],
  ])
    for (const [k, asked] of values.entries())
      near(at(told, columns[k]!, n! * T), asked, k === 0 ? 1e-7 : 1e-9, `${columns[k]} at ${n} T`);
});

test.each([
  [0.371009648204, 0.284554213217, 2.47788, 0.58239],
  [0.5, 0.25, 2.4920605572, 0.5058627373],
  [1, 0, 2.2360679775, 0],
])("E1: a photonic memristor with a window of %d", async (window, area) => {
  const told = await ran(
    `.quantum q\nqubit a\nphotonic P1 nin={sin(pi*time)**2} window=${window} history=periodic\n.endquantum\n.qtran 0.0005 1\n.print nin(P1) nout(P1) reflectivity(P1)\n.measure qtran s loop_area P1`,
  );
  const [x, y] = [told.get("nin(q.p1)")!, told.get("nout(q.p1)")!];
  // n_in rises and falls along one line: both halves of the loop lie on either side of it
  let sum = 0;
  for (let k = 1; k < x.length; k++) sum += (x[k - 1]! * y[k]! - x[k]! * y[k - 1]!) / 2;
  near(Math.abs(sum), area, area === 0 ? 1e-12 : 1e-6, "area");
  if (window === 0.5) {
    near(at(told, "reflectivity(q.p1)", 0.1), 0.3129021432, 1e-9, "R at 0.1");
    near(at(told, "reflectivity(q.p1)", 0.25), 0.1816901138, 1e-9, "R at 0.25");
    near(at(told, "nout(q.p1)", 0.25), 0.4091549431, 1e-9, "n_out at 0.25");
    near(at(told, "nout(q.p1)", 0.75), 0.0908450569, 1e-9, "n_out at 0.75");
  }
});

test("E4: an LC circuit damped by its own record", async () => {
  const told = await ran(
    ".quantum q\nqubit a\nlc L1 c=1 l=1 rate={0.1*(1-sin(mu))} strength=0.05 q=2\n.endquantum\n.qtran 0.01 20\n.print moment(L1) i(L1)",
  );
  for (const [t, q, I] of [
    [1, 1.0010379127, 0.0001062938],
    [5, 0.5624235292, 0.2207758234],
    [10, -0.6856903927, -0.1941196258],
  ] as const) {
    near(at(told, "moment(q.l1,q)", t), q, 1e-9, `q at ${t}`);
    near(at(told, "i(q.l1)", t), I, 1e-9, `I at ${t}`);
  }
  for (const [t, qq, ff, qf, purity] of [
    [1, 0.4629908756, 0.5506697016, -0.0622453561, 0.9978458547],
    [5, 0.4997696857, 0.5280358351, -0.0573040172, 0.979427602],
  ] as const)
    for (const [name, asked] of Object.entries({ qq, ff, qf, purity }))
      near(at(told, `moment(q.l1,${name})`, t), asked, 1e-9, `${name} at ${t}`);
});
