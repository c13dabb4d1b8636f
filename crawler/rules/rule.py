"""The audit rule as a plug-in: a pure function over one guide, with the words that an evaluator reads."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.registry import Registry
from domain.verdict import Verdict, broken

Check = Callable[[Guide], Verdict]


class RuleKind(StrEnum):
    """Which half of 完备度、准确性 a rule serves (methodology.md §3.7)."""

    COMPLETENESS = "completeness"
    ACCURACY = "accuracy"


@dataclass(frozen=True, kw_only=True)
class AuditRule:
    """A rule.

    ``title`` reads as a sentence when the rule passes, ``failure_title`` when it fails (both Chinese). ``why`` says why
    a citizen cares, ``source`` names the clause or facts section. ``passing`` and ``failing`` are small guides that
    prove the rule can do both; they are made by functions so that importing a rule costs nothing.
    """

    id: str  # kebab-case, family first: "limit.promise-within-legal"
    title: str
    failure_title: str
    why: str
    source: str
    version: int
    kind: RuleKind
    field: FieldName
    checkpoint: str | None  # G1 … G17 of guide_checkpoints.yaml
    check: Check
    passing: Callable[[], Guide]
    failing: Callable[[], Guide]
    docs: str = "docs/rules.md"


rules: Registry[AuditRule] = Registry("rule", "crawler.rules")


def audit_rule(
    id: str,
    *,
    title: str,
    failure_title: str,
    why: str,
    source: str,
    kind: RuleKind,
    field: FieldName,
    passing: Callable[[], Guide],
    failing: Callable[[], Guide],
    checkpoint: str | None = None,
    version: int = 1,
) -> Callable[[Check], Check]:
    """Register a function as a rule and return the function itself, so that tests call it directly."""

    def register(check: Check) -> Check:
        rules.register(
            AuditRule(
                id=id,
                title=title,
                failure_title=failure_title,
                why=why,
                source=source,
                version=version,
                kind=kind,
                field=field,
                checkpoint=checkpoint,
                check=check,
                passing=passing,
                failing=failing,
            )
        )
        return check

    return register


def judge(rule: AuditRule, guide: Guide) -> Verdict:
    """Apply one rule; an exception inside it is our error and never the guide's fault."""
    try:
        return rule.check(guide)
    except Exception as error:  # the one catch at this boundary (style.md §5.10)
        return broken(f"{type(error).__name__}: {error}")
