"""Draws the pictures of docs/theory_muscle.md. Every value is the library's own answer, through `psoas muscle`.

    python3 docs/make_theory_pictures.py build/release/bin/psoas
"""
import json
import subprocess
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

IMAGES = Path(__file__).resolve().parent / "images"
TYPES = ["DeGrooteFregly2016", "Millard2012", "Thelen2003"]
# colours that colour-blind readers tell apart (Okabe & Ito)
COLORS = dict(zip(TYPES, ["#0072B2", "#D55E00", "#009E73"]))
STYLES = dict(zip(TYPES, ["-", "--", "-."]))
CURVES = [
    ("active_force_length", 0.2, 1.9, "fibre length / optimal [-]", "active force, isometric [F0]"),
    ("force_velocity", -1.1, 1.1, "fibre velocity / vmax, + lengthening [-]", "factor on active force [-]"),
    ("passive_force_length", 0.8, 1.75, "fibre length / optimal [-]", "passive force [F0]"),
    ("tendon_force", 0.99, 1.06, "tendon length / slack length [-]", "tendon force [F0]"),
]
# psoas major of the default body, as psoas show psoas lists it: PCSA-weighted means
PSOAS = "max_isometric_force=1111.88,optimal_fiber_length=0.1169,tendon_slack_length=0.1798954204,pennation_deg=10.714"


def psoas(program, *words):
    """The answer of `psoas muscle`, None where the muscle has no equilibrium (exit code 4)."""
    result = subprocess.run([program, "muscle", *words, "--json"], capture_output=True, text=True)
    if result.returncode == 4:
        return None
    result.check_returncode()
    return json.loads(result.stdout)


def span(first, last, count):
    return [first + (last - first) * i / (count - 1) for i in range(count)]


def draw_curves(program):
    figure, axes = plt.subplots(2, 2, figsize=(9.0, 6.4), constrained_layout=True)
    for panel, (curve, first, last, across, up) in zip(axes.flat, CURVES):
        for kind in TYPES:
            at = ",".join(f"{x:.9g}" for x in span(first, last, 301))
            rows = psoas(program, "--type", kind, "--curve", curve, f"--at={at}")["rows"]
            panel.plot([r["x"] for r in rows], [r["value"] for r in rows], STYLES[kind], color=COLORS[kind], label=kind)
        panel.set(xlabel=across, ylabel=up)
        panel.axhline(0.0, color="0.8", lw=0.8, zorder=0)
        panel.spines[["top", "right"]].set_visible(False)
    axes[0, 0].legend(frameon=False)
    figure.savefig(IMAGES / "muscle_curves.png", dpi=130)


def draw_whole_muscle(program):
    """Static force of the psoas over its length, tendon rigid and elastic, at three activations."""
    figure, axes = plt.subplots(1, 3, figsize=(10.5, 3.6), sharey=True, constrained_layout=True)
    for panel, kind in zip(axes, TYPES):
        for activation, shade in ((0.0, "#999999"), (0.5, "#56B4E9"), (1.0, "#0072B2")):
            for tendon, style in (("rigid", "--"), ("elastic", "-")):
                lengths, forces = span(0.20, 0.38, 61), []
                for length in lengths:
                    answer = psoas(program, "--type", kind, "--set", PSOAS, "--tendon", tendon, "--length", f"{length:.6f}",
                                   "--activation", str(activation))
                    forces.append(float("nan") if answer is None else answer["tendon_force_N"])
                panel.plot([100.0 * x for x in lengths], forces, style, color=shade,
                           label=f"activation {activation:g}, {tendon}")
        panel.set(title=kind, xlabel="path length [cm]", ylim=(-50.0, 2200.0))
        panel.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel("force of psoas major, held still [N]")
    axes[0].legend(frameon=False, fontsize=7)
    figure.savefig(IMAGES / "muscle_static.png", dpi=130)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    IMAGES.mkdir(exist_ok=True)
    draw_curves(sys.argv[1])
    draw_whole_muscle(sys.argv[1])
