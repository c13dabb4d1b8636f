"""Judges the step 办事指南 of the rubric by the guide itself, beside what the probes saw of it (methodology.md §5)."""

from fractions import Fraction

from domain.measure_name import MeasureName
from scoring.arithmetic import ONE, ZERO
from scoring.dry_run import DryRun
from scoring.measures import read_flag
from scoring.probing import ONLINE_APPLICATION


def judge_forms(task: DryRun) -> Fraction | None:
    """Every form among the materials has a blank and a sample; ``None`` for a guide without forms."""
    complete = task.item.forms_complete if task.item is not None else None
    return None if complete is None else Fraction(complete)


def judge_scenarios(task: DryRun) -> Fraction | None:
    """Situations can be chosen from; not having the choice is a loss only where the guide tells of two or more."""
    fact = task.seen(ONLINE_APPLICATION)
    choice = read_flag(fact, MeasureName.SCENARIO_CHOICE) if fact is not None else None
    if choice is None or choice:
        return None if choice is None else ONE
    situations = task.item.situations if task.item is not None else None
    return ZERO if situations is not None and situations >= 2 else None


def judge_readability(task: DryRun) -> Fraction | None:
    """R of the guide, once it is calibrated (docs/readability.md)."""
    if task.item is None or task.item.readability is None or not task.readability_calibrated:
        return None
    return Fraction(task.item.readability)


def judge_hand_over(task: DryRun) -> Fraction | None:
    """The guide can be had as a PDF, or has an address for the telephone."""
    fact = task.seen(ONLINE_APPLICATION)
    prints = read_flag(fact, MeasureName.PRINT_OPENS) if fact is not None else None
    phone = task.item.phone_address if task.item is not None else None
    if prints or phone:
        return ONE
    return ZERO if prints is False and phone is False else None
