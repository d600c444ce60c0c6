"""Draws docs/images/answer.png from a results folder: what loads L4/L5, and which structure causes it.

    psoas run standing sitting bridge lunge
    python3 docs/make_answer_picture.py results
"""
import csv
import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

SCENARIOS = ["standing", "sitting", "bridge", "lunge"]
LOAD = "spine.L4_L5.compression_N"
# colours that colour-blind readers tell apart (Okabe & Ito)
PARTS = {
    "weight and inertia": "#999999",
    "supports": "#000000",
    "psoas": "#D55E00",
    "erector spinae": "#0072B2",
    "multifidus": "#56B4E9",
    "abdominals": "#009E73",
    "other muscles": "#F0E442",
}
GROUPS = {
    "psoas": "psoas",
    "erector_spinae": "erector spinae",
    "multifidus": "multifidus",
    "rectus_abdominis": "abdominals",
    "external_oblique": "abdominals",
    "internal_oblique": "abdominals",
}


def parts_of(folder):
    """Newtons of each part of the load at its peak."""
    sums = dict.fromkeys(PARTS, 0.0)
    with open(folder / "ledger.csv", newline="") as file:
        for row in csv.DictReader(file):
            if row["load"] != LOAD or row["at"] != "peak":
                continue
            value = float(row["value"])
            if row["cause"] in ("gravity", "inertia"):
                sums["weight and inertia"] += value
            elif row["cause"] in ("support", "external"):
                sums["supports"] += value
            elif row["cause"] == "sum":
                sums[GROUPS.get(row["part"].rsplit("_", 1)[0], "other muscles")] += value
    return sums


def main(results):
    figure, (left, right) = plt.subplots(1, 2, figsize=(10.5, 3.6), width_ratios=[2.4, 1], constrained_layout=True)
    names, psoas, drawn = [], [], set()
    for row, name in enumerate(SCENARIOS):
        folder = Path(results) / name
        summary = json.loads((folder / "summary.json").read_text())
        names.append(name)
        psoas.append([summary["psoas"][f"major_{side}"]["force_N"]["peak"] for side in "rl"])
        ends = {True: 0.0, False: 0.0}
        for part, value in parts_of(folder).items():
            start = ends[value >= 0.0]
            left.barh(row, value, left=start, color=PARTS[part], height=0.62, label=None if part in drawn else part,
                      edgecolor="white", linewidth=0.5)
            drawn.add(part)
            ends[value >= 0.0] = start + value
        total = summary["spine"]["L4_L5"]["compression_N"]["peak"]
        left.plot([total, total], [row - 0.4, row + 0.4], color="black", linewidth=1.5)
        left.annotate(f"{total:.0f} N", (max(total, ends[True]), row), xytext=(6, 0), textcoords="offset points", va="center")
    left.set_yticks(range(len(names)), names)
    left.invert_yaxis()
    left.margins(x=0.12)
    left.axvline(0.0, color="black", linewidth=0.8)
    left.set_xlabel("compression of L4/L5 at its peak (N); black mark: total")
    left.legend(ncols=4, fontsize=8, frameon=False, loc="lower left", bbox_to_anchor=(0.0, 1.0))
    for k, (side, style) in enumerate((("right", "#D55E00"), ("left", "#E69F00"))):
        right.barh([row + 0.2 * (2 * k - 1) for row in range(len(names))], [p[k] for p in psoas], 0.38, color=style, label=side)
    right.set_yticks(range(len(names)), [])
    right.invert_yaxis()
    right.set_xlabel("psoas major, peak force (N)")
    right.legend(frameon=False, fontsize=8, ncols=2, loc="lower left", bbox_to_anchor=(0.0, 1.0))
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(Path(__file__).parent / "images" / "answer.png", dpi=130)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "results")
