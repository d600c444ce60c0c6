"""Arrays are views of C++ memory: at its address, alive as long as somebody looks, never of another size."""
import gc
import sys

import numpy as np
import pytest

import psoas


def address(array):
    return array.__array_interface__["data"][0]


def test_views_are_not_copies(model, lunge):
    work = psoas.Workspace(model)
    for get in (lambda: work.paths.length, lambda: work.kinematics.X_GB.R, lambda: work.recruitment.force,
                lambda: work.inverse_dynamics.gravity, lambda: lunge.activation, lambda: lunge["hip.r.force_N"],
                lambda: model.muscle.max_isometric_force, lambda: lunge.time, lambda: model.arm_row):
        assert address(get()) == address(get()) and get().base is not None
    assert lunge.activation.flags.c_contiguous and lunge.activation.shape == (len(lunge), model.n_strands)


def test_what_is_written_into_a_view_is_what_cpp_reads(model):
    pose, kinematics = psoas.rest_pose(model), psoas.Kinematics(model)
    knee = model.coordinate("knee_angle_r")
    pose.q[knee] = 0.5
    psoas.compute_kinematics(model, pose, kinematics)
    assert kinematics.q[knee] == 0.5
    before = address(pose.q)
    pose.q = np.arange(model.n_coordinates)  # in place, and any real dtype
    assert address(pose.q) == before and pose.q[2] == 2.0


def test_addresses_stay_while_frames_are_solved(model):
    work, options = psoas.Workspace(model), psoas.AnalyzeOptions()
    task = psoas.assemble(model, psoas.io.read_scenario("bridge"))
    getters = [lambda n=n, s=s: getattr(getattr(work, s), n) for s, names in {
        "kinematics": ("q", "v", "a", "gain", "V_GB", "A_GB", "twist", "center"),
        "paths": ("length", "speed", "moment_arm", "crossing", "balanced_pull", "segment_length", "place"),
        "strengths": ("active", "passive", "norm_fiber_length"),
        "passive": ("moment", "disc_moment", "disc_stiffness", "capsule_moment"),
        "inverse_dynamics": ("gravity", "inertia", "external", "moment"),
        "demand": ("moment", "passive_fiber", "balanced"),
        "recruitment": ("activation", "force", "reserve", "motor", "level_rotation", "balanced_residual",
                        "multiplier"),
        "loads": ("beyond",)}.items() for n in names]
    before = [(address(get()), get().shape) for get in getters]
    for frame in (0, len(task) // 2, len(task) - 1):
        assert psoas.usable(psoas.solve_frame(model, psoas.at(task, frame), options, work))
    assert [(address(get()), get().shape) for get in getters] == before


def test_views_keep_their_owner_alive():
    def view():
        model = psoas.compile(psoas.catalog.planar_hip())
        work = psoas.Workspace(model)
        psoas.compute_kinematics(model, psoas.rest_pose(model), work.kinematics)
        psoas.compute_paths(model, work.kinematics, work.paths)
        return work.paths.length, model.muscle.optimal_fiber_length, work.kinematics.X_GB.p, model.coordinates[0]

    length, fiber, origin, coordinate = view()
    expected = length.copy(), fiber.copy(), origin.copy()
    for _ in range(20):
        gc.collect()
        for _ in range(50):
            psoas.Workspace(psoas.compile(psoas.catalog.planar_hip()))  # would take over memory that was let go
    assert all(np.array_equal(a, b) for a, b in zip((length, fiber, origin), expected))
    assert coordinate.name == "hip_flexion"


def test_frames_keep_their_task_alive(model):
    frame = psoas.at(psoas.assemble(model, psoas.io.read_scenario("standing")), 0)
    gc.collect()
    work = psoas.Workspace(model)
    assert psoas.usable(psoas.solve_frame(model, frame, psoas.AnalyzeOptions(), work))


def test_frames_see_supports_that_are_found_later(model):
    motion = psoas.Motion(np.linspace(0.0, 1.0, 20), np.tile(psoas.rest_pose(model).q, (20, 1)))
    motion.q[:, model.coordinate("pelvis_ty")] -= psoas.floor_height(model, motion)
    task = psoas.recorded_task(model, psoas.smooth(motion, 0.0))
    frame = psoas.at(task, 3)
    psoas.find_supports(model, task)
    work = psoas.Workspace(model)
    psoas.compute_kinematics(model, frame.pose, work.kinematics)
    psoas.compute_supports(model, work.kinematics, frame, work.supports)
    assert len(work.supports.node) == len(task.frames[3].supports) > 0


def test_outcome_and_model_are_read_only(model, lunge):
    for array in (lunge.force, lunge.time, lunge["hip.r.force_N"], model.muscle.pcsa, model.arm_row):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_lists_that_would_lose_an_edit_are_tuples(model, lunge):
    for items in (model.coordinates, model.spec.muscles, lunge.gates, lunge.task.frames, lunge.task.phases):
        assert isinstance(items, tuple)


def test_specs_are_edited_in_place():
    spec = psoas.io.read_model("whole_body")
    index = [m.name for m in spec.muscles].index("psoas_L1_VB_r")
    spec.muscles[index].strength.value = 0.5
    spec.muscles[index].optimal_fiber_length = 0.12
    before, after = psoas.compile(psoas.io.read_model("whole_body")), psoas.compile(spec)
    strand = after.strand("psoas_L1_VB_r")
    assert after.muscle.max_isometric_force[strand] == 0.5 * before.muscle.max_isometric_force[strand]
    assert after.muscle.optimal_fiber_length[strand] == 0.12


def test_tables_hold_rows_of_time(tmp_path):
    values = np.arange(6.0).reshape(3, 2)
    table = psoas.Table([0.0, 0.1, 0.2], values, ["a", "b"], name="t")
    assert np.array_equal(table.values, values) and table.values.flags.c_contiguous
    assert np.array_equal(table["b"], values[:, 1]) and table["b"].base is not None
    psoas.io.write_motion(table, tmp_path / "t.sto")
    read, notes = psoas.io.read_motion(tmp_path / "t.sto")
    assert read.labels == ("a", "b") and np.array_equal(read.values, values) and isinstance(notes, tuple)
    assert table.to_dataframe().attrs["name"] == "t"


def test_no_reference_leaks(model):
    pose = psoas.rest_pose(model)
    before = sys.getrefcount(pose)
    for _ in range(100):
        pose.q
    assert sys.getrefcount(pose) == before
