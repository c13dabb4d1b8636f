"""Reads the file links of a guide, which the portal writes protocol-relative or as bare paths (portals.md §1.4a)."""

from collections.abc import Sequence
from urllib.parse import urljoin

from domain.guide import AttachmentLink
from portals.fields import value_text

WEB = ("http://", "https://")


def absolute_url(path: str, page_url: str) -> str:
    """Make a link absolute as a browser on the guide's page would; ``""`` for anything but http and https."""
    url = urljoin(page_url, path.strip())
    return url if url.startswith(WEB) else ""


def read_links(
    value: object, page_url: str, *, address: tuple[str, ...] = ("FILEPATH",), name: str = "ATTACHNAME"
) -> tuple[AttachmentLink, ...]:
    """Read a list of ``{FILEPATH, ATTACHNAME}``; an entry without an address is no file."""
    rows = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    found = []
    for row in rows:
        if isinstance(row, dict):
            path = next((text for key in address if (text := value_text(row.get(key)))), "")
            if path:
                found.append(AttachmentLink(name=value_text(row.get(name)), url=absolute_url(path, page_url)))
    return tuple(found)
