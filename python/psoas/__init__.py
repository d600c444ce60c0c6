"""psoas: loads on the psoas, the hips and each lumbar disc, from a posture or a motion.

    import psoas
    bridge = psoas.run("bridge", subject=dict(mass_kg=62, height_m=1.64, sex="female"), set={"motion.knee_deg": 110})
    bridge.peak("spine.L4_L5.compression_N")

The nouns and verbs are those of the C++ library, which does all the work: from the highest door to the lowest, run(),
analyze(), solve_frame(), the stages (compute_kinematics(), compute_paths(), ...) and single formulas (psoas.muscle).
SI units and radians; degrees only where a name ends in `_deg`. Arrays are time x channel. A model estimate for research
and teaching, no medical device.
"""
from typing import Any as _Any

from . import _doors, _psoas, forward, io, muscle, recruit
from ._arms import Arms, arms
from ._files import SavedOutcome, load
from ._ledger import LoadLedger
from ._psoas import *  # noqa: F401,F403
from ._run import run, simulate
from ._types import Error, Fault, Imported, SpecError, StaticsFailed

for _module in (_psoas, _psoas.forward, _psoas.io, _psoas.muscle, _psoas.recruit):
    _doors.open_classes(_module)
globals().update(_doors.functions_of(_psoas, __name__))

__version__: str = _psoas.version()

_own = ["Arms", "Error", "Fault", "Imported", "LoadLedger", "SavedOutcome", "SpecError", "StaticsFailed", "arms",
        "forward", "io", "load", "muscle", "recruit", "run", "simulate"]
__all__ = sorted({*_own, *_psoas.__all__})


def __getattr__(name: str) -> _Any:
    """psoas.plot needs matplotlib, and is imported when it is first used."""
    if name == "plot":
        import importlib

        try:
            return importlib.import_module(".plot", __name__)
        except ModuleNotFoundError as error:
            if error.name != "matplotlib":
                raise
            raise ImportError("psoas.plot needs matplotlib, which is not installed") from error
    raise AttributeError(f"module 'psoas' has no attribute {name!r}")
