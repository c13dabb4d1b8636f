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
    ACCESSIBILITY = "accessibility"  # what axe-core found on the pages of a form, as JSON
    HANDED_IN = "handed_in"  # a table that an evaluator filled in
    REFUSALS = "refusals"  # requests that the guard refused, as JSON
    HAR = "har"  # what went over the wire, scrubbed, as an HTTP archive
    CONSOLE = "console"  # what pages told their console, as JSON lines
    CERTIFICATE = "certificate"  # a host's certificate chain (PEM)
    CIRCUMSTANCES = "circumstances"  # hosts, TLS, clock, versions and hashes of one visit, as JSON
    OBSERVED = "observed"  # what a probe concluded on one visit, as JSON
    MANIFEST = "manifest"  # names and hashes of everything that belongs to one visit
    RUN_RECORD = "run_record"  # a run's provenance and the manifest of the run before it, as JSON
    RUN_MANIFEST = "run_manifest"  # the manifests of all observations of a run
    TIME_STAMP = "time_stamp"  # a time-stamping authority's answer about a run manifest (RFC 3161)


class Evidence(Frozen):
    """One kept artefact; the hash is over the bytes as captured, before compression."""

    sha256: str
    kind: EvidenceKind
    media_type: str
    bytes: int
    url: str
    captured_at: AwareDatetime
    run: str
