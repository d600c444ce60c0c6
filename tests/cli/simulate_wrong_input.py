"""Whatever is wrong with a simulation: one line that says so and where, nothing on standard output, no file."""
import os
import signal
import subprocess
import time
import unittest

from _program import PROGRAM, SOURCE, ProgramTest

USAGE, INPUT, NUMERICAL, OUTPUT = 2, 3, 4, 6
BENCH = (SOURCE / "scenarios/forward/tetanus.toml").read_text()
LIMB = (SOURCE / "scenarios/forward/thomas_settling.toml").read_text()
BY_FILE = (BENCH.partition("[[excitation]]")[0] + "[[length_m]]" + BENCH.partition("[[length_m]]")[2]).replace(
    "schema = 1", 'schema = 1\nexcitation_file = "table.csv"')

# name, words, exit code, what the line must name
WORDS = [
    ("no simulation", [], USAGE, "NAMES"),
    ("misspelt simulation", ["twich"], INPUT, '"twitch"'),
    ("misspelt scenario", ["standin"], INPUT, '"standing"'),
    ("simulation given twice", ["twitch", "twitch"], USAGE, "one folder"),
    ("scenario given twice", ["standing", "standing"], USAGE, "one folder"),
    ("parameter that none has", ["twitch", "isokinetic", "--set", "motion.sped=1"], USAGE, '"speed"'),
    ("parameter out of range", ["weak_psoas_step", "--set", "motion.strength=7"], USAGE, "0.05 to 1"),
    ("parameter that is no number", ["isokinetic", "--set", "motion.speed=high"], USAGE, '"high"'),
    ("setting given twice", ["isokinetic", "--set", "motion.speed=0", "--set", "motion.speed=0"], USAGE, "set twice"),
    ("setting without a value", ["isokinetic", "--set", "motion.speed"], USAGE, "PATH=VALUE"),
    ("misspelt option", ["twitch", "--forse"], USAGE, '"--force"'),
    ("folder left empty", ["twitch", "-o", ""], USAGE, "--out"),
    ("misspelt model", ["twitch", "--model", "whole_bodi"], INPUT, '"whole_body"'),
    ("missing file", ["no_such.toml"], INPUT, "no_such.toml"),
    ("folder for a file", ["."], INPUT, "."),
    ("output on a device", ["twitch", "-o", "/dev/full"], OUTPUT, "/dev/full"),
]
# name, text, what is replaced, by what, what the line must name
FILES = [
    ("name that leaves the result folder", BENCH, '"tetanus"', '"../../evil"', "../../evil"),
    ("absolute name", BENCH, '"tetanus"', '"/tmp/evil"', "/tmp/evil"),
    ("empty name", BENCH, '"tetanus"', '""', "result folder"),
    ("name with a blank", BENCH, '"tetanus"', '"a b"', '"a b"'),
    ("excitation above one", BENCH, 'value = "$excitation"', "value = 3", "from 0 to 1, got 3"),
    ("excitation below zero", BENCH, 'value = "$excitation"', "value = -1", "from 0 to 1, got -1"),
    ("excitation that leaves the range on its way", BENCH, '"$excitation"', '"0.5 + 4 * ($t - 0.05)"', "from 0 to 1, got 1."),
    ("no duration", BENCH, "duration_s = 1", "duration_s = 0", "duration_s must be above 0 s"),
    ("negative duration", BENCH, "duration_s = 1", "duration_s = -1", "duration_s must be above 0 s, got -1"),
    ("endless duration", BENCH, "duration_s = 1", "duration_s = 1e12", "1e+12 s"),
    ("no output step", BENCH, "output_step_s = 0.002", "output_step_s = 0", "output_step_s must be above 0 s"),
    ("negative output step", BENCH, "output_step_s = 0.002", "output_step_s = -1", "output_step_s must be above 0 s"),
    ("output step of a nanosecond", BENCH, "output_step_s = 0.002", "output_step_s = 1e-9", "1e-09 s"),
    ("negative tolerance", BENCH, "duration_s = 1", "duration_s = 1\ntolerance = -1", "tolerance must be from"),
    ("tolerance of a million", BENCH, "duration_s = 1", "duration_s = 1\ntolerance = 1e6", "tolerance must be from"),
    ("limb without a duration", LIMB, "duration_s = 8", "duration_s = 0", "duration_s must be above 0 s, got 0"),
    ("limb for ever", LIMB, "duration_s = 8", "duration_s = 1e12", "1e+12 s"),
    ("limb in output steps of a nanosecond", LIMB, "output_step_s = 0.02", "output_step_s = 1e-9", "1e-09 s"),
    ("limb in steps of a second", LIMB, "duration_s = 8", "duration_s = 8\nstep_s = 1", "step_s must be above 0"),
    ("limb with too much excitation", LIMB, 'value = "$tone"', "value = 1.5", "from 0 to 1, got 1.5"),
]
# name, table, what the line must name
TABLES = [
    ("first row later than the start", "time,excitation\n0.1,0.1\n1,0.1\n", "0.1 s"),
    ("column given twice", "time,excitation,excitation\n0,0.1,0.1\n1,0.1,0.1\n", '"excitation" stands there twice'),
    ("empty cell", "time,excitation\n0,0.1\n1,\n", '"" is no finite number'),
    ("empty cell in between", "time,excitation\n0,,0.1\n1,0.1\n", "table.csv:2"),
    ("column without a name", "time,excitation,\n0,0.1,0\n1,0.1,0\n", "no name"),
]


class SimulateWrongInput(ProgramTest):
    def assert_refused(self, words, code, named):
        before = self.files()
        result = self.psoas("simulate", *words)
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertIn(named, result.stderr)
        self.assertEqual(self.files(), before)
        return result.stderr

    def test_words(self):
        for name, words, code, named in WORDS:
            with self.subTest(name):
                self.assert_refused(words, code, named)

    def test_files(self):
        for name, text, old, new, named in FILES:
            with self.subTest(name):
                self.assertIn(old, text)
                (self.folder / "wrong.toml").write_text(text.replace(old, new, 1))
                self.assertIn("wrong.toml", self.assert_refused(["wrong.toml"], INPUT, named))

    def test_tables(self):
        (self.folder / "wrong.toml").write_text(BY_FILE)
        for name, table, named in TABLES:
            with self.subTest(name):
                (self.folder / "table.csv").write_text(table)
                self.assertIn("table.csv", self.assert_refused(["wrong.toml"], INPUT, named))

    def test_pole_ends_by_a_status_in_seconds(self):
        pole = BENCH.replace('name = "tetanus"', 'name = "pole"').replace(
            'value = "1.02 * $rest"', 'value = "1.02 * $rest + 0.001 / (0.5000001 - $t)"')
        (self.folder / "pole.toml").write_text(pole)
        start = time.monotonic()
        result = self.psoas("simulate", "pole.toml")
        self.assertLess(time.monotonic() - start, 30)
        self.assertEqual(result.returncode, NUMERICAL, result.stderr)
        self.assertRegex(result.stderr, r"pole ended after 0\.\d+ s: psoas_r: .*\n")

    def test_interrupt_leaves_nothing_half_written(self):
        long = LIMB.replace("duration_s = 8", "duration_s = 400")
        (self.folder / "long.toml").write_text(long.replace('"thomas_settling"', '"long"'))
        process = subprocess.Popen([PROGRAM, "simulate", "twitch", "long.toml"], cwd=self.folder, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, env=os.environ)
        self.assertEqual(process.stderr.readline(), "psoas: wrote results/twitch\n")
        process.send_signal(signal.SIGINT)
        _, talk = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, talk)
        self.assertEqual(len(talk.splitlines()), 1, talk)
        self.assertEqual([p.name for p in (self.folder / "results").iterdir()], ["twitch"])


if __name__ == "__main__":
    unittest.main()
