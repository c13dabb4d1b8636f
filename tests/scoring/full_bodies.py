"""One department and one county with everything handed in, and what every row is worth, worked out by hand."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from domain.facts import ProbeFact, UnitFacts
from domain.handed_list import ListEntry, ListKind
from domain.measure_name import MeasureName as M
from domain.unit import find_unit
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Targets
from scoring.indicators.online_offline_consistency import compared
from scoring.probing import (
    BOOKING_CALENDAR,
    KEYWORD_SEARCH,
    MOBILE_ENTRANCE,
    ONLINE_APPLICATION,
    ONLINE_ENTRANCE,
    THEME_SERVICE,
)

TARGETS = Targets(
    time_saving=Decimal("0.5"),
    promise_days=Decimal(20),
    immediate_share=Decimal(1),
    readability_calibrated=True,
    seal_uses=Decimal(100),
    person_users=Decimal("0.5"),
    legal_users=Decimal("0.8"),
    yst_users=Decimal("0.6"),
    active_users=Decimal("0.8"),
    evaluation_share=Decimal("0.2"),
)
Figures = Mapping[int, Mapping[str, Decimal]]
Worth = Mapping[int, tuple[int, Fraction]]


def figures(**given: float | str) -> dict[str, Decimal]:
    return {name: Decimal(str(value)) for name, value in given.items()}


def probes() -> list[ProbeFact]:
    """Everything that was tried works."""
    entrance = {M.ENTRANCE: "login_unified", M.ASKS_LOGIN: True, M.SINGLE_SIGN_ON: True}
    return [
        probe_result(KEYWORD_SEARCH, 1, measures={M.RANK: 1, M.FIRST_HIT_OPENS: True}),
        probe_result(ONLINE_APPLICATION, 1, measures={M.LOGIN_UNIFIED: True, M.SECOND_LOGIN: False}),
        probe_result(BOOKING_CALENDAR, 1, measures={M.SLOTS_PER_DAY: 3}),
        probe_result(ONLINE_ENTRANCE, 1, measures=entrance),
        probe_result(THEME_SERVICE, 2, measures={M.FOUND: True, M.USABLE: True}),
        probe_result(MOBILE_ENTRANCE, 1, measures={M.MOBILE_TRIED: 1, M.MOBILE_OPEN: 1}),
    ]


def full_body(unit: str, imported: Figures) -> UnitFacts:
    """Two guides, the second neither bookable nor instant; two national codes claimed, one of them published."""
    items = [
        measured_item(1, basic_code="A"),
        measured_item(2, basic_code="A", bookable=False, immediate=False),
    ]
    lists = {
        ListKind.CLAIMED_CODES: (ListEntry(key="A"), ListEntry(key="B")),
        ListKind.WIDE_USE: (ListEntry(key="code-1"), ListEntry(key="code-2")),
        ListKind.REGIONAL_DUE: (ListEntry(key="code-1"), ListEntry(key="code-2")),
        ListKind.OPEN_DATA: tuple(
            ListEntry(key=f"set-{number}", figures={"rows": 2000, "downloads": True, "current": True})
            for number in range(50)
        ),
    }
    manual = (compared(1, differing=0), compared(2, differing=0))
    made = body_facts(items, probes(), unit=find_unit(unit))
    return made.model_copy(update={"lists": lists, "manual": manual, "imported": imported})


SHARED = {
    "supervision": figures(matters_due=10, matters_covered=9, records=400, records_valid=300),
    "licences": figures(
        kinds_due=4,
        kinds_issued=2,
        certificates_issued=100,
        certificates_used=160,
        items_licence_due=5,
        items_licence_used=4,
    ),
    "seals": figures(seals_due=5, seals_made=4, seal_uses=30),
    "exempt": figures(
        items_needing_signature=4,
        items_signed_without_handwriting=3,
        items_needing_seal=2,
        items_without_paper_seal=1,
    ),
    "powers": figures(power_items_base=2, power_items_added_by_law=0),
    "themes": figures(themes_due=2),
    "mobile": figures(cases_all=120, cases_on_mobile=30),
    "group": figures(has_document=1, has_meeting=1, has_division=0, has_report=1),
    "accepted": figures(cases_accepted_all=300, cases_accepted_online=240),
    "on_time": figures(cases_finished=120, cases_in_time=114),
    "hotline": figures(orders=50, orders_in_time=45, faults=0, faults_in_time=0),
    "evaluation": figures(review_records=1000, review_records_late=100, review_cases=400, active_evaluations=40),
    "reviews": figures(bad_reviews=4, bad_reviews_put_right=3, reviews=200, good_reviews=196),
    "active": figures(yzy_activated=50, yzy_active=20),
}

DEPARTMENT_FIGURES: Figures = {
    1: figures(cases_accepted=200, cases_uploaded=150, cases_valid=120, fields_required=1000, fields_filled=900),
    2: figures(items_with_cases=1),
    3: figures(resources_catalogued=40, resources_hooked=30),
    4: figures(requests=8, requests_in_time=6),
    5: SHARED["supervision"],
    6: SHARED["licences"],
    7: SHARED["seals"],
    9: SHARED["exempt"],
    10: figures(cloud_resources=10, cloud_resources_in_band=7),
    17: SHARED["powers"],
    18: SHARED["themes"],
    19: SHARED["mobile"],
    24: SHARED["group"],
    25: figures(staff=100, yzy_registered=90, yzy_activated=45),
    26: SHARED["active"],
    30: SHARED["accepted"],
    32: SHARED["on_time"],
    39: SHARED["hotline"],
    40: SHARED["evaluation"],
    41: SHARED["reviews"],
    42: figures(judge_1=6, judge_2=7),
    43: figures(judge_1=1, judge_2=1),
    44: figures(judge_1=0, judge_2=0),
}
COUNTY_FIGURES: Figures = {
    1: figures(cases_expected=200, cases_uploaded=150),
    2: figures(items_with_cases=1),
    3: SHARED["supervision"],
    4: SHARED["licences"],
    5: SHARED["seals"],
    6: SHARED["exempt"],
    11: SHARED["powers"],
    12: SHARED["themes"],
    13: SHARED["mobile"],
    18: SHARED["group"],
    19: figures(residents=1000, persons=200),
    20: figures(market_entities=100, legal_persons=60),
    21: figures(market_entities=100, yst_entities=90),
    22: figures(posts=200, yzy_registered=150),
    23: SHARED["active"],
    27: SHARED["accepted"],
    29: SHARED["on_time"],
    36: SHARED["hotline"],
    37: SHARED["evaluation"],
    38: SHARED["reviews"],
    39: figures(judge_1=0, judge_2=0),
    40: figures(judge_1=2, judge_2=3),
    41: figures(judge_1=0, judge_2=0),
}

SUPERVISION = Fraction(1, 2) * Fraction(9, 10) + Fraction(1, 2) * Fraction(3, 4)
LICENCES = (Fraction(2, 4) + 1 + Fraction(4, 5)) / 3  # 160 uses of 100 certificates are full use
SEALS = Fraction(1, 2) * Fraction(4, 5) + Fraction(1, 2) * Fraction(30, 100)
EXEMPT = (1 + Fraction(3, 4) + Fraction(1, 2)) / 3  # no form was walked: that quarter leaves, the rest is re-scaled
THEMES = Fraction("0.4") * Fraction(1, 2) + Fraction("0.6")
MOBILE = Fraction("0.5") + Fraction("0.3") + Fraction("0.2") * Fraction(30, 120)
BOOKING = Fraction("0.7") * Fraction(1, 2) + Fraction("0.3")
EVALUATION = Fraction("0.6") * Fraction(9, 10) + Fraction("0.4") * Fraction(1, 2)  # 40 of 400 is half of the target
REVIEWS = Fraction(1, 2) * Fraction(3, 4) + Fraction(1, 2) * Fraction(8, 10)  # 0.98 lies at 0.8 between 0.9 and 1
ACTIVE = Fraction(20, 50) / Fraction("0.8")

# Row → (weight of the notice, s); rows of the user's side that are not named here are worth 1.
DEPARTMENT_WORTH: Worth = {
    1: (2, Fraction("0.4") * Fraction(3, 4) + Fraction("0.4") * Fraction(4, 5) + Fraction("0.2") * Fraction(9, 10)),
    2: (2, Fraction(1, 2)),
    3: (1, Fraction(3, 4)),
    4: (1, Fraction(3, 4)),
    5: (2, SUPERVISION),
    6: (3, LICENCES),
    7: (2, SEALS),
    8: (2, Fraction(1)),
    9: (4, EXEMPT),
    10: (2, Fraction(7, 10)),
    11: (2, Fraction(1)),
    12: (2, Fraction(1)),
    13: (3, Fraction(1)),
    14: (2, Fraction(1, 2)),
    15: (2, Fraction(1)),
    16: (2, Fraction(1)),
    17: (2, Fraction(0)),  # two power items, as many as at the base
    18: (5, THEMES),
    19: (3, MOBILE),
    20: (3, Fraction(1)),
    21: (3, Fraction(1)),
    22: (2, Fraction(1)),
    23: (2, Fraction(1)),
    24: (2, Fraction(3, 4)),
    25: (2, Fraction(1, 2) * Fraction(9, 10) + Fraction(1, 2) * Fraction(1, 2)),
    26: (2, ACTIVE),
    27: (2, BOOKING),
    28: (2, Fraction(1)),
    29: (2, Fraction(1)),
    30: (2, Fraction(4, 5)),
    31: (2, Fraction(1)),
    32: (2, Fraction(95, 100)),
    33: (2, Fraction(1)),
    34: (2, Fraction(1)),
    35: (2, Fraction(1)),
    36: (4, Fraction(1)),
    37: (4, Fraction(1)),
    38: (4, Fraction(1, 2)),
    39: (2, Fraction(9, 10)),  # without a fault the orders stand alone
    40: (5, EVALUATION),
    41: (3, REVIEWS),
}
COUNTY_WORTH: Worth = {
    1: (2, Fraction(3, 4)),
    2: (2, Fraction(1, 2)),
    3: (2, SUPERVISION),
    4: (3, LICENCES),
    5: (2, SEALS),
    6: (4, EXEMPT),
    7: (3, Fraction(1)),
    8: (2, Fraction(1, 2)),
    9: (2, Fraction(1)),
    10: (2, Fraction(1)),
    11: (2, Fraction(0)),
    12: (4, THEMES),
    13: (2, MOBILE),
    14: (3, Fraction(1)),
    15: (3, Fraction(1)),
    16: (2, Fraction(1)),
    17: (2, Fraction(1)),
    18: (2, Fraction(3, 4)),
    19: (2, Fraction(20, 100) / Fraction("0.5")),
    20: (2, Fraction(60, 100) / Fraction("0.8")),
    21: (2, Fraction(1)),  # 0.9 is above the target of 0.6
    22: (1, Fraction(3, 4)),
    23: (2, ACTIVE),
    24: (2, BOOKING),
    25: (2, Fraction(1)),
    26: (2, Fraction(1)),
    27: (2, Fraction(4, 5)),
    28: (2, Fraction(1)),
    29: (2, Fraction(95, 100)),
    30: (2, Fraction(1)),
    31: (2, Fraction(1)),
    32: (2, Fraction(1)),
    33: (6, Fraction(1)),
    34: (6, Fraction(1)),
    35: (6, Fraction(1, 2)),
    36: (2, Fraction(9, 10)),
    37: (7, EVALUATION),
    38: (2, REVIEWS),
}
