"""The whole query plan in a real browser, against what the sandbox itself says that its search finds."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from probe_stage import Bench, Desk, Guide, Guides, task_of

from domain.failure import FailureReason
from domain.guide_fields import FieldName
from domain.known_facts import KnownFacts
from domain.observation import Observation, ObservedRow, StepStatus
from domain.outcome import Outcome
from engine.visiting.search_plan import place_of
from portals.site import Site
from probes.probe import ProbeTask
from probes.run_probe import ProbeRunner
from probes.search.query_kind import QueryKind
from probes.search.search_basis import SearchBasis
from probes.search.search_queries import plan_queries

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("empty_ledger")]
SEARCH = "keyword-search"
CITY = "441700"
LENIENT = {"slips": True, "full_pinyin": True, "places": True}
STRICT = {"slips": False, "places": False, "elsewhere_first": True}
Describe = Callable[..., ProbeTask]


@pytest.fixture(scope="module")
def describe(desk: Desk, site: Site) -> Describe:
    """Plans a search as the engine would, out of what the portal itself publishes."""
    areas = {body["key"]: body["area_code"] for body in desk.ask("/truth")["bodies"]}

    def make(guide: Guide, *, portal: str = "gdzwfw", everyday: str | None = None, **basis: object) -> ProbeTask:
        task = task_of(guide, SEARCH, portal=portal)
        detail = Desk(site.origin("www")).ask(site.paths["detail"].format(code=quote(task.code)))
        word = detail.get("AUDIT_ITEM_EXTEND", {}).get("COMMONEXPRESSION") or "" if everyday is None else everyday
        where = {"place": place_of(guide["body"]), "region": areas[guide["body"]], "life_events": ("开公司",)}
        changes = {
            "known": KnownFacts(texts={FieldName.EVERYDAY_NAME: word}),
            "salt": "s",
            "search": SearchBasis.model_validate(where | basis),
        }
        return task.model_copy(update=changes)

    return make


@dataclass(frozen=True)
class Walk:
    """A search in all words, with what reached the portal meanwhile."""

    task: ProbeTask
    observation: Observation
    paths: tuple[str, ...]
    logins: int


@pytest.fixture(scope="module")
def walk(bench: Bench, desk: Desk, describe: Describe) -> Callable[[Guide], Walk]:
    """Searches for a guide once, whatever is asked about it."""
    made: dict[str, Walk] = {}

    def make(guide: Guide) -> Walk:
        task = describe(guide)
        desk.ask("/access-log/clear", b"")
        before = len(desk.ask("/ledger")["sessions"])
        observation, _evidence = bench.runner().run(task)
        visited = tuple(entry["path"] for entry in desk.ask("/access-log") if entry["host"] == "www")
        return Walk(task, observation, visited, len(desk.ask("/ledger")["sessions"]) - before)

    def walked(guide: Guide) -> Walk:
        if guide["item_id"] not in made:
            made[guide["item_id"]] = make(guide)
        return made[guide["item_id"]]

    return walked


def sound(guides: Guides, fits: Callable[[Guide], bool]) -> Guide:
    """Find a searchable guide without any misbehaviour; packages have no search truth of this kind."""
    return guides.where(
        lambda row: (
            row["item_id"] not in guides.misbehaviours
            and "hits" in row.get("search", {})
            and row["probes"]["search"]["gdzwfw"]["outcome"] == "pass"
            and fits(row)
        )
    )


def understands(row: Guide, **habits: bool) -> bool:
    return all(row["search"]["understands"][name] is value for name, value in habits.items())


def gain_of(code: str, wanted: str) -> int:
    """methodology.md §4.2, written down once more: 实施编码 31 characters, 基本编码 its last 12, USCC its first 18."""
    if code[:31] == wanted[:31]:
        return 3 if code == wanted or 31 in (len(code), len(wanted)) else 2
    if code[19:31] != wanted[19:31]:
        return 0
    return 2 if code[:18] == wanted[:18] else 1


def check_rows(observation: Observation, task: ProbeTask, guide: Guide, desk: Desk) -> None:
    """Compare every row with the desk's own ranking and with what the truth promises of its kind."""
    asked = {query.text: query for query in plan_queries(task)}
    assert [row.asked for row in observation.rows] == list(asked)
    for row in observation.rows:
        region = CITY if asked[row.asked].citywide else task.search.region
        codes = desk.ask(f"/truth/search?keyword={quote(row.asked)}&region={region}")["codes"][:10]
        assert row.measures["gains"] == ",".join(str(gain_of(code, task.code)) for code in codes), row
        promised = guide["search"]["hits"].get(row.kind)
        if promised is not None:
            assert row.measures["hit_at_10"] is promised, row
        assert row.review == (row.kind in {"T2", "T3", "T10"} and bool(codes) and not row.measures["hit_at_10"])
        assert (row.grade is None) == row.review


@pytest.mark.parametrize(
    ("county", "habits"),
    [
        (False, LENIENT),
        pytest.param(False, {"slips": False, "full_pinyin": False, "questions": False}, marks=pytest.mark.slow),
        pytest.param(True, {"slips": True, "initials": True}, marks=pytest.mark.slow),
        (True, STRICT),
    ],
)
def test_every_query_is_judged_as_the_portal_ranked(
    walk: Callable[[Guide], Walk], guides: Guides, desk: Desk, county: bool, habits: dict[str, bool]
) -> None:
    guide = sound(guides, lambda row: row["body"].startswith("county") is county and understands(row, **habits))
    seen = walk(guide)
    observation = seen.observation
    assert observation.outcome is Outcome.PASS, observation.reason
    check_rows(observation, seen.task, guide, desk)
    steps = [step for step in observation.steps if step.title.startswith("检索 ")]
    assert [step.title.partition("“")[2].rstrip("”") for step in steps] == [row.asked for row in observation.rows]
    assert all(step.screenshot for step in steps)


def test_the_host_is_spared_and_nobody_signs_in(walk: Callable[[Guide], Walk], guides: Guides) -> None:
    """The home page is opened once, and once more behind the first result: the other words are typed on the results."""
    seen = walk(sound(guides, lambda row: row["body"].startswith("dept") and understands(row, **LENIENT)))
    observation = seen.observation
    assert sum(path.startswith("/?region=") for path in seen.paths) == 2
    assert sum(path.startswith("/portal/v2/search") for path in seen.paths) == len(observation.rows) >= 9
    assert seen.logins == 0
    assert observation.measures["first_hit_opens"] is True


def test_another_place_before_the_item_is_seen(walk: Callable[[Guide], Walk], guides: Guides, desk: Desk) -> None:
    guide = sound(guides, lambda row: row["search"]["other_place_first"] and understands(row, **STRICT))
    seen = walk(guide)
    observation = seen.observation
    assert observation.outcome is Outcome.PASS, observation.reason
    assert observation.rows[0].measures["wrong_place"] is True
    assert observation.measures["wrong_place_share"]
    check_rows(observation, seen.task, guide, desk)


def test_a_captcha_in_the_middle_is_no_miss(runner: ProbeRunner, guides: Guides, describe: Describe) -> None:
    """The everyday word is the name of an item whose search meets a captcha; everything else is seen."""
    hidden = guides.misbehaving("search_captcha")
    guide = sound(guides, lambda row: row["body"].startswith("dept") and understands(row, full_pinyin=True))
    few = (QueryKind.OFFICIAL, QueryKind.EVERYDAY, QueryKind.PINYIN, QueryKind.TYPING_SLIP)
    observation, _evidence = runner.run(describe(guide, everyday=hidden["name"], region=CITY, kinds=few))
    assert observation.outcome is Outcome.PASS
    by_kind = {row.kind: row for row in observation.rows}
    blocked = by_kind["T2"]
    assert (blocked.grade, blocked.review, blocked.measures["failure"]) == (None, False, FailureReason.CAPTCHA)
    assert by_kind["T5"].measures["hit_at_10"] is True
    assert observation.measures["queries_seen"] == len(observation.rows) - 1
    failed = [step for step in observation.steps if step.status is StepStatus.FAILED]
    assert [step.failure for step in failed] == [FailureReason.CAPTCHA]


def test_whoever_is_turned_away_twice_stops_asking(
    runner: ProbeRunner, guides: Guides, desk: Desk, describe: Describe
) -> None:
    """Two everyday words meet captchas; the rest is not asked, the official name has been judged all the same."""
    hidden = guides.misbehaving("search_captcha")
    other = sound(guides, lambda row: row["body"].startswith("dept") and row["name"] != hidden["name"])
    guide = sound(
        guides, lambda row: row["body"].startswith("dept") and row["name"] not in (other["name"], hidden["name"])
    )
    desk.ask("/faults", f'{{"{other["item_id"]}": ["search_captcha"]}}'.encode())
    try:
        task = describe(guide, everyday=f"{hidden['name']}、{other['name']}", region=CITY)
        observation, _evidence = runner.run(task)
    finally:
        desk.ask("/faults", b"{}")
    assert observation.outcome is Outcome.PASS
    states = [(row.kind, row.measures.get("failure"), "hits" in row.measures) for row in observation.rows]
    begun = next(place for place, state in enumerate(states) if state[0] == "T2")
    assert [state[1] for state in states[begun : begun + 2]] == ["captcha", "captcha"]
    assert all(state[1:] == (None, False) for state in states[begun + 2 :])
    assert len(states) - begun > 5
    assert {row.grade for row in observation.rows[begun:]} == {None}


def test_a_first_result_whose_application_is_not_open_does_not_work(
    runner: ProbeRunner, guides: Guides, describe: Describe
) -> None:
    guide = guides.misbehaving("apply_not_open")
    observation, _evidence = runner.run(describe(guide, kinds=(QueryKind.OFFICIAL,)))
    assert observation.outcome is Outcome.PASS
    assert observation.rows[0].measures["gains"][0] == "3"  # type: ignore[index]  # a text in this row
    assert observation.measures["first_hit_opens"] is False


@pytest.mark.parametrize(
    ("misbehaviour", "outcome"),
    [("search_missing", Outcome.FAIL), ("search_buried", Outcome.FAIL), ("search_captcha", Outcome.BLOCKED)],
)
def test_the_official_name_decides(
    runner: ProbeRunner, guides: Guides, describe: Describe, misbehaviour: str, outcome: Outcome
) -> None:
    guide = guides.misbehaving(misbehaviour)
    observation, _evidence = runner.run(describe(guide))
    assert observation.outcome is outcome
    assert guide["search"]["hits"]["T0"] is (False if outcome is Outcome.FAIL else None)
    assert bool(observation.rows) is (outcome is Outcome.FAIL)
    if outcome is Outcome.FAIL:
        own = [row for row in observation.rows if place_of_item(row) is not None]
        assert own == []  # a guide that the search never finds shows under no word among the first ten


def place_of_item(row: ObservedRow) -> int | None:
    rank = row.measures.get("rank")
    return rank if isinstance(rank, int) and rank <= 10 else None


@pytest.mark.parametrize("portal", [pytest.param("yss", marks=pytest.mark.slow), "yst"])
def test_the_mobile_portals_are_asked_in_all_words_too(
    bench: Bench, guides: Guides, describe: Describe, portal: str
) -> None:
    runner = bench.runner(portal)
    guide = sound(
        guides,
        lambda row: (
            row["probes"]["search"][portal]["outcome"] == "pass" and understands(row, slips=True, initials=True)
        ),
    )
    observation, _evidence = runner.run(describe(guide, portal=portal))
    assert observation.outcome is Outcome.PASS, observation.reason
    hits = {row.kind: row.measures["hit_at_10"] for row in observation.rows}
    assert {kind: hits[kind] for kind in ("T0", "T6", "T9")} == {"T0": True, "T6": True, "T9": True}
