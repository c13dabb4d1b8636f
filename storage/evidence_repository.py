"""Evidence on record: which bytes were captured where, when and by which run."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from domain.evidence import Evidence
from storage.database import Database
from storage.evidence_store import MissingEvidenceError
from storage.rows import from_row, narrow, table_of, to_rows, upsert
from storage.tables import EvidenceRow, GuideVisitRow

EVIDENCE = table_of(EvidenceRow)
VISITS = table_of(GuideVisitRow)


class EvidenceRepository:
    """Keeps the record of artefacts; the bytes themselves are in ``EvidenceStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, evidence: Iterable[Evidence]) -> None:
        """Keep records, all of them or none; the same capture (run, bytes, kind, address) overwrites."""
        with self._database.write() as connection:
            upsert(connection, EvidenceRow, to_rows(evidence, EvidenceRow))

    def of_run(self, run: str | None) -> Iterator[Evidence]:
        """Yield a run's records (of every run for ``None``) by hash, so that equal bytes come together."""
        statement = narrow(select(EVIDENCE), EVIDENCE, run=run)
        order = (EVIDENCE.c.sha256, EVIDENCE.c.run, EVIDENCE.c.kind, EVIDENCE.c.url)
        return (from_row(Evidence, row) for row in self._database.stream(statement.order_by(*order)))

    def carried(self, run: str) -> Iterator[Evidence]:
        """Yield, by hash, the records of documents that a run did not fetch because an earlier one had them."""
        own = select(EVIDENCE.c.sha256).where(EVIDENCE.c.run == run)
        carried = select(VISITS.c.document).where(VISITS.c.run == run, VISITS.c.unchanged)
        wanted = select(EVIDENCE).where(EVIDENCE.c.sha256.in_(carried), EVIDENCE.c.sha256.not_in(own))
        return (from_row(Evidence, row) for row in self._database.stream(wanted.order_by(EVIDENCE.c.sha256)))

    def get(self, sha256: str) -> Evidence:
        """Return the latest record of these bytes; raise ``MissingEvidenceError`` when there is none."""
        statement = select(EVIDENCE).where(EVIDENCE.c.sha256 == sha256).order_by(EVIDENCE.c.captured_at.desc())
        row = self._database.first(statement)
        if row is None:
            raise MissingEvidenceError(f"no evidence {sha256!r} is on record")
        return from_row(Evidence, row)
