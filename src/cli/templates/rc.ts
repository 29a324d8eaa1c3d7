import type { Template } from "./template.js";

export const rc: Template = {
  name: "rc",
  title: "a capacitor charged through a resistor",
  text: () => `A capacitor charged through a resistor
* Parameters can be used in { }, and set from outside: pinched run rc.cir --set r=2k
.param r=1k c=1u

* A step from 0 to 1 V at 1 ms.
V1 in 0 pulse(0 1 1m 1n 1n)
R1 in out {r}
C1 out 0 {c}

* 10 ms, a value every 10 us. The steps of the solver are its own: they do not depend on this grid.
.tran 10u 10m
.plot tran v(in) v(out)

* After one time constant r*c the capacitor holds 1 - 1/e = 0.632 V.
.measure tran v_tau find v(out) at={1m+r*c}
.assert {abs(v_tau-(1-exp(-1)))<1e-3} "the charge follows 1-exp(-t/rc)"
.end
`,
};
