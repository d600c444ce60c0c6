"""Curves of muscle models, and moment arms."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Sequence

import numpy as np

from .. import muscle
from .._arms import Arms
from .._types import Error, require
from ._style import COLORS, GREY, axes, grid, side_line, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def curves(parameters: Any = None, types: Sequence[Any] = (), *,
           operating: tuple[float, float] | None = None) -> Figure:
    """What fibre and tendon do, normalised: force by fibre length, by velocity, and tendon force by strain.

    parameters  muscle.MuscleParameters; those of each type where not given
    types       muscle.MuscleType of each model to draw; De Groote-Fregly where not given
    operating   least and greatest fibre length that is used [optimal lengths], drawn as a band
    """
    with style():
        figure, panels = grid(1, 3, 7.6, 2.5)
        length, velocity, tendon = panels[0]
        given = parameters if parameters is not None else muscle.MuscleParameters()
        if operating is not None:
            length.axvspan(*operating, color=GREY, alpha=0.2, lw=0, label="used here")
        for color, kind in zip(COLORS, types or (muscle.MuscleType.DeGrooteFregly2016,)):
            model = muscle.make_curves(kind, given)
            l, v = np.linspace(0.4, 1.7, 261), np.linspace(-1.0, 1.0, 201)
            strain = np.linspace(0.0, 0.06, 121)
            length.plot(l, model.active_force_length(l).value, color=color)
            length.plot(l, model.passive_force_length(l).value, color=color, ls=":")
            velocity.plot(v, model.force_velocity(v).value, color=color)
            tendon.plot(100 * strain, model.tendon_force(1.0 + strain).value, color=color, label=_short(kind))
        length.plot([], [], color="black", label="active")
        length.plot([], [], color="black", ls=":", label="passive")
        length.set(xlabel="fibre length / optimal [-]", ylabel="force / maximal [-]", xlim=(0.4, 1.7), ylim=(0, 1.6),
                   title="a  fibre, held still")
        length.legend(loc="upper left", handlelength=1.6, borderaxespad=0.1)
        velocity.set(xlabel="velocity / maximal [-]\nshortening < 0 < lengthening", ylabel="force / held still [-]",
                     ylim=(0, None), title="b  fibre, moving", xlim=(-1, 1))
        velocity.axvline(0.0, color=GREY, lw=0.6)
        tendon.set(xlabel="tendon strain [%]", ylabel="force / maximal [-]", xlim=(0, 6), ylim=(0, None),
                   title="c  tendon")
        tendon.legend(loc="upper left", handlelength=1.6)
        return figure


def _short(kind: Any) -> str:
    return {"DeGrooteFregly2016": "De Groote-Fregly", "Millard2012": "Millard", "Thelen2003": "Thelen"}[kind.name]


def arms(found: Arms, *, ax: Axes | None = None, mean: bool = False, label: str = "", **line: Any) -> Axes:
    """Moment arms over a coordinate, one line a strand; with `mean`, their range as a band round one line.

    found  what psoas.arms() gave
    """
    require(found, Arms, "arms()")
    if not found.strands:
        raise Error(f"no strand to draw over {found.coordinate}")
    with style():
        ax = axes(ax)
        shift = found.coordinate.endswith(("_tx", "_ty", "_tz"))
        x = found.at if shift else np.degrees(found.at)
        y = 1e3 * found.moment_arm
        if mean:
            dash = side_line(found.strands[0])
            (drawn,) = ax.plot(x, y.mean(axis=1), **{"ls": dash, "label": label or None, **line})
            ax.fill_between(x, y.min(axis=1), y.max(axis=1), color=drawn.get_color(), alpha=0.2, lw=0)
        else:
            for i, name in enumerate(found.strands):
                options = {"color": COLORS[i % len(COLORS)], "ls": side_line(name), "label": label or name, **line}
                ax.plot(x, y[:, i], **options)
        ax.axhline(0.0, color=GREY, lw=0.6, zorder=0)
        ax.set(xlabel=f"{_words(found.coordinate)} [{'m' if shift else 'deg'}]", xlim=(x[0], x[-1]),
               ylabel=f"moment arm about\n{_words(found.about)} [mm]")
        return ax


def _words(coordinate: str) -> str:
    """`right hip flexion` for hip_flexion_r, `L4/L5 extension` for a level."""
    side = {"_r": "right ", "_l": "left "}.get(coordinate[-2:], "")
    name = coordinate[:-2] if side else coordinate
    level, _, rest = name.rpartition("_")
    if level[:1] in ("L", "T") and "_" in level:
        return f"{side}{level.replace('_', '/')} {rest}"
    return side + name.replace("_", " ")
