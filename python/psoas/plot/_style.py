"""Colours, lines and small helpers that all figures share."""
from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Iterator, Sequence

import matplotlib
import matplotlib.pyplot as plt
import numpy as np

from .._ledger import load_name
from .._psoas import Outcome, usable
from .._types import Error, require

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Okabe & Ito 2008, in an order whose neighbours differ in lightness as well
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GREY = "#8C8C8C"

_RC = {
    "font.size": 9, "axes.titlesize": 9, "axes.labelsize": 9, "legend.fontsize": 8, "xtick.labelsize": 8,
    "ytick.labelsize": 8, "axes.spines.top": False, "axes.spines.right": False, "lines.linewidth": 1.5,
    "legend.frameon": False, "axes.unicode_minus": True,
}


@contextmanager
def style() -> Iterator[None]:
    """The look of our figures; the user's settings come back afterwards.

    matplotlib.rc_context() would bring back all of them, `interactive` too, which a notebook's backend sets when the
    first figure is made: the figure would never be shown.
    """
    before = {key: matplotlib.rcParams[key] for key in _RC}
    matplotlib.rcParams.update(_RC)
    try:
        yield
    finally:
        matplotlib.rcParams.update(before)


def axes(ax: Axes | None, width: float = 3.5, height: float = 2.6) -> Axes:
    """The axes that were given, or those of a new figure [in]."""
    if ax is not None:
        return ax
    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def grid(rows: int, columns: int, width: float, height: float, **options: Any) -> tuple[Figure, Any]:
    """A new figure with panels, always a two-dimensional array of them."""
    figure, panels = plt.subplots(rows, columns, figsize=(width, height), squeeze=False, layout="constrained",
                                  **options)
    return figure, panels


def require_solved(outcome: Any) -> None:
    """Raises TypeError for what is no Outcome, Error for one without a solved frame: there is nothing to draw."""
    require(outcome, Outcome, "outcome")
    if not any(usable(status) for status in outcome.frame_status):
        raise Error(f'"{outcome.name}" has nothing to draw: no frame was solved ({outcome.status.name})')


def require_values(outcome: Any, names: Sequence[str]) -> None:
    """Raises Error where none of the channels has a number."""
    if all(np.isnan(outcome[name]).all() for name in names):
        raise Error(f'"{outcome.name}" has nothing to draw: {" and ".join(names)} without any number')


def has_numbers(outcome: Any, name: str) -> bool:
    return name in outcome.channel_names and not np.isnan(outcome[name]).all()


def headline(outcome: Any, load: str | None) -> str:
    """The channel of a load; where none is named, compression at L4/L5, else the first load that has a number."""
    if load is not None:
        name = load_name(outcome.channel_names, load)
        require_values(outcome, [name])
        return name
    loads = ["spine.L4_L5.compression_N"]
    loads += [name for name in outcome.channel_names if name.endswith((".compression_N", ".force_N"))]
    found = [name for name in loads if has_numbers(outcome, name)]
    if not found:
        raise Error(f'"{outcome.name}" has nothing to draw: no load has a number')
    return found[0]


def side_line(name: str) -> str:
    """Right solid, left dashed."""
    return "--" if name.endswith("_l") or name.endswith(".l") or ".l." in name or "_l." in name else "-"


def readable(owner: str) -> str:
    """`L4/L5` for a level, blanks for underscores."""
    return owner.replace("_", "/") if owner[:1] in "LT" and owner[1:2].isdigit() else owner.replace("_", " ")


def words_of(channel: str) -> str:
    """A channel in words: `L4/L5 compression`, `psoas major right, force`."""
    section, owner, leaf = (channel.split(".") + ["", ""])[:3]
    quantity = leaf.rsplit("_", 1)[0] if unit_of(channel) else leaf
    quantity = {"fiber_length_norm": "fibre length"}.get(leaf, quantity).replace("_", " ")
    side = {"r": "right", "l": "left"}
    if section == "hip":
        return f"{side.get(owner, owner)} hip{' ' if quantity == 'force' else ', '}{quantity}"
    if section == "spine":
        quantity = {"shear ap": "shear (+ anterior)", "shear ml": "shear (+ right)"}.get(quantity, quantity)
        return f"{readable(owner)} {quantity}"
    base = owner[:-2] if owner[-2:] in ("_r", "_l") else owner
    named = readable(base) + (f" {side[owner[-1]]}" if base != owner else "")
    return f"{'psoas ' if section == 'psoas' else ''}{named}, {quantity}"


def unit_of(channel: str) -> str:
    """The unit that ends a channel's name, as one writes it; empty where it has none."""
    end = channel.rsplit("_", 1)[-1]
    return {"N": "N", "Nm": "N m", "BW": "body weights"}.get(end, "")


def note(figure: Figure, outcome: Any) -> None:
    """What one must know to read loads: person, criterion, tone. Under the figure."""
    model = outcome.model
    if model is None:
        return
    text = f"{outcome.name}: {model.mass:.1f} kg"
    if model.levels:
        text += f", {model.spec.person.height:.2f} m, {model.spec.person.sex}"
    figure.supxlabel(f"{text}; recruitment {outcome.cost}, tone {outcome.task.tone:g}. Model estimate.", fontsize=7,
                     color=GREY, x=0.01, ha="left")
