"""Reads completeness and accuracy (indicators D13 and C7) out of a guide's audit."""

from decimal import Decimal
from functools import cache

from crawler.rules.rule import RuleKind, rules
from domain.finding import Audit, RuleSet
from domain.outcome import OUTCOMES_BY_CODE, Outcome


@cache
def members_of(rule_set: RuleSet, kind: RuleKind) -> tuple[tuple[int, str], ...]:
    """Return (position in the outcome vector, rule id) of the rules of one kind; rules no longer known are left out."""
    kinds = {rule.id: rule.kind for rule in rules.all()}
    return tuple((at, id) for at, (id, _) in enumerate(rule_set.members) if kinds.get(id) is kind)


def completeness(audit: Audit, rule_set: RuleSet) -> tuple[Decimal, int]:
    """Return the sum of the filled shares over the applicable checkpoints, and how many those are.

    A checkpoint over materials counts by the share of its rows. One that is not applicable, or that we could not see,
    is in neither figure (methodology.md §3.7).
    """
    shares = [filled_share(audit, at, id) for at, id in members_of(rule_set, RuleKind.COMPLETENESS)]
    counted = [share for share in shares if share is not None]
    return sum(counted, Decimal(0)), len(counted)


def filled_share(audit: Audit, at: int, rule_id: str) -> Decimal | None:
    """Return one checkpoint's filled share between 0 and 1; ``None`` when it does not count."""
    outcome = OUTCOMES_BY_CODE[audit.outcomes[at]]
    if not outcome.counts:
        return None
    if outcome is Outcome.PASS:
        return Decimal(1)
    checked, failed = audit.shares.get(rule_id, (1, 1))
    return Decimal(checked - failed) / Decimal(checked)


def accuracy(audit: Audit, rule_set: RuleSet) -> tuple[int, int]:
    """Return how many accuracy rules passed and how many could be judged (methodology.md §3.7)."""
    outcomes = [OUTCOMES_BY_CODE[audit.outcomes[at]] for at, _ in members_of(rule_set, RuleKind.ACCURACY)]
    return outcomes.count(Outcome.PASS), sum(outcome.counts for outcome in outcomes)
