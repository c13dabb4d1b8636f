"""A census sorts thirty thousand items once for many rows; here each row sorts them for itself, item by item."""

import random
from collections.abc import Callable, Iterator

import pytest

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, UnitFacts
from domain.item_type import GUANGDONG_ITEM_TYPES, is_application, is_power
from scoring.census import Member, any_type, application_or_public, take_census
from scoring.examples import body_facts
from tests.scoring.drawn_bodies import make_guide

FACTS = ("visits", "online", "standard", "readability")
PLACES = ("seen", "silent", "absent", "unseen")


def place_of(
    item: ItemFact, member: Member, known: Callable[[ItemFact], bool], fact: str, silence_is_no: bool
) -> str | None:
    """Say where methodology.md §3.2 puts one item of a row; ``None``: in no population of the row."""
    type_known = member is any_type or item.item_type_code in GUANGDONG_ITEM_TYPES
    if item.package or (type_known and not member(item.item_type_code)):
        return None
    if item.outcome is GuideOutcome.ABSENT:
        return "absent" if type_known else None
    if not type_known or item.outcome is not GuideOutcome.MEASURED:
        return "unseen"
    if known(item):
        return "seen"
    if fact in item.unseen_facts:
        return "unseen"
    return "seen" if silence_is_no else "silent"


def drawn_items(seed: int) -> Iterator[ItemFact]:
    rng = random.Random(seed)
    for number in range(rng.choice((0, 3, 40))):
        item = make_guide(rng, number)
        hidden = frozenset(fact for fact in FACTS if getattr(item, fact) is None and rng.random() < 0.5)
        yield item.model_copy(update={"unseen_facts": hidden, "package": rng.random() < 0.1})


@pytest.mark.parametrize("seed", range(30))
def test_every_item_stands_where_it_would_stand_alone(seed: int) -> None:
    facts = body_facts(list(drawn_items(seed)), [])
    again = UnitFacts.model_validate(facts.model_dump() | {"items": facts.items[::-1]})  # other items in their place
    for body in (facts, again, facts):
        for member in (any_type, is_application, is_power, application_or_public):
            for fact in FACTS:
                for silence_is_no in (True, False):
                    compare(body, member, fact, silence_is_no)


def compare(body: UnitFacts, member: Member, fact: str, silence_is_no: bool) -> None:
    def known(item: ItemFact) -> bool:
        return getattr(item, fact) is not None

    census = take_census(body, member=member, known=known, needs=(fact,), silence_is_no=silence_is_no)
    alone: dict[str, list[str]] = {place: [] for place in PLACES}
    for item in body.items:
        place = place_of(item, member, known, fact, silence_is_no)
        if place is not None:
            alone[place].append(item.item_id)
    for place in PLACES:
        assert sorted(item.item_id for item in getattr(census, place)) == sorted(alone[place])
    assert list(census.inputs) == alone["seen"]
    assert sorted(census.excluded) == sorted(alone["unseen"] + alone["silent"] + alone["absent"])
