"""Takes a compact part of the values that OpenSim 4.6 computed for whole models, and those models as our own TOML.

    python make_extract.py build/release/bin/psoas SHARED

SHARED holds `golden/` (values) and `reference/models/` (the models). What is kept: every body, joint and coordinate, some
muscles of each kind of path, ten postures.
"""
import csv
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
POSES = [0, 1, 3, 4, 10, 11, 20, 25, 40, 55]
# of each model: its file, and how many muscles without anything special are kept
MODELS = {
    "gait2392": ("gait2392/gait2392_thelen2003muscle.osim", 12),
    "rajagopal2016": ("rajagopal/Rajagopal2016.osim", 10),
    "fbls": ("fbls_raabe2016/FBLSmodel.osim", 20),
}
TABLES = ["lengths", "speeds", "moment_arms", "paths", "body_transforms", "mass_centre", "inverse_dynamics",
          "unstable_wraps"]


def read(path):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def chosen_muscles(folder, plain):
    """All of one side with a conditional or moving point or one cylinder, and the first few without."""
    kept, few, conditional = [], [], []
    for name, _, conditions, moving, wraps in read(folder / "paths.csv")[1]:
        one_cylinder = "WrapCylinder" in wraps and " " not in wraps
        if int(moving) or one_cylinder and name.endswith("_r"):
            kept.append(name)
        elif int(conditions) and name.endswith("_r"):
            conditional.append(name)
        elif not wraps and not int(conditions):
            few.append(name)
    return set(kept + conditional[:14] + few[:: max(1, len(few) // plain)][:plain])


def extract_model(program, file, muscles, out):
    """The model as TOML, without the other muscles and the surfaces that nothing passes any more."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "model.toml"
        subprocess.run([program, "convert", file, whole], check=True, stderr=subprocess.DEVNULL)
        blocks = re.split(r"(?m)^(?=\[)", whole.read_text())

    def name(block):
        return re.search(r'(?m)^name = "(.*)"', block).group(1)

    kept = [b for b in blocks if not b.startswith("[[muscle]]") or name(b) in muscles]
    text = "".join(b for b in kept if b.startswith("[[muscle]]"))
    kept = [b for b in kept if not b.startswith("[[surface]]") or f'"{name(b)}"' in text]
    out.write_text("".join(kept))


def extract_values(golden, muscles, out):
    number = {str(pose): str(i) for i, pose in enumerate(POSES)}
    data = json.loads((golden / "poses.json").read_text())
    poses = [{key: data["poses"][p][key] for key in ("q", "u", "udot")} for p in POSES]
    (out / "poses.json").write_text(json.dumps({"coordinates": data["coordinates"], "poses": poses}, indent=0) + "\n")
    for table in TABLES:
        header, rows = read(golden / f"{table}.csv")
        if table == "paths":
            rows = [r for r in rows if r[0] in muscles]
        else:
            rows = [[number[r[0]], *r[1:]] for r in rows if r[0] in number]
        if table in ("moment_arms", "unstable_wraps"):
            rows = [r for r in rows if r[1] in muscles]
        if table in ("lengths", "speeds"):
            columns = [i for i, name in enumerate(header) if i == 0 or name in muscles]
            header, rows = [header[i] for i in columns], [[r[i] for i in columns] for r in rows]
        write(out / f"{table}.csv", header, rows)


def main(program, shared):
    shared = Path(shared)
    for model, (file, plain) in MODELS.items():
        golden, out = shared / "golden" / model, HERE / model
        out.mkdir(exist_ok=True)
        muscles = chosen_muscles(golden, plain)
        extract_model(program, shared / "reference/models" / file, muscles, out / "model.toml")
        extract_values(golden, muscles, out)
        size = sum(f.stat().st_size for f in out.iterdir())
        print(f"{model}: {len(muscles)} muscles, {len(POSES)} postures, {size / 1000:.0f} kB")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
