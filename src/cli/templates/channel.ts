import type { Template } from "./template.js";

export const channel: Template = {
  name: "channel",
  title: "a quantum channel that learns XOR, and answers in a register",
  text: () => `A quantum channel learns XOR
* A channel takes the state of \`in\` levels to one of \`out\` levels: two bits are one of four basis states, and one qubit
* answers. It has \`kraus\` operators, whose entries start at random and are what is trained.
.channel c in=4 out=2 kraus=8

* rule=stiefel goes down along the channels that there are: all of them preserve probability, at each step. truth: the
* answers to 00, 01, 10 and 11 (\`gate=xor\` says the same). iterations: how far each run goes; runs: from how many random
* starts; the best run is kept. step=trust: by regions of trust, which takes fewest iterations.
* For a file of the operators that were learned: save="xor.csv", which \`.channel d kraus="xor.csv" out=2\` reads.
.train t rule=stiefel channel=c truth=0110 iterations=20 runs=20

.plot train t logy        ; the cost, iteration by iteration

* Numbers to look at: the cost at the end in the middle one of the runs, and the share of the rows that is right.
.measure train error find t.error.median
.measure train right find t.correct

* The channel that was learned acts on qubits: a and b are asked, in the state |e> a qubit is 1, and o answers. A qubit
* starts in cos(theta)|e> + sin(theta)|g>; a number between 0 and 1 asks for both at once.
.param a=1 b=0
.quantum q
qubit a theta={(1-a)*pi/2}
qubit b theta={(1-b)*pi/2}
qubit o
apply c (a,b) -> o
.endquantum
.qtran 1 method=digital dt=1
.plot circuit              ; the channel as a box
.measure qtran answer find pop(o,e) at=1
.end
`,
};
