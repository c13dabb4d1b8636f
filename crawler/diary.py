"""Keeps what a spider saw: bytes to the evidence store first, then the event that names them to the spool."""

from datetime import UTC, datetime

from scrapy.http import Response

from crawler.spool import Event, EvidenceEvent, SpoolWriter
from domain.evidence import Evidence, EvidenceKind
from storage.evidence_store import EvidenceStore


class Diary:
    """The one writer of a crawl process."""

    def __init__(self, spool: SpoolWriter, evidence: EvidenceStore, *, run: str) -> None:
        self._spool = spool
        self._evidence = evidence
        self._run = run

    def write(self, event: Event) -> None:
        """Append an event."""
        self._spool.write(event)

    async def keep(self, response: Response, kind: EvidenceKind) -> Evidence | None:
        """Keep an answer's bytes as decoded from transfer compression; an empty answer leaves nothing to keep.

        The store does not wait for the disk (see ``crawler.process``), so it may write in the reactor's own thread: a
        second thread would cost every download more in waiting for the interpreter's lock than the write takes.
        """
        return self.put(response, kind) if response.body else None

    def put(self, response: Response, kind: EvidenceKind) -> Evidence:
        """Keep an answer's bytes, also where there are none: an empty file is a fact."""
        record = self._evidence.put(
            response.body,
            kind=kind,
            media_type=media_type_of(response),
            url=response.url,
            run=self._run,
            captured_at=datetime.now(UTC),
        )
        self._spool.write(EvidenceEvent(value=record))
        return record


def media_type_of(response: Response) -> str:
    """Return the Content-Type without parameters."""
    header = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
    return header.partition(";")[0].strip().lower() or "application/octet-stream"
