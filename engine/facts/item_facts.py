"""From a parsed guide and its audit to the facts that scoring reads; nothing is guessed where the guide is silent."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from crawler.checkpoints import accuracy, completeness
from crawler.rules.placeholder import is_filled
from domain.crawl import GuideOutcome, GuideVisit
from domain.facts import ItemFact
from domain.finding import Audit, RuleSet
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.time_limit import parse_time_limit
from engine.facts.material_facts import count_exempt, has_e_licence, has_paper_only, has_whole_forms
from engine.facts.place_facts import names_comprehensive_window, serves_across_regions, serves_nearby, stands_in_hall
from engine.facts.standard_facts import count_standard

IMMEDIATE_ITEM = "即办件"
PACKAGE = "package"
DEPTHS = {"I": 1, "II": 2, "III": 3, "IV": 4, "一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
VISITS = re.compile(r"(\d+)\s*次?\s*(?:\(.*)?")
SPEAKS_OF_TIME = re.compile(r"[\d一二两三四五六七八九十百半]\s*个?\s*(?:工作|自然|日历)?(?:日|天|周|月|年|小时|分钟)")
TASK_CODE_CHARACTERS = 31
SITUATION = re.compile(r"(?:情形|情况)[（(]?([一二三四五六七八九十\d])")
SOURCES: dict[str, FieldName] = {
    "promise": FieldName.PROMISE_LIMIT,
    "legal": FieldName.LEGAL_LIMIT,
    "visits": FieldName.VISITS,
    "immediate": FieldName.HANDLING_TYPE,
    "online": FieldName.ONLINE,
    "online_depth": FieldName.ONLINE_DEPTH,
    "bookable": FieldName.BOOKABLE,
    "in_hall": FieldName.IN_HALL,
    "basic_code": FieldName.BASIC_CODE,
    "handling_item": FieldName.HANDLING_CODE,
    "nearby": FieldName.SELF_SERVICE,
    "phone_address": FieldName.MOBILE_URL,
}
"""Fact → the guide's field that it is read from."""
WORDED = ("visits", "immediate", "online", "online_depth", "bookable", "in_hall", "nearby")
"""Facts whose field has words of its own: what says something else is not understood, which is no "no"."""
LIMITS = ("promise", "legal")


def unseen_item(visit: GuideVisit) -> ItemFact:
    """Return the fact of an item whose guide was not measured or is absent."""
    return ItemFact(item_id=visit.item_id, code=visit.code, outcome=visit.outcome)


def item_fact(guide: Guide, audit: Audit | None, rule_set: RuleSet | None) -> ItemFact:
    """Return the facts of a measured guide."""
    shown: dict[str, Any] = {
        "hall_window": stands_in_hall(guide),
        "comprehensive_window": names_comprehensive_window(guide),
        "across_regions": serves_across_regions(guide),
        "exempt_materials": count_exempt(guide.materials),
        "e_licence": has_e_licence(guide.materials),
        "paper_only_material": has_paper_only(guide.materials),
        "standard": count_standard(audit, rule_set) if audit and rule_set else None,
    }
    read = _read_facts(guide)
    judged = (completeness(audit, rule_set), accuracy(audit, rule_set)) if audit and rule_set else (None, None)
    return ItemFact(
        item_id=guide.item_id,
        code=guide.code,
        outcome=GuideOutcome.MEASURED,
        package=guide.kind == PACKAGE,
        item_type_code=guide.item_type_code,
        task_code=(guide.text(FieldName.TASK_CODE) or guide.code)[:TASK_CODE_CHARACTERS],
        basic_code=guide.text(FieldName.BASIC_CODE),
        national_code=guide.text(FieldName.NATIONAL_CODE),
        handling_item=_given(guide, FieldName.HANDLING_CODE),
        forms_complete=has_whole_forms(guide.materials),
        situations=_situations(guide),
        phone_address=_given(guide, FieldName.MOBILE_URL),
        completeness=judged[0],
        accuracy=judged[1],
        unseen_facts=frozenset(
            (*_unseen_facts(guide, audited=judged[0] is not None), *_not_shown(shown), *_not_understood(guide, read))
        ),
        **shown,
        **read,
    )


def _read_facts(guide: Guide) -> dict[str, Any]:
    """Return the facts that have to be understood; ``None`` where the guide is silent or says it in unknown words."""
    return {
        "promise": parse_time_limit(guide.text(FieldName.PROMISE_LIMIT)),
        "legal": parse_time_limit(guide.text(FieldName.LEGAL_LIMIT)),
        "visits": _visits(guide.text(FieldName.VISITS)),
        "immediate": _immediate(guide.text(FieldName.HANDLING_TYPE)),
        "online": _flag(guide, FieldName.ONLINE),
        "online_depth": _depth(guide.text(FieldName.ONLINE_DEPTH)),
        "bookable": _flag(guide, FieldName.BOOKABLE),
        "in_hall": _flag(guide, FieldName.IN_HALL),
        "nearby": serves_nearby(guide),
    }


def with_readability(fact: ItemFact, readings: Mapping[str, float | None]) -> ItemFact:
    """Add R from the run's readings by item; a guide that was not read is our gap, too short a text is not."""
    if fact.item_id not in readings:
        return fact.model_copy(update={"unseen_facts": fact.unseen_facts | {"readability"}})
    score = readings[fact.item_id]
    return fact.model_copy(update={"readability": None if score is None else Decimal(str(score))})


def _unseen_facts(guide: Guide, *, audited: bool) -> Iterator[str]:
    """Name the facts that this source cannot show, as opposed to those that the guide leaves unsaid."""
    yield from (fact for fact, name in SOURCES.items() if not guide.measures(name))
    if guide.windows is None:
        yield "nearby"
    if not audited:
        yield from ("completeness", "accuracy")


def _not_shown(facts: Mapping[str, Any]) -> Iterator[str]:
    """Name the facts of which a guide cannot be silent: where they are ``None``, our source does not show them."""
    return (name for name, value in facts.items() if value is None)


def _not_understood(guide: Guide, facts: Mapping[str, Any]) -> Iterator[str]:
    """Name the facts of which the guide says something that we cannot read: our gap, while a blank is its own."""
    unread = {name: guide.text(SOURCES[name]) for name in (*WORDED, *LIMITS) if facts[name] is None}
    yield from (name for name in WORDED if is_filled(unread.get(name, "")))
    yield from (name for name in LIMITS if SPEAKS_OF_TIME.search(unread.get(name, "")))


def _visits(text: str) -> int | None:
    """Read "0", "1次"; a range such as "0-1次" is no number."""
    match = VISITS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(match[1]) if match else None


def _immediate(text: str) -> bool | None:
    """Say whether the guide calls it 即办件; a bare code and another word with 即办 in it are not understood."""
    if text == IMMEDIATE_ITEM:
        return True
    return None if not text or text.isdigit() or "即办" in text else False


def _given(guide: Guide, name: FieldName) -> bool | None:
    """Say whether a field is filled with more than a word for nothing; ``None`` where our source does not show it."""
    return is_filled(guide.text(name)) if guide.measures(name) else None


def _flag(guide: Guide, name: FieldName) -> bool | None:
    text = guide.text(name)
    if text in ("是", "支持", "1"):
        return True
    return False if text in ("否", "不支持", "0") else None


def _depth(text: str) -> int | None:
    plain = unicodedata.normalize("NFKC", text).upper().removesuffix("级").strip()
    return DEPTHS.get(plain)


def _situations(guide: Guide) -> int | None:
    """Count the situations that conditions and materials tell apart by number: 情形一, 情形二 …"""
    if guide.materials is None and not guide.measures(FieldName.CONDITION):
        return None
    told = [guide.text(FieldName.CONDITION), *(material.name for material in guide.materials or ())]
    return len({found for text in told for found in SITUATION.findall(text)})
