"""Answers over time."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Sequence

import numpy as np

from .._ledger import load_name
from .._psoas import Outcome
from .._types import Error
from ._loads import ladder, ledger
from ._style import (COLORS, GREY, axes, grid, has_numbers, headline, note, require_solved, require_values, side_line,
                     style, unit_of, words_of)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def series(outcome: Any, channels: str | Sequence[str], *, percent: bool = False, peak: bool = True,
           labels: Sequence[str] = (), ax: Axes | None = None) -> Axes:
    """Channels over time, right side solid and left side dashed, in one unit.

    percent  0-100 % of the task on x instead of seconds
    peak     mark the value of largest magnitude with its time
    """
    require_solved(outcome)
    names = [load_name(outcome.channel_names, name)
             for name in ([channels] if isinstance(channels, str) else channels)]
    if not names:
        raise Error("no channel was given: there is nothing to draw")
    if labels and len(labels) != len(names):
        raise Error(f"{len(names)} channels need as many labels, got {len(labels)}")
    units = {unit_of(name) for name in names}
    if len(units) > 1:
        raise Error(f"channels in one figure need one unit, got {', '.join(sorted(unit or '-' for unit in units))}")
    require_values(outcome, names)
    with style():
        ax = axes(ax)
        time = np.asarray(outcome.time)
        x = 100.0 * (time - time[0]) / max(time[-1] - time[0], 1e-12) if percent else time
        bases = list(dict.fromkeys(_without_side(name) for name in names))
        for i, name in enumerate(names):
            # two sides of one thing differ in colour as well, since their lines often lie on each other
            place = i if len(bases) == 1 else bases.index(_without_side(name))
            color = COLORS[place % len(COLORS)]
            ax.plot(x, outcome[name], color=color, ls=side_line(name.rsplit(".", 1)[0]),
                    marker="o" if len(x) == 1 else None, ms=4, label=labels[i] if labels else words_of(name))
        if peak:
            peaks = [found for found in map(outcome.peak, names) if found.frame >= 0]
            best = max(peaks, key=lambda found: float(abs(found.value)))
            _mark(ax, x[best.frame], best, unit_of(names[0]), "%" if percent else "s")
        for phase in outcome.task.phases[1:]:
            start = 100.0 * (phase.start - time[0]) / max(time[-1] - time[0], 1e-12) if percent else phase.start
            ax.axvline(start, color=GREY, lw=0.6, ls=":")
        activation = names[0].endswith("activation")
        unit = unit_of(names[0]) or "-"
        ax.set(xlabel="task [%]" if percent else "time [s]", ylabel=f"{_quantity(names)} [{unit}]")
        if len(x) > 1:
            ax.set_xlim(x[0], x[-1])
        if activation:
            ax.set_ylim(0.0, 1.0)
        else:
            _leave_room(ax, len(names) if len(names) > 1 else 0)
        if len(names) > 1:
            ax.legend(loc="best" if activation else "upper right")
        return ax


def _leave_room(ax: Axes, rows: int) -> None:
    """From zero where nothing is below it; above the lines stand the words at the peak and the rows of the legend."""
    bottom, top = ax.dataLim.ymin, ax.dataLim.ymax
    bottom = 0.0 if bottom >= 0.0 else bottom - 0.05 * (top - bottom)
    ax.set_ylim(bottom, top + (0.2 + 0.11 * rows) * (top - bottom) if top > bottom else top + 1.0)


def _without_side(name: str) -> str:
    return name.replace("_l.", "_r.").replace(".l.", ".r.")


def _mark(ax: Axes, x: float, peak: Any, unit: str, unit_of_x: str) -> None:
    text = f"{peak.value:.2f} {unit}".strip() if abs(peak.value) < 10 else f"{peak.value:.0f} {unit}"
    at = f"{x:.0f} %" if unit_of_x == "%" else f"{x:.2f} {unit_of_x}"
    ax.plot([x], [peak.value], "o", ms=4, mfc="white", mec="black", zorder=5)
    left, right = ax.get_xlim()
    end = x > left + 0.7 * (right - left)
    below = peak.value > 0.85 and not unit  # activation: the axis ends at 1
    ax.annotate(f"{text}, {at}".replace("-", "−"), (x, peak.value), (-5 if end else 5, -10 if below else 5),
                textcoords="offset points", ha="right" if end else "left", fontsize=7)


def _quantity(names: Sequence[str]) -> str:
    leaf = names[0].rsplit(".", 1)[-1]
    return {"fiber_length_norm": "fibre length / optimal", "compression_N": "compression", "force_BW": "force",
            "shear_ap_N": "shear, anterior +"}.get(leaf, leaf.rsplit("_", 1)[0] if unit_of(leaf) else leaf).replace("_", " ")


def outcome(result: Any, *, load: str | None = None, at: str | float = "peak", percent: bool = False) -> Figure:
    """The headline figure of an outcome.

    A motion: compression of a lumbar level, force and activation of the psoas over time, and what causes the
    compression at its peak. A posture: every level, and the causes. A bench: its signals.

    load  a lumbar level, or any load of a spine or hip by its name; L4_L5 where not given
    at    where the causes are asked: "peak", or a time [s]
    """
    if isinstance(result, Outcome) and not result.channels and result.forward is not None:
        return _signals(result)
    require_solved(result)
    name = headline(result, load)
    sides = [side for side in "rl" if has_numbers(result, f"psoas.major_{side}.force_N")]
    moving = len(result) > 1
    with style():
        figure, panels = grid(2, 2, 7.2, 5.4) if moving and sides else grid(1, 2, 7.2, 3.2)
        first, causes = panels[0][0], panels[-1][0] if moving and sides else panels[0][1]
        if moving or not name.startswith("spine."):
            series(result, name, percent=percent, ax=first)
        else:
            ladder(result, ax=first)
        ledger(result, name, at, most=8 if moving else 10, ax=causes)
        if moving and sides:
            names, words = [f"psoas.major_{side}" for side in sides], [{"r": "right", "l": "left"}[s] for s in sides]
            series(result, [f"{p}.force_N" for p in names], percent=percent, labels=words, ax=panels[0][1])
            series(result, [f"{p}.activation" for p in names], percent=percent, labels=words, ax=panels[1][1])
        if moving:
            titles = (words_of(name), "psoas major, force", f"causes at {_when(at)}", "psoas major, activation")
            for letter, ax, title in zip("abcd", panels.flat, titles if sides else titles[::2]):
                ax.set_title(f"{letter}  {title}", loc="left")
        note(figure, result)
        return figure


def _when(at: str | float) -> str:
    return "the peak" if at == "peak" else f"{float(at):.2f} s"


def _signals(result: Any) -> Figure:
    signals = {name: values for name, values in result.forward.signals.items() if not np.isnan(values).all()}
    if not signals:
        raise Error(f'"{result.name}" has nothing to draw: {result.forward.reason or result.status.name}')
    with style():
        return _panels_of(result, signals)


def _panels_of(result: Any, signals: dict[str, Any]) -> Figure:
    figure, panels = grid(len(signals), 1, 4.4, 0.6 + 1.15 * len(signals), sharex=True)
    time = np.asarray(result.time)
    for ax, (name, values) in zip(panels[:, 0], signals.items()):
        share = name in ("activation", "excitation")
        ax.plot(time, values, color=COLORS[0], clip_on=not share)
        ax.set_ylabel(_signal_label(name))
        if share:
            ax.set_ylim(0.0, 1.0)
        elif name.endswith("_N"):
            peak = int(np.nanargmax(np.abs(values)))
            ax.plot([time[peak]], [values[peak]], "o", ms=4, mfc="white", mec="black", clip_on=False)
            ax.annotate(f"{values[peak]:.0f} N, {time[peak]:.3f} s", (time[peak], values[peak]), (6, 4),
                        textcoords="offset points", fontsize=7)
            ax.margins(y=0.25)
        ax.grid(axis="x", color=GREY, alpha=0.25, lw=0.5)
    panels[-1, 0].set(xlabel="time [s]", xlim=(time[0], time[-1]))
    figure.align_ylabels()
    return figure


def _signal_label(name: str) -> str:
    base, _, end = name.rpartition("_")
    unit = {"N": "N", "m": "m", "deg": "deg", "J": "J", "W": "W"}.get(end)
    return (f"{base} [{unit}]" if unit else f"{name} [-]").replace("_", " ").replace("fiber length norm", "fibre length\n/ optimal")
