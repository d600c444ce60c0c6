"""Every figure draws, has units on its axes, and keeps the habits of the field."""
import matplotlib.pyplot as plt
import numpy as np
import pytest

import psoas


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def has_units(axes):
    return all("[" in label for label in (axes.get_xlabel(), axes.get_ylabel()))


def drawn(figure):
    figure.savefig("/dev/null", format="png")
    return figure


def test_curves():
    kinds = psoas.muscle.MuscleType.__members__.values()
    figure = drawn(psoas.plot.curves(psoas.muscle.psoas_major(), list(kinds), operating=(0.6, 1.25)))
    assert all("[" in ax.get_xlabel() for ax in figure.axes)


def test_arms(model):
    found = psoas.arms(model, "psoas_r", "hip_flexion_r", -0.3, 1.8, 31)
    ax = psoas.plot.arms(found)
    drawn(ax.figure)
    assert has_units(ax) and len(ax.lines) == len(found.strands) + 1
    left = psoas.plot.arms(psoas.arms(model, "psoas_l", "hip_flexion_l", -0.3, 1.8, 31), mean=True)
    assert left.lines[0].get_linestyle() == "--" and ax.lines[0].get_linestyle() == "-"


def test_ledger_and_ladder(lunge, bridge):
    ax = bridge.ledger("L4_L5").plot()
    drawn(ax.figure)
    assert "[N]" in ax.get_xlabel() and f"{bridge.ledger('L4_L5').total:.0f}" in ax.get_xlabel()
    ax = psoas.plot.ladder([lunge, bridge])
    drawn(ax.figure)
    assert [t.get_text() for t in ax.get_yticklabels()][0] == "T12/L1" and "[N]" in ax.get_xlabel()
    peaks = [lunge.peak(f"spine.{level}.compression_N").value for level in lunge.model.level_names[::-1]]
    assert np.array_equal(ax.lines[0].get_xdata(), peaks)


def test_outcomes(lunge, bridge):
    drawn(lunge.plot())
    figure = drawn(bridge.plot(percent=True))
    activation = [ax for ax in figure.axes if "activation" in ax.get_ylabel()]
    assert activation and activation[0].get_ylim() == (0.0, 1.0)
    styles = [line.get_linestyle() for line in activation[0].lines[:2]]
    assert styles == ["-", "--"]
    assert "task [%]" in activation[0].get_xlabel()
    drawn(psoas.simulate("twitch").plot())


def test_series_marks_the_peak(bridge):
    ax = psoas.plot.series(bridge, ["hip.r.force_N", "hip.l.force_N"])
    drawn(ax.figure)
    peak = max((bridge.peak(f"hip.{s}.force_N") for s in "rl"), key=lambda p: p.value)
    assert any(f"{peak.value:.0f} N" in text.get_text() for text in ax.texts) and has_units(ax)


@pytest.mark.parametrize("name", ["standing", "sitting", "lunge", "bridge"])
def test_postures(name):
    outcome = psoas.run(name)
    figure = drawn(psoas.plot.posture(outcome, float(outcome.time[-1])))
    side, behind = figure.axes
    assert side.get_aspect() == behind.get_aspect() == 1.0 and has_units(side) and has_units(behind)
    strands = [line for line in side.lines if line.get_color() == "#D55E00"]
    assert len(strands) >= len(outcome.model.strands_of("psoas"))
    assert [p for p in side.texts if p.arrow_patch is not None]
    with pytest.raises(psoas.Error, match="no frame at"):
        psoas.plot.posture(outcome, 99.0)


def test_simulations_of_a_limb_are_drawn_by_what_has_numbers():
    step = psoas.simulate("weak_psoas_step")
    figure = drawn(step.plot())
    assert figure.axes[0].get_title(loc="left") == "a  right hip force" and all(map(has_units, figure.axes[:2]))
    drawn(psoas.plot.posture(step))
    with pytest.raises(psoas.Error, match="without any number"):
        step.plot(load="L4_L5")


def words_inside(ax):
    """Boxes of the annotations and of the legend of an axes [pixels]."""
    renderer = ax.figure.canvas.get_renderer()
    return [text.get_window_extent(renderer) for text in ax.texts], ax.get_legend().get_window_extent(renderer)


def test_legends_leave_the_peak_readable(bridge):
    for names in (["hip_r", "hip_l"], ["psoas.major_r.force_N", "psoas.major_l.force_N"]):
        ax = psoas.plot.series(bridge, names)
        drawn(ax.figure)
        texts, legend = words_inside(ax)
        assert texts and not any(box.overlaps(legend) for box in texts)
        top = max(np.nanmax(bridge[name]) for name in names)
        assert ax.transData.transform((0.0, top))[1] < legend.y0  # nor does it cover a line


def test_settings_of_the_user_stay(lunge):
    before = dict(plt.rcParams)
    lunge.plot()
    assert dict(plt.rcParams) == before


def test_frames_that_were_not_solved_are_not_drawn(model):
    task = psoas.assemble(model, psoas.io.read_scenario("standing"))
    task.frames[0].pose.q[model.coordinate("knee_angle_r")] = np.nan
    failed = psoas.analyze(model, task)
    with pytest.raises(psoas.Error, match="no frame was solved"):
        psoas.plot.posture(failed)
    with pytest.raises(psoas.Error, match="no skeleton"):
        psoas.plot.posture(psoas.simulate("twitch"))
    assert "no frame was solved" in repr(failed.ledger("L4_L5"))


def test_nothing_to_draw_is_said(model, sitting):
    plot = psoas.plot
    task = psoas.assemble(model, psoas.io.read_scenario("standing"))
    task.frames[0].pose.q[:] = np.nan
    failed = psoas.analyze(model, task)
    for draw in (failed.plot, lambda: plot.ladder(failed), lambda: plot.ladder([sitting, failed]), lambda: plot.ledger(failed),
                 lambda: plot.series(failed, "L4_L5"), lambda: plot.posture(failed)):
        with pytest.raises(psoas.Error, match="no frame was solved"):
            draw()
    with pytest.raises(psoas.Error, match="that frame was not solved"):
        failed.ledger("L4_L5").plot()
    without = psoas.run("sitting", subject=dict(psoas_minor="none"))
    gone = [name for name in without.channel_names if "minor" in name]
    for name in gone:
        with pytest.raises(psoas.Error, match="without any number"):
            plot.series(without, name)
    for draw, message in ((lambda: plot.ladder([]), "no outcome was given"), (lambda: plot.series(sitting, []), "no channel"),
                          (lambda: plot.ladder(sitting, "compression"), 'did you mean "compression_N"'),
                          (lambda: plot.ladder(sitting, labels=["a", "b"]), "as many labels"),
                          (lambda: plot.series(sitting, ["hip.r.force_N", "hip.r.force_BW"]), "need one unit"),
                          (lambda: sitting.plot(load="L4_L6"), 'did you mean "L4_L5"'),
                          (lambda: plot.ladder(psoas.simulate("twitch")), "no frame was solved|no lumbar levels")):
        with pytest.raises(psoas.Error, match=message):
            draw()
    assert not plt.get_fignums()  # and no empty figure is left behind


def test_times_are_asked_in_one_way(bridge):
    plot, time = psoas.plot, float(bridge.time[len(bridge) // 4])
    at = bridge.ledger("L4_L5", at=time)
    assert f"total {at.total:.0f} at {at.time:.2f} s" in plot.ledger(bridge, "L4_L5", at=time).get_xlabel()
    assert f"{time:.2f} s" in plot.posture(bridge, at=time)._suptitle.get_text()
    peak = bridge.peak("hip_r")
    assert f"{peak.time:.2f} s" in plot.posture(bridge, load="hip_r")._suptitle.get_text()
    ax = plot.ladder(bridge, at=time)
    assert f"at {time:.2f} s" in ax.get_xlabel() and "peak" not in ax.get_xlabel()
    assert bridge["L4_L5"][len(bridge) // 4] in ax.lines[0].get_xdata()
    drawn(bridge.plot(load="hip_r", at=time))
    for ask in (lambda at: bridge.ledger("L4_L5", at=at), lambda at: plot.posture(bridge, at), lambda at: bridge.plot(at=at),
                lambda at: plot.ladder(bridge, at=at), lambda at: plot.ledger(bridge, at=at)):
        for wrong, kind, message in (("peek", psoas.Error, 'must be "peak" or a time'), (99.0, psoas.Error, "no frame at"),
                                     ([1.0], TypeError, "one number"), (np.nan, psoas.Error, "no frame at")):
            with pytest.raises(kind, match=message):
                ask(wrong)

