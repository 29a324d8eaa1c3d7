#!/usr/bin/env python3
"""Trains the perceptrons of test/speed/perceptrons.mjs in Python, for comparison.

    python3 perceptron.py slp|mlp loop|numpy runs epochs [or|and|xor]

slp: two inputs and a constant into a logistic neuron (delta rule), its three weights moved by pulses through their
windows. mlp: 2-2-1 of differential HP nodes,
v = u clip(u, -4, 4)/4, with additive biases (backpropagation). 100 samples are drawn for each realisation and shown in
a new order each epoch, one at a time. As there, of each epoch the error and the right answers are kept, and of all pulses
their number, the largest, and how many miss their window. `loop` goes through realisations one after the other in plain Python, `numpy`
takes all of them through each sample together. Prints one JSON line: CPU seconds, and the mean error of the last epoch.
"""
import json
import math
import random
import sys
import time

SAMPLES = 100
W = 4.0
WINDOW = 0.02


def rows_of(gate):
    truth = {"or": "0111", "and": "0001", "xor": "0110"}[gate]
    return [(k >> 1, k & 1, int(truth[k])) for k in range(4)]


def slp_loop(rows, rate, epochs):
    bound = math.sqrt(2)
    w = [random.uniform(-bound, bound) for _ in range(3)]
    data = [random.choice(rows) for _ in range(SAMPLES)]
    curve = []
    pulses = missed = 0
    largest = 0.0
    for _ in range(epochs):
        random.shuffle(data)
        error, right = 0.0, 0
        for x, y, target in data:
            v = 1 / (1 + math.exp(-(w[0] * x + w[1] * y + w[2])))
            d = target - v
            error += 0.5 * d * d
            right += (v > 0.5) == (target > 0.5)
            for k, value in enumerate((x, y, 1)):
                s = rate * d * v * (1 - v) * value
                if s != 0:
                    size = abs(s)
                    pulses += 1
                    if size > largest:
                        largest = size
                    if size < WINDOW:
                        w[k] += s
                    else:
                        missed += 1
        curve.append((error, right / SAMPLES))
    return curve[-1][0]


def node(u):
    if -W < u < W:
        return u * u / W, 2 * u / W
    return (u, 1.0) if u > 0 else (-u, -1.0)


def clip(w):
    return min(W, max(-W, w))


def mlp_loop(rows, rate, epochs):
    start = lambda bound: random.uniform(-bound, bound)
    w = [start(math.sqrt(1.5)) for _ in range(4)]
    o = [start(math.sqrt(2)) for _ in range(2)]
    b = [0.0, 0.0, 0.0]
    data = [random.choice(rows) for _ in range(SAMPLES)]
    for _ in range(epochs):
        random.shuffle(data)
        error = 0.0
        for x, y, target in data:
            v0, p0 = node(w[0] * x + w[1] * y + b[0])
            v1, p1 = node(w[2] * x + w[3] * y + b[1])
            v, p = node(o[0] * v0 + o[1] * v1 + b[2])
            d = target - v
            error += 0.5 * d * d
            d *= rate * p
            d0, d1 = d * o[0] * p0, d * o[1] * p1
            w[0], w[1], b[0] = clip(w[0] + d0 * x), clip(w[1] + d0 * y), clip(b[0] + d0)
            w[2], w[3], b[1] = clip(w[2] + d1 * x), clip(w[3] + d1 * y), clip(b[1] + d1)
            o[0], o[1], b[2] = clip(o[0] + d * v0), clip(o[1] + d * v1), clip(b[2] + d)
    return error


def drawn(np, generator, rows, runs):
    return np.array(rows, dtype=float)[generator.integers(4, size=(SAMPLES, runs))].transpose(0, 2, 1)


def shuffled(np, generator, data, runs):
    order = generator.random((SAMPLES, runs)).argsort(axis=0)
    return np.take_along_axis(data, order[:, None, :], axis=0)


def slp_numpy(np, rows, rate, epochs, runs):
    generator = np.random.default_rng(1)
    bound = math.sqrt(2)
    w = generator.uniform(-bound, bound, (3, runs))
    data = drawn(np, generator, rows, runs)
    for _ in range(epochs):
        error = np.zeros(runs)
        for x, y, target in shuffled(np, generator, data, runs):
            v = 1 / (1 + np.exp(-(w[0] * x + w[1] * y + w[2])))
            d = target - v
            error += 0.5 * d * d
            for k, value in enumerate((x, y, 1)):
                s = rate * d * v * (1 - v) * value
                w[k] += np.where(np.abs(s) < WINDOW, s, 0)
    return error.mean()


def mlp_numpy(np, rows, rate, epochs, runs):
    generator = np.random.default_rng(1)
    hidden = np.zeros((2, 3, runs))
    hidden[:, :2] = generator.uniform(-1, 1, (2, 2, runs)) * math.sqrt(1.5)
    out = np.zeros((3, runs))
    out[:2] = generator.uniform(-1, 1, (2, runs)) * math.sqrt(2)
    data = drawn(np, generator, rows, runs)
    x = np.ones((3, runs))
    v = np.ones((3, runs))
    for _ in range(epochs):
        error = np.zeros(runs)
        for sample in shuffled(np, generator, data, runs):
            x[:2] = sample[:2]
            u = (hidden * x).sum(axis=1)
            c = u.clip(-W, W)
            v[:2] = u * c / W
            p = (c + u * (c == u)) / W
            uo = (out * v).sum(axis=0)
            co = uo.clip(-W, W)
            d = sample[2] - uo * co / W
            error += 0.5 * d * d
            d = rate * d * (co + uo * (co == uo)) / W
            dh = d * out[:2] * p
            hidden += dh[:, None] * x
            hidden.clip(-W, W, out=hidden)
            out += d * v
            out.clip(-W, W, out=out)
    return error.mean()


def main():
    kind, how, runs, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    gate = sys.argv[5] if len(sys.argv) > 5 else "or"
    rows, rate = rows_of(gate), 0.01 if (kind, gate) == ("mlp", "xor") else 0.1
    random.seed(1)
    if how == "numpy":
        import numpy as np

        begin = time.process_time()
        error = (slp_numpy if kind == "slp" else mlp_numpy)(np, rows, rate, epochs, runs)
    else:
        begin = time.process_time()
        one = slp_loop if kind == "slp" else mlp_loop
        error = sum(one(rows, rate, epochs) for _ in range(runs)) / runs
    print(json.dumps({"cpu": time.process_time() - begin, "process": time.process_time(), "error": float(error)}))


main()
