"""Says what a new judgement changed against the one before: which findings came and went, and why."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.finding import Audit, Finding, RuleSet
from storage.store import Store

Judged = tuple[Audit, Sequence[Finding]]


class Change(StrEnum):
    """What became of a finding."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    REWORDED = "reworded"  # the same fault in another sentence
    STAYED = "stayed"


class Cause(StrEnum):
    """Why the new judgement may differ from the old one."""

    RULE_NEW = "rule_new"
    RULE_GONE = "rule_gone"
    RULE_CHANGED = "rule_changed"  # another version of the rule
    SURROUNDINGS_CHANGED = "surroundings_changed"  # addresses, peers, faces, registers, listing, parser or the calendar
    FIRST_JUDGEMENT = "first_judgement"
    NONE = "none"  # nothing that goes into the judgement changed


@dataclass(frozen=True, kw_only=True, order=True)
class ChangeLine:
    """How many findings of one rule at one body changed in one way for one reason."""

    rule: str
    unit: str
    change: Change
    cause: Cause
    findings: int = field(compare=False)


class ChangeTally:
    """Counts changes; memory grows with rules × bodies, not with guides."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._counts: Counter[tuple[str, str, Change, Cause]] = Counter()
        self._versions: dict[str, dict[str, int]] = {}

    def add(self, old: Judged | None, new: Judged) -> None:
        """Take in one guide's judgements, before and now."""
        before = {finding.rule_id: finding for finding in old[1]} if old else {}
        after = {finding.rule_id: finding for finding in new[1]}
        for rule in before.keys() | after.keys():
            cause = self._cause(rule, old and old[0], new[0])
            self._counts[rule, new[0].unit or "", change_of(before.get(rule), after.get(rule)), cause] += 1

    def lines(self) -> Iterator[ChangeLine]:
        """Yield the counts by rule and body."""
        for (rule, unit, change, cause), count in sorted(self._counts.items()):
            yield ChangeLine(rule=rule, unit=unit, change=change, cause=cause, findings=count)

    def count(self, change: Change) -> int:
        """Count the findings that changed in one way."""
        return sum(count for key, count in self._counts.items() if key[2] is change)

    def _cause(self, rule: str, old: Audit | None, new: Audit) -> Cause:
        if old is None:
            return Cause.FIRST_JUDGEMENT
        before, after = self._versions_of(old.rule_set).get(rule), self._versions_of(new.rule_set).get(rule)
        if before is None:
            return Cause.RULE_NEW
        if after is None:
            return Cause.RULE_GONE
        if before != after:
            return Cause.RULE_CHANGED
        return Cause.SURROUNDINGS_CHANGED if (old.basis, old.document) != (new.basis, new.document) else Cause.NONE

    def _versions_of(self, rule_set: str) -> dict[str, int]:
        if rule_set not in self._versions:
            known: RuleSet = self._store.audits.rule_set(rule_set)
            self._versions[rule_set] = dict(known.members)
        return self._versions[rule_set]


def change_of(before: Finding | None, after: Finding | None) -> Change:
    """Say what became of one rule's finding on one guide."""
    if before is None:
        return Change.APPEARED
    if after is None:
        return Change.VANISHED
    same = (before.reason, before.excerpt, before.field) == (after.reason, after.excerpt, after.field)
    return Change.STAYED if same else Change.REWORDED
