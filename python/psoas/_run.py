"""run() and simulate(): from words to an outcome, through the same doors as in C++."""
from __future__ import annotations

import os
from datetime import datetime, timezone
from typing import Any, Mapping

import numpy as np

from . import _psoas
from ._psoas import AnalyzeOptions, Model, ModelSpec, Outcome, Override, Scenario, Simulation, Subject
from ._types import Error

Settings = Mapping[str, Any]
Words = "str | os.PathLike[str]"
_unset: Any = object()


def _overrides(settings: Settings | None, subject: Settings | Subject | None) -> list[Override]:
    """What --set and --subject are on the command line, in its order."""
    for name, given in (("set", settings), ("subject", None if isinstance(subject, Subject) else subject)):
        if given is not None and not isinstance(given, Mapping):
            raise TypeError(f"{name} takes a dict, such as {{'motion.knee_deg': 110}} or dict(mass_kg=62), got {given!r}")
    typed = [Override(path, value) for path, value in (settings or {}).items()]
    if isinstance(subject, Subject):
        subject = {key: getattr(subject, key) for key in Subject._fields}
    for key, value in (subject or {}).items():
        if value is not None:
            typed.append(Override(f"subject.{key}", value.name if isinstance(value, _psoas.Sex) else value))
    return typed


def _options(options: AnalyzeOptions | None, fields: Settings) -> AnalyzeOptions:
    if options is None:
        return AnalyzeOptions(**fields)
    if not isinstance(options, AnalyzeOptions):
        raise TypeError(f"options takes an AnalyzeOptions, got {options!r}")
    if fields:
        raise TypeError(f"options and {', '.join(fields)}: give one of them")
    return options.__copy__()


def _spec(model: Any) -> ModelSpec:
    if isinstance(model, Model):
        raise TypeError("model= takes a name, a file or a ModelSpec; run a compiled one as run(model, scenario)")
    return model.__copy__() if isinstance(model, ModelSpec) else _psoas.io.read_model(model)


def _prepared(model: Any, runnable: Any, typed: list[Override], options: AnalyzeOptions) -> Model:
    """The body with all settings, which the runnable and the options get as well."""
    spec = _spec(model)
    if not typed:
        return _psoas.compile(spec)
    person = Subject()
    _psoas.apply(typed, spec, person, runnable, options)
    return _psoas.compile(_psoas.personalize(spec, person))


def _with_provenance(outcome: Outcome, call: str, model: Any, runnable: Any, source: str, typed: list[Override],
                     options: AnalyzeOptions) -> Outcome:
    outcome._provenance = _psoas.io.Provenance(
        command_line=call, started=datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        model_source=model.name if isinstance(model, (Model, ModelSpec)) else os.fspath(model), scenario_source=source,
        settings=[f"{o.path}={o.value}" for o in typed], jobs=options.threads,
        scenario=runnable if isinstance(runnable, Scenario) else None)
    return outcome


def _same_body(one: Model, other: Model) -> bool:
    """Compiled from descriptions with the same masses and muscles."""
    if one is other:
        return True
    names = ("pcsa", "max_isometric_force", "optimal_fiber_length", "tendon_slack_length", "passive_strain")
    return (one.name, one.mass, one.strand_names) == (other.name, other.mass, other.strand_names) and all(
        np.array_equal(getattr(one.muscle, name), getattr(other.muscle, name)) for name in names)


def run(what: Any, scenario: Any = None, options: AnalyzeOptions | None = None, *, reference: Outcome | None = _unset,
        model: Any = "whole_body", subject: Settings | Subject | None = None, set: Settings | None = None,
        **fields: Any) -> Outcome:
    """Assembles and analyses a scenario, and its reference posture for the ratios.

    run("bridge", subject=dict(mass_kg=62), set={"motion.knee_deg": 110})
        a scenario by its name, file or as a Scenario, with a model by name, file or as a ModelSpec; `subject` and `set`
        are those of the command line, values in the units of its files
    run(model, scenario, options)
        as in C++: a compiled Model and a Scenario (or its name)

    `options` is an AnalyzeOptions, or give its fields by name: ledger_full=True, threads=2. With `reference`, an
    Outcome of the same model, the posture of the ratios is not run again; None: no ratios. The interpreter is free
    meanwhile; Ctrl-C ends the run.

    Raises Error in one line for names, settings and wishes that cannot be met, SpecError with every fault of a
    description. A frame that failed is no error: see Outcome.usable().
    """
    options = _options(options, fields)
    if not (reference is _unset or reference is None or isinstance(reference, Outcome)):
        raise TypeError(f"reference takes an Outcome of the same model, or None, got {reference!r}")
    compiled = isinstance(what, Model)
    if compiled and scenario is None:
        raise TypeError("run(model, scenario): the scenario is missing")
    if compiled and (subject is not None or set is not None):
        raise TypeError("run(model, scenario) takes no subject and no set: both belong before compile()")
    if not compiled and scenario is not None:
        raise TypeError("run(scenario, ...) takes one scenario; a compiled Model comes first")
    source = scenario if compiled else what
    wanted = source.__copy__() if isinstance(source, Scenario) else _psoas.io.read_scenario(source)
    typed = _overrides(set, subject)
    body = what if compiled else _prepared(model, wanted, typed, options)
    given = reference is not _unset
    if given and reference is not None and not _same_body(reference.model, body):
        raise Error(f'reference "{reference.name}" was run with another body than this one')
    outcome = _psoas._run(body, wanted, options, reference if given else None, given)
    name = source.name if isinstance(source, Scenario) else os.fspath(source)
    return _with_provenance(outcome, f"psoas.run({name!r})", what if compiled else model, wanted, name, typed, options)


def simulate(what: Any, runnable: Any = None, options: AnalyzeOptions | None = None, *, model: Any = "whole_body",
             subject: Settings | Subject | None = None, set: Settings | None = None, **fields: Any) -> Outcome:
    """Runs a forward simulation, or the motion of a scenario with elastic tendons.

    simulate("weak_psoas_step", set={"motion.strength": 0.5})
        a simulation by its name, file or as a Simulation; a scenario by its name or as a Scenario
    simulate(model, simulation, options)
        as in C++: a compiled Model and a Simulation or Scenario

    An unfinished simulation is a status of the outcome (and of Outcome.forward); what was computed is kept. Raises
    Error, SpecError, and StaticsFailed where the static solution that it starts from failed.
    """
    options = _options(options, fields)
    compiled = isinstance(what, Model)
    if compiled and runnable is None:
        raise TypeError("simulate(model, simulation): the simulation is missing")
    if compiled and (subject is not None or set is not None):
        raise TypeError("simulate(model, simulation) takes no subject and no set: both belong before compile()")
    source = runnable if compiled else what
    if isinstance(source, (Simulation, Scenario)):
        wanted = source.__copy__()
    elif source in _psoas.io.scenario_names():
        wanted = _psoas.io.read_scenario(source)
    else:
        wanted = _psoas.io.read_simulation(source)
    typed = _overrides(set, subject)
    body = what if compiled else _prepared(model, wanted, typed, options)
    outcome = _psoas._simulate(body, wanted, options)
    outcome.name = f"{wanted.name}_elastic_tendons" if isinstance(wanted, Scenario) else wanted.name
    name = source.name if isinstance(source, (Simulation, Scenario)) else os.fspath(source)
    body_source = what if compiled else model
    return _with_provenance(outcome, f"psoas.simulate({name!r})", body_source, None, name, typed, options)
