#!/usr/bin/env python3
"""Trains the channels of test/speed/stiefel.mjs in NumPy, for comparison.

    python3 stiefel.py loop|batch runs iterations truth [truth ...]

Eight Kraus operators from four levels to two, stacked as S with S†S = 1, learn a truth table: f = Σ q², q the probability
of the wrong output for a basis input. Each iteration goes down the gradient along the manifold, by a step that is halved
from 1 until f falls by 1e-4 of what the slope promises, and back by QR with a positive diagonal. `loop` takes one start
after the other, `batch` all of them together, in stacked matrices. Prints one JSON line: CPU seconds of the training, of
the whole process, and of each table the median and the greatest f at the end, and the greatest |S†S - 1|.
"""
import json
import sys
import time

import numpy as np

LEVELS, OUTPUTS, KRAUS = 4, 2, 8
SUFFICIENT = 1e-4


def orthonormal(Y):
    q, r = np.linalg.qr(Y)
    d = np.diagonal(r, axis1=-2, axis2=-1)
    return q * (d / np.abs(d))[..., None, :]


def start(random, *runs):
    shape = (*runs, OUTPUTS * KRAUS, LEVELS)
    return orthonormal(random.standard_normal(shape) + 1j * random.standard_normal(shape))


def wrong_rows(truth):
    """1 where a row gives a wrong output for the input of a column: row 2a + o is output o of operator a."""
    output = np.arange(OUTPUTS * KRAUS) % OUTPUTS
    return (output[:, None] != np.array([int(digit) for digit in truth])[None, :]).astype(float)


def descend(S, wrong, iterations):
    """One start."""
    q = (wrong * np.abs(S) ** 2).sum(axis=0)
    f = (q**2).sum()
    curve = [f]
    for _ in range(iterations):
        G = 4 * q * wrong * S
        C = S.conj().T @ G
        xi = G - S @ ((C + C.conj().T) / 2)
        slope = (np.abs(xi) ** 2).sum()
        t = 1.0
        while True:
            Y = orthonormal(S - t * xi)
            q_new = (wrong * np.abs(Y) ** 2).sum(axis=0)
            f_new = (q_new**2).sum()
            if f_new <= f - SUFFICIENT * t * slope or t < 1e-18:
                break
            t /= 2
        S, q, f = Y, q_new, f_new
        curve.append(f)
    return S, curve


def descend_all(S, wrong, iterations):
    """All starts together; each halves its step by itself."""
    q = (wrong * np.abs(S) ** 2).sum(axis=1)
    f = (q**2).sum(axis=1)
    curve = [f.copy()]
    for _ in range(iterations):
        G = 4 * q[:, None, :] * wrong * S
        C = S.conj().transpose(0, 2, 1) @ G
        xi = G - S @ ((C + C.conj().transpose(0, 2, 1)) / 2)
        slope = (np.abs(xi) ** 2).sum(axis=(1, 2))
        t = np.ones(len(S))
        left = np.arange(len(S))
        while left.size:
            Y = orthonormal(S[left] - t[left, None, None] * xi[left])
            q_new = (wrong * np.abs(Y) ** 2).sum(axis=1)
            f_new = (q_new**2).sum(axis=1)
            done = (f_new <= f[left] - SUFFICIENT * t[left] * slope[left]) | (t[left] < 1e-18)
            taken = left[done]
            S[taken], q[taken], f[taken] = Y[done], q_new[done], f_new[done]
            left = left[~done]
            t[left] /= 2
        curve.append(f.copy())
    return S, curve


def main():
    how, runs, iterations, truths = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    random = np.random.default_rng(1)
    begin = time.process_time()
    ends = []
    for truth in truths:
        wrong = wrong_rows(truth)
        if how == "loop":
            ran = [descend(start(random), wrong, iterations) for _ in range(runs)]
            S, last = np.array([point for point, _ in ran]), np.array([curve[-1] for _, curve in ran])
        else:
            S, curve = descend_all(start(random, runs), wrong, iterations)
            last = curve[-1]
        off = np.abs(S.conj().transpose(0, 2, 1) @ S - np.eye(LEVELS)).max()
        ends.append({"truth": truth, "median": np.median(last), "greatest": last.max(), "off": off})
    print(json.dumps({"cpu": time.process_time() - begin, "process": time.process_time(), "ends": ends}, default=float))


main()
