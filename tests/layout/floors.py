"""An include points to a lower floor or stays in its folder; public headers show Eigen and the language only."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = [
    ["core"],
    ["spatial", "muscle", "wrap", "tissue"],
    ["model"],
    ["mechanics"],
    ["recruit", "forward"],
    ["loads", "subject"],
    ["analysis"],
    ["scenario"],
    ["io"],
    ["cli", "report"],
]
FLOOR_OF = {folder: floor for floor, folders in enumerate(FLOORS) for folder in folders}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[>"]', re.M)
STREAMS = {"iostream", "istream", "ostream", "fstream", "sstream", "iomanip"}


def faults_of_direction(folder, path, target):
    """`target` is what a quoted include names: `psoas/<folder>/<file>`, or a private `<folder>/<file>`."""
    parts = target.removeprefix("psoas/").split("/")
    if len(parts) == 1:
        if path.is_relative_to("include") or not (ROOT / path.parent / target).is_file():
            yield f"{path}: {target}: write the path from include/ or src/"
    elif parts[0] not in FLOOR_OF:
        yield f"{path}: {target}: {parts[0]} stands on no floor"
    elif parts[0] != folder and FLOOR_OF[parts[0]] >= FLOOR_OF[folder]:
        yield f"{path}: floor {FLOOR_OF[folder]} includes {target} of floor {FLOOR_OF[parts[0]]}"


def faults_of_appearance(path, target):
    """`target` is what an angle include names in a public header."""
    if target in STREAMS:
        yield f"{path}: a stream in a public header: <{target}>"
    elif target.startswith("boost/") and path.as_posix() == "include/psoas/forward/odeint.hpp":
        return
    elif re.search(r"[/.]", target) and not target.startswith(("Eigen/", "unsupported/Eigen/")):
        yield f"{path}: a foreign header in a public header: <{target}>"


def faults_of_file(path):
    top = path.parts[1] if path.parts[0] == "src" else path.parts[2]
    if (ROOT / path).parent == ROOT / "include/psoas":
        top = "cli"  # the header that names all the others
    if top not in FLOOR_OF:
        yield f"{path}: {top} stands on no floor"
        return
    for bracket, target in INCLUDE.findall((ROOT / path).read_text(encoding="utf-8")):
        if bracket == '"':
            yield from faults_of_direction(top, path, target)
        elif path.is_relative_to("include"):
            yield from faults_of_appearance(path, target)


files = [p.relative_to(ROOT) for d in ("include", "src") for p in sorted((ROOT / d).rglob("*.[hc]pp"))]
found = [fault for path in files for fault in faults_of_file(path)]
print("\n".join(found) or f"{len(files)} files, every include points down")
sys.exit(bool(found) or not files)
