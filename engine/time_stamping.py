"""Asks a time-stamping authority (RFC 3161) about a closed run, where one is configured."""

from datetime import UTC, datetime
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from domain.errors import UsageError
from domain.evidence import EvidenceKind
from domain.run import Run
from engine.reporter import Reporter
from engine.settings import Settings
from storage.store import Store
from storage.time_stamp import check_time_stamp, load_roots

QUERY_TYPE = "application/timestamp-query"
REPLY_TYPE = "application/timestamp-reply"
WAIT_S = 20.0
REPLY_BYTES_MAX = 1 << 20


def stamp_run(store: Store, settings: Settings, run: Run, reporter: Reporter) -> Run:
    """Return the run with the authority's answer about its manifest; without one configured, the run as it is.

    A run whose stamp cannot be had stays closed and whole; that it has none is said.
    """
    if not settings.time_stamp_url or run.manifest is None:
        return run
    manifest = store.evidence.get(run.manifest)
    roots = load_roots(settings.time_stamp_roots)
    try:
        answer = ask_authority(settings.time_stamp_url, manifest)
    except (OSError, ValueError) as error:
        reporter.note(f"run {run.id} has no time stamp: {settings.time_stamp_url} says {error}")
        return run
    stamp = check_time_stamp(answer, manifest, roots)
    if stamp.problem:
        reporter.note(f"run {run.id} has no time stamp: {stamp.problem}")
        return run
    record = store.evidence.put(
        answer,
        kind=EvidenceKind.TIME_STAMP,
        media_type=REPLY_TYPE,
        url=settings.time_stamp_url,
        run=run.id,
        captured_at=datetime.now(UTC),
    )
    store.artefacts.save([record])
    return run.model_copy(update={"time_stamp": record.sha256})


def ask_authority(url: str, data: bytes) -> bytes:
    """Have bytes stamped: only their SHA-256 leaves; raise ``OSError`` or ``ValueError`` for no usable answer."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise UsageError(f"time_stamp_url is {url!r}; allowed: an http or https address")
    query = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).cert_request(cert_request=True)
    request = Request(url, data=query.build().as_bytes(), headers={"Content-Type": QUERY_TYPE})
    try:
        with urlopen(request, timeout=WAIT_S) as answer:
            reply: bytes = answer.read(REPLY_BYTES_MAX)
    except URLError as error:
        raise OSError(str(error.reason)) from error
    return reply
