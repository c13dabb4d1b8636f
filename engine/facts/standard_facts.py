"""How far a guide says what other bodies with the same basic code say, out of the audit's comparison of all guides."""

from domain.finding import Audit, RuleSet
from domain.outcome import OUTCOMES_BY_CODE, Outcome

COMPARED = frozenset({"peers.name", "peers.condition", "peers.materials"})
"""Name, conditions and materials: what methodology.md §3.6 D15/C9 asks to be alike (crawler/rules/peers.py)."""


def count_standard(audit: Audit, rule_set: RuleSet) -> tuple[int, int] | None:
    """Return (fields as most bodies have them, fields that enough bodies have for a comparison).

    ``None`` where the audit did not compare at all: then nobody knows, as opposed to (0, 0).
    """
    outcomes = [
        OUTCOMES_BY_CODE[code]
        for (rule, _), code in zip(rule_set.members, audit.outcomes, strict=True)
        if rule in COMPARED
    ]
    if not outcomes or any(outcome.lowers_coverage for outcome in outcomes):
        return None
    return outcomes.count(Outcome.PASS), sum(outcome.counts for outcome in outcomes)
