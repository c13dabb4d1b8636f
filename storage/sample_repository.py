"""Samples on disk: commitments with their secret salt, draws, revealed salts and checks; nothing is ever replaced."""

from collections.abc import Iterable, Iterator

from pydantic import TypeAdapter
from sqlalchemy import insert, select

from domain.errors import unknown
from domain.sample import FrameItem, SaltReveal, SampleCheck, SampleCommitment, SampledItem, SampleDraw
from storage.compression import pack, unpack
from storage.database import Database
from storage.rows import batches, from_row, narrow, table_of, to_row, to_rows
from storage.sample_tables import (
    SaltRevealRow,
    SampleCheckRow,
    SampleCommitmentRow,
    SampledItemRow,
    SampleDrawRow,
)
from storage.surrogates import encodable

COMMITMENTS, DRAWS, REVEALS = table_of(SampleCommitmentRow), table_of(SampleDrawRow), table_of(SaltRevealRow)
ITEMS, CHECKS = table_of(SampledItemRow), table_of(SampleCheckRow)
FRAME = TypeAdapter(tuple[FrameItem, ...])
PUBLIC = [column for column in COMMITMENTS.c if column.name not in {"salt", "frame"}]


class SampleRepository:
    """Keeps what was promised, drawn, revealed and found; a second of one kind raises ``UsageError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def commit(self, commitment: SampleCommitment, salt: str, frame: tuple[FrameItem, ...]) -> None:
        """Keep a commitment with its salt and the whole frame, so that a later change of guides cannot touch it."""
        row = to_row(commitment, SampleCommitmentRow)
        row |= {"salt": salt, "frame": pack(FRAME.dump_json(frame))}
        with self._database.write() as connection:
            connection.execute(insert(COMMITMENTS), encodable(row))

    def commitments(self, period: str | None = None, target: str | None = None) -> tuple[SampleCommitment, ...]:
        """Return the commitments, oldest first."""
        wanted = narrow(select(*PUBLIC), COMMITMENTS, period=period, target=target)
        rows = self._database.stream(wanted.order_by(COMMITMENTS.c.made_at, COMMITMENTS.c.id))
        return tuple(from_row(SampleCommitment, row) for row in rows)

    def commitment(self, name: str) -> SampleCommitment:
        """Return one commitment; raise ``UsageError`` with the known ids for any other name."""
        row = self._database.first(select(*PUBLIC).where(COMMITMENTS.c.id == name))
        if row is None:
            raise unknown("sample", name, (one.id for one in self.commitments()))
        return from_row(SampleCommitment, row)

    def salt(self, commitment: str) -> str:
        """Return the secret salt of a commitment."""
        row = self._database.first(select(COMMITMENTS.c.salt).where(COMMITMENTS.c.id == commitment))
        return str(row["salt"]) if row is not None else ""

    def frame(self, commitment: str) -> tuple[FrameItem, ...]:
        """Return the frame as it was committed to."""
        row = self._database.first(select(COMMITMENTS.c.frame).where(COMMITMENTS.c.id == commitment))
        return FRAME.validate_json(unpack(row["frame"])) if row is not None else ()

    def save_draw(self, draw: SampleDraw, items: Iterable[SampledItem]) -> None:
        """Keep a draw with its items in one step."""
        with self._database.write() as connection:
            connection.execute(insert(DRAWS), to_row(draw, SampleDrawRow))
            for batch in batches(to_rows(items, SampledItemRow)):
                connection.execute(insert(ITEMS), [encodable(row) for row in batch])

    def draw(self, commitment: str) -> SampleDraw | None:
        """Return the draw of a commitment; ``None`` before it was made."""
        row = self._database.first(select(DRAWS).where(DRAWS.c.commitment == commitment))
        return None if row is None else from_row(SampleDraw, row)

    def items(self, commitment: str, unit: str | None = None) -> tuple[SampledItem, ...]:
        """Return the drawn items by body and order."""
        statement = narrow(select(ITEMS), ITEMS, commitment=commitment, unit=unit).order_by(ITEMS.c.unit, ITEMS.c.order)
        return tuple(from_row(SampledItem, row) for row in self._database.stream(statement))

    def save_reveal(self, reveal: SaltReveal) -> None:
        """Keep that a salt was published."""
        with self._database.write() as connection:
            connection.execute(insert(REVEALS), to_row(reveal, SaltRevealRow))

    def reveal(self, commitment: str) -> SaltReveal | None:
        """Return the published salt; ``None`` while it is secret."""
        row = self._database.first(select(REVEALS).where(REVEALS.c.commitment == commitment))
        return None if row is None else from_row(SaltReveal, row)

    def checks(self, commitment: str) -> Iterator[SampleCheck]:
        """Yield what observers found, in the order in which it was recorded."""
        order = (CHECKS.c.recorded_at, CHECKS.c.observed_at, *CHECKS.primary_key.columns)
        statement = select(CHECKS).where(CHECKS.c.commitment == commitment).order_by(*order)
        return (from_row(SampleCheck, row) for row in self._database.stream(statement))
