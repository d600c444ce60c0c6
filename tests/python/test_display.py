"""Texts and HTML say what one wants to see; stored files read back."""
import numpy as np

import psoas


def test_texts(model, bridge):
    assert repr(model) == ('<psoas.Model "whole_body": 75.2 kg, 1.70 m, male; '
                           f"{model.n_bodies} bodies, {model.n_coordinates} coordinates, 308 muscle strands>")
    assert "bridge" in repr(bridge) and "L4/L5 compression" in repr(bridge) and "gates" in repr(bridge)
    assert "knee_deg" in repr(psoas.io.read_scenario("bridge"))
    assert repr(bridge.ledger("L4_L5")).startswith("<psoas.LoadLedger spine.L4_L5.compression_N at ")
    assert repr(bridge.peak("hip.r.force_N")).startswith("Peak(value=")
    assert "psoas_L1_VB_r" in repr(model.strands[model.strand("psoas_L1_VB_r")])


def test_html(model, bridge):
    for thing, words in ((model, ("whole_body", "L4/L5", "75.2 kg")),
                         (psoas.io.read_scenario("bridge"), ("knee_deg", "range", "phases")),
                         (bridge, ("L4/L5 compression", "peak [N]", "× standing", "Not a medical device")),
                         (bridge.ledger("L4_L5"), ("total", "[N]", "multifidus"))):
        text = thing._repr_html_()
        assert all(word in text for word in words), text
        assert "nan" not in text and text.count("<table>") == text.count("</table>") == 1


def test_html_escapes_names(bridge):
    other = bridge.task.__copy__()
    other.name = "<script>"
    assert "<script>" not in psoas.analyze(bridge.model, other)._repr_html_()


def test_models_read_back(tmp_path):
    spec = psoas.io.read_model("whole_body")
    psoas.io.write_model(spec, tmp_path / "body.toml")
    assert psoas.io.model_toml(psoas.io.read_model(tmp_path / "body.toml")) == psoas.io.model_toml(spec)
    assert psoas.io.model_toml(psoas.io.read_model_text(psoas.io.model_toml(spec), "text")) == psoas.io.model_toml(spec)
    losses = psoas.io.write_model(spec, tmp_path / "body.osim")
    assert losses.dropped and all(d.reason for d in losses.dropped)
    imported = psoas.io.import_model(tmp_path / "body.osim")
    assert np.isclose(psoas.compile(imported.model).mass, psoas.compile(spec).mass)


def test_names_inside_the_library():
    assert "bridge" in psoas.io.scenario_names() and "whole_body" in psoas.io.model_names()
    assert "twitch" in psoas.io.simulation_names()
    assert psoas.__version__ == psoas.version()
