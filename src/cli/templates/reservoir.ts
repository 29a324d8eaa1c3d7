import type { Template } from "./template.js";

export const reservoir: Template = {
  name: "reservoir",
  title: "memristors that forget, and a readout that learns a time series from them",
  text: () => `A memristive reservoir learns a time series
* What is learned: NARMA2, a series whose next value depends on what came before. Its columns are u, the input, and y.
* For data of your own: .dataset ts file="series.csv" inputs=(u) targets=(y)
.dataset ts task=narma2 length=400 seed=1

* The input: each row stands at the source for a period.
V1 in 0 feed(ts.u period=1m)

* The reservoir: memristors that forget in \`retention\`, each with its own resistor and capacitor, so that the nodes n1 ...
* n6 remember for different times. Nothing of it is trained.
.model m memristor(kind=linear_drift ron=1k roff=20k uv=100f retention=5m)
.for k = 1 to 6
  YMEMRISTOR m{k} in n{k} m x0={0.1+0.1*k}
  R{k} n{k} 0 {5k+k*1k}
  C{k} n{k} 0 {k*0.1u}
.endfor

* The readout, a weighted sum of the features, is what learns, by least squares. multiplex: how often a row is looked at;
* the rows of \`washout\` are passed over, those of \`fit\` learned, those of \`test\` judged. metrics: nmse is the square error
* over the target's variance (0 is exact, 1 as bad as a constant), mc:10 the memory of the input, in rows, of at most 11.
.train r rule=ridge data=ts features=(v(n*)) multiplex=3 washout=50 fit=200 test=150 metrics=(nmse mc:10)

.plot series r rows=(250,310)   ; target and answer, in the rows that were kept back
.plot memory r                  ; how well the input of so many rows before is recalled

.measure train error find r.nmse.by_variance
.measure train memory find r.mc

* What the first rows look like at the nodes, and how far they move the memristors.
.tran 0.1m 20m
.plot v(n1) v(n6) v(in)
.plot x(m1) x(m6)
.end
`,
};
