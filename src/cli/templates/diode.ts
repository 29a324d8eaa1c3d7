import type { Template } from "./template.js";

export const diode: Template = {
  name: "diode",
  title: "a half-wave rectifier, and the curve of its diode",
  text: () => `A half-wave rectifier
V1 in 0 sin(0 5 50)
D1 in out rectifier
C1 out 0 100u
R1 out 0 1k
.model rectifier d(is=1e-14 n=1 rs=0.1)

* Two periods, three to settle: a value every 50 us.
.tran 50u 100m
.plot tran v(in) v(out)
.measure tran ripple pp v(out) from=60m to=100m

* The same circuit with the input swept slowly: no charge moves.
.dc V1 -1 1 10m
.plot dc i(D1)
.end
`,
};
