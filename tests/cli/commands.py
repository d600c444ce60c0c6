"""What the commands answer when all is well."""
import json
import os
import pty
import re
import subprocess
import unittest

from _program import PROGRAM, ProgramTest


class Commands(ProgramTest):
    def json_of(self, *words):
        result = self.run_well(*words, "--json")
        self.assertEqual(result.stderr, "")
        return json.loads(result.stdout)

    def names(self, kind):
        return [item["name"] for item in self.json_of("list", kind)[kind]]

    def test_list_names_what_there_is(self):
        self.assertTrue({"standing", "sitting", "bridge", "lunge"} <= set(self.names("scenarios")))
        self.assertIn("whole_body", self.names("models"))
        self.assertIn("psoas_L1_VB_r", self.names("muscles"))
        self.assertIn("hip_flexion_r", self.names("coordinates"))
        self.assertIn("standing", self.run_well("list").stdout)

    def test_listed_loads_are_those_of_a_summary(self):
        listed = set(self.names("loads"))
        self.run_well("run", "standing")
        summary = json.loads((self.folder / "results/standing/summary.json").read_text())
        found = {f"{section}.{owner}.{quantity}"
                 for section in ("spine", "hip", "psoas", "muscle_groups", "supports", "moments")
                 for owner, quantities in summary[section].items() for quantity in quantities or {}}
        self.assertEqual(found - listed, set())
        self.assertEqual({name for name in listed - found if not name.startswith("supports.")}, set())

    def test_show_scenario_names_what_can_be_set(self):
        shown = self.json_of("show", "bridge")
        self.assertEqual(shown["kind"], "scenario")
        for parameter in shown["parameters"]:
            self.run_well("run", "bridge", "--set", f"motion.{parameter['name']}={parameter['max']}")
        self.assertIn("knee_deg", self.run_well("show", "bridge").stdout)

    def test_show_model_counts_its_parts(self):
        shown = self.json_of("show", "whole_body")
        self.assertEqual(shown["counts"]["muscles"], len(shown["muscles"]))
        self.assertEqual(shown["counts"]["coordinates"], len(shown["coordinates"]))
        self.assertEqual(shown["counts"]["levels"], 6)

    def test_show_muscle_gives_every_source(self):
        shown = self.json_of("show", "psoas")
        self.assertEqual(len(shown["strands"]), 22)
        for strand in shown["strands"]:
            for parameter in strand["parameters"].values():
                self.assertIn(parameter["source"], shown["sources"])
        self.assertIn("Ward", self.run_well("show", "psoas_L1_VB_r").stdout)

    def test_version_says_how_it_was_built(self):
        shown = self.json_of("version")
        self.assertEqual(set(shown), {"version", "compiler", "build_type", "libraries", "flags"})
        self.assertEqual(self.run_well("--version").stdout, f"psoas {shown['version']}\n")

    def test_bench_measures_each_stage(self):
        rows = {row["name"]: row for row in self.json_of("bench")["rows"]}
        for name in ("paths", "inverse_dynamics", "recruit_cold", "recruit_warm", "frame", "run_sitting"):
            self.assertGreater(rows[name]["ns"], 0)
            self.assertEqual(set(rows[name]), {"name", "ns", "goal_ns", "limited_by"})
        self.assertLess(rows["paths"]["ns"], rows["frame"]["ns"])
        goals = {"muscle_force": 45, "muscle_force_batch": 12, "implicit_step": 250, "forward_second": 60e6}
        self.assertEqual(goals, {name: rows[name]["goal_ns"] for name in goals})
        self.assertLess(rows["muscle_force_batch"]["ns"], rows["muscle_force"]["ns"])
        self.assertTrue(all(rows[name]["ns"] > 0 and rows[name]["limited_by"] for name in goals))

    def test_settings_of_one_scenario_leave_the_others(self):
        self.run_well("run", "standing", "bridge", "--set", "motion.knee_deg=100")
        parameters = [json.loads((self.folder / f"results/{name}/summary.json").read_text())["parameters"]
                      for name in ("standing", "bridge")]
        self.assertNotIn("knee_deg", parameters[0])
        self.assertEqual(parameters[1]["knee_deg"], 100)

    def test_table_answers_without_the_files(self):
        text = self.run_well("run", "bridge").stdout
        for words in ("psoas major right", "psoas minor left", "iliacus right", "hip left", "L5/S1 compression",
                      "L4/L5 compression, ", "psoas share [%]", "cost volume2", "gates: ", "assembly moved", "[N]",
                      "x standing", "upper back", "Not a medical device"):
            self.assertIn(words, text)
        self.assertNotIn("\033", text)
        self.assertNotIn("nan", text)

    def on_terminal(self, **environment):
        control, terminal = pty.openpty()
        process = subprocess.Popen([PROGRAM, "run", "standing"], cwd=self.folder, stdout=terminal,
                                   stderr=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm", **environment})
        os.close(terminal)
        text = b""
        try:
            while piece := os.read(control, 65536):
                text += piece
        except OSError:  # Linux ends a terminal that nobody holds any more with an error
            pass
        os.close(control)
        self.assertEqual(process.wait(), 0)
        return text.decode().replace("\r\n", "\n")

    def test_colours_are_for_terminals_that_want_them(self):
        os.environ.pop("NO_COLOR", None)
        colored = self.on_terminal()
        self.assertIn("\033[1m", colored)
        plain = self.on_terminal(NO_COLOR="1")
        self.assertNotIn("\033", plain)
        self.assertEqual(re.sub(r"\033\[\d+m", "", colored), plain)

    def test_log_level_is_obeyed(self):
        self.assertEqual(self.run_well("run", "standing", "--log", "warn").stderr, "")


if __name__ == "__main__":
    unittest.main()
