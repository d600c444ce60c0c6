"""Writes docs/lint_models.md: what `psoas lint` finds in models that people use.

    python3 docs/make_lint_models.py build/release/bin/psoas FOLDER_WITH_MODELS
"""
import collections
import json
import subprocess
import sys
from pathlib import Path

HEAD = """# What lint finds in published models

`psoas lint` looks for faults in a model that loads and computes: parameters outside what was measured, sides that differ,
paths that jump, muscles counted twice. These are real faults in models that people use. A number is how often the rule found
something; errors are in bold. Sides are compared by name, paths over the range of every coordinate, others at their defaults.

Written by `docs/make_lint_models.py`.

"""


def findings(program, model):
    out = subprocess.run([program, "lint", model, "--json"], capture_output=True, text=True)
    return json.loads(out.stdout)["findings"]


def main(program, folder):
    models = {path: findings(program, path) for path in sorted(Path(folder).rglob("*.osim"))}
    models = {path.stem if path.stem != "final" else path.parent.name: found for path, found in models.items()}
    models["whole_body"] = findings(program, "whole_body")
    rules = sorted({f["rule"] for found in models.values() for f in found})
    lines = ["| model | " + " | ".join(r.replace("_", " ") for r in rules) + " | errors |",
             "|---" * (len(rules) + 2) + "|"]
    for name, found in models.items():
        counts = collections.Counter(f["rule"] for f in found)
        bad = collections.Counter(f["rule"] for f in found if f["severity"] == "error")
        cells = [(f"**{counts[r]}**" if bad[r] else str(counts[r])) if counts[r] else "" for r in rules]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {sum(bad.values())} |")
    worst = ["", "## The worst of each rule", "", "| rule | model | place | what |", "|---|---|---|---|"]
    rank = {"error": 2, "warning": 1}
    for rule in rules:
        all_found = [(rank.get(f["severity"], 0), abs(f["value"] or 0.0), name, f)
                     for name, found in models.items() for f in found if f["rule"] == rule]
        _, _, name, f = max(all_found, key=lambda entry: entry[:2])
        worst.append(f"| {rule.replace('_', ' ')} | {name} | {f['place']} | {f['message']} |")
    Path("docs/lint_models.md").write_text(HEAD + "\n".join(lines + worst) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
