"""What the audit keeps: one compact row per judged guide and one detail row per fault."""

from collections.abc import Mapping

from domain.frozen import Frozen
from domain.guide_fields import FieldName, FieldState
from domain.outcome import OUTCOMES_BY_CODE, Outcome


class Finding(Frozen):
    """One rule's fault (or our own error) on one guide; passes are kept only in ``Audit.outcomes``."""

    run: str
    portal: str
    unit: str | None
    subject: str  # Guide.code
    item_id: str
    rule_id: str
    rule_version: int
    field: FieldName
    outcome: Outcome
    state: FieldState
    reason: str
    excerpt: str
    checked: int
    failed: int
    document: str  # SHA-256 of the raw document
    url: str
    picture: str | None = None  # SHA-256 of a screenshot in which the place is marked

    @property
    def id(self) -> str:
        """Stable id: a repeat of the same judgement overwrites and never doubles."""
        return f"{self.run}:{self.portal}:{self.item_id}:{self.rule_id}"


class RuleSet(Frozen):
    """The rules and versions behind a vector of outcomes, in the vector's order."""

    id: str  # short hash of the members
    members: tuple[tuple[str, int], ...]  # (rule id, version)


class Audit(Frozen):
    """All rules' outcomes on one guide: one character per member of the rule set (see OUTCOME_CODES)."""

    run: str
    portal: str
    unit: str | None
    item_id: str
    subject: str
    document: str
    rule_set: str
    outcomes: str
    basis: str = ""  # short hash of what beside the document went into the judgement (Dossier.basis)
    shares: Mapping[str, tuple[int, int]]  # rule id → (checked, failed), only for rules that look at several places

    def outcome_of(self, rule_id: str, rule_set: RuleSet) -> Outcome:
        """Return one rule's outcome; raise ``KeyError`` when the rule is not in the set."""
        ids = [member for member, _ in rule_set.members]
        if rule_id not in ids:
            raise KeyError(rule_id)
        return OUTCOMES_BY_CODE[self.outcomes[ids.index(rule_id)]]
