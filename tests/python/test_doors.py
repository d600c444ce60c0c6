"""An argument of a wrong kind is named in one sentence; names and times mean the same at every door."""
import numpy as np
import pytest

import psoas

m = psoas.muscle


@pytest.mark.parametrize("call, sentence", [
    (lambda: psoas.run(5), "a name or a path must be text or a pathlib.Path, got 5"),
    (lambda: psoas.run("sitting", reference=3), "reference takes an Outcome of the same model, or None, got 3"),
    (lambda: psoas.run("sitting", threads="x"), "AnalyzeOptions.threads takes a whole number, got 'x'"),
    (lambda: psoas.compile("whole_body"), "compile(): spec takes a ModelSpec, got 'whole_body'"),
    (lambda: psoas.load(5), "load() takes the path of a result folder, got 5"),
    (lambda: psoas.Task("x", [3], [], [], []), "Task(): frames takes a sequence of TaskFrame, got [3]"),
    (lambda: psoas.Task("x"), "Task(): frames is missing; it takes a sequence of TaskFrame"),
    (lambda: psoas.Pose(), "Pose(): q is missing"),
    (lambda: psoas.Subject(mass_kg="62"), "Subject.mass_kg takes a number or None, got '62'"),
    (lambda: psoas.Subject(62), "Subject() takes keywords, the names of its fields"),
    (lambda: psoas.arms("whole_body", "psoas_r", "hip_flexion_r"), "model takes a Model, got 'whole_body'"),
    (lambda: m.make_curves("Thelen2003"), "make_curves(): type takes a MuscleType, got 'Thelen2003'"),
    (lambda: m.activation_rate(m.ActivationParameters(), "a", 0.0), "activation_rate(): excitation takes a number, got 'a'"),
    (lambda: psoas.Function.linear("a", 1.0), "Function.linear(): slope takes a number, got 'a'"),
    (lambda: psoas.plot.posture(5), "outcome takes an Outcome, got 5"),
    (lambda: psoas.plot.outcome(None), "outcome takes an Outcome, got None"),
    (lambda: psoas.plot.ladder("sitting"), "outcome takes an Outcome, got 'sitting'"),
    (lambda: psoas.plot.ledger(5), "ledger takes a LoadLedger, got 5"),
    (lambda: psoas.plot.arms(5), "arms() takes an Arms, got 5")], ids=lambda x: x if isinstance(x, str) else "")
def test_one_sentence_for_a_wrong_kind(call, sentence):
    with pytest.raises(TypeError) as caught:
        call()
    assert str(caught.value) == sentence


def test_one_sentence_for_what_is_missing_or_too_much(model, sitting):
    for call, sentence in (
            (lambda: psoas.analyze(model), "analyze(): task is missing; it takes a Task"),
            (lambda: psoas.analyze(model, "x"), "analyze(): task takes a Task, got 'x'"),
            (lambda: psoas.analyze(model, sitting.task, option=1),
             'analyze() has no argument "option" (did you mean "options"?)'),
            (lambda: psoas.assemble(model, "standing"), "assemble(): scenario takes a Scenario, got 'standing'"),
            (lambda: sitting.peak(5), "Outcome.peak(): name takes text, got 5"),
            (lambda: sitting[5], "Outcome.__getitem__(): name takes text, got 5"),
            (lambda: model.strand(), "Model.strand(): name is missing; it takes text")):
        with pytest.raises(TypeError) as caught:
            call()
        assert str(caught.value) == sentence


def test_short_names_at_every_door(tmp_path, sitting):
    full, short = "spine.L4_L5.compression_N", "L4_L5"
    saved = psoas.load(sitting.save(tmp_path / "sitting"))
    assert sitting.peak(short) == sitting.peak("L4/L5") == sitting.peak(full)
    assert sitting.peak("hip_r") == sitting.peak("hip.r.force_N")
    assert np.array_equal(sitting[short], sitting[full]) and sitting.channel(short).name == full
    assert sitting.relative_to_standing(short) == sitting.relative_to_standing(full)
    assert saved.peak(short) == saved.peak(full) and saved.relative_to_standing("hip_r") > 0.0
    for outcome in (sitting, saved):
        with pytest.raises(psoas.Error, match='did you mean "L4_L5"'):
            outcome.peak("L4_L6")
        with pytest.raises(psoas.Error, match="short names are L5_S1, L4_L5, .*hip_r, hip_l"):
            outcome.peak("disc")


def test_masked_entries_are_refused():
    half = np.ma.array([1.0, 2.0], mask=[False, True])
    for call in (lambda: psoas.Pose(half), lambda: m.DeGrooteFregly2016().tendon_force(half),
                 lambda: psoas.Motion([0.0, 1.0], [half, half]), lambda: psoas.Excitations.constant(half),
                 lambda: psoas.Table([0.0, 1.0], half.reshape(2, 1), ["a"])):
        with pytest.raises(psoas.Error, match="has masked entries"):
            call()
    assert list(psoas.Pose(np.ma.array([1.0, 2.0])).q) == [1.0, 2.0]  # nothing is hidden there


def test_gaps_of_pandas_are_refused_or_stay_gaps(model):
    pandas = pytest.importorskip("pandas")
    gaps, times = pandas.DataFrame({"hip_flexion_r": [0.1, np.nan, 0.3, 0.4]}), [0.0, 0.1, 0.2, 0.3]
    missing = gaps.astype("Float64")  # pandas.NA, of which newer versions of pandas make NaN by themselves
    if np.asarray(missing).dtype == object:
        with pytest.raises(TypeError, match="real numbers"):
            psoas.Table(times, missing, ["hip_flexion_r"])
    else:
        assert np.isnan(psoas.Table(times, missing, ["hip_flexion_r"])["hip_flexion_r"][1])
    table = psoas.Table(times, gaps, ["hip_flexion_r"])
    assert np.isnan(table["hip_flexion_r"][1])
    with pytest.raises(psoas.Error):
        psoas.smooth(psoas.motion_of(table, model).value, 0.0)


def test_curves_of_faulty_parameters_are_refused():
    for kind in (m.DeGrooteFregly2016, m.Millard2012, m.Thelen2003):
        for wrong in (dict(active_width=np.nan), dict(passive_fiber_strain=-0.1), dict(tendon_strain=0.0),
                      dict(rise_time=-1.0), dict(max_isometric_force=-5.0), dict(minimum_activation=1.0)):
            for make in (kind, lambda p, kind=kind: m.make_curves(kind.type, p)):
                with pytest.raises(psoas.SpecError, match=next(iter(wrong))):
                    make(m.MuscleParameters(**wrong))
        assert kind(m.MuscleParameters()).active_force_length(1.0).value == pytest.approx(1.0, abs=1e-3)
    with pytest.raises(psoas.SpecError, match="rise_time must be > 0 s"):
        m.activation_rate(m.ActivationParameters(rise_time=0.0), 1.0, 0.0)
    with pytest.raises(psoas.SpecError, match="x must strictly increase"):
        psoas.Function.piecewise_linear([0.0, 0.0], [1.0, 1.0])
    with pytest.raises(psoas.Error, match='two columns are called "a"'):
        psoas.Table([0.0], np.zeros((1, 2)), ["a", "a"])


def test_callbacks_that_give_something_else():
    parameters, still = m.psoas_major(), lambda t: (0.295, 0.0)

    def failing(t):
        raise LookupError("mine")

    for excitation, path, message in ((lambda t: None, still, r"what excitation\(t\) gives must be a number, got None"),
                                      (lambda t: 1.0, lambda t: 0.295, "must be a length and its rate, got 0.295"),
                                      (lambda t: 1.0, lambda t: ("a", 0), "the length .* must be a number, got 'a'")):
        with pytest.raises(TypeError, match=message):
            m.Contraction(parameters, excitation, path)([0.1, 1.0], 0.0)
    for use in (lambda hip: hip([0.1, 1.0], 0.0), lambda hip: hip.equilibrium(0.1, 0.0),
                lambda hip: hip.instant([0.1, 1.0], 0.0)):
        with pytest.raises(LookupError, match="mine"):
            use(m.Contraction(parameters, failing, failing))
    solve = psoas.forward.integrate_adaptive
    with pytest.raises(TypeError, match=r"what rate\(x, t, left\) gives must be real numbers, got None"):
        solve(lambda x, t, left: None, [1.0], 0.0, 1.0)
    with pytest.raises(ValueError, match=r"gives must have the shape \(1,\), got \(2,\)"):
        solve(lambda x, t, left: [1.0, 2.0], [1.0], 0.0, 1.0)
    with pytest.raises(TypeError, match="rate takes a function, got 5"):
        solve(5, [1.0], 0.0, 1.0)
    with pytest.raises(TypeError, match="excitation takes a function, got 5"):
        m.Contraction(parameters, 5, still)


def test_what_is_empty_or_was_not_computed_is_refused(model):
    with pytest.raises(psoas.Error, match="at least one time"):
        psoas.Excitations([], np.zeros((0, model.n_strands)))
    for times in ([1.0, 0.0], [0.0, np.nan]):
        with pytest.raises(psoas.Error, match="must not fall; they do in row 1"):
            psoas.Excitations(times, np.zeros((2, model.n_strands)))
    kinematics, paths = psoas.Kinematics(model), psoas.Paths(model)
    with pytest.raises(psoas.Error, match="were not computed"):
        psoas.strand_course(model, kinematics, paths, 0)
    psoas.compute_kinematics(model, psoas.rest_pose(model), kinematics)
    psoas.compute_paths(model, kinematics, paths)
    with pytest.raises(psoas.Error, match="between must be 0 or more"):
        psoas.strand_course(model, kinematics, paths, 0, -5)


def test_a_reference_is_of_the_same_body(model, sitting):
    light = psoas.run("standing", subject=dict(mass_kg=50))
    with pytest.raises(psoas.Error, match="another body"):
        psoas.run("sitting", reference=light)
    again = psoas.run("sitting", reference=psoas.run("standing"))
    assert again.relative_to_standing("L4_L5") == sitting.relative_to_standing("L4_L5")


def test_structs_of_fields_compare_by_value():
    assert m.psoas_major() == m.psoas_major() != m.iliacus()
    bell = dict(name="bell", body=3, force=[0.0, -100.0, 0.0])
    assert psoas.ExternalForce(**bell) == psoas.ExternalForce(**bell) != psoas.ExternalForce(**{**bell, "body": 4})
    assert psoas.ExternalForce(**bell) != psoas.ExternalForce(name="bell", body=3)


def test_an_outcome_knows_its_names_and_is_no_sequence_of_them(sitting):
    assert "L4_L5" in sitting and "hip.r.force_N" in sitting and "L4_L6" not in sitting
    with pytest.raises(TypeError, match="not iterable"):
        iter(sitting)
