import type {
  BoundaryPicture,
  ConfusionPicture,
  LearningCurvePicture,
  LearningPicture,
  LearningSeries,
  NetworkConnection,
  NetworkPicture,
  NetworkUnit,
  ParameterPicture,
  ParameterSeries,
  WeightsPicture,
} from "../src/result/learning-pictures.js";
import type { Column } from "../src/result/result.js";

const caption = {
  name: "x",
  named: false,
  title: "A title",
  xlabel: undefined,
  ylabel: undefined,
  logx: false,
  logy: false,
};

const column = (name: string, count: number, of: (k: number) => number): Column => {
  return { name, unit: "1", values: Float64Array.from({ length: count }, (_, k) => of(k)) };
};

/** Falls from `start` towards `floor` as 1/epoch, with a band about it. */
export function series(name: string, epochs: number, start: number, floor: number): LearningSeries {
  const of = (what: string, factor: number) => {
    return column(
      what,
      epochs,
      (k) => floor + ((start - floor) * factor) / (1 + k / 8) + (0.15 * factor * Math.sin(k) * floor) / 10,
    );
  };
  return {
    name,
    epoch: column("epoch", epochs, (k) => k + 1),
    mean: of("error.mean", 1),
    median: of("error.median", 0.9),
    low: of("error.p05", 0.5),
    high: of("error.p95", 1.7),
    correct: column("correct", epochs, (k) => (floor > 1 ? 0.62 : 1 - 0.4 / (1 + k / 2))),
    runs: 100,
    diverged: 0,
  };
}

export const learning = (
  all: readonly LearningSeries[],
  more: Partial<LearningCurvePicture> = {},
): LearningCurvePicture => {
  return { ...caption, kind: "learning", series: all, ...more };
};

const gates = [series("or", 200, 11.6, 0.02), series("and", 200, 12.7, 0.04), series("xor", 200, 14.2, 11.2)];

export function accuracy(name: string, slope: number): ParameterSeries {
  const of = (what: string, part: number) => column(what, 9, (k) => 1 - slope * k * k * part);
  return {
    name,
    parameter: column("spread_ith", 9, (k) => k / 100),
    mean: of("accuracy", 1),
    median: of("median", 0.8),
    low: of("p05", 1.8),
    high: of("p95", 0.3),
    runs: 50,
  };
}

export const parameter = (all: readonly ParameterSeries[], more: Partial<ParameterPicture> = {}): ParameterPicture => {
  return { ...caption, kind: "parameter", series: all, xlabel: "Spread of thresholds", ylabel: "Accuracy", ...more };
};

/** Layers of neurons, each fully connected with the next; weights that alternate in sign. */
export function network(sizes: readonly number[], more: Partial<NetworkPicture> = {}): NetworkPicture {
  const kinds = ["input", ...sizes.slice(1).map(() => "neuron" as const)] as const;
  const names = ["x", ...sizes.slice(2).map((_, k) => (k === 0 ? "h" : `h${k + 1}_`)), "y"];
  const units = sizes.flatMap((size, layer) =>
    Array.from({ length: size }, (_, k): NetworkUnit => {
      const bias = layer === 0 ? undefined : 2 * Math.cos(3 * k + layer);
      return { name: `${names[layer]}${k + 1}`, kind: kinds[layer]!, bias };
    }),
  );
  const starts = sizes.map((_, layer) => sizes.slice(0, layer).reduce((a, b) => a + b, 0));
  const connections = sizes.slice(1).flatMap((size, layer) =>
    Array.from({ length: size * sizes[layer]! }, (_, k): NetworkConnection => {
      const [from, to] = [k % sizes[layer]!, Math.floor(k / sizes[layer]!)];
      return {
        from: starts[layer]! + from,
        to: starts[layer + 1]! + to,
        weight: 5.2 * Math.sin(1.7 * k + 2 * layer + 1),
      };
    }),
  );
  return { ...caption, kind: "network", units, connections, ...more };
}

/** A 2-2-1 network whose inputs also reach the output, and a constant for a bias. */
export const skipping: NetworkPicture = {
  ...caption,
  kind: "network",
  units: [
    ...["x1", "x2"].map((name) => ({ name, kind: "input", bias: undefined }) as const),
    { name: "1", kind: "constant", bias: undefined },
    ...["h1", "h2", "y"].map((name) => ({ name, kind: "neuron", bias: undefined }) as const),
  ],
  connections: [
    { from: 0, to: 3, weight: 1.2 },
    { from: 1, to: 3, weight: -4.1 },
    { from: 0, to: 4, weight: -0.31 },
    { from: 1, to: 4, weight: 2.2 },
    { from: 3, to: 5, weight: 3.3 },
    { from: 4, to: 5, weight: -2.7 },
    { from: 0, to: 5, weight: 0.9 },
    { from: 1, to: 5, weight: -1.6 },
    { from: 2, to: 5, weight: 0.5 },
  ],
};

export function confusion(classes: readonly string[], of: (row: number, column: number) => number): ConfusionPicture {
  const { length } = classes;
  const counts = Float64Array.from({ length: length ** 2 }, (_, k) => of(Math.floor(k / length), k % length));
  return { ...caption, kind: "confusion", classes, counts };
}

const digits = Array.from({ length: 10 }, (_, k) => String(k));

/** A map over [0, 1]², and the four samples of exclusive or. */
export function boundary(
  of: (x: number, y: number) => number,
  points = 101,
  more: Partial<BoundaryPicture> = {},
): BoundaryPicture {
  const axis = (name: string) => column(name, points, (k) => -0.25 + (1.5 * k) / (points - 1));
  const [x, y] = [axis("x1"), axis("x2")];
  return {
    ...caption,
    kind: "boundary",
    x,
    y,
    output: column("y", points ** 2, (k) => of(x.values[k % points]!, y.values[Math.floor(k / points)]!)),
    level: 0.5,
    samples: {
      x: Float64Array.of(0, 0, 1, 1, 0, 1),
      y: Float64Array.of(0, 1, 0, 1, 0, 1),
      class: Int32Array.of(0, 1, 1, 0, 0, 0),
      classes: ["0", "1"],
    },
    ...more,
  };
}

/** Three classes, parted by half-lines from one point. */
export function threeClasses(): BoundaryPicture {
  const base = boundary(() => 0, 61);
  const rivals = [0, 1, 2].map((k) => {
    const angle = (2 * Math.PI * k) / 3 + 0.4;
    const of = (x: number, y: number) => sigmoid(3 * (Math.cos(angle) * (x - 0.5) + Math.sin(angle) * (y - 0.5)));
    return boundary(of, 61).output.values;
  });
  const values = rivals[0]!.map((_, i) => Math.max(...rivals.map((each) => each[i]!)));
  const samples = { ...base.samples, class: Int32Array.of(1, 0, 2, 0, 1, 0), classes: ["a", "b", "c"] };
  return { ...base, output: { name: "largest output", unit: "1", values }, rivals, samples };
}

const sigmoid = (u: number): number => 1 / (1 + Math.exp(-u));
export const exclusive = (x: number, y: number): number =>
  sigmoid(8 * sigmoid(9 * (x + y - 0.5)) - 8 * sigmoid(9 * (x + y - 1.5)) - 4);

/** Normal values by the sum of twelve, from a linear congruential generator: the same each time. */
function scatter(seed: number): () => number {
  let state = seed;
  const next = () => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
  return () => Array.from({ length: 12 }, next).reduce((a, b) => a + b, -6);
}

export function weights(count: number, runs: number, more: Partial<WeightsPicture> = {}): WeightsPicture {
  const columns = Array.from({ length: count }, (_, k) => {
    const draw = scatter(k + 1);
    return column(`w${k + 1}`, runs, () => 4 * Math.sin(k + 1) + (k % 2 ? 0.4 : 1) * draw());
  });
  return { ...caption, kind: "weights", weights: columns, ...more };
}

const nothing = column("nothing", 5, () => Number.NaN);

export const learningPictures = {
  "a learning curve": learning([series("or", 200, 11.6, 0.02)]),
  "learning curves of three gates": learning(gates),
  "learning curves, log axis": learning(gates, { logy: true }),
  "learning curves, both axes log, diverging runs": learning(
    [
      { ...gates[0]!, diverged: 3 },
      { ...gates[2]!, runs: 60 },
    ],
    { logx: true, logy: true },
  ),
  "a learning curve whose band reaches zero": learning(
    [{ ...gates[0]!, low: column("error.p05", 200, (k) => (k < 40 ? 1 : 0)), median: undefined, correct: undefined }],
    { logy: true },
  ),
  "learning that diverged": learning([
    {
      ...gates[0]!,
      ...Object.fromEntries(["mean", "median", "low", "high", "correct"].map((key) => [key, nothing])),
      diverged: 100,
    },
  ]),
  "learning of no series": learning([]),
  "learning of one epoch": learning([series("or", 1, 11.6, 0.02)]),
  "accuracy against a spread": parameter([accuracy("slp", 0.004)]),
  "accuracy of three networks against a spread": parameter([
    accuracy("slp", 0.004),
    accuracy("mlp", 0.006),
    accuracy("pair", 0.002),
  ]),
  "a parameter without values": parameter([
    { ...accuracy("slp", 1), mean: nothing, median: undefined, low: nothing, high: nothing },
  ]),
  "a network 2-2-1": network([2, 2, 1]),
  "a network with skips": skipping,
  "a network 4-5-3": network([4, 5, 3]),
  "a network 784-100-10": network([784, 100, 10]),
  "a deep network": network([3, 6, 6, 6, 6, 6, 6, 6, 2]),
  "a network of one neuron": network([12, 1]),
  "a network of no weights": { ...network([2, 1]), connections: [] },
  "a network with a weight that is no number": {
    ...network([1, 1]),
    connections: [{ from: 0, to: 1, weight: Number.NaN }],
  },
  "a network of nothing": { ...network([]), connections: [] },
  "a confusion matrix": confusion(["setosa", "versicolor", "virginica"], (row, column) => [[50, 0, 0], [0, 47, 3], [0, 1, 49]][row]![column]!), // biome-ignore format: a table
  "a confusion matrix of digits": confusion(digits, (row, column) =>
    row === column ? 950 + row : (7 * row + 3 * column) % 13,
  ),
  "a confusion matrix of two": confusion(["0", "1"], (row, column) => 25 * Number(row === column)),
  "a confusion matrix with a class without samples": confusion(
    ["a class with a long name", "b", "c"],
    (row, column) => Number(row > 0) * (column + 0.5),
  ),
  "a confusion matrix of forty classes": confusion(
    Array.from({ length: 40 }, (_, k) => `class ${k + 1}`),
    (row, column) => (row === column ? 12345 : (row * column) % 7 === 3 ? 1 : 0),
  ),
  "a confusion matrix of nothing": confusion(["a", "b"], () => 0),
  "a decision boundary": boundary(exclusive),
  "a decision boundary of few points": boundary((x, y) => x + y - 0.5, 7),
  "the borders of three classes": threeClasses(),
  "no decision boundary": boundary((x) => 0.1 * sigmoid(x), 31),
  "a decision boundary in a map with holes": boundary((x, y) => (x * y > 0.7 ? Number.NaN : x), 41),
  "a decision boundary of nothing": boundary(() => Number.NaN),
  "weights of nine synapses": weights(9, 100, { title: "The weights of a 2-2-1 network, 100 realisations" }),
  "weights of forty synapses": weights(40, 30),
  "weights of many synapses": weights(400, 20),
  "weights of one run": weights(3, 1),
  "weights of none": weights(0, 10),
  "weights that are no numbers": { ...weights(1, 1), weights: [nothing] },
} as const satisfies Readonly<Record<string, LearningPicture>>;
