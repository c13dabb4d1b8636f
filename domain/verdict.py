"""What one rule says about one guide."""

from functools import lru_cache

from domain.frozen import Frozen
from domain.guide_fields import FieldName, FieldState
from domain.outcome import Outcome


class Verdict(Frozen):
    """A rule's judgement.

    ``checked`` and ``failed`` count the places looked at, so that a rule over materials can tell one bad row in ten
    from ten in ten; both are 0 where nothing could be judged.
    """

    outcome: Outcome
    state: FieldState
    reason: str = ""  # one Chinese sentence for the evaluator; "" when the rule passed
    excerpt: str = ""  # the text that the reason speaks of
    field: FieldName | None = None  # where the fault lies, when a rule looks at several fields; None = the rule's own
    checked: int = 1
    failed: int = 0
    picture: str | None = None  # SHA-256 of a screenshot in which the place is marked


def passed(*, checked: int = 1) -> Verdict:
    """All places are in order."""
    return PASSED[checked] if checked < PASSED_MADE else all_in_order(checked)


def all_in_order(checked: int) -> Verdict:
    return Verdict(outcome=Outcome.PASS, state=FieldState.OK, checked=checked)


PASSED_MADE = 64
PASSED = tuple(map(all_in_order, range(PASSED_MADE)))
"""Equal and frozen: made once, for an audit makes millions."""


def failed(
    state: FieldState,
    reason: str,
    *,
    excerpt: str = "",
    field: FieldName | None = None,
    checked: int = 1,
    failed: int = 1,
    picture: str | None = None,
) -> Verdict:
    """At least one place is at fault."""
    return Verdict(
        outcome=Outcome.FAIL,
        state=state,
        reason=reason,
        excerpt=excerpt[:200],
        field=field,
        checked=checked,
        failed=failed,
        picture=picture,
    )


@lru_cache(maxsize=512)  # equal and frozen: made once, for an audit makes millions
def not_applicable(reason: str = "") -> Verdict:
    """The rule does not concern this guide."""
    return Verdict(outcome=Outcome.NOT_APPLICABLE, state=FieldState.NOT_APPLICABLE, reason=reason, checked=0)


@lru_cache(maxsize=512)  # equal and frozen: made once, for an audit makes millions
def not_measured(reason: str = "") -> Verdict:
    """The source does not show what the rule needs: inconclusive, and never the body's fault."""
    return Verdict(outcome=Outcome.INCONCLUSIVE, state=FieldState.NOT_MEASURED, reason=reason, checked=0)


def broken(reason: str) -> Verdict:
    """The rule itself raised: our error."""
    return Verdict(outcome=Outcome.ERROR, state=FieldState.NOT_MEASURED, reason=reason, checked=0)
