"""A judgement is taken over only while nothing has changed that it rests on."""

from datetime import UTC, date, datetime

import pytest

from crawler.judging_basis import days_to_come, judging_basis
from crawler.rules.example_guide import good_guide
from domain.dossier import Dossier
from domain.guide import Field, Guide
from domain.guide_fields import FieldName, FieldState
from domain.peers import Peers

MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


def guide(text: str = "", **changes: object) -> Guide:
    plain = good_guide()
    condition = Field(raw=text, value=text, state=FieldState.OK)
    fields = {**plain.fields, FieldName.CONDITION: condition}
    return plain.model_copy(update={"fields": fields, "captured_at": MONDAY, **changes})


def basis(of: Guide) -> str:
    return judging_basis(Dossier(guide=of))


def test_the_next_night_rests_on_the_same() -> None:
    past = "本办法自2019年3月1日起施行，2026年6月修订"
    assert basis(guide(past)) == basis(guide(past, captured_at=TUESDAY))


@pytest.mark.parametrize("text", ["有效期至2026年11月23日", "2026-11-24", "自2026.11.24起", "试行至2026年11月23日止"])
def test_a_day_that_comes_or_goes_is_judged_anew(text: str) -> None:
    assert basis(guide(text)) != basis(guide(text, captured_at=TUESDAY))


def test_the_turn_of_the_year_is_a_new_day_for_a_year_alone() -> None:
    eve, new_year = datetime(2026, 12, 31, 1, tzinfo=UTC), datetime(2027, 1, 1, 1, tzinfo=UTC)
    for text in ("试行至2026年", "国发〔2027〕5号"):
        assert basis(guide(text, captured_at=eve)) != basis(guide(text, captured_at=new_year)), text
        assert basis(guide(text)) == basis(guide(text, captured_at=eve)), text


@pytest.mark.parametrize(
    "changes",
    [
        {"parser": "gdzwfw-item/99"},
        {"listed_title": "另一个名称"},
        {"url": "https://x/"},
        {"code": "2"},
        {"unit": "county-1"},
    ],
)
def test_what_the_listing_and_the_parser_say_counts(changes: dict[str, object]) -> None:
    assert basis(guide()) != basis(guide(**changes))


def test_surroundings_and_hidden_fields_count() -> None:
    plain = guide("x")
    assert judging_basis(Dossier(guide=plain)) != judging_basis(Dossier(guide=plain, peers=Peers()))
    blank = guide("")
    assert basis(blank) != basis(blank.without(frozenset({FieldName.CONDITION})))


def test_days_to_come_are_named_once_and_numbers_are_no_days() -> None:
    text = "2027年1月1日、2027-01-01；电话0662-2027123，编号20271301，2026年13月，2026年2月30日"
    found = days_to_come(guide(text), date(2026, 11, 23))
    assert "2027-01-01/2027-01-01 ahead" in found
    assert not any("-13-" in name or "02-30" in name for name in found)
