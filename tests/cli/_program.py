"""What the tests of the command line share: the program, and a call of it in an empty folder."""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["PSOAS_CLI"]
SOURCE = Path(os.environ.get("PSOAS_SOURCE_DIR", Path(__file__).resolve().parents[2]))


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self.addCleanup(self._folder.cleanup)

    def psoas(self, *words, **options):
        return subprocess.run([PROGRAM, *map(str, words)], cwd=self.folder, capture_output=True, text=True,
                              timeout=120, **options)

    def run_well(self, *words, code=0):
        result = self.psoas(*words)
        self.assertEqual(result.returncode, code, result.stderr)
        return result

    def files(self):
        return sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*"))
