"""Reads text files, web pages in place of files, and rich text."""

import re
from html import unescape

from striprtf.striprtf import rtf_to_text

from domain.file_report import FileProblem
from files.contents import Contents, damaged
from files.kinds import BEGINNING, WEB_ARCHIVE, decode_text
from files.limits import InspectionLimits

# A page that an office program saved opens as a document; every other page stands in place of the file.
OFFICE_PAGE = re.compile(rb"urn:schemas-microsoft-com:office:(?:word|excel|powerpoint|office)")
HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
RTF_PICTURE = re.compile(rb"\\(?:pict|object|trowd)\b")
PICTURE_DATA = re.compile(rb"[0-9a-fA-F\r\n]{256,}")  # pictures are most of a large file, and the converter is slow
RTF_FAULTS = (ValueError, IndexError, KeyError, LookupError, RecursionError, AttributeError, TypeError)


def read_text(data: bytes, limits: InspectionLimits) -> Contents:
    """Read a text file; an answer of a program (JSON, XML) is told as such.

    Raises:
        UnopenableError: no encoding fits.
    """
    text = decode_text(data)
    if text is None:
        raise damaged("no known encoding fits")
    start = text.lstrip()[:1]
    note = {"{": "looks like JSON", "[": "looks like JSON", "<": "looks like XML"}.get(start, "")
    return Contents(text=text[: limits.text_characters_max], holds_more=False, note=note)


def read_html(data: bytes, limits: InspectionLimits) -> Contents:
    """Read a web page's words; it is a problem unless an office program saved a document in this form."""
    markup = data.decode("utf-8", "replace") if is_utf8(data) else data.decode("gb18030", "replace")
    words = unescape(TAG.sub(" ", HIDDEN.sub(" ", markup[: limits.text_characters_max])))
    if OFFICE_PAGE.search(data) or WEB_ARCHIVE.match(data[:BEGINNING]):
        return Contents(text=words, note="saved as a web page by an office program")
    return Contents(text=words, problems=(FileProblem.HTML_PAGE,))


def is_utf8(data: bytes) -> bool:
    """Say whether bytes decode as UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_rtf(data: bytes, limits: InspectionLimits) -> Contents:
    """Read rich text; Chinese editions write GB 18030 where they do not write Unicode escapes.

    Raises:
        UnopenableError: the converter fails on it.
    """
    try:
        text = rtf_to_text(PICTURE_DATA.sub(b"", data).decode("latin-1"), encoding="gb18030", errors="ignore")
    except RTF_FAULTS as fault:
        raise damaged(fault) from fault
    return Contents(text=text[: limits.text_characters_max], holds_more=RTF_PICTURE.search(data) is not None)
