"""psoas lint, arms and analyze: what they say of a model and of a motion, and how they refuse."""
import csv
import io
import json
import math
import unittest

from _program import ProgramTest

MOTION = """Coordinates
version=1
nRows=3
nColumns=3
inDegrees=yes
endheader
time\thip_flexion_r\tknee_angle_r
0\t10\t20
0.1\t20\t30
0.2\t30\t40
"""

POINT = "<{0} name='p'><socket_parent_frame>/bodyset/{1}</socket_parent_frame><location>{2}</location>{3}</{0}>"


def muscle(name, *points):
    return ("<Thelen2003Muscle name='" + name + "'><GeometryPath><PathPointSet><objects>" + "".join(points) +
            "</objects></PathPointSet></GeometryPath><max_isometric_force>900</max_isometric_force>"
            "<optimal_fiber_length>0.11</optimal_fiber_length><tendon_slack_length>0.08</tendon_slack_length>"
            "</Thelen2003Muscle>")


# A lumped psoas beside a strand of it, and a point that comes and goes in the middle of the range.
ORIGIN = POINT.format("PathPoint", "pelvis", "0.03 0.1 0", "")
END = POINT.format("PathPoint", "thigh", "0.03 -0.1 0", "")
SWITCHED = POINT.format("ConditionalPathPoint", "pelvis", "0.08 0 0",
                        "<range>-0.17 0.5</range><socket_coordinate>/jointset/hip_r/flexion</socket_coordinate>")
FAULTY = ("<OpenSimDocument Version='40000'><Model name='faulty'><BodySet><objects>"
          "<Body name='pelvis'><mass>10</mass><inertia>0.1 0.1 0.1 0 0 0</inertia></Body>"
          "<Body name='thigh'><mass>8</mass><inertia>0.1 0.02 0.1 0 0 0</inertia></Body></objects></BodySet>"
          "<JointSet><objects><WeldJoint name='fixed'><socket_parent_frame>/ground</socket_parent_frame>"
          "<socket_child_frame>/bodyset/pelvis</socket_child_frame></WeldJoint>"
          "<PinJoint name='hip_r'><socket_parent_frame>/bodyset/pelvis</socket_parent_frame>"
          "<socket_child_frame>/bodyset/thigh</socket_child_frame><coordinates><Coordinate name='flexion'>"
          "<range>-0.5 2</range></Coordinate></coordinates></PinJoint></objects></JointSet><ForceSet><objects>" +
          muscle("psoas_r", ORIGIN, SWITCHED, END) + muscle("Ps_L1_r", ORIGIN, END) +
          "<SpringGeneralizedForce name='spring'/></objects></ForceSet></Model></OpenSimDocument>")


def table(path):
    """Columns of a .sto file by name."""
    with open(path) as file:
        text = file.read()
    lines = text.split("endheader\n")[1].strip().split("\n")
    rows = [[float(cell) for cell in line.split("\t")] for line in lines[1:]]
    return dict(zip(lines[0].split("\t"), zip(*rows)))


class Lint(ProgramTest):
    def test_the_default_body_has_no_error(self):
        findings = json.loads(self.run_well("lint", "whole_body", "--json").stdout)["findings"]
        self.assertGreater(len(findings), 0)
        self.assertEqual([f for f in findings if f["severity"] == "error"], [])
        self.assertEqual(set(findings[0]), {"rule", "severity", "place", "value", "message"})
        self.run_well("lint", "whole_body", "--strict")

    def test_faults_that_move_answers_are_errors(self):
        path = self.folder / "faulty.osim"
        path.write_text(FAULTY)
        found = json.loads(self.run_well("lint", path, "--json").stdout)["findings"]
        errors = {f["rule"]: f for f in found if f["severity"] == "error"}
        self.assertEqual(set(errors), {"counted_twice", "path_jump"})
        origin, switched = (0.03, 0.1), (0.08, 0.0)

        def detour(q):
            end = (0.03 * math.cos(q) + 0.1 * math.sin(q), 0.03 * math.sin(q) - 0.1 * math.cos(q))
            return math.dist(origin, switched) + math.dist(switched, end) - math.dist(origin, end)
        self.assertAlmostEqual(errors["path_jump"]["value"], max(detour(-0.17), detour(0.5)), delta=1e-5)
        self.run_well("lint", path, "--strict", code=5)

    def test_what_a_file_holds_beyond_the_model_is_listed(self):
        path = self.folder / "faulty.osim"
        path.write_text(FAULTY)
        shown = json.loads(self.run_well("show", path, "--json").stdout)
        self.assertEqual([b["name"] for b in shown["bodies"]], ["pelvis", "thigh"])
        self.assertEqual([d["name"] for d in shown["dropped"]], ["spring"])
        self.assertTrue(shown["dropped"][0]["reason"])


class Arms(ProgramTest):
    def test_arm_is_minus_the_slope_of_length(self):
        text = self.run_well("arms", "--muscle", "psoas_r", "--coordinate", "hip_flexion_r", "--from", "0", "--to",
                             "90", "--steps", "901").stdout
        rows = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual(len(rows), 11 * 901)
        strand = [r for r in rows if r["muscle"] == "psoas_L3_TP_r"]
        length = [float(r["length_m"]) for r in strand]
        arm = [float(r["moment_arm_m"]) for r in strand]
        self.assertGreater(min(arm), 0.005)
        for i in range(1, 900):
            slope = (length[i + 1] - length[i - 1]) / math.radians(0.2)
            self.assertAlmostEqual(arm[i], -slope, delta=1e-5)


class Analyze(ProgramTest):
    def setUp(self):
        super().setUp()
        self.motion = self.folder / "swing.mot"
        self.motion.write_text(MOTION)

    def analyze(self, *words):
        return self.run_well("analyze", self.motion, "--model", "whole_body", "-o", self.folder / "out", *words)

    def test_a_posture_at_rest_weighs_what_the_body_weighs(self):
        self.analyze("--static", "--only", "inverse_dynamics,lengths")
        folder = self.folder / "out" / "swing"
        moments = table(folder / "swing_InverseDynamics.sto")
        model = json.loads(self.run_well("show", "whole_body", "--json").stdout)
        for force in moments["pelvis_ty_force"]:
            self.assertAlmostEqual(force, model["mass_kg"] * 9.80665, delta=1e-6)
        for force in moments["pelvis_tx_force"]:
            self.assertAlmostEqual(force, 0.0, delta=1e-9)
        lengths = table(folder / "swing_MuscleAnalysis_Length.sto")
        arms = json.loads(self.run_well("arms", "--muscle", "psoas_L3_TP_r", "--coordinate", "hip_flexion_r", "--from",
                                        "10", "--to", "30", "--steps", "3", "--json").stdout)["rows"]
        for wanted, got in zip(arms, lengths["psoas_L3_TP_r"]):
            self.assertAlmostEqual(wanted["length_m"], got, delta=1e-12)

    def test_the_manifest_says_what_was_assumed(self):
        result = self.analyze("--static", "--only", "lengths")
        manifest = json.loads((self.folder / "out" / "swing" / "manifest.json").read_text())
        self.assertTrue(any("keep their defaults" in note for note in manifest["notes"]), manifest["notes"])
        self.assertIn("keep their defaults", result.stderr)

    def test_a_motion_with_other_signs_is_told(self):
        self.motion.write_text(MOTION.replace("\t20\n", "\t-60\n"))
        result = self.analyze("--static", "--only", "lengths")
        self.assertIn("knee_angle_r runs from -60", result.stderr)

    def test_nothing_that_carries_the_body_is_told(self):
        result = self.psoas("analyze", self.motion, "--model", "whole_body", "--static", "--supports", "none")
        self.assertIn("gate root_reserve_N failed", result.stderr)
        self.assertIn("nothing carries the body", result.stderr)

    def test_what_does_not_fit_is_refused(self):
        motion = str(self.motion)
        (self.folder / "empty.mot").write_text("")
        (self.folder / "other.mot").write_text(MOTION.replace("hip_flexion_r", "a").replace("knee_angle_r", "b"))
        cases = [
            ((str(self.folder / "other.mot"),), 3, "of no known convention"),
            ((motion, "--convention", "rajagopl"), 2, 'did you mean "rajagopal"'),
            ((motion, "--subject", "mass_kg=-3"), 2, "mass_kg"),
            ((motion, "--subject", "mass=60"), 2, 'did you mean "mass_kg"'),
            ((motion, "--model", "whole_body", "--subject", "mass_kg=60"), 2, "leave --model out"),
            ((motion, "--opensim-compatible"), 2, "needs --model"),
            ((motion, "--supports", "measured"), 2, "needs --grf"),
            ((motion, "--supports", "feet"), 2, "--supports is one of auto, measured, none"),
            ((motion, "--only", "lengths", "--supports", "auto"), 2, "leave --only out"),
            ((motion, "--model", "whole_bdy"), 3, 'did you mean "whole_body"'),
            ((str(self.folder / "none.mot"), "--model", "whole_body"), 3, "no file"),
            ((str(self.folder / "empty.mot"), "--model", "whole_body"), 3, "endheader"),
            ((str(self.folder / "other.mot"), "--model", "whole_body"), 3, "no column is a coordinate"),
            ((motion, "--model", "whole_body", "--only", "lenghts"), 2, 'did you mean "lengths"'),
            ((motion, "--model", "whole_body", "--only", ""), 2, "--only needs"),
            ((motion, "--model", "whole_body", "--filter", "-1"), 2, "--filter"),
            ((motion, "--model", "whole_body", "--grf", motion), 2, "--external-loads"),
        ]
        for words, code, part in cases:
            with self.subTest(" ".join(words)):
                result = self.psoas("analyze", *words, "-o", self.folder / "refused")
                self.assertEqual(result.returncode, code, result.stderr)
                self.assertIn(part, result.stderr)
                self.assertEqual(result.stdout, "")
                self.assertFalse((self.folder / "refused").exists())


# One squat of a model with Rajagopal's signs, and the same with gait2392's: down and up in two seconds.
SQUAT_COLUMNS = ("pelvis_tilt pelvis_tx pelvis_ty pelvis_tz hip_flexion_r knee_angle_r ankle_angle_r hip_flexion_l "
                 "knee_angle_l ankle_angle_l lumbar_extension").split()


def squat(knee_sign):
    lines = []
    for i in range(101):
        depth = math.sin(math.pi * i / 100) ** 2
        knee, hip, ankle = 70 * depth, 60 * depth, 20 * depth
        thigh, shank = math.radians(knee - ankle), math.radians(ankle)
        height = 0.95 - 0.41 * (1 - math.cos(thigh)) - 0.43 * (1 - math.cos(shank))
        back = 0.43 * math.sin(shank) - 0.41 * math.sin(thigh)
        values = [-10 * depth, back, height, 0, hip, knee_sign * knee, ankle, hip, knee_sign * knee, ankle, -30 * depth]
        lines.append("\t".join(f"{v:.8f}" for v in [0.02 * i] + values))
    head = f"squat\nversion=1\nnRows={len(lines)}\nnColumns={len(SQUAT_COLUMNS) + 1}\ninDegrees=yes\nendheader\n"
    return head + "\t".join(["time"] + SQUAT_COLUMNS) + "\n" + "\n".join(lines) + "\n"


class Retarget(ProgramTest):
    def squat(self, knee_sign, *words):
        motion = self.folder / "squat.mot"
        motion.write_text(squat(knee_sign))
        result = self.run_well("analyze", motion, "-o", self.folder / "out", *words)
        folder = self.folder / "out" / "squat"
        summary, manifest = (json.loads((folder / f).read_text()) for f in ("summary.json", "manifest.json"))
        return result, summary, manifest

    def test_a_recorded_motion_alone_gives_loads_and_what_carries_the_body(self):
        result, summary, manifest = self.squat(1, "--subject", "mass_kg=62,height_m=1.68,sex=female")
        self.assertEqual(manifest["model"]["source"], "whole_body")
        for part in ("convention rajagopal", "coincide midway", "lowest nodes stand on the floor", "no seat"):
            self.assertIn(part, result.stderr)
            self.assertTrue(any(part in note for note in manifest["notes"]), (part, manifest["notes"]))
        self.assertIn("subject.mass_kg=62", manifest["settings"])
        weight = 62 * 9.80665
        feet = [summary["supports"][f"foot_{side}"]["vertical_N"]["mean"] for side in "rl"]
        self.assertAlmostEqual(sum(feet), weight, delta=0.03 * weight)
        self.assertAlmostEqual(feet[0], feet[1], delta=1e-6 * weight)
        disc = summary["spine"]["L4_L5"]["compression_N"]
        self.assertGreater(disc["peak"], 300)
        standing = json.loads(self.run_well("run", "standing", "--subject", "mass_kg=62,height_m=1.68,sex=female",
                                            "-o", self.folder / "standing", "--json").stdout)["runs"][0]
        still = standing["spine"]["L4_L5"]["compression_N"]["peak"]
        self.assertAlmostEqual(disc["ratio_to_standing"], disc["peak"] / still, delta=1e-6)
        ledger = (self.folder / "out" / "squat" / "ledger.csv").read_text()
        self.assertIn("spine.L4_L5.compression_N", ledger)
        self.assertIn("support,foot_r", ledger)

    def test_a_misspelt_column_and_radians_marked_as_degrees_are_noticed(self):
        motion = self.folder / "odd.mot"
        motion.write_text(squat(1).replace("ankle_angle_r", "ankle_angel_r"))
        result = self.run_well("analyze", motion, "-o", self.folder / "odd")
        self.assertIn('ankle_angel_r (did you mean "ankle_angle_r"', result.stderr)
        lines = squat(1).splitlines()
        first = lines.index("endheader") + 2
        shift = {f"pelvis_t{axis}" for axis in "xyz"}
        for i in range(first, len(lines)):
            time, *values = (float(v) for v in lines[i].split("\t"))
            values = [v if name in shift else math.radians(v) for name, v in zip(SQUAT_COLUMNS, values)]
            lines[i] = "\t".join(str(v) for v in [time, *values])
        motion.write_text("\n".join(lines) + "\n")
        result = self.run_well("analyze", motion, "--convention", "rajagopal", "-o", self.folder / "odd", "--force")
        self.assertIn("are they degrees, as the header says, or radians?", result.stderr)

    def test_signs_of_the_knee_are_found(self):
        result, ours, _ = self.squat(1)
        self.assertIn("convention rajagopal", result.stderr)
        result, theirs, _ = self.squat(-1)
        self.assertIn("convention gait2392", result.stderr)
        self.assertIn("signs turned: knee_angle_r, knee_angle_l", result.stderr)
        one, other = (s["spine"]["L4_L5"]["compression_N"]["peak"] for s in (ours, theirs))
        self.assertAlmostEqual(one, other, delta=0.02 * one)  # the pelvises differ by millimetres: places, not angles


if __name__ == "__main__":
    unittest.main()
