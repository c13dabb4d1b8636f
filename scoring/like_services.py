"""Compares the effort of an application with that of like services (methodology.md §5: KLM, best to twice the best)."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from scoring.arithmetic import ONE, ZERO
from scoring.dry_run import DryRun
from scoring.measures import read_number
from scoring.probing import ONLINE_APPLICATION, SCORED_PORTAL

BODIES_MIN = 3
"""Fewer bodies are no comparison: the best of two is too easily the only one that was seen."""


def group_of(fact: ProbeFact) -> str:
    """Return the group of like services that a task was drawn in, "" for none."""
    group = fact.measures.get(MeasureName.LIKE_SERVICES)
    return group if isinstance(group, str) else ""


def effort_of(fact: ProbeFact) -> Fraction | None:
    """Return the seconds by the Keystroke-Level Model of a form that was walked to its end."""
    seconds = read_number(fact, MeasureName.KLM_S)
    return seconds if seconds and fact.outcome is Outcome.PASS else None


def least_efforts(facts: Iterable[UnitFacts]) -> dict[str, Fraction]:
    """Return for each group the least effort of all bodies; a group of fewer than three bodies is left out."""
    by_group: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for unit in facts:
        for fact in unit.probes:
            effort = effort_of(fact) if (fact.portal, fact.probe_id) == (SCORED_PORTAL, ONLINE_APPLICATION) else None
            if effort is not None and group_of(fact):
                known = by_group[group_of(fact)]
                known[unit.unit.id] = min(effort, known.get(unit.unit.id, effort))
    return {group: min(known.values()) for group, known in by_group.items() if len(known) >= BODIES_MIN}


def judge_effort(task: DryRun) -> Fraction | None:
    """Return 1 for the least effort of the group, 0 for twice as much, linear between; ``None`` without a group."""
    fact = task.seen(ONLINE_APPLICATION)
    effort = effort_of(fact) if fact is not None else None
    least = task.least_efforts_s.get(group_of(fact)) if fact is not None else None
    if effort is None or least is None:
        return None
    return max(ZERO, min(ONE, 2 - effort / least))
