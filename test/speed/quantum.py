"""QuTiP's side of quantum.mjs: one line of JSON for one problem, given as JSON in the first argument.

fields: kind = chain | damped | oscillator, n (qubits or levels), tol (rtol = atol), repeats"""
import json, os, sys, tempfile, time

os.environ["OMP_NUM_THREADS"] = "1"  # one thread on both sides; more would only spin
import numpy as np
import qutip as qt

task = json.loads(sys.argv[1])
kind, n = task["kind"], task["n"]
T = 2 * np.pi
e, g, one = qt.basis(2, 0), qt.basis(2, 1), qt.qeye(2)
at = lambda op, k: qt.tensor([op if j == k else one for j in range(n)])
string = "sqrt(0.02*(1-sin(cos(t))))"
if kind == "oscillator":
    a = qt.destroy(n)
    H, psi = a.dag() * a, qt.coherent(n, 2.0, method="analytic").unit()
    losses, look = [[a, string]], [a.dag() * a, a + a.dag(), 1j * (a.dag() - a)]
else:
    strength = 0.014 * 30 / T if kind == "chain" else 0.2
    H = sum(0.5 * at(qt.sigmaz(), k) for k in range(n))
    for k in range(n - 1):
        H = H + strength * at(qt.sigmay(), k) * at(qt.sigmay(), k + 1)
    angle = [np.pi / 4 if kind == "chain" else np.pi / 2 - (0.3 + 0.4 * (n - 1 - k)) for k in range(n)]
    psi = qt.tensor([np.cos(x) * e + np.sin(x) * g for x in angle])
    lower = [at(g * e.dag(), k) for k in range(n)]
    losses = [[s, string] for s in lower] if kind == "chain" else [np.sqrt(0.05) * s for s in lower]
    look = [at(op, k) for k in range(n) for op in (qt.sigmax(), qt.sigmay())]
times = np.linspace(0, 20 * T, 601) if kind != "damped" else np.array([0, 20 * T])


def solve(tol):
    options = qt.Options(rtol=tol, atol=tol, nsteps=10**7, method="adams", rhs_reuse=False)
    start = time.process_time()
    result = qt.mesolve(H, psi * psi.dag(), times, losses, look, options=options)
    return time.process_time() - start, np.array(result.expect).real


with tempfile.TemporaryDirectory() as scratch:  # QuTiP writes compiled coefficients where it stands
    os.chdir(scratch)
    first, found = solve(task["tol"])
    whole = time.process_time()
    best = min([first] + [solve(task["tol"])[0] for _ in range(task["repeats"] - 1)])
    os.chdir("/")
print(json.dumps(dict(first=first, best=best, whole=whole, found=found.T.ravel().tolist())))
