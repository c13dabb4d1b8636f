"""Joins the weighted terms of a formula, of which some have no case and some were not measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scoring.arithmetic import ONE, ZERO


@dataclass(frozen=True, kw_only=True)
class Term:
    """One term; ``value`` is ``None`` where it was not measured, ``no_case`` where there was nothing to measure."""

    weight: Fraction
    value: Fraction | None
    no_case: bool = False

    @property
    def measured(self) -> bool:
        return self.value is not None and not self.no_case


def join_terms(terms: Iterable[Term]) -> tuple[Fraction | None, Fraction]:
    """Return the value of the measured terms and the share of the formula that they stand for.

    A term without a case is dropped and the rest re-scaled; one that was not measured lowers the share.
    """
    due = [term for term in terms if not term.no_case]
    whole = sum((term.weight for term in due), ZERO)
    seen = sum((term.weight for term in due if term.measured), ZERO)
    if not seen:
        return None, ONE
    return sum((term.weight * term.value for term in due if term.value is not None), ZERO) / seen, seen / whole


def weight_within(terms: Iterable[Term], term: Term) -> Fraction:
    """Return a measured term's weight among the measured ones, with which it stands in the value."""
    return term.weight / sum((one.weight for one in terms if one.measured), ZERO)
