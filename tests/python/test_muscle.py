"""One muscle from Python: numbers and arrays, published values, equilibrium, time."""
import math

import numpy as np
import pytest

import psoas

m = psoas.muscle


@pytest.mark.parametrize("kind", [m.DeGrooteFregly2016, m.Millard2012, m.Thelen2003], ids=lambda k: k.__name__)
def test_curves_take_numbers_and_arrays(kind):
    curves = kind()
    x = np.linspace(0.6, 1.4, 9).reshape(3, 3)
    value, slope = curves.active_force_length(x)
    assert value.shape == slope.shape == x.shape
    for i, at in np.ndenumerate(x):
        assert curves.active_force_length(float(at)) == (value[i], slope[i])
    h = 1e-6
    difference = (curves.active_force_length(x + h).value - curves.active_force_length(x - h).value) / (2 * h)
    assert np.allclose(difference, slope, atol=1e-5)
    assert curves.tendon_force(1.0 + (0.04 if kind is m.Thelen2003 else 0.049)).value == pytest.approx(1.0, rel=1e-6)
    assert curves.inverse_tendon_force(curves.tendon_force(1.02).value).value == pytest.approx(1.02, rel=1e-9)
    with pytest.raises(TypeError, match="real numbers"):
        curves.active_force_length("long")


def test_scalars_of_any_kind_are_numbers():
    curves = m.DeGrooteFregly2016()
    expected = curves.force_velocity(0.5)
    for x in (np.float64(0.5), np.float32(0.5), np.array(0.5)):
        assert curves.force_velocity(x) == expected
    assert curves.force_velocity(0) == curves.force_velocity(0.0) and isinstance(expected.value, float)


def test_activation_starts_as_published():
    assert m.activation_rate(m.ActivationParameters(), 1.0, 0.0) == pytest.approx(133.3, rel=1e-3)
    assert m.activation_rate(m.ActivationParameters(), 0.3, 0.3) == 0.0


def test_equilibrium_balances_and_failures_have_a_reason():
    unit = m.MuscleTendonUnit(m.psoas_major())
    at = unit.static_equilibrium(0.5, 0.295)
    assert at.status == psoas.Status.ok
    F0 = unit.parameters.max_isometric_force
    assert at.tendon_force == pytest.approx(at.cos_pennation * (at.active_force + at.passive_force), rel=1e-9)
    assert at.norm_tendon_force * F0 == pytest.approx(at.tendon_force)
    slack = unit.static_equilibrium(0.5, 0.1)
    assert slack.status == psoas.Status.no_equilibrium and slack.reason == m.Reason.slack
    assert math.isnan(slack.tendon_force)
    rigid = m.rigid_tendon_force(m.rigid_tendon(m.psoas_major()), 0.295)
    assert rigid.active > 0 and not rigid.slack


@pytest.mark.parametrize("kind", list(m.MuscleType.__members__.values()), ids=lambda k: k.name)
def test_a_muscle_in_time(kind):
    hip = m.Contraction(m.psoas_major(), lambda t: 1.0, lambda t: (0.295, 0.0), type=kind)
    start, status = hip.equilibrium(0.05, 0.0)
    assert status == psoas.Status.ok
    result = psoas.forward.integrate_adaptive(lambda x, t, left: hip(x, t), start, 0.0, 0.5)
    assert result.status == psoas.Status.ok and result.state[-1, 0] == pytest.approx(1.0, abs=0.01)
    force = [hip.instant(x, t).tendon_force for x, t in zip(result.state, result.time)]
    assert force[-1] > 5 * force[0] > 0 and np.all(np.diff(force) > -1.0)


def test_a_limb_in_time(model):
    spec = psoas.catalog.pendulum(length=1.0, mass=2.0)
    rod = psoas.compile(spec)
    still = psoas.Motion(np.linspace(0.0, 1.0, 11), np.zeros((11, 1)))
    task = psoas.recorded_task(rod, psoas.smooth(still, 0.0))
    drive = psoas.Drive(task, [0], psoas.Excitations.constant(np.zeros(0)))
    options = psoas.IntegrateOptions(duration=1.0, step=1e-4)
    options.limits = psoas.forward.JointLimits(damping=0.0)
    swing = psoas.integrate(rod, psoas.State(q=[0.1], v=[0.0]), drive, options)
    assert swing.status == psoas.Status.ok
    period = 2 * math.pi * math.sqrt(2.0 / 3.0 / rod.gravity)
    expected = 0.1 * np.cos(2 * math.pi * swing.time / period)
    assert np.abs(swing.q[:, 0] - expected).max() < 1e-3
    assert swing.q.shape == (len(swing.time), 1) and swing.pose[0].q[0] == 0.1
