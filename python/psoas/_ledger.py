"""What causes a load: the ledger of an outcome, one load at one time."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Sequence

import numpy as np

from . import _psoas
from ._psoas import LedgerEntry
from ._types import Error

if TYPE_CHECKING:
    import pandas

    from ._psoas import Outcome


class LoadLedger(Sequence[LedgerEntry]):
    """The parts of one load at one time. They add up to the total.

    A sequence of LedgerEntry (load, time, cause, part, value, unit), every strand and body by itself; `groups` has
    whole muscles, weight and inertia as one row each.
    """

    def __init__(self, load: str, entries: Sequence[LedgerEntry]) -> None:
        self.load = load
        self._parts = [e for e in entries if e.cause not in ("total", "sum")]
        self._sums = [e for e in entries if e.cause == "sum"]
        totals = [e for e in entries if e.cause == "total"]
        self.total: float = totals[0].value if totals else float("nan")
        self.time: float = entries[0].time if entries else float("nan")
        self.unit: str = entries[0].unit if entries else ""

    def __len__(self) -> int:
        return len(self._parts)

    def __getitem__(self, index: Any) -> Any:
        return self._parts[index]

    def __iter__(self) -> Iterator[LedgerEntry]:
        return iter(self._parts)

    @property
    def groups(self) -> list[tuple[str, str, float]]:
        """(cause, name, value) of muscles, supports, loads, ligaments, bushings, weight and inertia, the largest first."""
        rows = [("muscle", e.part, e.value) for e in self._sums]
        for cause in ("support", "external", "ligament", "bushing"):
            for part in dict.fromkeys(e.part for e in self._parts if e.cause == cause):
                rows.append((cause, part, sum(e.value for e in self._parts if (e.cause, e.part) == (cause, part))))
        for cause in ("gravity", "inertia", "disc", "capsule", "level", "motor", "reserve"):
            if any(e.cause == cause for e in self._parts):
                rows.append((cause, "", sum(e.value for e in self._parts if e.cause == cause)))
        rest = self.total - sum(value for _, _, value in rows)
        if abs(rest) > 1e-6 * sum(abs(value) for _, _, value in rows):
            rows.append(("muscle", "in no group", rest))
        return sorted((row for row in rows if row[2] != 0.0), key=lambda row: -abs(row[2]))

    def to_dataframe(self) -> pandas.DataFrame:
        """Every part as a row: load, time_s, cause, part, value, unit."""
        from ._tables import _package

        pandas = _package("pandas", "to_dataframe()")
        frame = pandas.DataFrame([(e.load, e.time, e.cause, e.part, e.value, e.unit) for e in self._parts],
                                 columns=["load", "time_s", "cause", "part", "value", "unit"])
        frame.attrs.update(load=self.load, total=self.total)
        return frame

    def plot(self, **options: Any) -> Any:
        """A bar for every cause; see psoas.plot.ledger."""
        from . import plot

        return plot.ledger(self, **options)

    def __repr__(self) -> str:
        largest = ", ".join(f"{name or cause} {value:.4g}" for cause, name, value in self.groups[:4])
        if not self._parts:
            return f"<psoas.LoadLedger {self.load}: no frame was solved>"
        return f"<psoas.LoadLedger {self.load} at {self.time:.4g} s: {self.total:.4g} {self.unit} = {largest}, ...>"

    def _repr_html_(self) -> str:
        from ._display import ledger_html

        return ledger_html(self)


def load_name(names: Sequence[str], load: str) -> str:
    """`L4_L5` (or `L4/L5`) is the compression of that level, `hip_r` the force of that hip; all else is a name."""
    if not isinstance(load, str):
        raise TypeError(f"load takes the name of a load, got {load!r}")
    if load in names:
        return load
    short = {name.split(".")[1]: name for name in names if name.startswith("spine.") and name.endswith("compression_N")}
    short.update((f"hip_{name.split('.')[1]}", name) for name in names
                 if name.startswith("hip.") and name.endswith(".force_N"))
    if load.replace("/", "_") in short:
        return short[load.replace("/", "_")]
    nearest = _psoas._did_you_mean(load, [*short, *names])
    raise Error(f'no load "{load}"' + (nearest or (f"; short names are {', '.join(short)}" if short else "")))


def ledger(outcome: Outcome, load: str = "L4_L5", at: str | float = "peak") -> LoadLedger:
    """The ledger of a load of an outcome, at its peak or at the frame nearest to a time [s]."""
    name = load_name(outcome.channel_names, load)
    frame = frame_at(outcome, at, name)
    if frame < 0:
        return LoadLedger(name, [])
    entries = [e for e in outcome.ledger_entries if e.load == name and e.time == outcome.time[frame]]
    if not entries:
        entries = [e for e in _psoas.ledger_at(outcome, frame) if e.load == name]
    if not entries and outcome.frame_status[frame].name in ("ok", "reserve"):
        raise Error(f'"{name}" is no load of a spine or a hip: those have a ledger')
    return LoadLedger(name, entries)


def frame_at(outcome: Any, at: str | float, load: str) -> int:
    """Index of the frame where a load has its peak (-1: no frame was solved), or of the one nearest to a time [s].

    Raises Error for a time outside the motion.
    """
    if isinstance(at, str):
        if at != "peak":
            raise Error(f'at must be "peak" or a time in seconds, got "{at}"')
        return int(outcome.peak(load).frame)
    if isinstance(at, bool) or not isinstance(at, (int, float, np.integer, np.floating)):
        raise TypeError(f'at takes "peak" or a time in seconds, which is one number, got {at!r}')
    time = float(at)
    times = np.asarray(outcome.time)
    if not times[0] - 1e-9 <= time <= times[-1] + 1e-9:
        raise Error(f"no frame at {time:g} s: the motion runs from {times[0]:g} to {times[-1]:g} s")
    return int(np.argmin(np.abs(times - time)))
