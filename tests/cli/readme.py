"""Every call of psoas that the README or the program's help prints works as printed."""
import json
import re
import shlex
import unittest

from _program import SOURCE, ProgramTest


def calls(text):
    """The calls in indented or fenced lines, without comments; a pipe belongs to the shell."""
    for line in text.splitlines():
        for call in re.split(r" #| ; ", line.strip()):
            if call.startswith("psoas ") and "NAME" not in call:
                yield shlex.split(call.split("|")[0])[1:]


class Readme(ProgramTest):
    def assert_all_work(self, found):
        self.assertGreater(len(found), 5)
        for words in found:
            with self.subTest(" ".join(words)):
                if "bench" in words:
                    continue  # minutes of measuring, tested in commands.py
                if any(word.endswith(".mot") for word in words):
                    continue  # a recording that the reader has, tested in models.py
                result = self.run_well(*words)
                if "--json" in words:
                    json.loads(result.stdout)

    def test_calls_of_the_readme(self):
        blocks = re.findall(r"^```\n(.*?)^```", (SOURCE / "README.md").read_text(), re.M | re.S)
        self.assert_all_work([words for block in blocks for words in calls(block)])

    def test_calls_of_the_help(self):
        text = self.run_well("--help").stdout
        found = [re.split(r"\s{2,}", line.strip())[0] for line in text.splitlines() if line.strip().startswith("psoas ")]
        for call in found:
            with self.subTest(call):
                self.run_well(*shlex.split(call)[1:])


if __name__ == "__main__":
    unittest.main()
