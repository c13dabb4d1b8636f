"""People's grades of rows are only ever added, belong to one answer, and take the program's place where they exist."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import UsageError
from domain.observation import Observation, ObservedRow
from domain.outcome import Outcome
from domain.row_grade import apply_grades, grade_by_people
from storage.row_review import give_grade, list_queue, pair_grades
from storage.store import Store

RUN = "run-1"
ROWS = (
    ObservedRow(kind="phone", asked="电话？", seen="0662-3366123", grade=1.0),
    ObservedRow(kind="days", asked="几天？", seen="五天或八天", grade=0.0, review=True),
    ObservedRow(kind="materials", asked="材料？", seen="申请表", grade=0.5, review=True),
)


def make(item: str = "1", rows: tuple[ObservedRow, ...] = ROWS) -> Observation:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return Observation(
        run=RUN,
        portal="gdzwfw",
        unit="dept-01",
        subject="code",
        item_id=item,
        probe_id="chatbot",
        probe_version=1,
        outcome=Outcome.PASS,
        started_at=at,
        finished_at=at,
        rows=rows,
    )


@pytest.fixture
def kept(store: Store) -> Store:
    """The store of this folder's conftest with one observation."""
    store.observations.save(make())
    return store


def test_the_queue_holds_what_asks_for_a_person(kept: Store) -> None:
    assert [(one.number, one.row.kind) for one in list_queue(kept, RUN)] == [(1, "days"), (2, "materials")]


def test_grades_are_kept_in_order_and_the_last_of_each_person_counts(kept: Store) -> None:
    id = make().id
    for reviewer, grade in (("王", 0.0), ("李", 1.0), ("王", 0.5)):
        give_grade(kept, id, 1, reviewer=reviewer, grade=grade, why="看图")
    given = kept.row_grades.about(id)
    assert [(one.reviewer, one.grade, one.machine) for one in given] == [
        ("王", 0.0, 0.0),
        ("李", 1.0, 0.0),
        ("王", 0.5, 0.0),
    ]
    assert grade_by_people(given) == 0.75
    rows = apply_grades(ROWS, given)
    assert [row.grade for row in rows] == [1.0, 0.75, 0.5]
    assert pair_grades(tuple(list_queue(kept, RUN))) == ((0.0, 0.5), (0.0, 1.0))


def test_a_grade_does_not_pass_on_to_another_answer(kept: Store) -> None:
    give_grade(kept, make().id, 1, reviewer="王", grade=1.0)
    changed = (ROWS[0], ROWS[1].model_copy(update={"seen": "十天"}), ROWS[2])
    kept.observations.save(make(rows=changed))
    given = kept.row_grades.about(make().id)
    assert apply_grades(changed, given) == changed
    assert all(one.grades == () for one in list_queue(kept, RUN))


def test_grades_of_one_run_leave_out_runs_whose_names_begin_alike(kept: Store) -> None:
    give_grade(kept, make().id, 1, reviewer="王", grade=1.0)
    assert set(kept.row_grades.of_run(RUN)) == {make().id}
    assert kept.row_grades.of_run("run_1") == {}  # an underscore is no wildcard
    assert kept.row_grades.of_run("run") == {}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": 3}, "unknown row 3"),
        ({"number": -1}, "unknown row -1"),
        ({"grade": 0.7}, "grade 0.7 does not fit; allowed: 0, 0.5, 1"),
        ({"reviewer": " "}, "reviewer"),
        ({"row_hash": "0" * 64}, "another answer by now"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(kept: Store, change: dict[str, object], sentence: str) -> None:
    wanted: dict[str, object] = {"number": 1, "reviewer": "王", "grade": 1.0} | change
    with pytest.raises(UsageError, match=sentence):
        give_grade(kept, make().id, wanted.pop("number"), **wanted)  # type: ignore[arg-type]  # wrong on purpose
    assert kept.row_grades.about(make().id) == ()


def test_an_unknown_observation_is_named(kept: Store) -> None:
    with pytest.raises(UsageError, match="unknown observation"):
        give_grade(kept, f"{RUN}/gdzwfw/chatbot/9", 0, reviewer="王", grade=1.0)


def test_grades_outlive_the_process(tmp_path: Path, kept: Store) -> None:
    give_grade(kept, make().id, 2, reviewer="王", grade=1.0)
    home = kept.home
    kept.close()
    with Store.open(home, create=False) as again:
        assert [one.grade for one in again.row_grades.about(make().id)] == [1.0]
