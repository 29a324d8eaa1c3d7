import type { Template } from "./template.js";

export const device: Template = {
  name: "device",
  title: "a memristor of your own, written as equations",
  text: () => `A memristor written as equations
* A .device has terminals, parameters with their defaults, states with a rate, and an equation for v or for i.
* \`v\` and \`i\` are its own voltage and current; min and max are walls that the state does not pass.
.device mine p n  ron=100 roff=16k k=1e4 x0=0.1
.state  x = {x0} min=0 max=1
.eq     ddt(x) = {k*i*(1-(2*x-1)**2)}
.eq     v = {(ron*x + roff*(1-x))*i}
.out    r_now = {ron*x + roff*(1-x)}
.enddevice

V1 in 0 sin(0 1 1)
* It is used as a subcircuit is; parameters can be given here.
Xm1 in 0 mine ron=200

.tran 2m 2
.plot iv Xm1
.plot tran x(Xm1)
.measure tran x_max max x(Xm1)
.end
`,
};
