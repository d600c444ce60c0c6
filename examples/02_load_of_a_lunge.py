"""What a lunge loads on the lowest lumbar discs of one woman, and which structure causes it.

Newton-Euler gives what the posture needs, a convex program shares it between muscles, floor and tissue, and the forces
that cross a disc add up to its load. Prints the compression at L4/L5 [N] and the largest parts of it [N]."""
import sys

import psoas

who = psoas.Subject(mass_kg=62, height_m=1.64, sex="female")
model = psoas.compile(psoas.personalize(psoas.io.read_model("whole_body"), who))
lunge = psoas.run(model, psoas.io.read_scenario("lunge"))
if not lunge.usable():
    sys.exit(4)

load = "spine.L4_L5.compression_N"
peak = lunge.peak(load)
print(f"{peak.value:.6g} N at {peak.time:.6g} s, {lunge.relative_to_standing(load):.6g} x standing")

parts = [entry for entry in lunge.ledger_entries if entry.load == load and entry.cause == "sum"]
for entry in sorted(parts, key=lambda entry: -abs(entry.value))[:5]:
    print(f"  {entry.part} {entry.value:.6g} N")
