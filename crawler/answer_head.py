"""Reads what the head of an answer says about a file: its name, its type, how to ask whether it changed."""

from email.message import Message
from urllib.parse import unquote

from scrapy.http import Response

HEADER_CHARACTERS_MAX = 300


def header_of(response: Response, name: str) -> str:
    """Return a header as text, ``""`` when there is none; offices write UTF-8 or GBK where only ASCII is allowed."""
    raw = response.headers.get(name.encode()) or b""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).strip()
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1").strip()


def validator_of(response: Response, name: str) -> str:
    """Return an ETag or Last-Modified that can be sent back as it is; one that is no plain ASCII is left out."""
    value = header_of(response, name)
    return value if value.isascii() and value.isprintable() and len(value) <= HEADER_CHARACTERS_MAX else ""


def file_name_of(response: Response) -> str:
    """Return the file name of the Content-Disposition (RFC 6266), ``""`` without one."""
    head = Message()
    head["Content-Disposition"] = " ".join(header_of(response, "Content-Disposition").split())
    try:
        name = head.get_filename("")
    except (LookupError, ValueError):  # an encoding that nobody knows
        return ""
    return unquote(name)[:HEADER_CHARACTERS_MAX]
