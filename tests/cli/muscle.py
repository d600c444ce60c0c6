"""What `psoas muscle` answers: printed check values of the three models, CSV and JSON alike, and its refusals."""
import csv
import io
import json
import math
import unittest

from _program import ProgramTest

EXAMPLE = "max_isometric_force=500,optimal_fiber_length=0.1,tendon_slack_length=0.12,pennation_deg=10"
# type, curve, x, value, slope (None: not printed)
CURVES = [
    ("DeGrooteFregly2016", "active_force_length", 0.5, 0.05411215301427, 0.6473197341268),
    ("DeGrooteFregly2016", "active_force_length", 1.0, 1.0, 0.1602103218978),
    ("DeGrooteFregly2016", "passive_force_length", 1.3, 0.1352588167778, 0.9023150105766),
    ("DeGrooteFregly2016", "force_velocity", -0.5, 0.2340363935488, 0.6826936249087),
    ("DeGrooteFregly2016", "tendon_force", 1.02, 0.2155686246005, 15.19589833147),
    ("Millard2012", "active_force_length", 1.25, 0.754018872259, None),
    ("Millard2012", "passive_force_length", 1.5, 0.460261504791, None),
    ("Millard2012", "force_velocity", 0.1, 1.22515383775, 0.684734392202),
    ("Millard2012", "tendon_force", 1.01, 0.0996782701220, None),
    ("Thelen2003", "active_force_length", 0.5, 0.573753420737, None),
    ("Thelen2003", "passive_force_length", 1.25, 0.0476972004323, None),
    ("Thelen2003", "force_velocity", -0.375, 0.25, None),
    ("Thelen2003", "tendon_force", 1.04, 1.0, None),
]
# length, speed, activation, fibre length, cosine, velocity, force
RIGID = [
    (0.218, 0, 0.5, 0.9952656377104, 0.9846617454356, 0, 254.6409539311),
    (0.218, -0.2, 0.5, 0.9952656377104, 0.9846617454356, -0.1969323490871, 143.9610550845),
    (0.23, 0.1, 0.1, 1.113621879099, 0.9877679494681, 0.09877679494681, 74.99755577120),
    (0.20, -0.4, 1.0, 0.8186291526736, 0.9772434775713, -0.3908973910285, 135.6654128600),
    (0.26, 0, 0, 1.410728070752, 0.9923953659290, 0, 140.4620877227),
]
# length, activation, tendon force, fibre length, tendon length
ELASTIC = [
    (0.218, 0.5, 0.4959795965611, 0.9549972347386, 1.034102315057),
    (0.218, 1.0, 0.9654059705201, 0.9383670311374, 1.048200031665),
    (0.23, 0.1, 0.1289402167871, 1.097496226417, 1.013606945884),
    (0.25, 0.01, 0.1352885018873, 1.294741872338, 1.014129701088),
    (0.215, 0.05, 0.06177933220058, 0.9570514611236, 1.007361502829),
]
USAGE, NUMERICAL = 2, 4
# name, words, exit code, what the line must name
REFUSED = [
    ("nothing asked", [], USAGE, "--curve"),
    ("misspelt type", ["--type", "Millard2013", "--curve", "tendon_force", "--at", "1"], USAGE, '"Millard2012"'),
    ("misspelt curve", ["--curve", "force_velosity", "--at", "1"], USAGE, '"force_velocity"'),
    ("empty curve", ["--curve", "", "--at", "1"], USAGE, '""'),
    ("empty name", ["", "--curve", "tendon_force", "--at", "1"], USAGE, '""'),
    ("model without a name", ["--model", "whole_body", "--curve", "tendon_force", "--at", "1"], USAGE, "--model"),
    ("tendon of a curve", ["--curve", "tendon_force", "--at", "1", "--tendon", "rigid"], USAGE, "--tendon"),
    ("speed of a curve", ["--curve", "tendon_force", "--at", "1", "--speed", "rubbish"], USAGE, "--speed"),
    ("activation of a curve", ["--curve", "tendon_force", "--at", "1", "--activation", "1"], USAGE, "--activation"),
    ("places of a length", ["--set", EXAMPLE, "--length", "0.2", "--activation", "1", "--at", "1"], USAGE, "--at"),
    ("key given twice", ["--set", EXAMPLE + ",pennation_deg=5", "--length", "0.2", "--activation", "1"], USAGE, "pennation_deg is set twice"),
    ("place without a finite value", ["--curve", "tendon_force", "--at", "100"], NUMERICAL, "no finite value at 100"),
    ("curve without places", ["--curve", "tendon_force"], USAGE, "--at"),
    ("place that is no number", ["--curve", "tendon_force", "--at", "1.0,x"], USAGE, '"x"'),
    ("place that is not finite", ["--curve", "tendon_force", "--at", "inf"], USAGE, '"inf"'),
    ("empty place", ["--curve", "tendon_force", "--at", "1,,2"], USAGE, '""'),
    ("curve and length", ["--curve", "tendon_force", "--at", "1", "--length", "0.2"], USAGE, "either"),
    ("misspelt muscle", ["psoas_L1_VBr", "--curve", "tendon_force", "--at", "1"], USAGE, '"psoas_L1_VB_r"'),
    ("name and description", ["psoas_L1_VB_r", "--set", EXAMPLE, "--length", "0.3"], USAGE, "not both"),
    ("many strands at one length", ["psoas_r", "--length", "0.3", "--activation", "1"], USAGE, "psoas_L1_VB_r"),
    ("misspelt key", ["--set", "max_isometric_forse=1", "--length", "0.2"], USAGE, '"max_isometric_force"'),
    ("missing key", ["--set", "max_isometric_force=1", "--length", "0.2"], USAGE, "optimal_fiber_length"),
    ("key that is no number", ["--set", EXAMPLE + ",damping=low", "--length", "0.2"], USAGE, '"low"'),
    ("key without a value", ["--set", EXAMPLE + ",damping", "--length", "0.2"], USAGE, "KEY=VALUE"),
    ("key out of range", ["--set", EXAMPLE + ",damping=-1", "--length", "0.2"], USAGE, "damping"),
    ("no activation", ["--set", EXAMPLE, "--length", "0.2"], USAGE, "--activation"),
    ("activation above one", ["--set", EXAMPLE, "--length", "0.2", "--activation", "1.5"], USAGE, "0 to 1"),
    ("unknown tendon", ["--set", EXAMPLE, "--length", "0.2", "--activation", "1", "--tendon", "elastik"], USAGE, '"elastic"'),
    ("missing model", ["psoas_r", "--model", "no_such.toml", "--curve", "tendon_force", "--at", "1"], 3, "no_such.toml"),
    ("slack elastic muscle", ["--set", EXAMPLE, "--tendon", "elastic", "--length", "0.1", "--activation", "1"], NUMERICAL, "slack"),
    ("slack rigid muscle", ["--set", EXAMPLE, "--tendon", "rigid", "--length", "0.1", "--activation", "1"], NUMERICAL, "slack"),
    ("torn muscle", ["--set", EXAMPLE, "--length", "0.6", "--activation", "1"], NUMERICAL, "5 times"),
    ("muscle torn by far", ["--set", EXAMPLE, "--length", "20", "--activation", "1"], NUMERICAL, "5 times"),
    ("slack strand", ["psoas_L1_VB_r", "--length", "0.2", "--activation", "1"], NUMERICAL, "psoas_L1_VB_r"),
]


class Muscle(ProgramTest):
    def json_of(self, *words):
        result = self.run_well("muscle", *words, "--json")
        self.assertEqual(result.stderr, "")
        return json.loads(result.stdout, parse_constant=self.fail)

    def assert_digits(self, value, printed):
        self.assertAlmostEqual(value, printed, delta=6e-13 * max(1.0, abs(printed)))

    def test_curves_have_the_printed_values(self):
        for kind, curve, x, value, slope in CURVES:
            with self.subTest(kind=kind, curve=curve, x=x):
                rows = self.json_of("--type", kind, "--curve", curve, "--at", x)["rows"]
                self.assertEqual(len(rows), 1)
                self.assertEqual(list(rows[0]), ["x", "value", "slope"])
                self.assertEqual(rows[0]["x"], x)
                self.assertAlmostEqual(rows[0]["value"], value, delta=6e-12 if "Millard" in kind else 6e-13)
                if slope is not None:
                    self.assertAlmostEqual(rows[0]["slope"], slope, delta=6e-12 * max(1.0, abs(slope)))

    def test_places_may_be_many_and_negative(self):
        rows = self.json_of("--curve", "force_velocity", "--at", "-0.5,0,1")["rows"]
        self.assertEqual([row["x"] for row in rows], [-0.5, 0, 1])
        self.assert_digits(rows[2]["value"], 1.794342963555)

    def test_csv_holds_the_same_numbers(self):
        words = ["--curve", "tendon_force", "--at", "1.01,1.02"]
        text = self.run_well("muscle", *words).stdout
        self.assertEqual(text.splitlines()[0], "x,value,slope")
        table = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(io.StringIO(text))]
        self.assertEqual(table, self.json_of(*words)["rows"])

    def test_a_muscle_of_the_model_has_its_own_curves(self):
        rows = self.json_of("psoas_L1_VB_r", "--model", "whole_body", "--curve", "active_force_length", "--at", "0.85")["rows"]
        narrow = self.json_of("--curve", "active_force_length", "--at", "0.9")["rows"]
        self.assertEqual(rows[0]["muscle"], "psoas_L1_VB_r")
        self.assertAlmostEqual(rows[0]["value"], narrow[0]["value"], delta=1e-14)  # width 1.5: (0.85 - 1)/1.5 = 0.9 - 1
        passive = self.json_of("psoas_r", "--curve", "passive_force_length", "--at", "0.99,1.2")["rows"]
        self.assertEqual(len(passive), 22)
        self.assertEqual(passive[0]["value"], 0.0)
        self.assertAlmostEqual(passive[1]["value"], 0.06940116116983 - 0.01822882382007, delta=1e-13)

    def test_rigid_tendons_have_the_printed_forces(self):
        for length, speed, activation, fiber, cosine, velocity, force in RIGID:
            with self.subTest(length=length, speed=speed):
                answer = self.json_of("--type", "DeGrooteFregly2016", "--set", EXAMPLE + ",max_contraction_velocity=10,damping=0",
                                      "--tendon", "rigid", "--length", length, "--speed", speed, "--activation", activation)
                self.assertEqual(answer["tendon"], "rigid")
                self.assert_digits(answer["norm_fiber_length"], fiber)
                self.assert_digits(answer["cos_pennation"], cosine)
                self.assert_digits(answer["norm_fiber_velocity"], velocity)
                self.assert_digits(answer["tendon_force_N"], force)
                self.assertNotIn("norm_tendon_length", answer)
                self.assertEqual(answer, self.json_of("--set", EXAMPLE, "--tendon", "rigid", "--length", length, "--speed", speed,
                                                      "--activation", activation))

    def test_elastic_tendons_have_the_printed_equilibria(self):
        for length, activation, force, fiber, tendon in ELASTIC:
            with self.subTest(length=length):
                answer = self.json_of("--set", EXAMPLE, "--tendon", "elastic", "--length", length, "--activation", activation)
                self.assert_digits(answer["norm_tendon_force"], force)
                self.assert_digits(answer["norm_fiber_length"], fiber)
                self.assert_digits(answer["norm_tendon_length"], tendon)
                self.assertAlmostEqual(answer["tendon_force_N"], 500 * force, delta=1e-10)
                self.assertEqual(answer["norm_fiber_velocity"], 0)

    def test_the_choice_of_tendon_is_shown(self):
        words = ["--length", "0.23", "--activation", "0.5"]
        self.assertEqual(self.json_of("--set", EXAMPLE, *words)["tendon"], "elastic")
        short = EXAMPLE.replace("tendon_slack_length=0.12", "tendon_slack_length=0.09")
        self.assertEqual(self.json_of("--set", short, "--length", "0.19", "--activation", "0.5")["tendon"], "rigid")

    def test_an_elastic_tendon_hardly_matters_when_it_is_stiff(self):
        forces = [self.json_of("--type", kind, "--set", EXAMPLE + ",tendon_strain=0.0001", "--tendon", tendon,
                               "--length", "0.225", "--activation", "0.4")["tendon_force_N"]
                  for kind in ("Millard2012", "Thelen2003") for tendon in ("rigid", "elastic")]
        self.assertTrue(math.isclose(forces[0], forces[1], rel_tol=1e-3), forces)
        self.assertTrue(math.isclose(forces[2], forces[3], rel_tol=1e-3), forces)

    def test_auto_is_short_for_automatic(self):
        words = ["--set", EXAMPLE, "--length", "0.23", "--activation", "0.5"]
        self.assertEqual(self.json_of(*words, "--tendon", "auto"), self.json_of(*words, "--tendon", "automatic"))

    def test_a_fibre_that_pushes_is_told(self):
        result = self.run_well("muscle", "--set", EXAMPLE + ",damping=0.1", "--tendon", "rigid", "--length", "0.2", "--speed",
                               "-2", "--activation", "0", "--json")
        self.assertLess(json.loads(result.stdout)["tendon_force_N"], 0)
        self.assertRegex(result.stderr, r"^psoas: .*the fibre pushes.*\n$")

    def test_thelens_force_velocity_reads_the_activation(self):
        rows = self.json_of("--type", "Thelen2003", "--curve", "force_velocity", "--at", "-0.0390625", "--activation", "0.5")["rows"]
        self.assert_digits(rows[0]["value"], 0.75)

    def test_refusals(self):
        for name, words, code, named in REFUSED:
            with self.subTest(name):
                result = self.psoas("muscle", *words)
                self.assertEqual(result.returncode, code, result.stderr)
                self.assertEqual(result.stdout, "")
                self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
                self.assertIn(named, result.stderr)
                self.assertEqual(self.files(), [])


if __name__ == "__main__":
    unittest.main()
