"""Writes docs/tendon_effect.md: what elastic tendons change in the answers of every scenario.

    python3 docs/make_tendon_effect.py build/release/bin/psoas
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

SCENARIOS = ["standing", "sitting", "bridge", "lunge", "leg_raise", "march"]
LOADS = {"psoas.major_r.force_N": "psoas right [N]", "psoas.major_l.force_N": "psoas left [N]",
         "hip.r.force_N": "hip right [N]", "hip.l.force_N": "hip left [N]",
         "spine.L4_L5.compression_N": "L4/L5 compression [N]", "spine.L5_S1.compression_N": "L5/S1 compression [N]"}
HEAD = """# What elastic tendons change

The static analysis takes tendons as rigid. Here its activations excite muscles whose tendons stretch (all of them), along
the same motion; postures are held for a second. Supports, weight and inertia are those of the static solution. The table
gives the largest magnitude with rigid and with elastic tendons, and the largest change at any one time with its sign. A
change of muscle force leaves joint moments unbalanced by as much: a body that noticed would activate its muscles anew.

Written by `docs/make_tendon_effect.py`.

"""


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        text = subprocess.run([program, "simulate", *SCENARIOS, "--json", "-o", folder], check=True, text=True,
                              capture_output=True).stdout
    rows = [HEAD + "| scenario | load | rigid | elastic | largest change |\n| --- | --- | ---: | ---: | ---: |\n"]
    for scenario, run in zip(SCENARIOS, json.loads(text)["runs"]):
        for load, label in LOADS.items():
            numbers = run["forward"][load]
            rows.append(f"| {scenario} | {label} | {numbers['rigid_peak']:.0f} | {numbers['elastic_peak']:.0f} "
                        f"| {numbers['largest_change']:+.0f} |\n")
    (Path(__file__).parent / "tendon_effect.md").write_text("".join(rows))


main()
