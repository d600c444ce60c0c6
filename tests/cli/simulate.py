"""psoas simulate: limbs that move freely, a muscle on its bench, elastic tendons along a motion."""
import io
import json
import unittest

import jsonschema
import pandas

from _program import SOURCE, ProgramTest

SCHEMA = json.loads((SOURCE / "docs/schema/summary.schema.json").read_text())
BENCH = (SOURCE / "scenarios/forward/tetanus.toml").read_text()


class Simulate(ProgramTest):
    def forward(self, *words, code=0):
        """`forward` of the summary of one simulation."""
        result = self.run_well("simulate", *words, "--json", code=code)
        summary = json.loads(result.stdout)["runs"][0]
        jsonschema.validate(summary, SCHEMA)
        self.assertEqual(summary, json.loads((self.folder / "results" / summary["scenario"] / "summary.json").read_text()))
        self.summary = summary
        return summary["forward"]

    def table(self, name, suffix):
        path = self.folder / f"results/{name}/{name}_{suffix}.sto"
        return pandas.read_csv(io.StringIO(path.read_text().partition("endheader\n")[2]), sep="\t")

    def test_list_names_simulations(self):
        names = {row["name"] for row in json.loads(self.run_well("list", "simulations", "--json").stdout)["simulations"]}
        self.assertTrue({"leg_raise_forward", "march_forward", "thomas_settling", "weak_psoas_step", "twitch", "tetanus",
                         "isokinetic", "quick_release", "sinusoidal_stretch"} <= names)

    def test_weaker_psoas_lifts_the_foot_lower_and_later(self):
        feet = []
        for strength in (1, 0.75, 0.5, 0.25):
            forward = self.forward("weak_psoas_step", "--set", f"motion.strength={strength}")
            self.assertEqual(forward["status"], "ok")
            feet.append(forward["foot_height_m"])
        for strong, weak in zip(feet, feet[1:]):
            self.assertLess(weak["peak"], strong["peak"] - 0.005)
            self.assertIsNotNone(weak["onset_s"])  # null would say that it never rose by 5 cm
            self.assertGreater(weak["onset_s"], strong["onset_s"])
        self.assertGreater(feet[0]["peak"], 0.15)

    def test_an_unexpected_band_keeps_the_foot_down_and_more_excitation_lifts_it(self):
        def peak(*settings):
            forward = self.forward("march_forward", *(word for s in settings for word in ("--set", f"motion.{s}")))
            return forward["foot_height_m"]["peak"], self.summary["psoas"]["major_r"]["activation"]["peak"]

        free, activation = peak()
        surprised, _ = peak("band=blue")
        prepared, more = peak("band=blue", "expected=blue")
        self.assertLess(surprised, free - 0.01)
        self.assertGreater(prepared, surprised + 0.01)
        self.assertGreater(more, activation)

    def test_excitations_come_from_a_file_as_well(self):
        by_pieces = self.forward("tetanus")
        head, _, tail = BENCH.partition("[[excitation]]")
        text = head.replace('name = "tetanus"', 'name = "from_file"') + "[[length_m]]" + tail.partition("[[length_m]]")[2]
        (self.folder / "mine.toml").write_text(text.replace("schema = 1", 'schema = 1\nexcitation_file = "mine.csv"'))
        (self.folder / "mine.csv").write_text("time,excitation\n0,0.001\n0.05,0.001\n0.05,1\n0.55,1\n0.55,0.001\n1,0.001\n")
        by_file = self.forward("mine.toml")
        self.assertEqual(by_file["status"], "ok")
        forces = [self.table(name, "Forward") for name in ("tetanus", "from_file")]
        self.assertEqual(by_pieces["duration_s"], by_file["duration_s"])
        for column in forces[0].columns:
            self.assertLess((forces[0][column] - forces[1][column]).abs().max(), 1e-3 * max(1, forces[0][column].abs().max()))

    def test_wrong_excitation_file_names_its_lines(self):
        head, _, tail = BENCH.partition("[[excitation]]")
        (self.folder / "mine.toml").write_text((head + "[[length_m]]" + tail.partition("[[length_m]]")[2]).replace(
            "schema = 1", 'schema = 1\nexcitation_file = "mine.csv"'))
        (self.folder / "mine.csv").write_text("time,excitation\n0,0.1\n0.1,1.5\n0.05,x\n")
        result = self.psoas("simulate", "mine.toml")
        self.assertEqual(result.returncode, 3)
        self.assertRegex(result.stderr, r"mine\.csv:3: an excitation must be from 0 to 1, got 1\.5\n.*mine\.csv:4: ")

    def test_thigh_settles_where_the_passive_hip_carries_it(self):
        forward = self.forward("thomas_settling")
        self.assertTrue(forward["settled"])
        self.assertGreater(forward["hip_flexion_deg"]["final"], -35)
        self.assertLess(forward["hip_flexion_deg"]["final"], -5)
        rolled = self.forward("thomas_settling", "--set", "motion.pelvis_deg=105")
        self.assertNotEqual(rolled["hip_flexion_deg"]["final"], forward["hip_flexion_deg"]["final"])

    def test_leg_rises_towards_what_was_wanted(self):
        forward = self.forward("leg_raise_forward")
        self.assertEqual(forward["status"], "ok")
        self.assertGreater(forward["hip_flexion_r_deg"]["highest"], forward["hip_flexion_r_deg"]["start"] + 10)
        self.assertAlmostEqual(forward["hip_flexion_r_deg"]["wanted_highest"], 45, delta=10)
        self.assertLess(forward["hip_flexion_r_deg"]["highest"], forward["hip_flexion_r_deg"]["wanted_highest"])
        self.assertIn("range_ends", forward["knee_angle_r_deg"])
        self.assertIsNotNone(self.summary["hip"]["r"]["force_N"]["peak"])
        self.assertIsNone(self.summary["spine"]["L4_L5"]["compression_N"]["peak"])  # trunk muscles were not simulated
        table = self.table("leg_raise_forward", "Kinematics_q")
        self.assertAlmostEqual(table["hip_flexion_r"].max(), forward["hip_flexion_r_deg"]["highest"], 9)
        self.assertIn("psoas_L1_VB_r", self.table("leg_raise_forward", "Forward_force").columns)

    def test_pull_of_tendons_is_watched_and_gated(self):
        forward = self.forward("thomas_settling")
        gate, = self.summary["gates"]
        self.assertEqual(gate["name"], "tendon_push_N")
        self.assertEqual(gate["value"], max(0, -forward["lowest_tendon_force_N"]["lowest"]))
        self.assertEqual(gate["verdict"] == "pass", gate["value"] <= 1)
        self.assertIn("most", forward["rigid_tendons_slack"])

    def test_settings_of_another_simulation_are_passed_over(self):
        result = self.run_well("simulate", "weak_psoas_step", "isokinetic", "--set", "motion.strength=0.5", "--set",
                               "motion.speed=0.2", "--json")
        both = [run["parameters"] for run in json.loads(result.stdout)["runs"]]
        self.assertEqual((both[0]["strength"], both[1]["speed"]), (0.5, 0.2))

    def test_twitch_is_part_of_a_tetanus(self):
        twitch = self.forward("twitch")["tendon_force_N"]
        tetanus = self.forward("tetanus")["tendon_force_N"]
        self.assertLess(twitch["peak"], 0.6 * tetanus["peak"])
        self.assertLess(0.05, twitch["time_s"])
        self.assertLess(twitch["final"], 0.1 * twitch["peak"] + twitch["start"])
        table = self.table("tetanus", "Forward")
        self.assertEqual(list(table.columns), ["time", "excitation", "activation", "path_length_m", "fiber_length_norm",
                                               "tendon_force_N"])
        self.assertEqual(table["tendon_force_N"].max(), tetanus["peak"])

    def test_shortening_pulls_less_and_stretching_more(self):
        held = self.forward("isokinetic", "--set", "motion.speed=0")["tendon_force_N"]
        short = self.forward("isokinetic", "--set", "motion.speed=0.3")
        self.assertLess(self.table("isokinetic", "Forward")["tendon_force_N"].min(), 0.75 * held["final"])
        self.assertGreater(self.forward("isokinetic", "--set", "motion.speed=-0.3")["tendon_force_N"]["peak"],
                           1.1 * held["final"])
        self.assertEqual(short["status"], "ok")

    def test_quick_release_drops_and_regains_force(self):
        force = self.forward("quick_release")["tendon_force_N"]
        lowest = self.table("quick_release", "Forward")["tendon_force_N"].min()
        self.assertLess(lowest, 0.7 * force["start"])
        self.assertGreater(force["final"], lowest + 0.1 * force["start"])

    def test_stiffness_costs_evaluations(self):
        idle = self.forward("sinusoidal_stretch", "--set", "motion.excitation=0.01")["rhs_evaluations"]
        busy = self.forward("sinusoidal_stretch", "--set", "motion.excitation=1")["rhs_evaluations"]
        self.assertGreater(idle, busy)
        self.assertGreater(busy, 100)

    def test_scenario_runs_with_elastic_tendons(self):
        forward = self.forward("standing")
        self.assertEqual(self.summary["scenario"], "standing_elastic_tendons")
        change = forward["psoas.major_r.force_N"]
        self.assertNotEqual(change["largest_tendon_change"], 0)
        self.assertLess(abs(change["largest_tendon_change"]), 100)
        self.assertAlmostEqual(change["largest_lag_change"], 0, delta=1e-6)  # a posture is held: nothing lags
        self.assertAlmostEqual(change["rigid_peak"], change["static_peak"], delta=1e-6)

    def test_lag_and_tendon_are_told_apart_in_a_motion(self):
        change = self.forward("leg_raise")["psoas.major_r.force_N"]
        self.assertGreater(abs(change["largest_lag_change"]), 5)
        self.assertNotEqual(change["rigid_peak"], change["elastic_peak"])

    def test_scenario_file_is_taken_as_the_scenario_of_that_name(self):
        (self.folder / "mine.toml").write_text((SOURCE / "scenarios/standing.toml").read_text())
        self.assertEqual(self.forward("mine.toml"), self.forward("standing"))
        self.assertEqual(self.summary["scenario"], "standing_elastic_tendons")

    def test_what_was_computed_is_kept_when_a_run_ends_early(self):
        torn = BENCH.replace('name = "tetanus"', 'name = "torn"\ntype = "Millard2012"\nmuscle_parameters.damping = 0').replace(
            "to_s = 1\nvalue = \"1.02 * $rest\"",
            "to_s = 0.3\nvalue = \"1.02 * $rest\"\n\n[[length_m]]\nfrom_s = 0.3\nto_s = 1\nvalue = \"1.2 * $rest\"")
        self.assertNotEqual(torn, BENCH)
        (self.folder / "torn.toml").write_text(torn)
        forward = self.forward("torn.toml", code=4)
        self.assertNotEqual(forward["status"], "ok")
        self.assertEqual(forward["reason"], "psoas_r at 0.3 s: no fibre velocity balances the tendon's force without damping")
        self.assertGreaterEqual(forward["duration_s"], 0.29)
        self.assertLess(forward["duration_s"], 0.6)
        self.assertGreater(len(self.table("torn", "Forward")), 100)

    def test_wrong_words_are_told_with_the_nearest(self):
        for words, code, near in ((["weak_psoas_stp"], 3, "weak_psoas_step"),
                                  (["weak_psoas_step", "--set", "motion.strenght=1"], 2, "strength"),
                                  (["weak_psoas_step", "--set", "motion.strength=7"], 2, "from 0.05 to 1")):
            result = self.psoas("simulate", *words)
            self.assertEqual(result.returncode, code, result.stderr)
            self.assertIn(near, result.stderr)
            self.assertEqual(result.stdout, "")
        self.assertEqual(self.files(), [])
        for old, new, near in (('free = ["hip_flexion_r"', 'free = ["hip_flexon_r"', "hip_flexion_r"),
                               ('foot = "foot_r"', 'foot = "fot_r"', "foot_r"),
                               ("[strength]\npsoas", "[strength]\npsaos", "psoas"),
                               ('simulation = "limb"', 'simulation = "limp"', "limb")):
            text = (SOURCE / "scenarios/forward/weak_psoas_step.toml").read_text()
            self.assertIn(old, text)
            (self.folder / "wrong.toml").write_text(text.replace(old, new))
            result = self.psoas("simulate", "wrong.toml")
            self.assertEqual(result.returncode, 3, result.stderr)
            self.assertIn(near, result.stderr)

    def test_same_words_same_bytes(self):
        files = []
        for out in ("first", "second"):
            self.run_well("simulate", "weak_psoas_step", "-o", out)
            files.append({p.name: p.read_bytes() for p in (self.folder / out / "weak_psoas_step").iterdir()
                          if p.name != "manifest.json"})
        self.assertEqual(*files)


if __name__ == "__main__":
    unittest.main()
