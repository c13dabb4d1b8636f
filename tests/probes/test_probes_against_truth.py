"""Each probe ends as the sandbox's own truth says, on every way in which its portals misbehave."""

from urllib.parse import quote

import pytest
from probe_stage import TRACED, Bench, Desk, Guide, Guides, task_of

from domain.failure import FailureReason
from domain.observation import Observation, StepStatus
from domain.outcome import Outcome
from portals.adapter import adapters
from portals.citizen import Account
from portals.site import Site
from probes.run_probe import ProbeRunner
from sandbox.workdays import find_today, list_next_workdays

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("empty_ledger")]
SETTINGS = TRACED  # these as in a night, snapshots and all
SEARCH, APPLY, BOOK = "keyword-search", "online-application", "booking-calendar"
TRUTH_OF = {SEARCH: "search", APPLY: "application", BOOK: "booking"}

# Where the sandbox's word for the reason and ours differ, the fault is the same: what was cut short is no empty answer.
REASONS = {"empty_answer": FailureReason.BROKEN_ANSWER}


def expected(guide: Guide, probe_id: str) -> dict[str, str]:
    truth: dict[str, str] = guide["probes"][TRUTH_OF[probe_id]]["gdzwfw"]
    return truth


def check(observation: Observation, guide: Guide, probe_id: str) -> None:
    """Compare an observation with the truth of its guide."""
    truth = expected(guide, probe_id)
    assert observation.outcome == truth["outcome"], observation.reason
    if observation.failure is not None:
        assert observation.failure == REASONS.get(truth["reason"], truth["reason"])
    assert observation.reason


@pytest.mark.parametrize(
    ("misbehaviour", "probe_id"),
    [
        # test_search_against_truth.py makes these two in the quick tests
        pytest.param("search_missing", SEARCH, marks=pytest.mark.slow),
        pytest.param("search_buried", SEARCH, marks=pytest.mark.slow),
        ("search_busy", SEARCH),
        ("search_captcha", SEARCH),
        pytest.param("booking_busy", BOOK, marks=pytest.mark.slow),
        ("booking_http_500", BOOK),
        ("booking_never_loads", BOOK),
        ("apply_not_open", APPLY),
        pytest.param("apply_http_500", APPLY, marks=pytest.mark.slow),
        ("apply_dead_end", APPLY),
        ("apply_session_lost", APPLY),
    ],
)
def test_planted_misbehaviour(runner: ProbeRunner, guides: Guides, misbehaviour: str, probe_id: str) -> None:
    guide = guides.misbehaving(misbehaviour)
    observation, _evidence = runner.run(task_of(guide, probe_id))
    assert observation.outcome is not Outcome.PASS
    check(observation, guide, probe_id)


@pytest.mark.parametrize(
    ("misbehaviour", "outcome", "failure"),
    [
        ("detail_html_500", Outcome.INCONCLUSIVE, FailureReason.HTTP_5XX),
        ("detail_errcode_0", Outcome.FAIL, FailureReason.ABSENT),
        ("detail_truncated_json", Outcome.INCONCLUSIVE, FailureReason.BROKEN_ANSWER),
        ("detail_captcha", Outcome.BLOCKED, FailureReason.CAPTCHA),
        ("page_waf", Outcome.BLOCKED, FailureReason.WAF),
        ("page_layout_changed", Outcome.ERROR, FailureReason.LAYOUT_CHANGED),
    ],
)
def test_guide_page_misbehaviour(  # noqa: PLR0917 - fixtures
    runner: ProbeRunner, guides: Guides, desk: Desk, misbehaviour: str, outcome: Outcome, failure: FailureReason
) -> None:
    """The table of the sandbox's ``PAGE`` truth, put on an otherwise sound guide."""
    guide = guides.plain("search", "application", "booking")
    desk.ask("/faults", f'{{"{task_of(guide, APPLY).code}": ["{misbehaviour}"]}}'.encode())
    try:
        observation, _evidence = runner.run(task_of(guide, APPLY))
    finally:
        desk.ask("/faults", b"{}")
    assert (observation.outcome, observation.failure) == (outcome, failure), observation.reason
    assert [step.status for step in observation.steps] == [StepStatus.FAILED, StepStatus.SKIPPED]


@pytest.mark.parametrize("misbehaviour", ["detail_429_once", "detail_503_once"])
def test_a_page_that_helps_itself_is_no_fault(
    runner: ProbeRunner, guides: Guides, desk: Desk, misbehaviour: str
) -> None:
    """The portal's page asks again after Retry-After, so that the citizen sees the guide a second later."""
    guide = guides.plain("booking")
    desk.ask("/faults", f'{{"{task_of(guide, BOOK).code}": ["{misbehaviour}"]}}'.encode())
    try:
        observation, _evidence = runner.run(task_of(guide, BOOK))
    finally:
        desk.ask("/faults", b"{}")
    assert observation.outcome is Outcome.PASS, observation.reason
    assert observation.steps[0].duration_ms >= 900


def test_search_finds_the_item_and_says_where(runner: ProbeRunner, guides: Guides) -> None:
    guide = guides.plain("search")
    observation, _evidence = runner.run(task_of(guide, SEARCH))
    check(observation, guide, SEARCH)
    measures = observation.measures
    assert isinstance(measures["rank"], int)
    assert measures["hit_at_10"] is True
    assert measures["reciprocal_rank"] == pytest.approx(1 / measures["rank"])
    assert measures["first_hit_opens"] is True
    assert measures["zero_result"] is False
    assert observation.value == measures["rank"]


def has_easy_form(guide: Guide, guides: Guides) -> bool:
    """Say whether the form is reached without a detour, asks for files, and links a progress enquiry that opens."""
    form = guide.get("form") or {}
    sound = expected(guide, APPLY)["reason"] == "confirm_page_reached" and guide["item_id"] not in guides.misbehaviours
    direct = form.get("returns_to_item") and not form["second_login"] and form["progress"] == "alive"
    return bool(sound and direct and form["uploads"])


def test_application_reaches_the_confirm_page(runner: ProbeRunner, guides: Guides) -> None:
    guide = guides.where(lambda row: has_easy_form(row, guides))
    observation, _evidence = runner.run(task_of(guide, APPLY))
    check(observation, guide, APPLY)
    assert observation.measures["entrance"] == "login_unified"
    assert observation.measures["reached_confirm"] is True
    assert all(step.status is StepStatus.DONE for step in observation.steps)
    titles = [step.title for step in observation.steps]
    assert titles[:4] == ["打开办事指南", "点击“在线办理”", "使用测试账号登录", "表单第 1 页：填写基本信息"]
    last = ["停在确认页，不提交", "打开办件进度查询", "第 2 次填报（桌面）", "第 3 次填报（手机宽度）"]
    assert titles[3 + guide["form"]["pages"] - 1 :] == last
    posted = {refusal.url.partition("?")[0].rpartition("/")[2] for refusal in observation.refusals}
    assert "upload" in posted  # what the page sends for the files that were chosen is refused and noted


def test_without_an_account_the_login_page_is_the_end(bench: Bench, guides: Guides) -> None:
    guide = guides.plain("application")
    observation, _evidence = bench.runner(account=None).run(task_of(guide, APPLY))
    assert guide["probes"]["entrance"]["gdzwfw"] == {"outcome": "pass", "reason": "login_reached"}
    assert observation.outcome is Outcome.PASS
    assert observation.measures["entrance"] == "login_unified"
    assert observation.measures["reached_confirm"] is False


def test_a_wrong_password_is_no_fault_of_the_portal(bench: Bench, guides: Guides) -> None:
    stranger = bench.runner(account=Account(username="yj_nobody", password="falsch-123"))
    observation, _evidence = stranger.run(task_of(guides.plain("application"), APPLY))
    assert observation.outcome is Outcome.PASS
    assert observation.measures["pages"] == 0


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [("app_only", Outcome.BLOCKED), ("login_reached", Outcome.PASS), ("department_system_reached", Outcome.PASS)],
)
def test_other_entrances(runner: ProbeRunner, guides: Guides, site: Site, reason: str, outcome: Outcome) -> None:
    """Kinds of entrance that end before a form; the department's host is let in because the guide declares it."""
    guide = guides.where(
        lambda row: (
            row["probes"]["entrance"]["gdzwfw"]["reason"] == reason
            and expected(row, APPLY)["outcome"] == "blocked"
            and row["item_id"] not in guides.misbehaviours
        )
    )
    detail = Desk(site.origin("www")).ask(f"{site.paths['detail'].format(code=quote(task_of(guide, APPLY).code))}")
    declared = detail["AUDIT_ITEM"]["TRANSACT_WEB_URL"]
    observation, _evidence = runner.run(task_of(guide, APPLY, online_url=declared))
    assert observation.outcome is outcome, observation.reason
    if reason == "department_system_reached":
        stranger, _evidence = runner.run(task_of(guide, APPLY))
        assert (stranger.outcome, stranger.failure) == (Outcome.BLOCKED, FailureReason.REFUSED_BY_POLICY)


def test_calendar_counts_what_the_portal_serves(runner: ProbeRunner, guides: Guides, site: Site) -> None:
    guide = guides.plain("booking")
    task = task_of(guide, BOOK)
    observation, _evidence = runner.run(task)
    check(observation, guide, BOOK)
    served = Desk(site.origin("www")).ask(f"/rmpc/api/calendar?code={quote(task.code)}")["days"]
    free = {day["date"]: sum(slot["free"] for slot in day["slots"]) for day in served}
    first = next(date for date, count in free.items() if count)
    workdays = [day.isoformat() for day in list_next_workdays(find_today(), 10)]
    assert observation.measures["free_slots"] == observation.value == sum(free.values())
    assert observation.measures["days_shown"] == len(served) == 10
    assert observation.measures["days_with_free"] == sum(bool(count) for count in free.values())
    assert observation.measures["slots_per_day"] == max(len(day["slots"]) for day in served)
    assert observation.measures["first_free_days"] == workdays.index(first) + 1
    assert observation.measures["clicks"] == 1


def test_a_full_calendar_fails(runner: ProbeRunner, guides: Guides) -> None:
    guide = guides.where(lambda row: expected(row, BOOK)["reason"] == "no_free_slot")
    observation, _evidence = runner.run(task_of(guide, BOOK))
    check(observation, guide, BOOK)
    assert observation.measures["free_slots"] == 0
    assert observation.measures["first_free_days"] is None


def test_what_is_not_declared_is_not_applicable(runner: ProbeRunner, guides: Guides) -> None:
    guide = guides.where(
        lambda row: expected(row, BOOK)["reason"] == "not_declared" and row["item_id"] not in guides.misbehaviours
    )
    task = task_of(guide, BOOK)
    looked, evidence = runner.run(task)
    assert (looked.outcome, looked.failure) == (Outcome.NOT_APPLICABLE, None)
    assert evidence
    unseen, nothing = runner.run(task.model_copy(update={"declared_bookable": False}))
    assert unseen.outcome is Outcome.NOT_APPLICABLE
    assert (nothing, unseen.steps) == ((), ())


def test_a_declaration_that_the_page_does_not_keep_fails(runner: ProbeRunner, guides: Guides) -> None:
    guide = guides.where(
        lambda row: expected(row, BOOK)["reason"] == "not_declared" and row["item_id"] not in guides.misbehaviours
    )
    task = task_of(guide, BOOK).model_copy(update={"declared_bookable": True})
    observation, _evidence = runner.run(task)
    assert (observation.outcome, observation.failure) == (Outcome.FAIL, FailureReason.DEAD_END)


@pytest.mark.parametrize("portal", ["yss", pytest.param("yst", marks=pytest.mark.slow)])
def test_mobile_portals(bench: Bench, guides: Guides, portal: str) -> None:
    """Search, application and calendar; the form is walked once, on a telephone."""
    runner = bench.runner(portal)
    guide = guides.where(
        lambda row: (
            row["probes"]["search"][portal]["outcome"] == "pass"
            and expected(row, APPLY)["reason"] == "confirm_page_reached"
            and expected(row, BOOK)["outcome"] == "pass"
            and row["item_id"] not in guides.misbehaviours
        )
    )
    found, _evidence = runner.run(task_of(guide, SEARCH, portal=portal))
    applied, _evidence = runner.run(task_of(guide, APPLY, portal=portal))
    booked, _evidence = runner.run(task_of(guide, BOOK, portal=portal))
    assert (found.outcome, applied.outcome) == (Outcome.PASS, Outcome.PASS), (found.reason, applied.reason)
    assert applied.measures["reached_confirm"] is True
    assert [row.asked for row in applied.rows if row.kind == "walk"] == ["第 1 次填报（手机宽度）"]
    assert applied.measures["sideways_scrolling"] is guide["form"]["sideways"]
    # The enquiry lies on a host that a mobile portal's probe may not visit; a form without the link has none.
    linked = guide["form"]["progress"] != "none"
    assert applied.measures["progress_reachable"] is (None if linked else False)
    assert booked.outcome is (Outcome.PASS if portal == "yss" else Outcome.NOT_APPLICABLE), booked.reason


@pytest.mark.parametrize("portal", ["yss", pytest.param("yst", marks=pytest.mark.slow)])
def test_a_service_that_a_mobile_portal_does_not_have(bench: Bench, guides: Guides, portal: str) -> None:
    runner = bench.runner(portal)
    guide = guides.where(lambda row: row["probes"]["search"][portal]["outcome"] == "not_applicable")
    for probe_id in (SEARCH, APPLY):
        observation, _evidence = runner.run(task_of(guide, probe_id, portal=portal))
        assert observation.outcome is Outcome.NOT_APPLICABLE, observation.reason


def test_a_live_mobile_portal_is_not_offered(bench: Bench, guides: Guides) -> None:
    """The real 粤省事 has no web address: the probe says so without visiting anything."""
    live = bench.runner("yss", site=adapters.get("yss").site())
    observation, _evidence = live.run(task_of(guides.rows[0], SEARCH, portal="yss"))
    assert observation.outcome is Outcome.NOT_APPLICABLE
    assert observation.refusals == ()
