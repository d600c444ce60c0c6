"""Result folders: written as the command line writes them, and read back."""
from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _psoas
from ._ledger import LoadLedger, load_name
from ._psoas import LedgerEntry, Outcome
from ._types import Error

if TYPE_CHECKING:
    import pandas


def save(outcome: Outcome, folder: str | os.PathLike[str], force: bool = False) -> Path:
    """Writes the result folder that `psoas run` writes: manifest, scenario, summary, ledger, .sto tables.

    An earlier result there is replaced, a foreign folder that is not empty needs force=True. Raises io.OutputError when
    it cannot be written; nothing is left behind then. Returns the folder.
    """
    provenance = getattr(outcome, "_provenance", None)
    if provenance is None:
        provenance = _psoas.io.Provenance(model_source=outcome.model.name if outcome.model else "")
    _psoas.io.write(outcome, folder, provenance, _psoas.io.WriteOptions(force=force))
    return Path(folder)


class SavedPeak(NamedTuple):
    """The value of largest magnitude, with its sign, and when it was [s]."""

    value: float
    time: float


class SavedOutcome:
    """A result folder, read. It answers as an Outcome does, from what the files hold."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        if not (self.folder / "summary.json").is_file():
            raise Error(f'"{self.folder}" is no result folder: it has no summary.json')
        self.summary: dict[str, Any] = json.loads((self.folder / "summary.json").read_text(encoding="utf-8"))
        self.manifest: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        self.name: str = self.summary["scenario"]
        with open(self.folder / "summary.csv", newline="", encoding="utf-8") as file:
            self._leaves = {row["quantity"]: row for row in csv.DictReader(file)}

    @property
    def status(self) -> _psoas.Status:
        return _psoas.Status.__members__[self.summary["status"]]

    def usable(self) -> bool:
        """True when the numbers may be used."""
        return _psoas.usable(self.status)

    @property
    def channel_names(self) -> tuple[str, ...]:
        return tuple(self._leaves)

    def _leaf(self, name: str) -> dict[str, str]:
        if name not in self._leaves:
            raise Error(f'no load "{name}"' + _psoas._did_you_mean(name, list(self._leaves)))
        return self._leaves[name]

    def peak(self, name: str) -> SavedPeak:
        """Of a channel. Raises Error naming the nearest."""
        leaf = self._leaf(name)
        return SavedPeak(_number(leaf["peak"]), _number(leaf["time_s"]))

    def relative_to_standing(self, name: str) -> float:
        """Peak over that of the reference posture; NaN where there is none."""
        return _number(self._leaf(name)["ratio_to_standing"])

    def ledger(self, load: str = "L4_L5", at: str = "peak") -> LoadLedger:
        """What causes a load at its peak."""
        if at != "peak":
            raise Error(f'a result folder holds the ledger of peaks: at must be "peak", got {at!r}')
        name = load_name(self.channel_names, load)
        with open(self.folder / "ledger.csv", newline="", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["load"] == name and row["at"] == "peak"]
        return LoadLedger(name, [LedgerEntry(load=row["load"], time=_number(row["time_s"]), cause=row["cause"],
                                             part=row["part"], value=_number(row["value"]), unit=row["unit"])
                                 for row in rows])

    @property
    def tables(self) -> tuple[str, ...]:
        """Suffixes of its .sto tables: Kinematics_q, StaticOptimization_force, ..."""
        start = len(self.name) + 1
        return tuple(sorted(path.stem[start:] for path in self.folder.glob(f"{self.name}_*.sto")))

    def table(self, suffix: str) -> _psoas.Table:
        """One of its tables, by suffix."""
        if suffix not in self.tables:
            raise Error(f'no table "{suffix}"' + _psoas._did_you_mean(suffix, list(self.tables)))
        table: _psoas.Table = _psoas.io.read_motion(self.folder / f"{self.name}_{suffix}.sto").value
        return table

    def to_dataframe(self) -> pandas.DataFrame:
        """summary.csv: a row for every quantity, NaN where a number does not exist."""
        import pandas

        return pandas.read_csv(self.folder / "summary.csv", index_col="quantity")

    def __repr__(self) -> str:
        return f'<psoas.SavedOutcome "{self.name}" ({self.status.name}) in {str(self.folder)!r}>'


def _number(text: str) -> float:
    return float(text) if text else float("nan")


def load(folder: str | os.PathLike[str]) -> SavedOutcome:
    """Reads a result folder that Outcome.save() or the command line wrote. Raises Error for a folder that is none."""
    return SavedOutcome(folder)
