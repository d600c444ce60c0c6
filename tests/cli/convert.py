"""psoas convert: models from one kind of file to another, what is dropped, and how it refuses."""
import json
import unittest
import xml.etree.ElementTree as xml

from _program import SOURCE, ProgramTest

PLANAR_HIP = SOURCE / "tests" / "data" / "models" / "planar_hip.toml"


class Convert(ProgramTest):
    def test_toml_keeps_everything_and_its_second_text_is_the_first(self):
        for model in ("whole_body", PLANAR_HIP):
            with self.subTest(str(model)):
                result = self.run_well("convert", model, "first.toml", "--force")
                self.assertEqual((result.stdout, result.stderr), ("", ""))
                self.run_well("convert", "first.toml", "second.toml", "--force")
                first = (self.folder / "first.toml").read_bytes()
                self.assertGreater(len(first), 1000)
                self.assertEqual(first, (self.folder / "second.toml").read_bytes())

    def test_the_model_that_was_written_gives_the_same_answers(self):
        self.run_well("convert", "whole_body", "body.toml")
        sweep = ("--muscle", "psoas", "--coordinate", "hip_flexion_r", "--steps", "7")
        self.assertEqual(self.run_well("arms", "--model", "body.toml", *sweep).stdout,
                         self.run_well("arms", *sweep).stdout)

    def test_osim_says_what_it_drops_by_name(self):
        result = self.run_well("convert", "whole_body", "body.osim")
        self.assertEqual(result.stdout, "")
        lines = result.stderr.splitlines()
        self.assertTrue(all(line.startswith("psoas: ") and ": " in line[7:] for line in lines), lines)
        for name in ("compliant levels (6)", "hip capsules (2)", "passive offset (308)", "abdomen"):
            self.assertTrue(any(line.startswith(f"psoas: {name}: ") for line in lines), name)
        document = xml.parse(self.folder / "body.osim").getroot()
        self.assertEqual((document.tag, document.get("Version")), ("OpenSimDocument", "40000"))
        self.assertEqual(len(document.findall(".//DeGrooteFregly2016Muscle")), 308)
        wraps = document.findall(".//PathWrap")
        self.assertGreater(len(wraps), 20)
        for wrap in wraps:
            first, last = map(int, wrap.findtext("range").split())
            self.assertEqual(last, first + 1)
            self.assertGreaterEqual(first, 1)

    def test_json_is_one_document(self):
        result = self.run_well("convert", "whole_body", "body.osim", "--json")
        losses = json.loads(result.stdout)
        self.assertEqual(set(losses), {"dropped", "notes"})
        self.assertEqual(set(losses["dropped"][0]), {"name", "reason"})
        self.assertEqual(result.stderr, "")
        self.assertEqual(json.loads(self.run_well("convert", "body.osim", "body.toml", "--json").stdout)["dropped"], [])

    def test_what_reading_dropped_is_told_as_well(self):
        self.run_well("convert", "whole_body", "body.osim")
        text = (self.folder / "body.osim").read_text()
        (self.folder / "more.osim").write_text(
            text.replace("</ForceSet>", "</ForceSet><MarkerSet><objects><Marker name='m'/></objects></MarkerSet>"))
        result = self.run_well("convert", "more.osim", "more.toml")
        self.assertIn("psoas: MarkerSet (1 markers): ", result.stderr)

    def test_a_file_that_is_there_needs_force(self):
        for name in ("there.toml", "there.osim"):
            path = self.folder / name
            path.write_text("mine")
            result = self.psoas("convert", "whole_body", path)
            self.assertEqual(result.returncode, 6)
            self.assertRegex(result.stderr, r"\Apsoas: .*there.*--force.*\n\Z")
            self.assertEqual(path.read_text(), "mine")
            self.run_well("convert", "whole_body", path, "--force")
            self.assertGreater(path.stat().st_size, 1000)
        self.assertEqual(self.files(), ["there.osim", "there.toml"])

    def test_wrong_input_is_one_line_and_leaves_nothing(self):
        (self.folder / "broken.toml").write_text("schema = 1\nname = [")
        (self.folder / "model.txt").write_text("")
        (self.folder / "folder.toml").mkdir()
        before = self.files()
        cases = [
            ((), 2, "IN"),
            (("whole_body",), 2, "OUT"),
            (("whole_body", "out.xml"), 2, ".toml or .osim"),
            (("whole_body", "out"), 2, ".toml or .osim"),
            (("whole_body", "out.toml", "more"), 2, "more"),
            (("whole_body", "out.toml", "--forec"), 2, 'did you mean "--force"'),
            (("whole_bdy", "out.toml"), 3, 'did you mean "whole_body"'),
            (("none.osim", "out.toml"), 3, "no file"),
            (("model.txt", "out.toml"), 3, ".toml or .osim"),
            (("broken.toml", "out.osim"), 3, "broken.toml:2:"),
            (("whole_body", "none/out.toml"), 6, "cannot write none/out.toml: "),
            (("whole_body", "folder.toml", "--force"), 6, "folder"),
        ]
        for words, code, part in cases:
            with self.subTest(" ".join(words)):
                result = self.psoas("convert", *words)
                self.assertEqual(result.returncode, code, result.stderr)
                self.assertIn(part, result.stderr)
                self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
                self.assertEqual(result.stdout, "")
                self.assertEqual(self.files(), before)


if __name__ == "__main__":
    unittest.main()
