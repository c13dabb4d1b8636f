"""Asks for a file that is kept already in a way that lets the server say: it has not changed (RFC 9110 §13)."""

from typing import Any

from crawler.address_job import AddressOrder
from domain.address_visit import AddressVisit


def validators_of(order: AddressOrder) -> dict[str, str]:
    """Return the headers that make a request conditional; none where no earlier file is kept."""
    earlier = order.earlier
    if earlier is None or earlier.sha256 is None:
        return {}
    headers = {"If-None-Match": earlier.etag, "If-Modified-Since": earlier.last_modified}
    return {name: value for name, value in headers.items() if value}


def unchanged_facts(earlier: AddressVisit) -> dict[str, Any]:
    """Return what an earlier look knows about a file, for a look that finds it unchanged."""
    return {
        "file_name": earlier.file_name,
        "media_type": earlier.media_type,
        "sha256": earlier.sha256,
        "bytes": earlier.bytes,
        "etag": earlier.etag,
        "last_modified": earlier.last_modified,
        "unchanged": True,
    }
