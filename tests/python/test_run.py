"""run() from words gives what the command line gives, byte for byte; run(model, scenario) what C++ gives."""
import json
import math

import numpy as np
import pytest

import psoas


def test_same_bytes_as_the_command_line(cli, tmp_path, sitting):
    cli("run", "sitting", "--out", str(tmp_path / "cli"), "--log", "off")
    mine = sitting.save(tmp_path / "mine")
    theirs = tmp_path / "cli" / "sitting"
    names = sorted(p.name for p in theirs.iterdir())
    assert names == sorted(p.name for p in mine.iterdir())
    for name in names:
        if name != "manifest.json":  # which holds the time and the command
            assert (mine / name).read_bytes() == (theirs / name).read_bytes(), name


def test_settings_and_subject_as_on_the_command_line(cli, tmp_path):
    cli("run", "bridge", "--set", "motion.knee_deg=110", "--set", "muscle.psoas.strength=0.5", "--subject",
        "mass_kg=62,height_m=1.64,sex=female", "--out", str(tmp_path), "--log", "off")
    mine = psoas.run("bridge", subject=dict(mass_kg=62, height_m=1.64, sex="female"),
                     set={"motion.knee_deg": 110, "muscle.psoas.strength": 0.5})
    assert psoas.io.summary_json(mine) == (tmp_path / "bridge" / "summary.json").read_text()


def test_a_compiled_model_and_a_scenario(model, lunge):
    mine = psoas.run(model, psoas.io.read_scenario("lunge"))
    assert psoas.io.summary_json(mine) == psoas.io.summary_json(lunge)
    assert psoas.io.summary_json(psoas.run(model, "lunge")) == psoas.io.summary_json(lunge)


def test_scenario_and_spec_that_were_given_stay_as_they_are():
    scenario, spec = psoas.io.read_scenario("bridge"), psoas.io.read_model("whole_body")
    before = psoas.io.scenario_toml(scenario), psoas.io.model_toml(spec)
    psoas.run(scenario, model=spec, set={"motion.knee_deg": 100, "muscle.psoas.strength": 0.8})
    assert (psoas.io.scenario_toml(scenario), psoas.io.model_toml(spec)) == before


def test_threads_and_full_ledger(lunge):
    full = psoas.run("lunge", threads=2, ledger_full=True)
    assert psoas.io.summary_json(full) == psoas.io.summary_json(lunge)
    assert psoas.run("lunge", options=psoas.AnalyzeOptions(threads=2)).peak("hip.r.force_N").value == \
        lunge.peak("hip.r.force_N").value


def test_peaks_and_ratios(lunge):
    peak = lunge.peak("spine.L4_L5.compression_N")
    assert peak.value > 500 and peak.time == lunge.time[peak.frame]
    assert lunge["spine.L4_L5.compression_N"][peak.frame] == peak.value
    ratio = lunge.relative_to_standing("spine.L4_L5.compression_N")
    assert ratio == peak.value / lunge.reference.peak("spine.L4_L5.compression_N").value
    assert lunge.usable() and lunge.status == psoas.Status.ok and lunge.verdict() != psoas.Verdict.fail


def test_summary_is_the_document_of_the_command_line(lunge):
    assert lunge.summary == json.loads(psoas.io.summary_json(lunge))
    leaf = lunge.summary["spine"]["L4_L5"]["compression_N"]
    assert leaf["peak"] == pytest.approx(lunge.peak("spine.L4_L5.compression_N").value, rel=1e-12)


def test_the_ledger_adds_up(bridge):
    for load in ("L4_L5", "spine.L5_S1.shear_ap_N", "hip_r", "hip.l.force_BW"):
        ledger = bridge.ledger(load)
        size = sum(abs(part.value) for part in ledger)
        assert sum(part.value for part in ledger) == pytest.approx(ledger.total, abs=1e-9 * size)
        assert sum(value for _, _, value in ledger.groups) == pytest.approx(ledger.total, abs=1e-9 * size)
    assert bridge.ledger("L4_L5").total == pytest.approx(bridge.peak("spine.L4_L5.compression_N").value, rel=1e-12)


def test_the_ledger_at_any_time(bridge):
    time = float(bridge.time[len(bridge) // 3])
    ledger = bridge.ledger("L4_L5", at=time)
    assert ledger.time == time
    assert ledger.total == pytest.approx(bridge["spine.L4_L5.compression_N"][len(bridge) // 3], rel=1e-12)
    full = psoas.run("bridge", ledger_full=True).ledger("L4_L5", at=time)
    assert full.to_dataframe().equals(ledger.to_dataframe())


def test_tables(bridge):
    frame = bridge.to_dataframe()
    assert list(frame.columns[1:]) == list(bridge.channel_names) and frame.columns[0] == "status"
    assert (frame["status"] == "ok").all() and frame.index.name == "time" and len(frame) == len(bridge)
    assert np.array_equal(frame["hip.r.force_N"], bridge["hip.r.force_N"])
    data = bridge.to_xarray()
    assert data["activation"].dims == ("time", "strand") and data["hip.r.force_N"].attrs["units"] == "N"
    assert np.array_equal(data["force"].sel(strand="psoas_L1_VB_r"),
                          bridge.force[:, bridge.model.strand("psoas_L1_VB_r")])


def test_absent_muscles_are_nan_not_zero():
    outcome = psoas.run("sitting", subject=dict(psoas_minor="none"))
    assert outcome.summary["psoas"]["minor_r"] is None or \
        outcome.summary["psoas"]["minor_r"]["force_N"]["peak"] is None
    assert not [n for n in outcome.channel_names if "minor" in n] or \
        math.isnan(outcome.peak("psoas.minor_r.force_N").value)


def test_failed_frames_stay_visible(model):
    task = psoas.assemble(model, psoas.io.read_scenario("standing"))
    task.upper[:] = 0.0
    task.lower[:] = 0.0
    outcome = psoas.analyze(model, task)
    frame = outcome.to_dataframe()
    assert not outcome.usable() or outcome.verdict() == psoas.Verdict.fail
    assert list(frame["status"]) == [s.name for s in outcome.frame_status]


def test_result_folders_read_back(tmp_path, bridge):
    folder = bridge.save(tmp_path / "bridge")
    saved = psoas.load(folder)
    assert saved.summary == bridge.summary and saved.usable() and saved.name == "bridge"
    name = "spine.L4_L5.compression_N"
    assert saved.peak(name).value == pytest.approx(bridge.peak(name).value, rel=1e-12)
    assert saved.relative_to_standing(name) == pytest.approx(bridge.relative_to_standing(name), rel=1e-9)
    assert saved.ledger("L4_L5").total == pytest.approx(bridge.ledger("L4_L5").total, rel=1e-9)
    assert "StaticOptimization_force" in saved.tables
    table = saved.table("StaticOptimization_force")
    assert np.allclose(table["psoas_L1_VB_r"], bridge.force[:, bridge.model.strand("psoas_L1_VB_r")])
    assert saved.manifest["settings"] == []
    with pytest.raises(psoas.Error, match="no result folder"):
        psoas.load(tmp_path)


def test_simulations(cli, tmp_path):
    cli("simulate", "twitch", "--out", str(tmp_path), )
    twitch = psoas.simulate("twitch")
    assert psoas.io.summary_json(twitch) == (tmp_path / "twitch" / "summary.json").read_text()
    assert twitch.forward.status == psoas.Status.ok
    assert len(twitch.to_dataframe()) == len(twitch.time)
