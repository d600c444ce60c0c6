"""A posture: skeleton, psoas strands and support forces, from the side and from behind."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .. import _psoas
from .._ledger import frame_at
from .._types import Error, require
from ._style import COLORS, GREY, grid, headline, require_solved, style

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Points = npt.NDArray[np.float64]

SKELETON, FOOT, PSOAS, FORCE = "#4D4D4D", "#BDBDBD", COLORS[1], COLORS[2]
METRES_PER_BODY_WEIGHT = 0.6


class _Scene:
    """Everything that is drawn, in the world [m, N]."""

    def __init__(self, outcome: Any, frame: int, muscle: str) -> None:
        model = outcome.model
        kinematics, paths = _psoas.Kinematics(model), _psoas.Paths(model)
        supports = _psoas.Supports(model)
        at = _psoas.at(outcome.task, frame)
        _psoas.compute_kinematics(model, at.pose, kinematics)
        _psoas.compute_paths(model, kinematics, paths)
        _psoas.compute_supports(model, kinematics, at, supports)
        self.model, self.kinematics = model, kinematics
        self.center = np.array(kinematics.center)
        self.strands = [(model.strands[s], _psoas.strand_course(model, kinematics, paths, s))
                        for s in model.strands_of(muscle)]
        self.tension = np.array(outcome.force[frame])[list(model.strands_of(muscle))]
        self.forces = self._forces(supports, np.array(outcome.node_force[frame]))
        self.planes = outcome.task.planes

    def _forces(self, supports: Any, node_force: Points) -> list[tuple[str, Points, Points]]:
        """One force for each support, where the pressure of its nodes has its centre."""
        place = np.array(supports.place)
        if len(node_force) != len(place):
            return []
        owner = np.array([self.model.patches[p].reported_as or self.model.patches[p].name for p in supports.patch])
        out = []
        for name in dict.fromkeys(owner):
            mine = owner == name
            size = np.linalg.norm(node_force[mine], axis=1)
            if size.sum() > 1.0:
                center = (size[:, None] * place[mine]).sum(axis=0) / size.sum()
                out.append((str(name), center, node_force[mine].sum(axis=0)))
        return out

    def bones(self) -> list[tuple[str, Points]]:
        """From the joint of each body to the joints that it carries; what carries none ends at its mass centre."""
        lines: list[tuple[str, Points]] = []
        bodies = self.model.bodies
        for b, body in enumerate(bodies):
            children = [c for c, other in enumerate(bodies) if other.parent == b and not other.helper]
            ends = [self.center[c] for c in children]
            far = max(children, key=lambda c: np.linalg.norm(self.center[c] - self.center[b]), default=b)
            if len(children) > 1 and bodies[far].name == "head":  # arms hang from the neck, not from the loin
                ends = [self.center[far]]
                lines += [(bodies[c].name, np.array([self.center[far], self.center[c]])) for c in children if c != far]
            if not children and body.mass > 0.0 and not body.helper:
                tip = 2.0 * np.asarray(body.mass_center)  # about as long as it is heavy on both sides of the middle
                ends = [_psoas.world_point(self.kinematics, b, tip)]
            lines += [(body.name, np.array([self.center[b], end])) for end in ends if not body.helper]
        return lines

    def extent(self, weight: float) -> Points:
        """Everything that the picture must hold."""
        tips = [center + force * (METRES_PER_BODY_WEIGHT / weight) for _, center, force in self.forces]
        return np.vstack([*(line for _, line in self.bones()), *(points for _, points in self.feet()),
                          *(course for _, course in self.strands), *tips, *(center for _, center, _ in self.forces)])

    def feet(self) -> list[tuple[str, Points]]:
        """The nodes under each foot."""
        out: dict[str, list[Points]] = {}
        for node in self.model.nodes:
            patch = self.model.patches[node.patch].name
            if patch.startswith("foot_") and "hold" not in patch:
                out.setdefault(patch, []).append(_psoas.world_point(self.kinematics, node.body, node.at))
        return [(name, np.array(points)) for name, points in out.items()]


def _hull(points: Points) -> Points:
    """The outline of points in a plane, Andrew's monotone chain."""
    ordered = sorted(map(tuple, points))
    outline: list[Any] = []
    for sequence in (ordered, ordered[::-1]):
        start = len(outline)
        for p in sequence:
            while len(outline) >= start + 2:
                (ax, ay), (bx, by) = outline[-2], outline[-1]
                if (bx - ax) * (p[1] - ay) - (by - ay) * (p[0] - ax) > 0:
                    break
                outline.pop()
            outline.append(p)
        outline.pop()
    return np.array(outline)


def _draw(ax: Axes, scene: _Scene, across: int, weight: float, limits: tuple[float, float]) -> None:
    """`across` is the axis of the world that runs to the right of the picture: x from the side, z from behind."""
    view = [across, 1]
    for name, points in scene.feet():
        ax.fill(*_hull(points[:, view]).T, color=FOOT, zorder=1, lw=0)
    for name, line in scene.bones():
        dash = "--" if name.endswith("_l") else "-"
        ax.plot(*line[:, view].T, color=SKELETON, ls=dash, lw=2.0, zorder=2, solid_capstyle="round")
    ax.plot(*scene.center[:, view].T, "o", color=SKELETON, ms=2.5, zorder=2)
    strongest = max(float(np.nanmax(scene.tension, initial=1.0)), 1.0)
    for (strand, course), tension in zip(scene.strands, scene.tension):
        share = 0.0 if np.isnan(tension) else max(tension, 0.0) / strongest
        ax.plot(*course[:, view].T, color=PSOAS, ls="--" if strand.side == "l" else "-", lw=0.6 + 1.4 * share,
                alpha=0.45 + 0.55 * share, zorder=3)
    for _, center, force in scene.forces:
        tip = center + force * (METRES_PER_BODY_WEIGHT / weight)
        ax.annotate("", tip[view], center[view], zorder=4,
                    arrowprops=dict(arrowstyle="-|>", color=FORCE, lw=1.6, shrinkA=0, shrinkB=0, mutation_scale=9))
    _ground(ax, scene, across, limits)
    ax.set_aspect("equal")
    ax.set_xlim(limits)


def _ground(ax: Axes, scene: _Scene, across: int, limits: tuple[float, float]) -> None:
    """Level planes: the floor runs through, others lie under what they carry."""
    for plane in scene.planes:
        point, normal = np.asarray(plane.point), np.asarray(plane.normal)
        if abs(normal[1]) > 0.99 and plane.name == "floor":
            ax.plot(limits, [point[1], point[1]], color=GREY, lw=0.8, zorder=0)
        elif abs(normal[1]) > 0.99:
            place = [center for name, center, _ in scene.forces if abs(center[1] - point[1]) < 0.05]
            middle = float(np.mean([p[across] for p in place])) if place else float(point[across])
            ax.plot([middle - 0.25, middle + 0.25], [point[1], point[1]], color=GREY, lw=0.8, zorder=0)


def _frame(outcome: Any, at: str | float, load: str | None) -> int:
    """The frame that is drawn: one that was solved."""
    frame = frame_at(outcome, at, headline(outcome, load))
    if not _psoas.usable(outcome.frame_status[frame]):
        raise Error(f"the frame at {outcome.time[frame]:g} s was not solved: {outcome.frame_status[frame].name}")
    return frame


def posture(outcome: Any, at: str | float = "peak", *, load: str | None = None, muscle: str = "psoas") -> Figure:
    """The skeleton, the strands of a muscle and the support forces in a frame of an outcome, from the side and from
    behind.

    at      "peak": the frame of the greatest `load`; or a time [s], the nearest frame
    load    a lumbar level, or any load by its name; L4_L5 where not given
    muscle  a group or strand; thicker where it pulls harder; right solid, left dashed
    """
    require(outcome, _psoas.Outcome, "outcome")
    if not len(outcome) or not len(outcome.task.frames) or not len(outcome.channels):
        raise Error(f'"{outcome.name}" has no skeleton to draw')
    require_solved(outcome)
    frame = _frame(outcome, at, load)
    with style():
        scene = _Scene(outcome, frame, muscle)
        weight = outcome.model.body_weight
        points = scene.extent(weight)
        forward, up, right = (np.ptp(points, axis=0) + 0.2)
        scale = min(5.9 / (forward + right), 4.0 / up)  # inches a metre, the same in both pictures
        figure, panels = grid(1, 2, 7.2, max(scale * up, 1.2) + 1.5, width_ratios=(forward, right), sharey=True)
        side, behind = panels[0]
        for ax, across, label in ((side, 0, "forward x [m]"), (behind, 2, "right z [m]")):
            _draw(ax, scene, across, weight, (points[:, across].min() - 0.1, points[:, across].max() + 0.1))
            ax.set(xlabel=label, ylabel="up y [m]")
        side.set(ylim=(points[:, 1].min() - 0.1, points[:, 1].max() + 0.1))
        side.set_title("sagittal plane, from the right", loc="left")
        behind.set_title("frontal plane", loc="left")
        pull = float(np.nansum(scene.tension))
        handles = [side.plot([], [], color=PSOAS, label=f"{muscle.replace('_', ' ')}, {pull:.0f} N in all")[0],
                   side.plot([], [], color=SKELETON, label="right")[0],
                   side.plot([], [], color=SKELETON, ls="--", label="left")[0]]
        if scene.forces:
            handles.insert(1, side.plot([], [], color=FORCE, marker=">", ms=5, label="support force")[0])
        figure.legend(handles=handles, loc="lower center", ncols=4)
        figure.get_layout_engine().set(rect=(0.0, 0.08, 1.0, 0.92))
        arrow = f"; an arrow of {METRES_PER_BODY_WEIGHT:g} m is one body weight, {weight:.0f} N" if scene.forces else ""
        figure.suptitle(f"{outcome.name}, {outcome.time[frame]:.2f} s{arrow}", fontsize=9)
        return figure
