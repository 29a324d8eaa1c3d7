/**
 * Fujii and Nakajima's reservoir (Physical Review Applied 8, 024030, 2017), five qubits that all pull at each other, with drawn
 * couplings: what it reads, further lines of its block, and what the readout `r` takes of it.
 */
export const fiveQubits = (data: string, readout: string, lines = ""): string => `
.dataset ts ${data}
.quantum b
.for i=0 to 4
qubit q{i} bloch=(0,0,0)
hamiltonian {-0.5*sz(q{i})}
.endfor
.for i=0 to 3
.for j=i+1 to 4
hamiltonian {(lcg(7,4*i-i*(i-1)/2+j-i)-0.5)*sx(q{i})*sx(q{j})}
.endfor
.endfor
${lines}
input q0 from=ts.u period=4
.endquantum
.train r rule=ridge data=ts features=(${[0, 1, 2, 3, 4].map((i) => `ex({-sz(q${i})})`).join(" ")}) ${readout}`;
