"""What is wrong is said in one line, with the text of C++ and the nearest name; nothing is written half."""
import numpy as np
import pytest

import psoas


def test_the_tree_of_errors():
    assert issubclass(psoas.Error, ValueError) and issubclass(psoas.SpecError, psoas.Error)
    assert issubclass(psoas.io.OutputError, psoas.Error) and issubclass(psoas.StaticsFailed, psoas.Error)
    assert psoas.Error.__module__ == "psoas"


def test_names_with_the_text_of_the_command_line(cli):
    with pytest.raises(psoas.Error) as caught:
        psoas.run("brige")
    assert str(caught.value) in cli("run", "brige", code=3)
    assert 'did you mean "bridge"' in str(caught.value)
    for call in (lambda: psoas.io.read_model("whole_bdy"), lambda: psoas.io.read_scenario("stting"),
                 lambda: psoas.run("bridge", set={"motion.knee_dg": 1}),
                 lambda: psoas.run("bridge", subject=dict(mas_kg=60)),
                 lambda: psoas.run("bridge", set={"muscle.psoaz.strength": 1}),
                 lambda: psoas.simulate("twich")):
        with pytest.raises(psoas.Error, match="did you mean") as caught:
            call()
        assert "\n" not in str(caught.value)


def test_lookups_name_the_nearest(model, lunge):
    for call in (lambda: model.strand("psoas_L1_VB"), lambda: model.coordinate("hip_flexon_r"),
                 lambda: model.group("psoas_R"), lambda: model.strands_of("psoaz_r"),
                 lambda: lunge.peak("spine.L4_L5.compression"), lambda: lunge["spine.L4_L5.compresion_N"],
                 lambda: lunge.ledger("L4_L6"), lambda: psoas.arms(model, "psoas_r", "hip_flexion")):
        with pytest.raises(psoas.Error, match="did you mean"):
            call()


def test_values_out_of_range():
    with pytest.raises(psoas.Error, match="knee_deg"):
        psoas.run("bridge", set={"motion.knee_deg": 500})
    with pytest.raises(psoas.Error):
        psoas.run("bridge", set={"motion.knee_deg": "wide"})
    with pytest.raises(psoas.Error):
        psoas.run("bridge", subject=dict(mass_kg=-3))
    with pytest.raises(psoas.Error, match="male or female"):
        psoas.Subject(sex="man")


def test_every_fault_of_a_description(tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text('schema = 1\nname = "bad"\nreference = ""\ntne = 1\nrate_hz = "x"\n')
    with pytest.raises(psoas.SpecError) as caught:
        psoas.io.read_scenario(file)
    faults = caught.value.faults
    assert len(faults) >= 2 and all(f.where.startswith(str(file)) for f in faults)
    assert str(caught.value) == "\n".join(f"{f.where}: {f.message}" for f in faults)
    with pytest.raises(psoas.SpecError) as caught:
        psoas.muscle.MuscleTendonUnit(psoas.muscle.MuscleParameters(max_isometric_force=-1.0))
    assert len(caught.value.faults) == 3


def test_wrong_keywords_and_kinds(model):
    with pytest.raises(TypeError, match='no "mass" .*mass_kg'):
        psoas.Subject(mass=60)
    with pytest.raises(TypeError, match="thread"):
        psoas.run("sitting", thread=2)
    with pytest.raises(TypeError, match="before compile"):
        psoas.run(model, "sitting", set={"motion.knee_deg": 1})
    with pytest.raises(TypeError, match="number or a word"):
        psoas.run("sitting", set={"motion.knee_deg": None})


def test_wrong_arrays(model):
    pose = psoas.rest_pose(model)
    with pytest.raises(ValueError, match=r"q must have the shape \(\d+,\), got \(3,\)"):
        pose.q = np.zeros(3)
    with pytest.raises(TypeError, match="real numbers"):
        psoas.Pose(["a", "b"])
    with pytest.raises(TypeError, match="real numbers"):
        psoas.Motion([0.0], np.zeros((1, 3), dtype=complex))
    with pytest.raises(ValueError, match=r"time must have the shape \(2,\), got \(3,\)"):
        psoas.Motion([0.0, 1.0, 2.0], np.zeros((2, 4)))
    with pytest.raises(psoas.Error, match="pose does not fit"):
        psoas.compute_kinematics(model, psoas.Pose(np.zeros(3)), psoas.Kinematics(model))
    with pytest.raises(IndexError, match="frames 0 to"):
        psoas.at(psoas.assemble(model, psoas.io.read_scenario("standing")), 99)


def test_what_was_made_for_another_model_is_refused(model):
    other = psoas.compile(psoas.catalog.planar_hip())
    w, small = psoas.Workspace(model), psoas.Workspace(other)
    task = psoas.assemble(model, psoas.io.read_scenario("standing"))
    frame, options = psoas.at(task, 0), psoas.AnalyzeOptions()
    motion = psoas.Motion([0.0, 1.0], np.zeros((2, 3)))
    for call in (lambda: psoas.compute_kinematics(model, psoas.rest_pose(other), w.kinematics),
                 lambda: psoas.compute_kinematics(model, psoas.rest_pose(model), small.kinematics),
                 lambda: psoas.compute_paths(model, small.kinematics, w.paths),
                 lambda: psoas.compute_paths(other, small.kinematics, w.paths),
                 lambda: psoas.compute_demand(model, w.inverse_dynamics, w.paths, small.strengths, w.passive, w.demand),
                 lambda: psoas.solve_frame(model, frame, options, small),
                 lambda: psoas.solve_frame(other, frame, options, small),
                 lambda: psoas.analyze(other, task), lambda: psoas.motion_tables(other, task),
                 lambda: psoas.recorded_task(model, motion), lambda: psoas.floor_height(model, motion)):
        with pytest.raises(psoas.Error, match="does not fit"):
            call()
    for call in (lambda: psoas.moment_arm(model, w.paths, 9999, 0), lambda: psoas.world_point(w.kinematics, -2, [0, 0, 0]),
                 lambda: model.arm_entry(-1, 0), lambda: psoas.strand_parameters(model, 308)):
        with pytest.raises(IndexError):
            call()


def test_nothing_is_written_half(tmp_path, sitting):
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "mine.txt").write_text("keep")
    with pytest.raises(psoas.io.OutputError):
        sitting.save(foreign)
    assert [p.name for p in foreign.iterdir()] == ["mine.txt"]
    sitting.save(foreign, force=True)
    assert (foreign / "mine.txt").read_text() == "keep" and (foreign / "summary.json").is_file()
    with pytest.raises(psoas.io.OutputError):
        sitting.save(foreign / "mine.txt" / "deeper")


def test_exceptions_in_callbacks_come_through():
    def rate(x, t, left):
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        psoas.forward.integrate_adaptive(rate, [1.0], 0.0, 1.0)


def test_motions_and_tables_must_have_rows_that_rise(model):
    with pytest.raises(psoas.Error, match="has no rows"):
        psoas.motion_of(psoas.Table([], np.zeros((0, 1)), ["hip_flexion_r"], "empty"), model)
    with pytest.raises(psoas.Error):
        psoas.retarget(psoas.Table([], np.zeros((0, 1)), ["hip_flexion_r"], "empty"), psoas.rajagopal_convention(), model)
    for time in ([1.0, 0.0], [0.0, 0.0], [0.0, float("nan")]):
        with pytest.raises(ValueError, match="rise strictly; it does not in row 1"):
            psoas.Table(time, np.zeros((2, 1)), ["hip_flexion_r"])


def test_tasks_that_do_not_fit_are_refused_by_every_door(model):
    n, pose = np.zeros(model.n_strands), psoas.rest_pose(model)

    def task(*frames, lower=n, upper=n + 1.0):
        return psoas.Task("x", list(frames), [], lower, upper)

    still = psoas.TaskFrame(0.0, pose)
    for wrong, message in (
            (task(still, lower=n + 2.0), "above the greatest"), (task(still, lower=n * np.nan), "not a number"),
            (task(psoas.TaskFrame(1.0, pose), still), "times that fall"),
            (task(psoas.TaskFrame(float("nan"), pose)), "times that fall, or are no number"),
            (task(psoas.TaskFrame(0.0, pose, [psoas.ActiveNode(node=99999, plane=0, strength=1.0)], [])), "support nodes"),
            (task(psoas.TaskFrame(0.0, pose, [], [psoas.ExternalForce(body=777)])), "bodies of external forces")):
        with pytest.raises(psoas.Error, match=message):
            psoas.analyze(model, wrong)
    excitation = psoas.Excitations.constant(n)
    beyond = task(psoas.TaskFrame(0.0, pose, [], [psoas.ExternalForce(body=777)]))
    with pytest.raises(psoas.Error, match="bodies of external forces"):
        psoas.integrate(model, psoas.State(), psoas.Drive(beyond, [], excitation))
    with pytest.raises(psoas.Error, match="no free coordinate 999"):
        psoas.integrate(model, psoas.State(), psoas.Drive(task(still), [999], excitation))
    with pytest.raises(psoas.Error, match="above 0 s"):
        psoas.forward.integrate_adaptive(lambda x, t, left: [1.0], [0.0], 0.0, 1.0,
                                         options=psoas.forward.AdaptiveOptions(output_step=0.0))


def test_settings_that_are_no_dict(model):
    for wrong in ("motion.knee_deg=110", [("motion.knee_deg", 110)]):
        with pytest.raises(TypeError, match="set takes a dict"):
            psoas.run("bridge", set=wrong)
    with pytest.raises(TypeError, match="subject takes a dict"):
        psoas.run("bridge", subject="mass_kg=62")
    with pytest.raises(TypeError, match="the scenario is missing"):
        psoas.run(model)


def test_paths_that_are_no_text():
    with pytest.raises(ValueError, match="UTF-8"):
        psoas.io.read_model(b"\xff")


def test_ledgers_of_what_is_no_load(sitting):
    with pytest.raises(TypeError, match="name of a load, got None"):
        sitting.ledger(None)
    with pytest.raises(TypeError, match="one number, got None"):
        sitting.ledger("L4_L5", at=None)


@pytest.mark.parametrize("file", ["summary.json", "manifest.json", "summary.csv"])
@pytest.mark.parametrize("content", [None, b"", b"[]", b"\xff\xfe\x00"], ids=["missing", "empty", "list", "binary"])
def test_broken_result_folders(tmp_path, sitting, file, content):
    folder = sitting.save(tmp_path / "result")
    (folder / file).unlink() if content is None else (folder / file).write_bytes(content)
    with pytest.raises(psoas.Error, match="result folder"):
        psoas.load(folder)


def test_a_broken_ledger(tmp_path, sitting):
    folder = sitting.save(tmp_path / "result")
    (folder / "ledger.csv").write_text("a,b\n1,2\n")
    with pytest.raises(psoas.Error, match="does not hold what psoas writes"):
        psoas.load(folder).ledger("L4_L5")
