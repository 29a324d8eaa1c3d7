#!/usr/bin/env python3
"""Trains the circuits of test/speed/circuits.mjs in NumPy, for comparison.

    python3 circuits.py layers epochs runs

Four qubits, RZ and RY of each and CZ between all pairs a layer, Kullback-Leibler divergence to bars and stripes, Adam.
Slopes by parameter shifts: all shifted circuits of all runs go through each gate together, as arrays. Prints one JSON
line: CPU seconds without imports, and the median divergence before the last step.
"""
import json
import sys
import time

import numpy as np

layers, epochs, runs = (int(word) for word in sys.argv[1:4])
rng = np.random.default_rng(1)
bars = [0, 15, 5, 10, 3, 12]
target = np.zeros(16)
target[bars] = 1 / 6
signs = np.ones((2, 2, 2, 2))
for i in range(4):
    for j in range(i + 1, 4):
        at = [slice(None)] * 4
        at[i] = at[j] = 1
        signs[tuple(at)] *= -1


def turned(psi, angles, qubit, axis):
    """psi of shape (batch, 2, 2, 2, 2); an angle for each of the batch."""
    zero, one = np.take(psi, 0, qubit + 1), np.take(psi, 1, qubit + 1)
    half = angles[:, None, None, None] / 2
    if axis == "z":
        phase = np.exp(1j * half)
        return np.stack([zero / phase, one * phase], axis=qubit + 1)
    c, s = np.cos(half), np.sin(half)
    return np.stack([c * zero - s * one, s * zero + c * one], axis=qubit + 1)


def probabilities(weights):
    psi = np.zeros((len(weights), 2, 2, 2, 2), complex)
    psi[:, 0, 0, 0, 0] = 1
    for layer in range(layers + 1):
        for qubit in range(4):
            k = 8 * layer + 2 * qubit
            psi = turned(psi, weights[:, k], qubit, "z")
            psi = turned(psi, weights[:, k + 1], qubit, "y")
        if layer < layers:
            psi = psi * signs
    return (abs(psi) ** 2).reshape(len(weights), 16)


begin = time.process_time()
count = 8 * (layers + 1)
w = rng.uniform(-np.pi, np.pi, (runs, count))
mean, square = np.zeros_like(w), np.zeros_like(w)
shifts = np.concatenate([np.zeros((1, count)), np.eye(count), -np.eye(count)]) * np.pi / 2
for epoch in range(1, epochs + 1):
    p = probabilities((w[:, None, :] + shifts).reshape(-1, count)).reshape(runs, 2 * count + 1, 16)
    now = np.maximum(p[:, 0], 1e-12)
    error = (target[bars] * np.log(target[bars] / now[:, bars])).sum(1)
    slope = ((p[:, 1 : count + 1] - p[:, count + 1 :]) / 2 * (-target / now)[:, None]).sum(2)
    mean = 0.9 * mean + 0.1 * slope
    square = 0.999 * square + 0.001 * slope**2
    w -= 0.1 * (mean / (1 - 0.9**epoch)) / (np.sqrt(square / (1 - 0.999**epoch)) + 1e-8)
print(json.dumps({"cpu": time.process_time() - begin, "error": float(np.median(error))}))
