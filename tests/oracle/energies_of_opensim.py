"""Whose inverse dynamics? OpenSim's against OpenSim's own energies, frame by frame, and psoas against both.

    /tmp/oracle/bin/python tests/oracle/energies_of_opensim.py --build build/release --model FILE.osim \
        --motion FILE.mot [--filter 6] [--times 1.0:5.0:0.1]

Lagrange's equation needs kinetic and potential energy only, no accelerations of bodies and no bias terms:

    tau_j = d/dt (dT/du_j) - dT/dq_j + dV/dq_j

T and V are asked of OpenSim along the recorded motion (no external loads); derivatives are central differences of
fourth order, exact to about 1e-10 of the largest moment. Printed for each coordinate: the largest value, how far
OpenSim's InverseDynamicsSolver is from its own energies, and how far psoas is. Needs what against_opensim.py needs.
"""
import argparse
import subprocess
import tempfile
from pathlib import Path

import numpy
import opensim

opensim.Logger.setLevelString("error")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--motion", type=Path, required=True)
    parser.add_argument("--filter", type=float, default=6.0, help="low-pass of the motion [Hz]")
    parser.add_argument("--times", default="1.0:5.0:0.1", help="first:last:step [s]")
    return parser.parse_args()


class Limbs:
    """A model of OpenSim without forces; followers stay where they are by default, as in its inverse dynamics."""

    def __init__(self, path):
        self.model = opensim.Model(str(path))
        self.state = self.model.initSystem()
        for i in range(self.model.getForceSet().getSize()):
            self.model.getForceSet().get(i).setAppliesForce(self.state, False)
        coordinates = self.model.getCoordinateSet()
        places = {self.place(coordinates.get(i)): coordinates.get(i).getName() for i in range(coordinates.getSize())}
        self.names = [places[i] for i in range(coordinates.getSize())]
        self.solver = opensim.InverseDynamicsSolver(self.model)

    def place(self, coordinate):
        """Where a coordinate stands in the state: what moves when it does."""
        coordinate.setLocked(self.state, False)
        values = [coordinate.getValue(self.state), coordinate.getValue(self.state) + 0.01]
        q = []
        for value in reversed(values):
            coordinate.setValue(self.state, value, False)
            q.append(self.state.getQ().to_numpy().copy())
        return int(numpy.argmax(abs(q[0] - q[1])))

    def put(self, q, u):
        for i, value in enumerate(q):
            self.state.updQ()[i] = value
            self.state.updU()[i] = u[i]

    def kinetic(self, q, u):
        self.put(q, u)
        self.model.realizeVelocity(self.state)
        return self.model.calcKineticEnergy(self.state)

    def potential(self, q):
        self.put(q, numpy.zeros(len(q)))
        self.model.realizeVelocity(self.state)
        return self.model.calcPotentialEnergy(self.state)

    def solved(self, q, u, a):
        self.put(q, u)
        self.model.realizeVelocity(self.state)
        acceleration = opensim.Vector(len(q), 0.0)
        for i, value in enumerate(a):
            acceleration[i] = value
        return self.solver.solve(self.state, acceleration).to_numpy()

    def momentum(self, q, u):  # T is quadratic in u: the difference is exact
        return numpy.array([(self.kinetic(q, u + e) - self.kinetic(q, u - e)) / 2.0 for e in numpy.eye(len(q))])

    def by_energies(self, q, u, a):
        h, n = 1e-3, len(q)

        def slope(f):
            return (8.0 * (f(h) - f(-h)) - f(2.0 * h) + f(-2.0 * h)) / (12.0 * h)

        tau = slope(lambda t: self.momentum(q + t * u + 0.5 * t * t * a, u + t * a))
        for j, e in enumerate(numpy.eye(n)):
            tau[j] -= slope(lambda t, e=e: self.kinetic(q + t * e, u) - self.potential(q + t * e))
        return tau


def recorded(limbs, path, cutoff, times):
    """Coordinates, speeds and accelerations as OpenSim's inverse dynamics tool makes them from a file."""
    storage = opensim.Storage(str(path))
    if storage.isInDegrees():
        limbs.model.getSimbodyEngine().convertDegreesToRadians(storage)
    storage.pad(storage.getSize() // 2)
    storage.lowpassIIR(cutoff)
    splines = opensim.GCVSplineSet(5, storage)
    known = {splines.get(i).getName(): splines.get(i) for i in range(splines.getSize())}
    default = {c: limbs.model.getCoordinateSet().get(c).getDefaultValue() for c in limbs.names}
    q, u, a = (numpy.zeros((len(times), len(limbs.names))) for _ in range(3))
    for j, name in enumerate(limbs.names):
        if name not in known:
            q[:, j] = default[name]
            continue
        for i, t in enumerate(times):
            at = opensim.Vector(1, t)
            q[i, j] = known[name].calcValue(at)
            for order, out in ((1, u), (2, a)):
                parts = opensim.StdVectorInt()
                for _ in range(order):
                    parts.append(0)
                out[i, j] = known[name].calcDerivative(parts, at)
    return q, u, a


def of_psoas(args, times):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([args.build / "bin" / "psoas", "analyze", args.motion, "--model", args.model, "--filter",
                        str(args.filter), "--opensim-compatible", "--only", "inverse_dynamics", "--out", folder],
                       check=True, stdout=subprocess.DEVNULL)
        file = next(Path(folder).rglob("*InverseDynamics.sto"))
        lines = file.read_text().splitlines()
    head = lines.index("endheader")
    names = lines[head + 1].split()
    rows = numpy.array([[float(x) for x in line.split()] for line in lines[head + 2:]])
    at = [int(numpy.argmin(abs(rows[:, 0] - t))) for t in times]
    return {n.rsplit("_", 1)[0]: rows[at, i] for i, n in enumerate(names)}, rows[at, 0]


def main():
    args = arguments()
    first, last, step = (float(x) for x in args.times.split(":"))
    ours, times = of_psoas(args, numpy.arange(first, last + 0.5 * step, step))
    limbs = Limbs(args.model)
    q, u, a = recorded(limbs, args.motion, args.filter, times)
    energies = numpy.array([limbs.by_energies(*frame) for frame in zip(q, u, a)])
    solved = numpy.array([limbs.solved(*frame) for frame in zip(q, u, a)])
    peak = abs(energies).max(axis=0)
    print(f"{len(times)} frames of {args.motion.name}; differences relative to the largest value of the coordinate")
    print(f"{'coordinate':24}{'largest [N m, N]':>18}{'OpenSim - its energies':>26}{'psoas - energies':>20}")
    for j, name in enumerate(limbs.names):
        mine = ours.get(name)
        apart = f"{abs(mine - energies[:, j]).max() / peak[j]:20.1e}" if mine is not None else f"{'-':>20}"
        print(f"{name:24}{peak[j]:18.2f}{abs(solved - energies)[:, j].max() / peak[j]:26.1e}{apart}")


if __name__ == "__main__":
    main()
