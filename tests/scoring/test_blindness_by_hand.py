"""What nobody could see is neither a fault of the body nor its merit: small bodies worked out by hand."""

from decimal import Decimal

import pytest

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.handed_list import ListEntry, ListKind
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Measurement, Targets, indicators
from scoring.item_codes import basic_code_of, codes_of, task_code_of, type_code_of
from scoring.probing import (
    BOOKING_CALENDAR,
    OFFLINE_CONSISTENCY,
    ONLINE_APPLICATION,
    ONLINE_ENTRANCE,
    THEME_SERVICE,
)
from scoring.score_units import score_units

TARGETS = Targets(time_saving=Decimal("0.5"), promise_days=Decimal(20), immediate_share=Decimal("0.4"))
CREDIT = "11441700MB2C912265"
PERMIT = f"{CREDIT}3440112034001"  # type 01 at places 21 and 22, basic code 440112034001
OTHER = f"{CREDIT}3440112034002"
PUBLIC = f"{CREDIT}3442111559001"  # type 21


def unread(number: int, code: str) -> ItemFact:
    """A guide that the listing names and that answered with an error page: nothing is known but its code."""
    return ItemFact(item_id=f"unread-{number}", code=code, outcome=GuideOutcome.NOT_MEASURED)


def compute(name: str, facts: UnitFacts) -> Measurement:
    return indicators.get(name).compute(facts, TARGETS)


def with_list(facts: UnitFacts, kind: ListKind, *codes: str) -> UnitFacts:
    return facts.model_copy(update={"lists": {kind: tuple(ListEntry(key=code) for code in codes)}})


def with_due(facts: UnitFacts, themes: int) -> UnitFacts:
    return facts.model_copy(update={"imported": {18: {"themes_due": Decimal(themes)}}})


def score_row(facts: UnitFacts, row: int) -> tuple[float | None, float]:
    scores, _ = score_units([facts], run="r", period="2021H1", targets=TARGETS)
    found = next(one for one in scores if one.row == row)
    return found.value, found.measured_share


def test_a_listed_code_tells_item_basic_code_and_type() -> None:
    """The first real permit of portals.md §6.1: 临时价格干预范围事项提价申报, type 01, basic code 440101007000."""
    item = unread(1, "11440000006939756B2440101007000")
    assert (type_code_of(item), basic_code_of(item)) == ("01", "440101007000")
    handling = unread(2, "11440000006940116U244010200300101")  # 33 characters: a 业务办理项 of 44010200300 1
    assert task_code_of(handling) == "11440000006940116U2440102003001"
    assert codes_of(handling) == {"11440000006940116U2440102003001", "11440000006940116U244010200300101"}
    assert (type_code_of(unread(3, "short")), basic_code_of(unread(3, "short")), task_code_of(unread(3, "short"))) == (
        "",
        "",
        "",
    )


def test_a_power_whose_guide_could_not_be_read_is_no_cut() -> None:
    """Two of two powers are there; that one guide answered with an error page saves the body none."""
    read = measured_item(1, task_code=PERMIT, code=PERMIT)
    body = body_facts([read, unread(1, f"{OTHER}01"), unread(2, f"{OTHER}02"), unread(3, PUBLIC)])
    seen = compute("power-list", body.model_copy(update={"earlier": {"power_items": Decimal(2)}}))
    assert (seen.value, seen.parts["power_items"], seen.coverage) == (Decimal(0), Decimal(2), Decimal(1))


def test_a_guide_that_tells_nothing_at_all_takes_the_cut_away() -> None:
    """Of a hundred guides one has no code: with a target of 10 % it could be worth a tenth of the row."""
    items = [measured_item(n, task_code=f"{PERMIT[:-3]}{n:03}") for n in range(99)]
    facts = body_facts([*items, unread(1, "")]).model_copy(update={"earlier": {"power_items": Decimal(100)}})
    assert score_row(facts, 17)[0] is None
    whole = body_facts(items).model_copy(update={"earlier": {"power_items": Decimal(100)}})
    assert score_row(whole, 17)[0] == pytest.approx(0.1)  # (1/100) / 0.10


def test_a_claimed_code_behind_an_unread_guide_is_neither_found_nor_missed() -> None:
    """440112034001 is published, 440112034002 cannot be told, 999999999999 is nowhere: 1 of 2."""
    body = body_facts([measured_item(1, basic_code="440112034001"), unread(1, OTHER)])
    claimed = with_list(body, ListKind.CLAIMED_CODES, "440112034001", "440112034002", "999999999999")
    seen = compute("national-catalogue", claimed)
    assert (seen.value, seen.numerator, seen.denominator) == (Decimal("0.5"), Decimal(1), Decimal(2))


def test_an_item_due_behind_an_unread_guide_is_neither_published_nor_kept_back() -> None:
    """Due are two; one is published, the other's 业务办理项 could not be read: 1 of 1."""
    body = body_facts([measured_item(1, task_code=PERMIT, standard=(3, 3)), unread(1, f"{OTHER}01")])
    seen = compute("regional-service", with_list(body, ListKind.REGIONAL_DUE, PERMIT, OTHER))
    assert seen.parts["regional_published_share"] == 1


@pytest.mark.parametrize("phone", [True, False])
def test_an_item_of_wide_use_behind_an_unread_guide_is_a_gap_of_ours(phone: bool) -> None:
    """The list names the item, the listing its 业务办理项: the one that was read may lack the entry of its sibling."""
    body = body_facts([measured_item(1, task_code=PERMIT, phone_address=phone), unread(1, f"{PERMIT}02")])
    seen = compute("mobile", with_list(body, ListKind.WIDE_USE, PERMIT))
    assert (seen.value, seen.coverage) == ((Decimal(1), Decimal(1)) if phone else (None, Decimal(0)))
    other = compute("mobile", with_list(body, ListKind.WIDE_USE, OTHER))
    assert (other.value, other.coverage) == (Decimal(0), Decimal(1))  # the portal lists no such item at all


def test_unread_guides_do_not_prove_that_no_theme_is_listed() -> None:
    """Ten error pages and two themes due: any of the ten may be one of them."""
    blind = with_due(body_facts([unread(n, "") for n in range(10)]), 2)
    assert score_row(blind, 18)[0] is None
    clear = with_due(body_facts([measured_item(n) for n in range(10)]), 2)
    assert score_row(clear, 18) == (0.0, 1.0)


def theme(number: int, *, found: bool, usable: bool) -> ProbeFact:
    outcome = Outcome.PASS if found and usable else Outcome.FAIL
    return probe_result(THEME_SERVICE, number, outcome, measures={M.FOUND: found, M.USABLE: usable})


def packages(count: int) -> list[ItemFact]:
    return [measured_item(n, package=True) for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("probes", "due", "value", "share"),
    [
        ([theme(1, found=True, usable=True)], 4, 0.4 * 3 / 4 + 0.6, 1.0),  # three are listed, one of them was tried
        ([theme(1, found=True, usable=False)], 3, 0.4, 1.0),
        ([theme(1, found=False, usable=False), theme(2, found=True, usable=True)], 4, 0.4 * 2 / 4 + 0.6, 1.0),
        ([theme(n, found=False, usable=False) for n in (1, 2, 3)], 4, 0.0, 1.0),
        (
            [theme(1, found=False, usable=False)],
            3,
            None,
            1.0,
        ),  # of the two others nobody knows whether they can be used
    ],
)
def test_themes_that_nobody_tried_are_found_all_the_same(
    probes: list[ProbeFact], due: int, value: float | None, share: float
) -> None:
    """0.4·found/due + 0.6·usable/found: a night tries one of a body's themes, but the portal lists all of them."""
    seen = score_row(with_due(body_facts(packages(3), probes), due), 18)
    assert seen[0] == (None if value is None else pytest.approx(value))
    assert value is None or seen[1] == share


def test_themes_that_may_hide_behind_unread_guides_leave_the_found_share_open() -> None:
    """One listed and read, one error page, two due: 1 of 2 or 2 of 2, so that only the usable share speaks."""
    body = body_facts([*packages(1), unread(1, "")], [theme(1, found=True, usable=True)])
    assert score_row(with_due(body, 2), 18) == (1.0, 0.6)
    assert score_row(with_due(body, 1), 18) == (1.0, 1.0)  # all that are due are there


def compared(number: int, place: str, *, differing: int) -> ProbeFact:
    figures = {M.CONDITIONS_COMPARED: 1, M.CONDITIONS_DIFFERING: differing}
    outcome = Outcome.FAIL if differing else Outcome.PASS
    return probe_result(OFFLINE_CONSISTENCY, number, outcome, portal=place, measures=figures)


def test_an_item_compared_at_a_counter_and_by_telephone_is_one_item() -> None:
    """Ten items looked at twice are ten of the twenty that a sample needs (methodology.md §3.5)."""
    both = [compared(n, place, differing=0) for n in range(10) for place in ("counter", "telephone")]
    body = body_facts([measured_item(n) for n in range(30)])
    seen = compute("online-offline-consistency", body.model_copy(update={"manual": tuple(both)}))
    assert (seen.value, seen.parts["offline_items"]) == (None, Decimal(10))


def test_an_item_compared_twice_weighs_as_much_as_one_compared_once() -> None:
    """Item 1: counter differs, telephone agrees, 1/2. Item 2: agrees. Mean over items 3/4, over looks 2/3."""
    looks = (
        compared(1, "counter", differing=1),
        compared(1, "telephone", differing=0),
        compared(2, "counter", differing=0),
    )
    body = body_facts([measured_item(1), measured_item(2)]).model_copy(update={"manual": looks})
    assert compute("online-offline-consistency", body).value == Decimal("0.75")


@pytest.mark.parametrize(("pages", "value"), [(2, 1), (0, 0)])
def test_a_dead_end_inside_the_form_lies_behind_an_entrance_that_works(pages: int, value: int) -> None:
    """p_ok is the success of 在线办理 → form or unified login (methodology.md §3.7), whichever probe looked."""
    stuck = probe_result(ONLINE_APPLICATION, 1, Outcome.FAIL, measures={M.PAGES: pages})
    assert compute("online-available", body_facts([measured_item(1)], [stuck])).value == value


@pytest.mark.parametrize("name", ["fully-online", "regional-service"])
def test_a_dry_run_that_failed_outranks_an_entrance_that_opens(name: str) -> None:
    """Truth by dry run (D31); only what works end to end counts (D21): methodology.md §3.7."""
    probes = [
        probe_result(ONLINE_ENTRANCE, 1, measures={M.ENTRANCE: "form"}),
        probe_result(ONLINE_APPLICATION, 1, Outcome.FAIL, measures={M.PAGES: 2}),
    ]
    seen = compute(name, body_facts([measured_item(1)], probes))
    told = seen.parts["consistency_confirmed"] if name == "fully-online" else seen.parts["regional_success"]
    assert told == 0


def test_calendars_of_items_that_declare_no_booking_prove_nothing_about_those_that_do() -> None:
    """F⁺ holds the declared items alone (methodology.md §3.5): 0.7·1/2 + 0.3·1/1, and k = 1/1."""
    items = [measured_item(1), measured_item(2, bookable=False)]
    calendars = [
        probe_result(BOOKING_CALENDAR, 1, measures={M.SLOTS_PER_DAY: 2, M.FLAG_CONSISTENT: True}),
        probe_result(BOOKING_CALENDAR, 2, Outcome.FAIL, measures={M.FLAG_CONSISTENT: False}),
    ]
    assert compute("booking", body_facts(items, calendars)).value == Decimal("0.65")
