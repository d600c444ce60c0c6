"""The result folder: what its files say, that they agree with each other, and that they are the same every time."""
import csv
import io
import json
import math
import subprocess
import tempfile
import unittest
from pathlib import Path

import jsonschema
import pandas

from _program import PROGRAM, SOURCE, ProgramTest

SCHEMA = json.loads((SOURCE / "docs/schema/summary.schema.json").read_text())
SCENARIOS = ["standing", "sitting", "bridge", "lunge"]


def refuse(constant):
    raise ValueError(f"{constant} is not JSON")


def read_json(text):
    return json.loads(text, parse_constant=refuse)


def read_sto(path):
    head, _, body = path.read_text().partition("endheader\n")
    keys = dict(line.split("=") for line in head.splitlines() if "=" in line)
    table = pandas.read_csv(io.StringIO(body), sep="\t", float_precision="round_trip")
    return keys, table


def leaves(summary):
    for section in ("spine", "hip", "psoas", "muscle_groups", "supports", "moments"):
        for owner, quantities in summary[section].items():
            for quantity, leaf in (quantities or {}).items():
                yield f"{section}.{owner}.{quantity}", leaf


class Results(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.TemporaryDirectory()
        cls.results = Path(cls.shared.name)
        cls.document = subprocess.run([PROGRAM, "run", *SCENARIOS, "--json", "-o", cls.results], check=True,
                                      capture_output=True, text=True).stdout

    @classmethod
    def tearDownClass(cls):
        cls.shared.cleanup()

    def summary(self, name):
        return read_json((self.results / name / "summary.json").read_text())

    def test_summaries_keep_their_schema(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        for name in SCENARIOS:
            with self.subTest(name):
                jsonschema.validate(self.summary(name), SCHEMA)

    def test_schema_refuses_what_is_not_in_it(self):
        summary = self.summary("standing")
        summary["spine"]["L4_L5"]["compresion_N"] = summary["spine"]["L4_L5"].pop("compression_N")
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate(summary, SCHEMA)

    def test_the_document_holds_the_summaries(self):
        runs = read_json(self.document)["runs"]
        self.assertEqual(runs, [self.summary(name) for name in SCENARIOS])

    def test_files_are_those_of_the_manifest(self):
        for name in SCENARIOS:
            manifest = read_json((self.results / name / "manifest.json").read_text())
            self.assertEqual(manifest["files"], sorted(p.name for p in (self.results / name).iterdir()))
            self.assertIn(f"{name}_StaticOptimization_activation.sto", manifest["files"])
            self.assertEqual(manifest["columns_left_out"], [])

    def test_tables_read_as_their_headers_say(self):
        for path in self.results.glob("*/*.sto"):
            with self.subTest(path.name):
                keys, table = read_sto(path)
                self.assertEqual(list(keys), ["version", "nRows", "nColumns", "inDegrees"])
                self.assertEqual(table.shape, (int(keys["nRows"]), int(keys["nColumns"])))
                self.assertEqual(table.columns[0], "time")
                self.assertTrue(table["time"].is_monotonic_increasing and table["time"].is_unique)
                self.assertFalse(table.isna().any().any())
                self.assertTrue((table.dtypes != object).all())
                self.assertEqual(keys["inDegrees"], "yes" if "Kinematics" in path.name else "no")

    def test_summary_and_tables_agree(self):
        for name in SCENARIOS:
            summary = self.summary(name)
            _, loads = read_sto(self.results / name / f"{name}_LumbarLoads.sto")
            for level, quantities in summary["spine"].items():
                for quantity, leaf in quantities.items():
                    column = loads[f"{level}_{quantity}"]
                    self.assertEqual(column[column.abs().idxmax()], leaf["peak"])
                    self.assertTrue(math.isclose(column.mean(), leaf["mean"], rel_tol=1e-9, abs_tol=1e-9))

    def test_hip_force_is_the_norm_of_its_columns(self):
        for name in SCENARIOS:
            _, table = read_sto(self.results / name / f"{name}_JointReaction_ReactionLoads.sto")
            for side in "rl":
                label = f"hip_{side}_on_femur_{side}_in_femur_{side}_f"
                norm = sum(table[label + axis] ** 2 for axis in "xyz") ** 0.5
                self.assertTrue(math.isclose(norm.max(), self.summary(name)["hip"][side]["force_N"]["peak"], rel_tol=1e-9))

    def test_hip_pushes_the_femur_down_and_outward_is_mirrored(self):
        _, table = read_sto(self.results / "standing/standing_JointReaction_ReactionLoads.sto")
        summary = self.summary("standing")["hip"]
        for side, sign in (("r", 1), ("l", -1)):
            label = f"hip_{side}_on_femur_{side}_in_femur_{side}_f"
            self.assertLess(table[label + "y"][0], 0)
            self.assertAlmostEqual(table[label + "z"][0], sign * summary[side]["lateral_N"]["peak"], delta=1e-9)

    def test_ledger_adds_up_to_the_summary(self):
        for name in SCENARIOS:
            peaks = dict(leaves(self.summary(name)))
            ledger = pandas.read_csv(self.results / name / "ledger.csv", keep_default_na=False,
                                     float_precision="round_trip")
            self.assertEqual(list(ledger.columns), ["load", "at", "time_s", "cause", "part", "value", "unit"])
            self.assertEqual(set(ledger["at"]), {"peak"})
            for load, rows in ledger.groupby("load"):
                total = rows[rows["cause"] == "total"]["value"]
                self.assertEqual(list(total), [peaks[load]["peak"]])
                parts = rows[~rows["cause"].isin(["total", "sum"])]["value"]
                self.assertLessEqual(abs(parts.sum() - total.iloc[0]), 1e-9 * parts.abs().sum(), load)

    def test_summary_csv_says_what_the_json_says(self):
        for name in SCENARIOS:
            with (self.results / name / "summary.csv").open() as file:
                rows = {row["quantity"]: row for row in csv.DictReader(file)}
            for quantity, leaf in leaves(self.summary(name)):
                row = rows.pop(quantity)
                for cell, key in (("peak", "peak"), ("time_s", "time_s"), ("mean", "mean"),
                                  ("ratio_to_standing", "ratio_to_standing")):
                    self.assertEqual(row[cell], "" if leaf[key] is None else row[cell])
                    self.assertEqual(float(row[cell]) if row[cell] else None, leaf[key])
                for phase, mean in leaf["phases"].items():
                    self.assertEqual(float(row["mean_" + phase]), mean)
            self.assertEqual(rows, {})

    def test_standing_is_its_own_measure(self):
        leaf = self.summary("standing")["spine"]["L4_L5"]["compression_N"]
        self.assertEqual(leaf["ratio_to_standing"], 1)
        sitting = self.summary("sitting")["spine"]["L4_L5"]["compression_N"]
        self.assertTrue(math.isclose(sitting["ratio_to_standing"], sitting["peak"] / leaf["peak"], rel_tol=1e-12))

    def test_absent_psoas_minor_is_null(self):
        self.run_well("run", "standing", "--subject", "psoas_minor=right")
        psoas = read_json((self.folder / "results/standing/summary.json").read_text())["psoas"]
        self.assertIsNone(psoas["minor_l"])
        self.assertIsNotNone(psoas["minor_r"])

    def bytes_of(self, folder):
        manifest = read_json((folder / "manifest.json").read_text())
        for key in ("started", "written", "command_line", "jobs"):
            del manifest[key]
        return manifest, {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "manifest.json"}

    def test_same_bytes_for_any_number_of_jobs(self):
        for out, jobs in (("one", 1), ("three", 3), ("again", 1)):
            self.run_well("run", "bridge", "-j", jobs, "-o", out)
        first = self.bytes_of(self.folder / "one/bridge")
        self.assertEqual(first, self.bytes_of(self.folder / "three/bridge"))
        self.assertEqual(first, self.bytes_of(self.folder / "again/bridge"))

    def test_resolved_scenario_runs_to_the_same_answers(self):
        self.run_well("run", "bridge", "--set", "motion.knee_deg=100", "-o", "first")
        resolved = self.folder / "first/bridge/scenario.resolved.toml"
        self.assertIn("default = 100\n", resolved.read_text())
        self.run_well("run", resolved, "-o", "second")
        first, second = (self.folder / f"{run}/bridge/summary.json" for run in ("first", "second"))
        self.assertEqual(first.read_text(), second.read_text())
        self.assertEqual(resolved.read_text(), (self.folder / "second/bridge/scenario.resolved.toml").read_text())

    def test_full_ledger_holds_every_frame_and_the_peaks(self):
        self.run_well("run", "bridge", "--ledger", "full")
        with (self.folder / "results/bridge/ledger.csv").open() as file:
            lines = (line for line in file if line.startswith("spine.L4_L5.compression_N,") and ",total," in line)
            totals = {row[1]: float(row[5]) for row in csv.reader(lines)}
        _, loads = read_sto(self.folder / "results/bridge/bridge_LumbarLoads.sto")
        compression = list(loads["L4_L5_compression_N"])
        self.assertEqual([totals[str(i)] for i in range(len(compression))], compression)
        self.assertEqual(totals["peak"], max(compression))

    def test_own_result_is_replaced_and_foreign_files_stay(self):
        self.run_well("run", "standing")
        folder = self.folder / "results/standing"
        (folder / "figure.svg").write_text("mine")
        (folder / "summary.json").write_text("old")
        self.run_well("run", "standing")
        self.assertEqual((folder / "figure.svg").read_text(), "mine")
        self.assertEqual(read_json((folder / "summary.json").read_text())["scenario"], "standing")
        self.assertEqual(sorted(p.name for p in (self.folder / "results").iterdir()), ["standing"])

    def test_force_writes_beside_foreign_files(self):
        folder = self.folder / "results/standing"
        folder.mkdir(parents=True)
        (folder / "thesis.txt").write_text("mine")
        self.run_well("run", "standing", "--force")
        self.assertEqual((folder / "thesis.txt").read_text(), "mine")
        self.assertTrue((folder / "manifest.json").is_file())


if __name__ == "__main__":
    unittest.main()
