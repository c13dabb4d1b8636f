"""From a parsed guide and its audit to the facts that scoring reads; nothing is guessed where the guide is silent."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal

from crawler.checkpoints import accuracy, completeness
from crawler.rules.completeness_materials import state_of_files
from domain.crawl import GuideOutcome, GuideVisit
from domain.facts import ItemFact
from domain.finding import Audit, RuleSet
from domain.guide import Guide, Material
from domain.guide_fields import FieldName, FieldState, MaterialPart
from domain.time_limit import parse_time_limit

IMMEDIATE_ITEM = "即办件"
PACKAGE = "package"
DEPTHS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
PAPER_ONLY = frozenset({"1", "纸质"})
NECESSARY = frozenset({"1", "必要"})
EXEMPT = frozenset({"1", "是"})
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
    "paper_only_material": FieldName.MATERIALS,
}
"""Fact → the guide's field that it is read from."""


def unseen_item(visit: GuideVisit) -> ItemFact:
    """Return the fact of an item whose guide was not measured or is absent."""
    return ItemFact(item_id=visit.item_id, code=visit.code, outcome=visit.outcome)


def item_fact(guide: Guide, audit: Audit | None, rule_set: RuleSet | None) -> ItemFact:
    """Return the facts of a measured guide."""
    judged = (completeness(audit, rule_set), accuracy(audit, rule_set)) if audit and rule_set else (None, None)
    return ItemFact(
        item_id=guide.item_id,
        code=guide.code,
        outcome=GuideOutcome.MEASURED,
        package=guide.kind == PACKAGE,
        item_type_code=guide.item_type_code,
        basic_code=guide.text(FieldName.BASIC_CODE),
        promise=parse_time_limit(guide.text(FieldName.PROMISE_LIMIT)),
        legal=parse_time_limit(guide.text(FieldName.LEGAL_LIMIT)),
        visits=_visits(guide.text(FieldName.VISITS)),
        immediate=_immediate(guide.text(FieldName.HANDLING_TYPE)),
        online=_flag(guide, FieldName.ONLINE),
        online_depth=_depth(guide.text(FieldName.ONLINE_DEPTH)),
        bookable=_flag(guide, FieldName.BOOKABLE),
        in_hall=_flag(guide, FieldName.IN_HALL),
        paper_only_material=_paper_only(guide.materials),
        forms_complete=_forms_complete(guide.materials),
        situations=_situations(guide),
        phone_address=bool(guide.text(FieldName.MOBILE_URL)) if guide.measures(FieldName.MOBILE_URL) else None,
        completeness=judged[0],
        accuracy=judged[1],
        unseen_facts=frozenset(_unseen_facts(guide, audited=judged[0] is not None)),
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
    if not audited:
        yield from ("completeness", "accuracy")


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


def _paper_only(materials: tuple[Material, ...] | None) -> bool | None:
    if materials is None:
        return None
    return any(
        material.medium in PAPER_ONLY and material.necessity in NECESSARY and material.exempt not in EXEMPT
        for material in materials
    )


def _forms_complete(materials: tuple[Material, ...] | None) -> bool | None:
    """Say whether every form has a blank and a sample; ``None`` without forms or where the source shows no files."""
    if materials is None:
        return None
    states = [
        state_of_files(material, part) for material in materials for part in (MaterialPart.FORMS, MaterialPart.SAMPLES)
    ]
    if FieldState.NOT_MEASURED in states or not set(states) - {FieldState.NOT_APPLICABLE}:
        return None
    return FieldState.BLANK not in states


def _situations(guide: Guide) -> int | None:
    """Count the situations that conditions and materials tell apart by number: 情形一, 情形二 …"""
    if guide.materials is None and not guide.measures(FieldName.CONDITION):
        return None
    told = [guide.text(FieldName.CONDITION), *(material.name for material in guide.materials or ())]
    return len({found for text in told for found in SITUATION.findall(text)})
