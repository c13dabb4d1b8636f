"""Evaluators' remarks on disk: only ever added to."""

from sqlalchemy import insert, select

from domain.review import Review
from storage.database import Database
from storage.rows import from_row, table_of, to_row
from storage.surrogates import encodable
from storage.tables import ReviewRow

REVIEWS = table_of(ReviewRow)


class ReviewRepository:
    """Keeps remarks in the order in which they were made; there is no way to change or remove one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, review: Review) -> None:
        """Keep a remark."""
        with self._database.write() as connection:
            connection.execute(insert(REVIEWS), encodable(to_row(review, ReviewRow)))

    def about(self, id: str) -> tuple[Review, ...]:
        """Return the remarks on a finding, an observation or a score, oldest first."""
        statement = select(REVIEWS).where(REVIEWS.c.about == id).order_by(REVIEWS.c.id)
        return tuple(from_row(Review, row) for row in self._database.stream(statement))
