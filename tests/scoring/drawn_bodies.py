"""Random bodies for the property tests of scoring: guides, probes, people's checks, imports and lists of any kind."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.handed_list import ListEntry, ListKind
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from domain.spread import SampledShare
from domain.time_limit import LimitUnit, TimeLimit
from domain.unit import find_unit
from scoring.catalogue import indicator_table
from scoring.examples import body_facts, probe_result
from scoring.indicator import Targets
from scoring.probing import (
    BOOKING_CALENDAR,
    KEYWORD_SEARCH,
    MOBILE_ENTRANCE,
    OFFLINE_CONSISTENCY,
    ONLINE_APPLICATION,
    ONLINE_ENTRANCE,
    PORTAL_CONSISTENCY,
    SCORED_PORTAL,
    THEME_SERVICE,
)

TARGETS = Targets(
    time_saving=Decimal("0.6"),
    promise_days=Decimal(10),
    immediate_share=Decimal("0.5"),
    readability_calibrated=True,
)
PROBES = (
    KEYWORD_SEARCH,
    ONLINE_APPLICATION,
    BOOKING_CALENDAR,
    ONLINE_ENTRANCE,
    THEME_SERVICE,
    MOBILE_ENTRANCE,
    PORTAL_CONSISTENCY,
    "chatbot",
    "chatbot-controls",
)
MANUAL = (MOBILE_ENTRANCE, OFFLINE_CONSISTENCY)
CODES = tuple(f"4401000{number}0000" for number in range(6))
TASKS = tuple(f"task-{number}" for number in range(6))

maybe_flag = st.sampled_from([None, True, False])
few = st.none() | st.integers(0, 9)
shares = st.none() | st.sampled_from([0.0, 0.25, 1.0])
limits = st.none() | st.builds(TimeLimit, days=st.integers(0, 90).map(Decimal), unit=st.sampled_from(list(LimitUnit)))
FIGURES: dict[M, st.SearchStrategy[Any]] = {
    **dict.fromkeys((M.FIRST_HIT_OPENS, M.FINDABLE, M.LOGIN_UNIFIED, M.SECOND_LOGIN, M.FLAG_CONSISTENT), maybe_flag),
    **dict.fromkeys((M.ASKS_LOGIN, M.SINGLE_SIGN_ON, M.FOUND, M.USABLE, M.RETURNED_TO_ITEM), maybe_flag),
    **dict.fromkeys((M.NDCG_WORDED, M.HIT_AT_3_WORDED, M.ROBUSTNESS, M.ZERO_SHARE, M.WRONG_PLACE_SHARE), shares),
    **dict.fromkeys((M.DESK_ACCURACY, M.DESK_CONSISTENCY, M.DESK_IN_TURNS, M.DESK_IN_TIME), shares),
    **dict.fromkeys((M.DESK_CONTROLS_HELD,), shares),
    **dict.fromkeys((M.HITS, M.PAGES, M.PREFILLED, M.PREFILLABLE, M.DEAD_ENDS, M.SLOTS_PER_DAY), few),
    **dict.fromkeys((M.FIRST_FREE_DAYS, M.DESK_QUESTIONS, M.DESK_CONTROLS, M.MOBILE_APP_ONLY), few),
    M.RANK: st.none() | st.integers(1, 15),
    M.ENTRANCE: st.sampled_from([None, "form", "login_unified", "login_other", "download_only"]),
}
PAIRS = (
    (M.MOBILE_TRIED, M.MOBILE_OPEN),
    (M.CONDITIONS_COMPARED, M.CONDITIONS_DIFFERING),
    (M.MATERIALS_COMPARED, M.MATERIALS_DIFFERING),
)
"""Figures of which the second is a part of the first."""


def share_of_some(draw: st.DrawFn, most: int) -> tuple[int, int] | None:
    """Draw (part, whole) or nothing."""
    whole = draw(st.integers(0, most))
    return draw(st.none() | st.tuples(st.integers(0, whole), st.just(whole)))


@st.composite
def guides(draw: st.DrawFn, number: int) -> ItemFact:
    completeness = share_of_some(draw, 17)
    return ItemFact(
        item_id=f"item-{number}",
        code=f"code-{number}",
        outcome=draw(st.sampled_from([GuideOutcome.MEASURED] * 8 + [GuideOutcome.ABSENT, GuideOutcome.NOT_MEASURED])),
        item_type_code=draw(st.sampled_from(["01", "02", "07", "21", ""])),
        task_code=draw(st.sampled_from(TASKS)),
        basic_code=draw(st.sampled_from(["", *CODES])),
        national_code=draw(st.sampled_from(["", *CODES])),
        handling_item=draw(maybe_flag),
        promise=draw(limits),
        legal=draw(limits),
        visits=draw(st.none() | st.integers(0, 3)),
        immediate=draw(maybe_flag),
        online=draw(maybe_flag),
        online_depth=draw(st.none() | st.integers(1, 4)),
        bookable=draw(maybe_flag),
        in_hall=draw(maybe_flag),
        hall_window=draw(maybe_flag),
        comprehensive_window=draw(maybe_flag),
        nearby=draw(maybe_flag),
        across_regions=draw(maybe_flag),
        paper_only_material=draw(maybe_flag),
        exempt_materials=share_of_some(draw, 3),
        e_licence=draw(maybe_flag),
        standard=share_of_some(draw, 3),
        situations=draw(st.none() | st.integers(0, 3)),
        phone_address=draw(maybe_flag),
        completeness=None if completeness is None else (Decimal(completeness[0]), completeness[1]),
        readability=draw(st.sampled_from([None, Decimal("0.35"), Decimal(1)])),
        accuracy=share_of_some(draw, 10),
    )


@st.composite
def results(
    draw: st.DrawFn, number: int, probe_ids: tuple[str, ...] = PROBES, outcomes: tuple[Outcome, ...] = tuple(Outcome)
) -> ProbeFact:
    figures: dict[M, Any] = {
        name: draw(FIGURES[name]) for name in draw(st.sets(st.sampled_from(sorted(FIGURES)), max_size=8))
    }
    for whole, part in draw(st.sets(st.sampled_from(PAIRS))):
        figures[whole] = draw(st.integers(0, 3))
        figures[part] = draw(st.integers(0, figures[whole]))
    probe_id, outcome = draw(st.sampled_from(probe_ids)), draw(st.sampled_from(list(outcomes)))
    portal = "counter" if probe_ids == MANUAL else SCORED_PORTAL
    return probe_result(probe_id, number, outcome, portal, measures=figures)


@st.composite
def samples(draw: st.DrawFn) -> SampledShare:
    population = draw(st.integers(1, 30))
    sampled = draw(st.integers(1, population))
    confirmed = draw(st.integers(0, sampled))
    return SampledShare(
        name="consistency", confirmed=confirmed, sampled=sampled, population=population, enough=draw(st.booleans())
    )


@st.composite
def lists(draw: st.DrawFn) -> dict[ListKind, tuple[ListEntry, ...]]:
    keys = {
        ListKind.CLAIMED_CODES: CODES,
        ListKind.WIDE_USE: TASKS,
        ListKind.REGIONAL_DUE: TASKS,
    }
    found = {
        kind: tuple(ListEntry(key=key) for key in sorted(draw(st.sets(st.sampled_from(keys[kind]), min_size=1))))
        for kind in draw(st.sets(st.sampled_from(sorted(keys))))
    }
    if draw(st.booleans()):
        found[ListKind.OPEN_DATA] = tuple(draw(data_set(number)) for number in range(draw(st.integers(0, 3))))
    return found


@st.composite
def data_set(draw: st.DrawFn, number: int) -> ListEntry:
    rows = draw(st.integers(0, 5000))
    figures = {"rows": rows, "downloads": draw(st.booleans()), "current": draw(maybe_flag)}
    return ListEntry(key=f"data-{number}", figures=figures)


@st.composite
def bodies(draw: st.DrawFn, unit: str = "dept-05") -> UnitFacts:
    items = [draw(guides(number)) for number in range(draw(st.integers(0, 5)))]
    probes = [draw(results(number)) for number in range(draw(st.integers(0, 5)))]
    manual = [draw(results(number, MANUAL)) for number in range(draw(st.integers(0, 2)))]
    facts = body_facts(items, probes, unit=find_unit(unit))
    short = draw(st.integers(0, 2))
    rows = st.sampled_from([row.no for row in indicator_table(facts.unit.table).rows])
    return facts.model_copy(
        update={
            "listed": len(items) + short,
            "listing_whole": short == 0,
            "manual": tuple(manual),
            "samples": draw(st.dictionaries(rows, samples(), max_size=3)),
            "imported": draw(imported(facts)),
            "lists": draw(lists()),
            "earlier": draw(st.sampled_from([{}, {"power_items": Decimal(4)}])),
        }
    )


@st.composite
def imported(draw: st.DrawFn, facts: UnitFacts) -> dict[int, dict[str, Decimal]]:
    """Draw the figures of some rows within their bounds."""
    rows = [row for row in indicator_table(facts.unit.table).rows if row.figures]
    found: dict[int, dict[str, Decimal]] = {}
    for row in draw(st.lists(st.sampled_from(rows), max_size=4, unique_by=lambda row: row.no)):
        given: dict[str, Decimal] = {}
        for figure in sorted(row.figures, key=lambda figure: bool(figure.at_most)):
            bound = given.get(figure.at_most or "", figure.max)
            most = 100 if bound is None else int(bound)
            given[figure.id] = Decimal(draw(st.integers(min(int(figure.min), most), most)))
        found[row.no] = given
    return found
