"""Folds what was found in a file into the report that is kept."""

import re
from hashlib import sha256

from domain.file_report import FileKind, FileProblem, FileReport
from files.contents import Contents
from files.personal_data import find_personal_data

INSPECTOR = "files/1"  # id and version: raise the version when a report may change for the same bytes
TEXT_KEPT = 2_000  # characters
NOT_TEXT = re.compile(r"[\W_]+")
BLANKS = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\s*\n\s*")


def make_report(data: bytes, kind: FileKind, contents: Contents) -> FileReport:
    """Fold the contents into a report."""
    text = contents.text
    words = None if text is None else NOT_TEXT.sub("", text)
    problems = contents.problems
    if not problems and not words and not contents.holds_more:
        problems = (FileProblem.NOTHING_INSIDE,)
    return FileReport(
        sha256=sha256(data).hexdigest(),
        inspector=INSPECTOR,
        kind=kind,
        bytes=len(data),
        problems=problems,
        note=contents.note,
        pages=contents.pages,
        characters=None if words is None else len(words),
        text_sha256=None if words is None else sha256(words.encode("utf-8", "replace")).hexdigest(),
        text=fold(text or ""),
        personal=find_personal_data(text or ""),
    )


def fold(text: str) -> str:
    """Return the beginning of a text with blanks folded and empty lines left out; surrogates cannot be stored."""
    kept = LINES.sub("\n", BLANKS.sub(" ", text)).strip()[:TEXT_KEPT]
    return kept.encode("utf-8", "replace").decode("utf-8")
