"""Decides whether a guide that an earlier run measured must be fetched, asked about, or can be trusted unseen."""

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime
from scrapy.http import Response

from domain.frozen import Frozen

VALIDATOR_CHARACTERS_MAX = 512  # a longer one is not sent back: nobody needs it, and it would travel every night


class KnownDocument(Frozen):
    """What an earlier run kept of a guide; ``seen_at`` is when the portal last confirmed it."""

    document: str  # SHA-256 of bytes that are in the evidence store
    version: str = ""
    etag: str = ""
    last_modified: str = ""
    seen_at: AwareDatetime


class Revisit(StrEnum):
    """How a listed guide is visited this time."""

    FETCH = "fetch"  # in full
    ASK = "ask"  # "send it if it changed" (RFC 9110 §13.1)
    TRUST = "trust"  # not at all: the listing says that it did not change


def plan_revisit(known: KnownDocument | None, version: str, *, now: datetime, trusted_days: int) -> Revisit:
    """Decide how to visit a guide that the listing names with ``version``.

    Portals do not raise the version with every change, so an equal one is confirmed by the server where it gives
    validators. Where it gives none, the version is believed for ``trusted_days`` after the last real look.
    """
    if known is None or known.version != version:
        return Revisit.FETCH
    if known.etag or known.last_modified:
        return Revisit.ASK
    fresh = now - known.seen_at < timedelta(days=trusted_days)
    return Revisit.TRUST if version and fresh else Revisit.FETCH


def conditions(known: KnownDocument) -> dict[str, str]:
    """Return the request headers that ask for a document only if it changed."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def validators(response: Response) -> dict[str, str]:
    """Return ``etag`` and ``last_modified`` as an answer gives them."""
    found = {"etag": response.headers.get(b"ETag"), "last_modified": response.headers.get(b"Last-Modified")}
    texts = {name: (value or b"").decode("latin-1") for name, value in found.items()}
    return {name: text for name, text in texts.items() if 0 < len(text) <= VALIDATOR_CHARACTERS_MAX}
