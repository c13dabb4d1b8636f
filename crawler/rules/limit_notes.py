"""Accuracy of the notes to time limits: the number in words is the number in the field."""

import re

from crawler.rules.example_guide import example
from crawler.rules.handling import read_limit
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import Check, RuleKind, audit_rule
from crawler.rules.wording import shorten
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, passed

SOURCE = "portals.md §5（时限与说明）"
EXCEPTIONS = re.compile(r"延长|除外|不计|特别|评审|勘验|检验|公示|听证|补正|转报|初审|上报|国家|上级|另|但|其中|分别")
"""A note with one of these speaks of more than the limit itself."""

AMOUNT = re.compile(r"\d+\s*个?\s*(?:工作日|自然日|日历日|天|日|个?月|年)")


def contradicts(limit: str, note: str) -> bool:
    """Say whether a note states one other number of days of the same kind than the limit; a note of more is none."""
    amounts = AMOUNT.findall(note)
    if len(amounts) != 1 or EXCEPTIONS.search(note):
        return False
    stated, noted = read_limit(limit), read_limit(amounts[0])
    return stated is not None and noted is not None and stated.unit is noted.unit and stated.days != noted.days


def note_agrees(name: FieldName, note: FieldName) -> Check:
    """Make a check that a limit and the note to it name the same number of days."""

    def check(guide: Guide) -> Verdict:
        limit, text = guide.text(name), guide.text(note)
        if read_limit(limit) is None or not is_filled(text) or not AMOUNT.search(text):
            return not_applicable("时限说明没有写天数")
        if not contradicts(limit, text):
            return passed()
        reason = f"{LABELS_ZH[name]}写的是“{limit}”，说明却写“{shorten(text)}”，应使两处一致。"
        return failed(FieldState.INCONSISTENT, reason, excerpt=text)

    return needing(name, note)(check)


for NAME, NOTE, SLUG in (
    (FieldName.LEGAL_LIMIT, FieldName.LEGAL_LIMIT_NOTE, "legal"),
    (FieldName.PROMISE_LIMIT, FieldName.PROMISE_LIMIT_NOTE, "promise"),
):
    audit_rule(
        f"limit.{SLUG}-note",
        title=f"{LABELS_ZH[NAME]}与其说明一致",
        failure_title=f"{LABELS_ZH[NAME]}与其说明不一致",
        why="一处五天一处二十天，群众不知道该等多久。",
        source=SOURCE + "；portals.md §1.5（FDBLSXSM、CRBJSXSM）",
        applicability=f"{LABELS_ZH[NAME]}和说明都写了天数的办事指南；说明里还写延长、除外等情形的不判断。",
        kind=RuleKind.ACCURACY,
        field=NAME,
        passing=example({NAME: "5个工作日", NOTE: "自受理之日起5个工作日内办结"}),
        failing=example({NAME: "5个工作日", NOTE: "自受理之日起20个工作日内办结"}),
    )(note_agrees(NAME, NOTE))
