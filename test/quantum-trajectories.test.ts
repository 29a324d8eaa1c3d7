import { expect, test } from "vitest";
import { simulate } from "../src/index.js";

// What is left of a run by trajectories that was stopped.

const chain = (count: number, card: string): string => {
  const all = Array.from({ length: count }, (_, k) => k + 1);
  return `chain
.quantum row
${all.map((k) => `qubit q${k} theta={pi/4}\nmemristor M${k} q${k} gamma0=0.02 omega=1`).join("\n")}
${all
  .slice(1)
  .map((k) => `couple U${k} q${k - 1} q${k} yy g=0.07`)
  .join("\n")}
.endquantum
.qtran ${card} method=trajectories
.print v(M1)
.end
`;
};

/** Stops a run when its host has been asked for the n-th time. */
async function stopped(text: string, after: number) {
  const stop = new AbortController();
  let left = after;
  const { results } = await simulate(text, {
    signal: stop.signal,
    pictures: false,
    onProgress: () => void (--left <= 0 && stop.abort()),
  });
  const { ended, columns, tables } = results[0]!;
  const values = (name: string) => columns.find((one) => one.name === name)?.values;
  const jumps = tables!.find(({ name }) => name === "jumps")!;
  return { ended, time: values("time")!, v: values("v(row.m1)")!, se: values("v(row.m1).se"), jumps };
}

test("a single trajectory stops inside itself, and is kept as far as it came", async () => {
  const { ended, time, v, se } = await stopped(chain(8, "1 3000 runs=1"), 3);
  expect(ended).toBe("interrupted");
  expect(time.length).toBeGreaterThan(1);
  expect(time.length).toBeLessThan(3000);
  expect(v.length).toBe(time.length);
  expect(se).toBeUndefined();
});

test("of several trajectories whole ones are kept, which are the first of a longer run", async () => {
  const text = (runs: number) => chain(3, `1 40 runs=${runs}`);
  const { ended, time, v, se, jumps } = await stopped(text(100), 8); // asked once more as it begins
  expect(ended).toBe("interrupted");
  const whole = await stopped(text(7), Infinity);
  expect(whole.ended).toBe("complete");
  expect([time, v, se]).toEqual([whole.time, whole.v, whole.se]);
  expect(jumps).toEqual(whole.jumps);
});

// Where nothing jumps but what the seed says, a run with a finer tolerance is the same history.
test.each([2, 5])("a trajectory of %d qubits is as accurate as it was asked for", async (count) => {
  const columnsAt = async (reltol: number) => {
    const text = chain(count, `1 60 runs=1 seed=2 reltol=${reltol}`).replace(
      "v(M1)",
      "v(M1) i(M1) v(M2) pop(q2,e) purity(q1)",
    );
    return (await simulate(text, { pictures: false })).results[0]!.columns;
  };
  const truth = await columnsAt(1e-11);
  for (const reltol of [1e-4, 1e-6, 1e-8]) {
    const found = await columnsAt(reltol);
    const off = found.flatMap(({ values }, k) => [...values].map((value, row) => value - truth[k]!.values[row]!));
    expect(off.reduce((most, it) => Math.max(most, Math.abs(it)), 0)).toBeLessThan(2 * reltol);
  }
});
