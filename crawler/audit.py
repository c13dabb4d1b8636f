"""Judges guides by every rule and keeps one compact row per guide and one finding per fault."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache

from crawler.rules.rule import AuditRule, judge_all, rules
from domain.dossier import Dossier
from domain.finding import Audit, Finding, RuleSet
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.outcome import OUTCOME_CODES, Outcome
from domain.verdict import Verdict

REPORTED = frozenset({Outcome.FAIL, Outcome.ERROR})
RULE_SET_ID_LENGTH = 12


@cache
def rule_set(members: tuple[AuditRule, ...] | None = None) -> RuleSet:
    """Return the rules and versions behind an outcome vector, in its order; by default every registered rule."""
    versions = tuple((rule.id, rule.version) for rule in (rules.all() if members is None else members))
    text = "\n".join(f"{id} {version}" for id, version in versions)
    return RuleSet(id=hashlib.sha256(text.encode()).hexdigest()[:RULE_SET_ID_LENGTH], members=versions)


def audit_dossier(
    dossier: Dossier, *, run: str, rules: tuple[AuditRule, ...] | None = None, basis: str = ""
) -> tuple[Audit, tuple[Finding, ...]]:
    """Judge one guide with its surroundings by all rules, or by those given.

    Findings exist for faults and for our own errors only. ``basis`` names what the judgement rests on beside the
    document, so that the same judgement need not be made twice.
    """
    guide, members = dossier.guide, registered() if rules is None else rules
    verdicts = list(zip(members, judge_all(members, dossier), strict=True))
    audit = Audit(
        run=run,
        portal=guide.portal,
        unit=guide.unit,
        item_id=guide.item_id,
        subject=guide.code,
        document=guide.document,
        rule_set=rule_set(rules).id,
        basis=basis,
        outcomes="".join([OUTCOME_CODES[verdict.outcome] for _, verdict in verdicts]),
        shares=shares_of(verdicts),
    )
    findings = (make_finding(guide, run, rule, verdict) for rule, verdict in verdicts if verdict.outcome in REPORTED)
    return audit, tuple(findings)


def audit_guide(
    guide: Guide, *, run: str, rules: tuple[AuditRule, ...] | None = None
) -> tuple[Audit, tuple[Finding, ...]]:
    """Judge a guide by itself; what its surroundings would tell counts as not measured."""
    return audit_dossier(Dossier(guide=guide), run=run, rules=rules)


def audit_guides(
    guides: Iterable[Guide], run: str, unseen: frozenset[FieldName] = frozenset()
) -> Iterator[tuple[Audit, tuple[Finding, ...]]]:
    """Judge guides one after the other.

    ``unseen`` names fields that no document of the whole crawl carries: they count as not measured, not as blank.
    """
    for guide in guides:
        yield audit_guide(guide.without(unseen) if unseen else guide, run=run)


@cache
def registered() -> tuple[AuditRule, ...]:
    """Return every rule, found once."""
    return rules.all()


def shares_of(verdicts: Iterable[tuple[AuditRule, Verdict]]) -> dict[str, tuple[int, int]]:
    """Return (checked, failed) of the rules that looked at several places."""
    return {rule.id: (verdict.checked, verdict.failed) for rule, verdict in verdicts if verdict.checked > 1}


def make_finding(guide: Guide, run: str, rule: AuditRule, verdict: Verdict) -> Finding:
    """Write down one fault."""
    return Finding(
        run=run,
        portal=guide.portal,
        unit=guide.unit,
        subject=guide.code,
        item_id=guide.item_id,
        rule_id=rule.id,
        rule_version=rule.version,
        field=verdict.field or rule.field,
        outcome=verdict.outcome,
        state=verdict.state,
        reason=verdict.reason or rule.failure_title,
        excerpt=verdict.excerpt,
        checked=verdict.checked,
        failed=verdict.failed,
        document=guide.document,
        url=guide.url,
        picture=verdict.picture,
    )
