"""Writes opensim.csv: what OpenSim's low-pass and splines make of two made-up motions.

Needs the OpenSim package from PyPI: python make_opensim.py
"""
import math
from pathlib import Path

import opensim as osim

CUTOFF_HZ = 6.0
CASES = {
    "rounded": [round(0.5 + i / 60, 8) for i in range(61)],
    "uneven": [round(2 + 0.02 * i + 0.004 * math.sin(1.7 * i), 6) for i in range(60)],
    "even": [i / 64 for i in range(64)],
}


def value(t):
    return round(0.6 * math.sin(2 * math.pi * 0.9 * t) + 0.05 * math.sin(2 * math.pi * 8 * t + 0.4) - 0.3 * t, 6)


def splines(storage):
    return osim.GCVSplineSet(5, storage)


def derivative(spline, t, order):
    orders = osim.StdVectorInt()
    for _ in range(order):
        orders.append(0)
    at = osim.Vector(1, t)
    return spline.calcDerivative(orders, at) if order else spline.calcValue(at)


rows = ["case,kind,time_s,q,v,a,a_of_speed"]
for case, times in CASES.items():
    file = Path("made_up.sto")
    text = "\n".join(f"{t!r}\t{value(t)!r}" for t in times)
    file.write_text(f"T\nversion=1\nnRows={len(times)}\nnColumns=2\ninDegrees=no\nendheader\ntime\tx\n{text}\n")
    storage = osim.Storage(str(file))
    file.unlink()
    rows += [f"{case},recorded,{t!r},{value(t)!r},,," for t in times]
    storage.pad(storage.getSize() // 2)
    storage.lowpassIIR(CUTOFF_HZ)
    first = splines(storage)
    second = splines(first.constructStorage(1))
    for i in range(storage.getSize()):
        t = storage.getStateVector(i).getTime()
        if storage.getStateVector(min(i + 1, storage.getSize() - 1)).getTime() <= times[0] or t > times[-1]:
            continue
        q, v, a = (derivative(first.get(0), t, order) for order in range(3))
        rows.append(f"{case},opensim,{t!r},{q!r},{v!r},{a!r},{derivative(second.get(0), t, 1)!r}")
Path(__file__).with_name("opensim.csv").write_text("\n".join(rows) + "\n")
