"""Models and scenarios travel as their descriptions, so that joblib, concurrent.futures and Dask just work."""
import concurrent.futures
import copy
import multiprocessing
import pickle

import numpy as np
import pytest

import psoas

LOAD = "spine.L4_L5.compression_N"


def again(thing):
    return pickle.loads(pickle.dumps(thing))


def test_models_travel_bit_for_bit():
    spec = psoas.personalize(psoas.io.read_model("whole_body"), psoas.Subject(mass_kg=62, height_m=1.64, sex="female"))
    model = psoas.compile(spec)
    scenario = psoas.io.read_scenario("lunge")
    expected = psoas.io.summary_json(psoas.run(model, scenario))
    assert psoas.io.summary_json(psoas.run(again(model), again(scenario))) == expected
    assert psoas.io.model_toml(again(spec)) == psoas.io.model_toml(spec)


@pytest.mark.parametrize("name", psoas.io.scenario_names())
def test_scenarios_travel_with_values_and_reference(name):
    scenario = psoas.io.read_scenario(name)
    for p in scenario.parameters:
        psoas.set_parameter(scenario, p.name, p.choices[-1] if p.choices else p.value)
    other = again(scenario)
    assert psoas.io.scenario_toml(other) == psoas.io.scenario_toml(scenario)
    assert (other.reference_scenario is None) == (scenario.reference_scenario is None)
    assert psoas.io.scenario_toml(copy.deepcopy(scenario)) == psoas.io.scenario_toml(scenario)


def test_outcomes_travel_whole(bridge):
    other = again(bridge)
    assert psoas.io.summary_json(other) == psoas.io.summary_json(bridge)
    assert psoas.io.ledger_csv(other) == psoas.io.ledger_csv(bridge)
    assert np.array_equal(other.activation, bridge.activation) and other.to_dataframe().equals(bridge.to_dataframe())
    assert other.ledger("L4_L5", at=1.0).total == bridge.ledger("L4_L5", at=1.0).total
    twitch = psoas.simulate("twitch")
    assert psoas.io.summary_json(again(twitch)) == psoas.io.summary_json(twitch)


@pytest.mark.parametrize("thing", [
    psoas.Subject(mass_kg=60, sex="male"), psoas.AnalyzeOptions(threads=2), psoas.GateLimits(saturated=0.9),
    psoas.muscle.psoas_major(), psoas.muscle.ActivationParameters(rise_time=0.01), psoas.IntegrateOptions(step=1e-4),
    psoas.ExternalForce(name="bell", body=3, force=[0, -100, 0]), psoas.SmoothOptions(cutoff_hz=5.0, times=[0.0, 1.0]),
    psoas.FoundSupportOptions(reach=0.05), psoas.recruit.RecruitOptions(power=3), psoas.Quantity(1.0)],
    ids=lambda thing: type(thing).__name__)
def test_options_travel_and_compare(thing):
    assert repr(again(thing)) == repr(thing) == repr(copy.copy(thing)) == repr(copy.deepcopy(thing))
    assert eval(repr(psoas.AnalyzeOptions(threads=2)), vars(psoas)) == psoas.AnalyzeOptions(threads=2)


def test_errors_travel():
    with pytest.raises(psoas.SpecError) as caught:
        psoas.muscle.require_sound(psoas.muscle.MuscleParameters())
    other = again(caught.value)
    assert other.faults == caught.value.faults and str(other) == str(caught.value)


def compression(arguments):
    model, scenario, strength = arguments
    if strength == 0.75:
        return psoas.run(scenario, set={"muscle.psoas.strength": strength})
    return psoas.run(model, scenario).peak(LOAD).value


def test_processes(model):
    scenario = psoas.io.read_scenario("lunge")
    expected = psoas.run(model, scenario).peak(LOAD).value
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        first, weak = pool.map(compression, [(model, scenario, 1.0), (model, scenario, 0.75)])
    assert first == expected and weak.peak(LOAD).value == psoas.run(
        "lunge", set={"muscle.psoas.strength": 0.75}).peak(LOAD).value


def test_peaks_travel(lunge):
    peak = lunge.peak(LOAD)
    assert again(peak) == peak and (again(peak).value, again(peak).frame) == (peak.value, peak.frame)


def test_what_an_answer_was_made_from_cannot_be_edited_behind_it(model, lunge):
    model.spec.gravity = 1.0
    assert model.spec.gravity == model.gravity and again(model).body_weight == model.body_weight
    lunge.task.frames[0].pose.q[:] = 0.0
    assert lunge.ledger("L4_L5", at=0.0).total == pytest.approx(lunge[LOAD][0], rel=1e-12)


def test_copies_of_outcomes_are_their_own(lunge):
    for other in (copy.copy(lunge), copy.deepcopy(lunge)):
        other.name = "other"
        assert lunge.name == "lunge" and other.peak(LOAD) == lunge.peak(LOAD)
        assert psoas.io.summary_json(other) != psoas.io.summary_json(lunge)
