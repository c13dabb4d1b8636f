"""Whom a night asks 智能客服 about, and how people's grades reach the score."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.rules.example_guide import example
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.observation import Observation, ObservedRow
from domain.outcome import Outcome
from domain.row_grade import RowGrade, hash_row
from domain.run import Run, RunKind, RunState
from domain.unit import all_units
from engine.facts.people_grades import regrade
from engine.facts.unit_facts import gather_facts
from engine.night_plan import NightPlan
from engine.settings import PlanSizes
from engine.visiting.probe_plan import plan_probes
from probes.desk.desk_score import conclude_questions
from probes.probe import ProbeTask
from storage.row_review import give_grade
from storage.store import Store
from tests.engine.shown_list import ShownList

BODIES = tuple(f"dept-{number:02}" for number in range(1, 13))
AT = datetime(2026, 11, 23, tzinfo=UTC)


def make_guides(portal: str) -> list[Guide]:
    """Three items of each of twelve bodies, the first of each a penalty, for which nobody applies."""
    kinds = ("02", "01", "21")
    made = [
        example({FieldName.ITEM_TYPE_CODE: kind}, unit=unit, item_id=f"{unit}-{kind}", code=f"{unit}-{kind}")()
        for unit in BODIES
        for kind in kinds
    ]
    return [guide.model_copy(update={"portal": portal}) for guide in made]


def planned(*, salt: str = "s", portals: tuple[str, ...] = ("gdzwfw", "yss", "yst"), **sizes: int) -> list[ProbeTask]:
    plan = NightPlan(
        target="sandbox", period="2026H2", units=BODIES, portals=portals, sizes=PlanSizes(**sizes), salt=salt
    )
    guides = [guide for portal in portals for guide in make_guides(portal)]
    return [task for task in plan_probes(plan, ShownList(guides)) if task.probe_id.startswith("chatbot")]


def test_a_night_asks_about_one_item_of_six_bodies_and_the_controls_once() -> None:
    tasks = planned()
    counts = Counter((task.portal, task.probe_id) for task in tasks)
    assert counts == {
        ("gdzwfw", "chatbot"): 6,
        ("gdzwfw", "chatbot-controls"): 1,
        ("yss", "chatbot"): 2,
        ("yss", "chatbot-controls"): 1,
    }
    asked = [task for task in tasks if task.portal == "gdzwfw" and task.probe_id == "chatbot"]
    assert len({task.unit for task in asked}) == 6
    assert not [task for task in asked if task.code.endswith("-02")], "nobody applies for a penalty"
    assert len({task.key for task in tasks}) == len(tasks)


def test_another_salt_draws_other_bodies() -> None:
    drawn = {salt: frozenset(task.unit for task in planned(salt=salt)) for salt in "abcdef"}
    assert len(set(drawn.values())) > 1
    assert drawn["a"] == frozenset(task.unit for task in planned(salt="a"))


def test_sizes_grow_to_the_whole_bank_and_nought_switches_the_desk_off() -> None:
    whole = planned(portals=("gdzwfw",), chatbot=10, chatbot_bodies=48)
    assert Counter(task.probe_id for task in whole) == {"chatbot": 24, "chatbot-controls": 1}
    assert planned(chatbot=0) == planned(chatbot_bodies=0) == []


def make_row(kind: str, asked: str, grade: float, **measures: object) -> ObservedRow:
    facts = {"manner": "part" if grade else "nothing", "turns": 1, "seconds": 0.4} | measures
    return ObservedRow.model_validate(
        {"kind": kind, "asked": asked, "seen": asked, "grade": grade, "review": True, "measures": facts}
    )


def observe(rows: tuple[ObservedRow, ...], **changes: object) -> Observation:
    result = conclude_questions(rows)
    facts = {
        "run": "run-1",
        "portal": "gdzwfw",
        "unit": "dept-01",
        "subject": "c",
        "item_id": "1",
        "probe_id": "chatbot",
        "probe_version": 1,
        "started_at": AT,
        "finished_at": AT,
        "rows": rows,
        **result.model_dump(exclude={"rows", "faces"}),
    }
    return Observation.model_validate({**facts, **changes})


ROWS = tuple(make_row("phone", f"电话{number}？", 0.0) for number in range(3))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the run that the observations belong to."""
    run = Run(
        id="run-1",
        kind=RunKind.PROBE,
        period="2026H2",
        target="sandbox",
        state=RunState.FINISHED,
        started_at=AT,
        finished_at=AT,
        units=(),
        portals=("gdzwfw",),
        tool_version="0",
        tool_commit="",
        packages={},
        browser="",
        settings_hash="",
        settings={},
        vantage="",
        counts={},
    )
    with Store.open(tmp_path) as opened:
        opened.runs.add(run)
        yield opened


def test_what_people_say_decides_the_figures_and_the_verdict(store: Store) -> None:
    """Three wrong answers by the program; a person calls two of them right: 2/3 accurate and no longer consistent."""
    seen = observe(ROWS)
    assert seen.outcome is Outcome.FAIL
    store.observations.save(seen)
    units = [unit for unit in all_units() if unit.id == "dept-01"]
    [before] = gather_facts(store, "run-1", units, ())
    assert before.probes[0].measures["desk_accuracy"] == 0
    for row in (0, 1):
        give_grade(store, seen.id, row, reviewer="王", grade=1.0)
    [after] = gather_facts(store, "run-1", units, ())
    fact = after.probes[0]
    assert (fact.outcome, fact.measures["desk_accuracy"]) == (Outcome.PASS, 0.666667)
    assert fact.measures["desk_consistency"] == 0
    assert store.observations.get(seen.id) == seen, "what was observed stays as it was"


def test_the_portals_controls_concern_every_body(store: Store) -> None:
    store.observations.save(
        observe(ROWS, unit=None, probe_id="chatbot-controls", item_id="out-of-scope", outcome=Outcome.PASS)
    )
    store.observations.save(observe(ROWS, unit=None, probe_id="keyword-search", item_id="2"))
    facts = gather_facts(store, "run-1", all_units()[:3], ())
    assert [[probe.probe_id for probe in body.probes] for body in facts] == [["chatbot-controls"]] * 3


def test_a_blocked_round_stays_blocked_whatever_people_grade() -> None:
    blocked = observe(ROWS, outcome=Outcome.BLOCKED)
    assert regrade(blocked, ()).outcome is Outcome.BLOCKED


def test_rows_of_what_is_no_probe_of_ours_take_the_grades_and_nothing_else() -> None:
    seen = observe(ROWS, probe_id="counter-visit")
    given = RowGrade(
        observation=seen.id, row=0, row_hash=hash_row(ROWS[0]), reviewer="王", grade=1.0, machine=0.0, at=AT
    )
    again = regrade(seen, [given])
    assert [row.grade for row in again.rows] == [1.0, 0.0, 0.0]
    assert again.measures == seen.measures
