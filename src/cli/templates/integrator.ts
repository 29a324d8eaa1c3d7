import type { Template } from "./template.js";

export const integrator: Template = {
  name: "integrator",
  title: "an op-amp that integrates, with a memristor for its resistor",
  text: () => `An integrator with a memristor
* An ideal amplifier: a voltage source of gain 1e6 that holds the node \`minus\` at almost 0 V.
V1 in 0 pulse(0 1 10m 1u 1u 0.4 1)
YMEMRISTOR m1 in minus hp x0=0.1
C1 minus out 100u
E1 out 0 0 minus 1e6
.model hp memristor(kind=linear_drift ron=100 roff=16k d=10n uv=10f window=none)

* The charge through the memristor makes it conduct better, so the slope of the output grows while the pulse lasts.
.tran 1m 0.4
.plot tran v(out) y2=x(m1)
.measure tran v_end find v(out) at=0.4
.end
`,
};
