import type { Template } from "./template.js";

export const memristor: Template = {
  name: "memristor",
  title: "the pinched loop of one memristor driven by a sine",
  text: () => `The pinched loop of a memristor
* The first line is the title. A line that begins with * is a comment.

* The drive: 1 V, 1 Hz, between the nodes \`in\` and 0 (ground).
V1 in 0 sin(0 1 1)

* The memristor and its model: it conducts as 100 ohm when fully doped, 16 kohm when not at all. \`x0\` is where the
* boundary between the two stands at the start, from 0 to 1. \`pinched devices linear_drift\` shows all parameters.
YMEMRISTOR m1 in 0 hp x0=0.1
.model hp memristor(kind=linear_drift ron=100 roff=16k d=10n uv=10f window=joglekar p=1)

* Simulate 2 s and keep a value every 2 ms.
.tran 2m 2

* What to look at: current against voltage, and the state in time. Try \`sin(0 1 10)\`: the loop closes.
.plot iv m1
.plot tran x(m1) title="Where the boundary stands"

* Numbers to look at: the highest current, and the current that is left where the voltage is zero.
.measure tran i_max max i(m1)
.measure tran residue pinch m1
.end
`,
};
