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

The static analysis takes tendons as rigid and muscles as doing at once what they are told. Here its activations are
*excitations* of muscles that are integrated along the same motion, twice: with rigid tendons, and with tendons that all
stretch. Postures are held for a second. Supports, weight and inertia are those of the static solution; fibres are undamped,
as they are there. So two changes are told apart:

* **lag**: rigid tendons less the static solution. Activation follows excitation by 15 ms when it rises and 60 ms when it
  falls. In a posture there is none.
* **tendon**: elastic tendons less rigid ones.

The table gives the value of largest magnitude of each of the three, and the largest of each change at any one time, with its
sign. A change of muscle force leaves joint moments unbalanced by as much: a body that noticed would activate its muscles anew.

Written by `docs/make_tendon_effect.py`.

"""


def signed(number):
    return f"{number:+.0f}" if abs(number) >= 0.5 else "0"


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        text = subprocess.run([program, "simulate", *SCENARIOS, "--json", "-o", folder], check=True, text=True,
                              capture_output=True).stdout
    rows = [HEAD + "| scenario | load | static | rigid | elastic | lag | tendon |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n"]
    for scenario, run in zip(SCENARIOS, json.loads(text)["runs"]):
        for load, label in LOADS.items():
            numbers = run["forward"][load]
            peaks = [f"{numbers[key]:.0f}" for key in ("static_peak", "rigid_peak", "elastic_peak")]
            changes = [signed(numbers[key]) for key in ("largest_lag_change", "largest_tendon_change")]
            rows.append(f"| {scenario} | {label} | {' | '.join(peaks + changes)} |\n")
    (Path(__file__).parent / "tendon_effect.md").write_text("".join(rows))


main()
