"""Tables of an outcome: dict, pandas, xarray. Statuses and NaN stay visible in all of them."""
from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _psoas
from ._types import Error

if TYPE_CHECKING:
    import pandas
    import xarray

    from ._psoas import Outcome, Table


def _package(name: str, what: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportError(f"{what} needs {name}, which is not installed") from error


def column(table: Table, label: str) -> Any:
    """A column by its label, a view."""
    if label not in table.labels:
        raise Error(f'no column "{label}"' + _psoas._did_you_mean(label, list(table.labels)))
    return table.values[:, table.labels.index(label)]


def table_dataframe(table: Table) -> pandas.DataFrame:
    pandas = _package("pandas", "to_dataframe()")
    frame = pandas.DataFrame(np.array(table.values), columns=list(table.labels),
                             index=pandas.Index(np.array(table.time), name="time"))
    frame.attrs.update(name=table.name, in_degrees=table.in_degrees)
    return frame


def summary(outcome: Outcome) -> dict[str, Any]:
    return dict(json.loads(_psoas.io.summary_json(outcome)))


def attributes(outcome: Outcome) -> dict[str, Any]:
    """What a table says about itself."""
    out: dict[str, Any] = dict(scenario=outcome.name, status=outcome.status.name, cost=outcome.cost)
    if outcome.model is not None:
        out.update(model=outcome.model.name, mass_kg=outcome.model.mass)
    return out


def dataframe(outcome: Outcome) -> pandas.DataFrame:
    pandas = _package("pandas", "to_dataframe()")
    columns: dict[str, Any] = {"status": [status.name for status in outcome.frame_status]}
    columns.update((channel.name, np.array(channel.values)) for channel in outcome.channels)
    if outcome.forward is not None:
        columns.update(outcome.forward.signals)
    frame = pandas.DataFrame(columns, index=pandas.Index(np.array(outcome.time), name="time"))
    frame.attrs.update(attributes(outcome))
    return frame


def xarray_dataset(outcome: Outcome) -> xarray.Dataset:
    xarray = _package("xarray", "to_xarray()")
    data: dict[str, Any] = {"status": ("time", np.array([status.name for status in outcome.frame_status]))}
    for channel in outcome.channels:
        data[channel.name] = ("time", np.array(channel.values), {"units": unit_of(channel.name)})
    if outcome.forward is not None:
        data.update((name, ("time", values)) for name, values in outcome.forward.signals.items())
    strands = list(outcome.model.strand_names) if outcome.model is not None else []
    for name, unit in (("activation", "1"), ("force", "N"), ("passive_force", "N"), ("fiber_length", "1")):
        values = np.array(getattr(outcome, name))
        if values.shape == (len(outcome), len(strands)):
            data[name] = (("time", "strand"), values, {"units": unit})
    return xarray.Dataset(data, coords={"time": ("time", np.array(outcome.time), {"units": "s"}), "strand": strands},
                          attrs=attributes(outcome))


def unit_of(name: str) -> str:
    """The unit is the end of a channel's name."""
    end = name.rsplit("_", 1)[-1]
    return {"N": "N", "Nm": "N m", "BW": "BW", "deg": "deg", "m": "m"}.get(end, "1")
