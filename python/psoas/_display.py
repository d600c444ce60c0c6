"""What Model, Scenario, Outcome and ledgers show of themselves, as text and in a notebook."""
from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any, Iterable, Sequence

if TYPE_CHECKING:
    from ._ledger import LoadLedger
    from ._psoas import Model, Outcome, Scenario

DISCLAIMER = "A model estimate for research and teaching. Not a medical device."


def number(value: float, digits: int = 0) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:.{digits}f}".replace("-", "−")


def _escape(text: Any) -> str:
    return html.escape(str(text))


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Words to the left, numbers to the right."""
    head = "".join(f'<th style="text-align:{"left" if i == 0 else "right"}">{_escape(t)}</th>'
                   for i, t in enumerate(titles))
    body = "".join("<tr>" + "".join(f'<td style="text-align:{"left" if i == 0 else "right"}">{_escape(cell)}</td>'
                                    for i, cell in enumerate(row)) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def model_repr(model: Model) -> str:
    person = model.spec.person
    who = f", {person.height:.2f} m, {person.sex}" if model.levels else ""
    return (f'<psoas.Model "{model.name}": {model.mass:.1f} kg{who}; {model.n_bodies} bodies, '
            f"{model.n_coordinates} coordinates, {model.n_strands} muscle strands>")


def model_html(model: Model) -> str:
    person = model.spec.person
    rows = [("mass", f"{model.mass:.1f} kg"), ("body weight", f"{model.body_weight:.0f} N")]
    if model.levels:
        rows += [("person", f"{person.height:.2f} m, {person.sex}, {person.age:.0f} years"),
                 ("lumbar levels", ", ".join(level.replace("_", "/") for level in model.level_names))]
    rows += [("bodies", str(model.n_bodies)), ("coordinates", str(model.n_coordinates)),
             ("equations of motion", str(model.n_rows)), ("muscle strands", str(model.n_strands)),
             ("recruitment", f"{model.recruit.cost}, power {model.recruit.power}")]
    return f"<b>{_escape(model.name)}</b>" + _table(["model", ""], rows)


def _value(parameter: Any) -> str:
    return str(parameter.choice) if parameter.choices else f"{parameter.value:g} {parameter.unit}".strip()


def scenario_repr(scenario: Scenario) -> str:
    values = ", ".join(f"{p.name} {_value(p)}" for p in scenario.parameters)
    return f'<psoas.Scenario "{scenario.name}": {scenario.description}' + (f" ({values})>" if values else ">")


def scenario_html(scenario: Scenario) -> str:
    rows = [(p.name, _value(p), ", ".join(p.choices) if p.choices else f"{p.minimum:g} to {p.maximum:g}", p.meaning)
            for p in scenario.parameters]
    phases = ", ".join(f"{p.name} ({', '.join(p.supports)})" for p in scenario.phases)
    return (f"<b>{_escape(scenario.name)}</b>: {_escape(scenario.description)}"
            + (_table(["parameter", "value", "range", "meaning"], rows) if rows else "")
            + f"<div>phases and supports: {_escape(phases)}; tone {scenario.tone:g}; ratios refer to "
              f"{_escape(scenario.reference or 'itself')}</div>")


def _readable(owner: str) -> str:
    return owner.replace("_", "/") if owner[:1] in "LT" and owner[1:2].isdigit() else owner.replace("_", " ")


def _headlines(outcome: Outcome) -> list[tuple[str, str]]:
    """Channels that one looks at first: (name, words)."""
    found = []
    for name in outcome.channel_names:
        section, owner, leaf = (name.split(".") + ["", ""])[:3]
        if section == "spine" and leaf == "compression_N":
            found.append((name, f"{_readable(owner)} compression"))
        elif section == "hip" and leaf == "force_N":
            found.append((name, f"hip {'right' if owner == 'r' else 'left'}"))
        elif section == "psoas" and leaf == "force_N":
            found.append((name, f"psoas {_readable(owner)}"))
    return found


def outcome_repr(outcome: Outcome) -> str:
    frames = f"{len(outcome)} frame" + ("" if len(outcome) == 1 else "s")
    text = f'<psoas.Outcome "{outcome.name}": {outcome.status.name}, {frames}, gates {outcome.verdict().name}'
    if outcome.failed_frames():
        text += f", {outcome.failed_frames()} failed"
    shown = ("L4/L5 compression", "psoas major r", "psoas major l")
    for name, words in [item for item in _headlines(outcome) if item[1] in shown]:
        peak = outcome.peak(name)
        text += f"; {words} {number(peak.value)} N at {number(peak.time, 2)} s"
    return text + ">"


def outcome_html(outcome: Outcome) -> str:
    rows = []
    ratios = outcome.forward is None and outcome.reference is not None
    for name, words in _headlines(outcome):
        peak = outcome.peak(name)
        weight = peak.value / outcome.model.body_weight
        ratio = number(outcome.relative_to_standing(name), 2) if ratios else "–"
        rows.append((words, number(peak.value), number(peak.time, 2), number(weight, 2), ratio))
    open_gates = [g for g in outcome.gates if g.verdict.name != "pass"]
    gates = "".join(f"<li>{_escape(g.verdict.name)}: {_escape(g.name)} {g.value:.4g} (warns beyond {g.warn:.4g}, fails "
                    f"beyond {g.fail:.4g}) {_escape(g.at)}</li>" for g in open_gates)
    head = (f"<b>{_escape(outcome.name)}</b>: status {outcome.status.name}, {len(outcome)} frames"
            f" ({outcome.failed_frames()} failed), cost {_escape(outcome.cost)}, tone {outcome.task.tone:g}, gates "
            f"<b>{outcome.verdict().name}</b>")
    base = outcome.reference.name if outcome.reference is not None else "reference"
    return (head + _table(["load", "peak [N]", "at [s]", "body weights", f"× {base}"], rows)
            + (f"<ul>{gates}</ul>" if gates else "") + f"<small>{DISCLAIMER}</small>")


def ledger_html(ledger: LoadLedger) -> str:
    digits = 3 if ledger.unit == "BW" else 0
    rows = [(cause, name, number(value, digits)) for cause, name, value in ledger.groups]
    rows.append(("total", "", number(ledger.total, digits)))
    return (f"<b>{_escape(ledger.load)}</b> at {number(ledger.time, 2)} s"
            + _table(["cause", "part", f"[{ledger.unit}]"], rows))
