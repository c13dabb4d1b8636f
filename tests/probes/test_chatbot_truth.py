"""智能客服 is graded as the sandbox's own truth says, question by question, on both portals that have a desk."""

import hashlib
import json
import urllib.request
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from probe_stage import Bench, Desk, Guide, Guides, task_of

from domain.failure import FailureReason
from domain.known_facts import facts_of
from domain.observation import Observation, StepStatus
from domain.outcome import Outcome
from portals.adapter import adapters
from portals.citizen import DeskAnswer, DeskLink
from portals.documents import DocumentContext
from portals.site import Site
from probes.browser.browser_settings import BrowserSettings
from probes.desk.chatbot import choose, grade_row
from probes.desk.question_bank import Question, draw_questions, load_wordings, questions_of
from probes.probe import ProbeTask

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("empty_ledger")]
PATIENT = BrowserSettings(snapshots=False)  # a slow desk takes more than five seconds
UNREAD = {"detail_html_500", "detail_errcode_0", "detail_truncated_json", "detail_captcha"}
Truth = dict[str, Any]


@pytest.fixture(scope="module")
def truth(desk: Desk) -> Truth:
    found: Truth = desk.ask("/truth")["desk"]
    return found


@pytest.fixture(scope="module")
def tasks(guides: Guides, site: Site, truth: Truth) -> dict[str, ProbeTask]:
    """Every readable guide's task with the facts that a crawl of it gives, by item id."""
    readable = (row for row in guides.rows if guides.misbehaviours.get(row["item_id"]) not in UNREAD)
    listed = [row for row in readable if row["task_type"] != "TC" and row["item_id"] in truth["items"]]
    return {row["item_id"]: known_task(row, site) for row in listed}


def known_task(guide: Guide, site: Site) -> ProbeTask:
    task = task_of(guide, "chatbot")
    path = site.paths["detail"].format(code=quote(task.code))
    for _ in range(2):  # some guides answer 429 or 503 to the first request
        try:
            with urllib.request.urlopen(site.origin("www") + path, timeout=10) as answer:
                body = answer.read()
            break
        except urllib.error.HTTPError:
            continue
    context = DocumentContext(
        unit=task.unit,
        item_id=task.item_id,
        url="",
        document=hashlib.sha256(body).hexdigest(),
        captured_at=datetime.now(UTC),
    )
    return task.model_copy(update={"known": facts_of(adapters.get("gdzwfw").documents.parse(body, context))})


def expected_grade(told: Truth, wording: str, name: str) -> float | None:
    """The truth's grade; a picky desk understands the official word only."""
    picky = told["only_with"] and not any(word in wording for word in told["only_with"])
    grade: float | None = 0.0 if picky else told["grade"]
    return grade


def ask_endpoint(site: Site, question: str, about: str = "") -> DeskAnswer:
    """Put a question to the desk's endpoint without a browser."""
    body = json.dumps({"question": question, "about": about}).encode()
    with urllib.request.urlopen(urllib.request.Request(site.origin("www") + "/znkf/api/chat", data=body)) as answer:
        told = json.loads(answer.read())
    links = tuple(DeskLink(**link) for link in told["links"])
    return DeskAnswer(text=told["text"], links=links, buttons=tuple(told["buttons"]), seconds=0.1)


def hear(site: Site, task: ProbeTask, wording: str) -> DeskAnswer:
    answer = ask_endpoint(site, wording)
    choice = choose(answer.buttons, task)
    return ask_endpoint(site, choice, wording).model_copy(update={"turns": 2}) if choice else answer


def test_every_answer_of_the_desk_gets_the_grade_that_it_deserves(
    tasks: dict[str, ProbeTask], truth: Truth, site: Site
) -> None:
    """All items, all kinds of question, all wordings, without the pages in between."""
    wrong, seen = [], Counter[str]()
    for task in tasks.values():
        told = truth["items"][task.item_id]
        for question in questions_of(task):
            fact = told[question.gold.kind]
            if fact["manner"] in ("slow", "busy"):
                continue
            for wording in question.wordings:
                row = grade_row(task, question, wording, hear(site, task, wording), 1)
                seen[fact["manner"]] += 1
                if row.grade != expected_grade(fact, wording, task.title) or row.measures["turns"] != fact["turns"]:
                    wrong.append((fact["manner"], wording, row.expected, row.seen, row.grade, row.measures["manner"]))
    assert len(seen) == 10, seen
    assert sum(seen.values()) > 1000
    assert wrong == []


def find_drawn(tasks: dict[str, ProbeTask], truth: Truth, manner: str) -> ProbeTask:
    """Find a task and a salt whose draw asks a question that the desk treats in this manner."""
    for task in tasks.values():
        told = truth["items"][task.item_id]
        kinds = {one.gold.kind.value for one in questions_of(task)}
        if not any(told[kind]["manner"] == manner for kind in kinds):
            continue
        for salt in map(str, range(60)):
            salted = task.model_copy(update={"salt": salt})
            drawn = {told[one.gold.kind]["manner"] for one in draw_questions(salted)}
            if manner in drawn and drawn & {"slow", "busy"} <= {manner}:
                return salted
    raise AssertionError(f"the sandbox has no item with the manner {manner}")


def check_rows(observation: Observation, told: Truth, drawn: tuple[Question, ...], title: str) -> None:
    """Hold every row, and the figures made of the rows, against the truth."""
    grades: dict[str, list[float]] = defaultdict(list)
    for row in observation.rows:
        fact = told[row.kind]
        assert row.grade == expected_grade(fact, row.asked, title), row
        if row.grade is None:
            continue
        grades[row.kind].append(row.grade)
        assert row.measures["turns"] == fact["turns"]
        assert not fact["slow"] or float(str(row.measures["seconds"])) > 5, row
        assert row.review or row.grade != 0.5
    assert [row.asked for row in observation.rows] == [text for one in drawn for text in one.wordings]
    flat = [grade for given in grades.values() for grade in given]
    measures = observation.measures
    late = sum(float(str(row.measures["seconds"])) > 5 for row in observation.rows if row.grade is not None)
    assert measures["desk_in_time"] == pytest.approx(1 - late / len(flat), abs=1e-6)
    assert measures["desk_questions"] == len(flat)
    assert measures["desk_accuracy"] == pytest.approx(sum(flat) / len(flat), abs=1e-6)
    same = [len(set(given)) == 1 for given in grades.values()]
    assert measures["desk_consistency"] == pytest.approx(sum(same) / len(same), abs=1e-6)


@pytest.mark.parametrize(
    "manner",
    [
        "clarify",
        "contradicted",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("picky", "part", "slow", "refusal")),
    ],
)
def test_the_probe_hears_what_the_desk_says(
    bench: Bench, tasks: dict[str, ProbeTask], truth: Truth, manner: str
) -> None:
    task = find_drawn(tasks, truth, manner)
    observation, evidence = bench.runner(settings=PATIENT).run(task)
    assert observation.outcome.counts, observation.reason
    drawn = draw_questions(task)
    assert len(drawn) == 3
    told = truth["items"][task.item_id]
    check_rows(observation, told, drawn, task.title)
    assert observation.refusals == ()
    steps = {step.index: step for step in observation.steps}
    for row in observation.rows:
        step = steps[int(str(row.measures["step"]))]
        assert row.asked in step.title
        assert step.screenshot in {record.sha256 for record in evidence}


def test_an_overloaded_desk_is_no_wrong_answer(bench: Bench, tasks: dict[str, ProbeTask], truth: Truth) -> None:
    task = find_drawn(tasks, truth, "busy")
    observation, _evidence = bench.runner(settings=PATIENT).run(task)
    told = truth["items"][task.item_id]
    check_rows(observation, told, draw_questions(task), task.title)
    unheard = [row for row in observation.rows if row.grade is None]
    assert {told[row.kind]["manner"] for row in unheard} == {"busy"}
    assert observation.measures["desk_unheard"] == len(unheard) == 3
    failed = [step.failure for step in observation.steps if step.status is StepStatus.FAILED]
    assert failed == [FailureReason.BUSY] * 3


def test_the_other_portals(bench: Bench, tasks: dict[str, ProbeTask], truth: Truth, guides: Guides) -> None:
    """粤省事 has a desk of its own, asked by GET; 粤商通 has none."""
    found = {row["item_id"]: row["probes"]["search"] for row in guides.rows}
    task = next(
        task
        for task in tasks.values()
        if found[task.item_id]["yss"]["outcome"] == "pass"
        and guides.misbehaviours.get(task.item_id) is None
        and not {truth["items"][task.item_id][one.gold.kind]["manner"] for one in draw_questions(task)}
        & {"slow", "busy"}
    )
    heard, _evidence = bench.runner("yss").run(task.model_copy(update={"portal": "yss"}))
    check_rows(heard, truth["items"][task.item_id], draw_questions(task), task.title)
    silent, _evidence = bench.runner("yst").run(task.model_copy(update={"portal": "yst"}))
    assert (silent.outcome, silent.rows) == (Outcome.NOT_APPLICABLE, ())
    assert "没有智能客服" in silent.reason


def test_questions_that_no_office_handles(bench: Bench, truth: Truth) -> None:
    task = ProbeTask(portal="gdzwfw", unit=None, probe_id="chatbot-controls", item_id="controls", code="", title="")
    observation, _evidence = bench.runner().run(task)
    asked = load_wordings().controls["questions"]
    assert [row.asked for row in observation.rows] == list(asked)
    for row in observation.rows:
        invented = any(word in row.asked for word in truth["overconfident_about"])
        assert row.grade == (0.0 if invented else 1.0), row
    invented_share = sum(any(word in text for word in truth["overconfident_about"]) for text in asked) / len(asked)
    assert invented_share == 0.3
    assert observation.measures["desk_controls_held"] == pytest.approx(0.7)
    assert observation.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("address", "outcome", "failure"),
    [
        ("search_captcha", Outcome.BLOCKED, FailureReason.CAPTCHA),
        ("/portal/v2/progress-query-detail", Outcome.ERROR, FailureReason.LAYOUT_CHANGED),
        ("/znkf/nowhere.html", Outcome.INCONCLUSIVE, FailureReason.HTTP_4XX),
    ],
)
def test_a_desk_that_lets_nobody_in_is_asked_once(  # noqa: PLR0917 - fixtures
    bench: Bench,
    guides: Guides,
    tasks: dict[str, ProbeTask],
    site: Site,
    address: str,
    outcome: Outcome,
    failure: FailureReason,
) -> None:
    """Where the desk should be stands another page of the portal: a captcha, a page without a desk, nothing."""
    if address == "search_captcha":
        address = f"/portal/v2/search?region=441700&keyword={quote(guides.misbehaving(address)['name'])}"
    elsewhere = site.model_copy(update={"paths": {**site.paths, "desk": address}})
    observation, _evidence = bench.runner(site=elsewhere).run(next(iter(tasks.values())))
    assert (observation.outcome, observation.failure) == (outcome, failure), observation.reason
    assert len(observation.steps) == 1
    assert observation.rows == ()
