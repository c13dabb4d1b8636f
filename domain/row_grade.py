"""A person's grade of one observed row, kept beside the machine's; only ever added to, never changed."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.frozen import Frozen
from domain.observation import ObservedRow

GRADES = (0.0, 0.5, 1.0)
"""0 wrong or nothing, 0.5 related, 1 right (methodology.md §4.4)."""


class RowGrade(Frozen):
    """Who graded which row of an observation how, when and why.

    ``row`` counts from 0 in ``Observation.rows``; ``machine`` is the grade that the row had, for the comparison.
    ``row_hash`` names what was graded, so that a grade never passes on to another answer after a repeat.
    """

    observation: str  # Observation.id
    row: Annotated[int, Field(ge=0)]
    row_hash: str
    reviewer: Annotated[str, Field(min_length=1, max_length=80)]
    grade: Annotated[float, Field(ge=0, le=1)]
    machine: float | None
    why: Annotated[str, Field(max_length=2000)] = ""
    at: AwareDatetime


def hash_row(row: ObservedRow) -> str:
    """Name a row by what was asked and seen (SHA-256), whatever grade it has."""
    return hashlib.sha256("\x1f".join((row.kind, row.asked, row.expected, row.seen)).encode()).hexdigest()


def last_of_each(grades: Iterable[RowGrade]) -> tuple[RowGrade, ...]:
    """Return each reviewer's last grade of each row; ``grades`` come oldest first."""
    return tuple({(grade.observation, grade.row, grade.reviewer): grade for grade in grades}.values())


def grade_by_people(grades: Sequence[RowGrade]) -> float | None:
    """Return the mean of the reviewers' last grades of one row; ``None`` when nobody graded it."""
    last = last_of_each(grades)
    return sum(grade.grade for grade in last) / len(last) if last else None


def apply_grades(rows: Sequence[ObservedRow], grades: Iterable[RowGrade]) -> tuple[ObservedRow, ...]:
    """Return the rows with people's grades in the place of the machine's where there are any."""
    by_row: dict[int, list[RowGrade]] = {}
    for grade in grades:
        if grade.row < len(rows) and grade.row_hash == hash_row(rows[grade.row]):
            by_row.setdefault(grade.row, []).append(grade)
    return tuple(
        row.model_copy(update={"grade": grade_by_people(by_row[place])}) if place in by_row else row
        for place, row in enumerate(rows)
    )
