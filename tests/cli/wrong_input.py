"""Whatever is wrong with a call: one line that says so, nothing on standard output, no file, the right exit code."""
import unittest

from _program import SOURCE, ProgramTest

USAGE, INPUT, OUTPUT = 2, 3, 6

# name, words, exit code, what the line must name
CASES = [
    ("no command", [], USAGE, "run"),
    ("misspelt command", ["rnu", "bridge"], USAGE, '"run"'),
    ("command that is far from any", ["quux"], USAGE, "bench"),
    ("misspelt option of the program", ["--versoin"], USAGE, '"--version"'),
    ("misspelt option", ["run", "bridge", "--forse"], USAGE, '"--force"'),
    ("misspelt option with a value", ["run", "bridge", "--ledgr=full"], USAGE, '"--ledger"'),
    ("option of another command", ["version", "--strict"], USAGE, "--strict"),
    ("no scenario", ["run"], USAGE, "NAMES"),
    ("misspelt scenario", ["run", "brige"], INPUT, '"bridge"'),
    ("one misspelt scenario among good ones", ["run", "standing", "brige"], INPUT, '"bridge"'),
    ("scenario given twice", ["run", "standing", "standing"], USAGE, "one folder"),
    ("misspelt model", ["run", "standing", "--model", "whole_bodi"], INPUT, '"whole_body"'),
    ("misspelt path of a setting", ["run", "bridge", "--set", "motoin.knee_deg=90"], USAGE, '"motion"'),
    ("misspelt parameter", ["run", "bridge", "--set", "motion.kne_deg=90"], USAGE, '"knee_deg"'),
    ("misspelt muscle", ["run", "bridge", "--set", "muscle.psaos.strength=1"], USAGE, '"psoas"'),
    ("misspelt key of a muscle", ["run", "bridge", "--set", "muscle.psoas.strenght=1"], USAGE, '"strength"'),
    ("misspelt support", ["run", "bridge", "--set", "support.flor.friction=1"], USAGE, '"floor"'),
    ("misspelt unit", ["run", "bridge", "--set", "motion.knee_rad=1.5"], USAGE, '"knee_rad"'),
    ("parameter out of range", ["run", "bridge", "--set", "motion.knee_deg=999"], USAGE, "60 to 120 deg"),
    ("parameter that is no number", ["run", "bridge", "--set", "motion.knee_deg=ninety"], USAGE, '"ninety"'),
    ("parameter that is not finite", ["run", "bridge", "--set", "motion.knee_deg=nan"], USAGE, '"nan"'),
    ("setting without a value", ["run", "bridge", "--set", "motion.knee_deg"], USAGE, "PATH=VALUE"),
    ("value beyond what the model takes", ["run", "standing", "--set", "muscle.psoas.pennation=1.57"], USAGE, "pennation"),
    ("negative mass", ["run", "bridge", "--subject", "mass_kg=-3"], USAGE, "-3"),
    ("misspelt key of the subject", ["run", "bridge", "--subject", "mas_kg=60"], USAGE, '"mass_kg"'),
    ("unknown sex", ["run", "bridge", "--subject", "sex=femal"], USAGE, '"female"'),
    ("subject without a value", ["run", "bridge", "--subject", "mass_kg=60,height_m"], USAGE, "KEY=VALUE"),
    ("jobs that are no number", ["run", "bridge", "-j", "two"], USAGE, '"two"'),
    ("no jobs", ["run", "bridge", "-j", "0"], USAGE, "from 1"),
    ("option without its value", ["run", "bridge", "-j"], USAGE, "--jobs"),
    ("seed below zero", ["run", "bridge", "--seed", "-1"], USAGE, '"-1"'),
    ("jobs left empty", ["run", "bridge", "-j", ""], USAGE, "--jobs"),
    ("folder left empty", ["run", "bridge", "-o", ""], USAGE, "--out"),
    ("setting given twice", ["run", "bridge", "--set", "motion.knee_deg=90", "--set", "motion.knee_deg=95"], USAGE,
     "motion.knee_deg is set twice"),
    ("subject key given twice", ["run", "bridge", "--subject", "mass_kg=60,mass_kg=70"], USAGE, "subject.mass_kg"),
    ("line break in a word", ["run", "a\nb"], USAGE, "control character"),
    ("scenario in capitals", ["run", "STANDING"], INPUT, '"standing"'),
    ("unknown log level", ["run", "bridge", "--log", "inof"], USAGE, '"info"'),
    ("unknown ledger", ["run", "bridge", "--ledger", "ful"], USAGE, '"full"'),
    ("missing file", ["run", "no_such.toml"], INPUT, "no_such.toml"),
    ("file in a missing folder", ["run", "no/such.toml"], INPUT, "no/such.toml"),
    ("folder for a file", ["run", "."], INPUT, "."),
    ("missing model file", ["run", "standing", "--model", "no_such.osim"], INPUT, "no_such.osim"),
    ("device for a model", ["run", "standing", "--model", "/dev/null"], INPUT, "/dev/null"),
    ("misspelt list", ["list", "scenaros"], USAGE, '"scenarios"'),
    ("two lists", ["list", "models", "muscles"], USAGE, '"muscles"'),
    ("show of nothing", ["show"], USAGE, "NAME"),
    ("show of a misspelt scenario", ["show", "brigde"], INPUT, '"bridge"'),
    ("show of a misspelt muscle", ["show", "psoas_L1_VB_x"], INPUT, '"psoas_L1_VB_r"'),
    ("show of a missing file", ["show", "no_such.toml"], INPUT, "no_such.toml"),
]


class WrongInput(ProgramTest):
    def assert_refused(self, words, code, named):
        before = self.files()
        result = self.psoas(*words)
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(result.stdout, "")
        lines = result.stderr.splitlines()
        self.assertEqual(len(lines), 1, result.stderr)
        self.assertTrue(lines[0].startswith("psoas: "), lines[0])
        self.assertIn(named, lines[0])
        self.assertEqual(self.files(), before)

    def test_table(self):
        for name, words, code, named in CASES:
            with self.subTest(name):
                self.assert_refused(words, code, named)

    def refused_file(self, name, content, named):
        (self.folder / name).write_bytes(content)
        for command in ("run", "show"):
            with self.subTest(name, command=command):
                self.assert_refused([command, name], INPUT, named)

    def test_empty_file(self):
        self.refused_file("empty.toml", b"", "empty.toml")

    def test_binary_file(self):
        self.refused_file("binary.toml", bytes(range(256)) * 64, "binary.toml")

    def test_huge_file(self):
        self.refused_file("huge.toml", b"# nothing but words\n" * 2_000_000, "huge.toml")

    def test_file_of_another_kind(self):
        (self.folder / "scene.txt").write_text("lie down")
        self.assert_refused(["run", "scene.txt"], INPUT, "scene.txt")

    def test_file_that_is_no_toml(self):
        self.refused_file("broken.toml", b'name = "x\n', "broken.toml:1:")

    def test_folder_that_is_called_like_a_file(self):
        (self.folder / "folder.toml").mkdir()
        self.assert_refused(["run", "folder.toml"], INPUT, "folder.toml")

    def test_name_that_would_leave_the_result_folder(self):
        text = (SOURCE / "scenarios/standing.toml").read_text().replace('name = "standing"', 'name = "../../up"', 1)
        (self.folder / "up.toml").write_text(text)
        self.assert_refused(["run", "up.toml"], INPUT, "../../up")

    def test_every_fault_of_a_file_has_its_line(self):
        text = (SOURCE / "scenarios/standing.toml").read_text()
        (self.folder / "faulty.toml").write_text(text.replace("rate_hz", "rate_hertz") + "\nfrition = 1\n[supprt.floor]\n")
        result = self.psoas("run", "faulty.toml")
        self.assertEqual(result.returncode, INPUT)
        self.assertEqual(result.stdout, "")
        lines = result.stderr.splitlines()
        self.assertGreaterEqual(len(lines), 3, result.stderr)
        for line in lines:
            self.assertRegex(line, r"^psoas: faulty\.toml:\d+:\d+: ")
        self.assertIn('"rate_hz"', result.stderr)

    def test_output_below_a_regular_file(self):
        (self.folder / "plain").write_text("mine")
        self.assert_refused(["run", "standing", "-o", "plain"], OUTPUT, "plain")
        self.assert_refused(["run", "standing", "-o", "plain/deeper"], OUTPUT, "plain")

    def test_output_with_a_name_that_is_too_long(self):
        self.assert_refused(["run", "standing", "-o", "x" * 300], OUTPUT, "xxx")

    def test_wrong_scenario_after_a_good_one_leaves_nothing_behind(self):
        text = (SOURCE / "scenarios/sitting.toml").read_text()
        (self.folder / "bad.toml").write_text(text.replace('name = "sitting"', 'name = "bad"', 1).replace('"ischium_r"', '"iscium_r"'))
        self.assert_refused(["run", "standing", "bad.toml"], INPUT, '"ischium_r"')

    def test_closed_loop_of_joints_is_one_fault(self):
        text = (SOURCE / "models/whole_body.toml").read_text()
        wrong = text.replace('parent = "pelvis"', 'parent = "torso"', 1)
        self.assertNotEqual(text, wrong)
        (self.folder / "loop.toml").write_text(wrong)
        self.assert_refused(["run", "standing", "--model", "loop.toml"], INPUT, "closed loop")

    def test_output_on_a_device(self):
        self.assert_refused(["run", "standing", "-o", "/dev/full"], OUTPUT, "/dev/full")

    def test_output_where_nobody_may_write(self):
        self.assert_refused(["run", "standing", "-o", "/proc/psoas"], OUTPUT, "/proc/psoas")

    def test_output_into_a_foreign_folder(self):
        (self.folder / "results/standing").mkdir(parents=True)
        (self.folder / "results/standing/thesis.txt").write_text("mine")
        self.assert_refused(["run", "standing"], OUTPUT, "--force")
        self.assertEqual((self.folder / "results/standing/thesis.txt").read_text(), "mine")


if __name__ == "__main__":
    unittest.main()
