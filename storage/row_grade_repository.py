"""People's grades of observed rows on disk: only ever added to."""

from collections import defaultdict

from sqlalchemy import insert, select

from domain.row_grade import RowGrade
from storage.database import Database
from storage.rows import from_row, table_of, to_row
from storage.surrogates import encodable
from storage.tables import RowGradeRow

GRADES = table_of(RowGradeRow)


class RowGradeRepository:
    """Keeps grades in the order in which they were given; there is no way to change or remove one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, grade: RowGrade) -> None:
        """Keep a grade."""
        with self._database.write() as connection:
            connection.execute(insert(GRADES), encodable(to_row(grade, RowGradeRow)))

    def about(self, observation: str) -> tuple[RowGrade, ...]:
        """Return the grades of one observation's rows, oldest first."""
        statement = select(GRADES).where(GRADES.c.observation == observation).order_by(GRADES.c.id)
        return tuple(from_row(RowGrade, row) for row in self._database.stream(statement))

    def of_run(self, run: str) -> dict[str, tuple[RowGrade, ...]]:
        """Return the grades given to a run's observations: observation id → grades, oldest first."""
        wanted = GRADES.c.observation.startswith(f"{run}/", autoescape=True)
        found: dict[str, list[RowGrade]] = defaultdict(list)
        for row in self._database.stream(select(GRADES).where(wanted).order_by(GRADES.c.id)):
            found[row["observation"]].append(from_row(RowGrade, row))
        return {observation: tuple(grades) for observation, grades in found.items()}
