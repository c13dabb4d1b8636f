"""Proof on disk: content-addressed, so that a repeat is harmless and a change cannot hide."""

from enum import StrEnum

from pydantic import AwareDatetime

from domain.frozen import Frozen


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    DOCUMENT = "document"  # a guide's raw document
    LISTING = "listing"  # a raw page of a listing
    SCREENSHOT = "screenshot"
    TRACE = "trace"  # a scrubbed Playwright trace
    PAGE = "page"  # a page's HTML at a step
    PRINT = "print"  # a guide's print, as the portal makes it (PDF)
    ATTACHMENT = "attachment"  # a file that a guide offers
    REFUSALS = "refusals"  # requests that the guard refused, as JSON


class Evidence(Frozen):
    """One kept artefact; the hash is over the bytes as captured, before compression."""

    sha256: str
    kind: EvidenceKind
    media_type: str
    bytes: int
    url: str
    captured_at: AwareDatetime
    run: str
