"""psoas and OpenSim on the same model, on this machine, in one run: what each takes and the ratio.

    python tests/bench/peer_opensim.py build/release/bin/psoas MODEL.osim

Needs the package `opensim` from PyPI. Both move to drawn postures in the middle half of every range; OpenSim's moment
arms are those of every muscle about every free coordinate, as psoas computes them. A frame of StaticOptimization is what
the tool takes for seven rows of a slow sway, less what it takes for two, over five: reserves of 1, residuals of 100 N and
50 N m at the root, no external load. OpenSim's postures and psoas's differ, so that ratios are good to a factor of about two.
"""
import json
import math
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import opensim

POSTURES = 5


def psoas_times(program, model):
    out = subprocess.run([program, "bench", "--model", model, "--json"], check=True, capture_output=True, text=True)
    return {row["name"]: row["ns"] * 1e-9 for row in json.loads(out.stdout)["rows"]}


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class Peer:
    def __init__(self, path):
        opensim.Logger.setLevelString("Off")
        self.model = opensim.Model(path)
        self.state = self.model.initSystem()
        muscles = self.model.getMuscles()
        self.muscles = [muscles.get(i) for i in range(muscles.getSize())]
        coordinates = self.model.getCoordinateSet()
        free = [coordinates.get(i) for i in range(coordinates.getSize())]
        self.free = [c for c in free if not c.get_locked() and not c.isDependent(self.state)]
        self.solver = opensim.InverseDynamicsSolver(self.model)

    def move(self, draw):
        for c in self.free:
            least, most = max(c.getRangeMin(), -1.0), min(c.getRangeMax(), 1.0)
            c.setValue(self.state, least + draw.uniform(0.25, 0.75) * (most - least), False)
            c.setSpeedValue(self.state, draw.uniform(-1.0, 1.0))
        self.model.assemble(self.state)
        self.model.realizeVelocity(self.state)

    def lengths_and_arms(self):
        for muscle in self.muscles:
            muscle.getLength(self.state)
            for c in self.free:
                muscle.computeMomentArm(self.state, c)

    def inverse_dynamics(self):
        self.solver.solve(self.state, opensim.Vector(self.state.getNU(), 0.0))


class Optimizer:
    """OpenSim's StaticOptimization on a model with reserves."""

    def __init__(self, path, folder):
        self.folder = Path(folder)
        model = opensim.Model(path)
        model.initSystem()
        coordinates = model.getCoordinateSet()
        self.names = [coordinates.get(i).getName() for i in range(coordinates.getSize())]
        self.values = [coordinates.get(i).getDefaultValue() for i in range(coordinates.getSize())]
        for name in self.names:
            reserve = opensim.CoordinateActuator(name)
            reserve.setName("reserve_" + name)
            coordinate = coordinates.get(name)
            rotates = coordinate.getMotionType() == opensim.Coordinate.Rotational
            grounded = coordinate.getJoint().getParentFrame().findBaseFrame().getName() == "ground"
            reserve.setOptimalForce((50.0 if rotates else 100.0) if grounded else 1.0)
            reserve.setMinControl(-math.inf)
            reserve.setMaxControl(math.inf)
            model.addForce(reserve)
        model.finalizeConnections()
        self.file = str(self.folder / "model.osim")
        model.printToXML(self.file)

    def seconds(self, rows):
        motion = self.folder / "sway.sto"
        lines = ["sway", "version=1", "nRows=40", f"nColumns={1 + len(self.names)}", "inDegrees=no", "endheader",
                 "\t".join(["time", *self.names])]
        for i in range(40):
            lean = 0.02 * math.sin(0.05 * i)
            lines.append("\t".join(f"{x:.12g}" for x in [0.01 * i, *(v + lean for v in self.values)]))
        motion.write_text("\n".join(lines) + "\n")
        tool = opensim.AnalyzeTool()
        tool.setName("peer")
        tool.setModelFilename(self.file)
        tool.setCoordinatesFileName(str(motion))
        tool.setResultsDir(str(self.folder))
        first, last = 0.1, 0.1 + 0.01 * (rows - 1)
        tool.setInitialTime(first)
        tool.setFinalTime(last)
        analysis = opensim.StaticOptimization()
        analysis.setName("StaticOptimization")
        analysis.setStartTime(first)
        analysis.setEndTime(last)
        tool.getAnalysisSet().cloneAndAppend(analysis)
        setup = self.folder / "setup.xml"
        tool.printToXML(str(setup))
        again = opensim.AnalyzeTool(str(setup))
        return timed(again.run)


def static_optimization(path):
    with tempfile.TemporaryDirectory() as folder:
        optimizer = Optimizer(path, folder)
        return (optimizer.seconds(7) - optimizer.seconds(2)) / 5.0


def opensim_times(path):
    load = min(timed(lambda: Peer(path)) for _ in range(3))
    peer, draw = Peer(path), random.Random(1)
    arms, dynamics = [], []
    for _ in range(POSTURES):
        peer.move(draw)
        arms.append(timed(peer.lengths_and_arms))
        dynamics.append(timed(peer.inverse_dynamics))
    return {"load": load, "lengths_and_arms": min(arms), "inverse_dynamics": min(dynamics),
            "frame_as_opensim": static_optimization(path)}


def main(program, path):
    ours, theirs = psoas_times(program, path), opensim_times(path)
    print(f"{'what':20} {'psoas [us]':>12} {'OpenSim [us]':>14} {'ratio':>10}")
    for what, seconds in theirs.items():
        print(f"{what:20} {1e6 * ours[what]:12.1f} {1e6 * seconds:14.1f} {seconds / ours[what]:10.0f}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
