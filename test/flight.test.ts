import { expect, test } from "vitest";
import { simulate } from "../src/index.js";

// Published numbers of TEAM (kon, ion, an exponent of 10) under a current a thousand times its threshold: the drift is
// kon·(i/ion − 1)^10, which passes 1e12/s. No step of a time near 1 s is as short.
test("a state that no step can follow is named", async () => {
  const { results, diagnostics } = await simulate(
    `a state that flies
V1 a 0 sin(0 1.2 1)
YMEMRISTOR m1 a 0 film
.model film memristor level=2 ron=50 roff=1000 koff=1.46e-9 kon=-4.68e-13 alphaoff=10 alphaon=10 ioff=115e-6 ion=-8.9e-6 xscaling=1e9 wt=4
.tran 1m 2
`,
    { pictures: false },
  );
  expect(results[0]?.ended).toBe("failed");
  const told = diagnostics.find(({ severity }) => severity === "error");
  expect(told?.code).toBe("too-fast");
  expect(told?.message).toMatch(/^No step can be made at t = 506 ms: `x\(m1\)` moves so fast/);
});
