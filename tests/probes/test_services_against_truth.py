"""Calendars, entrances and themed services: what the probes see is what the sandbox says is true about them."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from probe_stage import FAST, Bench, Desk, Guide, Guides, task_of

from domain.entrance import EntranceKind
from domain.failure import FailureReason
from domain.known_facts import KnownFacts
from domain.observation import Observation
from domain.outcome import Outcome
from portals.adapter import adapters
from portals.citizen import Account
from probes.probe import ProbeTask
from probes.run_probe import ProbeRunner
from sandbox.serving import Sandbox, running_sandbox
from storage.evidence_store import EvidenceStore

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("untouched")]
BOOK, ENTRANCE, THEME = "booking-calendar", "online-entrance", "theme-service"


@pytest.fixture(scope="module")
def town() -> Iterator[Sandbox]:
    """A larger town, so that every kind of calendar, entrance and themed service is there."""
    with running_sandbox(["--size", "500", "--seed", "7"]) as running:
        yield running


@pytest.fixture(scope="module")
def town_desk(town: Sandbox) -> Desk:
    return Desk(town.control_url)


@pytest.fixture(scope="module")
def rows(town_desk: Desk) -> Guides:
    truth = town_desk.ask("/truth")
    return Guides(tuple(truth["guides"]), {row["item_id"]: row["name"] for row in truth["misbehaviours"]})


@pytest.fixture(scope="module")
def visitors(town: Sandbox, evidence: EvidenceStore) -> Iterator[Bench]:
    opened = Bench(origins=asdict(town.origins), evidence=evidence, account=Account(**town.test_account))
    yield opened
    opened.close()


@pytest.fixture
def visitor(visitors: Bench) -> ProbeRunner:
    return visitors.runner()


@pytest.fixture
def untouched(town_desk: Desk) -> Iterator[None]:
    """Nothing may have been changed on a portal, whatever the probes did."""
    town_desk.ask("/ledger/clear", b"")
    yield
    assert town_desk.changes() == []


def code_of(guide: Guide) -> str:
    return str(guide["handling_code"] or guide["task_code"])


def calendar_of(desk: Desk, guide: Guide) -> dict[str, Any]:
    truth: dict[str, Any] = desk.ask(f"/truth/calendar?itemId={guide['item_id']}")
    return truth


def bookable(rows: Guides, desk: Desk, **traits: object) -> Guide:
    """Return a guide whose calendar can be reached and has these traits; a list trait asks for any or none."""

    def fits(row: Guide) -> bool:
        said = row["probes"].get("booking", {}).get("gdzwfw", {"outcome": ""})["outcome"]
        if row["item_id"] in rows.misbehaviours or said not in ("pass", "blocked"):
            return False
        if "url" in str(row["defects"]) or any("booking" in one["kind"] for one in row["defects"]):
            return False
        truth = calendar_of(desk, row)
        return all(
            (bool(truth[name]) if isinstance(truth[name], list) else truth[name]) == traits[name] for name in traits
        )

    return rows.where(fits)


def check_calendar(observation: Observation, truth: dict[str, Any]) -> None:
    """Compare figures and rows with the truth about one calendar."""
    assert observation.outcome is (Outcome.PASS if sum(truth["free"].values()) else Outcome.FAIL), observation.reason
    measures = observation.measures
    assert measures["free_slots"] == sum(truth["free"].values())
    assert measures["first_free_days"] == truth["first_free_days"]
    assert measures["days_missing"] == len(truth["days_missing"])
    assert measures["closed_days_offered"] == len(truth["closed_days_offered"])
    assert measures["cancel_explained"] is truth["cancel_told"]
    working = {row.asked[:10]: row for row in observation.rows if row.kind == "day"}
    assert list(working) == truth["working_days"]
    assert [day for day, row in working.items() if row.seen == "未显示"] == truth["days_missing"]
    assert {day: row.measures["free"] for day, row in working.items() if row.measures["shown"]} == {
        day: free for day, free in truth["free"].items() if day in truth["working_days"]
    }


@pytest.mark.parametrize("told", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_a_calendar_row_by_row(visitor: ProbeRunner, rows: Guides, town_desk: Desk, told: bool) -> None:
    guide = bookable(rows, town_desk, login="none", cancel_told=told, days_missing=False)
    task = task_of(guide, BOOK).model_copy(update={"declared_bookable": True})
    observation, _evidence = visitor.run(task)
    check_calendar(observation, calendar_of(town_desk, guide))
    assert observation.measures["clicks"] == 1
    assert observation.measures["second_login"] is False
    assert observation.measures["flag_consistent"] is True
    assert observation.measures["holidays_known"] is (date.today().year < 2026 or date.today() < date(2026, 12, 17))


def test_days_that_a_calendar_leaves_out(visitor: ProbeRunner, rows: Guides, town_desk: Desk) -> None:
    guide = bookable(rows, town_desk, login="none", days_missing=True)
    observation, _evidence = visitor.run(task_of(guide, BOOK))
    check_calendar(observation, calendar_of(town_desk, guide))


@pytest.mark.parametrize(
    ("today", "keeps"),
    [
        ("2026-09-18", True),  # Friday; Sunday 20 September is worked, 25 to 27 September is off
        ("2026-09-29", False),  # a calendar that offers the golden week and leaves out Saturday 10 October
        # worked Saturdays before and after the Spring Festival
        pytest.param("2026-02-12", True, marks=pytest.mark.slow),
    ],
)
def test_holidays_and_worked_weekends(  # noqa: PLR0917 - fixtures
    visitor: ProbeRunner,
    rows: Guides,
    town_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    today: str,
    keeps: bool,
) -> None:
    """The clock is set back on both sides; everything else is as always."""
    town_desk.ask("/today", f'{{"date": "{today}"}}'.encode())
    monkeypatch.setattr("probes.services.booking_calendar.today_at_portal", lambda: date.fromisoformat(today))
    try:
        wanted = {"closed_days_offered": not keeps, "login": "none"} | ({"days_missing": False} if keeps else {})
        guide = bookable(rows, town_desk, **wanted)
        observation, _evidence = visitor.run(task_of(guide, BOOK))
        truth = calendar_of(town_desk, guide)
    finally:
        town_desk.ask("/today", b"{}")
    check_calendar(observation, truth)
    closed = [row.asked[:10] for row in observation.rows if row.kind == "closed_day" and row.measures["free"]]
    assert closed == truth["closed_days_offered"]
    assert bool(closed) is not keeps


def test_a_calendar_behind_the_unified_login(visitor: ProbeRunner, rows: Guides, town_desk: Desk) -> None:
    guide = bookable(rows, town_desk, login="unified")
    observation, _evidence = visitor.run(task_of(guide, BOOK))
    check_calendar(observation, calendar_of(town_desk, guide))
    assert (observation.measures["login_asked"], observation.measures["second_login"]) == (True, False)


def test_a_calendar_with_a_login_of_its_own(visitor: ProbeRunner, rows: Guides, town_desk: Desk) -> None:
    guide = bookable(rows, town_desk, login="own")
    observation, _evidence = visitor.run(task_of(guide, BOOK))
    assert (observation.outcome, observation.failure) == (Outcome.BLOCKED, FailureReason.LOGIN_REQUIRED)
    assert observation.measures["second_login"] is True
    assert guide["probes"]["booking"]["gdzwfw"] == {"outcome": "blocked", "reason": "login_required"}


def entered(rows: Guides, kind: str, **more: object) -> Guide:
    """Return a guide with this kind of entrance that nothing else is wrong with."""
    return rows.where(
        lambda row: (
            row["probes"]["entrance"].get("kind") == kind
            and row["item_id"] not in rows.misbehaviours
            and not any(one["kind"].startswith("page-") for one in row["defects"])
            and all(row["probes"]["entrance"].get(name, None) is value for name, value in more.items())
        )
    )


def declared_task(town: Sandbox, guide: Guide) -> ProbeTask:
    """Plan as the engine does: the declared address of 在线办理 is let in."""
    site = adapters.get("gdzwfw").site(asdict(town.origins))
    detail = Desk(site.origin("www")).ask(site.paths["detail"].format(code=quote(code_of(guide))))
    task = task_of(guide, ENTRANCE, online_url=detail["AUDIT_ITEM"]["TRANSACT_WEB_URL"])
    return task.model_copy(update={"declared_online": True})


@pytest.mark.parametrize(
    ("kind", "opened"),
    [
        ("login_unified", True),
        ("login_unified", False),
        ("login_unified", None),
        ("login_other", False),
        ("external", False),
        ("app_only", None),
        ("download_only", None),
        ("not_open", None),
        ("error", None),
    ],
)
def test_every_kind_of_entrance(
    visitor: ProbeRunner, rows: Guides, town: Sandbox, kind: str, opened: bool | None
) -> None:
    guide = entered(rows, kind, single_sign_on=opened)
    observation, _evidence = visitor.run(declared_task(town, guide))
    truth = guide["probes"]["entrance"]["gdzwfw"]
    assert observation.outcome == truth["outcome"], observation.reason
    assert observation.measures["entrance"] == kind
    assert observation.measures.get("single_sign_on") is opened
    hops = [row for row in observation.rows if row.kind == "hop"]
    assert hops
    assert all("?" not in row.asked for row in hops)
    assert observation.measures["redirects"] == len(hops) - 1
    assert len(observation.steps) <= 2, "it is a light look"


def test_the_redirects_to_the_unified_login_are_kept(visitor: ProbeRunner, rows: Guides, town: Sandbox) -> None:
    observation, _evidence = visitor.run(declared_task(town, entered(rows, "login_unified", single_sign_on=True)))
    hops = [(row.asked, row.seen) for row in observation.rows if row.kind == "hop"]
    assert hops == [
        (f"{town.origins.bsxt}/apprUnionApply", "HTTP 302"),
        (f"{town.origins.tyrz}/tif/sso/static/", "HTTP 200"),
    ]
    assert observation.measures["asks_login"] is True
    assert observation.measures["login_unified"] is True


@pytest.mark.parametrize(
    ("fault", "kind", "outcome"),
    [
        ("apply_captcha", EntranceKind.BLOCKED, Outcome.BLOCKED),
        ("apply_waf", EntranceKind.BLOCKED, Outcome.BLOCKED),
        ("apply_never_answers", EntranceKind.TIMEOUT, Outcome.INCONCLUSIVE),
        ("apply_http_500", EntranceKind.ERROR, Outcome.INCONCLUSIVE),
        ("apply_not_open", EntranceKind.NOT_OPEN, Outcome.FAIL),
    ],
)
def test_entrances_that_do_not_open(  # noqa: PLR0917 - fixtures
    visitors: Bench, rows: Guides, town: Sandbox, town_desk: Desk, fault: str, kind: EntranceKind, outcome: Outcome
) -> None:
    guide = entered(rows, "login_unified", single_sign_on=True)
    impatient = visitors.runner(settings=FAST.model_copy(update={"load_ms": 2_000}))
    town_desk.ask("/faults", f'{{"{code_of(guide)}": ["{fault}"]}}'.encode())
    try:
        observation, _evidence = impatient.run(declared_task(town, guide))
    finally:
        town_desk.ask("/faults", b"{}")
    assert (observation.measures["entrance"], observation.outcome) == (kind, outcome), observation.reason


def test_a_redirect_loop_keeps_its_way(visitor: ProbeRunner, rows: Guides, town: Sandbox) -> None:
    guide = rows.where(lambda row: any(one["kind"] == "online-address-redirect-loop" for one in row["defects"]))
    observation, _evidence = visitor.run(declared_task(town, guide))
    assert observation.measures["entrance"] == EntranceKind.ERROR
    assert observation.failure is FailureReason.REDIRECT_LOOP
    assert len([row for row in observation.rows if row.kind == "hop"]) > 5


def test_without_an_account_only_the_way_is_seen(visitors: Bench, rows: Guides, town: Sandbox) -> None:
    observation, _evidence = visitors.runner(account=None).run(
        declared_task(town, entered(rows, "login_unified", single_sign_on=True))
    )
    assert (observation.outcome, observation.measures["single_sign_on"]) == (Outcome.PASS, None)


def test_a_promised_entrance_that_is_not_there(visitor: ProbeRunner, rows: Guides, town: Sandbox) -> None:
    guide = rows.where(
        lambda row: (
            row["probes"]["entrance"]["gdzwfw"]["reason"] == "not_declared"
            and row["item_id"] not in rows.misbehaviours
            and row["task_type"] not in ("TC", "02")
        )
    )
    task = task_of(guide, ENTRANCE)
    assert visitor.run(task)[0].outcome is Outcome.NOT_APPLICABLE
    observation, _evidence = visitor.run(task.model_copy(update={"declared_online": True}))
    assert (observation.outcome, observation.failure) == (Outcome.FAIL, FailureReason.NOT_OPEN)
    assert observation.measures["entrance"] == EntranceKind.MISSING


def theme_task(guide: Guide) -> ProbeTask:
    return task_of(guide, THEME).model_copy(update={"known": KnownFacts(kind="package")})


def theme_of(rows: Guides, short_of: str, outcome: str) -> Guide:
    """Return a themed service that falls short of one demand ("" of none)."""

    def fits(row: Guide) -> bool:
        theme = row["probes"].get("theme")
        return theme is not None and (theme["short_of"], theme["gdzwfw"]["outcome"]) == (short_of, outcome)

    return rows.where(fits)


def check_theme(observation: Observation, guide: Guide) -> None:
    """Compare one visit with the truth about a themed service."""
    theme = guide["probes"]["theme"]
    assert observation.outcome == theme["gdzwfw"]["outcome"], observation.reason
    if observation.failure is not None:
        assert observation.failure == theme["gdzwfw"]["reason"]
    for name in ("linked_items", "links_answering", "merged_guides", "form_entries", "found"):
        assert observation.measures[name] == theme[name], name
    assert observation.measures["usable"] is (theme["short_of"] == "")
    assert len([row for row in observation.rows if row.kind == "linked"]) == theme["linked_items"]


@pytest.mark.parametrize(
    "short_of",
    [
        "links_answer",
        "one_form",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("two_items", "one_guide", "confirm")),
    ],
)
def test_themed_services_that_fall_short(visitor: ProbeRunner, rows: Guides, short_of: str) -> None:
    guide = theme_of(rows, short_of, "fail")
    observation, _evidence = visitor.run(theme_task(guide))
    check_theme(observation, guide)


def test_a_usable_themed_service(visitor: ProbeRunner, rows: Guides) -> None:
    guide = theme_of(rows, "", "pass")
    observation, _evidence = visitor.run(theme_task(guide))
    check_theme(observation, guide)
    assert all(row.grade == 1 for row in observation.rows)
    assert observation.steps[-1].title == "逐页填写，停在确认页，不提交"


def test_a_themed_service_that_nobody_finds(visitor: ProbeRunner, rows: Guides) -> None:
    guide = theme_of(rows, "", "fail")
    observation, _evidence = visitor.run(theme_task(guide))
    check_theme(observation, guide)
    assert observation.failure is FailureReason.NOT_FOUND_IN_SEARCH


def test_without_an_account_a_themed_service_is_not_judged(visitors: Bench, rows: Guides) -> None:
    observation, _evidence = visitors.runner(account=None).run(theme_task(theme_of(rows, "", "pass")))
    assert (observation.outcome, observation.failure) == (Outcome.BLOCKED, FailureReason.LOGIN_REQUIRED)
    assert observation.measures["usable"] is None


def test_the_other_probes_leave_packages_alone_and_items_are_no_themes(visitor: ProbeRunner, rows: Guides) -> None:
    observation, evidence = visitor.run(task_of(entered(rows, "login_unified"), THEME))
    assert (observation.outcome, evidence) == (Outcome.NOT_APPLICABLE, ())


@pytest.mark.parametrize("portal", ["yss", pytest.param("yst", marks=pytest.mark.slow)])
def test_mobile_portals_offer_no_themed_services(visitors: Bench, rows: Guides, portal: str) -> None:
    task = theme_task(theme_of(rows, "", "pass")).model_copy(update={"portal": portal})
    observation, _evidence = visitors.runner(portal).run(task)
    assert observation.outcome is Outcome.NOT_APPLICABLE
