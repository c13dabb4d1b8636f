"""Random bodies for the property tests of scoring: guides, probes, people's checks, imports and lists of any kind.

Hypothesis draws one number and the rest follows from it: drawing every field by itself would take most of the time.
"""

import random
from decimal import Decimal
from functools import partial
from typing import Any

from hypothesis import strategies as st

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.handed_list import ListEntry, ListKind
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from domain.spread import SampledShare
from domain.time_limit import LimitUnit, TimeLimit
from domain.unit import Table, find_unit
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

FLAGS = (None, True, False)
SHARES = (None, 0.0, 0.25, 1.0)
FEW = (None, *range(10))
FIGURES: dict[M, tuple[Any, ...]] = {
    **dict.fromkeys((M.FIRST_HIT_OPENS, M.FINDABLE, M.LOGIN_UNIFIED, M.SECOND_LOGIN, M.FLAG_CONSISTENT), FLAGS),
    **dict.fromkeys((M.ASKS_LOGIN, M.SINGLE_SIGN_ON, M.FOUND, M.USABLE, M.RETURNED_TO_ITEM), FLAGS),
    **dict.fromkeys((M.NDCG_WORDED, M.HIT_AT_3_WORDED, M.ROBUSTNESS, M.ZERO_SHARE, M.WRONG_PLACE_SHARE), SHARES),
    **dict.fromkeys((M.DESK_ACCURACY, M.DESK_CONSISTENCY, M.DESK_IN_TURNS, M.DESK_IN_TIME), SHARES),
    **dict.fromkeys((M.DESK_CONTROLS_HELD,), SHARES),
    **dict.fromkeys((M.HITS, M.PAGES, M.PREFILLED, M.PREFILLABLE, M.DEAD_ENDS, M.SLOTS_PER_DAY), FEW),
    **dict.fromkeys((M.FIRST_FREE_DAYS, M.DESK_QUESTIONS, M.DESK_CONTROLS, M.MOBILE_APP_ONLY), FEW),
    M.RANK: (None, *range(1, 16)),
    M.ENTRANCE: (None, "form", "login_unified", "login_other", "download_only"),
}
PAIRS = (
    (M.MOBILE_TRIED, M.MOBILE_OPEN),
    (M.CONDITIONS_COMPARED, M.CONDITIONS_DIFFERING),
    (M.MATERIALS_COMPARED, M.MATERIALS_DIFFERING),
)
"""Figures of which the second is a part of the first."""


def part_of(rng: random.Random, most: int) -> tuple[int, int] | None:
    """Draw (part, whole) or nothing."""
    whole = rng.randint(0, most)
    return rng.choice((None, (rng.randint(0, whole), whole)))


def make_limit(rng: random.Random) -> TimeLimit | None:
    limit = TimeLimit(days=Decimal(rng.randint(0, 90)), unit=rng.choice(list(LimitUnit)))
    return rng.choice((None, limit))


def make_guide(rng: random.Random, number: int) -> ItemFact:
    completeness = part_of(rng, 17)
    flags = ("handling_item", "immediate", "online", "bookable", "in_hall", "hall_window", "comprehensive_window")
    more = ("nearby", "across_regions", "paper_only_material", "e_licence", "phone_address")
    known: dict[str, Any] = {name: rng.choice(FLAGS) for name in (*flags, *more)}
    return ItemFact(
        item_id=f"item-{number}",
        code=f"code-{number}",
        outcome=rng.choice([GuideOutcome.MEASURED] * 8 + [GuideOutcome.ABSENT, GuideOutcome.NOT_MEASURED]),
        item_type_code=rng.choice(["01", "02", "07", "21", ""]),
        task_code=rng.choice(TASKS),
        basic_code=rng.choice(["", *CODES]),
        national_code=rng.choice(["", *CODES]),
        promise=make_limit(rng),
        legal=make_limit(rng),
        visits=rng.choice((None, 0, 1, 2, 3)),
        online_depth=rng.choice((None, 1, 2, 3, 4)),
        exempt_materials=part_of(rng, 3),
        standard=part_of(rng, 3),
        situations=rng.choice((None, 0, 1, 2, 3)),
        completeness=None if completeness is None else (Decimal(completeness[0]), completeness[1]),
        readability=rng.choice([None, Decimal("0.35"), Decimal(1)]),
        accuracy=part_of(rng, 10),
        **known,
    )


def make_result(
    rng: random.Random, number: int, probe_ids: tuple[str, ...], outcomes: tuple[Outcome, ...]
) -> ProbeFact:
    figures: dict[M, Any] = {
        name: rng.choice(FIGURES[name]) for name in rng.sample(sorted(FIGURES), rng.randint(0, len(FIGURES)))
    }
    for whole, part in rng.sample(PAIRS, rng.randint(0, len(PAIRS))):
        figures[whole] = rng.randint(0, 3)
        figures[part] = rng.randint(0, figures[whole])
    portal = "counter" if probe_ids == MANUAL else SCORED_PORTAL
    return probe_result(rng.choice(probe_ids), number, rng.choice(outcomes), portal, measures=figures)


def make_sample(rng: random.Random) -> SampledShare:
    population = rng.randint(1, 30)
    sampled = rng.randint(1, population)
    return SampledShare(
        name="consistency",
        confirmed=rng.randint(0, sampled),
        sampled=sampled,
        population=population,
        enough=rng.choice((True, False)),
    )


def make_lists(rng: random.Random) -> dict[ListKind, tuple[ListEntry, ...]]:
    keys = {ListKind.CLAIMED_CODES: CODES, ListKind.WIDE_USE: TASKS, ListKind.REGIONAL_DUE: TASKS}
    found = {
        kind: tuple(ListEntry(key=key) for key in sorted(rng.sample(keys[kind], rng.randint(1, 4))))
        for kind in rng.sample(sorted(keys), rng.randint(0, 3))
    }
    if rng.choice((True, False)):
        found[ListKind.OPEN_DATA] = tuple(make_data_set(rng, number) for number in range(rng.randint(0, 3)))
    return found


def make_data_set(rng: random.Random, number: int) -> ListEntry:
    figures = {"rows": rng.randint(0, 5000), "downloads": rng.choice((True, False)), "current": rng.choice(FLAGS)}
    return ListEntry(key=f"data-{number}", figures=figures)


def make_imported(rng: random.Random, table: Table) -> dict[int, dict[str, Decimal]]:
    """Draw the figures of some rows within their bounds."""
    rows = [row for row in indicator_table(table).rows if row.figures]
    found: dict[int, dict[str, Decimal]] = {}
    for row in rng.sample(rows, rng.randint(0, len(rows))):
        given: dict[str, Decimal] = {}
        for figure in sorted(row.figures, key=lambda figure: bool(figure.at_most)):
            bound = given.get(figure.at_most or "", figure.max)
            most = 100 if bound is None else int(bound)
            given[figure.id] = Decimal(rng.randint(min(int(figure.min), most), most))
        found[row.no] = given
    return found


def make_body(unit: str, seed: int) -> UnitFacts:
    """Make the body of a number: none, some or five guides and probes, and anything that people handed in."""
    rng = random.Random(seed)
    items = [make_guide(rng, number) for number in range(rng.randint(0, 5))]
    probes = [make_result(rng, number, PROBES, tuple(Outcome)) for number in range(rng.randint(0, 8))]
    manual = [make_result(rng, number, MANUAL, tuple(Outcome)) for number in range(rng.randint(0, 2))]
    facts = body_facts(items, probes, unit=find_unit(unit))
    rows = [row.no for row in indicator_table(facts.unit.table).rows]
    short = rng.choice((0, 0, 1, 2))
    return facts.model_copy(
        update={
            "listed": len(items) + short,
            "listing_whole": short == 0,
            "manual": tuple(manual),
            "samples": {row: make_sample(rng) for row in rng.sample(rows, rng.randint(0, 12))},
            "imported": make_imported(rng, facts.unit.table),
            "lists": make_lists(rng),
            "earlier": rng.choice(({}, {"power_items": Decimal(4)})),
        }
    )


def bodies(unit: str) -> st.SearchStrategy[UnitFacts]:
    """Bodies of one unit; the number that makes one is small where a failure can be told by a small one."""
    return st.integers(0, 2**32).map(partial(make_body, unit))


def results(
    number: int, probe_ids: tuple[str, ...] = PROBES, outcomes: tuple[Outcome, ...] = tuple(Outcome)
) -> st.SearchStrategy[ProbeFact]:
    """Results of probes, or of people where ``probe_ids`` are theirs."""
    return st.integers(0, 2**32).map(lambda seed: make_result(random.Random(seed), number, probe_ids, outcomes))
