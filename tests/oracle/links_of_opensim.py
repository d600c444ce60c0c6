"""What OpenSim says of the ligaments and bushings in tests/data/opensim/links.osim.

    /tmp/oracle/bin/python tests/oracle/links_of_opensim.py [FILE.osim]

Prints, in two moving postures, what inverse dynamics ask of every coordinate and the pull of every ligament: the
numbers that tests/mechanics/links_test.cpp holds psoas to. Needs PyPI's opensim.
"""
import sys
from pathlib import Path

import opensim

opensim.Logger.setLevelString("error")

POSTURES = [({"lean": 0.2, "flexion": 0.15, "bending": -0.12, "turning": 0.2, "sliding": 0.004},
             {"lean": 0.3, "flexion": 1.1, "bending": -0.7, "turning": 0.5, "sliding": 0.05}),
            ({"lean": -0.4, "flexion": 0.6, "bending": 0.3, "turning": -0.35, "sliding": -0.01},
             {"lean": -0.5, "flexion": -0.4, "bending": 0.9, "turning": 0.8, "sliding": 0.2})]


def main():
    default = Path(__file__).resolve().parent.parent / "data" / "opensim" / "links.osim"
    model = opensim.Model(sys.argv[1] if len(sys.argv) > 1 else str(default))
    state = model.initSystem()
    coordinates = [model.getCoordinateSet().get(i) for i in range(model.getNumCoordinates())]
    solver = opensim.InverseDynamicsSolver(model)
    for positions, speeds in POSTURES:
        for c in coordinates:
            c.setValue(state, positions[c.getName()], False)
            c.setSpeedValue(state, speeds[c.getName()])
        model.realizeDynamics(state)
        moments = solver.solve(state, opensim.Vector(state.getNU(), 0.0))
        print({c.getName(): moments.get(i) for i, c in enumerate(coordinates)})
        forces = model.getForceSet()
        pulls = {}
        for i in range(forces.getSize()):
            if opensim.Ligament.safeDownCast(forces.get(i)):
                pulls[forces.get(i).getName()] = forces.get(i).getRecordValues(state).get(0)
        print(pulls)


main()
