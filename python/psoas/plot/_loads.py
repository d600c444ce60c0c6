"""Loads of all levels side by side, and what causes one of them."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Sequence

import numpy as np

from .. import _psoas
from .._ledger import LoadLedger, frame_at
from .._types import Error, require
from ._style import COLORS, GREY, MARKERS, axes, readable, require_solved, style, words_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CAUSE_COLORS = {"muscle": COLORS[0], "gravity": COLORS[1], "support": COLORS[2], "inertia": COLORS[3],
                 "external": COLORS[4], "ligament": COLORS[5], "bushing": COLORS[5]}
_CAUSE_WORDS = {"muscle": "muscle", "gravity": "weight", "support": "support", "inertia": "inertia",
                "external": "outer force", "ligament": "ligament", "bushing": "bushing"}


_QUANTITIES = {"compression_N": "compression [N]", "shear_ap_N": "shear, anterior + [N]",
               "shear_ml_N": "shear, right + [N]", "flexion_Nm": "flexion moment [N m]"}


def _at_levels(outcome: Any, levels: Sequence[str], quantity: str, at: str | float) -> list[float]:
    """The load of each level at its own peak, or of all at one time."""
    names = [f"spine.{level}.{quantity}" for level in levels]
    if at == "peak":
        return [float(outcome.peak(name).value) for name in names]
    return [float(outcome[name][frame_at(outcome, at, name)]) for name in names]


def _with_levels(outcomes: Any) -> list[Any]:
    """One outcome or several, each with a solved frame and the same lumbar levels."""
    several = list(outcomes) if isinstance(outcomes, (list, tuple)) else [outcomes]
    for one in several:
        require_solved(one)
        if not one.channels or not one.model.levels:
            raise Error(f'"{one.name}" has no lumbar levels to draw')
        if one.model.level_names != several[0].model.level_names:
            raise Error(f'"{one.name}" and "{several[0].name}" have different lumbar levels')
    if not several:
        raise Error("no outcome was given: there is nothing to draw")
    return several


def ladder(outcomes: Any, quantity: str = "compression_N", *, at: str | float = "peak", labels: Sequence[str] = (),
           ax: Axes | None = None) -> Axes:
    """A load at every lumbar level, the uppermost on top; one line for each outcome.

    outcomes  one Outcome or several
    quantity  compression_N, shear_ap_N, shear_ml_N or flexion_Nm
    at        "peak": of each level by itself; or one time for all [s]
    """
    several = _with_levels(outcomes)
    if quantity not in _QUANTITIES:
        nearest = _psoas._did_you_mean(quantity, list(_QUANTITIES))
        raise Error(f'no quantity "{quantity}" of a lumbar level' + (nearest or f": {', '.join(_QUANTITIES)}"))
    if labels and len(labels) != len(several):
        raise Error(f"{len(several)} outcomes need as many labels, got {len(labels)}")
    with style():
        ax = axes(ax, 3.5, 3.0)
        levels = several[0].model.level_names
        height = np.arange(len(levels))[::-1]
        if levels[0].startswith("L5"):
            levels = levels[::-1]
        for i, one in enumerate(several):
            ax.plot(_at_levels(one, levels, quantity, at), height, color=COLORS[i % len(COLORS)], marker=MARKERS[i % len(MARKERS)], ms=4,
                    label=labels[i] if labels else one.name)
        ax.set_yticks(height, [readable(level) for level in levels])
        when = "" if at == "peak" else f"\nat {float(at):.2f} s"
        ax.set(xlabel=("peak " if at == "peak" else "") + _QUANTITIES[quantity] + when, ylabel="lumbar level")
        if quantity == "compression_N":
            ax.set_xlim(left=0.0)
        else:
            ax.axvline(0.0, color=GREY, lw=0.6, zorder=0)
        ax.grid(axis="x", color=GREY, alpha=0.25, lw=0.5)
        if len(several) > 1 or labels:
            ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)  # above: lines go everywhere
        return ax


def ledger(of: Any, load: str = "L4_L5", at: str | float = "peak", *, most: int = 10,
           ax: Axes | None = None) -> Axes:
    """What causes a load: a bar for each muscle, weight, support and outer force, the largest on top, the rest as one.

    of        what Outcome.ledger() gave; or an Outcome, of which `load` and `at` are asked as there
    most      bars, at most
    """
    if isinstance(of, _psoas.Outcome):
        require_solved(of)
        of = of.ledger(load, at)
    require(of, LoadLedger, "ledger")
    entries: LoadLedger = of
    if not len(entries):
        raise Error(f"{entries.load} has nothing to draw: that frame was not solved")
    with style():
        rows = entries.groups
        ax = axes(ax, 3.8, 0.8 + 0.24 * min(len(rows), most + 1))
        shown, rest = rows[:most], rows[most:]
        names = [_words(cause, part) for cause, part, _ in shown]
        values = [value for _, _, value in shown]
        colors = [_CAUSE_COLORS.get(cause, GREY) for cause, _, _ in shown]
        if rest:
            names.append(f"{len(rest)} others")
            values.append(sum(value for _, _, value in rest))
            colors.append(GREY)
        height = np.arange(len(names))[::-1]
        ax.barh(height, values, color=colors, height=0.7)
        digits = 2 if entries.unit == "BW" else 0
        for y, value in zip(height, values):
            ax.annotate(f"{value:.{digits}f}".replace("-", "−"), (value, y), (3 if value >= 0 else -3, 0),
                        textcoords="offset points", va="center", ha="left" if value >= 0 else "right", fontsize=7)
        ax.set_yticks(height, names)
        ax.axvline(0.0, color="black", lw=0.6)
        ax.margins(x=0.25 if min(values, default=0.0) < 0.0 else 0.2)
        for cause, color in _CAUSE_COLORS.items():
            if any(row[0] == cause for row in shown):
                ax.bar([0.0], [0.0], color=color, label=_CAUSE_WORDS[cause])
        ax.legend(loc="lower right", handlelength=1.0)
        ax.set_xlabel(f"part of {words_of(entries.load)} [{'body weights' if digits else entries.unit}]\n"
                      f"total {entries.total:.{digits}f} at {entries.time:.2f} s")
        return ax


def _words(cause: str, part: str) -> str:
    side = {"_r": " right", "_l": " left"}.get(part[-2:], "")
    name = (part[:-2] if side else part).replace("_", " ") + side
    return {"gravity": "weight beyond the joint", "inertia": "inertia beyond the joint",
            "support": f"support at {name}", "external": name}.get(cause, name or cause)
