"""Every exit code but those of wrong input: done, bug, numerical failure, gate, output, interrupt."""
import json
import resource
import signal
import subprocess
import unittest

from _program import PROGRAM, ProgramTest

NOTHING_SOLVED = "muscle.psoas.optimal_fiber_length=1e-12"
GATE_FAILS = "muscle.vasti.strength=0"


def limit(what, size):
    def apply():
        resource.setrlimit(what, (size, size))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit is an error, not an end
    return apply


class ExitCodes(ProgramTest):
    def test_done(self):
        result = self.run_well("run", "standing")
        self.assertIn("L4/L5 compression", result.stdout)
        self.assertEqual(result.stderr, "psoas: wrote results/standing\n")

    def test_help_is_data(self):
        for words in (["--help"], ["run", "--help"], ["--version"], ["version"]):
            with self.subTest(words):
                result = self.run_well(*words)
                self.assertNotEqual(result.stdout, "")
                self.assertEqual(result.stderr, "")

    def test_lack_of_memory_is_one_line(self):
        for megabytes in range(4, 400):  # the first that lets the program start
            result = self.psoas("run", "bridge", preexec_fn=limit(resource.RLIMIT_AS, megabytes << 20))
            if result.returncode not in (127, -signal.SIGSEGV, -signal.SIGABRT):
                break
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertRegex(result.stderr, r"\Apsoas: internal error, please report it: .*\n\Z")
        self.assertEqual(result.stdout, "")
        self.assertEqual(self.files(), [])

    def test_numerical_failure_writes_nulls(self):
        result = self.psoas("run", "standing", "--set", NOTHING_SOLVED)
        self.assertEqual(result.returncode, 4, result.stderr)
        self.assertIn("1 of 1 frames could not be solved", result.stderr)
        folder = self.folder / "results/standing"
        summary = json.loads((folder / "summary.json").read_text())
        self.assertEqual(summary["failed_frames"], 1)
        self.assertIsNone(summary["spine"]["L4_L5"]["compression_N"]["peak"])
        manifest = json.loads((folder / "manifest.json").read_text())
        self.assertEqual(len(manifest["failed_frames"]), 1)
        self.assertIn("nRows=0\n", (folder / "standing_LumbarLoads.sto").read_text())

    def test_failed_gate_counts_under_strict_only(self):
        words = ["run", "lunge", "--set", GATE_FAILS]
        relaxed = self.run_well(*words)
        self.assertIn("gates: fail", relaxed.stdout)
        self.assertIn("lower bounds", relaxed.stdout)
        strict = self.psoas(*words, "--strict")
        self.assertEqual(strict.returncode, 5, strict.stderr)
        self.assertIn("a gate failed", strict.stderr)
        self.run_well("run", "standing", "--strict")

    def test_full_disk_leaves_nothing(self):
        result = self.psoas("run", "standing", "-o", "a/b", preexec_fn=limit(resource.RLIMIT_FSIZE, 20_000),
                            restore_signals=False)
        self.assertEqual(result.returncode, 6, result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1)
        self.assertEqual(result.stdout, "")
        self.assertEqual(self.files(), [])

    def test_full_disk_keeps_the_earlier_result(self):
        self.run_well("run", "standing")
        before = {p: (self.folder / p).read_bytes() for p in self.files() if (self.folder / p).is_file()}
        result = self.psoas("run", "standing", preexec_fn=limit(resource.RLIMIT_FSIZE, 20_000), restore_signals=False)
        self.assertEqual(result.returncode, 6, result.stderr)
        self.assertEqual(before, {p: (self.folder / p).read_bytes() for p in self.files() if (self.folder / p).is_file()})

    def test_standard_output_that_is_full(self):
        with open("/dev/full", "w") as full:
            result = subprocess.run([PROGRAM, "list"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
        self.assertEqual(result.returncode, 6)
        self.assertIn("standard output", result.stderr)

    def test_interrupt_keeps_what_is_finished(self):
        process = subprocess.Popen([PROGRAM, "run", "standing", "bridge", "--set", "motion.hold_s=10", "--ledger", "full",
                                    "-j", "1"], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(process.stderr.readline(), "psoas: wrote results/standing\n")
        process.send_signal(signal.SIGINT)
        _, talk = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, talk)
        self.assertEqual(len(talk.splitlines()), 1)
        self.assertEqual([p.name for p in (self.folder / "results").iterdir()], ["standing"])
        self.assertTrue((self.folder / "results/standing/manifest.json").is_file())


if __name__ == "__main__":
    unittest.main()
