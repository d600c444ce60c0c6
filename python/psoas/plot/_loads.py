"""Loads of all levels side by side, and what causes one of them."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Sequence

import numpy as np

from .._ledger import LoadLedger
from ._style import COLORS, GREY, MARKERS, axes, readable, style, words_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CAUSE_COLORS = {"muscle": COLORS[0], "gravity": COLORS[1], "support": COLORS[2], "inertia": COLORS[3],
                 "external": COLORS[4], "ligament": COLORS[5], "bushing": COLORS[5]}
_CAUSE_WORDS = {"muscle": "muscle", "gravity": "weight", "support": "support", "inertia": "inertia",
                "external": "outer force", "ligament": "ligament", "bushing": "bushing"}


def ladder(outcomes: Any, quantity: str = "compression_N", *, labels: Sequence[str] = (),
           ax: Axes | None = None) -> Axes:
    """A load at every lumbar level, the uppermost on top; one line for each outcome.

    outcomes  one Outcome or several
    quantity  compression_N, shear_ap_N, shear_ml_N or flexion_Nm; the peak of each level
    """
    with style():
        ax = axes(ax, 3.5, 3.0)
        several = list(outcomes) if isinstance(outcomes, (list, tuple)) else [outcomes]
        levels = several[0].model.level_names
        height = np.arange(len(levels))[::-1]
        if levels[0].startswith("L5"):
            levels = levels[::-1]
        for i, one in enumerate(several):
            peaks = [one.peak(f"spine.{level}.{quantity}").value for level in levels]
            ax.plot(peaks, height, color=COLORS[i % len(COLORS)], marker=MARKERS[i % len(MARKERS)], ms=4,
                    label=labels[i] if labels else one.name)
        ax.set_yticks(height, [readable(level) for level in levels])
        name = {"compression_N": "peak compression [N]", "shear_ap_N": "peak shear, anterior + [N]",
                "shear_ml_N": "peak shear, right + [N]", "flexion_Nm": "peak flexion moment [N m]"}[quantity]
        ax.set(xlabel=name, ylabel="lumbar level")
        if quantity == "compression_N":
            ax.set_xlim(left=0.0)
        else:
            ax.axvline(0.0, color=GREY, lw=0.6, zorder=0)
        ax.grid(axis="x", color=GREY, alpha=0.25, lw=0.5)
        if len(several) > 1 or labels:
            ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)  # above: lines go everywhere
        return ax


def ledger(entries: LoadLedger, *, most: int = 10, ax: Axes | None = None) -> Axes:
    """What causes a load: a bar for each muscle, weight, support and outer force, the largest on top, the rest as one.

    entries  what Outcome.ledger() gave
    """
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
        ax.margins(x=0.2 if min(values, default=0.0) < 0.0 else 0.14)
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
