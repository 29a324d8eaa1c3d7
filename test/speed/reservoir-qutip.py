#!/usr/bin/env python3
"""Runs the reservoir of five qubits of test/speed/reservoirs.mjs in QuTiP, for comparison.

    python3 reservoir-qutip.py timer|narma2 rows multiplex features.csv

As its users would write it: the exponential of a part of a row once, and for each row the trace over the first qubit, the tensor product with
the row's state, a product with the propagator for each part and an expectation for each qubit. The readout and the tasks are those
of reservoir.py. Prints one JSON line: CPU seconds of all this without imports, and r² (timer) or NMSE (narma2).
"""
import sys

import numpy as np
import qutip as qt

import reservoir as plain

N = plain.N


def reservoir(u, parts):
    one = qt.qeye(2)

    def on(operator, *places):
        return qt.tensor([operator if k in places else one for k in range(N)])

    J = iter(plain.lcg(7, 10) - 0.5)
    H = sum(next(J) * on(qt.sigmax(), i, j) for i in range(N) for j in range(i + 1, N))
    H = H + 0.5 * sum(on(qt.sigmaz(), i) for i in range(N))
    U = (-1j * H * (4 / parts)).expm()
    back = U.dag()
    z = [on(qt.sigmaz(), i) for i in range(N)]
    rho = qt.tensor([qt.qeye(2) / 2 for _ in range(N)])
    seen = np.empty((len(u), parts, N))
    for k, s in enumerate(u):
        ket = np.sqrt(1 - s) * qt.basis(2, 0) + np.sqrt(s) * qt.basis(2, 1)
        rho = qt.tensor(qt.ket2dm(ket), rho.ptrace(list(range(1, N))))
        for part in range(parts):
            rho = U * rho * back
            seen[k, part] = qt.expect(z, rho)
    features = seen.reshape(len(u), -1)
    np.savetxt(sys.argv[4], features, fmt="%.17g", delimiter=",")
    return features


plain.reservoir = reservoir
plain.main()
