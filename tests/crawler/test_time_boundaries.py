"""Time limits and opening hours at their edges: each word alone, the last time allowed and the first that is not.

Expectations come from the calendar, the clock and GB/T 39046 Annex A.6 (即办件 and 承诺件).
"""

from decimal import Decimal

import pytest

from crawler.rules.example_guide import example
from crawler.rules.limits import NONE_SET, check_immediate, check_promise, check_steps
from crawler.rules.opening_hours import is_round_the_clock, is_weekend_only, read_hours
from crawler.rules.rule import judge, rules
from domain.dossier import Dossier
from domain.guide import FlowStep
from domain.guide_fields import FieldName
from domain.outcome import Outcome
from domain.time_limit import LimitUnit, parse_time_limit

PASS, FAIL, NOT_APPLICABLE = Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("24小时", 1),
        ("12小时", Decimal("0.5")),
        ("2周", 14),
        ("3日", 3),
        ("3个日历日", 3),
        ("1.5天", Decimal("1.5")),
        ("1.25天", Decimal("1.25")),
        ("10 (自然日)", 10),
    ],
)
def test_other_units_are_calendar_days(text: str, days: Decimal) -> None:
    limit = parse_time_limit(text)
    assert limit is not None
    assert (round(limit.days, 9), limit.unit) == (days, LimitUnit.CALENDAR)


@pytest.mark.parametrize(
    ("text", "least", "most"), [("1个月", 28, 31), ("2月", 59, 62), ("1年", 365, 366), ("2 年", 730, 731)]
)
def test_months_and_years_are_as_long_as_the_calendar_has_them(text: str, least: int, most: int) -> None:
    limit = parse_time_limit(text)
    assert limit is not None
    assert least <= limit.days <= most


@pytest.mark.parametrize("text", ["当场办结", "即时", "即办", "当日办结", "立等可取", "马上办"])
def test_on_the_spot_is_no_day(text: str) -> None:
    limit = parse_time_limit(text)
    assert limit is not None
    assert limit.days == limit.working_days == 0


def test_a_stated_number_counts_more_than_the_word_at_once() -> None:
    limit = parse_time_limit("即办件，5个工作日内办结")
    assert limit is not None
    assert limit.days == 5


@pytest.mark.parametrize("word", NONE_SET)
def test_a_limit_that_the_law_does_not_set_is_no_fault(word: str) -> None:
    verdict = judge(rules.get("limit.legal-unit"), Dossier(guide=example({FieldName.LEGAL_LIMIT: f"{word}时限"})()))
    assert verdict.outcome is NOT_APPLICABLE


@pytest.mark.parametrize("text", ["", "无", "/"])
@pytest.mark.parametrize(("slug", "name"), [("legal", FieldName.LEGAL_LIMIT), ("promise", FieldName.PROMISE_LIMIT)])
def test_a_blank_limit_is_no_malformed_limit(slug: str, name: FieldName, text: str) -> None:
    verdict = judge(rules.get(f"limit.{slug}-unit"), Dossier(guide=example({name: text})()))
    assert verdict.outcome is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("kind", "promise", "outcome"),
    [
        ("即办件", "8小时", PASS),
        ("即办件", "25小时", FAIL),
        ("其他", "10(工作日)", NOT_APPLICABLE),
        ("其他", "当场", NOT_APPLICABLE),
        ("承诺件", "", NOT_APPLICABLE),
        ("承诺件", "4小时", PASS),
    ],
)
def test_only_the_two_kinds_are_held_to_their_limit(kind: str, promise: str, outcome: Outcome) -> None:
    guide = example({FieldName.HANDLING_TYPE: kind, FieldName.PROMISE_LIMIT: promise})()
    assert check_immediate(guide).outcome is outcome


def test_a_promise_without_a_legal_limit_breaks_none() -> None:
    guide = example({FieldName.PROMISE_LIMIT: "5(工作日)", FieldName.LEGAL_LIMIT: "无"})()
    assert check_promise(guide).outcome is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("limits", "promise", "outcome"),
    [
        (("1(工作日)", "2(工作日)"), "3(工作日)", PASS),
        (("1(工作日)", "2.5(工作日)"), "3(工作日)", FAIL),
        (("2(工作日)", "2(工作日)"), "3(工作日)", FAIL),
        (("7(自然日)",), "4(工作日)", PASS),  # five working days in the mean; one day is within the conversion
        (("7(自然日)",), "3(工作日)", FAIL),
        (("5(工作日)", ""), "3(工作日)", NOT_APPLICABLE),
        (("5(工作日)",), "无", NOT_APPLICABLE),
        ((), "3(工作日)", NOT_APPLICABLE),
    ],
)
def test_steps_against_the_promise(limits: tuple[str, ...], promise: str, outcome: Outcome) -> None:
    steps = tuple(FlowStep(name="受理", limit=limit) for limit in limits)
    assert check_steps(example({FieldName.PROMISE_LIMIT: promise}, steps=steps)()).outcome is outcome


def minutes_of(text: str) -> list[tuple[int, int, str]]:
    return [(one.begins, one.ends, one.fault) for one in read_hours(text)]


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("8:30-5:30", 510, 1050),
        ("9:00-1:00", 540, 780),
        ("上午8点半至12点", 510, 720),
        ("下午2点半至5点半", 870, 1050),
        ("晚上7:00-9:00", 1140, 1260),
        ("晚7时至9时", 1140, 1260),
        ("夜间7:00-9:30", 1140, 1290),
        ("下午12:00-下午5:00", 720, 1020),
        ("早上8.30－11.45", 510, 705),
        ("早8:30——12:00", 510, 720),
        ("8:30～24:00", 510, 1440),
        ("8·30-11·45", 510, 705),
        ("中午12:00-14:05", 720, 845),
        ("８：３０－１２：００", 510, 720),
        ("0:00-9:59", 0, 599),
    ],
)
def test_a_range_is_what_the_clock_says(text: str, begins: int, ends: int) -> None:
    assert minutes_of(text) == [(begins, ends, "")]


@pytest.mark.parametrize("text", ["8:30-24:01", "8:30-24:30", "8:30-25:00", "25:00-8:30", "下午13:30-下午25:00"])
def test_times_after_midnight_are_no_times(text: str) -> None:
    assert [bool(fault) for _, _, fault in minutes_of(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "20:00-8:00",
        "22:00-次日6:00",
        "19:00-第二天7:00",
        "18:00-翌日8:00",
        "18:00-凌晨2:00",
        "值班：18:00-13:00",
        "急诊18:00-13:00",
    ],
)
def test_who_works_at_night_may_close_on_the_next_day(text: str) -> None:
    assert [fault for _, _, fault in minutes_of(text)] == [""]


@pytest.mark.parametrize("text", ["17:30-14:30", "19:59-12:00", "14:30-14:30", "下午5:30-下午2:30", "15:00-上午11:00"])
def test_an_end_before_the_beginning_is_a_fault(text: str) -> None:
    assert [bool(fault) for _, _, fault in minutes_of(text)] == [True]


def test_two_ranges_are_two() -> None:
    assert minutes_of("上午8：30-12：00，下午14：30-17：30") == [(510, 720, ""), (870, 1050, "")]


@pytest.mark.parametrize(
    "text", ["24小时", "２４ 小时自助", "全天", "全年无休", "二十四小时", "00:00-24:00", "00:00至23:59"]
)
def test_places_that_never_close(text: str) -> None:
    assert is_round_the_clock(text)


@pytest.mark.parametrize("text", ["8:30-12:00", "周一至周五", "2小时内", "00:00-12:00"])
def test_places_that_close(text: str) -> None:
    assert not is_round_the_clock(text)


@pytest.mark.parametrize(
    "text",
    [
        "周六9:00-12:00",
        "周六、周日",
        "星期六",
        "星期天",
        "礼拜日",
        "周末",
        "双休日",
        "节假日",
        "星期六至星期日",
        "工作日除外",
        "周一至周五不办公",
        "星期一至星期五 休息",
        "周一到五不开放",
        "工作日不办理",
        "周一至周五闭馆",
    ],
)
def test_weekends_only(text: str) -> None:
    assert is_weekend_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8:30-12:00",
        "周一至周五",
        "星期一至星期日",
        "周1至周7",
        "一至六",
        "一至五及周六",
        "一-周六",
        "一到星期天",
        "一 至 周六",
        "1—礼拜日",
        "一~周日",
        "周一~周六",
        "周三、周六",
        "工作日及周六",
        "每天（含周末）",
        "每日，节假日照常",
        "周六日照常上班",
        "节假日除外",
        "双休日除外",
        "周末休息",
        "法定节假日休息",
        "礼拜二和礼拜六",
        "周日除外",
        "周一到周天",
        "星期一—星期六",
        "周5至周6",
    ],
)
def test_not_weekends_only(text: str) -> None:
    assert not is_weekend_only(text)
