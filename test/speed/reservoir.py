#!/usr/bin/env python3
"""Runs the reservoir of five qubits of test/speed/reservoirs.mjs in NumPy, for comparison.

    python3 reservoir.py timer|narma2 rows multiplex features.csv

Fujii and Nakajima's reservoir: the first qubit is put into the row's state, the density matrix is turned by one unitary matrix
for each part of a row, and the five mean values of z are read; then a readout is fitted by least squares with a ridge. What was
read is written to a file, as `pinched run` does. Prints one JSON line: CPU seconds of all this without imports, and r² (timer) or NMSE (narma2).
"""
import json
import sys
import time

import numpy as np

N = 5


def lcg(seed, count):
    out = []
    for _ in range(count):
        seed = (1664525 * seed + 1013904223) % 2**32
        out.append(seed / 2**32)
    return np.array(out)


def on(factors):
    whole = np.eye(1)
    for k in range(N):
        whole = np.kron(whole, factors.get(k, np.eye(2)))
    return whole


def reservoir(u, parts):
    X = np.array([[0, 1], [1, 0]])
    Z = np.diag([1.0, -1.0])
    J = iter(lcg(7, 10) - 0.5)
    H = sum(next(J) * on({i: X, j: X}) for i in range(N) for j in range(i + 1, N))
    H = H + 0.5 * sum(on({i: Z}) for i in range(N))
    values, vectors = np.linalg.eigh(H)
    U = (vectors * np.exp(-1j * values * 4 / parts)) @ vectors.conj().T
    back = U.conj().T.copy()
    z = np.array([np.diag(on({i: Z})) for i in range(N)])
    half = 2 ** (N - 1)
    rho = np.eye(2**N, dtype=complex) / 2**N
    seen = np.empty((len(u), parts, N))
    for k, s in enumerate(u):
        rest = rho[:half, :half] + rho[half:, half:]
        ket = np.array([np.sqrt(1 - s), np.sqrt(s)])
        rho = np.kron(np.outer(ket, ket), rest)
        for part in range(parts):
            rho = U @ rho @ back
            seen[k, part] = z @ np.diag(rho).real
    features = seen.reshape(len(u), -1)
    np.savetxt(sys.argv[4], features, fmt="%.17g", delimiter=",")
    return features


def fitted(F, y, first, last, ridge):
    A = np.hstack([F, np.ones((len(F), 1))])
    n = A.shape[1]
    rows = np.vstack([A[first:last], np.sqrt(ridge) * np.eye(n)])
    return A @ np.linalg.lstsq(rows, np.concatenate([y[first:last], np.zeros(n)]), rcond=None)[0]


def timer(rows, parts):
    u = (np.arange(rows) >= 200) * 1.0
    y = (np.arange(rows) == 220) * 1.0
    out = fitted(reservoir(u, parts), y, 150, rows, 1e-9)
    return np.corrcoef(out[150:], y[150:])[0, 1] ** 2


def narma2(rows, parts):
    u = lcg(12345, rows)
    y = np.empty(rows)
    last = before = 0.0
    for k in range(rows):
        last, before = 0.4 * last + 0.4 * last * before + 0.6 * (0.2 * u[k]) ** 3 + 0.1, last
        y[k] = last
    out = fitted(reservoir(u, parts), y, 200, rows - 1000, 1e-10)[-1000:]
    test = y[-1000:]
    return np.sum((test - out) ** 2) / np.sum((test - test.mean()) ** 2)


def main():
    task, rows, parts = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    start = time.process_time()
    figure = {"timer": timer, "narma2": narma2}[task](rows, parts)
    print(json.dumps({"cpu": time.process_time() - start, "figure": figure}))


if __name__ == "__main__":
    main()
