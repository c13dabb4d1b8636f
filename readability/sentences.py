"""Cuts a normalised text into lines, sentences and clauses, and counts its characters (GB/T 15834—2011, 4.1 to 4.7)."""

import re
from collections.abc import Iterator

from readability.punctuation import HAN

HAN_RUN = re.compile(rf"[{HAN}]+")
OTHER_RUN = re.compile(r"[0-9A-Za-z]+(?:[.,:/_@%-]+[0-9A-Za-z]+)*")
SENTENCE_END = re.compile(r"[。！？]+")
CLAUSE = re.compile(rf"[^。！？，；：\n{HAN}0-9A-Za-z]*[{HAN}0-9A-Za-z][^。！？，；：\n]*")
MARKER = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[（(]?(?:\d{1,2}|[a-zA-Z])[）)]|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.](?!\d)"
    r"|[①-⑳⑴-⒛㈠-㈩]|[●•◆■▪※]|第[一二三四五六七八九十\d]{1,3}步|步骤[一二三四五六七八九十\d]{1,2}(?![一-鿿]))[、.：，]?\s*"
)
"""What numbers a list item at the beginning of a line."""


def count_characters(text: str) -> int:
    """Count Chinese characters and runs of letters or digits; marks and blanks do not count."""
    return sum(map(len, HAN_RUN.findall(text))) + len(OTHER_RUN.findall(text))


def split_lines(text: str) -> list[str]:
    """Split into lines without blank ones."""
    return [line for line in text.splitlines() if line.strip()]


def strip_marker(line: str) -> tuple[str, bool]:
    """Take the number off a list item; say whether there was one."""
    marker = MARKER.match(line)
    return (line[marker.end() :], True) if marker else (line, False)


def split_sentences(line: str) -> Iterator[tuple[str, int]]:
    """Yield each sentence with its characters.

    A full stop, question mark, exclamation mark or the end of the line ends it; a semicolon does not.
    """
    for sentence in SENTENCE_END.split(line):
        characters = count_characters(sentence)
        if characters:
            yield sentence, characters


def count_clauses(text: str) -> int:
    """Count the stretches between commas, semicolons, colons and sentence ends.

    The enumeration comma 、 ends no clause: it parts words of one clause.
    """
    return len(CLAUSE.findall(text))
