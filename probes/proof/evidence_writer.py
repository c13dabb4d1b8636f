"""Encodes and stores what a journey shows on threads of its own, so that the citizen does not wait for the disk."""

import hashlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime

from domain.evidence import Evidence, EvidenceKind
from domain.manifest import Member
from storage.evidence_store import EvidenceStore

FOLDERS = {
    EvidenceKind.SCREENSHOT: "pictures",
    EvidenceKind.PAGE: "pages",
    EvidenceKind.PRINT: "prints",
    EvidenceKind.DOCUMENT: "documents",
    EvidenceKind.LISTING: "documents",
    EvidenceKind.ATTACHMENT: "attachments",
}
"""Where artefacts without a name of their own lie in a manifest."""
THREADS = 2  # the trace need not wait for the last picture
SUFFIXES = {
    "application/json": "json",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "text/html": "html",
}


class EvidenceWriter:
    """Keeps the artefacts of one visit in the order in which they are handed in, each under a name."""

    def __init__(self, store: EvidenceStore, run: str) -> None:
        self._store = store
        self._run = run
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="evidence")
        self._puts: list[tuple[str, Future[Evidence]]] = []

    def put(
        self, data: bytes, *, kind: EvidenceKind, media_type: str, url: str, name: str = "", known: bool = False
    ) -> str:
        """Keep one artefact and return its SHA-256 at once; ``known``: it is no member, such as the manifest itself."""
        future = self.put_later(lambda: data, kind=kind, media_type=media_type, url=url, name=name, known=known)
        if future.done():
            future.result()
        return hashlib.sha256(data).hexdigest()

    def put_later(
        self,
        make: Callable[[], bytes],
        *,
        kind: EvidenceKind,
        media_type: str,
        url: str,
        name: str = "",
        known: bool = False,
    ) -> "Future[Evidence]":
        """Keep what ``make`` returns; it is called on a thread of the writer."""
        moment = datetime.now(UTC)

        def store() -> Evidence:
            return self._store.put(make(), kind=kind, media_type=media_type, url=url, run=self._run, captured_at=moment)

        future = self._threads.submit(store)
        self._puts.append(("" if known else name or self._invent_name(kind, media_type), future))
        return future

    def evidence(self) -> tuple[Evidence, ...]:
        """Wait for everything handed in and return its records; raise ``MachineError`` when the disk took it not."""
        return tuple(future.result() for _name, future in self._puts)

    def members(self) -> tuple[Member, ...]:
        """Wait for everything handed in and return what belongs into the manifest."""
        return tuple(Member(name=name, sha256=future.result().sha256) for name, future in self._puts if name)

    def drop_failed(self, future: "Future[Evidence]") -> None:
        """Forget an artefact that could not be made."""
        self._puts = [put for put in self._puts if put[1] is not future]

    def close(self) -> None:
        """End the threads when they have written everything."""
        self._threads.shutdown(wait=True)

    def _invent_name(self, kind: EvidenceKind, media_type: str) -> str:
        folder = FOLDERS.get(kind, kind.value)
        number = 1 + sum(name.startswith(f"{folder}/") for name, _future in self._puts)
        suffix = SUFFIXES.get(media_type.partition(";")[0].strip().lower(), "bin")
        return f"{folder}/{number:02}.{suffix}"
