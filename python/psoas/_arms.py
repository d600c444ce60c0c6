"""Lengths and moment arms of muscles over the range of a coordinate."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Sequence

import numpy as np

from . import _psoas
from ._psoas import Model, Pose
from ._types import Error, require

if TYPE_CHECKING:
    import numpy.typing as npt


class Arms(NamedTuple):
    """Lengths and moment arms over a coordinate: rows are steps, columns are strands."""

    coordinate: str  #: that was moved
    about: str  #: the equation that the arms are about
    strands: tuple[str, ...]  #: names of the columns
    at: npt.NDArray[np.float64]  #: of the coordinate [rad or m] (n_steps)
    length: npt.NDArray[np.float64]  #: of the paths [m] (n_steps x n_strands)
    moment_arm: npt.NDArray[np.float64]  #: -d length / d coordinate [m or -] (n_steps x n_strands)


def _swept(model: Model, coordinate: str) -> int:
    index = model.coordinate(coordinate)
    leader = model.coordinates[index].leader
    if leader >= 0:
        raise Error(f'coordinate "{coordinate}" follows "{model.coordinates[leader].name}": sweep that one')
    return index


def arms(model: Model, muscles: str | Sequence[str], coordinate: str, start: float | None = None,
         stop: float | None = None, steps: int = 51, *, about: str | None = None, pose: Pose | None = None) -> Arms:
    """Lengths and moment arms of muscles while one coordinate moves, the rest in a pose (the model's defaults).

    muscles     strands or groups, by name
    start, stop [rad or m]; the coordinate's own range where not given
    about       another coordinate with an equation, such as a lumbar level that follows the one that moves
    Raises Error for names that the model does not have, with the nearest, and for a coordinate without an equation.
    """
    require(model, Model, "model")
    if not isinstance(steps, (int, np.integer)) or steps < 1:
        raise Error(f"steps must be a whole number above 0, got {steps!r}")
    index = _swept(model, coordinate)
    moved = model.coordinates[index]
    row = model.coordinates[model.coordinate(about or coordinate)].row
    if row < 0:
        raise Error(f'coordinate "{about or coordinate}" has no equation, so no muscle an arm about it')
    low = moved.minimum if start is None else float(start)
    high = moved.maximum if stop is None else float(stop)
    if any(end is not None and not np.isfinite(end) for end in (start, stop)):
        raise Error(f"start and stop must be finite numbers, got {start} and {stop}")
    if not (np.isfinite(low) and np.isfinite(high)):
        raise Error(f'coordinate "{coordinate}" has no range of its own: give start and stop')
    names = [muscles] if isinstance(muscles, str) else list(muscles)
    strands = [strand for name in names for strand in model.strands_of(name)]
    at = np.linspace(low, high, steps)
    length, arm = np.empty((steps, len(strands))), np.empty((steps, len(strands)))
    own = _psoas.rest_pose(model) if pose is None else pose.__copy__()
    kinematics, paths = _psoas.Kinematics(model), _psoas.Paths(model)
    columns: Any = np.array(strands, dtype=int)
    for i, value in enumerate(at):
        own.q[index] = value
        _psoas.compute_kinematics(model, own, kinematics)
        _psoas.compute_paths(model, kinematics, paths)
        if not _psoas.usable(paths.status):
            raise Error(f"a path could not be solved at {coordinate} = {value:g}")
        length[i] = paths.length[columns]
        arm[i] = [_psoas.moment_arm(model, paths, strand, row) for strand in strands]
    return Arms(coordinate, about or coordinate, tuple(model.strand_names[s] for s in strands), at, length, arm)
