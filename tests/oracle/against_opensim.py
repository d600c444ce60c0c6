"""Models that psoas wrote, in OpenSim: do both compute the same?

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install opensim
    cmake --build build/release --target psoas_cli oracle_values
    /tmp/oracle/bin/python tests/oracle/against_opensim.py --build build/release whole_body FILE.osim ...

Each model is converted to .osim and loaded by OpenSim; postures are drawn from the ranges of its free coordinates.
Compared are what psoas computes from the model itself and what OpenSim computes from the file: body transforms, mass
centre, inverse dynamics at rest and in motion, lengths and moment arms. The largest differences are printed; exit
code 1 where one is beyond its tolerance. Where a joint turns about several axes by functions (the knees of
Rajagopal2016) OpenSim's accelerations contradict its own velocities: give such models --motion-tolerance 1e-4.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import opensim

# Relative to the largest value of the quantity; wrapped paths in metres.
TOLERANCE = {"transforms": 1e-9, "mass centre": 1e-9, "moments at rest": 1e-9, "moments in motion": 1e-9,
             "lengths, no wrap": 1e-9, "arms, no wrap": 1e-9, "lengths, one cylinder": 3e-4, "arms, one cylinder": 3e-3}
ABSOLUTE = {"lengths, one cylinder", "arms, one cylinder", "lengths, other wraps", "arms, other wraps"}


class Differences:
    """The largest difference of each quantity, with its place and the largest value."""

    def __init__(self):
        self.worst, self.largest, self.count = {}, {}, {}

    def add(self, quantity, ours, theirs, place):
        if ours is None or numpy.isnan(ours):
            return  # a path that switches within a step of this posture
        self.count[quantity] = self.count.get(quantity, 0) + 1
        self.largest[quantity] = max(self.largest.get(quantity, 0.0), abs(theirs))
        error = abs(ours - theirs)
        if not error <= self.worst.get(quantity, (-1.0, ""))[0]:
            self.worst[quantity] = (error, place)

    def report(self):
        good = True
        for quantity, (error, place) in self.worst.items():
            absolute = quantity in ABSOLUTE
            value = error if absolute else error / max(self.largest[quantity], 1e-12)
            limit = TOLERANCE.get(quantity)
            fine = limit is None or value <= limit
            good = good and fine
            print(f"  {'' if fine else 'FAILED '}{quantity}: {value:.3g}{' m' if absolute else ' relative'}"
                  f" of {self.count[quantity]} (limit {limit}), at {place}")
        return good


class Converted:
    """A model of OpenSim with its couplings; the muscles pull with no force."""

    def __init__(self, path):
        self.model = opensim.Model(str(path))
        self.coordinates = [self.model.getCoordinateSet().get(i) for i in range(self.model.getCoordinateSet().getSize())]
        forces = self.model.updForceSet()
        for i in range(forces.getSize()):
            forces.get(i).set_appliesForce(False)
        self.state = self.model.initSystem()
        self.coupling = {}
        constraints = self.model.getConstraintSet()
        for i in range(constraints.getSize()):
            coupler = opensim.CoordinateCouplerConstraint.safeDownCast(constraints.get(i))
            leader = coupler.getIndependentCoordinateNames().get(0)
            self.coupling[coupler.getDependentCoordinateName()] = (leader, coupler.getFunction())
        self.solver = opensim.InverseDynamicsSolver(self.model)
        self.free = [c.getName() for c in self.coordinates
                     if c.getName() not in self.coupling and not c.get_locked()]
        names = self.model.getCoordinateNamesInMultibodyTreeOrder()
        get = names.getElt if hasattr(names, "getElt") else names.get
        self.order = {get(i).split("/")[-1]: i for i in range(names.size())}

    def evaluate(self, function, x, derivatives):
        argument = opensim.Vector(1, x)
        if derivatives == 0:
            return function.calcValue(argument)
        components = opensim.StdVectorInt()
        for _ in range(derivatives):
            components.append(0)
        return function.calcDerivative(components, argument)

    def complete(self, q, u, a):
        """Followers from their leaders, and d follower / d leader."""
        slopes = {}
        waiting = dict(self.coupling)
        while waiting:
            ready = [f for f, (leader, _) in waiting.items() if leader not in waiting]
            for follower in ready:
                leader, function = waiting.pop(follower)
                x = q[leader]
                slope = self.evaluate(function, x, 1)
                curvature = self.evaluate(function, x, 2)
                q[follower] = self.evaluate(function, x, 0)
                u[follower] = slope * u[leader]
                a[follower] = slope * a[leader] + curvature * u[leader] ** 2
                slopes[follower] = (leader, slope)
        return slopes

    def set(self, q, u):
        for c in self.coordinates:
            name = c.getName()
            if name in q:
                c.setLocked(self.state, False)
                c.setValue(self.state, q[name], False)
                c.setSpeedValue(self.state, u[name])
        self.model.realizeDynamics(self.state)

    def moments(self, a, slopes):
        """Generalised forces, those of followers carried over to their leaders."""
        rates = opensim.Vector(len(self.coordinates), 0.0)
        for name, i in self.order.items():
            rates.set(i, a.get(name, 0.0))
        tau = self.solver.solve(self.state, rates)
        out = {name: tau.get(i) for name, i in self.order.items()}
        for follower in reversed(list(slopes)):
            leader, slope = slopes[follower]
            out[leader] += slope * out[follower]
        return out


def drawn_poses(converted, count):
    """Postures within 80 % of each range, about its middle; a root only moves a little."""
    random = numpy.random.default_rng(1)
    poses = []
    for _ in range(count):
        q, u, a = {}, {}, {}
        for c in converted.coordinates:
            name = c.getName()
            if name not in converted.free:
                q[name], u[name], a[name] = c.getDefaultValue(), 0.0, 0.0
                continue
            low, high = c.getRangeMin(), c.getRangeMax()
            if not high - low < 6.0:
                low, high = c.getDefaultValue() - 1.0, c.getDefaultValue() + 1.0
            q[name] = (low + high) / 2 + 0.8 * (high - low) * (random.random() - 0.5)
            u[name], a[name] = random.normal(), 5.0 * random.normal()
        poses.append((q, u, a))
    return poses


def kind_of(muscle):
    """What the path of a muscle wraps round."""
    wraps = muscle.getGeometryPath().getWrapSet()
    if wraps.getSize() == 0:
        return "no wrap"
    one_cylinder = wraps.getSize() == 1 and wraps.get(0).getWrapObject().getConcreteClassName() == "WrapCylinder"
    return "one cylinder" if one_cylinder else "other wraps"


def compare(name, build, count, folder):
    path = folder / (Path(name).stem + "_converted.osim")
    subprocess.run([build / "bin" / "psoas", "convert", name, path, "--force"], check=True, stderr=subprocess.DEVNULL)
    converted = Converted(path)
    poses = drawn_poses(converted, count)
    kept = [c.getName() for c in converted.coordinates if c.getName() not in converted.coupling]
    (folder / "poses.json").write_text(json.dumps({
        "coordinates": kept,
        "poses": [{"q": [q[n] for n in kept], "u": [u[n] for n in kept], "udot": [a[n] for n in kept]}
                  for q, u, a in poses]}))
    ours = json.loads(subprocess.run([build / "tests" / "oracle_values", name, folder / "poses.json"], check=True,
                                     capture_output=True, text=True).stdout)
    found = Differences()
    for i, (q, u, a) in enumerate(poses):
        compare_pose(converted, ours, i, (q, u, a), found)
    print(f"{name}: {len(converted.coordinates)} coordinates, {converted.model.getMuscles().getSize()} muscles, "
          f"{count} postures")
    return found.report()


def compare_pose(converted, ours, i, pose, found):
    q, u, a = pose
    slopes = converted.complete(q, u, a)
    still = {n: 0.0 for n in q}
    converted.set(q, still)
    model, state = converted.model, converted.state
    for k in range(model.getBodySet().getSize()):
        body = model.getBodySet().get(k)
        X = body.getTransformInGround(state)
        theirs = [X.p().get(j) for j in range(3)] + [X.R().asMat33().get(r, c) for r in range(3) for c in range(3)]
        for x, y in zip(ours["bodies"][body.getName()][i], theirs):
            found.add("transforms", x, y, f"{body.getName()} {i}")
    center = model.calcMassCenterPosition(state)
    for k in range(3):
        found.add("mass centre", ours["mass_center"][i][k], center.get(k), str(i))
    compare_paths(converted, ours, i, found)
    for motion, speeds, rates in (("hold", still, still), ("tau", u, a)):
        converted.set(q, speeds)
        theirs = converted.moments(rates, slopes)
        label = "moments at rest" if motion == "hold" else "moments in motion"
        for name in converted.free:
            found.add(label, ours[motion][name][i], theirs[name], f"{name} {i}")


def compare_paths(converted, ours, i, found):
    muscles = converted.model.getMuscles()
    for k in range(muscles.getSize()):
        muscle = muscles.get(k)
        kind = kind_of(muscle)
        name = muscle.getName()
        found.add(f"lengths, {kind}", ours["lengths"][name][i], muscle.getLength(converted.state), f"{name} {i}")
        for coordinate, values in ours["arms"][name].items():
            if coordinate not in converted.free or values[i] is None or abs(values[i]) < 1e-12:
                continue
            theirs = muscle.computeMomentArm(converted.state, converted.model.getCoordinateSet().get(coordinate))
            found.add(f"arms, {kind}", values[i], theirs, f"{name} {coordinate} {i}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, required=True, help="build folder with psoas_cli and oracle_values")
    parser.add_argument("--poses", type=int, default=20)
    parser.add_argument("--motion-tolerance", type=float, default=TOLERANCE["moments in motion"])
    parser.add_argument("models", nargs="+")
    words = parser.parse_args()
    TOLERANCE["moments in motion"] = words.motion_tolerance
    opensim.Logger.setLevelString("error")
    with tempfile.TemporaryDirectory() as folder:
        results = [compare(m, words.build.resolve(), words.poses, Path(folder)) for m in words.models]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
