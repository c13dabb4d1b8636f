"""From a parsed guide and its audit to the facts that scoring reads; nothing is guessed where the guide is silent."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from crawler.checkpoints import accuracy, completeness
from domain.crawl import GuideOutcome, GuideVisit
from domain.facts import ItemFact
from domain.finding import Audit, RuleSet
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.time_limit import parse_time_limit
from engine.material_facts import count_exempt, has_e_licence, has_paper_only, has_whole_forms
from engine.place_facts import names_comprehensive_window, serves_across_regions, serves_nearby, stands_in_hall
from engine.standard_facts import count_standard

IMMEDIATE_ITEM = "即办件"
PACKAGE = "package"
DEPTHS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
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
    "paper_only_material": FieldName.MATERIALS,
}
"""Fact → the guide's field that it is read from."""


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
        "standard": count_standard(audit, rule_set) if audit and rule_set else None,
    }
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
        handling_item=bool(guide.text(FieldName.HANDLING_CODE)) if guide.measures(FieldName.HANDLING_CODE) else None,
        promise=parse_time_limit(guide.text(FieldName.PROMISE_LIMIT)),
        legal=parse_time_limit(guide.text(FieldName.LEGAL_LIMIT)),
        visits=_visits(guide.text(FieldName.VISITS)),
        immediate=_immediate(guide.text(FieldName.HANDLING_TYPE)),
        online=_flag(guide, FieldName.ONLINE),
        online_depth=_depth(guide.text(FieldName.ONLINE_DEPTH)),
        bookable=_flag(guide, FieldName.BOOKABLE),
        in_hall=_flag(guide, FieldName.IN_HALL),
        nearby=serves_nearby(guide),
        paper_only_material=has_paper_only(guide.materials),
        forms_complete=has_whole_forms(guide.materials),
        situations=_situations(guide),
        phone_address=bool(guide.text(FieldName.MOBILE_URL)) if guide.measures(FieldName.MOBILE_URL) else None,
        completeness=judged[0],
        accuracy=judged[1],
        unseen_facts=frozenset((*_unseen_facts(guide, audited=judged[0] is not None), *_not_shown(shown))),
        **shown,
    )


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


def _visits(text: str) -> int | None:
    match = re.match(r"\d+", unicodedata.normalize("NFKC", text))
    return int(match[0]) if match else None


def _immediate(text: str) -> bool | None:
    if text == IMMEDIATE_ITEM:
        return True
    return False if text else None


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
