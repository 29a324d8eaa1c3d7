// node test/speed/quantum.mjs [--quick]: the master equation beside QuTiP's mesolve (python3-qutip, where it is
// installed), in cold processes with one thread, by CPU seconds: of solving alone, for the first time in the process and the
// best of several times in it, and of the whole process with one solving. Either side is treated alike. Both are asked
// for what makes their largest error at most 1e-7 where they can, ours no larger than the peer's; each tells its error, against
// the closed form of the oscillator, else against Runge-Kutta steps at 1e-13 (1e-9 of seven qubits). Needs a build.
import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const T = 2 * Math.PI;
const quick = process.argv.includes("--quick");
const python = ["/usr/bin/python3", "python3"].find((one) => spawnSync(one, ["-c", "import qutip"]).status === 0);

const whole = [
  { name: "1 memristor, exact", kind: "chain", n: 1, ours: 1e-10, peer: 1e-8 },
  { name: "2 memristors", kind: "chain", n: 2, ours: 3e-7, peer: 1e-8 },
  { name: "4 memristors", kind: "chain", n: 4, ours: 2e-7, peer: 1e-8 },
  { name: "6 memristors", kind: "chain", n: 6, ours: 1e-6, peer: 1e-8 },
  { name: "6 qubits, constant damping", kind: "damped", n: 6, ours: 1e-7, peer: 1e-8 },
  { name: "oscillator of 40 levels", kind: "oscillator", n: 40, ours: 1e-10, peer: 1e-8 },
  { name: "7 qubits, constant damping", kind: "damped", n: 7, ours: 1e-7, peer: 1e-8 },
  { name: "8 memristors", kind: "chain", n: 8, ours: 1e-6, peer: 0 },
  { name: "10 memristors, one trajectory", kind: "trajectory", n: 10, ours: 1e-6, peer: 0 },
];
// The peer compiles rates that are strings for five seconds.
const few = [
  { name: "1 memristor, exact", kind: "chain", n: 1, ours: 1e-10, peer: 0 },
  { name: "4 memristors", kind: "chain", n: 4, ours: 2e-7, peer: 0 },
  { name: "4 qubits, constant damping", kind: "damped", n: 4, ours: 1e-7, peer: 1e-8 },
];
const tasks = quick ? few : whole;

/** A problem, solved in this process. */
async function solve({ kind, n, tolerance, isTruth = false }) {
  const from = (file) => import(`../../dist/src/quantum/${file}.js`);
  const { pure, productState } = await from("density-matrix");
  const { couplingOperator } = await from("couplings");
  const { operator, scaled } = await from("operator");
  const { sparse, expectation } = await from("sparse-operator");
  const { sx, sy, numberOperator, annihilation, creation, momentum } = await from("local-operators");
  const { coherentKet } = await from("oscillator-states");
  const { qubitKet } = await from("qubit-states");
  const { constantRate, standardRate } = await from("rates");
  const { spaceOf } = await from("space");
  const { exact } = await from("propagators/exact");
  const { lindblad, lindbladByRungeKutta } = await from("propagators/lindblad");

  const all = Array.from({ length: kind === "oscillator" ? 1 : n }, (_, k) => k);
  const rate = kind === "damped" ? constantRate(0.05) : standardRate(0.02, 1);
  const g = kind === "damped" ? 0.2 : (0.014 * 30) / T;
  const space = kind === "oscillator" ? spaceOf(n) : spaceOf(...all.map(() => 2));
  const dynamics = {
    space,
    systems: all.map(() => ({ kind: kind === "oscillator" ? "oscillator" : "qubit", omega: 1 })),
    dampings: all.map((system) => ({ system, rate })),
    hamiltonian: all.slice(1).flatMap((k) => scaled(couplingOperator("yy", k - 1, k), g)),
    jumps: [],
    breakpoints: [],
  };
  const angle = (k) => (kind !== "damped" ? Math.PI / 4 : Math.PI / 2 - (0.3 + 0.4 * (n - 1 - k)));
  const start =
    kind === "oscillator"
      ? pure(coherentKet(n, { re: 2, im: 0 }))
      : kind === "trajectory" // of kets: its density matrix is what it is there to avoid
        ? undefined
        : productState(...all.map((k) => pure(qubitKet(angle(k), 0))));
  const observed =
    kind === "oscillator"
      ? [
          operator(1, [0, numberOperator(n)]),
          [...operator(1, [0, annihilation(n)]), ...operator(1, [0, creation(n)])],
          operator(Math.SQRT2, [0, momentum(n)]),
        ]
      : all.flatMap((k) => [operator(1, [k, sx]), operator(1, [k, sy])]);
  const look = observed.map((one) => sparse(space, one));
  const times =
    kind === "damped" ? Float64Array.of(0, 20 * T) : Float64Array.from({ length: 601 }, (_, k) => (k * T) / 30);
  if (kind === "trajectory") return oneTrajectory(dynamics, observed, times, tolerance, from);
  // The truth is never by the method that is timed at the same tolerance, nor by an exact map.
  const method = isTruth ? lindbladByRungeKutta : exact.refuses(dynamics) === undefined ? exact : lindblad;

  const found = [];
  const tally = { steps: 0 };
  const before = process.cpuUsage();
  const run = method
    .prepare(dynamics, { relative: tolerance, maxSteps: 1e6 })
    .carry(start, 0, times, (t, rho) => found.push(...look.map((one) => expectation(one, rho, t).re)), tally);
  let ended = run.next();
  while (!ended.done) ended = run.next();
  const { user, system } = process.cpuUsage(before);
  if (ended.value.outcome !== "reached") throw new Error(JSON.stringify(ended.value));
  return { cpu: (user + system) / 1e6, found, steps: tally.steps, memory: process.memoryUsage().rss / 2 ** 20 };
}

/** The same register by a quantum-jump trajectory: the truth has the same draws, and so the same jumps. */
async function oneTrajectory(dynamics, observed, times, tolerance, from) {
  const { Trajectories } = await from("propagators/trajectories");
  const { sparse, expectationInKet } = await from("sparse-operator");
  const { productKet } = await from("ket");
  const { qubitKet } = await from("qubit-states");
  const { Random } = await import("../../dist/src/numerics/random.js");
  const { space } = dynamics;
  const start = productKet(...space.dimensions.map(() => qubitKet(Math.PI / 4, 0)));
  const look = observed.map((one) => sparse(space, one));
  const found = [];
  const before = process.cpuUsage();
  const run = new Trajectories(dynamics)
    .carrier(new Random("speed"), { relative: tolerance, maxSteps: 1e6 })
    .carry(start, 0, times, (t, ket) => found.push(...look.map((one) => expectationInKet(one, ket, t).re)));
  let ended = run.next();
  while (!ended.done) ended = run.next();
  const { user, system } = process.cpuUsage(before);
  if (ended.value.outcome !== "reached") throw new Error(JSON.stringify(ended.value));
  return { cpu: (user + system) / 1e6, found, memory: process.memoryUsage().rss / 2 ** 20 };
}

/**
 * ⟨a†a⟩, ⟨a + a†⟩ and ⟨i(a† − a)⟩ of a coherent state, which stays one: α = 2 e^{−it − K/2}, with K by Simpson's rule.
 * W. Louisell, Quantum Statistical Properties of Radiation (Wiley 1973). What lies above 40 levels is below 1e-20.
 */
function coherentTruth() {
  const rate = (t) => 0.02 * (1 - Math.sin(Math.cos(t)));
  const parts = 40;
  const h = T / 30 / parts;
  let K = 0;
  return Array.from({ length: 601 }, (_, k) => {
    const t = (k * T) / 30;
    if (k > 0) {
      for (let j = 0; j < parts; j++) {
        const a = t - (j + 1) * h;
        K += (h / 6) * (rate(a) + 4 * rate(a + h / 2) + rate(a + h));
      }
    }
    const size = 2 * Math.exp(-K / 2);
    return [size ** 2, 2 * size * Math.cos(t), -2 * size * Math.sin(t)];
  }).flat();
}

const cold = (task) => {
  const text = execFileSync(process.execPath, [fileURLToPath(import.meta.url), "--one", JSON.stringify(task)], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(text);
};
const peer = (task) =>
  JSON.parse(
    execFileSync(python, [fileURLToPath(new URL("quantum.py", import.meta.url)), JSON.stringify(task)], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    })
      .trim()
      .split("\n")
      .at(-1),
  );
const largest = (a, b) => a.reduce((most, x, k) => Math.max(most, Math.abs(x - b[k])), 0);

const one = process.argv.indexOf("--one");
if (one > 0) {
  const task = JSON.parse(process.argv[one + 1]);
  const { cpu: first, ...answer } = await solve(task);
  const { user, system } = process.cpuUsage();
  let best = first;
  for (let k = 1; k < (task.repeats ?? 1); k++) best = Math.min(best, (await solve(task)).cpu);
  console.log(JSON.stringify({ ...answer, first, best, whole: (user + system) / 1e6 }));
} else {
  console.log(
    "| problem, 20 periods | pinched: solving first / best / process, CPU s | error | MB | QuTiP: first / best / process | error | ratios |",
  );
  console.log("|---|---|---|---|---|---|---|");
  for (const { name, kind, n, ours, peer: tol } of tasks) {
    const truth =
      kind === "oscillator"
        ? coherentTruth()
        : cold({ kind, n, tolerance: n >= 7 ? 1e-9 : 1e-13, isTruth: true }).found;
    const repeats = quick || (n >= 6 && kind !== "oscillator") ? 2 : 5;
    const we = cold({ kind, n, tolerance: ours, repeats });
    const they = python !== undefined && tol > 0 ? peer({ kind, n, tol, repeats }) : undefined;
    const s = (x) => x.toPrecision(3);
    const times = (it) => `${s(it.first)} / ${s(it.best)} / ${s(it.whole)}`;
    const over = (a, b) => times({ first: a.first / b.first, best: a.best / b.best, whole: a.whole / b.whole });
    const error = (found) => largest(found, truth).toExponential(1);
    console.log(
      `| ${name} | ${times(we)} | ${error(we.found)} | ${we.memory.toFixed(0)} | ` +
        (they === undefined ? "– | – | – |" : `${times(they)} | ${error(they.found)} | ${over(they, we)} |`),
    );
  }
}
