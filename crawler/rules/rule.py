"""The audit rule as a plug-in: a pure function over a guide and its surroundings, with the words an evaluator reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crawler.rules.measured import GuardedCheck, shown_fields
from domain.dossier import Dossier
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.registry import Registry
from domain.verdict import Verdict, broken, not_measured

Check = Callable[[Guide], Verdict]
DossierCheck = Callable[[Dossier], Verdict]


class RuleKind(StrEnum):
    """Which half of 完备度、准确性 a rule serves (methodology.md §3.7)."""

    COMPLETENESS = "completeness"
    ACCURACY = "accuracy"


class LooksAt(StrEnum):
    """Which part of a dossier a rule judges; where nobody looked at that part, the rule measured nothing."""

    GUIDE = "guide"
    ADDRESSES = "addresses"  # published addresses and the files behind them
    PEERS = "peers"  # the other guides of the crawl
    FACES = "faces"  # page, print and mobile page


GUIDE = LooksAt.GUIDE
UNLOOKED: dict[LooksAt, Verdict] = {
    LooksAt.ADDRESSES: not_measured("本次没有访问附件和链接"),
    LooksAt.PEERS: not_measured("本次没有与其他事项比对"),
    LooksAt.FACES: not_measured("本次没有打开网页比对"),
}
LOOKED_AT: dict[LooksAt, str] = {
    LooksAt.ADDRESSES: "附件或链接已被访问过的办事指南。",
    LooksAt.PEERS: "已与同一次采集的其他指南比对过的办事指南。",
    LooksAt.FACES: "已打开网页、打印版或移动端比对过的办事指南。",
}
"""Whom a rule over a part judges, where it says nothing narrower."""


@dataclass(frozen=True, kw_only=True)
class AuditRule:
    """A rule.

    ``title`` reads as a sentence when the rule passes, ``failure_title`` when it fails (both Chinese). ``why`` says why
    a citizen cares, ``source`` names the clause or facts section. ``passing`` and ``failing`` are small dossiers that
    prove the rule can do both; they are made by functions so that importing a rule costs nothing. ``applicability``
    says in one Chinese sentence which guides the rule judges; ``note`` says, where it fires often on real guides, why
    that is right (a hand reading, docs/real_records.md).
    """

    id: str  # kebab-case, family first: "limit.promise-within-legal"
    title: str
    failure_title: str
    why: str
    source: str
    applicability: str
    note: str = ""
    version: int
    kind: RuleKind
    field: FieldName
    checkpoint: str | None  # G1 … G17 of guide_checkpoints.yaml
    looks_at: LooksAt = LooksAt.GUIDE
    check: Callable[[Any], Verdict]  # asked with the guide, or with the dossier where the rule looks at another part
    passing: Callable[[], Dossier]
    failing: Callable[[], Dossier]
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
    applicability: str = "",
    note: str = "",
    checkpoint: str | None = None,
    version: int = 1,
) -> Callable[[Check], Check]:
    """Register a function over a guide as a rule and return the function itself, so that tests call it directly."""

    def register(check: Check) -> Check:
        rules.register(
            AuditRule(
                id=id,
                title=title,
                failure_title=failure_title,
                why=why,
                source=source,
                applicability=applicability,
                note=note,
                version=version,
                kind=kind,
                field=field,
                checkpoint=checkpoint,
                check=check,
                passing=lambda: Dossier(guide=passing()),
                failing=lambda: Dossier(guide=failing()),
            )
        )
        return check

    return register


def dossier_rule(
    id: str,
    *,
    looks_at: LooksAt,
    title: str,
    failure_title: str,
    why: str,
    source: str,
    kind: RuleKind,
    field: FieldName,
    passing: Callable[[], Dossier],
    failing: Callable[[], Dossier],
    applicability: str = "",
    note: str = "",
    checkpoint: str | None = None,
    version: int = 1,
) -> Callable[[DossierCheck], DossierCheck]:
    """Register a function over a guide and one part of its surroundings; the part is there when it is called."""

    def register(check: DossierCheck) -> DossierCheck:
        rules.register(
            AuditRule(
                id=id,
                title=title,
                failure_title=failure_title,
                why=why,
                source=source,
                applicability=applicability or LOOKED_AT[looks_at],
                note=note,
                version=version,
                kind=kind,
                field=field,
                checkpoint=checkpoint,
                looks_at=looks_at,
                check=check,
                passing=passing,
                failing=failing,
            )
        )
        return check

    return register


def judge(rule: AuditRule, dossier: Dossier) -> Verdict:
    """Apply one rule."""
    return judge_all((rule,), dossier)[0]


def judge_all(members: Iterable[AuditRule], dossier: Dossier) -> list[Verdict]:
    """Apply rules in turn; an exception inside one is our error and never the guide's fault.

    Guards are looked at here and not called: a province of guides by two hundred rules makes every call count.
    """
    guide = dossier.guide
    shown = shown_fields(guide)
    verdicts = []
    for rule in members:
        check = rule.check
        try:
            if rule.looks_at is not GUIDE:
                verdict = check(dossier) if getattr(dossier, rule.looks_at) is not None else UNLOOKED[rule.looks_at]
            elif type(check) is GuardedCheck:
                verdict = check.check(guide) if check.needs <= shown else check.unseen
            else:
                verdict = check(guide)
        except Exception as error:  # the one catch at this boundary (style.md §5.10)
            verdict = broken(f"{type(error).__name__}: {error}")
        verdicts.append(verdict)
    return verdicts
