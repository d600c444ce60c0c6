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


def test_simulations_travel_with_their_values():
    for name in psoas.io.simulation_names():
        simulation = psoas.io.read_simulation(name)
        other = again(simulation)
        assert (other.name, other.kind, other.free, other.muscle) == \
            (simulation.name, simulation.kind, simulation.free, simulation.muscle)
        assert [repr(p) for p in other.about.parameters] == [repr(p) for p in simulation.about.parameters]
        assert pickle.dumps(again(other)) == pickle.dumps(other)
    for name in ("twitch", "weak_psoas_step"):
        simulation = psoas.io.read_simulation(name)
        expected = psoas.io.summary_json(psoas.simulate(simulation))
        assert psoas.io.summary_json(psoas.simulate(again(simulation))) == expected


def test_drives_and_trajectories_travel(model):
    task = psoas.assemble(model, psoas.io.read_scenario("standing"))
    drive = psoas.Drive(task, [], psoas.Excitations.constant(np.full(model.n_strands, 0.1)))
    options = psoas.IntegrateOptions(duration=0.02)
    first, second = (psoas.integrate(model, psoas.State(), one, options) for one in (drive, again(drive)))
    assert np.array_equal(first.force, second.force) and drive.motion is task
    other = again(first)
    for name in ("time", "q", "activation", "fiber_length", "force"):
        assert np.array_equal(getattr(other, name), getattr(first, name)), name
    assert psoas.io.summary_json(psoas.forward_outcome(model, task, other)) == \
        psoas.io.summary_json(psoas.forward_outcome(model, task, first))
    frame = again(psoas.at(task, 0))
    assert np.array_equal(frame.pose.q, task.frames[0].pose.q)


def test_muscles_and_answers_travel(lunge):
    m = psoas.muscle
    unit = m.MuscleTendonUnit(m.psoas_major(), type=m.MuscleType.Millard2012)
    at = unit.static_equilibrium(0.5, 0.295)
    assert again(unit).static_equilibrium(0.5, 0.295).tendon_force == again(at).tendon_force == at.tendon_force
    for kind in (m.DeGrooteFregly2016, m.Millard2012, m.Thelen2003):
        curves = kind(m.psoas_major())
        for other in (again(curves), copy.copy(curves), copy.deepcopy(curves)):
            assert other.passive_force_length(1.3) == curves.passive_force_length(1.3)
            assert other.parameters == curves.parameters
    spline = psoas.Function.natural_cubic_spline([0.0, 1.0, 2.0], [0.0, 1.0, 0.0])
    assert again(spline) == spline and again(psoas.Function.linear(2.0, 1.0)).evaluate(1.0).value == 3.0
    override = again(psoas.Override("motion.knee_deg", 110))
    assert (override.path, override.value) == ("motion.knee_deg", "110")
    assert again(lunge.ledger("L4_L5")).total == lunge.ledger("L4_L5").total
    assert np.array_equal(again(lunge.channels[0]).values, lunge.channels[0].values)
    solved = psoas.forward.integrate_adaptive(lambda x, t, left: -x, [1.0], 0.0, 1.0)
    assert np.array_equal(again(solved).state, solved.state)
    program = psoas.recruit.Program()
    program.add_row(1.0), program.add_column(1.0, 2, 0.0, 1.0), program.add_entry(0, 2.0)
    solution = psoas.recruit.Solution()
    psoas.recruit.solve(again(program), psoas.recruit.SolveOptions(), solution)
    assert again(solution).x == pytest.approx([0.5])


def test_functions_travel_by_name():
    for function in (psoas.run, psoas.analyze, psoas.simulate, psoas.integrate, psoas.smooth, psoas.io.read_model,
                     psoas.muscle.activation_rate, psoas.forward.integrate_adaptive, psoas.recruit.solve, psoas.arms):
        assert again(function) is function


def test_functions_of_the_package_in_processes(model):
    tasks = [psoas.assemble(model, psoas.io.read_scenario(name)) for name in ("standing", "sitting")]
    simulation = psoas.io.read_simulation("twitch")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(psoas.analyze, [model] * 2, tasks))
        twitch = pool.submit(psoas.simulate, simulation).result()
        failure = pool.submit(psoas.run, "brige").exception()
    assert [o[LOAD][0] for o in found] == [psoas.analyze(model, task)[LOAD][0] for task in tasks]
    assert psoas.io.summary_json(twitch) == psoas.io.summary_json(psoas.simulate(simulation))
    assert isinstance(failure, psoas.Error) and "bridge" in str(failure)


def test_joblib(model):
    joblib = pytest.importorskip("joblib")
    scenarios = [psoas.io.read_scenario(name) for name in ("standing", "sitting")]
    found = joblib.Parallel(n_jobs=2)(joblib.delayed(psoas.run)(model, scenario) for scenario in scenarios)
    assert [o[LOAD][0] for o in found] == [psoas.run(model, scenario)[LOAD][0] for scenario in scenarios]


def test_dask():
    dask = pytest.importorskip("dask")
    sweep = [dask.delayed(psoas.run)("sitting", set={"muscle.psoas.strength": s}) for s in (0.5, 1.0)]
    found = dask.compute(*sweep, scheduler="processes", num_workers=2)
    assert found[1][LOAD][0] == psoas.run("sitting")[LOAD][0] != found[0][LOAD][0]
