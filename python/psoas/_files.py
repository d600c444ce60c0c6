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
    if not isinstance(folder, (str, os.PathLike)):
        raise TypeError(f"save() takes the path of a folder, got {folder!r}")
    if not os.fspath(folder):
        raise Error("save() needs the name of a folder")
    provenance = getattr(outcome, "_provenance", None)
    if provenance is None:
        provenance = _psoas.io.Provenance(model_source=outcome.model.name if outcome.model else "")
    _psoas.io.write(outcome, folder, provenance, _psoas.io.WriteOptions(force=force))
    return Path(folder)


def _document(path: Path, *keys: str) -> dict[str, Any]:
    """A JSON file with these keys. Raises Error where it is anything else."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Error(f'the result folder is broken: "{path}" cannot be read: {error}') from None
    if not isinstance(document, dict) or any(key not in document for key in keys):
        raise Error(f'the result folder is broken: "{path}" does not hold what psoas writes there')
    return document


def _rows(path: Path, *columns: str) -> list[dict[str, str]]:
    """The rows of a CSV file with these columns. Raises Error where it is anything else."""
    try:
        with open(path, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows, present = list(reader), set(reader.fieldnames or ())
    except (OSError, ValueError, csv.Error) as error:
        raise Error(f'the result folder is broken: "{path}" cannot be read: {error}') from None
    if not set(columns) <= present:
        raise Error(f'the result folder is broken: "{path}" does not hold what psoas writes there')
    return rows


class SavedPeak(NamedTuple):
    """The value of largest magnitude, with its sign, and when it was [s]."""

    value: float
    time: float


class SavedOutcome:
    """A result folder, read. It answers as an Outcome does, from what the files hold."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        if not isinstance(folder, (str, os.PathLike)):
            raise TypeError(f"load() takes the path of a result folder, got {folder!r}")
        self.folder = Path(folder)
        if not (self.folder / "summary.json").is_file():
            raise Error(f'"{self.folder}" is no result folder: it has no summary.json')
        self.summary = _document(self.folder / "summary.json", "scenario", "status")
        self.manifest = _document(self.folder / "manifest.json")
        self.name: str = self.summary["scenario"]
        rows = _rows(self.folder / "summary.csv", "quantity", "peak", "time_s", "ratio_to_standing")
        self._leaves = {row["quantity"]: row for row in rows}

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
        return self._leaves[load_name(self.channel_names, name)]

    def peak(self, name: str) -> SavedPeak:
        """Of a channel, or of a load by its short name (L4_L5, hip_r). Raises Error naming the nearest."""
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
        rows = _rows(self.folder / "ledger.csv", "load", "at", "time_s", "cause", "part", "value", "unit")
        return LoadLedger(name, [LedgerEntry(load=row["load"], time=_number(row["time_s"]), cause=row["cause"],
                                             part=row["part"], value=_number(row["value"]), unit=row["unit"])
                                 for row in rows if row["load"] == name and row["at"] == "peak"])

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
