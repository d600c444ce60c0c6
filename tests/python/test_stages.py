"""The stages one by one give what solve_frame() gives, and analyze() what the frames give."""
import numpy as np
import pytest

import psoas


@pytest.fixture(scope="module")
def task(model):
    return psoas.assemble(model, psoas.io.read_scenario("lunge"))


def test_stage_by_stage(model, task):
    w, done, options = psoas.Workspace(model), psoas.Workspace(model), psoas.AnalyzeOptions()
    frame = psoas.at(task, 0)
    psoas.compute_kinematics(model, frame.pose, w.kinematics)
    psoas.compute_paths(model, w.kinematics, w.paths)
    psoas.compute_strengths(model, w.paths, w.strengths)
    psoas.compute_passive(model, w.kinematics, w.passive)
    psoas.compute_supports(model, w.kinematics, frame, w.supports)
    psoas.compute_inertia(model, w.kinematics, frame, w.inverse_dynamics)
    psoas.compute_demand(model, w.inverse_dynamics, w.paths, w.strengths, w.passive, w.demand)
    status = psoas.recruit_muscles(model, w.paths, w.strengths, w.passive, w.demand, w.supports, frame, options.recruit,
                                   w.recruitment)
    assert status == psoas.Status.ok
    psoas.compute_loads(model, w.kinematics, w.inverse_dynamics, w.paths, w.supports, w.recruitment, w.loads)
    assert psoas.solve_frame(model, frame, options, done) == psoas.Status.ok
    for stage, name in (("paths", "length"), ("strengths", "active"), ("recruitment", "force"), ("loads", "beyond"),
                        ("recruitment", "node_force"), ("demand", "moment")):
        mine, theirs = getattr(getattr(w, stage), name), getattr(getattr(done, stage), name)
        assert np.array_equal(mine, theirs, equal_nan=True), name

    ledger = psoas.Ledger()
    psoas.compute_ledger(model, w.kinematics, frame, w.inverse_dynamics, w.paths, w.supports, w.recruitment, w.loads,
                         ledger)
    for index, load in enumerate(w.loads.loads):
        parts = [part.value for part in ledger.parts if part.load == index]
        assert sum(parts) == pytest.approx(load.value, abs=1e-9 * sum(map(abs, parts)))


def test_analyze_gives_what_the_frames_give(model, task, lunge):
    w = psoas.Workspace(model)
    psoas.solve_frame(model, psoas.at(task, 0), psoas.AnalyzeOptions(), w)
    assert np.array_equal(lunge.force[0], w.recruitment.force)
    assert lunge["spine.L4_L5.compression_N"][0] == w.loads.value("spine.L4_L5.compression_N")
    with pytest.raises(psoas.Error, match="did you mean"):
        w.loads.value("spine.L4_L5.compresion_N")


def test_a_failed_frame_is_a_status_and_nan(model, task):
    bad = task.__copy__()
    bad.frames[0].pose.q[:] = np.nan
    w = psoas.Workspace(model)
    status = psoas.solve_frame(model, psoas.at(bad, 0), psoas.AnalyzeOptions(), w)
    assert not psoas.usable(status) and status != psoas.Status.not_computed
    assert np.isnan([load.value for load in w.loads.loads]).all()
    frame = psoas.analyze(model, bad).to_dataframe()
    assert list(frame["status"]) == [status.name] and np.isnan(frame["hip.r.force_N"]).all()


def test_moment_arms_are_slopes_of_the_length(model):
    found = psoas.arms(model, ["psoas_r", "iliacus_r"], "hip_flexion_r", 0.0, 1.5, 61)
    slope = -np.gradient(found.length, found.at, axis=0)
    assert np.abs(slope[2:-2] - found.moment_arm[2:-2]).max() < 2e-4
    assert (found.moment_arm > 0.0).all() and len(found.strands) == found.length.shape[1]
    at_level = psoas.arms(model, "psoas_r", "lumbar_extension", about=model.coordinates[
        model.levels[model.level("L4_L5")].coordinates[0]].name)
    assert at_level.moment_arm.shape == at_level.length.shape and np.abs(at_level.moment_arm).max() < 0.05
    with pytest.raises(psoas.Error, match="no equation|follows"):
        psoas.arms(model, "psoas_r", "L4_L5_FE" if "L4_L5_FE" in model.coordinate_names else at_level.about)


def test_the_drawn_course_is_as_long_as_the_path(model):
    for values in ({}, {"hip_flexion_r": 1.2, "hip_adduction_r": -0.3}, {"lumbar_extension": -0.6}):
        pose = psoas.rest_pose(model)
        for name, value in values.items():
            pose.q[model.coordinate(name)] = value
        kinematics, paths = psoas.Kinematics(model), psoas.Paths(model)
        psoas.compute_kinematics(model, pose, kinematics)
        psoas.compute_paths(model, kinematics, paths)
        for strand in range(model.n_strands):
            course = psoas.strand_course(model, kinematics, paths, strand, 40)
            drawn = np.linalg.norm(np.diff(course, axis=0), axis=1).sum()
            assert drawn == pytest.approx(paths.length[strand], rel=2e-3), model.strand_names[strand]


def test_the_recruitment_is_a_program_that_one_can_solve_again(model, task):
    w = psoas.Workspace(model)
    psoas.solve_frame(model, psoas.at(task, 0), psoas.AnalyzeOptions(), w)
    program, solution = w.recruitment.program, psoas.recruit.Solution()
    assert psoas.recruit.solve(program, psoas.recruit.SolveOptions(), solution) == psoas.Status.ok
    assert np.abs(program.matrix @ solution.x - program.rhs).max() < 1e-6
    assert solution.objective == pytest.approx(psoas.recruit.objective(program, solution.x), rel=1e-12)
    assert np.allclose(solution.x[:model.n_strands], w.recruitment.activation, atol=1e-6)


def test_a_recording_of_our_own(model, tmp_path):
    standing = psoas.assemble(model, psoas.io.read_scenario("standing")).frames[0].pose.q
    q = np.tile(standing, (30, 1))
    motion = psoas.smooth(psoas.Motion(np.arange(30) / 50.0, q, name="still"), 6.0)
    assert np.abs(motion.v).max() < 1e-9 and motion.a.shape == q.shape
    task = psoas.recorded_task(model, motion)
    notes = psoas.find_supports(model, task)
    outcome = psoas.analyze(model, task)
    assert notes and outcome.usable()
    assert outcome["supports.foot_r.vertical_N"][0] + outcome["supports.foot_l.vertical_N"][0] == \
        pytest.approx(model.body_weight, rel=0.01)
    twice = psoas.mirrored(model, psoas.mirrored(model, task))
    assert np.array_equal(twice.frames[0].pose.q, task.frames[0].pose.q)


def test_lint_and_motion_tables(model, task):
    assert {f.severity for f in psoas.lint(model)} <= {psoas.Severity.note, psoas.Severity.warning}
    tables = {t.suffix: t.table for t in psoas.motion_tables(model, task)}
    assert "MuscleAnalysis_Length" in tables and "InverseDynamics" in tables
    assert tables["MuscleAnalysis_Length"].labels[0] == model.strand_names[0]
