"""The queue of observed rows that a person should grade, and the one way in which a grade is given."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from pydantic import ValidationError

from domain.errors import UsageError
from domain.frozen import Frozen
from domain.observation import Observation, ObservedRow
from domain.row_grade import GRADES, RowGrade, hash_row, last_of_each
from storage.store import Store


class QueuedRow(Frozen):
    """One row that asks for a person, with the grades that it has by now, oldest first."""

    observation: Observation
    number: int  # place in ``Observation.rows``, from 0
    row: ObservedRow
    grades: tuple[RowGrade, ...] = ()

    @property
    def hash(self) -> str:
        """Name of what is graded; a form carries it, so that nobody grades what they have not seen."""
        return hash_row(self.row)

    @property
    def picture(self) -> str | None:
        """SHA-256 of the picture of the row's own step; ``None`` where the row names no step or it has none."""
        wanted = self.row.measures.get("step")
        return next((step.screenshot for step in self.observation.steps if step.index == wanted), None)


def list_queue(store: Store, run: str, probe: str | None = None) -> Iterator[QueuedRow]:
    """Yield the rows of a run that ask for a person, by portal, probe, item and place."""
    given = store.row_grades.of_run(run)
    for observation in store.observations.of_run(run, probe=probe):
        for number, row in enumerate(observation.rows):
            if row.review:
                yield queue_row(observation, number, given.get(observation.id, ()))


def queue_row(observation: Observation, number: int, grades: Sequence[RowGrade]) -> QueuedRow:
    """Put a row together with the grades that were given to just this answer."""
    row = observation.rows[number]
    own = tuple(grade for grade in grades if grade.row == number and grade.row_hash == hash_row(row))
    return QueuedRow(observation=observation, number=number, row=row, grades=own)


def give_grade(
    store: Store, observation_id: str, number: int, *, reviewer: str, grade: float, why: str = "", row_hash: str = ""
) -> RowGrade:
    """Keep a person's grade of one row.

    Raises ``UsageError`` for an unknown observation or row, a grade other than 0, 0.5 and 1, a missing name, and for a
    ``row_hash`` that is not the row's: the probe was made again since the page was opened.
    """
    observation = store.observations.get(observation_id)
    if not 0 <= number < len(observation.rows):
        count = len(observation.rows)
        raise UsageError(f"unknown row {number!r} of observation {observation_id!r}; allowed: 0 to {count - 1}")
    row = observation.rows[number]
    if row_hash not in ("", hash_row(row)):
        raise UsageError(f"row {number!r} of observation {observation_id!r} holds another answer by now; look again")
    if grade not in GRADES:
        raise UsageError(f"grade {grade!r} does not fit; allowed: {', '.join(f'{one:g}' for one in GRADES)}")
    try:
        given = RowGrade(
            observation=observation_id,
            row=number,
            row_hash=hash_row(row),
            reviewer=reviewer.strip(),
            grade=grade,
            machine=row.grade,
            why=why.strip(),
            at=datetime.now(UTC),
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{first['loc'][0]} {first.get('input')!r} does not fit: {first['msg']}") from error
    store.row_grades.add(given)
    return given


def pair_grades(queue: Sequence[QueuedRow]) -> tuple[tuple[float, float], ...]:
    """Return (program's, person's) grades: one pair per reviewer and row that both have graded."""
    last = (grade for queued in queue for grade in last_of_each(queued.grades))
    return tuple((grade.machine, grade.grade) for grade in last if grade.machine is not None)
