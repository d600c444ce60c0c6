#!/usr/bin/env python3
"""Writes models/whole_body.toml from the tables in models/facts.

The tables hold facts: one row, one source, right side only, in the frame of the source. This file holds the
rules that turn them into the model: frames merged, fibre lengths and tendons of the trunk, strengths, the
head taken out of the torso. Run it after a change of a table; the output depends on nothing else.

    python3 scripts/make_whole_body.py [output]
"""
import csv
import math
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT / "models" / "facts"

SPECIFIC_TENSION = 76.0                                  # N/cm2
SACRUM = (0.010, -0.017, 0.0)                            # FBLS sacrum frame in the pelvis, m
RAJAGOPAL = (-0.01442, 0.01239, 0.00624)            # hip centre of FBLS less that of Rajagopal, m
GLUTEUS_STRENGTH = 0.65                             # of the source: 2170 N a side, gait2392 1944 N
GLUTEUS_NEUTRAL = {"glut_max1": 0.78879188, "glut_max2": 0.78398785, "glut_max3": 0.78793369}
EXTENSOR_NEUTRAL, ABDOMINAL_NEUTRAL = 0.9, 1.0           # normalised fibre length of trunk strands, upright
FIBRE_SHARE_OF_PATH, FIBRE_FLOOR = 0.7, 0.06             # trunk fibres: share of the path; m
LATISSIMUS_SHARE = 0.9                                   # latissimus fibre: at most this share of the path
ABDOMEN_SHARE = 0.785398 / 1.22173                       # turn of the abdominal wall per lumbar flexion
SPLINE_STEP, KNEE_LEAST, KNEE_LAST, KNEE_GREATEST = 5, -20, 120, 140     # deg of knee flexion
DEGREE = math.pi / 180


def table(name):
    with open(FACTS / name, newline="") as file:
        return list(csv.DictReader(file))


def numbers(row, *keys):
    return [float(row[key]) for key in keys]


# ---- numbers and TOML -------------------------------------------------------------------------------------
def text(value):
    """A number as it stands in the file: at most 10 digits, no trailing noise."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {text(item)}" for key, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(text(item) for item in value) + "]"
    short = f"{value:.10g}"
    return "0" if float(short) == 0 else short


def quantity(value, source, verified, sd=None):
    spread = {} if sd is None else {"sd": sd}
    return {"value": value, **spread, "source": source, "verified": verified}


class Writer:
    def __init__(self):
        self.lines = []

    def heading(self, words):
        self.lines += ["", f"# {'-' * 4} {words} {'-' * (110 - len(words) - 8)}"]

    def block(self, header, **entries):
        self.lines += ["", header]
        for key, value in entries.items():
            if value is None:
                continue
            if key in ("points", "nodes", "rotations", "translations") and len(text(value)) > 90:
                self.lines += [f"{key} = [", *(f"  {text(item)}," for item in value), "]"]
            else:
                self.lines.append(f"{key} = {text(value)}")


# ---- small geometry ---------------------------------------------------------------------------------------
def plus(a, b):
    return [x + y for x, y in zip(a, b)]


def minus(a, b):
    return [x - y for x, y in zip(a, b)]


def times(rotation, v):
    return [sum(row[k] * v[k] for k in range(3)) for row in rotation]


def product(a, b):
    return [[sum(a[i][k] * b[k][j] for k in range(3)) for j in range(3)] for i in range(3)]


def body_fixed_xyz(rx, ry, rz):
    cx, sx, cy, sy, cz, sz = (f(r) for r in (rx, ry, rz) for f in (math.cos, math.sin))
    x = [[1, 0, 0], [0, cx, -sx], [0, sx, cx]]
    y = [[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]]
    z = [[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]]
    return product(product(x, y), z)


def round_cylinder(p, q, radius, side):
    """Length from p to q round a cylinder along z, turning to `side` as seen from +z."""
    straight = math.dist(p, q)
    at_p, at_q = math.hypot(p[0], p[1]), math.hypot(q[0], q[1])
    if at_p <= radius or at_q <= radius:
        return straight
    cross = (p[0] * q[1] - p[1] * q[0]) * (1 if side == "counterclockwise" else -1)
    turn = math.atan2(cross, p[0] * q[0] + p[1] * q[1])
    if turn < -math.pi / 2:
        turn += 2 * math.pi
    arc = turn - math.acos(radius / at_p) - math.acos(radius / at_q)
    if arc <= 0:
        return straight
    plane = math.sqrt(at_p ** 2 - radius ** 2) + math.sqrt(at_q ** 2 - radius ** 2) + radius * arc
    return math.hypot(plane, p[2] - q[2])


def simm_spline(x, y):
    """Cubic spline with the end conditions of SIMM (what gait2392 means by its splines)."""
    last = len(x) - 1
    width = [x[i + 1] - x[i] for i in range(last)]
    rise = [(y[i + 1] - y[i]) / width[i] for i in range(last)]
    if last == 1:
        return lambda at: y[0] + rise[0] * (at - x[0])
    diagonal = [2 * (width[i - 1] + width[i]) if 0 < i < last else 0.0 for i in range(last + 1)]
    sixth = [rise[i] - rise[i - 1] if 0 < i < last else 0.0 for i in range(last + 1)]
    diagonal[0], diagonal[last] = -width[0], -width[-1]
    if last > 2:
        first = sixth[2] / (x[3] - x[1]) - sixth[1] / (x[2] - x[0])
        final = sixth[last - 1] / (x[last] - x[last - 2]) - sixth[last - 2] / (x[last - 1] - x[last - 3])
        sixth[0] = first * width[0] ** 2 / (x[3] - x[0])
        sixth[last] = -final * width[-1] ** 2 / (x[last] - x[last - 3])
    for i in range(1, last + 1):
        factor = width[i - 1] / diagonal[i - 1]
        diagonal[i] -= factor * width[i - 1]
        sixth[i] -= factor * sixth[i - 1]
    sixth[last] /= diagonal[last]
    for i in reversed(range(last)):
        sixth[i] = (sixth[i] - width[i] * sixth[i + 1]) / diagonal[i]

    def value(at):
        i = max(0, min(last - 1, sum(knot <= at for knot in x) - 1))
        s = at - x[i]
        slope = rise[i] - width[i] * (sixth[i + 1] + 2 * sixth[i])
        return y[i] + s * (slope + s * (3 * sixth[i] + s * (sixth[i + 1] - sixth[i]) / width[i]))
    return value


# ---- knee: gait2392 has extension positive to -120 deg, the model flexion positive to 140 deg -------------
def knee_functions():
    functions = {}
    for row in table("functions.csv"):
        x, y = ([float(v) for v in row[key].split()] for key in ("x_knee_extension_rad", "y_m"))
        curve = simm_spline(x, y)
        angles = list(range(KNEE_LEAST, KNEE_LAST + 1, SPLINE_STEP))
        values = [curve(-angle * DEGREE) for angle in angles]
        end, step = -KNEE_LAST * DEGREE, 1e-6
        slope = (curve(end) - curve(end + step)) / step                     # per rad of flexion
        for angle in range(KNEE_LAST + 10, KNEE_GREATEST + 1, 10):
            angles.append(angle)
            values.append(curve(end) + slope * (angle - KNEE_LAST) * DEGREE)
        functions[row["name"]] = {"kind": "natural_cubic_spline",
                                  "x": [round(a * DEGREE, 10) for a in angles],
                                  "y": [round(v, 9) for v in values]}
    return functions


def at_zero(function):
    return function["y"][[abs(x) for x in function["x"]].index(0)]


# ---- the neutral pose: every frame parallel to the pelvis -------------------------------------------------
def neutral_origins(joints, axes, functions):
    origins = {"pelvis": [0.0, 0.0, 0.0]}
    for joint in joints:
        if joint["parent"] == "ground":
            continue
        at = plus(origins[joint["parent"]], numbers(joint, "parent_x_m", "parent_y_m", "parent_z_m"))
        at = minus(at, numbers(joint, "child_x_m", "child_y_m", "child_z_m"))
        for axis in axes:
            if axis["joint"] == joint["name"] and axis["kind"] == "translation" and axis["function"]:
                at = plus(at, [float(a) * at_zero(functions[axis["function"]]) for a in axis["axis"].split()])
        origins[joint["child"]] = at
    return origins


def merged(body, at):
    """Frames of the sources that are shifted pelvis frames."""
    if body == "sacrum":
        return "pelvis", plus(at, SACRUM)
    if body == "pelvis_rajagopal":
        return "pelvis", plus(at, RAJAGOPAL)
    return body, at


def read_points(functions):
    points = {}
    for row in table("points.csv"):
        if row["index"] == "-":                                  # kept in the table as what was dropped
            continue
        path = points.setdefault(row["muscle"], [])
        assert int(row["index"]) == len(path), row
        if row["moving_coordinate"]:
            x, y = functions[row["moving_x"]], functions[row["moving_y"]]
            path.append({"body": row["body"], "coordinate": row["moving_coordinate"], "x": x, "y": y,
                         "z": {"kind": "constant", "value": float(row["z_m"])}})
        else:
            body, at = merged(row["body"], numbers(row, "x_m", "y_m", "z_m"))
            path.append([body, *(round(v, 10) for v in at)])
    return points


def neutral_length(path, wraps, surfaces, origins):
    places = []
    for point in path:
        if isinstance(point, dict):
            at = [at_zero(point["x"]), at_zero(point["y"]), point["z"]["value"]]
            places.append(plus(origins[point["body"]], at))
        else:
            places.append(plus(origins[point[0]], point[1:]))
    length = 0.0
    for k in range(len(places) - 1):
        wrap = next((w for w in wraps if w["segment"] == k), None)
        if wrap is None:
            length += math.dist(places[k], places[k + 1])
            continue
        surface = surfaces[wrap["surface"]]
        back = [list(column) for column in zip(*body_fixed_xyz(*surface["rotation"]))]
        center = plus(origins[surface["body"]], surface["center"])
        p, q = (times(back, minus(place, center)) for place in (places[k], places[k + 1]))
        length += round_cylinder(p, q, surface["radius"], wrap["side"])
    return length


# ---- muscle parameters ------------------------------------------------------------------------------------
class Strand:
    """Numbers of one strand after the rules; `sources` name where each comes from."""

    def __init__(self, row, length):
        self.fiber, self.pennation = float(row["fiber_m"]), float(row["pennation_rad"])
        self.tendon, self.length = float(row["tendon_m"]), length
        self.fiber_source = self.tendon_source = row["architecture_source"]
        self.fiber_sd = self.pennation_sd = self.pcsa_sd = None
        self.fiber_verified = self.tendon_verified = row["architecture_source"] != "tlem1"
        self.pcsa_source, self.pcsa_verified = row["force_source"], False
        self.notes = [row["note"]] if row["note"] else []
        rule = row["rule"]
        if rule == "iliopsoas":
            self.pcsa = float(row["pcsa_cm2"])
            self.iliopsoas(row)
        else:
            share = GLUTEUS_STRENGTH if rule == "gluteus_maximus" else 1.0
            self.pcsa = share * float(row["force_N"]) / SPECIFIC_TENSION
        if rule == "gluteus_maximus":
            self.fit_tendon(GLUTEUS_NEUTRAL[row["name"]], row["path_source"])
            self.notes.append("pelvic points and cylinder shifted with the hip centre; force 0.65 of the "
                              "source (gait2392 level); tendon re-fitted to its neutral fibre length")
        if rule in ("extensor", "lumbar_extensor", "abdominal", "latissimus"):
            self.trunk(rule)

    def iliopsoas(self, row):
        self.tendon_source, self.tendon_verified = "iliopsoas_path", False
        name = row["name"]
        if name == "psoas_minor":
            self.fiber_sd, self.pcsa_sd = 0.015, 0.163
            self.notes.append("40 N (24-67); ends on the pelvis: no hip arm; absent in about half of people")
        else:
            self.fiber_sd, self.pennation_sd = (0.0186, 0.092) if name == "iliacus" else (0.0166, 0.056)
            self.pcsa_sd = round((0.18 if name == "iliacus" else 0.3) * self.pcsa, 4)

    def fit_tendon(self, neutral, source):
        width = self.fiber * math.sin(self.pennation)
        self.tendon = round(self.length - math.sqrt((neutral * self.fiber) ** 2 - width ** 2), 7)
        self.tendon_source, self.tendon_verified = source, False
        assert self.tendon > 0

    def trunk(self, rule):
        imported = self.fiber
        if rule == "lumbar_extensor":
            self.fiber = FIBRE_SHARE_OF_PATH * self.length
        elif rule == "latissimus":
            self.fiber = min(self.fiber, LATISSIMUS_SHARE * self.length)
        else:
            self.fiber = max(self.fiber, min(FIBRE_FLOOR, FIBRE_SHARE_OF_PATH * self.length))
        if self.fiber != imported:
            self.fiber = round(self.fiber, 7)
            self.fiber_source, self.fiber_verified = "fibre_rule", False
            self.notes.append(f"fibre {1000 * imported:.1f} mm in the source")
        self.fit_tendon(EXTENSOR_NEUTRAL if "extensor" in rule else ABDOMINAL_NEUTRAL, "fibre_rule")

    def neutral_fiber(self):
        return math.hypot(self.length - self.tendon, self.fiber * math.sin(self.pennation)) / self.fiber


def is_trunk(rule):
    return rule in ("extensor", "lumbar_extensor", "abdominal", "latissimus")


def passive_strain(rule):
    value = 0.6 if rule == "iliopsoas" else 0.7 if is_trunk(rule) else 1.0
    return quantity(value, "passive_fit", False)


# ---- parts of the file ------------------------------------------------------------------------------------
def write_head(out):
    out.lines += ["# Written by scripts/make_whole_body.py from models/facts; change those, not this file.",
                  "# Right side and midline; mirror = true also makes the left side.", "",
                  "schema = 1", 'name = "whole_body"',
                  'description = "Whole body, six lumbar levels, psoas from the vertebrae to the femur"',
                  "gravity_m_s2 = 9.80665"]
    out.block("[person]", mass_kg=75.1646, height_m=1.70, sex="male", age_y=30, sacral_slope_deg=35.0,
              lordosis_deg=57.0, psoas_minor="both")
    for row in table("sources.csv"):
        out.block(f"[source.{row['key']}]", citation=row["citation"], licence=row["licence"] or None,
                  note=row["note"] or None)
    out.block("[recruit]", cost="volume", power=2, w_support=1e-3, w_shear=0.1, w_reserve=1e-2, w_motor=1e-6,
              w_motor_pressing=0.02 / 3600, w_abdomen=1e-2, level_rotation_cost_per_deg2=1e-4)
    out.block("[muscle_defaults]", specific_tension_N_cm2=quantity(SPECIFIC_TENSION, "judgement", False, 20),
              active_width=quantity(1.5, "moco_width", False), passive_offset=True,
              max_contraction_velocity_per_s=10)


def mirror_of(*names):
    return True if any(name.endswith("_r") for name in names) else None


def split_torso(rows):
    """Takes the head out of the torso so that both together keep mass, centre and inertia."""
    whole, head = rows["torso_and_head"], rows["head"]
    neck = next(joint for joint in table("joints.csv") if joint["name"] == "neck")
    neck = numbers(neck, "parent_x_m", "parent_y_m", "parent_z_m")
    center = ("center_x_m", "center_y_m", "center_z_m")
    terms = ("Ixx_kg_m2", "Iyy_kg_m2", "Izz_kg_m2", "Ixy_kg_m2", "Ixz_kg_m2", "Iyz_kg_m2")
    m, m_head = float(whole["mass_kg"]), float(head["mass_kg"])
    c, c_head = numbers(whole, *center), plus(neck, numbers(head, *center))
    c_torso = [(m * a - m_head * b) / (m - m_head) for a, b in zip(c, c_head)]
    inertia = minus(numbers(whole, *terms), numbers(head, *terms))
    for mass, at in ((m_head, c_head), (m - m_head, c_torso)):
        x, y, z = minus(at, c)
        shift = [y * y + z * z, x * x + z * z, x * x + y * y, -x * y, -x * z, -y * z]
        inertia = [i - mass * s for i, s in zip(inertia, shift)]
    return m - m_head, [round(v, 8) for v in c_torso], [round(v, 8) for v in inertia]


def write_bodies(out):
    out.heading("bodies")
    rows = {row["name"]: row for row in table("bodies.csv")}
    for name, row in rows.items():
        mass = float(row["mass_kg"])
        center = numbers(row, "center_x_m", "center_y_m", "center_z_m")
        inertia = numbers(row, "Ixx_kg_m2", "Iyy_kg_m2", "Izz_kg_m2", "Ixy_kg_m2", "Ixz_kg_m2", "Iyz_kg_m2")
        source, verified = row["source"], True
        if name == "torso_and_head":
            name, (mass, center, inertia), source, verified = "torso", split_torso(rows), "torso_split", False
        if row["inertia_source"] != row["source"]:
            out.lines += ["", f"# inertia: {row['inertia_source']}. {row['note']}"]
        out.block("[[body]]", name=name, mirror=mirror_of(name),
                  mass_kg=quantity(round(mass, 6), source, verified), mass_center_m=center,
                  inertia_kg_m2=inertia, source=source)


def write_joints(out, joints, axes, functions):
    out.heading("joints and helper frames")
    for joint in joints:
        motion = {"rotation": [], "translation": []}
        for axis in (a for a in axes if a["joint"] == joint["name"]):
            vector = [float(v) for v in axis["axis"].split()]
            entry = {"axis": vector, "coordinate": axis["coordinate"]}
            if axis["function"] == "reversed":                              # flexion positive: turns about -z
                entry["axis"] = [-v for v in vector]
            elif axis["function"]:
                entry["function"] = functions[axis["function"]]
            motion[axis["kind"]].append(entry)
        parent = numbers(joint, "parent_x_m", "parent_y_m", "parent_z_m")
        child = numbers(joint, "child_x_m", "child_y_m", "child_z_m")
        child = child if any(child) else None
        common = dict(parent_offset_m=parent, child_offset_m=child, rotations=motion["rotation"],
                      translations=motion["translation"] or None)
        if joint["frame_balanced_axes"]:
            out.lines += ["", "# abdominal wall: posture only; muscle forces on it sum to zero along y and z",
                          "# (the wall and the pressure inside carry x)"]
            out.block("[[frame]]", name=joint["name"], parent=joint["parent"], **common,
                      balanced_axes=joint["frame_balanced_axes"].split(), source=joint["source"])
        else:
            out.block("[[joint]]", name=joint["name"], mirror=mirror_of(joint["name"]),
                      parent=joint["parent"], child=joint["child"], **common, source=joint["source"])


def write_coordinates(out):
    out.heading("coordinates")
    shares = {row["name"]: row for row in table("levels.csv")}
    for row in table("coordinates.csv"):
        name, unit = row["name"], row["unit"]
        entries = dict(name=name, mirror=mirror_of(name), role=row["role"])
        if name == "abdomen_flexion":
            line = {"kind": "piecewise_linear", "x": [-2.0, 0.0, 2.0],
                    "y": [round(-2.0 * ABDOMEN_SHARE, 8), 0.0, 0.0]}
            entries.update(follows={"coordinate": "lumbar_extension", "function": line}, equation=False)
        elif row["role"] == "follows":
            level, motion = name.rsplit("_", 1)
            share = float(shares[level][{"extension": "flexion_share"}.get(motion, f"{motion}_share")])
            line = {"kind": "linear", "slope": share}
            entries.update(follows={"coordinate": f"lumbar_{motion}", "function": line}, equation=True)
        entries[f"range_{unit}"] = numbers(row, "least", "greatest")
        if row["warn_least"]:
            entries[f"warn_{unit}"] = numbers(row, "warn_least", "warn_greatest")
        if float(row["default"]):
            entries[f"default_{unit}"] = float(row["default"])
        out.block("[[coordinate]]", **entries, source=row["source"])


def read_surfaces():
    surfaces = {}
    for row in table("surfaces.csv"):
        body, center = merged(row["body"], numbers(row, "center_x_m", "center_y_m", "center_z_m"))
        rotation = numbers(row, "rotation_x_rad", "rotation_y_rad", "rotation_z_rad")
        surfaces[row["name"]] = {"body": body, "center": [round(v, 10) for v in center], "row": row,
                                 "rotation": rotation,
                                 "radius": float(row["radius_m"])}
    return surfaces


def write_surfaces(out, surfaces):
    out.heading("surfaces that paths wrap round")
    for name, surface in surfaces.items():
        row = surface["row"]
        if row["note"]:
            out.lines += ["", f"# {row['note']}"]
        sd = float(row["radius_sd_m"]) if row["radius_sd_m"] else None
        out.block("[[surface]]", name=name, mirror=mirror_of(name), kind="cylinder", body=surface["body"],
                  center_m=surface["center"], rotation_rad=surface["rotation"],
                  radius_m=quantity(surface["radius"], row["source"], row["verified"] == "true", sd),
                  source=row["source"])


def write_muscles(out, surfaces, functions, origins):
    out.heading("muscles")
    points, wraps, report = read_points(functions), {}, []
    for row in table("path_wraps.csv"):
        wraps.setdefault(row["muscle"], []).append(
            {"surface": row["surface"], "segment": int(row["segment"]), "side": row["side"]})
    repaired = {}
    for row in table("points.csv"):
        if row["source"] == "path_repair" or row["index"] == "-":
            words = row["note"].split(":")[0].replace("stands in", "a point stands in")
            dropped = "conditional point of gait2392: a cylinder stands in for it"
            note = dropped if row["index"] == "-" else words
            repaired.setdefault(row["muscle"], []).append(note)
    for row in table("muscles.csv"):
        name, rule = row["name"], row["rule"]
        path, path_wraps = points[name], wraps.get(name, [])
        strand = Strand(row, neutral_length(path, path_wraps, surfaces, origins))
        notes = strand.notes + list(dict.fromkeys(repaired.get(name, [])))
        tone = is_trunk(rule) and rule != "latissimus" or rule == "iliopsoas" and name != "iliacus"
        pennation = strand.pennation
        if strand.pennation_sd:
            pennation = quantity(strand.pennation, strand.fiber_source, True, strand.pennation_sd)
        pcsa = quantity(round(strand.pcsa, 6), strand.pcsa_source, strand.pcsa_verified, strand.pcsa_sd)
        out.block("[[muscle]]", name=name + "_r", mirror=True, side="r", groups=row["groups"].split(),
                  points=path, wraps=path_wraps or None, pcsa_cm2=pcsa,
                  optimal_fiber_length_m=quantity(strand.fiber, strand.fiber_source, strand.fiber_verified,
                                                  strand.fiber_sd),
                  tendon_slack_length_m=quantity(strand.tendon, strand.tendon_source, strand.tendon_verified),
                  pennation_rad=pennation, passive_strain=passive_strain(rule), tone=True if tone else None,
                  note="; ".join(notes) or None, source=row["path_source"])
        group = row["groups"].split()[0]
        report.append((name, group, strand.pcsa * SPECIFIC_TENSION, strand.neutral_fiber()))
    return report


def write_regions(out):
    out.heading("levels, hips, contact patches")
    for row in table("levels.csv"):
        out.block("[[level]]", name=row["name"], joint=row["name"],
                  coordinates=[f"{row['name']}_{motion}" for motion in ("extension", "bending", "rotation")],
                  disc_stiffness=quantity(1.0, "heuer2007", False),
                  lordosis_share=quantity(float(row["lordosis_share"]), row["lordosis_source"], False),
                  source="heuer2007")
    out.block("[[hip]]", side="r", mirror=True, joint="hip_r", flexion="hip_flexion_r",
              capsule_stiffness=quantity(1.0, "vanarkel2015", False), source="vanarkel2015")
    patches = {}
    for row in table("patches.csv"):
        patch = patches.setdefault(row["patch"], {"nodes": [], **row})
        patch["nodes"].append([row["body"], *numbers(row, "x_m", "y_m", "z_m")])
    for name, patch in patches.items():
        out.block("[[patch]]", name=name, mirror=mirror_of(name), reported_as=patch["reported_as"],
                  nodes=patch["nodes"], source=patch["source"])


def main():
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "models" / "whole_body.toml"
    joints, axes = table("joints.csv"), table("axes.csv")
    functions, surfaces = knee_functions(), read_surfaces()
    out = Writer()
    write_head(out)
    write_bodies(out)
    write_joints(out, joints, axes, functions)
    write_coordinates(out)
    write_surfaces(out, surfaces)
    report = write_muscles(out, surfaces, functions, neutral_origins(joints, axes, functions))
    write_regions(out)
    target.write_text("\n".join(out.lines) + "\n", encoding="utf-8")
    force = {}
    for _, group, newton, _ in report:
        force[group] = force.get(group, 0.0) + newton
    least, greatest = min(report, key=lambda r: r[3]), max(report, key=lambda r: r[3])
    print(f"{target}: {len(report)} strands a side, neutral fibre {least[3]:.3f} ({least[0]}) to "
          f"{greatest[3]:.3f} ({greatest[0]})")
    print("strength of one side, N:", ", ".join(f"{group} {newton:.0f}" for group, newton in force.items()))


if __name__ == "__main__":
    main()
