"""Finds labels and values in the text of a guide's print, whose layout is not known beyond its order (portals.md §1.6).

A value runs from its label to the next label or heading at the beginning of a line or behind a space.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from domain.frozen import Frozen
from domain.guide_fields import FieldName
from files.guide_print import PrintedLine
from portals.citizen import ShownFact
from portals.labels import FIELDS_BY_PRINTED_LABEL, SECTIONS, UNREAD_LABELS
from probes.faces.face_text import agree, core

TABLES = frozenset({FieldName.MATERIALS, FieldName.LEGAL_BASIS})  # how a print lays these out is not known
READ_LABELS = frozenset(label for label, name in FIELDS_BY_PRINTED_LABEL.items() if name not in TABLES)
PART = 2  # meaningful characters of the shortest piece of a value
LONG = 12  # meaningful characters from which on a text that stands anywhere in the print counts as printed


def any_of(words: Iterable[str]) -> str:
    """Write a pattern for words that a narrow cell may break into lines."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join("\n?".join(map(re.escape, word)) for word in longest_first)


MARKER = re.compile(
    rf"(?P<label>(?:(?<=\s)|^)(?:{any_of({*FIELDS_BY_PRINTED_LABEL, *UNREAD_LABELS})})(?:[ \t]*[:：]|(?=\s|$)))"
    rf"|^[【\[]?(?:[一二三四五六七八九十]+、)?(?:{any_of(SECTIONS)})[】\]]?$",
    re.M,
)
"""A label, or a line that is a heading."""


class PrintedFact(Frozen):
    """One label with the pieces of text behind it; ``lines`` are the numbers of the lines that hold them."""

    label: str
    pieces: tuple[str, ...]
    lines: tuple[int, ...]


def find_facts(lines: Sequence[PrintedLine]) -> tuple[PrintedFact, ...]:
    """Return every known label with its text; one with nothing behind it may belong to a table and says nothing."""
    text = "\n".join(line.text.strip() for line in lines)
    markers = list(MARKER.finditer(text))
    ends = [marker.start() for marker in markers[1:]] + [len(text)]
    facts = (read_fact(text, marker, end) for marker, end in zip(markers, ends, strict=True))
    return tuple(fact for fact in facts if fact.label in READ_LABELS and fact.pieces)


def read_fact(text: str, marker: re.Match[str], end: int) -> PrintedFact:
    """Read what stands between a marker and the next one; its lines are counted from the text's own line ends."""
    value = text[marker.end() : end]
    pieces = tuple(piece.strip() for piece in value.split("\n") if piece.strip())
    begin = marker.end() + len(value) - len(value.lstrip())
    first = text.count("\n", 0, begin)
    last = first + value.strip().count("\n")
    label = (marker["label"] or marker[0]).replace("\n", "").strip(" \t:：【】[]")
    return PrintedFact(label=label, pieces=pieces, lines=tuple(range(first, last + 1)))


def as_shown(facts: Sequence[PrintedFact]) -> tuple[ShownFact, ...]:
    """Return the facts as a page would show them; a place is the fact's own number."""
    return tuple(
        ShownFact(label=fact.label, text="\n".join(fact.pieces), place=str(number)) for number, fact in enumerate(facts)
    )


class PrintAgreement:
    """Agreement on a print, where cells of a table run into one another.

    What follows the value unlabelled is no part of it; a long text may be interrupted by labels; of a value that was
    broken into lines only a part may stand behind its label.
    """

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        self._whole = core("".join(line.text for line in lines))

    def __call__(self, name: FieldName, published: str, shown: str) -> bool:
        text = core(published)
        if any(agree(name, published, piece) for piece in beginnings(shown)):
            return True
        first = core(shown.split("\n", maxsplit=1)[0])
        return (len(text) >= LONG and text in self._whole) or stands_in(first, text)

    def told(self, published: str, shown: str) -> str:
        """Return the beginning of what is shown that is as long as the value should be."""
        wanted = len(core(published))
        return next((piece for piece in beginnings(shown) if len(core(piece)) >= wanted), " ".join(shown.split()))


def beginnings(text: str) -> Iterator[str]:
    """Yield the first word of a text, the first two words …"""
    words = text.split()
    yield from ("".join(words[:end]) for end in range(1, len(words) + 1))


def stands_in(part: str, whole: str) -> bool:
    """Say whether a text is a piece of another one that does not begin or end inside a number."""
    return len(part) >= PART and re.search(rf"(?<!\d){re.escape(part)}(?!\d)", whole) is not None
