"""Errors and small named tuples that the compiled module hands out."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy.typing as npt


def require(given: Any, kind: type, name: str) -> None:
    """Raises TypeError, in one sentence, where an argument is of another kind."""
    if not isinstance(given, kind):
        shown = repr(given) if len(repr(given)) <= 60 else f"an object of type {type(given).__name__}"
        raise TypeError(f"{name} takes {'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}, got {shown}")


class Fault(NamedTuple):
    """One fault of a description: where it stands (file:line:column, or empty) and what is wrong."""

    where: str
    message: str


class Error(ValueError):
    """A call was wrong: a name that does not exist, a file that is not there. The message is one line."""

    __module__ = "psoas"


class SpecError(Error):
    """A description (model, scenario, subject) is wrong. The message has one line for each of `faults`."""

    __module__ = "psoas"
    faults: tuple[Fault, ...] = ()


class OutputError(Error):
    """A file or folder cannot be written: a full disk, a missing permission, a foreign folder in the way."""

    __module__ = "psoas.io"


class StaticsFailed(Error):
    """The static solution that a simulation starts from failed: a matter of numbers, not of words."""

    __module__ = "psoas"


class ValueSlope(NamedTuple):
    """A curve at one point, or at many: y and dy/dx, numbers or arrays alike."""

    value: Any
    slope: Any


class Imported(NamedTuple):
    """What a foreign file became, and what had to be assumed or was dropped on the way, one sentence each."""

    value: Any
    notes: tuple[str, ...]


class Transforms(NamedTuple):
    """Poses of all bodies in the world: rotations R (n_bodies x 3 x 3) and origins p (n_bodies x 3) [m], views."""

    R: npt.NDArray[Any]
    p: npt.NDArray[Any]
